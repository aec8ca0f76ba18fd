"""The loops over many rows, compiled by numba: what `plain` says in numpy, with the same answers to the last bit.

A sum is made in the order in which numpy makes it, and numba is not allowed to regroup it. Compiled code is kept
beside this file, or in the user's cache where that folder cannot be written.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.compiled_list import listed
from aktema.matching.engine.compiled_people import circumstances, leanings, wishes, worth_of_codes
from aktema.matching.engine.compiled_words import compiled as _compiled
from aktema.matching.engine.compiled_words import counted, grams, looked_up, match, word_scores
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import Declined, Gates, Unmet, Wish

Array = NDArray[Any]
# Arrays handed to a function within are counted as held, at each row, unless it is written out in place.
_inlined = numba.njit(inline="always", error_model="numpy")
# What sums made in another order can differ by, and much more: what is left out is never a matter of rounding.
ROUNDING = 1e-9
__all__ = (
    "circumstances",
    "counted",
    "fallen",
    "find_rows",
    "grams",
    "leading",
    "leanings",
    "listed",
    "looked_up",
    "match",
    "scores",
    "wishes",
    "word_scores",
    "worth_of_codes",
)


@_inlined
def _fallen_at(
    row: int, state: Array, columns: tuple[Array, ...], fell: tuple[Array, ...], unmet: Unmet
) -> int:
    by_spot, by_week, by_days, by_clock = fell
    spot, week, days, clock = columns
    by_row, needs, lacking = unmet
    found = state[row] | by_spot[spot[row]] | by_week[week[row]] | by_days[days[row]] | by_clock[clock[row]]
    return int(found | lacking if by_row[row] & needs else found)


@_compiled
def leading(
    near: tuple[Array, NDArray[np.bool_]],
    want: tuple[int, float, int],
    gates: Gates,
    most_fit: float,
    base: float,
    wish: Wish,
    fit: tuple[Floats, Array, Floats],
    preferences: tuple[NDArray[np.int16], Array, Floats],
    practical: tuple[Floats, Array, Floats, Array, Floats, Array],
    gains: tuple[float, float, float],
) -> tuple[Integers, Floats, Floats, Integers]:
    (starts, is_near), (count, _, gate_count), (_, worth, space) = near, want, wish
    most_rows = np.sum(starts[1:][is_near] - starts[:-1][is_near])
    found = np.empty(most_rows, dtype=np.int64), np.empty(most_rows), np.empty(most_rows)
    by_gate = np.zeros(gate_count, dtype=np.int64)
    top = np.full(count if count < most_rows else 0, -np.inf)
    most = worth + space
    # The rows with the best wishes come first, so that there is soon something to reach for the others.
    cut = (np.mean(most) + np.max(most)) / 2 if len(top) and len(most) else -np.inf
    number = 0
    for bounds in ((cut, np.inf), (-np.inf, cut)):
        number = _look(
            (found, number, by_gate, top),
            (most, bounds),
            near,
            want,
            gates,
            most_fit,
            base,
            wish,
            fit,
            preferences,
            practical,
            gains,
        )
    rows, score, room = found
    is_left = score[:number] + room[:number] >= _enough(top, want)
    return rows[:number][is_left], score[:number][is_left], room[:number][is_left], by_gate


@_compiled
def _look(
    found: tuple[tuple[Integers, Floats, Floats], int, Integers, Floats],
    among: tuple[Floats, tuple[float, float]],
    near: tuple[Array, NDArray[np.bool_]],
    want: tuple[int, float, int],
    gates: Gates,
    most_fit: float,
    base: float,
    wish: Wish,
    fit: tuple[Floats, Array, Floats],
    preferences: tuple[NDArray[np.int16], Array, Floats],
    practical: tuple[Floats, Array, Floats, Array, Floats, Array],
    gains: tuple[float, float, float],
) -> int:
    """Look at the rows whose wish is within bounds, write down those that may lead, and return how many there are."""
    (rows, score, room), number, by_gate, top = found
    (most, (low, high)), (starts, is_near), (set_of, worth, space) = among, near, wish
    is_counting, enough, following = len(by_gate) > 0, _enough(top, want), 0
    after_practical = most_fit + _most_preferred(preferences) + ROUNDING
    after_wish = gains[1] * _most(practical[2]) + gains[2] * _most(practical[4]) + after_practical
    for spot in np.flatnonzero(is_near):
        here = base + gains[0] * practical[0][spot]
        for row in range(starts[spot], starts[spot + 1]):
            chosen = set_of[row]
            is_behind = most[chosen] < enough - here - after_wish
            if (is_behind and not is_counting) or not low <= most[chosen] < high:
                continue
            code, following = _code_at(row, gates, following)
            if is_counting and code:
                by_gate[_first_bit(code)] += 1
            total = _practical_at(row, here + worth[chosen], practical, gains)
            if code or is_behind or total + space[chosen] + after_practical < enough:
                continue
            total = _rest_at(row, total, fit, preferences)
            rows[number], score[number], room[number] = row, total, space[chosen]
            number += 1
            if len(top) and total > top[0]:
                _replace_least(top, total)
                enough = _enough(top, want)
    return number


@_inlined
def _enough(top: Floats, want: tuple[int, float, int]) -> float:
    """Return what a row's score with a full match of words must be, as far as is known."""
    return top[0] - want[1] if len(top) else -np.inf


