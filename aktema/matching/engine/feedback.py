"""Verdicts and outcomes made ready for learning: rows in the order of their lists, and what each row weighs.

All answers of one source together weigh no more than those of twice the middle source, or `FEW` answers where
that is more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.rankers import FEATURES, PART_OF, Floats, named_columns
from aktema.matching.engine.types import Weights

Integers = NDArray[np.int64]
# A place that was looked at more seldom counts as looked at this often, so that no row weighs too much.
LEAST_PROPENSITY = 0.1
# A lot of 32 bits has so many digits to draw folds by, up to eight folds.
DIGITS = 10
# So many answers of one source always count.
FEW = 10


def propensity_at(rank: int) -> float:
    """Return how often a place at the rank is taken to be looked at, the first always: what lists are stored with.

    How much less the lower ones really are is learned with the rest: only the order of these numbers is a guess.
    """
    return float(rank**-0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Rows by list. x: features times the weights of their parts. group: 0, 1, ... by list, lot: drawn by its name.

    source: 0, 1, ... by who decided, -1 where not told. seen: how likely it was that the row was looked at.
    weight: what a row's answer weighs.
    """

    x: Floats
    y: Floats
    group: Integers
    lot: Integers
    source: Integers
    seen: Floats
    weight: Floats

    @classmethod
    def of(
        cls,
        x: Floats,
        y: Floats,
        weights: Weights,
        *,
        lists: NDArray[Any] | None = None,
        propensity: Floats | None = None,
        source: NDArray[Any] | None = None,
        names: Sequence[str] = FEATURES,
    ) -> Self:
        """Return every row; raises ValueError where the arrays differ in length or a number is not finite."""
        count = len(x)
        named = np.arange(count) if lists is None else np.asarray(lists)
        group = _codes(named)
        by_source = np.full(count, -1) if source is None else _codes(source)
        seen = np.ones(count) if propensity is None else np.asarray(propensity, np.float64)
        columns = named_columns(np.asarray(x, np.float64), names)
        answers = np.asarray(y, np.float64)
        _check(columns, answers, group, by_source, seen)
        order = np.argsort(group, kind="stable")
        scaled = columns * np.array(weights.as_tuple())[list(PART_OF)]
        clipped = np.clip(seen, LEAST_PROPENSITY, 1)
        return cls(
            x=scaled[order],
            y=answers[order],
            group=group[order],
            lot=_lots(named)[order],
            source=by_source[order],
            seen=clipped[order],
            weight=np.ones(count),
        )

    @property
    def lists(self) -> int:
        return len(np.unique(self.group))

    @property
    def sources(self) -> int:
        """Return how many gave answers, 0 where not told."""
        return len(np.unique(self.source[self.source >= 0]))

    @property
    def starts(self) -> Integers:
        """Return the first row of each list."""
        return np.flatnonzero(np.diff(self.group, prepend=-1))

    def with_choice(self) -> Self:
        """Return the lists of two places or more in which one was accepted."""
        accepted, shown = np.bincount(self.group, weights=self.y), np.bincount(self.group)
        return self.take((accepted > 0) & (shown > 1))

    def take(self, lists: NDArray[np.bool_]) -> Self:
        """Return the lists that are True."""
        return self.take_rows(lists[self.group])

    def take_rows(self, rows: NDArray[np.bool_]) -> Self:
        """Return the rows that are True, their lists numbered anew."""
        columns = {column.name: getattr(self, column.name)[rows] for column in fields(self)}
        return type(self)(**{**columns, "group": _codes(columns["group"])})

    def weighted(self, weight: Floats) -> Self:
        return replace(self, weight=weight)

    def fold(self, folds: int, seed: int) -> Integers:
        """Return which fold each list is in: by its own name alone, so that it stays there whoever else answers."""
        digit = folds ** (seed % DIGITS)
        return np.asarray(self.lot[self.starts] // digit % folds)

    def varied(self) -> Integers:
        """Return by feature in how many lists it was known and not the same for all; of one row, known."""
        if not self.lists:
            return np.zeros(len(FEATURES), np.int64)
        highest, lowest = (edge.reduceat(self.x, self.starts) for edge in (np.maximum, np.minimum))
        alone = np.bincount(self.group)[:, None] == 1
        return np.asarray(np.count_nonzero((highest > lowest) | (alone & (highest != 0)), axis=0))


def capped(feedback: Feedback, share: Floats) -> Feedback:
    """Return the feedback with a mean weight of 1, and then each source within its cap.

    share: what part of one answer each row is.
    """
    even = feedback.weighted(feedback.weight * share.sum() / (feedback.weight @ share))
    if not feedback.sources:
        return even
    given = np.bincount(feedback.source, weights=even.weight * share)
    most = max(FEW, 2 * float(np.median(given[given > 0])))
    kept = np.minimum(1.0, most / np.maximum(given, most))
    return even.weighted(even.weight * kept[feedback.source])


def _codes(keys: NDArray[Any]) -> Integers:
    return np.unique(np.asarray(keys), return_inverse=True)[1].astype(np.int64)


def _lots(keys: NDArray[Any]) -> Integers:
    return np.array([crc32(str(key).encode()) for key in keys.tolist()], dtype=np.int64)


def _check(x: Floats, *columns: NDArray[Any]) -> None:
    if any(len(column) != len(x) for column in columns):
        raise ValueError("Features, answers, lists, propensities and sources must be equally many")
    if not all(np.isfinite(one).all() for one in (x, *columns)):
        raise ValueError("Features, answers and propensities must be numbers")
