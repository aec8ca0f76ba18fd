from itertools import product

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from aktema.matching.engine import MatchIndex, Pairing, Person, Plan, Ranked, Weights, assign
from aktema.matching.engine.assign import Taken, best_plan, first_come, seats_of, why_waiting
from tests.matching.engine.worlds import VOCABULARY, drawn, make_place, people, stocks

groups = st.lists(people, max_size=3, unique_by=lambda person: person.id)


def build(stock):
    return MatchIndex(stock, vocabulary=VOCABULARY)


def listed(*pairs):
    return [Ranked(place_id=key, score=score) for key, score in pairs]


def chosen(plan):
    return {one.person_id: one.place_id for one in plan.pairings}


def best_by_trying_all(index, group):
    """The most people with a place and the highest sum of scores, over every possible plan."""
    choices = [[None, *index.shortlist(person, limit=None)] for person in group]
    plans = []
    for plan in product(*choices):
        taken = [one.place_id for one in plan if one]
        if all(taken.count(place.id) <= place.places_left for place in index):
            plans.append((len(taken), sum(one.score for one in plan if one)))
    return max(plans)


def best_of_dense(scores, seats):
    """Count and sum of the best plan by a dense solver; NaN is no wish."""
    of_seat = np.repeat(np.arange(len(seats)), seats)
    worth = np.nan_to_num(scores[:, of_seat] + len(scores) + 1.0)
    rows, taken = linear_sum_assignment(worth, maximize=True)
    met = worth[rows, taken] > 0
    return int(met.sum()), float(scores[rows[met], of_seat[taken[met]]].sum())


def a_crowd(seed):
    """Lists of random length over few places, so that many wait in some crowds and few in others."""
    random = np.random.default_rng(seed)
    height, width = random.integers(1, 40), random.integers(1, 15)
    scores = random.random((height, width)).round(random.integers(1, 9))
    scores[random.random((height, width)) > random.choice((0.1, 0.4, 0.9))] = np.nan
    lists = {
        row: [
            Ranked(place_id=key, score=float(scores[row, key]))
            for key in np.argsort(-scores[row], kind="stable").tolist()
            if not np.isnan(scores[row, key])
        ]
        for row in range(height)
    }
    return scores, lists, random.integers(0, 5, width)


@drawn(groups, stocks)
def test_the_plan_is_the_best_of_all_plans(group, stock):
    index = build(stock)
    plan = assign(index, group)
    count, total = best_by_trying_all(index, group)
    assert len(plan.pairings) == count
    assert plan.total == pytest.approx(total)


@drawn(st.integers(0, 2**32))
def test_the_plan_of_a_crowd_is_as_good_as_a_dense_solvers(seed):
    scores, lists, seats = a_crowd(seed)
    plan = best_plan(lists, dict(enumerate(seats.tolist())))
    count, total = best_of_dense(scores, seats)
    assert len(plan.pairings) == count
    assert plan.total == pytest.approx(total, abs=1e-7)


@drawn(st.integers(0, 2**32))
def test_no_place_takes_more_people_than_it_has_left(seed):
    _scores, lists, seats = a_crowd(seed)
    left = dict(enumerate(seats.tolist()))
    for plan in (best_plan(lists, left), first_come(lists, left)):
        taken = list(chosen(plan).values())
        assert all(taken.count(key) <= left[key] for key in set(taken))


@drawn(st.integers(0, 2**32))
def test_who_waits_has_a_list_on_which_every_seat_is_taken(seed):
    _scores, lists, seats = a_crowd(seed)
    waiting = why_waiting(best_plan(lists, dict(enumerate(seats.tolist()))), lists)
    assert all(one.people == seats[one.place_id] for taken in waiting.values() for one in taken)


@drawn(st.integers(0, 2**32))
def test_first_come_never_beats_the_plan(seed):
    _scores, lists, seats = a_crowd(seed)
    left = dict(enumerate(seats.tolist()))
    plan, queue = best_plan(lists, left), first_come(lists, left)
    assert (len(plan.pairings), round(plan.total, 6)) >= (len(queue.pairings), round(queue.total, 6))


@drawn(groups, stocks)
def test_everybody_is_in_the_plan_once_and_the_order_of_people_does_not_matter(group, stock):
    index = build(stock)
    plan = assign(index, group)
    everyone = [pairing.person_id for pairing in plan.pairings] + list(plan.without_place)
    assert sorted(everyone) == sorted(person.id for person in group)
    assert assign(index, reversed(group)) == plan


