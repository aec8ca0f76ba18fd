"""What a person's plans say of a day: the card of tomorrow and the week, in words and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, format_date

from aktema.core.errors import Message
from aktema.core.swedish import LANGUAGE
from aktema.plans.easy_words import easy_times
from aktema.plans.plan_codes import PlanField, PlanForm
from aktema.plans.plan_facts import times_of
from aktema.plans.plan_reading import Told, tell
from aktema.plans.rules.document import ActivityPart, Document

DAYS_IN_WEEK = 7
MINUTES_IN_DAY = 24 * 60
TOLD = (PlanField.WHAT, PlanField.WHERE, PlanField.WHO)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """What, where or who, with the word for which of them it is."""

    field: PlanField
    label: Message
    told: Told


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something that is done on a day: when in words and as minutes after midnight, and what, where and who."""

    key: str
    when: str
    times: tuple[int, ...]
    tellings: tuple[Telling, ...]
    is_toward_work: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCard:
    """A day with what is done on it, the earliest first. Nothing is planned where it has no items."""

    day: date
    name: str
    """Måndag."""
    written: str
    """9 mars."""
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """Monday to Sunday."""

    monday: date
    number: int
    """ISO 8601."""
    days: tuple[DayCard, ...]

    @property
    def is_empty(self) -> bool:
        return not any(day.items for day in self.days)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def day_card(documents: Sequence[Document], day: date) -> DayCard:
    """What the plans say is done on the day. An activity without a weekday has no day, and stands in no card."""
    with force_locale(LANGUAGE):
        done = sorted(
            (part for document in documents for part in _activities(document) if part.pattern.falls_on(day)),
            key=_order,
        )
        name, written = format_date(day, "EEEE"), format_date(day, "d MMMM")
        return DayCard(
            day=day, name=name.capitalize(), written=written, items=tuple(_item(part) for part in done)
        )


def week(documents: Sequence[Document], monday: date) -> Week:
    """Seven cards from the Monday on."""
    days = tuple(day_card(documents, monday + timedelta(days=number)) for number in range(DAYS_IN_WEEK))
    return Week(monday=monday, number=monday.isocalendar().week, days=days)


def _activities(document: Document) -> Sequence[ActivityPart]:
    return [activity for goal in document.goals for activity in goal.activities]


def _order(part: ActivityPart) -> tuple[int, int]:
    """By when it begins, then by when it ends; what has no time comes last."""
    start, end = part.pattern.starts_at, part.pattern.ends_at
    return (MINUTES_IN_DAY if start is None else start, MINUTES_IN_DAY if end is None else end)


def _item(part: ActivityPart) -> Item:
    said = {one.field: one for one in part.statements if not one.is_empty}
    return Item(
        key=part.key,
        when=easy_times(part.pattern.starts_at, part.pattern.ends_at),
        times=times_of(part.pattern),
        tellings=tuple(
            Telling(field=field, label=str(field.easy), told=tell(said[field.value], PlanForm.PICTURES))
            for field in TOLD
            if field.value in said
        ),
        is_toward_work=part.is_toward_work,
    )
