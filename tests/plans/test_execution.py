"""Three months without all that was granted, and which quarter names it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.plans.rules.calendar import Quarter, add_months
from aktema.plans.rules.deadlines import (
    DecisionFacts,
    DueKind,
    ExtentFacts,
    InterruptionFacts,
    OrderFacts,
    Periods,
)
from aktema.plans.rules.execution import (
    Span,
    deadlines_of_decision,
    not_executed,
    reportable,
    unexecuted_spans,
)

PERIODS = Periods()
START = date(2026, 1, 15)
GRANTED = 1800
LATER = date(2027, 6, 1)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def an_order(first: date | None, closed_on: date | None = None) -> OrderFacts:
    return OrderFacts(
        sent_on=START,
        wanted_from=START,
        answered_on=START,
        is_accepted=True,
        first_day=first,
        closed_on=closed_on,
    )


def a_break(first: date, last: date | None = None, left: int = 0) -> InterruptionFacts:
    return InterruptionFacts(from_date=first, to_date=last, weekly_minutes_left=left)


def a_decision(
    *breaks: InterruptionFacts, orders: tuple[OrderFacts, ...] = (an_order(START),), **facts: object
) -> DecisionFacts:
    """A decision of 30 hours a week from 15 January 2026, carried out from that day by one order."""
    values = {
        "from_date": START,
        "decided_on": START,
        "orders": orders,
        "extents": (ExtentFacts(from_date=START, weekly_minutes=GRANTED),),
        "interruptions": breaks,
        **facts,
    }
    return DecisionFacts(**values)  # type: ignore[arg-type]  # a builder


def spans(facts: DecisionFacts, today: date = LATER) -> list[tuple[date, date | None, bool]]:
    return [(one.from_date, one.to_date, one.is_partial) for one in unexecuted_spans(facts, today)]


def test_a_decision_carried_out_from_its_first_day_has_no_span() -> None:
    assert spans(a_decision()) == []


@pytest.mark.parametrize(
    ("decided_on", "from_date", "since"),
    [
        (date(2026, 1, 15), date(2026, 2, 1), date(2026, 2, 1)),
        (date(2026, 3, 1), date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_waiting_begins_with_the_decision_or_when_it_begins_to_hold(
    decided_on: date, from_date: date, since: date
) -> None:
    facts = a_decision(decided_on=decided_on, from_date=from_date, orders=())
    assert spans(facts) == [(since, None, False)]


def test_waiting_ends_the_day_before_the_first_day() -> None:
    facts = a_decision(orders=(an_order(date(2026, 4, 1)),))
    assert spans(facts) == [(START, date(2026, 3, 31), False)]


def test_a_yes_without_a_first_day_is_no_execution() -> None:
    assert spans(a_decision(orders=(an_order(None),))) == [(START, None, False)]


def test_the_time_between_two_units_is_an_interruption() -> None:
    orders = (an_order(date(2026, 6, 1)), an_order(START, date(2026, 2, 28)))
    assert spans(a_decision(orders=orders)) == [(date(2026, 3, 1), date(2026, 5, 31), False)]


def test_a_change_of_unit_over_a_night_is_none() -> None:
    orders = (an_order(START, date(2026, 2, 28)), an_order(date(2026, 3, 1)))
    assert spans(a_decision(orders=orders)) == []


def test_the_end_of_a_decision_cuts_a_span() -> None:
    facts = a_decision(orders=(), ended_on=date(2026, 3, 31), to_date=date(2026, 12, 31))
    assert spans(facts) == [(START, date(2026, 3, 31), False)]


def test_a_decision_that_has_not_begun_to_hold_has_no_span() -> None:
    assert spans(a_decision(orders=()), today=date(2026, 1, 14)) == []


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (0, [(date(2026, 3, 1), None, False)]),
        (600, [(date(2026, 3, 1), None, True)]),
        (1799, [(date(2026, 3, 1), None, True)]),
        (1800, []),
        (2400, []),
    ],
)
def test_fewer_minutes_than_granted_interrupt_partly(
    left: int, expected: list[tuple[date, date | None, bool]]
) -> None:
    assert spans(a_decision(a_break(date(2026, 3, 1), left=left))) == expected


@pytest.mark.parametrize(
    "extents", [(), (ExtentFacts(from_date=START, weekly_minutes=None),)], ids=["none", "template"]
)
def test_what_is_left_of_unknown_hours_is_not_all(extents: tuple[ExtentFacts, ...]) -> None:
    facts = a_decision(a_break(date(2026, 3, 1), left=600), extents=extents)
    assert spans(facts) == [(date(2026, 3, 1), None, True)]


@pytest.mark.parametrize(
    ("changed_to", "expected"),
    [
        (600, [(date(2026, 3, 1), date(2026, 4, 30), True)]),
        (1200, [(date(2026, 3, 1), date(2026, 8, 31), True)]),
    ],
)
def test_hours_that_were_changed_count_from_their_day(
    changed_to: int, expected: list[tuple[date, date | None, bool]]
) -> None:
    extents = (
        ExtentFacts(from_date=START, weekly_minutes=GRANTED),
        ExtentFacts(from_date=date(2026, 5, 1), weekly_minutes=changed_to),
    )
    facts = a_decision(a_break(date(2026, 3, 1), date(2026, 8, 31), left=600), extents=extents)
    assert spans(facts) == expected


def test_more_granted_hours_make_the_same_support_partial() -> None:
    extents = (
        ExtentFacts(from_date=START, weekly_minutes=600),
        ExtentFacts(from_date=date(2026, 5, 1), weekly_minutes=GRANTED),
    )
    facts = a_decision(a_break(date(2026, 3, 1), left=600), extents=extents)
    assert spans(facts) == [(date(2026, 5, 1), None, True)]


def test_interruptions_without_a_day_between_are_one() -> None:
    first = a_break(date(2026, 3, 1), date(2026, 4, 30))
    following = a_break(date(2026, 5, 1), date(2026, 6, 30), left=600)
    assert spans(a_decision(first, following)) == [(date(2026, 3, 1), date(2026, 6, 30), True)]


def test_a_day_of_support_between_makes_two() -> None:
    first = a_break(date(2026, 3, 1), date(2026, 4, 30))
    following = a_break(date(2026, 5, 2), date(2026, 6, 30))
    assert len(spans(a_decision(first, following))) == 2


def test_waiting_and_an_interruption_from_the_first_day_are_one() -> None:
    facts = a_decision(a_break(date(2026, 3, 1), left=600), orders=(an_order(date(2026, 3, 1)),))
    assert spans(facts) == [(START, None, True)]


def test_nothing_is_more_than_something_less_on_the_same_days() -> None:
    days = (date(2026, 3, 1), date(2026, 4, 30))
    facts = a_decision(a_break(*days, left=600), a_break(*days))
    assert spans(facts) == [(*days, False)]


# The quarter's report


@pytest.mark.parametrize(
    ("first", "is_named"),
    [
        (date(2026, 4, 14), False),
        (date(2026, 4, 15), False),
        (date(2026, 4, 16), True),
        (None, True),
    ],
)
def test_three_months_are_over_when_the_day_of_the_same_number_has_passed(
    first: date | None, is_named: bool
) -> None:
    found = unexecuted_spans(a_decision(orders=(an_order(first),)), LATER)
    assert bool(reportable(found, Quarter(2026, 2), PERIODS, LATER)) is is_named


@pytest.mark.parametrize("left", [0, 600])
def test_an_interruption_counts_from_its_first_day_whole_or_in_part(left: int) -> None:
    almost = a_decision(a_break(date(2026, 3, 31), date(2026, 6, 29), left))
    enough = a_decision(a_break(date(2026, 3, 31), date(2026, 6, 30), left))
    named = [
        bool(reportable(unexecuted_spans(facts, LATER), Quarter(2026, 2), PERIODS, LATER))
        for facts in (almost, enough)
    ]
    assert named == [False, True]


def test_two_months_whole_and_two_in_part_without_a_day_between_are_reported() -> None:
    facts = a_decision(
        a_break(date(2026, 3, 1), date(2026, 4, 30)), a_break(date(2026, 5, 1), date(2026, 6, 30), 600)
    )
    assert reportable(unexecuted_spans(facts, LATER), Quarter(2026, 2), PERIODS, LATER) == (
        Span(date(2026, 3, 1), date(2026, 6, 30), is_partial=True),
    )


@pytest.mark.parametrize(
    ("quarter", "is_named"),
    [
        (Quarter(2026, 1), False),
        (Quarter(2026, 2), True),
        (Quarter(2026, 3), True),
        (Quarter(2026, 4), True),
        (Quarter(2027, 1), False),
    ],
)
def test_every_quarter_in_which_it_holds_or_ends_names_it(quarter: Quarter, is_named: bool) -> None:
    found = unexecuted_spans(a_decision(orders=(an_order(date(2026, 10, 1)),)), LATER)
    assert bool(reportable(found, quarter, PERIODS, LATER)) is is_named


@pytest.mark.parametrize(("today", "is_named"), [(date(2026, 4, 15), False), (date(2026, 4, 16), True)])
def test_the_running_quarter_names_what_has_come_so_far(today: date, is_named: bool) -> None:
    found = unexecuted_spans(a_decision(orders=()), today)
    assert bool(reportable(found, Quarter(2026, 2), PERIODS, today)) is is_named


def test_an_end_that_is_planned_has_not_come_yet() -> None:
    today = date(2026, 5, 1)
    found = unexecuted_spans(a_decision(a_break(date(2026, 2, 15), date(2026, 6, 30))), today)
    assert reportable(found, Quarter(2026, 2), PERIODS, today) == ()


@given(DAYS, st.integers(0, 500), st.integers(0, 1500))
def test_whoever_was_reported_waited_more_than_three_months(start: date, wait: int, later: int) -> None:
    first = start + timedelta(days=wait)
    facts = a_decision(from_date=start, decided_on=start, extents=(), orders=(an_order(first),))
    today = first + timedelta(days=later)
    found = unexecuted_spans(facts, today)
    named = any(
        reportable(found, quarter, PERIODS, today)
        for quarter in _quarters(Quarter.of(start), Quarter.of(first))
    )
    assert named is (first > add_months(start, 3))


def _quarters(first: Quarter, last: Quarter) -> list[Quarter]:
    found = [last]
    while found[-1] > first:
        found.append(found[-1].before())
    return found


BREAKS = st.lists(
    st.builds(
        lambda begin, length, left: (begin, length, left),
        st.integers(-100, 900),
        st.one_of(st.none(), st.integers(0, 300)),
        st.sampled_from([0, 600, 1200, 1800]),
    ),
    max_size=5,
)


def _built(start: date, breaks: list[tuple[int, int | None, int]], first: int, last: int) -> DecisionFacts:
    interruptions = []
    for begin, length, left in breaks:
        day = start + timedelta(days=begin)
        end = None if length is None else day + timedelta(days=length)
        interruptions.append(a_break(day, end, left))
    return a_decision(
        *interruptions,
        from_date=start,
        decided_on=start,
        to_date=start + timedelta(days=last),
        orders=(an_order(start + timedelta(days=first)),),
        extents=(
            ExtentFacts(from_date=start, weekly_minutes=GRANTED),
            ExtentFacts(from_date=start + timedelta(days=200), weekly_minutes=900),
        ),
    )


@given(DAYS, BREAKS, st.integers(0, 400), st.integers(0, 900), st.integers(0, 1000))
def test_a_day_lies_in_a_span_when_less_was_given_than_granted(
    start: date, breaks: list[tuple[int, int | None, int]], first: int, last: int, offset: int
) -> None:
    """The spans against the plain definition, day by day."""
    facts = _built(start, breaks, first, last)
    day = start + timedelta(days=offset)
    granted = GRANTED if offset < 200 else 900
    lefts = [
        one.weekly_minutes_left
        for one in facts.interruptions
        if one.from_date <= day and (one.to_date is None or day <= one.to_date)
    ]
    is_short = offset <= last and (offset < first or any(left < granted for left in lefts))
    found = unexecuted_spans(facts, start + timedelta(days=2000))
    assert any(one.holds_on(day) for one in found) is is_short


@given(DAYS, BREAKS, st.integers(0, 400), st.integers(0, 900))
def test_spans_come_in_order_with_days_of_support_between(
    start: date, breaks: list[tuple[int, int | None, int]], first: int, last: int
) -> None:
    found = unexecuted_spans(_built(start, breaks, first, last), start + timedelta(days=2000))
    gaps = [(following.from_date - one.to_date).days for one, following in pairwise(found) if one.to_date]
    assert all(gap > 1 for gap in gaps)
    assert all(one.to_date is not None and one.from_date <= one.to_date for one in found)


# What the one who decided owes


def test_a_notice_comes_thirty_days_before_a_decision_is_reportable() -> None:
    found = not_executed(a_decision(orders=()), date(2026, 2, 1), PERIODS)
    assert found is not None
    assert (found.opens_on, found.due_on) == (date(2026, 3, 16), date(2026, 4, 15))


def test_an_interruption_that_is_over_is_owed_no_more() -> None:
    facts = a_decision(a_break(date(2026, 2, 1), date(2026, 6, 30)))
    assert not_executed(facts, date(2026, 6, 30), PERIODS) is not None
    assert not_executed(facts, date(2026, 7, 1), PERIODS) is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 12, 31), [DueKind.DECISION_ENDS, DueKind.FOLLOW_UP_DECISION, DueKind.NOT_EXECUTED]),
        (date(2027, 1, 1), [DueKind.DECISION_ENDS]),
    ],
)
def test_an_ended_decision_owes_only_what_comes_after_it(today: date, expected: list[DueKind]) -> None:
    facts = a_decision(a_break(date(2026, 11, 1)), to_date=date(2026, 12, 31))
    assert [one.kind for one in deadlines_of_decision(facts, today, PERIODS)] == expected


def test_a_decision_that_was_ended_owes_nothing() -> None:
    facts = replace(a_decision(to_date=date(2026, 12, 31)), ended_on=date(2026, 6, 1))
    assert list(deadlines_of_decision(facts, date(2026, 6, 2), PERIODS)) == []
