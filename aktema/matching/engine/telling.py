"""What is to be told of all places of an answer in one pass: shares of the score, gaps and reasons, as numbers.

Written once for plain Python, and so simply that numba can compile it: the answers are the same to the last bit.
`naming` says what the numbers stand for.

Facts are terms around neutral, unknown ones have no share. A share is the term of a fact times the gain of its
feature; + 0.0 makes a term without gain a plain zero, never -0.0.
"""

from typing import Any

import numpy as np

from aktema.matching.engine import naming
from aktema.matching.engine.arithmetic import FULL_AGREEMENT, PREFERENCES_HALF
from aktema.matching.engine.layout import BITS, LEVEL_SHIFT, PER_CODE, POLE_SHIFT
from aktema.matching.engine.naming import KEY_LENGTH, LEVELS, Key
from aktema.matching.engine.rankers import FEATURES, NEUTRALS
from aktema.matching.engine.types import LAST_LEVEL
from aktema.matching.engine.wish import WORDS_REACH

OWN, GROUP, KIND, WORDS, FIT, LARGE_GAP, PREFERENCES, TRAVEL, HOURS, DAYS = range(len(FEATURES))
MASK = (1 << BITS) - 1
SPREAD = 31
NEUTRAL_WISH, NEUTRAL_FIT, NEUTRAL_PREFERENCES, NEUTRAL_PRACTICAL = NEUTRALS
# Weights of reasons are compared to so many decimals, so that equal ones reckoned in another way still are a tie.
EXACT = 1e12
Shares = tuple[list[int], list[float]]
"""What each contribution is about, and its share of the score."""
Reasons = tuple[list[Key], list[float], list[int]]
"""The keys of reasons, their weights, and their importance."""


def tell(places: Any, person: Any, rules: Any, gains: Any, bases: Any) -> Any:
    """Return the fields of `Told`.

    places: what `explain` reads of the columns, by place last. person: the table of `Leanings`, levels by
    dimension (-1 unknown), poles by preference (0 none), wanted minutes (NaN unknown) and days. rules: group by
    activity, weight and adaptations (flags) by dimension, terms of the fit and of large gaps by level and by
    value of a code, and `Subjects`. gains, bases: in the order of FEATURES and PARTS.
    """
    slots, demands, demand_weight, poles, offered, words, practical = places
    leanings, levels, own_poles, wanted = person
    groups, weights, closing, terms, subjects = rules
    # Slices of lists with an item, as an empty list has no type to be compiled for.
    about, shares, gaps = [0][:0], [0.0][:0], [(0, 0)][:0]
    keys, key_weights, importance, order = [(0, 0, 0, 0)][:0], [0.0][:0], [0][:0], [0][:0]
    features, parts = np.empty((len(words), len(FEATURES))), np.empty((len(NEUTRALS), len(words)))
    ends = np.empty((3, len(words)), dtype=np.int64)
    given, reasons = (about, shares), (keys, key_weights, importance)
    for number in range(len(words)):
        _share(given, 0, bases[0])
        first = len(about)
        wish = _wish(slots, number, words[number], leanings, groups, gains, subjects, given)
        last = len(about)
        _share(given, 1, bases[1])
        asked = _known(demands, number), demand_weight[number], offered[number]
        fit = _fit(asked, levels, (weights, closing, terms), gains, subjects, given, gaps, reasons)
        _wish_reasons(given, first, last, subjects, reasons)
        _share(given, 2, bases[2])
        chosen = _known(poles, number)
        pull = _preferences(chosen, own_poles, gains[PREFERENCES], subjects.preferences, given, reasons)
        _share(given, 3, bases[3])
        ways = _practical(practical, number, wanted, gains, subjects, given, reasons)
        if first == last:
            _reason(reasons, (naming.WISH_UNKNOWN, 0, 0, 0), 0.0)
        _put_in_order(importance, order)
        _write(features[number], (*wish, *fit, pull, *ways))
        _write(parts[:, number], _parts(wish, fit[0], pull, ways))
        _write(ends[:, number], (len(about), len(gaps), len(order)))
    told = np.array(about, dtype=np.int64), np.array(shares, dtype=np.float64)
    return (*told, features, parts, gaps, *_ordered(keys, key_weights, order), ends)


def _write(into: Any, values: Any) -> None:
    for place in range(len(values)):
        into[place] = values[place]


def _ordered(keys: list[Key], weights: list[float], order: list[int]) -> Any:
    """Return the different keys of the reasons, which of them each reason has, and their weights."""
    different, slots = keys[:0], [-1] * (2 * len(order) + 1)
    which, their_weights = np.empty(len(order), dtype=np.int64), np.empty(len(order))
    for place in range(len(order)):
        key = keys[order[place]]
        slot = _slot_of(key, different, slots)
        if slots[slot] < 0:
            slots[slot] = len(different)
            different.append(key)
        which[place], their_weights[place] = slots[slot], weights[order[place]]
    found = np.empty((len(different), KEY_LENGTH), dtype=np.int64)
    for number in range(len(different)):
        _write(found[number], different[number])
    return found, which, their_weights


