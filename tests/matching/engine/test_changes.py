"""What would make a place fit: each answer does what it says, and no smaller one does."""

from dataclasses import replace
from itertools import combinations, product

import pytest

from aktema.matching.engine import Capacity, Gate, MatchIndex, Suggestion, Weights
from aktema.matching.engine.changes import Change, ChangeKind, rank_after, what_would_fit
from aktema.matching.engine.plain import DECIMALS
from aktema.matching.engine.proposals import (
    FIXED_GATES,
    LIFTERS,
    LONGEST_JOURNEY,
    adaptation_for,
    day_changes,
    fewer_hours,
    go_together,
    lifting,
)
from tests.matching.engine.worlds import VOCABULARY, drawn, make_person, make_place, people, stocks

MONDAY, TUESDAY, THURSDAY = 0, 1, 3
NEAR, FAR = {"latitude": 58.4, "longitude": 15.6}, {"latitude": 58.4, "longitude": 16.6}
HERE = frozenset({ChangeKind.ADAPTATION, ChangeKind.CONSTRAINT_MET})


def whole(stock):
    """The places of an index over the stock, with their texts."""
    return {place.id: place for place in stock}.values()


def made_by(person, place, changes):
    """The facts after the changes: the person everywhere, the person at the place, and the place."""
    everywhere, raised, met = person, {}, {}
    for one in changes:
        days = everywhere.weekdays or frozenset()
        facts = {
            ChangeKind.ADAPTATION: {},
            ChangeKind.CONSTRAINT_MET: {},
            ChangeKind.TAKE_BACK_NO: {"declined": person.declined - {place.id}},
            ChangeKind.HOURS: {"weekly_minutes": one.after},
            ChangeKind.DAY_MOVED: {"weekdays": days - {one.before} | {one.after}},
            ChangeKind.DAY_ADDED: {"weekdays": days | {one.after}},
            ChangeKind.DAY_LENGTH: {"max_minutes_per_day": one.after},
            ChangeKind.EARLIER_START: {"earliest_start": one.after},
            ChangeKind.LATER_END: {"latest_end": one.after},
            ChangeKind.JOURNEY: {"max_travel_minutes": one.after},
        }[one.kind]
        everywhere = replace(everywhere, **facts)
        if one.kind is ChangeKind.ADAPTATION:
            raised[one.dimension] = Capacity(level=place.demands[one.dimension])
        if one.kind is ChangeKind.CONSTRAINT_MET:
            met[one.key] = True
    at_place = replace(everywhere, capacities={**person.capacities, **raised})
    return everywhere, at_place, replace(place, constraints={**place.constraints, **met})


def rank_with(stock, person, place, changes):
    """The place's rank among the others as they stand for the changed person, None behind a gate."""
    everywhere, at_place, changed = made_by(person, place, changes)
    index = MatchIndex([*stock, changed], vocabulary=VOCABULARY)
    here = index.explain(at_place, place.id)
    if not isinstance(here, Suggestion):
        return None
    readiness = {one.id: one.employer_readiness for one in [*stock, changed]}
    rest = [one for one in index.shortlist(everywhere, limit=None) if one.place_id != place.id]
    own = -round(here.score, DECIMALS), -readiness[place.id], place.id
    return 1 + sum(
        (-round(one.score, DECIMALS), -readiness[one.place_id], one.place_id) < own for one in rest
    )


def candidates(index, person, place):
    """Every change of the kinds that let an open place rise."""
    gaps = index.explain(person, place.id).gaps
    helped = [change for change in map(adaptation_for, gaps) if change]
    return [*helped, *fewer_hours(person, place), *day_changes(person, place)]


