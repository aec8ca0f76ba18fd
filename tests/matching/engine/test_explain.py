"""Gaps, questions and reasons of one place for one person."""

from math import copysign

import pytest

from aktema.matching.engine import (
    Capacity,
    Gap,
    MatchIndex,
    Part,
    Question,
    QuestionKind,
    Reason,
    ReasonId,
    Weights,
)
from tests.matching.engine.worlds import VOCABULARY, drawn, make_person, make_place, people, stocks


def explain(person, place):
    return MatchIndex([place], vocabulary=VOCABULARY).explain(person, place.id)


def capacities(**levels):
    return {int(name[1:]): Capacity(level=level) for name, level in levels.items()}


def test_gaps_stand_with_the_largest_first_and_offered_adaptations_first():
    person = make_person(capacities=capacities(d1=2, d2=0, d3=4))
    place = make_place(demands={1: 3, 2: 2, 3: 4, 4: 4, 997: 4}, adaptations=frozenset({102, 995}))
    assert explain(person, place).gaps == (
        Gap(dimension=2, capacity=0, demand=2, size=2, adaptations=(103,)),
        Gap(dimension=1, capacity=2, demand=3, size=1, adaptations=(102, 101), offered=(102,)),
    )


@pytest.mark.parametrize(("level", "needs_reason"), [(1, True), (2, False), (4, False)])
def test_a_gap_of_three_needs_a_reason(level, needs_reason):
    suggestion = explain(make_person(capacities=capacities(d1=level)), make_place(demands={1: 4}))
    assert suggestion.needs_reason is needs_reason


def test_a_gap_of_three_keeps_its_rank():
    person = make_person(capacities=capacities(d1=0), votes={11: 2, 14: -2})
    liked = make_place(1, activities=(11,), demands={1: 3})
    disliked = make_place(2, activities=(14,))
    ranked = MatchIndex([liked, disliked], vocabulary=VOCABULARY).shortlist(person)
    assert [one.place_id for one in ranked] == [1, 2]


QUESTIONS = [
    ({"needs": frozenset({41, 49})}, {}, [("constraint", 41), ("constraint", 49)]),
    ({}, {"demands": {3: 3, 2: 3, 1: 2, 4: 0}}, [("capacity", 2), ("capacity", 3), ("capacity", 1)]),
    (
        {"capacities": {1: Capacity(level=4, is_dated=True), 2: Capacity(level=1)}},
        {"demands": {1: 1, 2: 1}},
        [("capacity_dated", 1)],
    ),
    ({}, {"min_minutes_per_week": 600}, [("hours", None)]),
    ({"weekly_minutes": 600}, {"max_minutes_per_week": 600}, [("place_hours", None)]),
    ({"weekly_minutes": 600}, {"max_minutes_per_week": 600, "min_minutes_per_week": 60}, []),
    ({}, {"weekdays": frozenset({0})}, [("days", None)]),
    ({"weekdays": frozenset({0})}, {}, [("place_days", None)]),
    ({"max_minutes_per_day": 60}, {}, [("place_day_length", None)]),
    ({"earliest_start": 60}, {"start_minute": 480}, [("place_times", None)]),
    ({"latest_end": 600}, {"start_minute": 480, "end_minute": 800}, []),
    ({}, {"activities": (12, 11, 998)}, [("vote", 11), ("vote", 12)]),
    ({"votes": {11: 0}}, {"activities": (11,)}, []),
    ({"preferences": {31: 1, 32: 0}}, {}, [("place_preference", 31)]),
    ({}, {"preferences": {31: 0, 32: -1}}, [("preference", 32)]),
]


@pytest.mark.parametrize(("person", "place", "expected"), QUESTIONS)
def test_the_unknown_becomes_a_question_where_it_matters(person, place, expected):
    here = {"latitude": 58.0, "longitude": 15.0}
    questions = explain(make_person(**here, **person), make_place(**here, **place)).questions
    assert [(one.kind, one.key) for one in questions] == expected


def test_unknown_locations_are_asked_of_both_sides():
    assert explain(make_person(latitude=58.0), make_place(longitude=15.0)).questions == (
        Question(kind=QuestionKind.LOCATION),
        Question(kind=QuestionKind.PLACE_LOCATION),
    )


