"""Places as packed columns: what goes in comes out, in whatever order and company."""

from copy import copy
from dataclasses import replace

import joblib
import numpy as np
import pytest
from hypothesis import strategies as st

from aktema.matching.engine import (
    FEATURES,
    Activity,
    Capacity,
    Dimension,
    MatchIndex,
    Ranked,
    RulesPrior,
    Vocabulary,
    Weights,
)
from aktema.matching.engine.blocks import packed, unpacked
from tests.matching.engine.test_loops import without_a_compiler
from tests.matching.engine.worlds import (
    ACTIVITIES,
    CONSTRAINTS,
    DIMENSIONS,
    PREFERENCES,
    VOCABULARY,
    drawn,
    make_person,
    make_place,
    people,
    person_from,
    place_from,
    places,
    stocks,
)

ADAPTATIONS = {key for dimension in VOCABULARY.dimensions for key in dimension.adaptations}


def as_the_engine_knows(place):
    """Without texts and ids of no vocabulary, and with the fewest days counted from one."""
    is_placed = None not in (place.latitude, place.longitude)
    return replace(
        place,
        title="",
        description="",
        activities=tuple(key for key in ACTIVITIES if key in place.activities),
        demands={key: place.demands[key] for key in DIMENSIONS if key in place.demands},
        preferences={key: place.preferences[key] for key in PREFERENCES if key in place.preferences},
        constraints={key: place.constraints[key] for key in CONSTRAINTS if key in place.constraints},
        adaptations=place.adaptations & ADAPTATIONS,
        min_days=max(1, place.min_days or 1),
        latitude=place.latitude if is_placed else None,
        longitude=place.longitude if is_placed else None,
    )


@drawn(places)
def test_a_place_comes_out_as_it_went_in(place):
    assert MatchIndex([place], vocabulary=VOCABULARY).get_place(place.id) == as_the_engine_knows(place)


@drawn(people, stocks)
def test_what_is_out_of_reach_need_not_be_looked_at(person, stock):
    ordered, unordered = (MatchIndex(stock, vocabulary=VOCABULARY, ordered=one) for one in (True, False))
    assert ordered.suggest(person, limit=None) == unordered.suggest(person, limit=None)


@drawn(people, stocks.filter(bool), st.randoms(use_true_random=False))
def test_features_are_those_of_the_suggestions_and_give_the_scores(person, stock, random):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    suggestions = list(index.suggest(person, limit=None).suggestions)
    random.shuffle(suggestions)
    features = index.features(person, [one.place_id for one in suggestions])
    assert features.shape == (len(suggestions), len(FEATURES))
    assert np.allclose(features, np.array([one.features for one in suggestions]).reshape(features.shape))
    assert np.allclose(RulesPrior().predict(features), [one.score for one in suggestions], atol=1e-9)


@drawn(people, st.lists(st.integers(0, 2**32), min_size=1, max_size=30, unique=True))
def test_the_first_of_a_list_are_the_same_however_long_it_is(person, seeds):
    stock = [replace(place_from(seed), id=number) for number, seed in enumerate(seeds)]
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    whole = index.shortlist(person, limit=None)
    assert [index.shortlist(person, limit=count) for count in range(5)] == [whole[:n] for n in range(5)]


def test_blocks_worked_on_elsewhere_give_the_same_answers():
    stock = [replace(place_from(seed), id=seed) for seed in range(40)]
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    group = [person_from(seed) for seed in range(600)]
    alone = tuple(index.shortlist(person, limit=5) for person in group)
    with joblib.parallel_config(backend="threading", n_jobs=2):
        assert index.shortlist_many(group, limit=5) == alone


def test_a_changed_index_leaves_the_one_it_came_from_alone():
    index = MatchIndex([make_place(1), make_place(2)], vocabulary=VOCABULARY)
    changed = index.changed([make_place(3)], [1])
    assert ([one.id for one in index], [one.id for one in changed]) == ([1, 2], [2, 3])


def test_turns_break_ties_and_nothing_else():
    index = MatchIndex([make_place(1), make_place(2), make_place(3, activities=(11,))], vocabulary=VOCABULARY)
    turned = index.with_turns({1: 0.1, 2: 0.9, 3: 0.0})
    person = make_person(votes={11: 2})
    assert [one.place_id for one in turned.shortlist(person)] == [3, 2, 1]
    assert index.employers() == {1: 1, 2: 1, 3: 1}


def test_another_ranker_ranks_the_same_places():
    index = MatchIndex([make_place(1, demands={1: 4}), make_place(2)], vocabulary=VOCABULARY)
    person = make_person(capacities={1: Capacity(level=4)})
    only_wish = index.with_ranker(RulesPrior(weights=Weights(wish=1, fit=0, preferences=0, practical=0)))
    assert {one.score for one in only_wish.shortlist(person)} == {0.5}
    assert index.shortlist(person)[0].score > 0.5


def test_a_place_takes_about_ninety_bytes_and_its_words():
    index = MatchIndex([replace(place_from(seed), id=seed) for seed in range(3000)], vocabulary=VOCABULARY)
    assert index.nbytes.structure / 3000 < 150  # each place of this world lies alone and has its own hours
    assert index.nbytes.text > 0


def test_more_flags_than_fit_are_refused():
    many = Vocabulary(constraints=frozenset(range(65)))
    with pytest.raises(ValueError, match="64 constraints"):
        MatchIndex([], vocabulary=many)


def test_numbers_out_of_bounds_are_brought_within_them():
    place = make_place(places_left=10**6, earlier_trials=10**6, min_minutes_per_week=10**9)
    known = MatchIndex([place], vocabulary=VOCABULARY).get_place(1)
    assert known.places_left > 10**4
    assert known.earlier_trials > 10**4
    assert known.min_minutes_per_week > 10**6


def test_a_vocabulary_as_large_as_the_real_one_packs_and_unpacks():
    vocabulary = Vocabulary(
        dimensions=tuple(Dimension(id=key, adaptations=(key + 500,)) for key in range(1, 24)),
        activities=tuple(Activity(id=key, group=key % 16) for key in range(100, 206)),
        preferences=frozenset(range(300, 312)),
        constraints=frozenset(range(400, 417)),
    )
    place = make_place(
        activities=(100, 150, 205),
        demands={key: key % 5 for key in range(1, 24)},
        preferences={key: key % 5 - 2 for key in range(300, 312)},
        constraints={key: bool(key % 2) for key in range(400, 417)},
        adaptations=frozenset({501, 523}),
        min_days=1,
    )
    assert MatchIndex([place], vocabulary=vocabulary).get_place(1) == place


def test_a_person_comes_whole_out_of_another_process():
    group = [person_from(seed) for seed in range(50)]
    assert [copy(person) for person in group] == group  # taken apart and made anew as when sent


def test_shortlists_come_back_as_they_were():
    lists = [
        (Ranked(place_id=3, score=0.5), Ranked(place_id=1, score=0.25)),
        (),
        (Ranked(place_id=2, score=0.1),),
    ]
    assert list(unpacked(packed(lists))) == lists
    assert list(unpacked(packed([()]))) == [()]


@drawn(people, st.lists(st.integers(0, 2**32), min_size=1, max_size=30, unique=True))
def test_the_first_are_the_same_without_a_compiler_however_few(person, seeds):
    stock = [replace(place_from(seed), id=number) for number, seed in enumerate(seeds)]
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    told = [index.shortlist(person, limit=count) for count in range(4)]
    with without_a_compiler():
        assert [index.shortlist(person, limit=count) for count in range(4)] == told
