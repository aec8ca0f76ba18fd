"""The loops over words and their n-grams, compiled: see `compiled`."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import BASE, MIX, SHIFT, SIZES, SPACE, Field

Array = NDArray[Any]
compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
CODES = 2.0**64


@compiled
def _place_of(known: NDArray[np.uint64], code: np.uint64) -> int:
    """Return where a code stands, or would stand, among ascending ones.

    Codes are spread evenly, so that two guesses come within a few steps: halving reads far apart again and again.
    """
    last, per_code = len(known) - 1, len(known) / CODES
    at = min(int(float(code) * per_code), last)
    at = min(max(at + int((float(code) - float(known[at])) * per_code), 0), last)
    while at > 0 and known[at - 1] >= code:
        at -= 1
    while at <= last and known[at] < code:
        at += 1
    return at


@compiled
def match(
    scores: Floats, norm: float, fields: tuple[Field, ...], rows: Integers, bounds: tuple[float, float]
) -> Floats:
    least, most = bounds
    total, filled = np.zeros(len(rows)), np.zeros(len(rows))
    for words, starts, norms, weight in fields:
        for number in range(len(rows)):
            row = rows[number]
            overlap = 0.0
            for position in range(starts[row], starts[row + 1]):
                overlap += scores[words[position]]
            if norms[row] > 0:
                total[number] += weight * (overlap / (norms[row] * norm))
                filled[number] += weight
    found = np.zeros(len(rows))
    for number in range(len(rows)):
        mean = total[number] / filled[number] if filled[number] > 0 else 0.0
        found[number] = min(max((mean - least) / (most - least), 0.0), 1.0)
    return found


@compiled
def word_scores(
    codes: Array, values: Floats, grams: Array, starts: Integers, words: Array, count: int
) -> Floats:
    found = np.zeros(count)
    for number in range(len(codes)):
        gram = _place_of(grams, codes[number]) if len(grams) else 0
        if gram < len(grams) and grams[gram] == codes[number]:
            for position in range(starts[gram], starts[gram + 1]):
                found[words[position]] += values[number]
    return found


@compiled
def counted(codes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], Integers]:
    ordered = np.sort(codes)
    counts = np.zeros(len(codes), dtype=np.int64)
    found = 0
    for code in ordered:
        if not found or ordered[found - 1] != code:
            ordered[found] = code
            found += 1
        counts[found - 1] += 1
    return ordered[:found], counts[:found]


@compiled
def looked_up(
    known: NDArray[np.uint64], values: Integers, codes: NDArray[np.uint64], otherwise: int
) -> Integers:
    found = np.full(len(codes), otherwise, dtype=np.int64)
    for number in range(len(codes)):
        at = _place_of(known, codes[number])
        if at < len(known) and known[at] == codes[number]:
            found[number] = values[at]
    return found


@compiled
def grams(points: NDArray[np.uint32]) -> tuple[Integers, NDArray[np.uint64]]:
    owner = np.zeros(len(points), dtype=np.int64)
    for at in range(1, len(points)):
        owner[at] = owner[at - 1] + (points[at - 1] == SPACE and points[at] == SPACE)
    owners, codes = np.empty(3 * len(points), dtype=np.int64), np.empty(3 * len(points), dtype=np.uint64)
    count = 0
    for size in SIZES:
        for first in range(len(points) - size + 1):
            if owner[first] == owner[first + size - 1]:
                code = np.uint64(size)
                for letter in points[first : first + size]:
                    code = (code ^ np.uint64(letter)) * BASE
                    code ^= code >> SHIFT
                owners[count], codes[count] = owner[first], code * MIX
                count += 1
    return owners[:count], codes[:count]
