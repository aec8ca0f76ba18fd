"""What days and weeks of attendance come to: plain minutes in, plain figures out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FULL_DAY_MINUTES = 300
"""Five hours: the habilitation allowance is paid by days of at least so much, and by days of less."""
USUAL_DAYS = 5
WEEKS_COMPARED = 4
LEAST_CHANGE = 30
"""Minutes a week below which two averages are the same."""


class Direction(StrEnum):
    """Where the hours are going; there may be too little to tell."""

    MORE = "more"
    SAME = "same"
    LESS = "less"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """Average minutes a week in the newest four weeks and in the four before, and where they are going."""

    direction: Direction
    before: int = 0
    now: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCount:
    """How many days somebody was there for at least five hours, and for less."""

    full: int
    part: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def day_minutes(weekly_minutes: int | None, days_per_week: int | None) -> int | None:
    """How long a whole day is; None where the hours of the week are not known."""
    return None if weekly_minutes is None else round(weekly_minutes / (days_per_week or USUAL_DAYS))


def planned_minutes(rates: Iterable[int], days_per_week: int | None) -> int:
    """What a week has room for.

    `rates` holds, for each working day on which the support is given, the minutes a week that hold on that day:
    no more of them count than there are days in the person's week.
    """
    days = days_per_week or USUAL_DAYS
    return round(sum(sorted(rates, reverse=True)[:days]) / days)


def count_days(minutes_by_day: Iterable[int]) -> DayCount:
    """The days, of which those with no minutes don't count."""
    present = [minutes for minutes in minutes_by_day if minutes > 0]
    full = sum(minutes >= FULL_DAY_MINUTES for minutes in present)
    return DayCount(full=full, part=len(present) - full)


def trend_of(weeks: Sequence[int | None]) -> Trend:
    """Where the hours are going in whole weeks, the oldest first; None is a week nobody wrote anything about."""
    compared = weeks[-2 * WEEKS_COMPARED :]
    before, now = ([w for w in half if w is not None] for half in _halves(compared))
    if len(compared) < 2 * WEEKS_COMPARED or not before or not now:
        return Trend(direction=Direction.UNKNOWN)
    earlier, later = round(sum(before) / len(before)), round(sum(now) / len(now))
    return Trend(direction=_direction(later - earlier), before=earlier, now=later)


def _halves(weeks: Sequence[int | None]) -> tuple[Sequence[int | None], Sequence[int | None]]:
    return weeks[:-WEEKS_COMPARED], weeks[-WEEKS_COMPARED:]


def _direction(change: int) -> Direction:
    if abs(change) < LEAST_CHANGE:
        return Direction.SAME
    return Direction.MORE if change > 0 else Direction.LESS
