"""The pulse as a trend: one row for each question, the newest answers in words, and a line drawn through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from aktema.core.errors import Message
from aktema.core.markup import near_day
from aktema.people.models import Participant
from aktema.plans.due_page import Task
from aktema.plans.pulse_codes import Answer, Belief, Question
from aktema.plans.pulse_models import Pulse, PulseBelief


@dataclass(frozen=True, kw_only=True, slots=True)
class TrendRow:
    """A question with its answers in the order of the rounds; levels are 0-4, None where there is none."""

    label: Message
    picture: str
    words: Sequence[str]
    levels: Sequence[int | None]


def rows(rounds: Sequence[Pulse]) -> Sequence[TrendRow]:
    """One row for each of the nine questions."""
    given = [{one.question: Answer(one.answer) for one in pulse.answers} for pulse in rounds]
    return [_row(question, [said.get(question.value) for said in given]) for question in Question]


def _row(question: Question, answers: Sequence[Answer | None]) -> TrendRow:
    return TrendRow(
        label=question.label,
        picture=question.picture,
        words=[str(one.label) if one else "–" for one in answers],
        levels=[one.level if one else None for one in answers],
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class BeliefRow:
    day: str
    who: str
    label: Message
    level: int


def belief_rows(beliefs: Sequence[PulseBelief]) -> Sequence[BeliefRow]:
    """What each worker believed and when, the oldest first."""
    return [
        BeliefRow(
            day=near_day(one.said_on),
            who=one.account.name,
            label=Belief(one.belief).label,
            level=int(one.belief),
        )
        for one in beliefs
    ]


def task_of(person: Participant, last_on: date | None) -> Task:
    """The reminder that somebody can be asked again."""
    return Task(
        title=_("Fråga %(name)s hur det går", name=person.first_name),
        who=person.name,
        href=url_for("plans.pulse", public_id=person.public_id),
        due=_("senast %(day)s", day=near_day(last_on)) if last_on else _("har inte frågats än"),
        tone="neutral",
        tag="",
    )
