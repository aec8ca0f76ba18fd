"""What is told of a place: compiled or not, the same to the last bit, and once for all places of an answer."""

import pickle
from unittest.mock import patch

import numpy as np
import pytest

from aktema.bench.engine_world import World
from aktema.matching.engine import MatchIndex, naming, told
from aktema.matching.engine.answers import Reason, ReasonId, made
from aktema.matching.engine.naming import MESSAGES
from tests.matching.engine.test_loops import without_a_compiler
from tests.matching.engine.worlds import VOCABULARY, drawn, people, stocks


def suggested(index, asking):
    return [repr(index.suggest(person, limit=None).suggestions) for person in asking]


def interpreted():
    """Only what is told as plain Python; all other loops stay compiled."""
    return patch.object(told, "_compiled", side_effect=lambda loop, _helpers: told._interpreted(loop))


@pytest.mark.parametrize("other", [without_a_compiler, interpreted])
@drawn(people, stocks)
def test_what_is_told_is_the_same_to_the_last_bit(other, person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    found = suggested(index, [person])
    with other():
        assert suggested(index, [person]) == found


def test_what_is_told_in_a_town_is_the_same_to_the_last_bit():
    world = World(500)
    asking, index = world.people(20), MatchIndex(world.places(), vocabulary=world.vocabulary)
    found = suggested(index, asking)
    with interpreted():
        assert suggested(index, asking) == found


@drawn(people, stocks)
def test_a_place_is_told_of_alone_as_it_is_among_others(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for one in index.suggest(person, limit=None).suggestions:
        alone = index.explain(person, one.place_id)
        new = int(one.exploratory)
        assert (alone.contributions, alone.gaps, alone.features, alone.parts, alone.reasons) == (
            one.contributions,
            one.gaps,
            one.features,
            one.parts,
            one.reasons[new:],
        )


@pytest.mark.parametrize("message_id", ReasonId)
def test_every_message_has_the_number_of_its_name(message_id):
    assert MESSAGES[getattr(naming, message_id.name)] is message_id


def test_objects_made_from_columns_are_those_their_constructor_makes():
    assert made(Reason, [ReasonId.NEAR, ReasonId.FAR], [{"minutes": 5}, {"minutes": 95}], [0.5, -0.5]) == [
        Reason(message_id=ReasonId.NEAR, args={"minutes": 5}, weight=0.5),
        Reason(message_id=ReasonId.FAR, args={"minutes": 95}, weight=-0.5),
    ]


@drawn(people, stocks)
def test_numbers_told_are_plain_ones(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for one in index.suggest(person, limit=None).suggestions:
        kinds = {type(value) for value in (*one.features, *(share.value for share in one.contributions))}
        assert kinds == {float}
        assert not any(
            isinstance(value, np.generic) for reason in one.reasons for value in reason.args.values()
        )


@drawn(people, stocks)
def test_contributions_are_as_good_as_the_tuple_of_them(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for one in index.suggest(person, limit=None).suggestions:
        listed = tuple(one.contributions)
        assert (one.contributions, repr(one.contributions)) == (listed, repr(listed))
        assert (hash(one.contributions), one.contributions[0]) == (hash(listed), listed[0])
        assert one.contributions[1:] == listed[1:]


@drawn(people, stocks)
def test_suggestions_stay_the_same_when_they_are_sent_elsewhere(person, stock):
    answer = MatchIndex(stock, vocabulary=VOCABULARY).suggest(person)
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301  # our own, sent between processes
