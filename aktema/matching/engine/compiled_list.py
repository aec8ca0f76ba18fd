"""The choice of a list from the rows that lead, compiled: see `compiled`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.compiled_words import compiled, match, word_scores
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import SCALE, TIE, News, Said, Texts, Ties

Array = NDArray[Any]
Ranked = tuple[Integers, Floats, Floats, Floats, Floats, NDArray[np.bool_]]
"""Rows, their scores, what these can become, their rooms for words, how clear the words are, whether it is known."""


@compiled
def listed(
    found: tuple[Integers, Floats, Floats],
    said: Said,
    texts: Texts,
    ties: Ties,
    news: News,
    want: tuple[int, int, float],
) -> tuple[Integers, Floats, Floats, int]:
    rows, score, room = found
    limit, place, margin = want
    count = min(limit, len(rows))
    at, kept = min(count, place) - 1, np.empty(count, dtype=np.int64)
    ranked = rows, score, score + room, room, np.zeros(len(rows)), np.full(len(rows), said[2] == 0)
    if at >= 0:
        spoken = _spoken(said, texts)
        best = _best(ranked, spoken, ties, min(count + 1, len(rows)))
        new = _something_new(ranked, spoken, ties, news, best, at, margin)
        _put_together(best, new, at, kept)
    return rows[kept], score[kept], ranked[4][kept], at


@compiled
def _spoken(said: Said, texts: Texts) -> Any:
    """Return what `match` is told of words, each of which has its score now."""
    codes, values, norm = said
    (grams, starts, words, size), fields, bounds = texts
    scored = word_scores(codes, values, grams, starts, words, size) if norm > 0 else np.zeros(0)
    return scored, norm, fields, bounds


@compiled
def _put_together(best: Integers, new: int, at: int, kept: Integers) -> None:
    """Write down the best with the new one at its place; the others keep their order."""
    kept[at] = new
    place = 0
    for one in best:
        place += place == at
        if one != new and place < len(kept):
            kept[place] = one
            place += 1


@compiled
def _in_order(scores: Floats, rows: Integers, ties: Ties) -> Integers:
    ids, readiness = ties
    by_id = np.argsort(ids[rows], kind="mergesort")
    ready = by_id[np.argsort(-readiness[rows[by_id]], kind="mergesort")]
    return ready[np.argsort(-(np.rint(scores[ready] * SCALE) / SCALE), kind="mergesort")]


@compiled
def _compare(ranked: Ranked, spoken: Any, positions: Integers) -> None:
    """Add to the scores of the positions what the words are worth, where they are not compared yet."""
    rows, score, _, room, clear, is_compared = ranked
    scored, norm, fields, bounds = spoken
    left = positions[~is_compared[positions]]
    found = match(scored, norm, fields, rows[left], bounds)
    for number in range(len(left)):
        position = left[number]
        clear[position], is_compared[position] = found[number], True
        score[position] += room[position] * found[number]


@compiled
def _ordered(ranked: Ranked, spoken: Any, ties: Ties, positions: Integers) -> Integers:
    _compare(ranked, spoken, positions)
    return positions[_in_order(ranked[1][positions], ranked[0][positions], ties)]


@compiled
def _best(ranked: Ranked, spoken: Any, ties: Ties, count: int) -> Integers:
    rows, score, most = ranked[:3]
    if count >= len(rows):
        return _ordered(ranked, spoken, ties, np.arange(len(rows)))
    within = np.flatnonzero(most >= _nth_best(score, count) - TIE)
    _compare(ranked, spoken, within)
    scores = score[within]
    return _ordered(ranked, spoken, ties, within[scores >= _nth_best(scores, count) - TIE])[:count]


@compiled
def _nth_best(scores: Floats, count: int) -> float:
    return float(np.partition(scores, len(scores) - count)[len(scores) - count])


@compiled
def _something_new(
    ranked: Ranked, spoken: Any, ties: Ties, news: News, best: Integers, at: int, margin: float
) -> int:
    rows, score, most = ranked[:3]
    least = score[best[at]] - margin
    is_left = most >= least
    is_left[best[:at]] = False
    left = np.flatnonzero(is_left)
    keys = _novelty(rows[left], news)
    while True:
        is_first = keys == keys.min()
        first = left[is_first]
        enough = max(least, score[first].max() - TIE)
        chosen = _ordered(ranked, spoken, ties, first[most[first] >= enough])
        if len(chosen) and score[chosen[0]] >= least:
            return int(chosen[0])
        left, keys = left[~is_first], keys[~is_first]


@compiled
def _novelty(rows: Integers, news: News) -> Integers:
    (trials, few), slots, is_new, times = news
    keys = np.empty(len(rows), dtype=np.int64)
    for number in range(len(rows)):
        row, has_new_group = rows[number], False
        for slot in range(len(slots)):
            has_new_group |= is_new[slots[slot, row]]
        tried = np.int64(trials[row])
        shown = times[row] if len(times) else 0
        keys[number] = ((3 - 2 * has_new_group - (tried <= few)) << 40) + (shown << 20) + tried
    return keys
