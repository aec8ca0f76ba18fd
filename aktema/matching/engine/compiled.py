"""The loops over many rows, compiled by numba: what `plain` says in numpy, with the same answers to the last bit.

A sum is made in the order in which numpy makes it, and numba is not allowed to regroup it. Compiled code is kept
beside this file, or in the user's cache where that folder cannot be written.
"""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import (
    BASE,
    MIX,
    NEUTRAL,
    SHIFT,
    SIZES,
    Declined,
    Field,
    Reach,
    Unmet,
)

Array = NDArray[Any]
_compiled = numba.njit(cache=True, nogil=True, error_model="numpy")


@_compiled
def _saturated(total: float, half: float) -> float:
    return total / (half + abs(total))


@_compiled
def _term(share: float, value: float) -> float:
    return 0.0 if np.isnan(value) else share * (min(max(value, 0.0), 1.0) - NEUTRAL)


@_compiled
def leanings(
    own: Floats, voted: Floats, groups: tuple[Integers, int], letters: tuple[Floats, Floats], reach: Reach
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    (group_reach, group_half), (kind_reach, kind_half) = reach
    group, count = groups
    with_letter, letter_count = letters
    sums, votes, pulls = np.zeros(count), np.zeros(count), np.zeros(len(with_letter))
    for activity in range(len(own)):
        sums[group[activity]] += own[activity]
        votes[group[activity]] += voted[activity]
        for letter in range(len(pulls)):
            pulls[letter] += with_letter[letter, activity] * own[activity]
    by_group, kind, is_new = np.empty(len(own)), np.empty(len(own)), np.empty(len(own), dtype=np.bool_)
    for activity in range(len(own)):
        of_group = _saturated(sums[group[activity]] - own[activity], group_half)
        pull = 0.0
        for letter in range(len(pulls)):
            has = with_letter[letter, activity]
            pull += _saturated(pulls[letter] - own[activity], kind_half) * has
        open_share = 1 - abs(own[activity])
        by_group[activity] = group_reach * open_share * of_group
        kind[activity] = kind_reach * (open_share * (1 - abs(of_group))) * (pull / letter_count[activity])
        is_new[activity] = votes[group[activity]] == 0
    return by_group, kind, is_new


@_compiled
def circumstances(
    travel: Floats,
    tables: tuple[Array, ...],
    limits: tuple[float, ...],
    reach: tuple[float, float],
    shares: tuple[float, float, float],
    bits: tuple[np.uint16, ...],
) -> tuple[Array, ...]:
    least, most, weekdays, has_weekdays, min_days, start, end, day = tables
    farthest, weekly, daily, earliest, latest, own_days, wanted_minutes, wanted_days = limits
    is_far, is_more, is_few, is_long, is_other = bits
    far, span = reach
    zero = np.uint16(0)
    spot_fell, travel_term = np.empty(len(travel), dtype=np.uint16), np.empty(len(travel))
    for spot in range(len(travel)):
        spot_fell[spot] = is_far if travel[spot] > farthest else zero
        travel_term[spot] = _term(shares[0], (far - travel[spot]) / span)
    week_fell, hours_term = np.empty(len(least), dtype=np.uint16), np.empty(len(least))
    for week in range(len(least)):
        week_fell[week] = is_more if least[week] > weekly else zero
        hours_term[week] = _term(shares[1], most[week] / wanted_minutes)
    days_fell, days_term = np.empty(len(weekdays), dtype=np.uint16), np.empty(len(weekdays))
    common_days = np.full(len(weekdays), np.nan)
    for days in range(len(weekdays)):
        if has_weekdays[days] and not np.isnan(wanted_days):
            common_days[days] = 0
            for one in range(7):
                common_days[days] += (weekdays[days] & own_days) >> one & 1
        days_fell[days] = is_few if common_days[days] < min_days[days] else zero
        days_term[days] = _term(shares[2], common_days[days] / wanted_days)
    clock_fell, common_minutes = np.empty(len(day), dtype=np.uint16), np.empty(len(day))
    for clock in range(len(day)):
        shared = np.minimum(end[clock], latest) - np.maximum(start[clock], earliest)
        common_minutes[clock] = np.maximum(shared, 0.0)
        clock_fell[clock] = is_long if day[clock] > daily else zero
        if common_minutes[clock] < np.fmax(day[clock], 1.0):
            clock_fell[clock] |= is_other
    return (
        common_days,
        common_minutes,
        spot_fell,
        week_fell,
        days_fell,
        clock_fell,
        travel_term,
        hours_term,
        days_term,
    )


@_compiled
def wishes(own: Floats, group: Floats, kind: Floats, gains: tuple[float, ...]) -> tuple[Floats, Floats]:
    by_own, by_group, by_kind = gains
    worth, leaning = np.empty(len(own)), np.empty(len(own))
    for activity in range(len(own)):
        one, others, alike = own[activity], group[activity], kind[activity]
        worth[activity] = 0.5 * (by_own * one + by_group * others + by_kind * alike)
        leaning[activity] = one + others + alike
    return worth, leaning


@_compiled
def worth_of_codes(chosen: Integers, terms: Array, weights: Array, per_code: int) -> Array:
    values = terms.shape[1]
    groups = (len(chosen) + per_code - 1) // per_code
    worth = np.zeros((groups * per_code, values), dtype=terms.dtype)
    for position in range(len(chosen)):
        for value in range(values):
            worth[position, value] = terms[chosen[position], value] * weights[position]
    found = np.empty((groups, values**per_code), dtype=terms.dtype)
    for group in range(groups):
        first = group * per_code
        for code in range(found.shape[1]):
            low = worth[first + 1, code // values % values] + worth[first, code % values]
            found[group, code] = worth[first + 2, code // values // values] + low
    return found


@_compiled
def _fallen_at(
    row: int, state: Array, columns: tuple[Array, ...], fell: tuple[Array, ...], unmet: Unmet
) -> int:
    by_spot, by_week, by_days, by_clock = fell
    spot, week, days, clock = columns
    by_row, needs, lacking = unmet
    found = state[row] | by_spot[spot[row]] | by_week[week[row]] | by_days[days[row]] | by_clock[clock[row]]
    return int(found | lacking if by_row[row] & needs else found)


@_compiled
def scan(
    starts: Array,
    is_near: NDArray[np.bool_],
    codes: int,
    state: Array,
    columns: tuple[Array, ...],
    fell: tuple[Array, ...],
    unmet: Unmet,
    declined: Declined,
) -> tuple[Integers, Integers]:
    refused, no = declined
    rows, by_code = np.empty(len(state), dtype=np.int64), np.zeros(codes, dtype=np.int64)
    count = following = 0
    for spot in np.flatnonzero(is_near):
        for row in range(starts[spot], starts[spot + 1]):
            found = _fallen_at(row, state, columns, fell, unmet)
            while following < len(refused) and refused[following] < row:
                following += 1
            if following < len(refused) and refused[following] == row:
                found = int(found | no)
            if found:
                by_code[found] += 1
            else:
                rows[count] = row
                count += 1
    by_code[0] = count
    return rows[:count], by_code


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


@_compiled
def scores(
    rows: Integers,
    base: float,
    wish: tuple[Floats, Floats],
    activities: tuple[Array, Array],
    fit: tuple[Floats, Array, Floats],
    preferences: tuple[NDArray[np.int16], Array, Floats],
    practical: tuple[Floats, Array, Floats, Array, Floats, Array],
    gains: tuple[float, float, float],
) -> tuple[Floats, Floats]:
    worth, leans = wish
    slots, filled = activities
    fits, demands, weights = fit
    pulls, poles, worth_of_pull = preferences
    travel, spot, hours, week, day, days = practical
    by_travel, by_hours, by_days = gains
    score, leaning = np.empty(len(rows)), np.empty(len(rows))
    for number in range(len(rows)):
        row = rows[number]
        wished = lean = fitting = 0.0
        for slot in range(len(slots)):
            activity = slots[slot, row]
            wished += worth[activity]
            lean += leans[activity]
        for group in range(len(demands)):
            fitting += fits[group, demands[group, row]]
        pull = len(worth_of_pull) // 2
        for group in range(len(poles)):
            pull += pulls[group, poles[group, row]]
        count = max(filled[row], 1)
        total = base + wished / count
        total += fitting / (weights[row] if weights[row] > 0 else 1.0)
        total += worth_of_pull[pull]
        total += by_travel * travel[spot[row]]
        total += by_hours * hours[week[row]]
        score[number] = total + by_days * day[days[row]]
        leaning[number] = lean / count
    return score, leaning


@_compiled
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


@_compiled
def word_scores(
    codes: Array, values: Floats, grams: Array, starts: Integers, words: Array, count: int
) -> Floats:
    found = np.zeros(count)
    for number in range(len(codes)):
        gram = np.searchsorted(grams, codes[number])
        if gram < len(grams) and grams[gram] == codes[number]:
            for position in range(starts[gram], starts[gram + 1]):
                found[words[position]] += values[number]
    return found


@_compiled
def counted(codes: NDArray[np.uint64], counts: Floats) -> tuple[NDArray[np.uint64], Floats]:
    different, sums = np.empty_like(codes), np.zeros(len(codes))
    count = 0
    for at in np.argsort(codes):
        if not count or different[count - 1] != codes[at]:
            different[count] = codes[at]
            count += 1
        sums[count - 1] += counts[at]
    return different[:count], sums[:count]


@_compiled
def grams(points: NDArray[np.uint64], owner: Integers) -> tuple[Integers, NDArray[np.uint64]]:
    owners, codes = np.empty(3 * len(points), dtype=np.int64), np.empty(3 * len(points), dtype=np.uint64)
    count = 0
    for size in SIZES:
        for first in range(len(points) - size + 1):
            if owner[first] == owner[first + size - 1]:
                code = np.uint64(size)
                for letter in points[first : first + size]:
                    code = (code ^ letter) * BASE
                    code ^= code >> SHIFT
                owners[count], codes[count] = owner[first], code * MIX
                count += 1
    return owners[:count], codes[:count]
