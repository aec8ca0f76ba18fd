"""Choices between pictures become votes: the true order is found, few choices say little, none is a no."""

from collections.abc import Sequence
from itertools import pairwise
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aktema.own.rules import NEUTRAL, Choice, Outcome, Pair, next_pair, pool, strengths, votes

A, B, C, D = 1, 2, 3, 4
FIRST, SECOND, BOTH, NONE = Outcome.FIRST, Outcome.SECOND, Outcome.BOTH, Outcome.NONE


def simulated(person: dict[int, float], things: Sequence[int], presses: int, seed: int) -> list[Choice]:
    """What a person who wants the things so much (logarithms) answers, shown the pairs that the rules choose."""
    chance, made = Random(seed), list[Choice]()
    for _press in range(presses):
        pair = next_pair(things, made)
        if pair is None:
            break
        wins = 1 / (1 + exp(person[pair.second] - person[pair.first]))
        made.append(Choice(pair.first, pair.second, FIRST if chance.random() < wins else SECOND))
    return made


def rank_correlation(person: dict[int, float], found: dict[int, float]) -> float:
    """Spearman's rho between what is true and what was found."""
    true = {key: place for place, key in enumerate(sorted(person, key=lambda key: person[key]))}
    here = {key: place for place, key in enumerate(sorted(found, key=lambda key: found[key]))}
    n = len(true)
    return 1 - 6 * sum((true[key] - here[key]) ** 2 for key in true) / (n * (n * n - 1))


@pytest.mark.parametrize("seed", range(8))
def test_the_true_order_of_a_simulated_person_is_found(seed: int) -> None:
    things = list(range(1, 13))
    Random(seed).shuffle(things)
    person = {key: 1.2 * place for place, key in enumerate(things)}
    found = dict(strengths(simulated(person, sorted(things), 60, seed)))
    assert rank_correlation(person, found) > 0.85


@pytest.mark.parametrize("seed", range(4))
def test_somebody_who_is_never_in_doubt_is_ranked_without_fault(seed: int) -> None:
    things = list(range(1, 9))
    Random(seed).shuffle(things)
    person = {key: 60.0 * place for place, key in enumerate(things)}
    found = strengths(simulated(person, sorted(things), 28, seed))
    assert sorted(found, key=lambda key: found[key]) == things


@pytest.mark.broad
def test_more_choices_find_the_order_better() -> None:
    things = tuple(range(1, 17))
    person = {key: 0.7 * key for key in things}
    few, many = (
        [
            rank_correlation(person, dict(strengths(simulated(person, things, count, seed))))
            for seed in range(6)
        ]
        for count in (16, 80)
    )
    assert sum(many) > sum(few)


def test_the_same_choices_give_the_same_strengths_in_any_order() -> None:
    choices = [Choice(A, B, FIRST), Choice(B, C, FIRST), Choice(C, D, BOTH)]
    assert strengths(choices) == pytest.approx(dict(strengths(choices[::-1])))


def test_nothing_chosen_is_nothing_said() -> None:
    assert (dict(strengths([])), dict(votes([]))) == ({}, {})


@given(
    st.lists(
        st.builds(
            lambda pair, outcome: Choice(pair[0], pair[1], outcome),
            st.lists(st.integers(1, 9), min_size=2, max_size=2, unique=True),
            st.sampled_from(Outcome),
        ),
        max_size=40,
    )
)
def test_any_choices_give_finite_strengths_and_votes_on_the_scale(choices: list[Choice]) -> None:
    shown = {key for one in choices for key in (one.first, one.second)}
    found = strengths(choices)
    assert found.keys() == shown
    assert all(0 < value < 1e9 for value in found.values())
    assert all(-2 <= vote <= 2 for vote in votes(choices).values())
    assert NEUTRAL not in found


@pytest.mark.parametrize(
    ("choices", "key", "vote"),
    [
        ([Choice(A, B, FIRST)], A, 1),
        ([Choice(A, B, FIRST)], B, None),
        ([Choice(A, B, FIRST), Choice(A, C, FIRST), Choice(A, D, FIRST)], A, 2),
        ([Choice(A, B, FIRST), Choice(C, B, FIRST), Choice(D, B, FIRST)], B, -1),
        ([Choice(A, B, BOTH)], A, 1),
        ([Choice(A, B, BOTH), Choice(A, C, BOTH), Choice(A, D, BOTH)], A, 2),
        ([Choice(A, B, NONE)], A, -1),
        ([Choice(A, B, NONE), Choice(A, C, NONE), Choice(A, D, NONE)], A, -2),
    ],
)
def test_choices_become_votes(choices: list[Choice], key: int, vote: int | None) -> None:
    assert votes(choices).get(key) == vote


def test_being_passed_over_again_and_again_is_never_a_flat_no() -> None:
    others = range(2, 30)
    assert votes([Choice(other, A, FIRST) for other in others])[A] == -1


def test_what_wins_gets_stronger() -> None:
    found = strengths([Choice(A, B, FIRST), Choice(B, C, FIRST), Choice(A, C, FIRST)])
    assert found[A] > found[B] > found[C]


def test_two_that_have_met_are_not_shown_again() -> None:
    shown, choices = set[frozenset[int]](), list[Choice]()
    while (pair := next_pair((A, B, C, D), choices)) is not None:
        shown.add(frozenset((pair.first, pair.second)))
        choices.append(Choice(pair.first, pair.second, FIRST))
    assert (len(shown), len(choices)) == (6, 6)


def test_what_has_not_been_shown_comes_first() -> None:
    assert next_pair((A, B, C, D), [Choice(A, B, FIRST)]) == Pair(C, D)


def test_an_open_question_is_asked_before_one_whose_answer_is_known() -> None:
    sure = [Choice(A, B, FIRST), Choice(A, C, FIRST), Choice(B, D, FIRST), Choice(C, D, FIRST)]
    pair = next_pair((A, B, C, D), sure)
    assert pair == Pair(B, C)


def test_one_of_each_group_is_shown_first() -> None:
    assert pool([(1, 2, 3), (4, 5), (6,)], 0, first=3) == (1, 4, 6)


def test_whoever_goes_on_meets_something_new() -> None:
    sizes = [len(pool([tuple(range(g * 10, g * 10 + 10)) for g in range(1, 17)], made)) for made in range(60)]
    assert (sizes[0], sizes[-1]) == (16, 35)
    assert all(before <= after for before, after in pairwise(sizes))
