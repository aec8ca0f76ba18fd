"""Today's work, computed from what the slices below know. Every person it names leaves a trace of being read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app, url_for
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity, current_identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.markup import near_day
from aktema.core.settings import Settings
from aktema.matching.permissions import PLAN, READ_MATCHES
from aktema.matching.queries import without_list_since
from aktema.pathway.models import Introduction
from aktema.pathway.permissions import RECORD_ANSWER
from aktema.pathway.queries import answers_awaited
from aktema.people.models import Participant
from aktema.people.permissions import LIST
from aktema.plans import due_page as plans
from aktema.plans.codes import PointAnswer
from aktema.plans.due_queries import Due
from aktema.plans.due_queries import due as due_list
from aktema.plans.follow_up_queries import WorkWish, wishes_for_work
from aktema.plans.permissions import ASK_PULSE, READ_DUE, READ_PLAN
from aktema.plans.pulse_page import task_of as pulse_task
from aktema.plans.pulse_queries import pulses_due
from aktema.plans.wish_queries import own_wishes_for_work, planned_wishes_for_work
from aktema.steps.permissions import READ_STEPS
from aktema.steps.queries import next_steps_due, without_step_since
from aktema.steps.rules import silent_since
from aktema.steps.talk_models import TalkRequest
from aktema.steps.talk_queries import talks_wanted

MOST_PER_KIND = 25
NOTICE_DAYS = 7
"""So many days before somebody has gone too long without suggestions, those who can look at them are told."""
Waiting = Sequence[tuple[Participant, datetime | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do today: about whom, why, and the page where it is done; a tag where it is urgent."""

    title: str
    who: str
    href: str
    due: str
    tone: str = "neutral"
    tag: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worklist:
    """What is due, by kind; `more` says that a kind has more than is shown."""

    due: Sequence[Task]
    talks: Sequence[Task]
    answers: Sequence[Task]
    owed: Sequence[plans.Task]
    wishes: Sequence[Task]
    silent: Sequence[Task]
    unsuggested: Sequence[Task]
    pulses: Sequence[plans.Task]

    @property
    def is_empty(self) -> bool:
        return not any(
            (
                *(self.due, self.talks, self.answers, self.owed),
                *(self.wishes, self.silent, self.unsuggested, self.pulses),
            )
        )


def worklist(identity: Identity) -> Worklist:
    """What waits for the identity today. Every list ends at 25: what is done makes room for the next."""
    today, settings = clock.today(), _settings()
    due = next_steps_due(identity, READ_STEPS, today, MOST_PER_KIND)
    talks = talks_wanted(identity, READ_STEPS, MOST_PER_KIND)
    answers = (
        answers_awaited(identity, RECORD_ANSWER, today, MOST_PER_KIND)
        if is_granted(identity, RECORD_ANSWER)
        else ()
    )
    silent = without_step_since(
        identity, READ_STEPS, silent_since(today, settings.days_without_step), MOST_PER_KIND
    )
    unsuggested, overdue = _without_suggestions(identity, today, settings.days_without_suggestion)
    owed, wishes = _followed_up(identity, today)
    pulses = pulses_due(identity, ASK_PULSE, today, MOST_PER_KIND)
    lists = (due, talks, answers, silent, unsuggested, overdue, pulses)
    named = {person.id for found in lists for person, *_rest in found}
    named |= {one.participant.id for one in owed} | {one.participant.id for one in wishes}
    audit.record_reads(LIST, sorted(named))
    return Worklist(
        due=[_due(person, step.line or "", step.due_on, today) for person, step in due],
        talks=[_talk(person, talk) for person, talk in talks],
        answers=[_answer(person, introduction, title, today) for person, introduction, title in answers],
        owed=[plans.task_of(one) for one in owed],
        wishes=[_wish(one) for one in wishes],
        silent=list(_silent(silent)),
        unsuggested=[*_unsuggested(unsuggested), *_overdue(overdue)],
        pulses=[pulse_task(person, last_on) for person, last_on in pulses],
    )


def _without_suggestions(identity: Identity, today: date, days: int) -> tuple[Waiting, Waiting]:
    """Who soon has gone too long without suggestions, for those who can look; for a manager, who already has."""
    soon = _midnight(today - timedelta(days=max(days - NOTICE_DAYS, 1)))
    mine = without_list_since(identity, READ_MATCHES, soon, MOST_PER_KIND)
    if not is_granted(identity, PLAN):
        return mine, ()
    known = {person.id for person, _at in mine}
    late = without_list_since(identity, PLAN, _midnight(today - timedelta(days=days)), MOST_PER_KIND)
    return mine, [(person, at) for person, at in late if person.id not in known]


