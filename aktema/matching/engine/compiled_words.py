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
ROUNDS = 3


@compiled
def _places_of(known: NDArray[np.uint64], codes: NDArray[np.uint64]) -> Integers:
    """Return where each code stands, or would stand, among ascending ones.

    Codes are spread evenly, so that a few guesses come within a step or two. Each round guesses all of them: so the
    memory, which is far away, is read for many at a time.
    """
    last, per_code = max(len(known) - 1, 0), len(known) / CODES
    places = np.zeros(len(codes), dtype=np.int64)
    for number in range(len(codes)):
        places[number] = min(int(float(codes[number]) * per_code), last)
    for _ in range(ROUNDS if len(known) else 0):
        for number in range(len(codes)):
            at = places[number]
            step = int((float(codes[number]) - float(known[at])) * per_code)
            places[number] = min(max(at + step, 0), last)
    for number in range(len(codes)):
        places[number] = _walked(known, codes[number], places[number])
    return places


@compiled
def _walked(known: NDArray[np.uint64], code: np.uint64, at: int) -> int:
    while at > 0 and known[at - 1] >= code:
        at -= 1
    while at < len(known) and known[at] < code:
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
    found, places = np.zeros(count), _places_of(grams, codes)
    first, end = np.zeros(len(codes), dtype=np.int64), np.zeros(len(codes), dtype=np.int64)
    for number in range(len(codes)):
        gram = places[number]
        if gram < len(grams) and grams[gram] == codes[number]:
            first[number], end[number] = starts[gram], starts[gram + 1]
    for number in range(len(codes)):
        for position in range(first[number], end[number]):
            found[words[position]] += values[number]
    return found


@compiled
def looked_up(
    known: NDArray[np.uint64], values: Integers, codes: NDArray[np.uint64], otherwise: int
) -> Integers:
    found, places = np.full(len(codes), otherwise, dtype=np.int64), _places_of(known, codes)
    for number in range(len(codes)):
        at = places[number]
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


@compiled
def counted(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], Integers]:
    ordered = np.sort(grams(points)[1])
    counts = np.zeros(len(ordered), dtype=np.int64)
    found = 0
    for code in ordered:
        if not found or ordered[found - 1] != code:
            ordered[found] = code
            found += 1
        counts[found - 1] += 1
    return ordered[:found], counts[:found]
