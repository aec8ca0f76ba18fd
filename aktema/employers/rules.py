"""The rules of placements: times that fit together, what publishing needs, when a placement is live."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from aktema.employers.states import State

DAYS_IN_WEEK = 7
HIGHEST_LEVEL = 4


def weekday_bits(days: Iterable[int]) -> int | None:
    """Weekdays (0 is Monday) as bits (1 is Monday); None, which is unknown, where there are none."""
    return sum(1 << day for day in set(days)) or None


def weekdays_of(bits: int | None) -> tuple[int, ...]:
    """The weekdays (0 is Monday) that the bits name, in order; none for unknown."""
    return tuple(day for day in range(DAYS_IN_WEEK) if (bits or 0) >> day & 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """When and how much one works, and how many at a time; None is unknown.

    Minutes a week, minutes after midnight, weekdays as bits (1 is Monday).
    """

    least_weekly_minutes: int | None = None
    most_weekly_minutes: int | None = None
    weekdays: int | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    places: int = 1
    from_date: date | None = None
    to_date: date | None = None


class TimesProblem(StrEnum):
    """Times that do not fit together. The value is the field the message belongs to."""

    LESS_THAN_LEAST = "most_weekly_minutes"
    ENDS_BEFORE_START = "ends_at"
    DAYS_TOO_SHORT = "least_weekly_minutes"
    PERIOD_ENDS_FIRST = "to_date"


def times_problems(times: Times) -> tuple[TimesProblem, ...]:
    """Everything that does not fit together; what is unknown contradicts nothing."""
    found = (
        (TimesProblem.LESS_THAN_LEAST, _is_above(times.least_weekly_minutes, times.most_weekly_minutes)),
        (TimesProblem.ENDS_BEFORE_START, _is_not_before(times.starts_at, times.ends_at)),
        (TimesProblem.DAYS_TOO_SHORT, _is_above(times.least_weekly_minutes, _minutes_that_fit(times))),
        (TimesProblem.PERIOD_ENDS_FIRST, _is_period_backwards(times.from_date, times.to_date)),
    )
    return tuple(problem for problem, is_there in found if is_there)


def _is_above(least: int | None, most: int | None) -> bool:
    return least is not None and most is not None and least > most


def _is_not_before(start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and start >= end


def _is_period_backwards(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def _minutes_that_fit(times: Times) -> int | None:
    """The most minutes a week that the weekdays and the hours of the day hold; None where one is unknown."""
    if (
        times.weekdays is None
        or times.starts_at is None
        or times.ends_at is None
        or times.starts_at >= times.ends_at
    ):
        return None
    return len(weekdays_of(times.weekdays)) * (times.ends_at - times.starts_at)


class Need(StrEnum):
    """What a placement must have to be published. Unknown hours and demands become questions."""

    TITLE = "title"
    DESCRIPTION = "description"
    LOCALITY = "locality"
    ACTIVITY = "activity"
    OPEN_EMPLOYER = "open_employer"


class Advice(StrEnum):
    """What makes the suggestions better when it is known."""

    DEMANDS = "demands"
    HOURS = "hours"
    WEEKDAYS = "weekdays"
    SUPERVISION = "supervision"
    CONSTRAINTS = "constraints"


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What is filled in of a placement."""

    has_title: bool
    has_description: bool
    has_locality: bool
    has_activity: bool
    has_open_employer: bool
    has_demands: bool
    has_hours: bool
    has_weekdays: bool
    has_supervision: bool
    has_constraints: bool


def missing_needs(placement: Readiness) -> tuple[Need, ...]:
    """What must be filled in before it can be published, in the order of the steps."""
    there = (
        (Need.OPEN_EMPLOYER, placement.has_open_employer),
        (Need.LOCALITY, placement.has_locality),
        (Need.TITLE, placement.has_title),
        (Need.DESCRIPTION, placement.has_description),
        (Need.ACTIVITY, placement.has_activity),
    )
    return tuple(need for need, is_there in there if not is_there)


def missing_advice(placement: Readiness) -> tuple[Advice, ...]:
    """What would be good to know, in the order of the steps."""
    there = (
        (Advice.DEMANDS, placement.has_demands),
        (Advice.HOURS, placement.has_hours),
        (Advice.WEEKDAYS, placement.has_weekdays),
        (Advice.SUPERVISION, placement.has_supervision),
        (Advice.CONSTRAINTS, placement.has_constraints),
    )
    return tuple(advice for advice, is_there in there if not is_there)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What says whether a position can be suggested. None is no limit.

    to_date: the period's last day. expires_on: from this day it is not shown, unless somebody says it still holds.
    not_before: the employer wants no questions before the day.
    """

    state: State
    to_date: date | None = None
    expires_on: date | None = None
    not_before: date | None = None


def is_live(shown: Shown, on: date) -> bool:
    """Whether somebody can be suggested the placement on the day: published, not over, still true, and welcome.

    A period that has not begun is live too: people are found before the first day.
    """
    return (
        shown.state is State.PUBLISHED
        and (shown.to_date is None or on <= shown.to_date)
        and not is_expired(shown.expires_on, on)
        and (shown.not_before is None or on >= shown.not_before)
    )


REMIND_BEFORE = timedelta(days=14)
"""So long before a position expires whoever posted it is asked whether it still holds."""


def is_expired(expires_on: date | None, on: date) -> bool:
    return expires_on is not None and on >= expires_on


def places_left(places: int, taken: int) -> int:
    """How many more can be there at a time; never below zero, though places may have been cut since."""
    return max(0, places - taken)
