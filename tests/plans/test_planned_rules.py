"""How long a plan says that somebody is there: on a day, in a week, and when it says nothing."""

from datetime import date, timedelta

import pytest

from aktema.plans.rules.document import Pattern
from aktema.plans.rules.planned import PlannedDay, has_times, minutes_of_week, minutes_on

MONDAY = date(2026, 3, 9)
EVERY_DAY, MONDAYS = 0b1111111, 0b1


def pattern(start: int | None, end: int | None, weekdays: int = EVERY_DAY, **values: str) -> Pattern:
    return Pattern(weekdays=weekdays, starts_at=start, ends_at=end, **values)  # type: ignore[arg-type]  # its own fields


@pytest.mark.parametrize(
    ("patterns", "minutes"),
    [
        ([], 0),
        ([pattern(540, 720)], 180),
        ([pattern(540, 720), pattern(780, 840)], 240),
        ([pattern(540, 720), pattern(540, 720)], 180),
        ([pattern(660, 780), pattern(540, 720)], 240),
        ([pattern(540, 900), pattern(600, 660), pattern(870, 930)], 390),
        ([pattern(540, 720), pattern(720, 780)], 240),
        ([pattern(540, None), pattern(None, 720), pattern(None, None)], 0),
        ([pattern(540, 720, 0b10)], 0),
    ],
)
def test_what_is_done_at_the_same_time_counts_once(patterns: list[Pattern], minutes: int) -> None:
    assert minutes_on(patterns, MONDAY) == minutes


@pytest.mark.parametrize(("week_pattern", "minutes"), [("every", 180), ("odd", 180), ("even", 0)])
def test_a_day_of_an_odd_week(week_pattern: str, minutes: int) -> None:
    assert minutes_on([pattern(540, 720, week_pattern=week_pattern)], MONDAY) == minutes


@pytest.mark.parametrize(
    ("patterns", "is_told"),
    [
        ([], False),
        ([pattern(540, 720)], True),
        ([pattern(540, 720, 0)], False),
        ([pattern(540, None)], False),
        ([pattern(None, 720), pattern(540, 720, MONDAYS)], True),
    ],
)
def test_a_plan_tells_hours_where_an_activity_has_weekdays_and_times(
    patterns: list[Pattern], is_told: bool
) -> None:
    assert has_times(patterns) is is_told


@pytest.mark.parametrize(
    ("left", "minutes"),
    [
        ([None] * 5, 900),
        ([0, None, None, None, None], 720),
        ([0] * 5, 0),
        ([300] * 5, 300),
        ([1200] * 5, 900),
        ([0, 300, 300, 300, 300], 300),
        ([None, 300, 300, 300, 300], 900),
        ([], 0),
    ],
)
def test_an_interruption_takes_its_days_or_leaves_so_much_of_a_week(
    left: list[int | None], minutes: int
) -> None:
    days = [
        PlannedDay(day=MONDAY + timedelta(days=number), patterns=[pattern(540, 720)], left=one)
        for number, one in enumerate(left)
    ]
    assert minutes_of_week(days) == minutes
