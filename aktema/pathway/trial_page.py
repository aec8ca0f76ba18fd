"""What the pages of trials say: how each stands, what can be done with it, and what is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import or_

from aktema.access.identity import Identity
from aktema.core.db import db
from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.pathway.agreement_operations import lacking
from aktema.pathway.agreement_page import PART_LABELS, period_words
from aktema.pathway.permissions import WRITE_TRIAL
from aktema.pathway.rules.kinds import Part
from aktema.pathway.task import Task
from aktema.pathway.trial_codes import (
    KIND_LABELS,
    PARTY_LABELS,
    STATUS_LABELS,
    STATUS_TONES,
    WHOSE_LABELS,
    EndReason,
)
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import (
    awaits,
    in_force,
    is_changing,
    listed,
    live_clause,
    newest,
    signed_to,
    status,
)
from aktema.pathway.trial_states import DRAFT_LASTS, OVER, Act, TrialKind, TrialStatus, Whose, may
from aktema.people.models import Participant
from aktema.people.queries import visible

WARNED_FROM = timedelta(weeks=11)
"""How old an unsigned draft is when somebody is told that it is about to lose its ground."""
ENDS_SOON = timedelta(days=14)
LASTING = (TrialKind.WORKPLACE_PLACEMENT.value, TrialKind.EXTERNAL_PLACEMENT.value)
ON_SCHEDULE = (Part.FROM_DATE, Part.TO_DATE, Part.DAYS)
"""What is written on the page of days; everything else is on that of the agreement."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialRow:
    """A trial in a list."""

    public_id: str
    title: str
    employer: str
    kind: Message
    period: str
    status: Message
    tone: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """Something that is missing before anybody can sign, and where it is written."""

    label: Message
    href: str


def rows_of(trials: Iterable[Trial], today: date) -> Sequence[TrialRow]:
    return [row_of(trial, today) for trial in trials]


def row_of(trial: Trial, today: date) -> TrialRow:
    """The trial as lists and its own page name it."""
    now = status(trial, today)
    return TrialRow(
        public_id=trial.public_id,
        title=trial.placement.title,
        employer=trial.placement.employer.name,
        kind=KIND_LABELS[TrialKind(trial.kind)],
        period=period_words(in_force(trial) or newest(trial)),
        status=STATUS_LABELS[now],
        tone=STATUS_TONES[now],
        note=_note(trial, now, today),
    )


def _note(trial: Trial, now: TrialStatus, today: date) -> str:
    """What the status alone does not tell."""
    if now in (TrialStatus.CANCELLED, TrialStatus.INTERRUPTED):
        return end_words(trial)
    if now is TrialStatus.DRAFT:
        return _("Lägg färdigt senast %(day)s.", day=near_day(_draft_ends(trial, today)))
    if awaits(trial, today):
        waiting = ", ".join(str(PARTY_LABELS[party]).lower() for party in awaits(trial, today))
        return _("Väntar på underskrift: %(who)s", who=waiting)
    return _("En ändring är påbörjad.") if is_changing(trial) and now not in OVER else ""


def _draft_ends(trial: Trial, today: date) -> date:
    """The last day a draft can be finished on: it loses its ground, and before that its first day may come."""
    last, first = trial.begun_on + DRAFT_LASTS - timedelta(days=1), newest(trial).from_date
    return last if first is None or first < today else min(first, last)


def end_words(trial: Trial) -> str:
    """Why it ended before its day, and whose doing it was."""
    whose = trial.cancelled_by or trial.interrupted_by
    if whose is None or trial.end_reason is None:
        return ""
    return _(
        "%(reason)s. Vems beslut: %(whose)s.",
        reason=EndReason(trial.end_reason).label,
        whose=str(WHOSE_LABELS[Whose(whose)]).lower(),
    )


def acts_of(trial: Trial, today: date) -> frozenset[Act]:
    """What the trial's status lets somebody do who may write."""
    now = status(trial, today)
    return frozenset(act for act in Act if may(act, now))


def lacks_of(trial: Trial) -> Sequence[Lack]:
    """What the newest version lacks, with the places where it is written."""
    return [Lack(label=PART_LABELS[part], href=_place_of(trial, part)) for part in lacking(trial)]


def _place_of(trial: Trial, part: Part) -> str:
    if part in ON_SCHEDULE:
        return href_of(trial, "schedule")
    return f"{href_of(trial, 'agreement')}#{part.value}"


def href_of(trial: Trial, endpoint: str = "trial") -> str:
    person = trial.participant.public_id
    return url_for(f"pathway.{endpoint}", public_id=person, trial_id=trial.public_id)


def trial_tasks(identity: Identity, today: date, limit: int) -> Sequence[Task]:
    """Drafts about to expire, and long trials about to end, of people in reach; the most urgent first.

    A constant number of statements.
    """
    unsigned = signed_to().is_(None) & (Trial.begun_on <= today - WARNED_FROM)
    ending = Trial.kind.in_(LASTING) & (signed_to() <= today + ENDS_SOON)
    due = (
        listed()
        .join(Participant, Participant.id == Trial.participant_id)
        .where(visible(identity, WRITE_TRIAL), live_clause(today), or_(unsigned, ending))
        .order_by(Trial.begun_on, Trial.id)
        .limit(limit)
    )
    return [_task(trial, today) for trial in db.session.scalars(due)]


def _task(trial: Trial, today: date) -> Task:
    agreed = in_force(trial)
    if agreed is None or agreed.to_date is None:
        left = (trial.begun_on + DRAFT_LASTS - today).days
        return Task(
            participant=trial.participant,
            title=_("Gör klart överenskommelsen om %(place)s", place=trial.placement.title),
            href=href_of(trial),
            due=ngettext("slutar gälla om %(num)s dag", "slutar gälla om %(num)s dagar", left),
            tone="danger",
            tag=_("Snart för sent"),
        )
    return Task(
        participant=trial.participant,
        title=_("Bestäm vad som händer efter %(place)s", place=trial.placement.title),
        href=href_of(trial),
        due=_("slutar %(day)s", day=near_day(agreed.to_date)),
    )


def ending_facts(trial: Trial) -> Mapping[Message, str]:
    """Of a trial that ended before its day: when, why and in what words."""
    told = {
        _("Blev inte av"): near_day(trial.cancelled_on),
        _("Första dagen som personen inte kom"): near_day(trial.interrupted_on),
        _("Varför"): end_words(trial),
        _("Med egna ord"): trial.end_words or "",
    }
    return {label: text for label, text in told.items() if text}
