"""What every index and ranker keeps: pure, order-free, tolerant, incremental, one by one as in blocks."""

import copy
import doctest
import pickle

import pytest
from hypothesis import strategies as st

from aktema.matching import engine
from aktema.matching.engine import (
    Answer,
    Capacity,
    MatchIndex,
    Person,
    Place,
    Settings,
    UnknownPlaceError,
    Vocabulary,
    Weights,
)
from tests.matching.engine.worlds import VOCABULARY, drawn, make_person, make_place, people, places, stocks


def build(stock):
    return MatchIndex(stock, vocabulary=VOCABULARY)


@drawn(people, stocks)
def test_asking_changes_nothing(person, stock):
    index = build(stock)
    first, before = index.suggest(person, limit=None), (copy.deepcopy(person), list(index))
    index.excluded(person)
    assert index.suggest(person, limit=None) == first
    assert (person, list(index)) == before


@drawn(people, stocks)
def test_the_order_of_places_does_not_matter(person, stock):
    unique = list({place.id: place for place in stock}.values())
    backwards = build(reversed(unique)).suggest(person, limit=None)
    assert backwards == build(unique).suggest(person, limit=None)


@drawn(people, stocks, stocks, st.frozensets(st.integers(1, 14)))
def test_update_and_remove_equal_an_index_built_anew(person, stock, changed, removed):
    index = build(stock)
    index.update(changed)
    index.remove(removed)
    left = {place.id: place for place in [*stock, *changed] if place.id not in removed}
    assert index.suggest(person, limit=None) == build(left.values()).suggest(person, limit=None)
    assert list(index) == list(build(left.values()))
    assert [place.id for place in index] == sorted(left)


@drawn(st.lists(people, max_size=4), stocks, st.none() | st.integers(0, 5))
def test_many_people_get_what_each_would_get_alone(group, stock, limit):
    index = build(stock)
    assert index.suggest_many(group, limit=limit) == tuple(index.suggest(one, limit=limit) for one in group)


@drawn(st.lists(people, max_size=5), places)
def test_people_for_a_place_uses_the_same_arithmetic(group, place):
    index = build([place])
    found = index.people_for(place, group, limit=None)
    everyone = {person.id: person for person in group}
    alone = {key: index.shortlist(person) for key, person in everyone.items()}
    scores = {match.person_id: match.suggestion.score for match in found.matches}
    assert scores == {key: ranked[0].score for key, ranked in alone.items() if ranked}
    assert sum(found.excluded.values()) + len(found.matches) == found.considered == len(everyone)


def test_people_for_a_place_stand_by_score_and_then_by_id():
    keen, unknown = Person(id=9, votes={11: 2}), [Person(id=3), Person(id=2)]
    answer = build([]).people_for(make_place(activities=(11,)), [*unknown, keen], limit=2)
    assert [(match.person_id, match.suggestion.rank) for match in answer.matches] == [(9, 1), (2, 2)]


@drawn(people, stocks)
def test_a_vocabulary_without_words_still_gives_an_answer(person, stock):
    answer = MatchIndex(stock, vocabulary=Vocabulary()).suggest(person, limit=None)
    assert {suggestion.parts.fit for suggestion in answer.suggestions} <= {0.75}


def test_an_empty_index_gives_an_empty_answer():
    index = build([])
    assert index.suggest(make_person()) == Answer(suggestions=(), excluded={}, considered=0)
    assert index.suggest(make_person(wish_text="packa")).suggestions == ()


def test_a_person_and_a_place_nothing_is_known_about_meet_at_neutral():
    suggestion = build([make_place()]).suggest(make_person()).suggestions[0]
    assert suggestion.score == pytest.approx(0.45 * 0.5 + 0.3 * 0.75 + 0.15 * 0.5 + 0.1 * 0.5)


def test_weights_move_the_order_and_only_their_proportions_matter():
    fits, liked = make_place(1, demands={1: 2}), make_place(2, activities=(11,), demands={2: 2})
    person = make_person(votes={11: 2}, capacities={1: Capacity(level=4), 2: Capacity(level=0)})
    index = build([fits, liked])
    only_fit = index.shortlist(person, weights=Weights(wish=0, fit=2, preferences=0, practical=0))
    assert [one.place_id for one in index.shortlist(person)] == [2, 1]
    assert [(one.place_id, one.score) for one in only_fit] == [(1, 1.0), (2, 0.5)]


@drawn(people, stocks, st.tuples(*[st.integers(0, 5)] * 4).filter(any))
def test_contributions_sum_to_the_score_under_any_weights(person, stock, drawn):
    wish, fit, preferences, practical = drawn
    weights = Weights(wish=wish, fit=fit, preferences=preferences, practical=practical)
    for suggestion in build(stock).suggest(person, weights=weights).suggestions:
        total = sum(one.value for one in suggestion.contributions)
        assert total == pytest.approx(suggestion.score, abs=1e-9)


def test_readiness_breaks_ties_and_nothing_else():
    stock = [make_place(1), make_place(2, employer_readiness=1.0), make_place(3, activities=(11,))]
    ranked = build(stock).shortlist(make_person(votes={11: 2}))
    assert [one.place_id for one in ranked] == [3, 2, 1]


def test_the_last_of_two_places_with_one_id_counts():
    index = build([make_place(1, places_left=1), make_place(1, places_left=2)])
    assert (len(index), index.get_place(1).places_left) == (1, 2)


def test_an_unknown_place_is_said_to_be_unknown():
    index = build([make_place(1), make_place(3)])
    assert 1 in index
    assert 2 not in index
    for ask in (index.get_place, lambda key: index.explain(make_person(), key)):
        with pytest.raises(UnknownPlaceError):
            ask(4)


def test_a_limit_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        build([make_place()]).suggest(make_person(), limit=-1)


def test_the_index_says_what_it_holds():
    assert (
        repr(build([make_place()]))
        == "MatchIndex(1 places, ranker=RulesPrior(weights=None, random_state=None))"
    )


def test_the_example_in_the_documentation_runs():
    assert doctest.testmod(engine) == (0, 6)


def test_an_answer_survives_pickling():
    answer = build([make_place(activities=(11,), demands={1: 2})]).suggest(make_person(votes={11: 1}))
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own bytes


WRONG = [
    (lambda: Capacity(level=5), "0..4"),
    (lambda: make_person(votes={11: 3}), "-2..2"),
    (lambda: make_person(preferences={31: -3}), "-2..2"),
    (lambda: make_person(weekdays=frozenset({7})), "0..6"),
    (lambda: make_place(demands={1: -1}), "0..4"),
    (lambda: make_place(preferences={31: 3}), "-2..2"),
    (lambda: make_place(weekdays=frozenset({7})), "0..6"),
    (lambda: Weights(wish=-1), "Weights"),
    (lambda: Weights(wish=0, fit=0, preferences=0, practical=0), "Weights"),
    (lambda: Settings(far_minutes=10), "far_minutes"),
    (lambda: Settings(exploratory_position=0), "exploratory_position"),
    (lambda: Settings(dimension_weights={1: 0}), "dimension_weights"),
]


@pytest.mark.parametrize(("make", "message"), WRONG)
def test_values_off_the_scale_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_sex_birth_country_diagnosis_and_age_have_no_field():
    fields = {*Person.__slots__, *Place.__slots__}
    assert not fields & {"sex", "gender", "birth_country", "diagnosis", "age", "birth_date", "citizenship"}
