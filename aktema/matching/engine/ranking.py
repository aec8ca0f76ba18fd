"""Rows in order: the best first, ties by employer readiness and id, and one "something new".

The words of a wish are compared last, and only where they can still decide: a place whose score with a full
match of words would not reach the others is not compared. The answer is the same as if all were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from aktema.matching.engine.circumstances import Spots, Tables
from aktema.matching.engine.columns import Columns
from aktema.matching.engine.layout import Bools, Floats, Integers
from aktema.matching.engine.loops import loops
from aktema.matching.engine.plain import Gates
from aktema.matching.engine.sides import Stated
from aktema.matching.engine.types import Person, Settings
from aktema.matching.engine.words import Query, TextIndex
from aktema.matching.engine.worth import Worth

# Scores are compared to so many decimals, so that equal sums written in another order still are a tie.
DECIMALS = 9
TIE = 2 * 10.0**-DECIMALS


@dataclass(frozen=True)
class Stock:
    """All places at one moment: replaced whole, so that no one reads half a change."""

    columns: Columns
    texts: TextIndex

    @cached_property
    def tables(self) -> Tables:
        return Tables.of(self.columns)

    @cached_property
    def spots(self) -> Spots:
        return Spots.of(self.columns)

    @cached_property
    def stated(self) -> Stated:
        return Stated.of(self.tables, self.spots)


class Ranking:
    """Rows with their scores; positions are those in `rows`."""

    def __init__(
        self, stock: Stock, rows: Integers, score: Floats, room: Floats, query: Query | None
    ) -> None:
        self.rows = rows
        self._columns, self._texts, self._query = stock.columns, stock.texts, query
        self._score, self._room = score, room
        self._most = score + room
        self._is_compared = np.full(len(rows), query is None)
        # How clearly the wish is in each text, 0..1, where its score has been asked.
        self.match = np.zeros(len(rows))

    @classmethod
    def of(cls, stock: Stock, rows: Integers, worth: Worth, base: float, query: Query | None) -> Self:
        """Rank these rows."""
        score, room = loops().scores(rows, *worth.terms(stock.columns, base))
        return cls(stock, rows, score, room, query if worth.has_words else None)

    @classmethod
    def leading(
        cls,
        stock: Stock,
        near: Bools,
        want: tuple[int, float, int],
        gates: Gates,
        worth: Worth,
        base: float,
        query: Query | None,
    ) -> tuple[Self, Integers]:
        """Rank the open rows that can be among the best, and count the combinations of gates; see `plain.leading`."""
        spots, terms = (stock.columns.spot_starts, near), worth.terms(stock.columns, base)
        rows, score, room, by_code = loops().leading(spots, want, gates, worth.most_fit, *terms)
        return cls(stock, rows, score, room, query if worth.has_words else None), by_code

    def scores(self, positions: Integers) -> Floats:
        """Return the scores of the positions, the words compared where they are not yet."""
        left = positions[~self._is_compared[positions]]
        if len(left) and self._query is not None:
            match = self._texts.match(self._query, self.rows[left])
            self.match[left] = match
            self._score[left] += self._room[left] * match
            self._is_compared[left] = True
        return np.asarray(self._score[positions])

    def score(self, position: int) -> float:
        return float(self.scores(np.array([position]))[0])

    def ordered(self, positions: Integers) -> Integers:
        """Return the positions by score, then employer readiness, then id."""
        scores = self.scores(positions)
        if len(positions) < 2:
            return positions
        score, rows = np.round(scores, DECIMALS), self.rows[positions]
        return positions[np.lexsort((self._columns.ids[rows], -self._columns.readiness[rows], -score))]

    def best(self, count: int) -> Integers:
        """Return the `count` best positions in order."""
        if count >= len(self.rows):
            return self.ordered(np.arange(len(self.rows)))
        if not count:
            return np.zeros(0, dtype=np.int64)
        within = np.flatnonzero(self._most >= _nth_best(self._score, count) - TIE)
        scores = self.scores(within)
        return self.ordered(within[scores >= _nth_best(scores, count) - TIE])[:count]

    def rank_of(self, position: int) -> int:
        """Return the place in the order, from 1."""
        own = self.score(position)
        rivals = np.flatnonzero(self._most >= own - TIE)
        return int(np.flatnonzero(self.ordered(rivals) == position)[0]) + 1

    def with_something_new(
        self, person: Person, is_new: Bools, settings: Settings, limit: int
    ) -> tuple[Integers, int | None]:
        """Return at most `limit` positions in order and where the new one stands, None when none is open.

        The new one stands at a fixed place, or last in a shorter list; the others keep their order.
        """
        count = min(limit, len(self.rows))
        at = min(count, settings.exploratory_position) - 1
        if at < 0:
            return np.zeros(0, dtype=np.int64), None
        best = self.best(min(count + 1, len(self.rows)))
        new = self._something_new(person, is_new, settings, best[:at], best[at])
        others = best[best != new]
        return np.concatenate([others[:at], [new], others[at:]])[:count], at

    def _something_new(
        self, person: Person, is_new: Bools, settings: Settings, above: Integers, best: int
    ) -> int:
        """Choose among the well-scored rest: newest, then least shown, then least tried, then best."""
        least = self.score(best) - settings.exploratory_margin
        is_left = self._most >= least
        is_left[above] = False
        left = np.flatnonzero(is_left)
        keys = self._novelty(person, is_new, settings, left)
        while True:
            is_first = keys == keys.min()
            chosen = self._best_of(left[is_first], least)
            if chosen is not None:
                return chosen
            left, keys = left[~is_first], keys[~is_first]

    def _novelty(self, person: Person, is_new: Bools, settings: Settings, positions: Integers) -> Integers:
        """Return one number for each, the lowest for the newest, then least shown, then least tried."""
        rows = self.rows[positions]
        trials = self._columns.trials[rows].astype(np.int64)
        has_new_group = np.zeros(len(rows), dtype=np.bool_)
        for slot in self._columns.activities:
            has_new_group |= is_new[slot[rows]]
        novelty = 2 * has_new_group + (trials <= settings.few_trials)
        shown = _shown(person.seen, self._columns, rows)
        return np.asarray(((3 - novelty) << 40) + (shown << 20) + trials)

    def _best_of(self, positions: Integers, least: float) -> int | None:
        """Return the best of the positions if it scores as much as that."""
        within = positions[self._most[positions] >= max(least, self._score[positions].max() - TIE)]
        first = self.ordered(within)[:1]
        is_good = len(first) and self.scores(first)[0] >= least
        return int(first[0]) if is_good else None


def _nth_best(scores: Floats, count: int) -> float:
    return float(np.partition(scores, len(scores) - count)[len(scores) - count])


def _shown(seen: Mapping[int, int], columns: Columns, rows: Integers) -> Integers:
    shown = np.zeros(len(rows), dtype=np.int64)
    if seen:
        ids = np.array(sorted(seen), dtype=np.int64)
        known, at = columns.find_rows(ids)
        times = np.zeros(len(columns), dtype=np.int64)
        times[known] = [seen[key] for key in ids[at].tolist()]
        shown = times[rows]
    return shown
