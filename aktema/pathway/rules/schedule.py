"""When somebody is at a placement: days laid out from a week, copied, counted and compared.

Times are minutes after midnight as the clock on the wall shows them; what a day comes to is how long it lasts, so
that the nights in which the clocks change count an hour less or more. Sources of free days: see `plans.rules.calendar`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aktema.plans.rules.calendar import free_days

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """From when to when on a day; the break is not worked."""

    starts_at: int
    ends_at: int
    break_minutes: int = 0

    @property
    def is_possible(self) -> bool:
        return 0 <= self.starts_at < self.ends_at <= 24 * 60 and 0 <= self.break_minutes < self.length

    @property
    def length(self) -> int:
        return self.ends_at - self.starts_at

    def meets(self, other: "Times") -> bool:
        """Whether the two have a minute in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True, slots=True)
class DayTimes:
    """The times of one day."""

    day: date
    times: Times

    @property
    def minutes(self) -> int:
        """How long the person works on the day."""
        begun, ended = _moment(self.day, self.times.starts_at), _moment(self.day, self.times.ends_at)
        lasted = int((ended - begun).total_seconds()) // 60
        return max(0, lasted - self.times.break_minutes)


WeekTimes = Mapping[int, Times]
"""The times of a week by weekday, 0 is Monday."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekTotal:
    """What a week comes to, named by its Monday."""

    monday: date
    days: tuple[DayTimes, ...]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.days)

    @property
    def habit(self) -> WeekTimes:
        """The times by weekday."""
        return {one.day.weekday(): one.times for one in self.days}


def _moment(day: date, minute: int) -> datetime:
    """The moment in UTC; a time that the clocks skip is as long after midnight as it would have been."""
    return (datetime.combine(day, time(), STOCKHOLM) + timedelta(minutes=minute)).astimezone(UTC)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_free(day: date) -> bool:
    """Whether it is a red day, or an eve that counts as one: nobody is asked to come."""
    return day in free_days(day.year)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def lay_out(week: WeekTimes, first: date, last: date) -> tuple[DayTimes, ...]:
    """The week's times on every day of the period that has them, but for free days."""
    return tuple(
        DayTimes(day=day, times=week[day.weekday()])
        for day in days_between(first, last)
        if day.weekday() in week and not is_free(day)
    )


def put(days: Iterable[DayTimes], *later: DayTimes) -> tuple[DayTimes, ...]:
    """The days with others added; of two about the same day the later counts. In order."""
    by_day = {one.day: one for one in (*days, *later)}
    return tuple(by_day[day] for day in sorted(by_day))


def within(days: Iterable[DayTimes], first: date, last: date) -> tuple[DayTimes, ...]:
    """Those of the days that lie in the period."""
    return tuple(one for one in days if first <= one.day <= last)


def copy_week(days: Sequence[DayTimes], source: date, target: date) -> tuple[DayTimes, ...]:
    """The days with the target's week like the source's, but for free days; both are named by any day of theirs."""
    moved = monday_of(target) - monday_of(source)
    copied = (replace(one, day=one.day + moved) for one in days if monday_of(one.day) == monday_of(source))
    others = (one for one in days if monday_of(one.day) != monday_of(target))
    return put(others, *(one for one in copied if not is_free(one.day)))


def prolong(days: Sequence[DayTimes], last: date) -> tuple[DayTimes, ...]:
    """The days with the newest whole habit going on to the last day: the times each weekday had last."""
    if not days:
        return ()
    habit = {one.day.weekday(): one.times for one in days if one.day > days[-1].day - WEEKDAYS * ONE_DAY}
    return put(days, *lay_out(habit, days[-1].day + ONE_DAY, last))


def weeks_of(days: Iterable[DayTimes]) -> tuple[WeekTotal, ...]:
    """The days by week, in order; weeks without any are left out."""
    by_monday: dict[date, list[DayTimes]] = {}
    for one in put(days):
        by_monday.setdefault(monday_of(one.day), []).append(one)
    return tuple(WeekTotal(monday=monday, days=tuple(inside)) for monday, inside in by_monday.items())


def first_overlap(days: Iterable[DayTimes], others: Iterable[DayTimes]) -> DayTimes | None:
    """The first of the days whose times meet those of another on the same day, or None."""
    taken: dict[date, list[Times]] = {}
    for other in others:
        taken.setdefault(other.day, []).append(other.times)
    return next((one for one in put(days) if any(map(one.times.meets, taken.get(one.day, ())))), None)
