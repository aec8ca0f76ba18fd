from itertools import product

import pytest
from hypothesis import strategies as st

from aktema.matching.engine import MatchIndex, Pairing, Person, Plan, assign
from tests.matching.engine.worlds import VOCABULARY, drawn, make_place, people, stocks


def build(stock):
    return MatchIndex(stock, vocabulary=VOCABULARY)


def best_by_trying_all(index, group):
    """The most people with a place and the highest sum of scores, over every possible plan."""
    choices = [[None, *index.shortlist(person, limit=None)] for person in group]
    plans = []
    for plan in product(*choices):
        taken = [one.place_id for one in plan if one]
        if all(taken.count(place.id) <= place.places_left for place in index):
            plans.append((len(taken), sum(one.score for one in plan if one)))
    return max(plans)


@drawn(st.lists(people, max_size=3, unique_by=lambda person: person.id), stocks)
def test_the_plan_is_the_best_of_all_plans(group, stock):
    index = build(stock)
    plan = assign(index, group)
    count, total = best_by_trying_all(index, group)
    assert len(plan.pairings) == count
    assert sum(pairing.score for pairing in plan.pairings) == pytest.approx(total)


@drawn(st.lists(people, max_size=5, unique_by=lambda person: person.id), stocks)
def test_everybody_is_in_the_plan_once_and_the_order_of_people_does_not_matter(group, stock):
    index = build(stock)
    plan = assign(index, group)
    everyone = [pairing.person_id for pairing in plan.pairings] + list(plan.without_place)
    assert sorted(everyone) == sorted(person.id for person in group)
    assert assign(index, reversed(group)) == plan


def test_somebody_gives_way_so_that_both_get_a_place():
    both, baker = make_place(1, activities=(11,)), make_place(2, activities=(14,))
    flexible = Person(id=1, votes={11: 2, 14: 1})
    picky = Person(id=2, votes={11: 1}, declined=frozenset({2}))
    plan = assign(build([both, baker]), [flexible, picky])
    assert [(one.person_id, one.place_id) for one in plan.pairings] == [(1, 2), (2, 1)]


def test_a_full_place_leaves_people_without_a_place():
    index = build([make_place(1)])
    plan = assign(index, [Person(id=2), Person(id=1)])
    score = index.shortlist(Person(id=1))[0].score
    assert plan == Plan(pairings=(Pairing(person_id=1, place_id=1, score=score),), without_place=(2,))


def test_nobody_needs_no_plan():
    assert assign(build([make_place(1)]), []) == Plan(pairings=(), without_place=())
