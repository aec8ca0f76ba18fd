"""Days laid out from a week, copied, counted and compared."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.rules.schedule import (
    DayTimes,
    Times,
    copy_week,
    days_between,
    first_overlap,
    is_free,
    lay_out,
    monday_of,
    prolong,
    put,
    weeks_of,
    within,
)

DAY = timedelta(days=1)
MONDAY = date(2026, 3, 9)
NINE_TO_TWELVE = Times(starts_at=540, ends_at=720)


@st.composite
def times(draw: st.DrawFn) -> Times:
    starts = draw(st.integers(0, 1380))
    ends = draw(st.integers(starts + 1, 1440))
    return Times(starts_at=starts, ends_at=ends, break_minutes=draw(st.integers(0, ends - starts - 1)))


DATES = st.dates(date(2025, 1, 1), date(2028, 12, 31))
WEEKS = st.dictionaries(st.integers(0, 6), times())
SCHEDULES = st.lists(st.builds(DayTimes, day=DATES, times=times()), max_size=30).map(put)


@st.composite
def periods(draw: st.DrawFn) -> tuple[date, date]:
    first = draw(DATES)
    return first, first + draw(st.integers(0, 200)) * DAY


@given(week=WEEKS, period=periods())
def test_a_week_is_laid_out_on_its_weekdays_but_for_free_days(
    week: dict[int, Times], period: tuple[date, date]
) -> None:
    expected = [day for day in days_between(*period) if day.weekday() in week and not is_free(day)]
    laid_out = lay_out(week, *period)
    assert [one.day for one in laid_out] == expected
    assert all(one.times == week[one.day.weekday()] for one in laid_out)


@given(days=SCHEDULES)
def test_what_the_weeks_come_to_is_what_the_days_come_to(days: tuple[DayTimes, ...]) -> None:
    weeks = weeks_of(days)
    assert sum(week.minutes for week in weeks) == sum(one.minutes for one in days)
    assert all(monday_of(one.day) == week.monday for week in weeks for one in week.days)


@given(days=SCHEDULES)
def test_a_day_is_never_longer_than_the_clock_and_the_hour_it_gains(days: tuple[DayTimes, ...]) -> None:
    assert all(0 <= one.minutes <= one.times.length + 60 for one in days)


@pytest.mark.parametrize(
    ("day", "starts", "ends", "minutes"),
    [
        (date(2026, 3, 28), 60, 240, 180),
        (date(2026, 3, 29), 60, 240, 120),
        (date(2026, 10, 25), 60, 240, 240),
        (date(2026, 3, 29), 540, 720, 180),
        (date(2026, 3, 29), 0, 1440, 1380),
        (date(2026, 10, 25), 0, 1440, 1500),
        (date(2026, 3, 29), 150, 180, 0),
    ],
)
def test_the_nights_in_which_the_clocks_change_count_as_long_as_they_last(
    day: date, starts: int, ends: int, minutes: int
) -> None:
    assert DayTimes(day=day, times=Times(starts_at=starts, ends_at=ends)).minutes == minutes


def test_a_break_is_not_worked() -> None:
    day = DayTimes(day=MONDAY, times=Times(starts_at=540, ends_at=720, break_minutes=30))
    assert day.minutes == 150


@pytest.mark.parametrize("free", [date(2026, 12, 24), date(2026, 6, 19), date(2026, 4, 3), date(2026, 6, 6)])
def test_nobody_is_asked_to_come_on_a_free_day(free: date) -> None:
    every_day = dict.fromkeys(range(7), NINE_TO_TWELVE)
    assert free not in {one.day for one in lay_out(every_day, free - DAY, free + DAY)}


@given(days=SCHEDULES, source=DATES, target=DATES)
def test_a_copied_week_is_like_its_source_and_leaves_the_others(
    days: tuple[DayTimes, ...], source: date, target: date
) -> None:
    copied = copy_week(days, source, target)
    there, before = monday_of(target), monday_of(source)
    inside = {one.day - there: one.times for one in copied if monday_of(one.day) == there}
    like = {one.day - before: one.times for one in days if monday_of(one.day) == before}
    expected = {offset: told for offset, told in like.items() if not is_free(there + offset)}
    assert inside == expected
    assert [one for one in copied if monday_of(one.day) != there] == [
        one for one in days if monday_of(one.day) != there
    ]


@given(days=SCHEDULES, source=DATES, target=DATES)
def test_copying_a_week_twice_is_copying_it_once(
    days: tuple[DayTimes, ...], source: date, target: date
) -> None:
    once = copy_week(days, source, target)
    assert copy_week(once, source, target) == once


def test_a_week_copied_over_another_takes_its_days_away() -> None:
    days = put(
        [DayTimes(day=MONDAY, times=NINE_TO_TWELVE), DayTimes(day=MONDAY + 8 * DAY, times=NINE_TO_TWELVE)]
    )
    assert [one.day for one in copy_week(days, MONDAY, MONDAY + 7 * DAY)] == [MONDAY, MONDAY + 7 * DAY]


@given(days=SCHEDULES, more=st.integers(0, 60))
def test_what_goes_on_keeps_what_there_was(days: tuple[DayTimes, ...], more: int) -> None:
    last = (days[-1].day if days else MONDAY) + more * DAY
    longer = prolong(days, last)
    assert longer[: len(days)] == days
    assert all(one.day <= last and not is_free(one.day) for one in longer[len(days) :])


def test_what_goes_on_follows_the_last_week() -> None:
    short = Times(starts_at=540, ends_at=600)
    days = lay_out({0: NINE_TO_TWELVE}, MONDAY, MONDAY + DAY)
    later = put(days, DayTimes(day=MONDAY + 7 * DAY, times=short))
    assert prolong(later, MONDAY + 21 * DAY)[-1].times == short


@given(days=SCHEDULES, others=SCHEDULES)
def test_an_overlap_is_found_exactly_where_a_minute_is_shared(
    days: tuple[DayTimes, ...], others: tuple[DayTimes, ...]
) -> None:
    shared = [
        one.day
        for one in days
        for other in others
        if one.day == other.day
        and max(one.times.starts_at, other.times.starts_at) < min(one.times.ends_at, other.times.ends_at)
    ]
    met = first_overlap(days, others)
    assert (met.day if met else None) == min(shared, default=None)


def test_one_who_goes_on_to_another_place_does_not_overlap() -> None:
    morning = DayTimes(day=MONDAY, times=NINE_TO_TWELVE)
    afternoon = DayTimes(day=MONDAY, times=Times(starts_at=720, ends_at=900))
    assert first_overlap([morning], [afternoon]) is None


@given(days=SCHEDULES, period=periods())
def test_what_is_within_a_period_is_no_more_than_that(
    days: tuple[DayTimes, ...], period: tuple[date, date]
) -> None:
    first, last = period
    assert within(days, first, last) == tuple(one for one in days if first <= one.day <= last)


@pytest.mark.parametrize(
    ("starts", "ends", "away", "possible"),
    [
        (540, 720, 0, True),
        (540, 540, 0, False),
        (540, 720, 180, False),
        (540, 1441, 0, False),
        (-1, 60, 0, False),
    ],
)
def test_times_must_leave_something_to_work(starts: int, ends: int, away: int, *, possible: bool) -> None:
    assert Times(starts_at=starts, ends_at=ends, break_minutes=away).is_possible is possible
