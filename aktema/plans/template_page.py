"""What the pages of templates say about patterns, values and differences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from aktema.core.errors import Message
from aktema.core.markup import minute_of_day
from aktema.people.codes import Weekday
from aktema.plans import template_queries as queries
from aktema.plans.plan_codes import SUPPORT_LABELS, LifeArea, PlanField, WeekPattern
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.template_changes import Change, Move, Place, Value, changes
from aktema.plans.rules.template_content import Kind
from aktema.plans.template_codes import (
    KIND_PICTURES,
    KIND_TEXTS,
    KINDS,
    KINDS_IN_PLURAL,
    MOVE_TONES,
    MOVES,
    SCALES,
    field_of,
    name_of,
)
from aktema.plans.template_models import TemplateVersion

KIND_NAMES = {"planer": Kind.PLAN, "bildkartor": Kind.PICTURES, "fragor": Kind.QUESTIONS}
"""Kinds as addresses name them."""
NAMES_OF_KINDS = {kind: name for name, kind in KIND_NAMES.items()}


def words() -> dict[str, object]:
    """What the pages write templates with."""
    return {
        "kinds": KINDS,
        "kinds_in_plural": KINDS_IN_PLURAL,
        "kind_texts": KIND_TEXTS,
        "kind_pictures": KIND_PICTURES,
        "scales": SCALES,
        "area_of": LifeArea,
        "field_label": PlanField,
        "support_labels": SUPPORT_LABELS,
        "when_text": when_text,
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: Message
    href: str
    current: bool
    count: int


def tabs(chosen: Kind) -> list[Tab]:
    """One tab for each kind, with how many templates there are."""
    counts = queries.count_templates()
    return [
        Tab(
            label=KINDS_IN_PLURAL[kind],
            href=url_for("plans.templates", slag=NAMES_OF_KINDS[kind]),
            current=kind is chosen,
            count=counts[kind],
        )
        for kind in Kind
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """One difference in words. Before and after are empty where a whole part came or went."""

    move: Message
    tone: str
    part: str
    field: str
    before: str
    after: str


def rows_of(found: Iterable[Change]) -> list[ChangeRow]:
    """The differences in words."""
    return [_row(change) for change in found]


def changes_between(version: TemplateVersion, before: TemplateVersion | None) -> list[ChangeRow] | None:
    """What a version changed, in words; None for the first version."""
    if before is None:
        return None
    return rows_of(changes(queries.content_of(before), queries.content_of(version)))


def _row(change: Change) -> ChangeRow:
    is_part = change.move is not Move.CHANGED
    return ChangeRow(
        move=MOVES[change.move],
        tone=MOVE_TONES[change.move],
        part=name_of(change.place),
        field="" if is_part else field_of(change.place),
        before="" if is_part else value_text(change.place, change.before),
        after="" if is_part else value_text(change.place, change.after),
    )


def value_text(place: Place, value: Value) -> str:
    """What is said there, as a person reads it; empty where nothing is."""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if isinstance(value, Pattern):
        return when_text(value)
    if isinstance(value, tuple):
        return ", ".join(one.word for one in value)
    if isinstance(value, int):
        return str(SUPPORT_LABELS[value] if place.field == "support_level" else value)
    said = value or ""
    if place.field == "life_area":
        return str(LifeArea(said).label)
    return str(SCALES[said] if place.field == "scale" else said)


def when_text(pattern: Pattern) -> str:
    """The days, weeks and hours of an activity; empty where none are decided."""
    days = [str(day.label) for day in Weekday if pattern.weekdays & 1 << int(day.value)]
    if not days and pattern.starts_at is None:
        return ""
    weeks = str(WeekPattern(pattern.week_pattern).label)
    ends = minute_of_day(pattern.ends_at)
    hours = f"{minute_of_day(pattern.starts_at)}–{ends}" if ends else minute_of_day(pattern.starts_at)
    return " · ".join(filter(None, (_in_a_row(days), weeks, hours)))


def _in_a_row(words: Sequence[str]) -> str:
    """The words with commas, small letters but for the first."""
    return ", ".join(words).capitalize()
