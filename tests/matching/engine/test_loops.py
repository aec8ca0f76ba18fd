"""The loops over rows: compiled or not, they answer the same to the last bit."""

from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
import pytest

from aktema.bench.engine_world import World
from aktema.matching.engine import MatchIndex, compiled, compiled_list, plain
from aktema.matching.engine.loops import loops
from tests.matching.engine.worlds import VOCABULARY, drawn, people, stocks

LOOPS = (
    "leanings",
    "circumstances",
    "wishes",
    "worth_of_codes",
    "leading",
    "listed",
    "find_rows",
    "fallen",
    "scores",
    "match",
    "word_scores",
    "counted",
    "looked_up",
    "grams",
)
WITHIN = (
    "_look",
    "_replace_least",
    "_most",
    "_most_preferred",
    "_enough",
    "_code_at",
    "_first_bit",
    "_fallen_at",
)
WITHIN_LISTS = (
    "_in_order",
    "_spoken",
    "_put_together",
    "_compare",
    "_ordered",
    "_best",
    "_nth_best",
    "_something_new",
    "_novelty",
)


@contextmanager
def without_a_compiler():
    with patch("aktema.matching.engine.loops.find_spec", return_value=None):
        loops.cache_clear()
        yield
    loops.cache_clear()


@contextmanager
def interpreted():
    """The compiled loops as plain Python, which can be traced."""
    functions = {name: getattr(compiled, name).py_func for name in (*LOOPS, *WITHIN)}
    within_lists = {name: getattr(compiled_list, name).py_func for name in WITHIN_LISTS}
    with (
        patch.multiple(compiled, **functions),
        patch.multiple(compiled_list, **within_lists),
        np.errstate(over="ignore"),
    ):
        yield


def answers_of(places, vocabulary, asking):
    index = MatchIndex(places, vocabulary=vocabulary)
    return [repr(index.suggest(person, limit=None)) for person in asking]


def test_loops_are_compiled_where_there_is_a_compiler_and_numpy_s_where_there_is_none():
    assert loops() is compiled
    with without_a_compiler():
        assert loops() is plain
    assert loops() is compiled


@pytest.mark.parametrize("other", [without_a_compiler, interpreted])
@drawn(people, stocks)
def test_every_answer_is_the_same_to_the_last_bit(other, person, stock):
    told = answers_of(stock, VOCABULARY, [person])
    with other():
        assert answers_of(stock, VOCABULARY, [person]) == told


def test_a_town_s_answers_are_the_same_to_the_last_bit():
    world = World(1_000)
    asking = world.people(10)
    told = answers_of(world.places(), world.vocabulary, asking)
    with without_a_compiler():
        assert answers_of(world.places(), world.vocabulary, asking) == told
