"""What is worked out once for each person, compiled: see `compiled`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.compiled_words import compiled
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import NEUTRAL, Reach

Array = NDArray[Any]


@compiled
def _saturated(total: float, half: float) -> float:
    return total / (half + abs(total))


@compiled
def _term(share: float, value: float) -> float:
    return 0.0 if np.isnan(value) else share * (min(max(value, 0.0), 1.0) - NEUTRAL)


@compiled
def leanings(
    said: Integers, strongest: int, groups: tuple[Integers, int], letters: tuple[Floats, Floats], reach: Reach
) -> tuple[Floats, NDArray[np.bool_]]:
    (group_reach, group_half), (kind_reach, kind_half) = reach
    group, count = groups
    with_letter, letter_count = letters
    table = np.zeros((4, len(group)))
    voted, own, by_group, kind = table[0], table[1], table[2], table[3]
    for number in range(0, len(said), 2):
        voted[said[number]], own[said[number]] = 1, said[number + 1] / strongest
    voted[-1] = 1
    sums, votes, pulls = np.zeros(count), np.zeros(count), np.zeros(len(with_letter))
    for activity in range(len(own)):
        sums[group[activity]] += own[activity]
        votes[group[activity]] += voted[activity]
        for letter in range(len(pulls)):
            pulls[letter] += with_letter[letter, activity] * own[activity]
    is_new = np.empty(len(own), dtype=np.bool_)
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
    return table, is_new


@compiled
def circumstances(
    travel: Floats,
    tables: tuple[Array, ...],
    limits: tuple[float, ...],
    reach: tuple[float, float],
    shares: tuple[float, float, float],
    bits: tuple[np.uint16, ...],
) -> tuple[Floats, Array]:
    least, most, weekdays, has_weekdays, min_days, start, end, day = tables
    farthest, weekly, daily, earliest, latest, own_days, wanted_minutes, wanted_days = limits
    is_far, is_more, is_few, is_long, is_other = bits
    (far, span), zero = reach, np.uint16(0)
    (spots, weeks), (sets, clocks) = (len(travel), len(least)), (len(weekdays), len(day))
    terms = np.empty(spots + weeks + 2 * sets + clocks)
    fell = np.empty(spots + weeks + sets + clocks, dtype=np.uint16)
    for spot in range(spots):
        fell[spot] = is_far if travel[spot] > farthest else zero
        terms[spot] = _term(shares[0], (far - travel[spot]) / span)
    for week in range(weeks):
        fell[spots + week] = is_more if least[week] > weekly else zero
        terms[spots + week] = _term(shares[1], most[week] / wanted_minutes)
    at = spots + weeks
    for days in range(sets):
        common = np.nan
        if has_weekdays[days] and not np.isnan(wanted_days):
            common = 0.0
            for one in range(7):
                common += (weekdays[days] & own_days) >> one & 1
        fell[at + days] = is_few if common < min_days[days] else zero
        terms[at + days] = _term(shares[2], common / wanted_days)
        terms[at + sets + days] = common
    for clock in range(clocks):
        shared = np.minimum(end[clock], latest) - np.maximum(start[clock], earliest)
        shared = np.maximum(shared, 0.0)
        terms[at + 2 * sets + clock] = shared
        code = is_long if day[clock] > daily else zero
        fell[at + sets + clock] = code | is_other if shared < np.fmax(day[clock], 1.0) else code
    return terms, fell


@compiled
def wishes(table: Floats, gains: tuple[float, ...], words: float, sets: Array) -> tuple[Floats, Floats]:
    own, group, kind = table[1], table[2], table[3]
    by_own, by_group, by_kind = gains
    worth, room = np.empty(sets.shape[1]), np.empty(sets.shape[1])
    for chosen in range(len(worth)):
        wished = leaning = 0.0
        count = 0
        for slot in range(len(sets)):
            activity = sets[slot, chosen]
            one, others, alike = own[activity], group[activity], kind[activity]
            wished += 0.5 * (by_own * one + by_group * others + by_kind * alike)
            leaning += one + others + alike
            count += activity < len(own) - 1
        worth[chosen] = wished / max(count, 1)
        room[chosen] = words * (1 - abs(leaning / max(count, 1)))
    return worth, room


@compiled
def worth_of_codes(chosen: Integers, terms: Array, weights: Array, per_code: int) -> Array:
    values = terms.shape[1]
    groups = (len(chosen) + per_code - 1) // per_code
    worth = np.zeros((groups * per_code, values), dtype=terms.dtype)
    for position in range(len(chosen)):
        for value in range(values):
            worth[position, value] = terms[chosen[position], value] * weights[position]
    found = np.empty((groups, values, values, values), dtype=terms.dtype)
    for group in range(groups):
        first, second, third = worth[group * per_code : (group + 1) * per_code]
        for high in range(values):
            for middle in range(values):
                for low in range(values):
                    found[group, high, middle, low] = third[high] + (second[middle] + first[low])
    return found.reshape(groups, values**per_code)
