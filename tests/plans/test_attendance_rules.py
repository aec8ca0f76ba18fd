"""The arithmetic of attendance: whole days, what a week has room for, days of five hours, the trend."""

import pytest

from aktema.plans.rules.attendance import (
    DayCount,
    Direction,
    count_days,
    day_minutes,
    planned_minutes,
    trend_of,
)


@pytest.mark.parametrize(
    ("weekly", "days", "minutes"), [(1800, 5, 360), (1800, None, 360), (1000, 3, 333), (None, 5, None)]
)
def test_a_whole_day(weekly: int | None, days: int | None, minutes: int | None) -> None:
    assert day_minutes(weekly, days) == minutes


@pytest.mark.parametrize(
    ("rates", "days", "minutes"),
    [([1800] * 5, 5, 1800), ([1800] * 4, 5, 1440), ([1800] * 5, 3, 1800), ([1800] * 2, 3, 1200), ([], 5, 0)],
)
def test_a_week_has_room_for_its_days_and_no_more(rates: list[int], days: int, minutes: int) -> None:
    assert planned_minutes(rates, days) == minutes


def test_days_without_minutes_are_no_days() -> None:
    assert count_days([300, 299, 0, 1440, 1]) == DayCount(full=2, part=2)


@pytest.mark.parametrize(
    ("delivered", "direction"),
    [
        ([600] * 4 + [700] * 4, Direction.MORE),
        ([700] * 4 + [600] * 4, Direction.LESS),
        ([600] * 4 + [629] * 4, Direction.SAME),
        ([0, 0, 0, *[600] * 8], Direction.SAME),
        ([600] * 7, Direction.UNKNOWN),
        ([None] * 4 + [600] * 4, Direction.UNKNOWN),
        ([600] * 4 + [None] * 4, Direction.UNKNOWN),
        ([600, None, None, None, None, None, None, 700], Direction.MORE),
        ([], Direction.UNKNOWN),
    ],
)
def test_the_trend_compares_four_weeks_with_the_four_before(
    delivered: list[int | None], direction: Direction
) -> None:
    assert trend_of(delivered).direction is direction