@drawn(people, stocks)
def test_what_is_said_to_make_a_place_fit_does_so(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for place in whole(stock):
        changes = what_would_fit(index, person, place.id, top=2)
        now = index.explain(person, place.id)
        if changes is not None:
            rank = rank_with(stock, person, place, changes)
            assert rank is not None
            assert rank <= 2 or not isinstance(now, Suggestion)
            assert rank == rank_after(index, person, place.id, changes)


@drawn(people, stocks)
def test_no_smaller_set_lets_an_open_place_rise(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for place in whole(stock):
        now = index.explain(person, place.id)
        if isinstance(now, Suggestion) and now.rank > 2:
            changes = what_would_fit(index, person, place.id, top=2)
            smaller = min(3 if changes is None else len(changes), 3)
            for size in range(1, smaller):
                for tried in filter(go_together, combinations(candidates(index, person, place), size)):
                    rank = rank_with(stock, person, place, tried)
                    assert rank is None or rank > 2


def singles(person):
    """Every single change of the person that could lift a gate, in its largest size."""
    kinds = ChangeKind
    largest = {
        kinds.HOURS: 2400,
        kinds.DAY_LENGTH: 600,
        kinds.JOURNEY: LONGEST_JOURNEY,
        kinds.EARLIER_START: 0,
        kinds.LATER_END: 1440,
    }
    yield from (Change(kind=kind, after=minutes) for kind, minutes in largest.items())
    if person.weekdays is not None:
        yield from (Change(kind=kinds.DAY_ADDED, after=day) for day in range(7))
        moves = product(person.weekdays, range(7))
        yield from (Change(kind=kinds.DAY_MOVED, before=one, after=other) for one, other in moves)


def opens(place, people):
    """Whether the place is open to any of them."""
    told_apart = [replace(one, id=number) for number, one in enumerate(people)]
    return bool(MatchIndex([], vocabulary=VOCABULARY).people_for(place, told_apart, limit=1).matches)


@drawn(people, stocks)
def test_one_change_never_does_where_two_are_asked_for_a_fallen_gate(person, stock):
    for place in whole(stock):
        now = MatchIndex([place], vocabulary=VOCABULARY).explain(person, place.id)
        changes = () if isinstance(now, Suggestion) else lifting(person, place, now.lifts)
        if changes is None or len(changes) > 1:
            unlike = [made_by(person, place, [one])[0] for one in singles(person)]
            assert not opens(place, [*unlike, replace(person, declined=frozenset())])
            met = {key: replace(place, constraints={**place.constraints, key: True}) for key in person.needs}
            assert not any(opens(one, [person]) for one in met.values())


@drawn(people, stocks)
def test_each_change_that_lifts_a_gate_is_needed(person, stock):
    index = MatchIndex(stock, vocabulary=VOCABULARY)
    for place in whole(stock):
        now = index.explain(person, place.id)
        changes = None if isinstance(now, Suggestion) else lifting(person, place, now.lifts)
        for left_out in changes or ():
            rest = [one for one in changes if one is not left_out]
            assert rank_with(stock, person, place, rest) is None


LIFTED = [
    ({"declined": frozenset({1})}, {}, Change(kind=ChangeKind.TAKE_BACK_NO, key=1)),
    (
        {"needs": frozenset({41})},
        {"constraints": {41: False}},
        Change(kind=ChangeKind.CONSTRAINT_MET, key=41),
    ),
    (
        {"weekly_minutes": 600},
        {"min_minutes_per_week": 690},
        Change(kind=ChangeKind.HOURS, before=600, after=720),
    ),
    (
        {"max_minutes_per_day": 120},
        {"minutes_per_day": 166},
        Change(kind=ChangeKind.DAY_LENGTH, before=120, after=180),
    ),
    (
        {"weekdays": frozenset({MONDAY, TUESDAY})},
        {"weekdays": frozenset({THURSDAY})},
        Change(kind=ChangeKind.DAY_MOVED, before=TUESDAY, after=THURSDAY),
    ),
    (
        {"weekdays": frozenset({MONDAY})},
        {"weekdays": frozenset({MONDAY, TUESDAY}), "min_days": 2},
        Change(kind=ChangeKind.DAY_ADDED, after=TUESDAY),
    ),
    (
        {"earliest_start": 600},
        {"start_minute": 480, "end_minute": 700, "minutes_per_day": 180},
        Change(kind=ChangeKind.EARLIER_START, before=600, after=510),
    ),
    (
        {"latest_end": 600},
        {"start_minute": 660, "end_minute": 900},
        Change(kind=ChangeKind.LATER_END, before=600, after=690),
    ),
    (
        {**NEAR, "max_travel_minutes": 60},
        FAR,
        Change(kind=ChangeKind.JOURNEY, before=60, after=100),
    ),
]


@pytest.mark.parametrize(("person", "place", "change"), LIFTED)
def test_a_fallen_gate_is_lifted_by_a_change_of_its_own(person, place, change):
    index = MatchIndex([make_place(**place)], vocabulary=VOCABULARY)
    assert what_would_fit(index, make_person(**person), 1) == (change,)


def test_times_that_lie_apart_on_both_sides_take_two_changes():
    place = make_place(start_minute=480, end_minute=960, minutes_per_day=480)
    index = MatchIndex([place], vocabulary=VOCABULARY)
    changes = what_would_fit(index, make_person(earliest_start=600, latest_end=900), 1)
    assert [(one.kind, one.after) for one in changes] == [
        (ChangeKind.EARLIER_START, 480),
        (ChangeKind.LATER_END, 960),
    ]


HOPELESS = [
    ({}, {"is_live": False}),
    ({}, {"places_left": 0}),
    ({**NEAR, "max_travel_minutes": 60}, {"latitude": 59.4, "longitude": 18.0}),
    ({"weekdays": frozenset()}, {"weekdays": frozenset()}),
    ({"latest_end": 600}, {"start_minute": 660, "end_minute": 700, "minutes_per_day": 120}),
]


@pytest.mark.parametrize(("person", "place"), HOPELESS)
def test_what_no_change_can_lift_gives_no_answer(person, place):
    index = MatchIndex([make_place(**place)], vocabulary=VOCABULARY)
    assert what_would_fit(index, make_person(**person), 1) is None


def test_more_changes_than_asked_for_give_no_answer():
    person = make_person(declined=frozenset({1}), needs=frozenset({41}))
    index = MatchIndex([make_place(constraints={41: False})], vocabulary=VOCABULARY)
    assert what_would_fit(index, person, 1, most=1) is None
    assert len(what_would_fit(index, person, 1, most=2)) == 2


def test_only_the_places_own_state_has_no_change_of_its_own():
    changeable = set(Gate) - FIXED_GATES
    assert changeable == LIFTERS.keys()


def test_a_place_among_the_top_needs_nothing():
    index = MatchIndex([make_place(demands={1: 4})], vocabulary=VOCABULARY)
    assert what_would_fit(index, make_person(capacities={1: Capacity(level=0)}), 1) == ()


def test_an_offered_adaptation_lets_a_place_rise():
    places = [make_place(1, demands={1: 4}, adaptations=frozenset({102})), make_place(2)]
    index = MatchIndex(places, vocabulary=VOCABULARY)
    changes = what_would_fit(index, make_person(capacities={1: Capacity(level=2)}), 1, top=1)
    assert changes == (Change(kind=ChangeKind.ADAPTATION, key=102, dimension=1, before=2, after=4),)


def test_support_is_proposed_before_the_person_is_asked_to_change():
    places = [
        make_place(1, demands={1: 4}, max_minutes_per_week=600, adaptations=frozenset({101})),
        make_place(2, max_minutes_per_week=660),
    ]
    index = MatchIndex(places, vocabulary=VOCABULARY)
    person = make_person(capacities={1: Capacity(level=3)}, weekly_minutes=660)
    assert [one.kind for one in what_would_fit(index, person, 1, top=1)] == [ChangeKind.ADAPTATION]


def test_no_more_hours_are_given_up_than_it_takes():
    places = [make_place(1, max_minutes_per_week=600), make_place(2, max_minutes_per_week=1300)]
    index = MatchIndex(places, vocabulary=VOCABULARY)
    practical = Weights(wish=0, fit=0, preferences=0, practical=1)
    three = MatchIndex([*places, make_place(3)], vocabulary=VOCABULARY)
    person = make_person(weekly_minutes=2400)
    assert what_would_fit(index, person, 1, top=1, weights=practical) == (
        Change(kind=ChangeKind.HOURS, before=2400, after=600),
    )
    assert what_would_fit(three, person, 1, top=2, weights=practical) == (
        Change(kind=ChangeKind.HOURS, before=2400, after=1200),
    )


def test_a_gap_that_no_adaptation_closes_is_no_proposal():
    index = MatchIndex([make_place(1, demands={3: 4}), make_place(2)], vocabulary=VOCABULARY)
    assert what_would_fit(index, make_person(capacities={3: Capacity(level=0)}), 1, top=1) is None


def test_hours_are_not_given_up_below_what_the_place_needs():
    places = [
        make_place(1, min_minutes_per_week=610, max_minutes_per_week=650),
        make_place(2, max_minutes_per_week=700),
    ]
    index = MatchIndex(places, vocabulary=VOCABULARY)
    assert what_would_fit(index, make_person(weekly_minutes=700), 1, top=1) is None


def test_a_place_behind_a_gate_has_no_rank():
    index = MatchIndex([make_place(is_live=False)], vocabulary=VOCABULARY)
    assert rank_after(index, make_person(), 1, ()) is None
