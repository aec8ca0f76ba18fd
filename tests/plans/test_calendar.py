"""The Swedish calendar against known years, and what must hold in every year."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from aktema.core import clock
from aktema.plans.rules.calendar import (
    Quarter,
    add_days,
    add_months,
    add_working_days,
    easter_sunday,
    free_days,
    is_working_day,
)

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(0, 240)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1990, 4, 15),
        (2000, 4, 23),
        (2008, 3, 23),
        (2011, 4, 24),
        (2019, 4, 21),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2038, 4, 25),
    ],
)
def test_easter_is_when_the_almanac_says(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 1, 6), "Epiphany"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 5, 1), "May Day"),
        (date(2026, 5, 14), "Ascension"),
        (date(2025, 6, 6), "the national day"),
        (date(2004, 5, 31), "Whit Monday, a red day until 2004"),
        (date(2026, 6, 19), "Midsummer's Eve"),
        (date(2026, 12, 24), "Christmas Eve"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2028, 12, 26), "the second day of Christmas"),
        (date(2026, 12, 31), "New Year's Eve"),
        (date(2026, 11, 21), "a Saturday"),
        (date(2026, 11, 22), "a Sunday"),
    ],
)
def test_nobody_works_on_it(day: date, name: str) -> None:
    assert not is_working_day(day), name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 2), "Maundy Thursday"),
        (date(2026, 4, 30), "Walpurgis Night"),
        (date(2026, 5, 25), "Whit Monday since 2005"),
        (date(2003, 6, 6), "the sixth of June before it was a red day"),
        (date(2026, 10, 30), "the Friday before All Saints' Day"),
        (date(2026, 12, 23), "the day before Christmas Eve"),
    ],
)
def test_people_work_on_it(day: date, name: str) -> None:
    assert is_working_day(day), name


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 16), 5, date(2026, 11, 23)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 4, 1), 5, date(2026, 4, 10)),
        (date(2025, 12, 22), 5, date(2026, 1, 5)),
        (date(2026, 6, 17), 2, date(2026, 6, 22)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between(day: date, count: int) -> None:
    end = add_working_days(day, count)
    between = (day + timedelta(days=number) for number in range(1, (end - day).days + 1))
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@given(st.integers(1990, 2040))
def test_every_year_has_midsummer_and_all_saints_on_saturdays(year: int) -> None:
    saturdays = [day for day in free_days(year) if day.month in (6, 10, 11) and day.weekday() == 5]
    within = [
        day
        for day in saturdays
        if date(year, 6, 20) <= day <= date(year, 6, 26) or date(year, 10, 31) <= day <= date(year, 11, 6)
    ]
    assert len(within) == 2


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(9999, 11, 5), 3, date.max),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(DAYS, MONTHS)
def test_months_keep_the_number_of_the_day_or_take_the_last(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_months_never_change_which_day_comes_first(one: date, other: date, months: int) -> None:
    first, last = sorted((one, other))
    assert add_months(first, months) <= add_months(last, months)


@pytest.mark.parametrize(("day", "days", "expected"), [(date.max, 9, date.max), (date.min, -9, date.min)])
def test_days_stay_within_what_a_date_can_be(day: date, days: int, expected: date) -> None:
    assert add_days(day, days) == expected


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day(quarter: Quarter, first: date, last: date) -> None:
    assert (quarter.first, quarter.last) == (first, last)


@given(DAYS)
def test_a_day_lies_in_its_quarter_and_the_one_before_ends_the_day_before(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.before().last + timedelta(days=1) == quarter.first


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_sweden_summer_and_winter(moment: datetime, expected: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert clock.today() == expected
