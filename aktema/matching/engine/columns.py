"""Places as packed columns of numbers: about ninety bytes each, whatever is known of them.

A row is a place; rows lie by where the place is, then by what is done there, and then by id. What many places
share (hours of a week, days, times of a day, where they lie, what is done) is a table of its own, and a column says
which of its rows: so it is weighed once for each person and not once for each place. Every array can lie in a file
that many processes read at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.layout import (
    LEVEL_SHIFT,
    POLE_SHIFT,
    Codes,
    Floats,
    Integers,
    Layout,
    flags,
    keys_of_flags,
    only_to_read,
    packed,
    smallest_type,
    unpacked,
)
from aktema.matching.engine.loops import loops
from aktema.matching.engine.types import Place

Array = NDArray[Any]
NOT_LIVE, FULL = 1, 2
UNKNOWN = -1
NOWHERE = complex(999, 999)
FIELD_BITS = 21
_FIELD = (1 << FIELD_BITS) - 1
TABLES = {"week": "weeks", "days": "day_sets", "clock": "clocks", "spot": "spots"}
DERIVED = frozenset({"by_id", "spot_starts", "spot_states", "activity_set", "activity_sets"})
MOST_TRIALS, MOST_LEFT = np.iinfo(np.uint16).max, np.iinfo(np.int16).max


@dataclass(frozen=True, slots=True)
class Columns:
    ids: Integers
    employers: NDArray[np.int32]
    state: NDArray[np.uint8]  # NOT_LIVE and FULL
    places_left: NDArray[np.int16]
    trials: NDArray[np.uint16]
    readiness: Floats
    demands: Codes  # code by row
    demand_weight: Floats  # sum of the weights of demands of 1 or more
    preferences: Codes  # code by row
    activities: Array  # slot by row; an empty slot holds the number of activities
    unmet: Array  # one bit for each constraint
    met: Array
    adaptations: Array
    week: Array  # rows of the tables below
    days: Array
    clock: Array
    spot: Array
    weeks: Integers  # least and most minutes
    day_sets: Integers  # weekdays as bits and the fewest days
    clocks: Integers  # start, end, and the shortest day
    spots: NDArray[np.complex128]  # latitude and longitude, in the order in which rows lie
    by_id: NDArray[np.int32]  # rows in the order of ids
    spot_starts: NDArray[np.int32]  # the first row of each spot, and the number of rows
    spot_states: NDArray[np.int32]  # how many rows of each spot are in each state, spot by state
    activity_set: Array  # column of the next that has the row's activities
    activity_sets: Array  # slot by set: the different columns of `activities`

    @classmethod
    def of(cls, places: Sequence[Place], layout: Layout) -> Self:
        """Encode places in the order given; `laid` puts them where they belong."""
        tables = {
            "weeks": [joined_fields(one.min_minutes_per_week, one.max_minutes_per_week) for one in places],
            "day_sets": [joined_fields(day_bits(one.weekdays), max(1, one.min_days or 1)) for one in places],
            "clocks": [
                joined_fields(one.start_minute, one.end_minute, one.minutes_per_day) for one in places
            ],
            "spots": [_spot(one) for one in places],
        }
        kinds = {"spots": np.complex128}
        keys = {name: np.array(rows, dtype=kinds.get(name, np.int64)) for name, rows in tables.items()}
        found: dict[str, Any] = {name: np.unique(rows, return_inverse=True) for name, rows in keys.items()}
        demands = packed([one.demands for one in places], layout.dimensions, LEVEL_SHIFT)
        return cls(
            ids=np.array([one.id for one in places], dtype=np.int64),
            employers=np.array([one.employer_id for one in places], dtype=np.int32),
            state=np.array([_state(one) for one in places], dtype=np.uint8),
            places_left=np.array([min(max(one.places_left, 0), MOST_LEFT) for one in places], dtype=np.int16),
            trials=np.array([min(one.earlier_trials, MOST_TRIALS) for one in places], dtype=np.uint16),
            readiness=np.array([one.employer_readiness for one in places], dtype=np.float64),
            demands=demands,
            demand_weight=_demand_weight(places, layout),
            preferences=packed([one.preferences for one in places], layout.preferences, POLE_SHIFT),
            activities=_slots([one.activities for one in places], layout.activities),
            unmet=_flags([_constraints(one, is_met=False) for one in places], layout.constraints),
            met=_flags([_constraints(one, is_met=True) for one in places], layout.constraints),
            adaptations=_flags([list(one.adaptations) for one in places], layout.adaptations),
            **{column: narrow(found[table][1]) for column, table in TABLES.items()},
            **{table: found[table][0] for table in TABLES.values()},
            **_nothing_derived(),
        )

    def __post_init__(self) -> None:
        only_to_read(self.arrays().values())

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, chosen: Array) -> Self:
        """Return these rows in this order; the tables stay as they are, and nothing is derived."""
        # Picking rows out of a table of two dimensions would lay them out by row, slow to read by column.
        kept = {name: np.ascontiguousarray(getattr(self, name)[..., chosen]) for name in _row_columns()}
        return replace(self, **kept, **_nothing_derived())

    def laid(self) -> tuple[Self, Integers]:
        """Return the rows where they belong, and from which row each came. Tables lose what no row uses."""
        used: dict[str, Array] = {}
        for column, table in TABLES.items():
            keys, inverse = np.unique(getattr(self, table)[getattr(self, column)], return_inverse=True)
            used |= {table: keys, column: narrow(inverse)}
        chosen, sets = _sets(self.activities)
        order = np.lexsort((self.ids, chosen, used["spot"]))
        columns = replace(self, **used).rows(order)
        kept = {"activity_set": chosen[order], "activity_sets": sets}
        return replace(columns, **kept, **_derived(columns)), order

    def find_rows(self, ids: Array) -> tuple[Integers, Integers]:
        """Return the rows of those ids that are here, and the positions of these among the ids."""
        rows, places = loops().find_rows(self.ids, self.by_id, ids)
        return rows, places

    def place(self, row: int, layout: Layout) -> Place:
        """Return the place of a row as the arithmetic knows it: without texts and strange ids."""
        least, most = split_fields(self.weeks[self.week[row]], 2)
        weekdays, min_days = split_fields(self.day_sets[self.days[row]], 2)
        start, end, day = split_fields(self.clocks[self.clock[row]], 3)
        latitude, longitude = _coordinates(self.spots[self.spot[row]])
        met, unmet = (keys_of_flags(int(bits[row]), layout.constraints) for bits in (self.met, self.unmet))
        slots = self.activities[:, row].tolist()
        activities = list(layout.activities)
        return Place(
            id=int(self.ids[row]),
            employer_id=int(self.employers[row]),
            activities=tuple(activities[slot] for slot in slots if slot < len(activities)),
            demands=unpacked(self.demands[:, row].tolist(), layout.dimensions, LEVEL_SHIFT),
            preferences=unpacked(self.preferences[:, row].tolist(), layout.preferences, POLE_SHIFT),
            constraints={**dict.fromkeys(sorted(met), True), **dict.fromkeys(sorted(unmet), False)},
            min_minutes_per_week=least,
            max_minutes_per_week=most,
            minutes_per_day=day,
            weekdays=None if weekdays is None else _days_of(weekdays),
            min_days=min_days,
            start_minute=start,
            end_minute=end,
            places_left=int(self.places_left[row]),
            is_live=not self.state[row] & NOT_LIVE,
            latitude=latitude,
            longitude=longitude,
            adaptations=keys_of_flags(int(self.adaptations[row]), layout.adaptations),
            earlier_trials=int(self.trials[row]),
            employer_readiness=float(self.readiness[row]),
        )

    @property
    def ties(self) -> tuple[Integers, Floats]:
        """Return what decides between equal scores."""
        return self.ids, self.readiness

    def arrays(self) -> Mapping[str, Array]:
        return {column.name: getattr(self, column.name) for column in fields(self)}


def concatenated(parts: Sequence[Columns], layout: Layout) -> Columns:
    """Return the rows of all parts one after the other."""
    slots = max(len(part.activities) for part in parts)
    padded = [replace(one, activities=_padded(one.activities, slots, layout)) for one in parts]
    shared: dict[str, Array] = {}
    for column, table in TABLES.items():
        keys = np.unique(np.concatenate([getattr(part, table) for part in parts]))
        places = [np.searchsorted(keys, getattr(part, table))[getattr(part, column)] for part in parts]
        shared |= {table: keys, column: narrow(np.concatenate(places), len(keys))}
    rows = {
        name: np.concatenate([getattr(part, name) for part in padded], axis=-1)
        for name in _row_columns()
        if name not in TABLES
    }
    return Columns(**rows, **shared, **_nothing_derived())


def joined_fields(*values: int | None) -> int:
    """Return small numbers as one, the first in the highest bits; unknown is a value of its own."""
    joined = 0
    for value in values:
        number = UNKNOWN if value is None else min(max(int(value), 0), _FIELD - 1)
        joined = joined << FIELD_BITS | (number + 1)
    return joined


def field_of(joined: Integers, count: int, position: int) -> Floats:
    """Return one of `count` numbers of each, NaN where unknown."""
    value = (joined >> FIELD_BITS * (count - 1 - position) & _FIELD) - 1
    return np.where(value == UNKNOWN, np.nan, value.astype(np.float64))


def split_fields(joined: int, count: int) -> tuple[int | None, ...]:
    values = (int(joined) >> FIELD_BITS * (count - 1 - position) & _FIELD for position in range(count))
    return tuple(None if value == 0 else value - 1 for value in values)


def day_bits(weekdays: frozenset[int] | None) -> int | None:
    return None if weekdays is None else sum(1 << day for day in weekdays)


def narrow(numbers: Array, count: int | None = None) -> Array:
    """Return row numbers of a table in two bytes, or in four where they need them: loops are compiled for each kind."""
    most = (int(numbers.max()) if len(numbers) else 0) if count is None else count
    return numbers.astype(np.promote_types(smallest_type(most), np.uint16))


def _days_of(bits: int) -> frozenset[int]:
    return frozenset(day for day in range(7) if bits & 1 << day)


def _row_columns() -> list[str]:
    return [one.name for one in fields(Columns) if one.name not in {*TABLES.values(), *DERIVED}]


def _nothing_derived() -> Any:
    nothing = np.zeros(0, dtype=np.int32)
    return dict.fromkeys(sorted(DERIVED), nothing)


def _derived(columns: Columns) -> Any:
    by_spot = columns.spot.astype(np.int64)
    states = np.bincount(by_spot * 4 + columns.state, minlength=4 * len(columns.spots))
    starts = np.searchsorted(columns.spot, np.arange(len(columns.spots) + 1))
    return {
        "by_id": np.argsort(columns.ids).astype(np.int32),
        "spot_starts": starts.astype(np.int32),
        "spot_states": states.reshape(-1, 4).astype(np.int32),
    }


def _sets(slots: Array) -> tuple[Array, Array]:
    """Return which of the different columns each is, and these."""
    if not slots.size:  # no row, or no activity in any of them
        return np.zeros(slots.shape[1], dtype=np.uint16), slots[:, :1]
    order = np.lexsort(slots)
    ordered = slots[:, order]
    is_first = np.append(True, (np.diff(ordered) != 0).any(axis=0))
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.cumsum(is_first) - 1
    return narrow(numbers), np.ascontiguousarray(ordered[:, is_first])


def _state(place: Place) -> int:
    return (0 if place.is_live else NOT_LIVE) | (FULL if place.places_left < 1 else 0)


def _spot(place: Place) -> complex:
    if place.latitude is None or place.longitude is None:
        return NOWHERE
    return complex(place.latitude, place.longitude)


def _coordinates(spot: complex) -> tuple[float | None, float | None]:
    return (None, None) if spot == NOWHERE else (float(spot.real), float(spot.imag))


def _constraints(place: Place, *, is_met: bool) -> list[int]:
    return [key for key, met in place.constraints.items() if met is is_met]


def _flags(rows: Sequence[Sequence[int]], positions: Mapping[int, int]) -> Array:
    kind = smallest_type((1 << len(positions)) - 1)
    return np.array([flags(row, positions) for row in rows], dtype=kind)


def _demand_weight(places: Sequence[Place], layout: Layout) -> Floats:
    weights = dict(zip(layout.dimensions, layout.dimension_weights.tolist(), strict=True))
    sums = [
        sum(weight for key, weight in weights.items() if place.demands.get(key, 0) >= 1) for place in places
    ]
    return np.array(sums, dtype=np.float64)


def _slots(rows: Sequence[Sequence[int]], positions: Mapping[int, int]) -> Array:
    known = [sorted({positions[key] for key in row if key in positions}) for row in rows]
    depth, empty = max(map(len, known), default=0), len(positions)
    table = np.array([row + [empty] * (depth - len(row)) for row in known], dtype=smallest_type(empty))
    return np.ascontiguousarray(table.reshape(len(rows), depth).T)


def _padded(slots: Array, depth: int, layout: Layout) -> Array:
    return np.pad(slots, ((0, depth - len(slots)), (0, 0)), constant_values=len(layout.activities))
