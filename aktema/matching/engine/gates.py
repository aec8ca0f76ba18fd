"""Hard limits: which places cannot be suggested, and what would lift each gate that fell.

Which gates fell at a place is a number with one bit for each gate. Places out of reach are not looked at one by
one: their spot says it for all of them.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.answers import Gate, Lift
from aktema.matching.engine.circumstances import BIT, Circumstances
from aktema.matching.engine.columns import FULL, NOT_LIVE, Columns
from aktema.matching.engine.layout import Bools, Integers, Layout, flags
from aktema.matching.engine.loops import loops
from aktema.matching.engine.plain import Gates
from aktema.matching.engine.types import Person, Place

Fallen = NDArray[np.uint16]
GATES = tuple(Gate)
# The first gate of each combination, by the number of the combination.
FIRST = np.array([(code & -code).bit_length() - 1 for code in range(1 << len(GATES))])


class Gatekeeper:
    """One person's limits against columns."""

    def __init__(self, person: Person, columns: Columns, layout: Layout, facts: Circumstances) -> None:
        self._columns = columns
        self._far = facts.far
        needs = columns.unmet.dtype.type(flags(person.needs, layout.constraints))
        self.limits: Gates = (
            columns.state,
            (columns.spot, columns.week, columns.days, columns.clock),
            (facts.far, facts.week, facts.days, facts.clock),
            (columns.unmet, needs, BIT[Gate.CONSTRAINT]),
            (self._rows_of(person.declined), BIT[Gate.DECLINED]),
        )

    def near(self, *, everywhere: bool = False) -> Bools:
        """Return which spots are within reach, or all."""
        return np.ones(len(self._far), dtype=np.bool_) if everywhere else self._far == 0

    def excluded(self, by_gate: Integers, is_near: Bools) -> dict[Gate, int]:
        """Count each excluded place once, under the first gate that fell; other gates have no key.

        by_gate: at how many of the rows of the spots that are near each gate was the first that fell.
        """
        unseen = {} if is_near.all() else self._unseen(~is_near)
        seen = zip(GATES, by_gate.tolist(), strict=True)
        counts = {gate: count + unseen.get(gate, 0) for gate, count in seen}
        return {gate: count for gate, count in counts.items() if count}

    def everywhere(self) -> Fallen:
        """Return which gates fell at every row."""
        fallen: Fallen = loops().fallen(np.arange(len(self._columns)), *self.limits)
        return fallen

    def at(self, row: int) -> int:
        """Return which gates fell at one row."""
        return int(loops().fallen(np.array([row]), *self.limits)[0])

    def _unseen(self, is_far: Bools) -> Mapping[Gate, int]:
        columns, (declined, _) = self._columns, self.limits[-1]
        by_state = columns.spot_states[is_far].sum(axis=0).tolist()
        declined = declined[is_far[columns.spot[declined]]]
        open_declined = int((columns.state[declined] == 0).sum())
        return {
            Gate.NOT_LIVE: by_state[NOT_LIVE] + by_state[NOT_LIVE | FULL],
            Gate.FULL: by_state[FULL],
            Gate.DECLINED: open_declined,
            Gate.TRAVEL: by_state[0] - open_declined,
        }

    def _rows_of(self, places: Collection[int]) -> Integers:
        """Return the rows of those that are here, ascending."""
        if not places:
            return np.zeros(0, dtype=np.int64)
        rows, _ = self._columns.find_rows(np.fromiter(places, dtype=np.int64, count=len(places)))
        rows.sort()
        return rows


def lifts(
    person: Person, place: Place, fallen: int, facts: Circumstances, at: Mapping[str, int]
) -> tuple[Lift, ...]:
    """Return every gate that fell at the place; `at` says which row of each table the place has."""
    found: list[Lift] = []
    for gate in (gate for gate in GATES if fallen & int(BIT[gate])):
        if gate is Gate.CONSTRAINT:
            unmet = sorted(need for need in person.needs if place.constraints.get(need) is False)
            found += [Lift(gate=gate, key=need) for need in unmet]
        else:
            has, needed = _has_and_needed(gate, person, place, facts, at)
            found.append(Lift(gate=gate, has=has, needed=needed))
    return tuple(found)


def _has_and_needed(
    gate: Gate, person: Person, place: Place, facts: Circumstances, at: Mapping[str, int]
) -> tuple[int | None, int | None]:
    match gate:
        case Gate.FULL:
            return place.places_left, 1
        case Gate.HOURS:
            return person.weekly_minutes, place.min_minutes_per_week
        case Gate.DAYS:
            return int(facts.common_days[at["days"]]), max(1, place.min_days or 1)
        case Gate.DAY_LENGTH:
            return person.max_minutes_per_day, place.minutes_per_day
        case Gate.TIMES:
            return int(facts.common_minutes[at["clock"]]), max(1, place.minutes_per_day or 1)
        case Gate.TRAVEL:
            return person.max_travel_minutes, int(facts.travel[at["spot"]])
        case _:
            return None, None
