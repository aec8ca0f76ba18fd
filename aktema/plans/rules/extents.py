"""From when to when a decision holds, what it grants on a day, and what may come after what is there already.

Pure: plain values in, plain values out; the day comes in as an argument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum, auto
from typing import Protocol, TypeVar

ONE_DAY = timedelta(days=1)
TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; without a last day it goes on."""

    first: date
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Granted(Protocol):
    """What a decision says about the days on which it holds."""

    from_date: date
    to_date: date | None
    ended_on: date | None


class Extent(Protocol):
    """How much is granted from a day on."""

    from_date: date
    hours_basis: str


G = TypeVar("G", bound=Granted)
E = TypeVar("E", bound=Extent)


class DecisionState(StrEnum):
    COMING = "coming"
    IN_FORCE = "in_force"
    ENDED = "ended"


class ChangeProblem(Enum):
    """Why hours can't be changed from a day on."""

    BEFORE_DECISION = auto()
    AFTER_DECISION = auto()
    NOT_AFTER_NEWEST = auto()


class EndProblem(Enum):
    """Why a decision can't end on a day."""

    ENDED_ALREADY = auto()
    BEFORE_DECISION = auto()
    AFTER_DECISION = auto()


def last_day(decision: Granted) -> date | None:
    """The last day on which the decision holds: its own, or the day it was ended on where that is earlier."""
    days = [day for day in (decision.to_date, decision.ended_on) if day is not None]
    return min(days, default=None)


def period_of(decision: Granted) -> Period:
    return Period(decision.from_date, last_day(decision))


def state_of(decision: Granted, today: date) -> DecisionState:
    """How the decision stands on the day."""
    period = period_of(decision)
    if today < period.first:
        return DecisionState.COMING
    return DecisionState.IN_FORCE if period.holds_on(today) else DecisionState.ENDED


def overlaps(one: Period, other: Period) -> bool:
    """Whether the two have a day in common."""
    starts_in_time = other.last is None or one.first <= other.last
    return starts_in_time and (one.last is None or other.first <= one.last)


def overlapping(period: Period, others: Iterable[Period]) -> Period | None:
    """The first of the others that has a day in common with the period, or None."""
    return next((other for other in others if overlaps(period, other)), None)


def day_after(decision: Granted) -> date | None:
    """The first day on which another decision may follow; None where this one goes on without an end."""
    last = last_day(decision)
    return None if last is None or last == date.max else last + ONE_DAY


def may_follow(earlier: Granted, first: date) -> bool:
    """Whether a decision that begins on the day comes after the earlier one, with or without days between."""
    after = day_after(earlier)
    return after is not None and first >= after


def extent_on(extents: Iterable[E], day: date) -> E | None:
    """What is granted on the day: the extent that began last; None before the first."""
    begun = [extent for extent in extents if extent.from_date <= day]
    return max(begun, key=lambda extent: extent.from_date, default=None)


def extents_after(extents: Iterable[E], day: date) -> Sequence[E]:
    """What is decided to come after the day, in order."""
    coming = [extent for extent in extents if extent.from_date > day]
    return sorted(coming, key=lambda extent: extent.from_date)


def newest(extents: Iterable[E]) -> E:
    """What holds in the end. ValueError where there is none."""
    return max(extents, key=lambda extent: extent.from_date)


def is_to_convert(extents: Iterable[Extent]) -> bool:
    """Whether template hours are all that has been decided: nothing granted is to come after them."""
    return newest(extents).hours_basis == TEMPLATE


def was_converted(extents: Sequence[Extent]) -> bool:
    """Whether template hours have been made into granted ones."""
    return not is_to_convert(extents) and any(extent.hours_basis == TEMPLATE for extent in extents)


def change_problem(decision: Granted, extents: Iterable[Extent], first: date) -> ChangeProblem | None:
    """Why other hours can't begin on the day, or None.

    They begin after everything decided so far: what was granted on a day that somebody has counted on stays.
    """
    last = last_day(decision)
    if first < decision.from_date:
        return ChangeProblem.BEFORE_DECISION
    if last is not None and first > last:
        return ChangeProblem.AFTER_DECISION
    return ChangeProblem.NOT_AFTER_NEWEST if first <= newest(extents).from_date else None


def first_free_day(extents: Iterable[Extent], today: date) -> date:
    """Today, or the day after the newest hours begin where that is later: the first on which others can."""
    begun = newest(extents).from_date
    return max(today, begun + ONE_DAY if begun < date.max else begun)


def end_problem(decision: Granted, last: date) -> EndProblem | None:
    """Why the decision can't end on the day, or None. It can be made shorter, and only once; longer needs a new one."""
    if decision.ended_on is not None:
        return EndProblem.ENDED_ALREADY
    if last < decision.from_date:
        return EndProblem.BEFORE_DECISION
    is_longer = decision.to_date is not None and last > decision.to_date
    return EndProblem.AFTER_DECISION if is_longer else None