def _slot_of(key: Key, different: list[Key], slots: list[int]) -> int:
    """Return the slot of a key: the one that holds its number, or else the first that is empty."""
    slot = 0
    for number in key:
        slot = SPREAD * slot + number
    slot %= len(slots)
    while slots[slot] >= 0 and different[slots[slot]] != key:
        slot = (slot + 1) % len(slots)
    return slot


def _parts(
    wish: tuple[float, float, float, float], fit: float, pull: float, ways: tuple[float, float, float]
) -> tuple[float, float, float, float]:
    """Return the four parts by the rules, each 0..1: the sum of their features around the neutral value."""
    return (
        _within(NEUTRAL_WISH + wish[0] + wish[1] + wish[2] + wish[3]),
        _within(NEUTRAL_FIT + fit),
        _within(NEUTRAL_PREFERENCES + pull),
        _within(NEUTRAL_PRACTICAL + ways[0] + ways[1] + ways[2]),
    )


def _share(told: Shares, subject: int, share: float) -> None:
    about, shares = told
    about.append(subject)
    shares.append(share)


def _reason(told: Reasons, key: Key, weight: float) -> None:
    reasons, weights, importance = told
    reasons.append(key)
    weights.append(weight)
    importance.append(round(abs(weight) * EXACT))


def _put_in_order(importance: Any, order: list[int]) -> None:
    """Add the reasons not yet in the order, the weightiest first; those of one weight stay as they are."""
    start = len(order)
    for number in range(start, len(importance)):
        order.append(number)
        at = number
        while at > start and importance[order[at - 1]] < importance[number]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = number


