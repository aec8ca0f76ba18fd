"""The loops over many rows in numpy. `compiled` has the same, with the same answers to the last bit.

Every row's sum is made alone and in one order: it is the same among whatever other rows.
"""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.layout import Floats, Integers

Array = NDArray[Any]
Unmet = tuple[Array, np.unsignedinteger[Any], np.uint16]
Declined = tuple[Integers, np.uint16]
Gates = tuple[Array, tuple[Array, ...], tuple[Array, ...], Unmet, Declined]
Wish = tuple[Array, Floats, Floats]
Field = tuple[Array, Integers, Floats, float]
Reach = tuple[tuple[float, float], tuple[float, float]]
Said = tuple[NDArray[np.uint64], Floats, float]
Lists = tuple[NDArray[np.uint64], Integers, Array, int]
Texts = tuple[Lists, tuple[Field, ...], tuple[float, float]]
Ties = tuple[Integers, Floats]
News = tuple[tuple[Array, int], Array, NDArray[np.bool_], Integers]
NEUTRAL = 0.5
# Scores are compared to so many decimals, so that equal sums written in another order still are a tie.
DECIMALS = 9
SCALE = 10.0**DECIMALS
TIE = 2 / SCALE
SIZES = (3, 4, 5)
SPACE = ord(" ")
BASE, MIX, SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)