def _followed_up(identity: Identity, today: date) -> tuple[Sequence[Due], Sequence[WorkWish]]:
    """What decisions and orders ask of the reader, and for a coach, or whoever sees to it, who wants to work."""
    owed = due_list(identity, today, MOST_PER_KIND) if is_granted(identity, READ_DUE) else ()
    if not is_granted(identity, READ_MATCHES):
        return owed, ()
    on_own_page = own_wishes_for_work(identity, READ_MATCHES, MOST_PER_KIND)
    followed_up = wishes_for_work(identity, READ_MATCHES, MOST_PER_KIND)
    planned = planned_wishes_for_work(identity, READ_MATCHES, MOST_PER_KIND)
    by_person = {one.participant.id: one for one in (*planned, *followed_up, *on_own_page)}
    newest_first = sorted(by_person.values(), key=lambda one: one.answered_on, reverse=True)
    return owed, newest_first[:MOST_PER_KIND]


def _talk(person: Participant, talk: TalkRequest) -> Task:
    """The way to where a talk is written down: with that, the wish is met."""
    is_own = talk.said_by == "person"
    title = (
        _("%(name)s vill prata med dig", name=person.first_name)
        if is_own
        else _("%(name)ss företrädare vill prata med dig", name=person.first_name)
    )
    return Task(
        title=title,
        who=person.name,
        href=url_for("steps.log", public_id=person.public_id),
        due=_("sa det %(day)s", day=near_day(clock.local(talk.created_at).date())),
        tone="warning",
    )


def _wish(one: WorkWish) -> Task:
    person = one.participant
    title = (
        _("%(name)s vill arbeta", name=person.first_name)
        if one.answer is PointAnswer.YES
        else _("%(name)s vill kanske arbeta", name=person.first_name)
    )
    return Task(
        title=title,
        who=person.name,
        href=_where_it_was_said(one),
        due=_("sa det %(day)s", day=near_day(one.answered_on)),
        tone="neutral" if one.has_coach else "warning",
        tag="" if one.has_coach else _("Har ingen jobbcoach"),
    )


def _where_it_was_said(one: WorkWish) -> str:
    """The way to the plan for which it was said, for those who read plans; otherwise to the person."""
    person_id = one.participant.public_id
    if one.plan_id and is_granted(current_identity(), READ_PLAN):
        return url_for("plans.plan", public_id=person_id, plan_id=one.plan_id)
    return url_for("home.participant", public_id=person_id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.STOCKHOLM)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _due(person: Participant, line: str, due_on: date, today: date) -> Task:
    is_late = due_on < today
    return Task(
        title=line,
        who=person.name,
        href=url_for("home.participant", public_id=person.public_id),
        due=near_day(due_on),
        tone="danger" if is_late else "warning",
        tag=_("Sen") if is_late else _("Idag"),
    )


def _answer(person: Participant, introduction: Introduction, title: str, today: date) -> Task:
    """Late once the day has passed that the person was given, or chose to be asked again on: nobody hurries them."""
    talk_by = introduction.ask_again_on or introduction.answer_by
    is_late = talk_by is not None and talk_by < today
    return Task(
        title=_("Vill %(name)s prova ”%(title)s”?", name=person.first_name, title=title),
        who=person.name,
        href=url_for("pathway.answer", public_id=person.public_id, introduction_id=introduction.public_id),
        due=_("frågan ställdes %(day)s", day=near_day(introduction.asked_on)),
        tone="danger" if is_late else "neutral",
        tag=_("Sen") if is_late else "",
    )


def _silent(found: Sequence[tuple[Participant, date | None]]) -> Iterator[Task]:
    for person, last in found:
        yield Task(
            title=_("Hör av dig till %(name)s", name=person.first_name),
            who=person.name,
            href=url_for("home.participant", public_id=person.public_id),
            due=_("senaste steget %(day)s", day=near_day(last)) if last else _("inget steg än"),
        )


def _unsuggested(found: Waiting) -> Iterator[Task]:
    for person, at in found:
        yield Task(
            title=_("Titta på förslag tillsammans med %(name)s", name=person.first_name),
            who=person.name,
            href=url_for("matching.suggestions", public_id=person.public_id),
            due=_last_list(at),
        )


def _overdue(found: Waiting) -> Iterator[Task]:
    """A manager opens no list: they see to it that somebody does."""
    for person, at in found:
        yield Task(
            title=_("Be någon titta på förslag med %(name)s", name=person.first_name),
            who=person.name,
            href=url_for("home.participant", public_id=person.public_id),
            due=_last_list(at),
        )


def _last_list(at: datetime | None) -> str:
    if at is None:
        return _("inga förslag har visats än")
    return _("senast %(day)s", day=near_day(clock.local(at).date()))
