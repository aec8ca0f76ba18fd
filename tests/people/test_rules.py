"""What follows from what is known about a person."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.people import rules
from aktema.people.rules import AgeProblem, Completeness, Part, PartDone, Said

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1996, 3, 9), date(2026, 3, 9), 30),
        (date(1996, 3, 10), date(2026, 3, 9), 29),
        (date(1996, 2, 29), date(2025, 2, 28), 28),
        (date(1996, 2, 29), date(2025, 3, 1), 29),
        (date(2026, 3, 9), date(2026, 3, 9), 0),
    ],
)
def test_age_is_full_years(born: date, day: date, age: int) -> None:
    assert rules.age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        (date(2026, 3, 10), AgeProblem.NOT_BORN),
        (date(2005, 3, 10), AgeProblem.TOO_YOUNG),
        (date(2005, 3, 9), None),
        (date(1961, 3, 10), None),
        (date(1961, 3, 9), AgeProblem.TOO_OLD),
    ],
)
def test_both_age_limits_are_included(born: date, problem: AgeProblem | None) -> None:
    assert rules.find_age_problem(born, TODAY, youngest=21, oldest=64) is problem


@pytest.mark.parametrize(
    ("a", "b", "is_near"),
    [
        (date(1996, 3, 9), date(1996, 3, 9), True),
        (date(1996, 3, 9), date(1996, 3, 19), True),
        (date(1996, 3, 9), date(1995, 3, 9), True),
        (date(1996, 3, 9), date(1996, 9, 3), True),
        (date(1996, 3, 9), date(1996, 4, 10), False),
        (date(1996, 3, 9), date(1995, 9, 3), False),
    ],
)
def test_near_birth_dates_are_one_slip_apart(a: date, b: date, is_near: bool) -> None:
    assert rules.is_near_birth_date(a, b) is is_near


def said(value: int | None, source: str, day: int, order: int = 0) -> Said:
    return Said(value=value, source=source, said_on=date(2026, 1, day), order=order)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ([], None),
        ([said(2, "staff", 1)], 2),
        ([said(2, "staff", 1), said(-1, "relative", 2)], -1),
        ([said(1, "own", 1), said(-2, "staff", 9)], 1),
        ([said(1, "own", 1), said(-2, "own", 2)], -2),
        ([said(1, "own", 2, 1), said(2, "own", 2, 2)], 2),
        ([said(1, "own", 1), said(None, "own", 2)], None),
        ([said(1, "own", 1), said(None, "own", 2), said(-1, "staff", 1)], -1),
        ([said(2, "staff", 1), said(None, "staff", 2), said(1, "relative", 1)], 1),
        ([said(0, "own", 1), said(2, "staff", 2)], 0),
    ],
)
def test_the_persons_own_newest_vote_goes_first_and_none_takes_back(
    words: list[Said], value: int | None
) -> None:
    word = rules.effective_vote(words)
    assert (word.value if word else None) == value


@given(
    st.lists(st.tuples(st.sampled_from(["own", "staff", "relative"]), st.integers(-2, 2), st.integers(1, 28)))
)
def test_which_vote_counts_does_not_depend_on_the_order_they_are_read(
    rows: list[tuple[str, int, int]],
) -> None:
    words = [said(value, source, day, order) for order, (source, value, day) in enumerate(rows)]
    assert rules.effective_vote(words) == rules.effective_vote(list(reversed(words)))


@pytest.mark.parametrize(
    ("said_on", "is_dated"),
    [
        (date(2026, 3, 9), False),
        (date(2025, 3, 9), False),
        (date(2025, 3, 8), True),
        (date(2024, 2, 29), True),
    ],
)
def test_a_rating_is_dated_after_twelve_months(said_on: date, is_dated: bool) -> None:
    assert rules.is_dated(said_on, TODAY) is is_dated


def test_a_rating_of_leap_day_holds_to_the_last_of_february() -> None:
    assert not rules.is_dated(date(2024, 2, 29), date(2025, 2, 28))
    assert rules.is_dated(date(2024, 2, 29), date(2025, 3, 1))


@given(st.sets(st.integers(0, 6)))
def test_weekdays_survive_being_stored(days: set[int]) -> None:
    assert rules.days_of_bits(rules.bits_of_days(days)) == days


def test_monday_is_the_first_bit() -> None:
    assert rules.bits_of_days([0]) == 1
    assert rules.bits_of_days([6, 6]) == 64


def done(part: Part, amount: int, total: int = 4) -> PartDone:
    return PartDone(part=part, done=amount, total=total)


@pytest.mark.parametrize(
    ("parts", "following"),
    [
        ([done(Part.INTERESTS, 2), done(Part.CAPACITIES, 0)], Part.CAPACITIES),
        ([done(Part.INTERESTS, 2), done(Part.CAPACITIES, 1)], Part.INTERESTS),
        ([done(Part.INTERESTS, 4), done(Part.CAPACITIES, 4)], None),
        ([], None),
    ],
)
def test_what_is_not_begun_comes_before_what_is_half_done(
    parts: list[PartDone], following: Part | None
) -> None:
    assert Completeness(parts).next_part is following


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        ([], 0),
        ([done(Part.INTERESTS, 2)], 0.5),
        ([done(Part.INTERESTS, 9)], 1),
        ([done(Part.INTERESTS, 0, 0), done(Part.WISH, 0)], 0.5),
    ],
)
def test_every_part_of_a_profile_weighs_the_same(parts: list[PartDone], share: float) -> None:
    assert Completeness(parts).share == share


@dataclass(frozen=True)
class Level:
    level: int | None
    with_aids: bool = False
    is_dated: bool = False


@pytest.mark.parametrize(
    ("without_aids", "with_aids", "counting"),
    [
        (Level(1), Level(3, with_aids=True), 3),
        (Level(3), Level(1, with_aids=True), 1),
        (Level(1), Level(None, with_aids=True), 1),
        (Level(None), Level(0, with_aids=True), 0),
        (Level(1), Level(3, with_aids=True, is_dated=True), 1),
        (Level(1, is_dated=True), Level(3, with_aids=True, is_dated=True), 3),
        (Level(None), Level(3, with_aids=True, is_dated=True), 3),
        (Level(None), Level(None, with_aids=True), None),
    ],
)
def test_the_level_with_aids_counts_where_it_is_known_and_fresh(
    without_aids: Level, with_aids: Level, counting: int | None
) -> None:
    assert rules.counting_rating([without_aids, with_aids]).level == counting
    assert rules.counting_rating([with_aids, without_aids]).level == counting


@pytest.mark.parametrize("only", [Level(2), Level(2, with_aids=True), Level(None)])
def test_the_only_rating_counts(only: Level) -> None:
    assert rules.counting_rating([only]) is only
