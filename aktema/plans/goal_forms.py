"""The fields by which a follow-up asks of each goal, the person and the staff apart."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField
from wtforms.validators import Optional

from aktema.core.forms import BaseForm, ParagraphField, choices
from aktema.plans.codes import Channel
from aktema.plans.goal_codes import EASY_QUESTION, GoalAnswer
from aktema.plans.goal_models import GoalResult
from aktema.plans.goal_operations import GoalFacts
from aktema.plans.goal_queries import GoalToFollow

PERSONS, STAFFS = ("person", "channel", "words"), ("staff", "staff_words")
LONGEST = 1000


def goal_field(part: str, key: str) -> str:
    """The name of a goal's field, which is its place on the page too."""
    return f"goal_{part}_{key}"


def fields_of(goals: Sequence[GoalToFollow]) -> Iterator[tuple[str, Field]]:
    """Every goal's fields by their names."""
    for number, goal in enumerate(goals, start=1):
        for part, field in _fields(number).items():
            yield goal_field(part, goal.key), field


def _fields(number: int) -> dict[str, Field]:
    said = choices((one.value, one.label) for one in GoalAnswer)
    judged = choices((one.value, one.staff_label) for one in GoalAnswer)
    ask = _("Fråga så här: %(question)s", question=EASY_QUESTION)
    return {
        "person": RadioField(
            _("Personen om mål %(number)s", number=number), [Optional()], choices=said, description=ask
        ),
        "channel": RadioField(
            _("Hur gav personen sitt svar?"),
            [Optional()],
            choices=choices((one.value, one.label) for one in Channel),
        ),
        "words": ParagraphField(
            _("Personens egna ord"),
            description=_("Gick det inte att fråga? Skriv varför i stället."),
            longest=LONGEST,
        ),
        "staff": RadioField(
            _("Personalen om mål %(number)s", number=number),
            [Optional()],
            choices=judged,
            description=_("Det ni har sett, inte det ni hoppas."),
        ),
        "staff_words": ParagraphField(
            _("Det här har vi sett"),
            description=_("Går det inte att bedöma? Skriv varför i stället."),
            longest=LONGEST,
        ),
    }


def written_of(rows: Mapping[str, GoalResult]) -> dict[str, Any]:
    """What is written so far, by field name."""
    return {
        goal_field(part, key): getattr(row, part) for key, row in rows.items() for part in (*PERSONS, *STAFFS)
    }


def refuse_words_without_answer(form: BaseForm, goals: Sequence[GoalToFollow]) -> bool:
    """Whether something belongs to no answer; the answer's field says so."""
    is_refused = False
    for goal in goals:
        for answer, *parts in (PERSONS, STAFFS):
            field = form[goal_field(answer, goal.key)]
            if not field.data and any(form[goal_field(part, goal.key)].data for part in parts):
                field.errors = [*field.errors, _("Välj ett svar också, så sparas det du har skrivit.")]
                is_refused = True
    return is_refused


def goal_facts(form: BaseForm, goals: Sequence[GoalToFollow]) -> list[GoalFacts]:
    """What was typed; only after the form has been found valid."""
    return [_facts(form, goal.key) for goal in goals]


def _facts(form: BaseForm, key: str) -> GoalFacts:
    typed = {part: form[goal_field(part, key)].data for part in (*PERSONS, *STAFFS)}
    return GoalFacts(
        key=key,
        person=GoalAnswer(typed["person"]) if typed["person"] else None,
        channel=Channel(typed["channel"]) if typed["channel"] else None,
        words=typed["words"] or "",
        staff=GoalAnswer(typed["staff"]) if typed["staff"] else None,
        staff_words=typed["staff_words"] or "",
    )