def leanings(
    votes: Integers,
    strongest: int,
    groups: tuple[Integers, int],
    letters: tuple[Floats, Floats],
    reach: Reach,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what `Leanings` holds.

    votes: an activity and the vote on it, by turns. groups: of each activity, and how many. letters: letter by
    activity, 1 where it has it, and how many it has.
    """
    (group_reach, group_half), (kind_reach, kind_half) = reach
    (group, count), (with_letter, letter_count) = groups, letters
    own, voted = np.zeros(len(group)), np.zeros(len(group))
    own[votes[::2]] = votes[1::2] / strongest
    voted[[*votes[::2], -1]] = 1  # nobody does something new in an empty slot
    sums = np.bincount(group, own, count)
    by_group = _saturated(sums.take(group) - own, group_half)
    open_share = 1 - np.abs(own)
    pulls = _saturated((with_letter @ own)[:, None] - own, kind_half) * with_letter
    kind = kind_reach * (open_share * (1 - np.abs(by_group))) * (pulls.sum(axis=0) / letter_count)
    table = np.array((voted, own, group_reach * open_share * by_group, kind))
    return table, np.bincount(group, voted, count).take(group) == 0


def circumstances(
    travel: Floats,
    tables: tuple[Array, ...],
    limits: tuple[float, ...],
    reach: tuple[float, float],
    shares: tuple[float, float, float],
    bits: tuple[np.uint16, ...],
) -> tuple[Floats, Array]:
    """Return numbers and gates that fell, of each table one after the other.

    The numbers are the terms of spots, weeks and sets of days, the days in common, and minutes in common by clock;
    gates fell by spot, week, set of days and clock. tables, limits: in the order of `Tables` and `Limits`. reach:
    minutes that are far, and as many less the base.
    """
    least, most, weekdays, has_weekdays, min_days, start, end, day = tables
    farthest, weekly, daily, earliest, latest, own_days, wanted_minutes, wanted_days = limits
    known = has_weekdays & (not np.isnan(wanted_days))
    common_days = np.where(known, np.bitwise_count(weekdays & own_days), np.nan)
    common_minutes = np.maximum(np.minimum(end, latest) - np.maximum(start, earliest), 0)
    is_far, is_more, is_few, is_long, is_other = bits
    far, span = reach
    terms = (
        _term(shares[0], (far - travel) / span),
        _term(shares[1], most / wanted_minutes),
        _term(shares[2], common_days / wanted_days),
    )
    fell = (
        (travel > farthest) * is_far,
        (least > weekly) * is_more,
        (common_days < min_days) * is_few,
        (day > daily) * is_long | (common_minutes < np.fmax(day, 1)) * is_other,
    )
    return np.concatenate((*terms, common_days, common_minutes)), np.concatenate(fell)


def wishes(leanings: Floats, gains: tuple[float, ...], words: float, sets: Array) -> tuple[Floats, Floats]:
    """Return what each set of activities is worth with gains, and what a full match of words would add to that.

    leanings: the table of `Leanings`. sets: slot by set. words: where votes leave all open.
    """
    _, own, group, kind = leanings
    by_own, by_group, by_kind = gains
    count = np.maximum((sets < len(own) - 1).sum(axis=0), 1)
    leaning = _sum_of_slots(own + group + kind, sets) / count
    worth = _sum_of_slots(0.5 * (by_own * own + by_group * group + by_kind * kind), sets) / count
    return worth, words * (1 - np.abs(leaning))


def worth_of_codes(chosen: Integers, terms: Array, weights: Array, per_code: int) -> Array:
    """See `layout.worth_of_codes`; three positions make a code."""
    values = terms.shape[1]
    groups = -(-len(chosen) // per_code)
    worth = np.zeros((groups * per_code, values), dtype=terms.dtype)
    worth[: len(chosen)] = terms[chosen] * weights[:, None]
    first, second, third = worth.reshape(groups, per_code, values).transpose(1, 0, 2)
    low = second[:, :, None] + first[:, None, :]
    return np.asarray((third[:, :, None, None] + low[:, None]).reshape(groups, values**per_code))


def leading(
    near: tuple[Array, NDArray[np.bool_]],
    want: tuple[int, float, int],
    gates: Gates,
    most_fit: float,  # noqa: ARG001 - where rows are looked at one by one, it tells which cannot lead
    *terms: Any,
) -> tuple[Integers, Floats, Floats, Integers]:
    """Return the open rows that can be among the best once words are compared, their scores and rooms as `scores`.

    These are the rows whose score with a full match of words is no further than so much below the n-th best without.
    Last comes at how many rows each gate was the first that fell. near: the first row of each spot and the number
    of rows, and which spots are looked at. want: n, how much, and the number of gates, 0 where they need not be
    counted. terms: as in `scores`. Rows ascend where n is all of them.
    """
    (starts, is_near), (count, slack, gate_count) = near, want
    rows, _ = ranges(starts.astype(np.int64), np.flatnonzero(is_near))
    found = fallen(rows, *gates)
    rows = rows.take(np.flatnonzero(found == 0))
    score, room = scores(rows, *terms)
    by_gate = _by_first_bit(found, gate_count) if gate_count else np.zeros(0, dtype=np.int64)
    if count >= len(rows):
        return rows, score, room, by_gate
    is_left = score + room >= np.partition(score, len(rows) - count)[len(rows) - count] - slack
    return rows[is_left], score[is_left], room[is_left], by_gate


def _by_first_bit(codes: NDArray[np.uint16], bits: int) -> Integers:
    """Return how many codes have each bit as their first."""
    fallen = codes[codes > 0]
    return np.bincount(np.bitwise_count(fallen ^ (fallen - 1)) - 1, minlength=bits)


def fallen(
    rows: Integers,
    state: Array,
    columns: tuple[Array, ...],
    fell: tuple[Array, ...],
    unmet: Unmet,
    declined: Declined,
) -> NDArray[np.uint16]:
    """Return which gates fell at each row: by its state, by what fell at its rows of the tables, by needs, by a no.

    unmet: flags by row, those that are needed, and the gate's bit. declined: rows, ascending, and the gate's bit.
    """
    found = state.take(rows).astype(np.uint16)
    for column, by_table in zip(columns, fell, strict=True):
        if by_table.any():
            found |= by_table.take(column.take(rows))
    by_row, needs, lacking = unmet
    if needs:
        found |= (by_row.take(rows) & needs != 0) * lacking
    refused, no = declined
    if len(refused):
        found |= (refused.take(np.searchsorted(refused, rows), mode="clip") == rows) * no
    return found


def scores(
    rows: Integers,
    base: float,
    wish: Wish,
    fit: tuple[Floats, Array, Floats],
    preferences: tuple[NDArray[np.int16], Array, Floats],
    practical: tuple[Floats, Array, Floats, Array, Floats, Array],
    gains: tuple[float, float, float],
) -> tuple[Floats, Floats]:
    """Return the score of each row but for words, and what a full match of words would add.

    wish: set of activities by row, worth by set, room for words by set. fit: worth by code, codes by row, weight of
    the demands by row. preferences: pull by code, codes by row, worth by pull. practical: term by row of a table
    and the row of the table by row, three times; gains: of each.
    """
    (set_of, worth, room), (travel, spot, *others) = wish, practical
    chosen = set_of.take(rows)
    score = (base + gains[0] * travel).take(spot.take(rows)) + worth.take(chosen)
    for by_table, column, gain in zip(others[::2], others[1::2], gains[1:], strict=True):
        score += (gain * by_table).take(column.take(rows))
    score += _fit(*fit, rows)
    score += _preferences(*preferences, rows)
    return score, room.take(chosen)


def find_rows(ids: Integers, by_id: Array, wanted: Integers) -> tuple[Integers, Integers]:
    """Return the rows of those wanted ids that are here, and the positions of these among the wanted."""
    if not len(ids):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(ids, wanted, sorter=by_id), len(ids) - 1)
    rows = by_id[at].astype(np.int64)
    here = np.flatnonzero(ids[rows] == wanted)
    return rows[here], here


def match(
    scores: Floats, norm: float, fields: tuple[Field, ...], rows: Integers, bounds: tuple[float, float]
) -> Floats:
    """Return 0..1 by row: the mean cosine of the fields that are filled, from the first of the bounds to the second.

    fields: the words' numbers, where each row's begin, the lengths as vectors, and the weight, of each field.
    """
    total, filled = np.zeros(len(rows)), np.zeros(len(rows))
    for words, starts, norms, weight in fields:
        own = norms.take(rows)
        read, lengths = ranges(starts, rows)
        overlap = summed(scores.take(words.take(read)), lengths)
        cosine = np.divide(overlap, own * norm, out=np.zeros(len(rows)), where=own > 0)
        total += weight * cosine
        filled += weight * (own > 0)
    least, most = bounds
    mean = np.divide(total, filled, out=np.zeros(len(rows)), where=filled > 0)
    return np.minimum(np.maximum((mean - least) / (most - least), 0.0), 1.0)


def word_scores(
    codes: Array, values: Floats, grams: Array, starts: Integers, words: Array, count: int
) -> Floats:
    """Return of each of `count` words the sum of the values of those codes, ascending, that it has as n-grams."""
    at = np.minimum(np.searchsorted(grams, codes), max(len(grams) - 1, 0))
    found = np.flatnonzero(grams[at] == codes) if len(grams) else at[:0]
    read, lengths = ranges(starts, at[found])
    scores = np.bincount(words.take(read), np.repeat(values[found], lengths), minlength=count)
    return np.asarray(scores, dtype=np.float64)


def listed(
    found: tuple[Integers, Floats, Floats],
    said: Said,
    texts: Texts,
    ties: Ties,
    news: News,
    want: tuple[int, int, float],
) -> tuple[Integers, Floats, Floats, int]:
    """Return at most so many rows in order, their scores, how clear the words are in each, and where the new one is.

    The new one stands at a fixed place, or last in a shorter list, -1 when no row is there; the others keep their
    order. found: rows, scores and rooms, as of `leading`; the scores are changed. said: as of a query. texts: as
    `word_scores` and `match` read them. ties: ids and readiness by row. news: trials by row and how many are few,
    slots by row, whether the group of an activity is new, and how often a row was shown, or nothing. want: the
    limit, the place of the new one, and how far below the best of the rest it may score.
    """
    ranking, (limit, place, margin) = _Ranking(found, said, texts, ties), want
    count = min(limit, len(ranking.rows))
    at, kept = min(count, place) - 1, np.zeros(0, dtype=np.int64)
    if at >= 0:
        best = ranking.best(min(count + 1, len(ranking.rows)))
        new = ranking.something_new(news, best[:at], ranking.score[best[at]] - margin)
        others = best[best != new]
        kept = np.concatenate([others[:at], [new], others[at:]])[:count]
    return ranking.rows[kept], ranking.score[kept], ranking.clear[kept], at


def in_order(scores: Floats, rows: Integers, ties: Ties) -> Integers:
    """Return the order of rows by score, then readiness, then id."""
    ids, readiness = ties
    return np.lexsort((ids[rows], -readiness[rows], -np.round(scores, DECIMALS)))


class _Ranking:
    """Rows with their scores, the words compared only where they can still decide; positions are those in `rows`."""

    def __init__(self, found: tuple[Integers, Floats, Floats], said: Said, texts: Texts, ties: Ties) -> None:
        self.rows, self.score, self._room = found
        self._said, self._texts, self._ties = said, texts, ties
        self._most = self.score + self._room
        self.clear, self._is_compared = np.zeros(len(self.rows)), np.full(len(self.rows), said[2] == 0)

    @cached_property
    def _scored(self) -> Floats:
        codes, values, _ = self._said
        return word_scores(codes, values, *self._texts[0])

    def _compare(self, positions: Integers) -> None:
        left = positions[~self._is_compared[positions]]
        if len(left):
            _, fields, bounds = self._texts
            clear = match(self._scored, self._said[2], fields, self.rows[left], bounds)
            self.clear[left] = clear
            self.score[left] += self._room[left] * clear
            self._is_compared[left] = True

    def _ordered(self, positions: Integers) -> Integers:
        self._compare(positions)
        return positions[in_order(self.score[positions], self.rows[positions], self._ties)]

    def best(self, count: int) -> Integers:
        """Return the `count` best positions in order."""
        if count >= len(self.rows):
            return self._ordered(np.arange(len(self.rows)))
        within = np.flatnonzero(self._most >= _nth_best(self.score, count) - TIE)
        self._compare(within)
        scores = self.score[within]
        return self._ordered(within[scores >= _nth_best(scores, count) - TIE])[:count]

    def something_new(self, news: News, above: Integers, least: float) -> int:
        """Choose among the well-scored rest: newest, then least shown, then least tried, then best."""
        is_left = self._most >= least
        is_left[above] = False
        left = np.flatnonzero(is_left)
        keys = _novelty(self.rows[left], news)
        while True:
            is_first = keys == keys.min()
            first = left[is_first]
            enough = max(least, self.score[first].max() - TIE)
            chosen = self._ordered(first[self._most[first] >= enough])[:1]
            if len(chosen) and self.score[chosen[0]] >= least:
                return int(chosen[0])
            left, keys = left[~is_first], keys[~is_first]


def grams(points: NDArray[np.uint32]) -> tuple[Integers, NDArray[np.uint64]]:
    """Return of every run of 3, then 4, then 5 letters within a word the word's number and the code of the run.

    points: the letters of all words, each with a space before and after it.
    """
    is_space = points == SPACE
    owner = np.cumsum(np.append(False, is_space[1:] & is_space[:-1])[: len(points)])
    parts = [_grams(points.astype(np.uint64), owner, size) for size in SIZES]
    owners, codes = (np.concatenate(part) for part in zip(*parts, strict=True))
    return owners, codes


def counted(points: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], Integers]:
    """Return the different codes of what `grams` finds, ascending, and how many there are of each."""
    different, counts = np.unique(grams(points)[1], return_counts=True)
    return different, counts


def looked_up(
    known: NDArray[np.uint64], values: Integers, codes: NDArray[np.uint64], otherwise: int
) -> Integers:
    """Return the value of each code, if it is known; known codes ascend."""
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return np.where(known[at] == codes, values[at], otherwise)


def ranges(starts: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """Return every position of the given rows one after the other, and how many each row has."""
    first = starts[rows]
    lengths = starts[rows + 1] - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum())), lengths


def summed(values: Floats, lengths: Integers) -> Floats:
    """Return the sum of each row's values; whole numbers, so the order of adding cannot show."""
    found, is_filled = np.zeros(len(lengths)), lengths > 0
    if is_filled.any():
        starts = np.concatenate([[0], np.cumsum(lengths[is_filled])[:-1]])
        found[is_filled] = np.add.reduceat(values, starts)
    return found


def _nth_best(scores: Floats, count: int) -> float:
    return float(np.partition(scores, len(scores) - count)[len(scores) - count])


def _novelty(rows: Integers, news: News) -> Integers:
    """Return one number for each, the lowest for the newest, then least shown, then least tried."""
    (trials, few), slots, is_new, times = news
    tried, has_new_group = trials[rows].astype(np.int64), np.zeros(len(rows), dtype=np.bool_)
    for slot in slots:
        has_new_group |= is_new[slot[rows]]
    shown = times[rows] if len(times) else np.zeros(len(rows), dtype=np.int64)
    return np.asarray(((3 - 2 * has_new_group - (tried <= few)) << 40) + (shown << 20) + tried)


def _saturated(total: Floats, half: float) -> Floats:
    return np.asarray(total / (half + np.abs(total)))


def _term(share: float, value: Floats) -> Floats:
    within = np.minimum(np.maximum(value, 0.0), 1.0)
    return np.where(np.isnan(within), 0.0, share * (within - NEUTRAL))


def _sum_of_slots(worth: Floats, sets: Array) -> Floats:
    total = np.zeros(sets.shape[1])
    for slot in sets:
        total += worth.take(slot)
    return total


def _fit(worth: Floats, codes: Array, weight: Floats, rows: Integers) -> Floats:
    total = np.zeros(len(rows))
    for by_code, code in zip(worth, codes, strict=True):
        total += by_code.take(code.take(rows))
    weight = weight.take(rows)
    return np.asarray(total / np.where(weight > 0, weight, 1.0))


def _preferences(pulls: NDArray[np.int16], codes: Array, worth: Floats, rows: Integers) -> Floats:
    """Pulls are counted from the lowest."""
    pull = np.full(len(rows), len(worth) // 2, dtype=np.int16)
    for by_code, code in zip(pulls, codes, strict=True):
        pull += by_code.take(code.take(rows))
    return worth.take(pull)


def _grams(points: NDArray[np.uint64], owner: Integers, size: int) -> tuple[Integers, NDArray[np.uint64]]:
    count = max(len(points) - size + 1, 0)
    code = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        code = (code ^ points[offset : offset + count]) * BASE
        code ^= code >> SHIFT
    is_inside = owner[:count] == owner[size - 1 : size - 1 + count]
    return owner[:count][is_inside], (code * MIX)[is_inside]
