"""Hard limits: which places cannot be suggested, and what would lift each gate that fell.

Which gates fell at a place is a number with one bit for each gate. Places out of reach are not looked at one by
one: their spot says it for all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.answers import Gate, Lift
from aktema.matching.engine.circumstances import BIT, Circumstances
from aktema.matching.engine.columns import FULL, NOT_LIVE, Columns
from aktema.matching.engine.layout import Integers, Layout, flags
from aktema.matching.engine.loops import loops
from aktema.matching.engine.types import Person, Place

Fallen = NDArray[np.uint16]
GATES = tuple(Gate)
# The first gate of each combination, by the number of the combination.
FIRST = np.array([(code & -code).bit_length() - 1 for code in range(1 << len(GATES))])


@dataclass(frozen=True, slots=True)
class Scan:
    """The rows that were looked at and which gates fell there, and how many rows were not, by first gate."""

    rows: Integers
    fallen: Fallen
    unseen: Mapping[Gate, int]

    def open_rows(self) -> Integers:
        return self.rows.take(np.flatnonzero(self.fallen == 0))

    def excluded(self) -> dict[Gate, int]:
        """Count each excluded place once, under the first gate that fell; other gates have no key."""
        by_code = np.bincount(self.fallen, minlength=len(FIRST))[1:]
        by_gate = np.bincount(FIRST[1:], weights=by_code, minlength=len(GATES)).astype(int).tolist()
        counts = {gate: count + self.unseen.get(gate, 0) for gate, count in zip(GATES, by_gate, strict=True)}
        return {gate: count for gate, count in counts.items() if count}


class Gatekeeper:
    """One person's limits against columns."""

    def __init__(self, person: Person, columns: Columns, layout: Layout, facts: Circumstances) -> None:
        self._columns = columns
        self._is_far = facts.far > 0
        self._fell = facts.far, facts.week, facts.days, facts.clock
        self._needs = columns.unmet.dtype.type(flags(person.needs, layout.constraints))
        self._declined = columns.find_rows(np.array(sorted(person.declined), dtype=np.int64))[0]

    def scan(self) -> Scan:
        """Look at every row within reach."""
        if not self._is_far.any():
            return self.scan_all()
        rows = _rows_of(np.flatnonzero(~self._is_far), self._columns.spot_starts)
        return Scan(rows, self._fallen(rows), self._unseen())

    def scan_all(self) -> Scan:
        rows = np.arange(len(self._columns))
        return Scan(rows, self._fallen(rows), {})

    def at(self, row: int) -> int:
        """Return which gates fell at one row."""
        return int(self._fallen(np.array([row]))[0])

    def _fallen(self, rows: Integers) -> Fallen:
        columns = self._columns
        fallen: Fallen = loops().fallen(
            rows,
            columns.state,
            (columns.spot, columns.week, columns.days, columns.clock),
            self._fell,
            columns.unmet,
            self._needs,
            BIT[Gate.CONSTRAINT],
        )
        if len(self._declined):
            _mark(fallen, rows, self._declined)
        return fallen

    def _unseen(self) -> Mapping[Gate, int]:
        columns, is_far = self._columns, self._is_far
        by_state = columns.spot_states[is_far].sum(axis=0).tolist()
        declined = self._declined[is_far[columns.spot[self._declined]]]
        open_declined = int((columns.state[declined] == 0).sum())
        return {
            Gate.NOT_LIVE: by_state[NOT_LIVE] + by_state[NOT_LIVE | FULL],
            Gate.FULL: by_state[FULL],
            Gate.DECLINED: open_declined,
            Gate.TRAVEL: by_state[0] - open_declined,
        }


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


def _rows_of(spots: Integers, starts: NDArray[np.int32]) -> Integers:
    """Return the rows of the spots, which lie one after the other at each."""
    first, length = starts[spots].astype(np.int64), np.diff(starts)[spots]
    before = np.cumsum(length) - length
    return np.repeat(first - before, length) + np.arange(int(length.sum()))


def _mark(fallen: Fallen, rows: Integers, declined: Integers) -> None:
    if len(rows):
        at = np.minimum(np.searchsorted(rows, declined), len(rows) - 1)
        fallen[at[rows[at] == declined]] |= BIT[Gate.DECLINED]
