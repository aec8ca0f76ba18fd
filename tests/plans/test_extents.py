"""What a decision grants on a day, how it stands, and what may come after it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.plans.rules.extents import (
    ChangeProblem,
    DecisionState,
    EndProblem,
    Period,
    change_problem,
    day_after,
    end_problem,
    extent_on,
    extents_after,
    first_free_day,
    is_to_convert,
    last_day,
    may_follow,
    newest,
    overlapping,
    overlaps,
    period_of,
    state_of,
    was_converted,
)

MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
DAYS = st.dates(date(1994, 1, 1), date(2060, 12, 31))


@dataclass
class D:
    """A decision as the rules see it."""

    from_date: date
    to_date: date | None = None
    ended_on: date | None = None


@dataclass
class E:
    """Hours as the rules see them."""

    from_date: date
    hours_basis: str = "granted"


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    length = draw(st.none() | st.integers(0, 400))
    return Period(first, None if length is None else first + timedelta(days=length))


@pytest.mark.parametrize(
    ("decision", "last"),
    [
        (D(MARCH), None),
        (D(MARCH, JUNE), JUNE),
        (D(MARCH, None, MAY), MAY),
        (D(MARCH, JUNE, MAY), MAY),
        (D(MARCH, MAY, JUNE), MAY),
    ],
)
def test_decision_holds_to_the_earlier_of_its_end_and_its_being_ended(decision: D, last: date | None) -> None:
    assert last_day(decision) == last
    assert period_of(decision) == Period(MARCH, last)


@pytest.mark.parametrize(
    ("decision", "day", "state"),
    [
        (D(APRIL), MARCH, DecisionState.COMING),
        (D(APRIL), APRIL, DecisionState.IN_FORCE),
        (D(APRIL), JUNE, DecisionState.IN_FORCE),
        (D(APRIL, MAY), MAY, DecisionState.IN_FORCE),
        (D(APRIL, MAY), MAY + timedelta(days=1), DecisionState.ENDED),
        (D(APRIL, JUNE, MAY), JUNE, DecisionState.ENDED),
    ],
)
def test_decision_comes_holds_and_ends_by_its_days(decision: D, day: date, state: DecisionState) -> None:
    assert state_of(decision, day) is state


@given(periods(), periods(), DAYS)
def test_periods_overlap_where_some_day_is_in_both(one: Period, other: Period, day: date) -> None:
    if one.holds_on(day) and other.holds_on(day):
        assert overlaps(one, other)
    assert overlaps(one, other) is overlaps(other, one)


@given(periods(), periods())
def test_overlapping_periods_share_the_later_first_day(one: Period, other: Period) -> None:
    shared = max(one.first, other.first)
    assert overlaps(one, other) is (one.holds_on(shared) and other.holds_on(shared))


@given(st.lists(periods(), max_size=8), periods())
def test_overlapping_finds_one_exactly_where_there_is_one(others: list[Period], period: Period) -> None:
    found = overlapping(period, others)
    assert (found is not None) is any(overlaps(period, other) for other in others)


@given(periods(), DAYS)
def test_decision_that_may_follow_never_overlaps(period: Period, first: date) -> None:
    earlier = D(period.first, period.last)
    if may_follow(earlier, first):
        assert not overlaps(period_of(earlier), Period(first))


def test_nothing_follows_a_decision_without_an_end() -> None:
    assert day_after(D(MARCH)) is None
    assert not may_follow(D(MARCH), JUNE)


def test_nothing_follows_the_last_day_of_the_calendar() -> None:
    assert day_after(D(MARCH, date.max)) is None


@pytest.mark.parametrize(
    ("first", "may"), [(MAY, False), (MAY + timedelta(days=1), True), (JUNE, True), (MARCH, False)]
)
def test_next_decision_begins_after_the_last_day_with_or_without_a_gap(first: date, may: bool) -> None:
    assert may_follow(D(MARCH, MAY), first) is may


@given(st.sets(DAYS, min_size=1, max_size=8), DAYS)
def test_hours_on_any_day_are_those_that_began_last(starts: set[date], day: date) -> None:
    begun = [start for start in starts if start <= day]
    found = extent_on([E(start) for start in starts], day)
    assert (found.from_date if found else None) == (max(begun) if begun else None)


@given(st.sets(DAYS, min_size=1, max_size=8), DAYS)
def test_hours_now_and_to_come_are_all_that_is_not_past(starts: set[date], day: date) -> None:
    coming = [extent.from_date for extent in extents_after([E(start) for start in starts], day)]
    assert coming == sorted(start for start in starts if start > day)


@given(st.sets(DAYS, min_size=1, max_size=6), DAYS)
def test_hours_added_by_the_rule_change_no_earlier_day(starts: set[date], first: date) -> None:
    before = [E(start) for start in starts]
    decision = D(min(starts))
    if change_problem(decision, before, first) is None:
        after = [*before, E(first)]
        day = first - timedelta(days=1)
        assert extent_on(after, day) == extent_on(before, day)
        assert extent_on(after, first) == E(first)


@pytest.mark.parametrize(
    ("decision", "first", "problem"),
    [
        (D(MARCH), date(2026, 2, 1), ChangeProblem.BEFORE_DECISION),
        (D(MARCH, MAY), JUNE, ChangeProblem.AFTER_DECISION),
        (D(MARCH, None, MAY), JUNE, ChangeProblem.AFTER_DECISION),
        (D(MARCH), APRIL, ChangeProblem.NOT_AFTER_NEWEST),
        (D(MARCH), MARCH, ChangeProblem.NOT_AFTER_NEWEST),
        (D(MARCH), MAY, None),
        (D(MARCH, MAY), MAY, None),
    ],
)
def test_other_hours_begin_within_the_decision_and_after_the_newest(
    decision: D, first: date, problem: ChangeProblem | None
) -> None:
    assert change_problem(decision, [E(MARCH), E(APRIL)], first) is problem


@pytest.mark.parametrize(
    ("decision", "last", "problem"),
    [
        (D(MARCH), MARCH, None),
        (D(MARCH, JUNE), MAY, None),
        (D(MARCH, JUNE), JUNE, None),
        (D(APRIL), MARCH, EndProblem.BEFORE_DECISION),
        (D(MARCH, MAY), JUNE, EndProblem.AFTER_DECISION),
        (D(MARCH, None, MAY), APRIL, EndProblem.ENDED_ALREADY),
    ],
)
def test_decision_can_be_shortened_once_and_never_prolonged(
    decision: D, last: date, problem: EndProblem | None
) -> None:
    assert end_problem(decision, last) is problem


@pytest.mark.parametrize(
    ("extents", "to_convert", "converted"),
    [
        ([E(MARCH)], False, False),
        ([E(MARCH, "template")], True, False),
        ([E(MARCH, "template"), E(JUNE)], False, True),
        ([E(JUNE), E(MARCH, "template")], False, True),
    ],
)
def test_template_hours_are_converted_once_granted_ones_are_decided(
    extents: list[E], to_convert: bool, converted: bool
) -> None:
    assert (is_to_convert(extents), was_converted(extents)) == (to_convert, converted)


@pytest.mark.parametrize(
    ("begun", "day"), [(MARCH, APRIL), (APRIL, APRIL + timedelta(days=1)), (date.max, date.max)]
)
def test_first_day_for_other_hours_is_today_or_after_the_newest(begun: date, day: date) -> None:
    assert first_free_day([E(begun)], APRIL) == day


def test_hours_that_hold_in_the_end_need_hours() -> None:
    with pytest.raises(ValueError, match="empty"):
        newest([])
