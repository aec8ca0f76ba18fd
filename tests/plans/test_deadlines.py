"""Deadlines from facts: the figures of the source texts, and what must hold whatever happened."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.plans.rules.calendar import add_months
from aktema.plans.rules.deadlines import (
    Deadline,
    DecisionFacts,
    DueKind,
    OrderFacts,
    Periods,
    answer_order,
    deadlines_of_order,
    decision_ends,
    first_day,
    follow_up_decision,
    follow_up_plan,
    plan,
)

PERIODS = Periods()
START = date(2026, 1, 15)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def an_order(**facts: object) -> OrderFacts:
    """Sent and wanted from the start; `facts` say what has happened since."""
    return OrderFacts(**{"sent_on": START, "wanted_from": START, **facts})  # type: ignore[arg-type]  # a builder


def a_decision(first: date | None = START, **facts: object) -> DecisionFacts:
    """A decision carried out by one order from its first day on."""
    order = an_order(answered_on=first, is_accepted=first is not None, first_day=first)
    values = {"from_date": START, "decided_on": START, "orders": (order,), **facts}
    return DecisionFacts(**values)  # type: ignore[arg-type]  # a builder


def window(deadline: Deadline | None) -> tuple[date, date] | None:
    return None if deadline is None else (deadline.opens_on, deadline.due_on)


# Orders


def test_an_order_is_answered_within_five_working_days() -> None:
    order = an_order(sent_on=date(2026, 4, 1))
    assert window(answer_order(order, PERIODS)) == (date(2026, 4, 1), date(2026, 4, 10))


@pytest.mark.parametrize("facts", [{"answered_on": START}, {"closed_on": START}])
def test_nobody_owes_an_answer_once_the_order_is_answered_or_closed(facts: dict[str, date]) -> None:
    assert answer_order(an_order(**facts), PERIODS) is None


@pytest.mark.parametrize(
    ("starts_on", "wanted_from", "expected"),
    [
        (date(2026, 2, 2), START, date(2026, 2, 2)),
        (None, date(2026, 3, 1), date(2026, 3, 1)),
        (None, date(2026, 1, 1), date(2026, 1, 20)),
    ],
)
def test_the_first_day_is_the_one_the_unit_named_else_the_one_that_was_wanted(
    starts_on: date | None, wanted_from: date, expected: date
) -> None:
    order = an_order(
        answered_on=date(2026, 1, 20), is_accepted=True, starts_on=starts_on, wanted_from=wanted_from
    )
    assert window(first_day(order)) == (date(2026, 1, 20), expected)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"answered_on": START},
        {"answered_on": START, "is_accepted": True, "first_day": START},
    ],
)
def test_no_first_day_is_owed_without_a_yes_or_when_it_has_been(facts: dict[str, object]) -> None:
    assert first_day(an_order(**facts)) is None


def test_a_plan_is_made_within_four_weeks_of_the_first_day() -> None:
    order = an_order(first_day=START)
    assert window(plan(order, None, PERIODS)) == (START, date(2026, 2, 12))


def test_a_plan_that_is_fixed_is_not_owed() -> None:
    assert plan(an_order(first_day=START), date(2026, 2, 1), PERIODS) is None


def test_no_plan_is_owed_before_the_first_day() -> None:
    assert plan(an_order(), None, PERIODS) is None


# Follow-ups of the decision


@pytest.mark.parametrize(
    ("first", "opens", "due"),
    [
        (date(2026, 1, 15), date(2026, 4, 15), date(2026, 6, 15)),
        (date(2026, 11, 30), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2027, 11, 30), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2028, 2, 29), date(2028, 5, 29), date(2028, 7, 29)),
        (date(2026, 8, 31), date(2026, 11, 30), date(2027, 1, 31)),
    ],
)
def test_the_first_follow_up_is_three_to_five_months_after_the_start(
    first: date, opens: date, due: date
) -> None:
    assert window(follow_up_decision(a_decision(first), PERIODS)) == (opens, due)


def test_nothing_is_followed_up_before_the_person_has_begun() -> None:
    assert follow_up_decision(a_decision(None), PERIODS) is None


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ([date(2026, 4, 15)], date(2027, 4, 15)),
        ([date(2026, 6, 15)], date(2027, 6, 15)),
        ([date(2026, 9, 1)], date(2027, 9, 1)),
        ([date(2026, 5, 4), date(2026, 10, 1)], date(2027, 10, 1)),
        ([date(2028, 2, 29)], date(2029, 2, 28)),
    ],
)
def test_later_ones_come_a_year_after_the_last_one_held(held: list[date], due: date) -> None:
    expected = (due - timedelta(days=30), due)
    assert window(follow_up_decision(a_decision(held=held), PERIODS)) == expected


def test_a_talk_before_the_window_is_not_the_first_follow_up() -> None:
    early = a_decision(held=[date(2026, 4, 14)])
    assert window(follow_up_decision(early, PERIODS)) == (date(2026, 4, 15), date(2026, 6, 15))


def test_the_year_goes_on_from_a_follow_up_of_the_decision_before() -> None:
    succession = a_decision(held=[date(2025, 3, 1)])
    assert window(follow_up_decision(succession, PERIODS)) == (date(2026, 1, 30), date(2026, 3, 1))


@pytest.mark.parametrize("held", [date(2025, 12, 1), date(2024, 5, 5)])
def test_a_new_decision_has_its_own_first_follow_up_where_that_comes_first(held: date) -> None:
    succession = a_decision(held=[held])
    assert window(follow_up_decision(succession, PERIODS)) == (date(2026, 4, 15), date(2026, 6, 15))


@pytest.mark.parametrize(
    ("last_day", "expected"),
    [
        (date(2026, 4, 14), None),
        (date(2026, 4, 15), (date(2026, 4, 15), date(2026, 4, 15))),
        (date(2026, 5, 31), (date(2026, 4, 15), date(2026, 5, 31))),
        (date(2026, 6, 15), (date(2026, 4, 15), date(2026, 6, 15))),
        (date(2030, 1, 1), (date(2026, 4, 15), date(2026, 6, 15))),
    ],
)
@pytest.mark.parametrize("ends", ["to_date", "ended_on"])
def test_nothing_is_owed_whose_window_would_open_after_the_end(
    ends: str, last_day: date, expected: tuple[date, date] | None
) -> None:
    decision = a_decision(START, **{ends: last_day})
    assert window(follow_up_decision(decision, PERIODS)) == expected


def test_a_decision_that_is_made_longer_owes_again() -> None:
    short = a_decision(to_date=date(2026, 12, 1), held=[date(2026, 5, 4)])
    longer = replace(short, to_date=date(2027, 12, 1))
    assert follow_up_decision(short, PERIODS) is None
    assert window(follow_up_decision(longer, PERIODS)) == (date(2027, 4, 4), date(2027, 5, 4))


def test_a_move_to_another_unit_keeps_the_first_day_of_the_decision() -> None:
    moved = a_decision(orders=(an_order(first_day=date(2026, 5, 1)), an_order(first_day=START)))
    assert window(follow_up_decision(moved, PERIODS)) == (date(2026, 4, 15), date(2026, 6, 15))


@given(DAYS, st.lists(st.integers(0, 2000), max_size=6))
def test_a_follow_up_is_never_more_than_a_year_after_the_last(first: date, gaps: list[int]) -> None:
    held = [first + timedelta(days=days) for days in gaps]
    found = follow_up_decision(a_decision(first, from_date=first, decided_on=first, held=held), PERIODS)
    assert found is not None
    in_window = [day for day in held if day >= add_months(first, 3)]
    assert found.due_on == (add_months(max(in_window), 12) if in_window else add_months(first, 5))


@given(DAYS, st.integers(-800, 2000), st.integers(0, 3000))
def test_no_window_is_upside_down_or_outlives_the_decision(first: date, since: int, length: int) -> None:
    last = first + timedelta(days=length)
    facts = a_decision(
        first, from_date=first, decided_on=first, to_date=last, held=[first + timedelta(days=since)]
    )
    found = follow_up_decision(facts, PERIODS)
    assert found is None or (found.opens_on <= found.due_on <= last)


@given(DAYS, st.integers(0, 400), st.permutations(range(3)))
def test_the_order_in_which_things_were_written_down_changes_nothing(
    first: date, days: int, places: list[int]
) -> None:
    held = [first + timedelta(days=days * number) for number in range(3)]
    shuffled = [held[place] for place in places]
    facts = a_decision(first, from_date=first, decided_on=first, held=held)
    assert follow_up_decision(facts, PERIODS) == follow_up_decision(replace(facts, held=shuffled), PERIODS)


# Follow-ups of the plan


def test_a_plan_is_followed_up_a_year_after_the_first_day() -> None:
    decision = a_decision()
    found = follow_up_plan(decision, decision.orders[0], PERIODS)
    assert window(found) == (date(2026, 12, 16), date(2027, 1, 15))


def test_a_plan_is_followed_up_a_year_after_the_last_time() -> None:
    decision = a_decision(held_of_plan=[date(2026, 3, 1)])
    assert window(follow_up_plan(decision, decision.orders[0], PERIODS)) == (
        date(2027, 1, 30),
        date(2027, 3, 1),
    )


def test_a_follow_up_of_the_decision_is_none_of_the_plan() -> None:
    decision = a_decision(held=[date(2026, 5, 1)])
    assert follow_up_plan(decision, decision.orders[0], PERIODS) == follow_up_plan(
        a_decision(), a_decision().orders[0], PERIODS
    )


def test_a_unit_that_has_not_begun_follows_up_nothing() -> None:
    assert follow_up_plan(a_decision(), an_order(), PERIODS) is None


def test_a_unit_owes_nothing_beyond_its_own_last_day() -> None:
    order = an_order(first_day=START, closed_on=date(2026, 10, 1))
    assert follow_up_plan(a_decision(), order, PERIODS) is None


# The end of a decision


def test_a_decision_about_to_end_is_shown_ninety_days_before() -> None:
    found = decision_ends(a_decision(to_date=date(2026, 12, 31)), PERIODS)
    assert window(found) == (date(2026, 10, 2), date(2026, 12, 31))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"to_date": date(2026, 12, 31), "is_followed": True},
        {"to_date": date(2026, 12, 31), "ended_on": date(2026, 6, 1)},
    ],
)
def test_nothing_is_owed_of_an_end_that_is_far_off_or_seen_to(facts: dict[str, object]) -> None:
    assert decision_ends(a_decision(START, **facts), PERIODS) is None


# All that a unit owes


def kinds(decision: DecisionFacts, order: OrderFacts, today: date) -> list[DueKind]:
    return [one.kind for one in deadlines_of_order(decision, order, today, PERIODS)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, [DueKind.ANSWER_ORDER]),
        ({"answered_on": START}, []),
        ({"answered_on": START, "is_accepted": True}, [DueKind.FIRST_DAY]),
        (
            {"answered_on": START, "is_accepted": True, "first_day": START},
            [DueKind.PLAN, DueKind.FOLLOW_UP_PLAN],
        ),
        (
            {"answered_on": START, "is_accepted": True, "first_day": START, "plan_fixed_on": START},
            [DueKind.FOLLOW_UP_PLAN],
        ),
        ({"answered_on": START, "is_accepted": True, "closed_on": date(2026, 1, 31)}, []),
    ],
)
def test_an_order_owes_what_comes_next(facts: dict[str, object], expected: list[DueKind]) -> None:
    order = an_order(**facts)
    assert kinds(a_decision(orders=(order,)), order, date(2026, 2, 1)) == expected


def test_a_unit_owes_nothing_for_a_decision_that_has_ended() -> None:
    decision = a_decision(to_date=date(2026, 1, 31))
    assert kinds(decision, an_order(), date(2026, 1, 31)) == [DueKind.ANSWER_ORDER]
    assert kinds(decision, an_order(), date(2026, 2, 1)) == []


def test_the_last_day_is_in_time_and_the_day_after_is_late() -> None:
    deadline = Deadline(kind=DueKind.PLAN, opens_on=date(2026, 1, 1), due_on=date(2026, 1, 29))
    assert [deadline.is_late(date(2026, 1, day)) for day in (28, 29, 30)] == [False, False, True]
    assert [deadline.is_open(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]


def test_a_municipality_has_its_own_figures() -> None:
    own = Periods(first_follow_up_opens_months=2, first_follow_up_months=4, follow_up_months=6)
    assert window(follow_up_decision(a_decision(), own)) == (date(2026, 3, 15), date(2026, 5, 15))
    later = follow_up_decision(a_decision(held=[date(2026, 4, 1)]), own)
    assert window(later) == (date(2026, 9, 1), date(2026, 10, 1))