def _within(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _known(codes: Any, number: int) -> list[tuple[int, int]]:
    """Return position and value of what is known, in the order of the positions."""
    found = [(0, 0)][:0]
    for group in range(len(codes)):
        code, position = int(codes[group][number]), group * PER_CODE
        while code:
            if code & MASK:
                found.append((position, code & MASK))
            code >>= BITS
            position += 1
    return found


def _wish(
    slots: Any, number: int, words: float, leanings: Any, groups: Any, gains: Any, subjects: Any, told: Shares
) -> tuple[float, float, float, float]:
    """Return the sums of own votes, of votes on the group and on the kind, and of words."""
    own, group, kind = leanings[1], leanings[2], leanings[3]
    positions = [int(slot[number]) for slot in slots if slot[number] < len(groups)]
    count = max(len(positions), 1)
    part = 0.5 / count
    own_sum = group_sum = kind_sum = leaning = 0.0
    for position in positions:
        leaning += own[position] + group[position] + kind[position]
        kind_sum += part * kind[position]
        if own[position] != 0:
            own_sum += part * own[position]
            _share(told, subjects.activities + position, gains[OWN] * (part * own[position]) + 0.0)
    for first in range(len(positions)):
        of_group = groups[positions[first]]
        value, is_new = 0.0, True
        for other in range(len(positions)):
            if groups[positions[other]] == of_group:
                is_new = is_new and other >= first
                value += part * group[positions[other]]
        if is_new and value != 0:
            group_sum += value
            _share(told, subjects.groups + of_group, gains[GROUP] * value + 0.0)
    if kind_sum != 0:
        _share(told, subjects.kind, gains[KIND] * kind_sum + 0.0)
    lift = 0.5 * WORDS_REACH * (1 - abs(leaning / count)) * words
    if lift != 0:
        _share(told, subjects.words, gains[WORDS] * lift + 0.0)
    return own_sum, group_sum, kind_sum, lift


def _wish_reasons(shares: Shares, start: int, end: int, subjects: Any, told: Reasons) -> None:
    about, values = shares
    for number in range(start, end):
        subject, share = about[number], values[number]
        against = 1 if share < 0 else 0
        if share == 0:
            continue
        if subject >= subjects.words:
            _reason(told, (naming.WORDS_MATCH, 0, 0, 0), share)
        elif subject >= subjects.kind:
            _reason(told, (naming.KIND_LIKED + against, 0, 0, 0), share)
        elif subject >= subjects.groups:
            _reason(told, (naming.GROUP_LIKED + against, subject, 0, 0), share)
        else:
            _reason(told, (naming.ACTIVITY_LIKED + against, subject, 0, 0), share)


def _fit(
    place: Any,
    levels: Any,
    rules: Any,
    gains: Any,
    subjects: Any,
    shares: Shares,
    gaps: list[tuple[int, int]],
    told: Reasons,
) -> tuple[float, float]:
    """Return the sums of the terms of fit and of large gaps; gaps are told of with the largest first."""
    demands, total, offered = place
    weights, closing, (fit_terms, large_terms) = rules
    missed = [(0, 0, 0.0)][:0]
    fit_sum = large_sum = met_sum = 0.0
    stated = known = 0
    for position, value in demands:
        demand = value - LEVEL_SHIFT
        if demand > 0:
            stated += 1
            level = levels[position]
            if level >= 0:
                known += 1
                part = weights[position] / total
                fit, large_gap = part * fit_terms[level][value], part * large_terms[level][value]
                fit_sum += fit
                large_sum += large_gap
                share = gains[FIT] * fit + gains[LARGE_GAP] * large_gap
                _share(shares, subjects.dimensions + position, share)
                if demand > level:
                    missed.append((demand - level, gap_code(position, level, demand), share))
                else:
                    met_sum += share
    _summary(stated, known, known - len(missed), met_sum, told)
    for size in range(LAST_LEVEL if len(missed) else 0, 0, -1):
        for own_size, code, share in missed:
            if own_size == size:
                here = closing[code // LEVELS**2] & offered
                gaps.append((code, here))
                _reason(told, (naming.GAP, code, here, 0), share)
    return fit_sum, large_sum


def _summary(stated: int, known: int, met: int, weight: float, told: Reasons) -> None:
    """Say in one reason how many of the stated demands the person meets."""
    if not stated:
        _reason(told, (naming.FIT_UNSTATED, 0, 0, 0), 0.0)
    elif not known:
        _reason(told, (naming.FIT_UNKNOWN, stated, 0, 0), 0.0)
    elif met < known:
        _reason(told, (naming.MEETS_SOME, met, known, stated), weight)
    elif known < stated:
        _reason(told, (naming.NO_KNOWN_GAP, known, stated, 0), weight)
    else:
        _reason(told, (naming.NO_GAP, stated, 0, 0), weight)


def _preferences(
    chosen: Any, own_poles: Any, gain: float, subject: int, shares: Shares, told: Reasons
) -> float:
    """Return the sum of the terms of the poles that both sides have chosen."""
    agreed = [(0, 0.0)][:0]
    total = 0.0
    for position, value in chosen:
        agreement = own_poles[position] * (value - POLE_SHIFT) / FULL_AGREEMENT
        if agreement != 0:
            agreed.append((position, agreement))
            total += agreement
    scale = 0.5 / (PREFERENCES_HALF + abs(total))
    found = 0.0
    for position, agreement in agreed:
        found += scale * agreement
        share = gain * (scale * agreement) + 0.0
        _share(shares, subject + position, share)
        if share != 0:
            message = naming.PREFERENCE_AGREES if share > 0 else naming.PREFERENCE_DIFFERS
            _reason(told, (message, subject + position, own_poles[position], 0), share)
    return found


def _practical(
    facts: Any, number: int, wanted: Any, gains: Any, subjects: Any, shares: Shares, told: Reasons
) -> tuple[float, float, float]:
    """Return the terms of the journey, the hours and the days, 0 where unknown. NaN is unlike itself."""
    minutes, near = facts[0][number], facts[1][number]
    most, enough = facts[2][number], facts[3][number]
    common, often = facts[4][number], facts[5][number]
    wanted_minutes, wanted_days = wanted
    travel = hours = days = 0.0
    if minutes == minutes:
        travel = near + 0.0
        _share(shares, subjects.travel, gains[TRAVEL] * travel + 0.0)
        _reason(
            told,
            (naming.NEAR if travel >= 0 else naming.FAR, int(minutes), 0, 0),
            gains[TRAVEL] * travel + 0.0,
        )
    if most == most and wanted_minutes == wanted_minutes:
        hours = enough + 0.0
        message, shown = (
            (naming.HOURS_FIT, wanted_minutes) if most >= wanted_minutes else (naming.FEWER_HOURS, most)
        )
        _share(shares, subjects.hours, gains[HOURS] * hours + 0.0)
        _reason(told, (message, int(shown), 0, 0), gains[HOURS] * hours + 0.0)
    if common == common:
        days = often + 0.0
        message = naming.FEWER_DAYS if common < wanted_days else naming.DAYS_FIT
        _share(shares, subjects.days, gains[DAYS] * days + 0.0)
        _reason(told, (message, int(common), 0, 0), gains[DAYS] * days + 0.0)
    return travel, hours, days


def gap_code(position: int, level: int, demand: int) -> int:
    """Return one number for a dimension's position, a capacity and a demand."""
    return (position * LEVELS + level) * LEVELS + demand


# All that `tell` calls.
HELPERS = (
    _write,
    _ordered,
    _slot_of,
    _parts,
    _share,
    _reason,
    _put_in_order,
    _within,
    _known,
    _wish,
    _wish_reasons,
    _fit,
    _summary,
    _preferences,
    _practical,
    gap_code,
)
