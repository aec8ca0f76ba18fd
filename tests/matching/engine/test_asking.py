"""Which questions are worth most, by what their answers do to the list."""

from itertools import chain

from aktema.matching.engine import Capacity, MatchIndex
from aktema.matching.engine.asking import MOST, AskedKind, people_answering, topics, worth_asking
from tests.matching.engine.worlds import VOCABULARY, drawn, make_person, make_place, people, stocks


def top_of(index, person, top):
    return [one.place_id for one in index.shortlist(person, limit=top)]


def is_known(person, asked):
    match asked.kind:
        case AskedKind.CAPACITY:
            return asked.key in person.capacities
        case AskedKind.VOTE:
            return asked.key in person.votes
        case AskedKind.PREFERENCE:
            return asked.key in person.preferences
        case AskedKind.HOURS:
            return person.weekly_minutes is not None
        case AskedKind.DAYS:
            return person.weekdays is not None
        case AskedKind.JOURNEY:
            return person.max_travel_minutes is not None


@drawn(people, stocks)
def test_a_question_is_worth_what_its_answers_change(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    now = set(top_of(index, person, 2))
    for asked in worth_asking(index, person, top=2):
        tops = [set(top_of(index, one, 2)) for one in people_answering(person, asked.kind, asked.key)]
        assert asked.changed == sum(len(now ^ then) for then in tops) / len(tops)


@drawn(people, stocks)
def test_only_the_unknown_is_asked_about_and_the_most_valuable_first(person, stock):
    asked = worth_asking(MatchIndex(stock, vocabulary=VOCABULARY), person, top=2, limit=25)
    assert not any(is_known(person, one) for one in asked)
    assert [one.changed for one in asked] == sorted((one.changed for one in asked), reverse=True)
    assert all(one.moved for one in asked)


@drawn(people, stocks)
def test_no_question_that_is_left_out_changes_more(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    everything = worth_asking(index, person, top=2, limit=100)
    assert worth_asking(index, person, top=2, limit=2) == everything[:2]


def test_a_vote_that_decides_between_places_is_asked_about():
    places = [make_place(1, activities=(11,)), make_place(2, activities=(14,)), make_place(3)]
    asked = worth_asking(MatchIndex(places, vocabulary=VOCABULARY), make_person(), top=1)
    assert (AskedKind.VOTE, 14) in [(one.kind, one.key) for one in asked]


def test_where_every_place_is_in_the_top_their_order_counts():
    places = [make_place(1, demands={1: 3}), make_place(2)]
    asked = worth_asking(MatchIndex(places, vocabulary=VOCABULARY), make_person())
    assert [(one.kind, one.key, one.changed) for one in asked] == [(AskedKind.CAPACITY, 1, 0.0)]


def test_hours_days_and_the_journey_are_asked_about_where_a_gate_may_fall():
    place = make_place(min_minutes_per_week=1500, weekdays=frozenset({1, 3}), latitude=58.4, longitude=15.6)
    person = make_person(latitude=58.4, longitude=16.2)
    asked = worth_asking(MatchIndex([place], vocabulary=VOCABULARY), person)
    assert {one.kind for one in asked} == {AskedKind.HOURS, AskedKind.DAYS, AskedKind.JOURNEY}


def test_nothing_is_asked_where_all_is_known_or_nothing_is_stated():
    known = make_person(capacities={1: Capacity(level=2)})
    for places in ([make_place(1, demands={1: 3}), make_place(2)], [make_place(1), make_place(2)], []):
        assert worth_asking(MatchIndex(places, vocabulary=VOCABULARY), known) == ()


def test_no_more_is_tried_than_the_bound():
    places = [
        make_place(number, activities=tuple(range(number, number + 20)), demands=dict.fromkeys(range(40), 2))
        for number in range(1, 30)
    ]
    assert len(list(topics(make_person(), places))) <= sum(MOST.values()) == 25


def test_what_most_places_state_is_tried_first():
    places = [make_place(1, demands={2: 1, 1: 0}), make_place(2, demands={2: 1, 4: 1})]
    kinds = list(chain(topics(make_person(), places)))
    assert kinds == [(AskedKind.CAPACITY, 2), (AskedKind.CAPACITY, 4)]
