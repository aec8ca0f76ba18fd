"""Forgetting a fact moves its part to its neutral value, never past it.

For each kind of fact that means: its own term becomes neutral. Taking away what spoke for a place never
raises it, taking away what spoke against never lowers it, and no other part moves.
"""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aktema.matching.engine import Capacity, Feature, MatchIndex, Part, Person, Settings
from tests.matching.engine.worlds import VOCABULARY, make_place, people, places

# Hard limits are about whether a place may be suggested at all; these tests are about how it scores.
LIMITS = {
    "needs": frozenset(),
    "max_minutes_per_day": None,
    "max_travel_minutes": None,
    "earliest_start": None,
    "latest_end": None,
    "declined": frozenset(),
}
OPEN = {"is_live": True, "places_left": 1, "min_minutes_per_week": None}
NEUTRAL = {"wish": 0.5, "fit": 0.75, "preferences": 0.5, "practical": 0.5}


def suggestion_for(person, place):
    opened = replace(place, **OPEN)
    answer = MatchIndex([opened], vocabulary=VOCABULARY).people_for(opened, [replace(person, **LIMITS)])
    assume(answer.matches)
    return answer.matches[0].suggestion


def without(facts, key):
    return {other: value for other, value in facts.items() if other != key}


def others(suggestion, part):
    return [getattr(suggestion.parts, name) for name in NEUTRAL if name != part]


def assert_moves_towards_neutral(before, after, part, sign):
    change = getattr(after.parts, part) - getattr(before.parts, part)
    assert change * sign <= 1e-12
    assert others(after, part) == others(before, part)


@given(people, places, st.data())
def test_forgetting_a_vote_is_the_same_as_voting_neither(person, place, data):
    assume(person.votes)
    activity = data.draw(st.sampled_from(sorted(person.votes)))
    before = suggestion_for(person, place)
    after = suggestion_for(replace(person, votes=without(person.votes, activity)), place)
    neither = suggestion_for(replace(person, votes={**person.votes, activity: 0}), place)
    assert after.parts == neither.parts
    assert_moves_towards_neutral(before, after, "wish", person.votes[activity])


@given(people, places)
def test_forgetting_the_wish_in_own_words_never_raises_a_place(person, place):
    after = suggestion_for(replace(person, wish_text=""), place)
    assert_moves_towards_neutral(suggestion_for(person, place), after, "wish", 1)


@given(people, places, st.data())
def test_forgetting_a_capacity_makes_its_own_term_neutral_and_leaves_the_others_still(person, place, data):
    assume(person.capacities)
    dimension = data.draw(st.sampled_from(sorted(person.capacities)))
    before = suggestion_for(person, place)
    after = suggestion_for(replace(person, capacities=without(person.capacities, dimension)), place)
    own = (Part.FIT, Feature.DIMENSION, dimension)
    kept = [one for one in before.contributions if (one.part, one.feature, one.key) != own]
    assert list(after.contributions) == kept
    gap = max(0, place.demands.get(dimension, 0) - person.capacities[dimension].level)
    assert_moves_towards_neutral(before, after, "fit", 1 - gap)


@given(people, places, st.data())
def test_forgetting_a_preference_moves_the_part_away_from_what_it_said(person, place, data):
    assume(person.preferences)
    preference = data.draw(st.sampled_from(sorted(person.preferences)))
    after = suggestion_for(replace(person, preferences=without(person.preferences, preference)), place)
    agreement = person.preferences[preference] * place.preferences.get(preference, 0)
    assert_moves_towards_neutral(suggestion_for(person, place), after, "preferences", agreement)


@pytest.mark.parametrize(
    ("fact", "feature"),
    [("weekdays", Feature.DAYS), ("weekly_minutes", Feature.HOURS), ("latitude", Feature.TRAVEL)],
)
@given(person=people, place=places)
def test_forgetting_a_practical_fact_takes_away_its_own_contribution_alone(fact, feature, person, place):
    before = suggestion_for(person, place)
    after = suggestion_for(replace(person, **{fact: None}), place)
    kept = [one for one in before.contributions if one.feature is not feature]
    assert list(after.contributions) == kept
    assert others(after, "practical") == others(before, "practical")


@given(places)
def test_with_every_fact_forgotten_each_part_is_its_neutral_value(place):
    parts = suggestion_for(Person(id=1), place).parts
    assert {name: getattr(parts, name) for name in NEUTRAL} == NEUTRAL


@given(people, places, st.sampled_from([1, 2, 3, 4]), st.integers(0, 3))
def test_a_smaller_gap_never_lowers_the_score(person, place, dimension, level):
    lower = replace(person, capacities={**person.capacities, dimension: Capacity(level=level)})
    higher = replace(person, capacities={**person.capacities, dimension: Capacity(level=level + 1)})
    assert suggestion_for(lower, place).score <= suggestion_for(higher, place).score + 1e-12


@given(people, places, st.sampled_from([11, 12, 15]), st.integers(-2, 1))
def test_a_warmer_vote_never_lowers_the_score(person, place, activity, vote):
    cooler = replace(person, votes={**person.votes, activity: vote})
    warmer = replace(person, votes={**person.votes, activity: vote + 1})
    assert suggestion_for(cooler, place).score <= suggestion_for(warmer, place).score + 1e-12


def fit_of(person, place, settings=None):
    answer = MatchIndex([], vocabulary=VOCABULARY, settings=settings).people_for(place, [person])
    return answer.matches[0].suggestion.parts.fit


def test_unknown_capacity_never_counts_as_zero():
    place = make_place(demands={1: 4})
    none_known, none_there = Person(id=1), Person(id=1, capacities={1: Capacity(level=0)})
    assert (fit_of(none_known, place), fit_of(none_there, place)) == (0.75, 0.0)


def test_weighted_dimensions_count_more_in_the_fit():
    person = Person(id=1, capacities={1: Capacity(level=0), 2: Capacity(level=4)})
    place = make_place(demands={1: 4, 2: 4})
    assert fit_of(person, place, Settings(dimension_weights={1: 3.0})) == 0.25
