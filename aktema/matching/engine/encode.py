"""Places as columns of numbers, in the order of their ids: what the vectorised arithmetic reads.

The last axis of every array is the place. Unknown is NaN where a number is optional, -1 in demands,
constraints and weekdays, and 0 in preferences, where 0 has the same meaning in the arithmetic: no pole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.types import Place, Settings, Vocabulary

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which row of a table an id of the vocabulary has."""

    dimensions: Mapping[int, int]
    activities: Mapping[int, int]
    preferences: Mapping[int, int]
    constraints: Mapping[int, int]
    dimension_weights: Floats

    @classmethod
    def of(cls, vocabulary: Vocabulary, settings: Settings) -> Self:
        dimensions = _positions(dimension.id for dimension in vocabulary.dimensions)
        return cls(
            dimensions,
            _positions(activity.id for activity in vocabulary.activities),
            _positions(vocabulary.preferences),
            _positions(vocabulary.constraints),
            np.array([settings.dimension_weights.get(key, 1.0) for key in dimensions]),
        )


@dataclass(frozen=True, slots=True)
class Columns:
    ids: Integers
    is_live: Bools
    places_left: Integers
    readiness: Floats
    earlier_trials: Integers
    demands: NDArray[np.int8]  # dimension by place
    preferences: NDArray[np.int8]  # preference by place
    constraints: NDArray[np.int8]  # constraint by place: 1 met, 0 not
    activities: NDArray[np.int16]  # slot by place; an empty slot holds the number of activities
    min_week: Floats
    max_week: Floats
    day_minutes: Floats
    min_days: Integers
    weekdays: NDArray[np.int16]  # one bit per day
    start: Floats
    end: Floats
    latitude: Floats
    longitude: Floats

    @classmethod
    def of(cls, places: Sequence[Place], layout: Layout) -> Self:
        return cls(
            ids=np.array([place.id for place in places], dtype=np.int64),
            is_live=np.array([place.is_live for place in places], dtype=np.bool_),
            places_left=np.array([place.places_left for place in places], dtype=np.int64),
            readiness=_numbers(place.employer_readiness for place in places),
            earlier_trials=np.array([place.earlier_trials for place in places], dtype=np.int64),
            demands=_table([place.demands for place in places], layout.dimensions, -1),
            preferences=_table([place.preferences for place in places], layout.preferences, 0),
            constraints=_table([place.constraints for place in places], layout.constraints, -1),
            activities=_slots([place.activities for place in places], layout.activities),
            min_week=_numbers(place.min_minutes_per_week for place in places),
            max_week=_numbers(place.max_minutes_per_week for place in places),
            day_minutes=_numbers(place.minutes_per_day for place in places),
            min_days=np.array([max(1, place.min_days or 1) for place in places], dtype=np.int64),
            weekdays=np.array([day_bits(place.weekdays) for place in places], dtype=np.int16),
            start=_numbers(place.start_minute for place in places),
            end=_numbers(place.end_minute for place in places),
            latitude=_numbers(place.latitude for place in places),
            longitude=_numbers(place.longitude for place in places),
        )

    def take(self, rows: Integers) -> Self:
        return self._map(lambda column: column[..., rows])

    def joined(self, other: Self, layout: Layout) -> Self:
        """Return these places followed by the other ones."""
        slots = max(len(self.activities), len(other.activities))
        ends = {"activities": [_padded(part.activities, slots, layout) for part in (self, other)]}
        names = [column.name for column in fields(self)]
        pairs = [ends.get(name, [getattr(self, name), getattr(other, name)]) for name in names]
        return type(self)(*(np.concatenate(pair, axis=-1) for pair in pairs))

    def _map(self, change: Any) -> Self:
        return type(self)(*(change(getattr(self, column.name)) for column in fields(self)))


def day_bits(weekdays: frozenset[int] | None) -> int:
    return -1 if weekdays is None else sum(1 << day for day in weekdays)


def _positions(ids: Iterable[int]) -> dict[int, int]:
    return {key: position for position, key in enumerate(sorted(set(ids)))}


def _numbers(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _table(rows: Sequence[Mapping[int, int]], positions: Mapping[int, int], unknown: int) -> NDArray[np.int8]:
    table = np.full((len(positions), len(rows)), unknown, dtype=np.int8)
    for column, row in enumerate(rows):
        for key, value in row.items():
            if key in positions:
                table[positions[key], column] = value
    return table


def _slots(rows: Sequence[Sequence[int]], positions: Mapping[int, int]) -> NDArray[np.int16]:
    known = [sorted({positions[key] for key in row if key in positions}) for row in rows]
    depth = max(map(len, known), default=0)
    empty = len(positions)
    return (
        np.array([row + [empty] * (depth - len(row)) for row in known], dtype=np.int16)
        .reshape(len(rows), depth)
        .T
    )


def _padded(slots: NDArray[np.int16], depth: int, layout: Layout) -> NDArray[np.int16]:
    return np.pad(slots, ((0, depth - len(slots)), (0, 0)), constant_values=len(layout.activities))
