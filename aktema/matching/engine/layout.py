"""Which position an id of the vocabulary has, and how levels and poles are packed: three to a code of 9 bits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.loops import loops
from aktema.matching.engine.types import Settings, Vocabulary

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.uint16]

PER_CODE, BITS = 3, 3
CODES = 1 << PER_CODE * BITS
# A level or pole in three bits; 0 is unknown. A demand of 0 is 1, a pole of -2 is 1.
LEVEL_SHIFT, POLE_SHIFT = 1, 3
MOST_FLAGS = 64


@dataclass(frozen=True, slots=True)
class Layout:
    """Which position an id of the vocabulary has in codes, slots and flags."""

    dimensions: Mapping[int, int]
    activities: Mapping[int, int]
    preferences: Mapping[int, int]
    constraints: Mapping[int, int]
    adaptations: Mapping[int, int]
    dimension_weights: Floats
    pole_weights: NDArray[np.int16]  # 1 each

    @classmethod
    def of(cls, vocabulary: Vocabulary, settings: Settings) -> Self:
        """Raises ValueError where there are more constraints or adaptations than flags."""
        dimensions = _positions(dimension.id for dimension in vocabulary.dimensions)
        return cls(
            dimensions,
            _positions(activity.id for activity in vocabulary.activities),
            _positions(vocabulary.preferences),
            _flags(vocabulary.constraints, "constraints"),
            _flags((key for one in vocabulary.dimensions for key in one.adaptations), "adaptations"),
            np.array([settings.dimension_weights.get(key, 1.0) for key in dimensions]),
            np.ones(len(vocabulary.preferences), dtype=np.int16),
        )


def packed(rows: Sequence[Mapping[int, int]], positions: Mapping[int, int], shift: int) -> Codes:
    """Return code by row: of each mapping the values whose keys have a position."""
    table = np.zeros((_code_count(positions) * PER_CODE, len(rows)), dtype=np.uint16)
    known = [
        (positions[key], row, value + shift)
        for row, values in enumerate(rows)
        for key, value in values.items()
        if key in positions
    ]
    if known:
        where, row, value = np.array(known, dtype=np.int64).T
        table[where, row] = value
    return _joined(table)


def unpacked(code: Sequence[int], keys: Iterable[int], shift: int) -> dict[int, int]:
    """Return the known values of one row, by id."""
    mask = (1 << BITS) - 1
    found = {}
    for position, key in enumerate(keys):
        value = code[position // PER_CODE] >> BITS * (position % PER_CODE) & mask
        if value:
            found[key] = value - shift
    return found


def _joined(table: Codes) -> Codes:
    by_code = table.reshape(len(table) // PER_CODE, PER_CODE, table.shape[1])
    codes = np.zeros((len(by_code), table.shape[1]), dtype=np.uint16)
    for place in range(PER_CODE):
        codes |= by_code[:, place] << np.uint16(BITS * place)
    return codes


def worth_of_codes(chosen: Integers, terms: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """Return what each code is worth, group by code: the sum over its positions.

    chosen: which row of `terms` (one column for each value of a position, a negative row counts from the end) holds
    for each position, times its weight.
    """
    codes: NDArray[Any] = loops().worth_of_codes(chosen, terms, weights, PER_CODE)
    return codes


def flags(keys: Iterable[int], positions: Mapping[int, int]) -> int:
    """Return one bit for each key that has a position."""
    return sum(1 << positions[key] for key in set(keys) if key in positions)


def keys_of_flags(bits: int, positions: Mapping[int, int]) -> frozenset[int]:
    return frozenset(key for key, position in positions.items() if bits >> position & 1)


def smallest_type(most: int) -> Any:
    """Return the narrowest unsigned type that holds numbers up to `most`."""
    return np.min_scalar_type(max(most, 1))


def only_to_read(arrays: Iterable[NDArray[Any]]) -> None:
    """Let nobody write into the arrays. One kind of array, in memory or in files, is one kind of compiled loop."""
    for array in arrays:
        array.flags.writeable = False


def _code_count(positions: Mapping[int, int]) -> int:
    return -(-len(positions) // PER_CODE)


def _positions(ids: Iterable[int]) -> dict[int, int]:
    return {key: position for position, key in enumerate(sorted(set(ids)))}


def _flags(ids: Iterable[int], what: str) -> dict[int, int]:
    positions = _positions(ids)
    if len(positions) > MOST_FLAGS:
        raise ValueError(f"No more than {MOST_FLAGS} {what} fit, not {len(positions)}")
    return positions
