"""Ties move with the day; what is not a tie never does."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from aktema.matching.engine import Activity, MatchIndex, Person, Place, Vocabulary
from aktema.matching.turns import daily_order

DAY = date(2026, 3, 2)
WEEK = [DAY + timedelta(days=days) for days in range(7)]


def turns(order: Mapping[int, float]) -> list[int]:
    return sorted(order, key=lambda place: -order[place])


def test_ties_move_with_the_day() -> None:
    assert len({tuple(turns(daily_order(range(1, 9), {}, day))) for day in WEEK}) == len(WEEK)


def test_a_day_has_one_order_whatever_the_places_come_in() -> None:
    assert daily_order([1, 2, 3, 4], {}, DAY) == daily_order([4, 2, 3, 1, 1], {}, DAY)


def test_every_place_comes_first_on_some_day() -> None:
    days = [DAY + timedelta(days=days) for days in range(60)]
    assert {turns(daily_order(range(1, 5), {}, day))[0] for day in days} == {1, 2, 3, 4}


@pytest.mark.parametrize("day", WEEK)
def test_who_was_never_asked_and_then_who_was_asked_longest_ago_comes_first(day: date) -> None:
    asked = {1: date(2026, 2, 20), 2: date(2026, 1, 5), 4: date(2025, 12, 1)}
    assert turns(daily_order([1, 2, 3, 4], asked, day)) == [3, 4, 2, 1]


def test_turns_lie_between_nothing_and_one_and_no_two_are_alike() -> None:
    order = daily_order(range(100), {}, DAY)
    assert len(set(order.values())) == 100
    assert 0 < min(order.values()) < max(order.values()) == 1


def test_no_places_have_no_order() -> None:
    assert daily_order([], {}, DAY) == {}


def suggested(day: date) -> list[int]:
    """A list among one place that is wanted and three that are equals."""
    order = daily_order(range(1, 5), {}, day)
    places = [
        Place(id=key, employer_id=key, activities=(1 if key == 3 else 2,), employer_readiness=order[key])
        for key in order
    ]
    vocabulary = Vocabulary(activities=(Activity(id=1, group=1), Activity(id=2, group=2)))
    ranked = MatchIndex(places, vocabulary=vocabulary).shortlist(Person(id=1, votes={1: 2, 2: 1}))
    return [one.place_id for one in ranked]


def test_what_fits_best_stays_first_every_day() -> None:
    assert {suggested(day)[0] for day in WEEK} == {3}


def test_among_equals_the_day_decides() -> None:
    assert len({tuple(suggested(day)[1:]) for day in WEEK}) > 1


def test_whose_employer_never_answered_comes_last() -> None:
    asked = {1: date(2025, 1, 1), 3: date(2026, 2, 20)}
    assert turns(daily_order([1, 2, 3], asked, DAY, silent={1, 2})) == [3, 2, 1]
