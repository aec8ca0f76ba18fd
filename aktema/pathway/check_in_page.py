"""What the pages say of check-ins, of the question about a job, and what of them is due for a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from aktema.access.identity import Identity
from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.pathway.check_in_codes import DUE_LABELS, CheckInAnswer, JobAnswer, ToldHow
from aktema.pathway.check_in_queries import (
    begun_on,
    check_ins_of,
    due_now,
    job_question_due,
    job_questions_of,
    unasked_in_reach,
    wishes_to_talk,
)
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.rules.check_ins import CheckInDue, due_days
from aktema.pathway.task import Task
from aktema.pathway.trial_codes import PARTY_LABELS
from aktema.pathway.trial_models import CheckIn, Trial
from aktema.pathway.trial_queries import facts_of
from aktema.pathway.trial_states import Party
from aktema.people.queries import may

SLOW = 2
"""Days after which whoever wants to talk has waited for too long."""
ASKED = (Party.PERSON, Party.EMPLOYER)
TONES = {CheckInAnswer.WELL: "success", CheckInAnswer.TALK: "warning"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """What one side has answered. `talked_url` marks that somebody has talked with them."""

    party: str
    label: Message
    answer: Message = ""
    tone: str = "neutral"
    note: str = ""
    words: str = ""
    talked_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckInRow:
    """One check-in with both sides."""

    label: Message
    day: str
    voices: Sequence[Voice]


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckIns:
    """The check-ins of a trial that has been signed. `note_url` writes down what somebody told a worker."""

    rows: Sequence[CheckInRow]
    due: Message
    unanswered: Sequence[Voice]
    note_url: str
    send_url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRow:
    label: str
    answer: Message
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class JobView:
    """Whether the placement could be a job: what has been answered, and after how many months it waits."""

    month: int | None
    rows: Sequence[JobRow]
    answer_url: str


def check_ins_view(identity: Identity, trial: Trial, today: date) -> CheckIns | None:
    """The check-ins as the trial's page shows them; None before anything has been agreed."""
    first, facts = begun_on(trial), facts_of(trial)
    if first is None or facts.to_date is None or trial.cancelled_on is not None:
        return None
    may_act = may(identity, CHECK_IN, trial.participant)
    given = {(one.due, one.party): one for one in check_ins_of(trial)}
    rows = [
        CheckInRow(
            label=DUE_LABELS[due],
            day=near_day(day),
            voices=[_voice(trial, party, given.get((due, party)), may_act=may_act) for party in ASKED],
        )
        for due, day in due_days(first, facts.to_date)
        if day <= today
    ]
    due = due_now(trial, today)
    lacking = [party for party in ASKED if due is not None and (due, party) not in given]
    return CheckIns(
        rows=rows,
        due=DUE_LABELS[due] if due else "",
        unanswered=[_voice(trial, party, None, may_act=False) for party in lacking] if may_act else (),
        note_url=url_of("note_check_in", trial),
        send_url=url_of("send_check_in_link", trial) if may_act and due else "",
    )


def _voice(trial: Trial, party: Party, given: CheckIn | None, *, may_act: bool) -> Voice:
    label = PARTY_LABELS[party]
    if given is None:
        return Voice(party=party.value, label=label)
    answer = CheckInAnswer(given.answer)
    waits = answer is CheckInAnswer.TALK and given.talked_on is None
    note = f"{near_day(given.answered_on)} · {ToldHow(given.how).label}"
    if given.talked_on:
        note = _("%(note)s · Ni pratade %(day)s", note=note, day=near_day(given.talked_on))
    return Voice(
        party=party.value,
        label=label,
        answer=answer.label,
        tone=TONES[answer] if waits or answer is CheckInAnswer.WELL else "neutral",
        note=note,
        words=given.words or "",
        talked_url=url_of("have_talked", trial, check_in_id=given.public_id) if waits and may_act else "",
    )


def job_view(identity: Identity, trial: Trial, today: date) -> JobView | None:
    """The question as the trial's page shows it; None where it has never been due."""
    month, rows = job_question_due(trial, today), job_questions_of(trial)
    if month is None and not rows:
        return None
    may_act = may(identity, CHECK_IN, trial.participant)
    return JobView(
        month=month,
        rows=[
            JobRow(
                label=ngettext("Efter %(num)s månad", "Efter %(num)s månader", one.month),
                answer=JobAnswer(one.answer).label,
                words=one.words or "",
            )
            for one in rows
        ],
        answer_url=url_of("job_question", trial) if month is not None and may_act else "",
    )


def url_of(endpoint: str, trial: Trial, **values: Any) -> str:
    """A page about the trial, for staff."""
    person = trial.participant.public_id
    return url_for(f"pathway.{endpoint}", public_id=person, trial_id=trial.public_id, **values)


def check_in_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Those at a trial who want to talk, the longest waiting first. One statement."""
    return [
        Task(
            participant=wish.participant,
            title=_wish_title(Party(wish.check_in.party), wish.participant.first_name, wish.title),
            href=url_for(
                "pathway.trial", public_id=wish.participant.public_id, trial_id=wish.trial.public_id
            ),
            due=_("sedan %(day)s", day=near_day(wish.check_in.answered_on)),
            tone="danger" if (today - wish.check_in.answered_on).days >= SLOW else "warning",
            tag=_("Vill prata"),
        )
        for wish in wishes_to_talk(identity, CHECK_IN, limit)
    ]


def _wish_title(party: Party, name: str, title: str) -> str:
    if party is Party.PERSON:
        return _("Prata med %(name)s om hur det går på ”%(title)s”", name=name, title=title)
    return _("Ring arbetsgivaren om hur det går på ”%(title)s”", title=title)


def job_question_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Unpaid placements that have lasted half a year without the question about a job. Four statements."""
    return [
        Task(
            participant=trial.participant,
            title=_("Fråga om ”%(title)s” kan bli ett jobb", title=trial.placement.title),
            href=url_of("trial", trial),
            due=ngettext("efter %(num)s månad utan lön", "efter %(num)s månader utan lön", month),
            tone="danger",
            tag=_("Över sex månader"),
        )
        for trial, month in unasked_in_reach(identity, CHECK_IN, today, limit)
    ]


def due_label(due: CheckInDue | None) -> Message:
    """What a check-in is called; empty where none is due."""
    return "" if due is None else DUE_LABELS[due]
