"""Hard limits: which places cannot be suggested, and what would lift each gate that fell.

Unknown on either side never lets a gate fall (every comparison with NaN is false); it becomes a question.
"""

import math

import numpy as np

from aktema.matching.engine.answers import Gate, Lift
from aktema.matching.engine.encode import Bools, Columns, Layout
from aktema.matching.engine.practical import Circumstances
from aktema.matching.engine.types import Person, Place

Fallen = dict[Gate, Bools]


def fallen_gates(person: Person, columns: Columns, layout: Layout, facts: Circumstances) -> Fallen:
    """Return for each gate, in order, at which places it fell."""
    return {
        Gate.NOT_LIVE: ~columns.is_live,
        Gate.FULL: columns.places_left < 1,
        Gate.DECLINED: np.isin(columns.ids, sorted(person.declined)),
        Gate.CONSTRAINT: _unmet(person, columns, layout),
        Gate.HOURS: columns.min_week > _limit(person.weekly_minutes),
        Gate.DAYS: facts.common_days < columns.min_days,
        Gate.DAY_LENGTH: columns.day_minutes > _limit(person.max_minutes_per_day),
        Gate.TIMES: facts.common_minutes < np.fmax(columns.day_minutes, 1),
        Gate.TRAVEL: facts.travel > _limit(person.max_travel_minutes),
    }


def open_places(fallen: Fallen) -> Bools:
    return np.asarray(~np.logical_or.reduce(list(fallen.values())), dtype=np.bool_)


def count_excluded(fallen: Fallen) -> dict[Gate, int]:
    """Count each excluded place once, under the first gate that fell; other gates have no key."""
    counts = {}
    left = np.ones_like(fallen[Gate.NOT_LIVE])
    for gate, fell in fallen.items():
        count = int((fell & left).sum())
        left &= ~fell
        if count:
            counts[gate] = count
    return counts


def lifts(person: Person, place: Place, fallen: Fallen, facts: Circumstances, row: int) -> tuple[Lift, ...]:
    """Return every gate that fell at the place in this row; empty when it is open to the person."""
    found: list[Lift] = []
    for gate in (gate for gate, fell in fallen.items() if fell[row]):
        if gate is Gate.CONSTRAINT:
            unmet = sorted(need for need in person.needs if place.constraints.get(need) is False)
            found += [Lift(gate=gate, key=need) for need in unmet]
        else:
            has, needed = _has_and_needed(gate, person, place, facts, row)
            found.append(Lift(gate=gate, has=has, needed=needed))
    return tuple(found)


def _has_and_needed(
    gate: Gate, person: Person, place: Place, facts: Circumstances, row: int
) -> tuple[int | None, int | None]:
    match gate:
        case Gate.FULL:
            return place.places_left, 1
        case Gate.HOURS:
            return person.weekly_minutes, place.min_minutes_per_week
        case Gate.DAYS:
            return int(facts.common_days[row]), max(1, place.min_days or 1)
        case Gate.DAY_LENGTH:
            return person.max_minutes_per_day, place.minutes_per_day
        case Gate.TIMES:
            return int(facts.common_minutes[row]), max(1, place.minutes_per_day or 1)
        case Gate.TRAVEL:
            return person.max_travel_minutes, int(facts.travel[row])
        case _:
            return None, None


def _unmet(person: Person, columns: Columns, layout: Layout) -> Bools:
    rows = [layout.constraints[need] for need in sorted(person.needs) if need in layout.constraints]
    return np.asarray((columns.constraints[rows] == 0).any(axis=0), dtype=np.bool_)


def _limit(minutes: int | None) -> float:
    return math.inf if minutes is None else minutes