HOME = {"latitude": 58.0, "longitude": 15.0}
REASONS = [
    ({"votes": {11: 2}}, {"activities": (11,)}, ReasonId.ACTIVITY_LIKED, {"activity": 11}),
    ({"votes": {11: -1}}, {"activities": (11,)}, ReasonId.ACTIVITY_DISLIKED, {"activity": 11}),
    ({"votes": {12: 2}}, {"activities": (11,)}, ReasonId.GROUP_LIKED, {"group": 51}),
    ({"votes": {12: -2}}, {"activities": (11,)}, ReasonId.GROUP_DISLIKED, {"group": 51}),
    ({"votes": {16: 2}}, {"activities": (11,)}, ReasonId.KIND_LIKED, {}),
    ({"votes": {16: -2}}, {"activities": (11,)}, ReasonId.KIND_DISLIKED, {}),
    ({"wish_text": "packa varor"}, {"title": "Packa varor"}, ReasonId.WORDS_MATCH, {}),
    ({}, {"activities": (11,)}, ReasonId.WISH_UNKNOWN, {}),
    ({"capacities": capacities(d1=3)}, {"demands": {1: 3}}, ReasonId.NO_GAP, {"demands": 1}),
    (
        {"capacities": capacities(d1=3)},
        {"demands": {1: 3, 2: 1}},
        ReasonId.NO_KNOWN_GAP,
        {"known": 1, "demands": 2},
    ),
    (
        {"capacities": capacities(d1=3, d2=0)},
        {"demands": {1: 3, 2: 1}},
        ReasonId.MEETS_SOME,
        {"met": 1, "known": 2, "demands": 2},
    ),
    ({}, {"demands": {1: 3}}, ReasonId.FIT_UNKNOWN, {"demands": 1}),
    ({}, {"demands": {1: 0}}, ReasonId.FIT_UNSTATED, {}),
    ({"capacities": capacities(d3=0)}, {"demands": {3: 2}}, ReasonId.GAP, {"dimension": 3, "size": 2}),
    (
        {"capacities": capacities(d1=0)},
        {"demands": {1: 2}},
        ReasonId.GAP_COULD_BE_ADAPTED,
        {"dimension": 1, "size": 2, "adaptation": 101},
    ),
    (
        {"capacities": capacities(d1=0)},
        {"demands": {1: 2}, "adaptations": frozenset({102})},
        ReasonId.GAP_WITH_ADAPTATION,
        {"dimension": 1, "size": 2, "adaptation": 102},
    ),
    (
        {"preferences": {31: 2}},
        {"preferences": {31: 1}},
        ReasonId.PREFERENCE_AGREES,
        {"preference": 31, "pole": 2},
    ),
    (
        {"preferences": {31: 2}},
        {"preferences": {31: -1}},
        ReasonId.PREFERENCE_DIFFERS,
        {"preference": 31, "pole": 2},
    ),
    (HOME, HOME, ReasonId.NEAR, {"minutes": 10}),
    (HOME, {"latitude": 58.5, "longitude": 15.0}, ReasonId.FAR, {"minutes": 93}),
    ({"weekly_minutes": 300}, {"max_minutes_per_week": 300}, ReasonId.HOURS_FIT, {"minutes": 300}),
    ({"weekly_minutes": 300}, {"max_minutes_per_week": 200}, ReasonId.FEWER_HOURS, {"minutes": 200}),
    (
        {"weekdays": frozenset({0, 1})},
        {"weekdays": frozenset({0, 1, 2})},
        ReasonId.DAYS_FIT,
        {"days": 2},
    ),
    ({"weekdays": frozenset({0, 1})}, {"weekdays": frozenset({1})}, ReasonId.FEWER_DAYS, {"days": 1}),
]


@pytest.mark.parametrize(("person", "place", "message_id", "args"), REASONS)
def test_each_fact_gives_its_reason(person, place, message_id, args):
    reasons = explain(make_person(**person), make_place(**place)).reasons
    assert (message_id, args) in [(reason.message_id, reason.args) for reason in reasons]


def test_reasons_stand_in_order_of_importance_and_say_for_or_against():
    person = make_person(votes={11: 2}, preferences={31: 2})
    place = make_place(activities=(11,), preferences={31: -2})
    reasons = explain(person, place).reasons
    assert [reason.message_id for reason in reasons][:2] == [
        ReasonId.ACTIVITY_LIKED,
        ReasonId.PREFERENCE_DIFFERS,
    ]
    assert reasons[0].weight > 0 > reasons[1].weight


def test_reasons_of_one_weight_stay_in_the_order_of_the_features():
    person, place = make_person(**HOME, preferences={31: 2}), make_place(**HOME, preferences={31: 2})
    agrees, near = explain(person, place).reasons[:2]
    assert (agrees.message_id, near.message_id) == (ReasonId.PREFERENCE_AGREES, ReasonId.NEAR)
    assert agrees.weight < near.weight == pytest.approx(agrees.weight, abs=1e-12)


NEW = [
    ({}, {"activities": (14, 11)}, Reason(message_id=ReasonId.NEW_GROUP, args={"group": 51})),
    (
        {"votes": {11: 1}},
        {"activities": (11,), "earlier_trials": 1},
        Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": 1}),
    ),
    ({"votes": {11: 1}}, {"activities": (11,), "earlier_trials": 9}, Reason(message_id=ReasonId.NEW)),
]


@pytest.mark.parametrize(("person", "place", "reason"), NEW)
def test_something_new_says_first_what_is_new(person, place, reason):
    index = MatchIndex([make_place(**place)], vocabulary=VOCABULARY)
    assert index.suggest(make_person(**person)).suggestions[0].reasons[0] == reason


@drawn(people, people, stocks)
def test_what_was_said_to_one_person_changes_nothing_for_the_next(first, second, stock):
    shared, fresh = (MatchIndex(stock, vocabulary=VOCABULARY) for _ in range(2))
    shared.suggest(first, limit=None)
    assert shared.suggest(second, limit=None) == fresh.suggest(second, limit=None)


def test_a_part_without_weight_gives_shares_of_plain_zero():
    person = make_person(**HOME, votes={11: -2}, preferences={31: 2})
    place = make_place(latitude=59.0, longitude=15.0, activities=(11, 12), preferences={31: -1})
    weights = Weights(wish=0, fit=1, preferences=0, practical=0)
    found = MatchIndex([place], vocabulary=VOCABULARY).explain(person, 1, weights=weights)
    values = [one.value for one in found.contributions if one.part is not Part.FIT]
    assert {copysign(1, value) for value in values if value == 0} == {1.0}
