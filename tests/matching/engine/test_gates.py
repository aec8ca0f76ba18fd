import pytest

from aktema.matching.engine import Excluded, Gate, Lift, MatchIndex, Suggestion
from tests.matching.engine.worlds import VOCABULARY, make_person, make_place

WEEKEND, MONDAY = frozenset({5, 6}), frozenset({0})
NEAR, FAR = {"latitude": 58.4, "longitude": 15.6}, {"latitude": 58.4, "longitude": 16.6}


def explain(person, place):
    return MatchIndex([place], vocabulary=VOCABULARY).explain(person, place.id)


FALLEN = [
    ({}, {"is_live": False}, Lift(gate=Gate.NOT_LIVE)),
    ({}, {"places_left": 0}, Lift(gate=Gate.FULL, has=0, needed=1)),
    ({"declined": frozenset({1})}, {}, Lift(gate=Gate.DECLINED)),
    ({"needs": frozenset({41})}, {"constraints": {41: False}}, Lift(gate=Gate.CONSTRAINT, key=41)),
    ({"weekly_minutes": 600}, {"min_minutes_per_week": 601}, Lift(gate=Gate.HOURS, has=600, needed=601)),
    ({"weekdays": MONDAY}, {"weekdays": WEEKEND}, Lift(gate=Gate.DAYS, has=0, needed=1)),
    ({"weekdays": MONDAY}, {"weekdays": MONDAY, "min_days": 2}, Lift(gate=Gate.DAYS, has=1, needed=2)),
    ({"max_minutes_per_day": 120}, {"minutes_per_day": 180}, Lift(gate=Gate.DAY_LENGTH, has=120, needed=180)),
    ({"latest_end": 600}, {"start_minute": 660, "end_minute": 900}, Lift(gate=Gate.TIMES, has=0, needed=1)),
    (
        {"earliest_start": 600},
        {"start_minute": 480, "end_minute": 720, "minutes_per_day": 180},
        Lift(gate=Gate.TIMES, has=120, needed=180),
    ),
    ({**NEAR, "max_travel_minutes": 60}, FAR, Lift(gate=Gate.TRAVEL, has=60, needed=97)),
]


@pytest.mark.parametrize(("person", "place", "lift"), FALLEN)
def test_a_gate_says_what_would_lift_it(person, place, lift):
    assert explain(make_person(**person), make_place(**place)) == Excluded(place_id=1, lifts=(lift,))


OPEN = [
    ({"needs": frozenset({41})}, {"constraints": {41: True}}),
    ({"needs": frozenset({41})}, {}),
    ({"needs": frozenset({49})}, {}),
    ({"weekly_minutes": 600}, {"min_minutes_per_week": 600}),
    ({"weekly_minutes": 600}, {}),
    ({}, {"min_minutes_per_week": 2400, "minutes_per_day": 480, "weekdays": MONDAY}),
    ({"weekdays": MONDAY | WEEKEND}, {"weekdays": MONDAY}),
    ({"weekdays": MONDAY}, {}),
    ({"max_minutes_per_day": 120}, {"minutes_per_day": 120}),
    ({"latest_end": 600}, {"start_minute": 480, "end_minute": 900, "minutes_per_day": 120}),
    ({"latest_end": 600}, {"start_minute": 660}),
    ({**NEAR, "max_travel_minutes": 97}, FAR),
    ({"max_travel_minutes": 10}, FAR),
    ({**NEAR, "max_travel_minutes": 10}, NEAR),
]


@pytest.mark.parametrize(("person", "place"), OPEN)
def test_neither_the_unknown_nor_the_just_enough_excludes(person, place):
    assert isinstance(explain(make_person(**person), make_place(**place)), Suggestion)


def test_every_gate_that_fell_is_told_and_every_unmet_need():
    person = make_person(needs=frozenset({41, 42}), declined=frozenset({1}))
    place = make_place(constraints={41: False, 42: False}, places_left=0)
    lifts = explain(person, place).lifts
    assert [(lift.gate, lift.key) for lift in lifts] == [
        (Gate.FULL, None),
        (Gate.DECLINED, None),
        (Gate.CONSTRAINT, 41),
        (Gate.CONSTRAINT, 42),
    ]
