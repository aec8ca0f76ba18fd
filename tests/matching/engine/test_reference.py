"""The vectorised engine against the slow one, on drawn people and places."""

from collections import Counter
from dataclasses import replace

import pytest

from aktema.matching.engine import Excluded, MatchIndex, Settings
from tests.matching.engine import reference
from tests.matching.engine.worlds import VOCABULARY, drawn, people, stocks

wordless = people.map(lambda person: replace(person, wish_text=""))


@drawn(person=wordless, stock=stocks)
def test_parts_and_scores_equal_the_slow_arithmetic(person, stock):
    answer = MatchIndex(stock, vocabulary=VOCABULARY).suggest(person, limit=None)
    places = {place.id: place for place in stock}
    for suggestion in answer.suggestions:
        parts = suggestion.parts
        found = (parts.wish, parts.fit, parts.preferences, parts.practical, suggestion.score)
        place = places[suggestion.place_id]
        expected = reference.parts(person, place, VOCABULARY), reference.score(person, place, VOCABULARY)
        assert found == pytest.approx((*expected[0], expected[1]), abs=1e-9)


@drawn(person=wordless, stock=stocks)
def test_shortlist_is_ordered_by_score_then_readiness_then_id(person, stock):
    ranked = MatchIndex(stock, vocabulary=VOCABULARY).shortlist(person, limit=None)
    assert [one.place_id for one in ranked] == reference.ordered(person, stock, VOCABULARY)


@drawn(person=people, stock=stocks)
def test_each_excluded_place_is_counted_once_under_its_first_gate(person, stock):
    answer = MatchIndex(stock, vocabulary=VOCABULARY).suggest(person, limit=None)
    fallen = [reference.fallen(person, place) for place in {place.id: place for place in stock}.values()]
    assert answer.excluded == Counter(gates[0] for gates in fallen if gates)
    assert answer.considered == sum(answer.excluded.values()) + len(answer.suggestions)


@drawn(person=people, stock=stocks)
def test_excluded_lists_every_gate_that_fell_with_the_nearest_first(person, stock):
    found = MatchIndex(stock, vocabulary=VOCABULARY).excluded(person, limit=None)
    places = {place.id: place for place in stock}
    gates = [list(dict.fromkeys(lift.gate for lift in one.lifts)) for one in found]
    assert gates == [reference.fallen(person, places[one.place_id]) for one in found]
    assert [len(some) for some in gates] == sorted(len(some) for some in gates)


@drawn(person=people, stock=stocks)
def test_contributions_sum_to_the_score_and_each_part(person, stock):
    answer = MatchIndex(stock, vocabulary=VOCABULARY).suggest(person, limit=None)
    weights = {"wish": 0.45, "fit": 0.3, "preferences": 0.15, "practical": 0.1}
    for suggestion in answer.suggestions:
        total = sum(one.value for one in suggestion.contributions)
        assert total == pytest.approx(suggestion.score, abs=1e-9)
        for part, weight in weights.items():
            value = sum(one.value for one in suggestion.contributions if one.part == part)
            assert value == pytest.approx(weight * getattr(suggestion.parts, part), abs=1e-9)


@drawn(person=people, stock=stocks)
def test_explain_says_the_same_as_the_list(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    left_out = {one.place_id: one for one in index.excluded(person, limit=None)}
    listed = {one.place_id: one for one in index.suggest(person, limit=None).suggestions}
    for place in index:
        explained = index.explain(person, place.id)
        if isinstance(explained, Excluded):
            assert explained == left_out[place.id]
        else:
            assert explained.contributions == listed[place.id].contributions
            assert explained.score == listed[place.id].score


@drawn(person=people, stock=stocks)
def test_every_part_lies_between_nought_and_one(person, stock):
    settings = Settings(dimension_weights={1: 3.0, 3: 0.5})
    answer = MatchIndex(stock, vocabulary=VOCABULARY, settings=settings).suggest(person, limit=None)
    values = [getattr(one.parts, part) for one in answer.suggestions for part in one.parts.__slots__]
    assert all(0 <= value <= 1 for value in values)
