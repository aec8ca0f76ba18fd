"""Today's work, computed from what the slices below know. Every person it names leaves a trace of being read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.markup import near_day
from aktema.core.settings import Settings
from aktema.matching.permissions import PLAN, READ_MATCHES
from aktema.matching.queries import without_list_since
from aktema.pathway.permissions import RECORD_ANSWER
from aktema.pathway.queries import answers_awaited
from aktema.people.models import Participant
from aktema.people.permissions import LIST
from aktema.steps.permissions import READ_STEPS
from aktema.steps.queries import next_steps_due, without_step_since
from aktema.steps.rules import silent_since

MOST_PER_KIND = 25
NOTICE_DAYS = 7
"""So many days before somebody has gone too long without suggestions, those who can look at them are told."""
Waiting = Sequence[tuple[Participant, datetime | None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do today: about whom, why, and the page where it is done; a tag where it is urgent."""

    title: str
    who: str
    endpoint: str
    values: dict[str, str]
    due: str
    tone: str = "neutral"
    tag: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Worklist:
    """What is due, by kind; `more` says that a kind has more than is shown."""

    due: Sequence[Task]
    answers: Sequence[Task]
    silent: Sequence[Task]
    unsuggested: Sequence[Task]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.answers or self.silent or self.unsuggested)


def worklist(identity: Identity) -> Worklist:
    """What waits for the identity today. Every list ends at 25: what is done makes room for the next."""
    today, settings = clock.today(), _settings()
    due = next_steps_due(identity, READ_STEPS, today, MOST_PER_KIND)
    answers = (
        answers_awaited(identity, RECORD_ANSWER, today, MOST_PER_KIND)
        if is_granted(identity, RECORD_ANSWER)
        else ()
    )
    silent = without_step_since(
        identity, READ_STEPS, silent_since(today, settings.days_without_step), MOST_PER_KIND
    )
    unsuggested, overdue = _without_suggestions(identity, today, settings.days_without_suggestion)
    named = {person.id for group in (due, answers, silent, unsuggested, overdue) for person, *_rest in group}
    audit.record_reads(LIST, sorted(named))
    return Worklist(
        due=[_due(person, step.line or "", step.due_on, today) for person, step in due],
        answers=[
            _answer(person, introduction.public_id, title, introduction.asked_on)
            for person, introduction, title in answers
        ],
        silent=list(_silent(silent)),
        unsuggested=[*_unsuggested(unsuggested), *_overdue(overdue)],
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
        endpoint="home.participant",
        values={"public_id": person.public_id},
        due=near_day(due_on),
        tone="danger" if is_late else "warning",
        tag=_("Sen") if is_late else _("Idag"),
    )


def _answer(person: Participant, introduction_id: str, title: str, asked_on: date) -> Task:
    return Task(
        title=_("Vill %(name)s prova ”%(title)s”?", name=person.first_name, title=title),
        who=person.name,
        endpoint="pathway.answer",
        values={"public_id": person.public_id, "introduction_id": introduction_id},
        due=_("frågan ställdes %(day)s", day=near_day(asked_on)),
    )


def _silent(found: Sequence[tuple[Participant, date | None]]) -> Iterator[Task]:
    for person, last in found:
        yield Task(
            title=_("Hör av dig till %(name)s", name=person.first_name),
            who=person.name,
            endpoint="home.participant",
            values={"public_id": person.public_id},
            due=_("senaste steget %(day)s", day=near_day(last)) if last else _("inget steg än"),
        )


def _unsuggested(found: Waiting) -> Iterator[Task]:
    for person, at in found:
        yield Task(
            title=_("Titta på förslag tillsammans med %(name)s", name=person.first_name),
            who=person.name,
            endpoint="matching.suggestions",
            values={"public_id": person.public_id},
            due=_last_list(at),
        )


def _overdue(found: Waiting) -> Iterator[Task]:
    """A manager opens no list: they see to it that somebody does."""
    for person, at in found:
        yield Task(
            title=_("Be någon titta på förslag med %(name)s", name=person.first_name),
            who=person.name,
            endpoint="home.participant",
            values={"public_id": person.public_id},
            due=_last_list(at),
        )


def _last_list(at: datetime | None) -> str:
    if at is None:
        return _("inga förslag har visats än")
    return _("senast %(day)s", day=near_day(clock.local(at).date()))