def test_the_plan_of_equals_does_not_depend_on_their_order():
    lists = {key: listed((1, 0.5), (2, 0.5), (3, 0.5)) for key in range(9)}
    seats = {1: 2, 2: 2, 3: 2}
    assert best_plan(dict(reversed(lists.items())), seats) == best_plan(lists, seats)


def test_somebody_gives_way_so_that_both_get_a_place():
    both, baker = make_place(1, activities=(11,)), make_place(2, activities=(14,))
    flexible = Person(id=1, votes={11: 2, 14: 1})
    picky = Person(id=2, votes={11: 1}, declined=frozenset({2}))
    plan = assign(build([both, baker]), [flexible, picky])
    assert [(one.person_id, one.place_id, one.rank) for one in plan.pairings] == [(1, 2, 2), (2, 1, 1)]


def test_one_person_more_with_a_place_outweighs_any_sum():
    lists = {1: listed((1, 1.0), (2, 0.0)), 2: listed((1, 0.0))}
    assert chosen(best_plan(lists, {1: 1, 2: 1})) == {1: 2, 2: 1}


def test_scores_below_nothing_still_give_a_place():
    assert chosen(best_plan({1: listed((1, -0.7))}, {1: 1})) == {1: 1}


def test_a_full_place_leaves_people_without_a_place():
    index = build([make_place(1)])
    plan = assign(index, [Person(id=2), Person(id=1)])
    score = index.shortlist(Person(id=1))[0].score
    first = Pairing(person_id=1, place_id=1, score=score, rank=1)
    assert plan == Plan(pairings=(first,), without_place=(2,))


def test_who_waits_is_told_how_many_others_each_place_takes():
    lists = {1: listed((7, 0.9)), 2: listed((7, 0.8)), 3: listed((7, 0.2)), 4: []}
    plan = best_plan(lists, {7: 2})
    assert why_waiting(plan, lists) == {3: (Taken(place_id=7, people=2),), 4: ()}


def test_who_had_a_seat_before_the_plan_counts_among_the_others():
    lists = {1: listed((7, 0.9)), 2: listed((7, 0.8))}
    waiting = why_waiting(best_plan(lists, {7: 1}), lists, before={7: 2})
    assert waiting == {2: (Taken(place_id=7, people=3),)}


def test_first_come_takes_the_best_that_is_left_in_turn():
    lists = {5: listed((1, 0.9), (2, 0.8)), 4: listed((1, 0.7), (2, 0.1)), 3: listed((1, 0.5))}
    plan = first_come(lists, {1: 1, 2: 1})
    assert (chosen(plan), plan.without_place, plan.total) == ({5: 1, 4: 2}, (3,), pytest.approx(1.0))


def test_the_plan_gains_over_first_come():
    lists = {1: listed((1, 0.9), (2, 0.8)), 2: listed((1, 0.9), (2, 0.1))}
    seats = {1: 1, 2: 1}
    assert best_plan(lists, seats).total - first_come(lists, seats).total == pytest.approx(0.7)


def test_seats_are_what_the_places_have_left():
    index = build([make_place(1, places_left=3), make_place(2)])
    assert seats_of(index, {1: listed((1, 0.5)), 2: []}) == {1: 3}


def test_a_place_that_is_gone_meanwhile_has_no_seat():
    index = build([make_place(1)])
    lists = {1: index.shortlist(Person(id=1))}
    index.remove([1])
    assert best_plan(lists, seats_of(index, lists)).without_place == (1,)


@pytest.mark.parametrize(
    ("weights", "place_id"),
    [
        (Weights(wish=1, fit=0, preferences=0, practical=0), 2),
        (Weights(wish=0, fit=0, preferences=0, practical=1), 1),
    ],
)
def test_what_matters_most_decides_the_place(weights, place_id):
    near, wanted = make_place(1, latitude=58.0, longitude=15.0), make_place(2, activities=(11,))
    person = Person(id=1, votes={11: 2}, latitude=58.0, longitude=15.0)
    assert chosen(assign(build([near, wanted]), [person], weights=weights)) == {1: place_id}


def test_nobody_needs_no_plan():
    assert assign(build([make_place(1)]), []) == Plan(pairings=(), without_place=())