@_inlined
def _code_at(row: int, gates: Gates, following: int) -> tuple[int, int]:
    """Return which gates fell at the row, and where the first declined row is that is not before it."""
    state, columns, fell, unmet, (refused, no) = gates
    code = _fallen_at(row, state, columns, fell, unmet)
    while following < len(refused) and refused[following] < row:
        following += 1
    is_refused = following < len(refused) and refused[following] == row
    return int(code | no) if is_refused else code, following


@_inlined
def _first_bit(code: int) -> int:
    bit = 0
    while not code >> bit & 1:
        bit += 1
    return bit


@_compiled
def _replace_least(top: Floats, value: float) -> None:
    """Put the value in the place of the least: the first of a heap."""
    at, child = 0, 1
    while child < len(top):
        if child + 1 < len(top) and top[child + 1] < top[child]:
            child += 1
        if value <= top[child]:
            break
        top[at] = top[child]
        at, child = child, 2 * child + 1
    top[at] = value


@_compiled
def _most(terms: Floats) -> float:
    most = -np.inf
    for term in terms:
        most = max(most, term)
    return most


@_compiled
def _most_preferred(preferences: tuple[NDArray[np.int16], Array, Floats]) -> float:
    pulls, _, worth_of_pull = preferences
    pull = len(worth_of_pull) // 2
    for group in range(len(pulls)):
        most = pulls[group, 0]
        for code in range(pulls.shape[1]):
            most = max(most, pulls[group, code])
        pull += most
    return float(worth_of_pull[pull])


@_compiled
def fallen(
    rows: Integers,
    state: Array,
    columns: tuple[Array, ...],
    fell: tuple[Array, ...],
    unmet: Unmet,
    declined: Declined,
) -> NDArray[np.uint16]:
    refused, no = declined
    found = np.empty(len(rows), dtype=np.uint16)
    for number in range(len(rows)):
        found[number] = _fallen_at(rows[number], state, columns, fell, unmet)
        if np.any(refused == rows[number]):
            found[number] |= no
    return found


@_inlined
def _practical_at(row: int, total: float, practical: tuple[Array, ...], gains: tuple[float, ...]) -> float:
    total += gains[1] * practical[2][practical[3][row]]
    total += gains[2] * practical[4][practical[5][row]]
    return total


@_inlined
def _rest_at(row: int, total: float, fit: tuple[Array, ...], preferences: tuple[Array, ...]) -> float:
    fits, demands, weights = fit
    pulls, poles, worth_of_pull = preferences
    fitting = 0.0
    for group in range(len(demands)):
        fitting += fits[group, demands[group, row]]
    pull = len(worth_of_pull) // 2
    for group in range(len(poles)):
        pull += pulls[group, poles[group, row]]
    total += fitting / (weights[row] if weights[row] > 0 else 1.0)
    total += worth_of_pull[pull]
    return total


@_compiled
def scores(
    rows: Integers,
    base: float,
    wish: Wish,
    fit: tuple[Floats, Array, Floats],
    preferences: tuple[NDArray[np.int16], Array, Floats],
    practical: tuple[Floats, Array, Floats, Array, Floats, Array],
    gains: tuple[float, float, float],
) -> tuple[Floats, Floats]:
    set_of, worth, space = wish
    score, room = np.empty(len(rows)), np.empty(len(rows))
    for number in range(len(rows)):
        row = rows[number]
        here = base + gains[0] * practical[0][practical[1][row]]
        total = _practical_at(row, here + worth[set_of[row]], practical, gains)
        score[number] = _rest_at(row, total, fit, preferences)
        room[number] = space[set_of[row]]
    return score, room


@_compiled
def find_rows(ids: Integers, by_id: Array, wanted: Integers) -> tuple[Integers, Integers]:
    rows, places = np.empty(len(wanted), dtype=np.int64), np.empty(len(wanted), dtype=np.int64)
    count = 0
    for place in range(len(wanted)):
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            if ids[by_id[middle]] < wanted[place]:
                low = middle + 1
            else:
                high = middle
        if low < len(ids) and ids[by_id[low]] == wanted[place]:
            rows[count], places[count] = by_id[low], place
            count += 1
    return rows[:count], places[:count]
