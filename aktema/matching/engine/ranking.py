"""Rows in order: the best first, ties by employer readiness and id, and one "something new".

The words of a wish are compared last, and only where they can still decide: a place whose score with a full
match of words would not reach the others is not compared. The answer is the same as if all were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from aktema.matching.engine.circumstances import Spots, Tables
from aktema.matching.engine.columns import Columns
from aktema.matching.engine.layout import Bools, Floats, Integers
from aktema.matching.engine.loops import loops
from aktema.matching.engine.plain import TIE, Gates, in_order
from aktema.matching.engine.sides import Stated
from aktema.matching.engine.types import Person, Settings
from aktema.matching.engine.words import NOTHING, Query, TextIndex
from aktema.matching.engine.worth import Worth


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


class Listed(NamedTuple):
    """Rows in order, their scores, how clearly the wish is in their texts, and where the new one stands, or -1."""

    rows: Integers
    scores: Floats
    words: Floats
    new: int


class Ranking:
    """Rows with their scores; positions are those in `rows`."""

    def __init__(
        self, stock: Stock, rows: Integers, score: Floats, room: Floats, query: Query | None
    ) -> None:
        self.rows = rows
        self._columns, self._texts, self._query = stock.columns, stock.texts, query
        self._score, self._room = score, room
        self._most = score + room
        self._is_compared = np.zeros(len(rows), dtype=np.bool_)
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
        """Rank the open rows that can be among the best, and count the first gates that fell; see `plain.leading`."""
        spots, terms = (stock.columns.spot_starts, near), worth.terms(stock.columns, base)
        rows, score, room, by_gate = loops().leading(spots, want, gates, worth.most_fit, *terms)
        return cls(stock, rows, score, room, query if worth.has_words else None), by_gate

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
        return positions[in_order(scores, self.rows[positions], self._columns.ties)]

    def rank_of(self, position: int) -> int:
        """Return the place in the order, from 1."""
        own = self.score(position)
        rivals = np.flatnonzero(self._most >= own - TIE)
        return int(np.flatnonzero(self.ordered(rivals) == position)[0]) + 1

    def with_something_new(self, person: Person, is_new: Bools, settings: Settings, limit: int) -> Listed:
        """Return at most `limit` rows in order, one of them something new; see `plain.listed`. Asked first of all."""
        columns = self._columns
        trials = columns.trials, settings.few_trials
        news = trials, columns.activities, is_new, _shown(person.seen, columns)
        want = limit, settings.exploratory_position, float(settings.exploratory_margin)
        found = self.rows, self._score, self._room
        said = (self._query or NOTHING).said
        return Listed(*loops().listed(found, said, self._texts.lists, columns.ties, news, want))


def _shown(seen: Mapping[int, int], columns: Columns) -> Integers:
    """Return how often each row was shown, or nothing where none was."""
    if not seen:
        return np.zeros(0, dtype=np.int64)
    ids = np.array(sorted(seen), dtype=np.int64)
    known, at = columns.find_rows(ids)
    times = np.zeros(len(columns), dtype=np.int64)
    times[known] = [seen[key] for key in ids[at].tolist()]
    return times
