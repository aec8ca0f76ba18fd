"""When it is asked how a trial goes, and when an unpaid placement has lasted too long: pure dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.pathway.rules.check_ins import CheckInDue, asked_now, due_days, letter_due
from aktema.pathway.rules.job_questions import LONGEST_BREAK, month_due, unbroken_since
from aktema.pathway.trial_states import TrialKind

FIRST = date(2026, 3, 2)
LONG = FIRST + timedelta(days=100)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("after", "asked"),
    [
        (-1, None),
        (0, CheckInDue.DAY_1),
        (6, CheckInDue.DAY_1),
        (7, CheckInDue.WEEK_1),
        (13, CheckInDue.WEEK_1),
        (14, CheckInDue.WEEK_2),
        (27, CheckInDue.WEEK_2),
        (28, CheckInDue.WEEK_4),
        (41, CheckInDue.WEEK_4),
        (42, None),
    ],
)
def test_it_is_asked_on_the_first_day_and_after_one_two_and_four_weeks(
    after: int, asked: CheckInDue | None
) -> None:
    assert asked_now(FIRST, LONG, FIRST + timedelta(days=after)) is asked


def test_nothing_is_asked_after_the_last_day() -> None:
    assert asked_now(FIRST, FIRST, FIRST + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (0, "day_1"),
        (28, "week_4"),
        (41, "week_4"),
        (42, None),
        (56, "week_8"),
        (83, "week_8"),
        (84, "week_12"),
    ],
)
def test_the_employer_gets_a_letter_for_each_check_in_and_then_every_four_weeks(
    after: int, code: str | None
) -> None:
    assert letter_due(FIRST, LONG, FIRST + timedelta(days=after)) == code


@given(DAYS, st.integers(0, 400), st.integers(-30, 430))
def test_what_is_asked_has_come_and_lies_within_the_trial(first: date, length: int, after: int) -> None:
    last, today = first + timedelta(days=length), first + timedelta(days=after)
    asked = asked_now(first, last, today)
    assert asked is None or first <= dict(due_days(first, last))[asked] <= min(today, last)


SIX_MONTHS = date(2026, 9, 2)


@pytest.mark.parametrize(
    ("kind", "today", "asked_on", "due"),
    [
        (TrialKind.EXTERNAL_PLACEMENT, date(2026, 9, 1), None, None),
        (TrialKind.EXTERNAL_PLACEMENT, SIX_MONTHS, None, 6),
        (TrialKind.WORKPLACE_PLACEMENT, SIX_MONTHS, None, 6),
        (TrialKind.EXTERNAL_PLACEMENT, SIX_MONTHS, FIRST - timedelta(days=1), 6),
        (TrialKind.EXTERNAL_PLACEMENT, SIX_MONTHS, SIX_MONTHS, None),
        (TrialKind.EXTERNAL_PLACEMENT, date(2027, 3, 1), SIX_MONTHS, None),
        (TrialKind.EXTERNAL_PLACEMENT, date(2027, 3, 2), date(2027, 3, 1), 12),
        (TrialKind.EXTERNAL_PLACEMENT, date(2027, 3, 2), None, 12),
        (TrialKind.TASTER, date(2027, 3, 2), None, None),
    ],
)
def test_an_unpaid_placement_is_asked_about_every_six_months(
    kind: TrialKind, today: date, asked_on: date | None, due: int | None
) -> None:
    assert month_due(kind, FIRST, asked_on, today) == due


def stay(begun: int, ended: int) -> tuple[date, date]:
    """From so many days after the first day to so many."""
    return FIRST + timedelta(days=begun), FIRST + timedelta(days=ended)


BREAK = LONGEST_BREAK.days


@pytest.mark.parametrize(
    ("stays", "since"),
    [
        ([], 0),
        ([stay(0, 90)], 0),
        ([stay(-150, -1), stay(0, 90)], -150),
        ([stay(-150, -BREAK)], -150),
        ([stay(-150, -BREAK - 1)], 0),
        ([stay(-300, -170), stay(-150, -1)], -300),
        ([stay(-150, -1), stay(-300, -170)], -300),
        ([stay(-400, -1), stay(-150, -90)], -400),
        ([stay(-150, 60), stay(0, 30)], -150),
        ([stay(100, 200)], 0),
    ],
)
def test_placements_with_no_more_than_a_month_between_are_one(
    stays: list[tuple[date, date]], since: int
) -> None:
    assert unbroken_since(FIRST, stays) == FIRST + timedelta(days=since)
