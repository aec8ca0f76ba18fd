"""What each code and table row is worth to one person, so that a place's score is a few look-ups and sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.arithmetic import (
    FULL_AGREEMENT,
    Rules,
    fit_term,
    large_gap_term,
    preferences_term,
)
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.columns import Columns
from aktema.matching.engine.layout import (
    BITS,
    LEVEL_SHIFT,
    POLE_SHIFT,
    Floats,
    Layout,
    worth_of_codes,
)
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.engine.types import LAST_LEVEL, STRONGEST_VOTE, Person
from aktema.matching.engine.wish import WORDS_REACH, Leanings

Rows = NDArray[np.int64] | slice
EVERY_ROW = slice(None)
# The pole each value of a code stands for, 0 where unknown.
POLES = np.array([0, *range(1 - POLE_SHIFT, STRONGEST_VOTE + 1), 0, 0], dtype=np.int16)


@dataclass(frozen=True, slots=True)
class Worth:
    """Every array is read by a column's numbers; `gains` is what a unit of each feature adds to a score."""

    leaning: Floats  # by activity, -1..+1, as the rules see it
    wish: (
        Floats | float
    )  # by activity, with gains; or how much of the leaning, where all its terms gain alike
    demands: Floats  # code group by code
    pulls: NDArray[np.int16]  # code group by code: agreement of poles, four to a full one
    preferences: Floats  # by pull, counted from the lowest
    travel: Floats
    hours: Floats
    days: Floats
    words: float  # of a full match where the votes leave everything open

    @classmethod
    def of(
        cls, person: Person, leanings: Leanings, facts: Circumstances, rules: Rules, gains: Sequence[float]
    ) -> Self:
        gain = dict(zip(FEATURES, gains, strict=True))
        layout = rules.layout
        return cls(
            leaning=leanings.value,
            wish=_wish(leanings, gain["own"], gain["group"], gain["kind"]),
            demands=worth_of_codes(_demands(person, layout, gain["fit"], gain["large_gap"])),
            pulls=worth_of_codes(_pulls(person, layout)),
            preferences=gain["preferences"] * _preferences(len(layout.preferences)),
            travel=gain["travel"] * facts.travel_term,
            hours=gain["hours"] * facts.hours_term,
            days=gain["days"] * facts.days_term,
            words=0.5 * WORDS_REACH * gain["words"],
        )

    def scores(self, columns: Columns, rows: Rows, base: float) -> tuple[Floats, Floats]:
        """Return the score of each row but for the words in the wish, and what a full match of words would add.

        Each row's sum is made alone and in one order: it is the same among whatever other rows.
        """
        leaning = _mean(self.leaning, columns, rows)
        wish = self.wish * leaning if isinstance(self.wish, float) else _mean(self.wish, columns, rows)
        score = base + wish
        score += _fit(self.demands, columns, rows)
        score += self.preferences.take(self._pull(columns, rows))
        score += self.travel.take(of_rows(columns.spot, rows))
        score += self.hours.take(of_rows(columns.week, rows))
        score += self.days.take(of_rows(columns.days, rows))
        return score, self.words * (1 - np.abs(leaning))

    def _pull(self, columns: Columns, rows: Rows) -> NDArray[np.int16]:
        pull = np.full(_length(columns, rows), len(self.preferences) // 2, dtype=np.int16)
        for worth, code in zip(self.pulls, columns.preferences, strict=True):
            pull += worth.take(of_rows(code, rows))
        return pull


def _wish(leanings: Leanings, own: float, group: float, kind: float) -> Floats | float:
    if own == group == kind:
        return 0.5 * own
    return 0.5 * (own * leanings.own + group * leanings.group + kind * leanings.kind)


def _mean(worth: Floats, columns: Columns, rows: Rows) -> Floats:
    """Return the mean over the activities of each place, 0 without activities."""
    total = np.zeros(_length(columns, rows))
    for slot in columns.activities:
        total += worth.take(of_rows(slot, rows))
    return np.asarray(total / np.maximum(of_rows(columns.activity_count, rows), 1))


def _fit(worth: Floats, columns: Columns, rows: Rows) -> Floats:
    total = np.zeros(_length(columns, rows))
    for codes, code in zip(worth, columns.demands, strict=True):
        total += codes.take(of_rows(code, rows))
    weight = of_rows(columns.demand_weight, rows)
    return np.asarray(total / np.where(weight > 0, weight, 1.0))


def _demands(person: Person, layout: Layout, fit: float, large_gap: float) -> Floats:
    terms = fit * FIT_TERMS + large_gap * LARGE_GAP_TERMS
    levels = [person.capacities[key].level if key in person.capacities else -1 for key in layout.dimensions]
    return terms[np.array(levels, dtype=np.int64)] * layout.dimension_weights[:, None]


def _pulls(person: Person, layout: Layout) -> NDArray[Any]:
    poles = [person.preferences.get(key, 0) for key in layout.preferences]
    return np.array(poles, dtype=np.int16)[:, None] * POLES


def _by_level(term: Callable[[int, int], float]) -> Floats:
    """Return the term of each capacity (the last row is the unknown one) at each value of a code."""
    found = np.zeros((LAST_LEVEL + 2, 1 << BITS))
    for level in range(LAST_LEVEL + 1):
        for demand in range(1, LAST_LEVEL + 1):
            found[level, demand + LEVEL_SHIFT] = term(level, demand)
    return found


@cache
def _preferences(count: int) -> Floats:
    """Return the term of every possible pull of so many poles, from the most opposed to the most agreed."""
    most = FULL_AGREEMENT * count
    return preferences_term(np.arange(-most, most + 1) / FULL_AGREEMENT)


def of_rows(column: NDArray[Any], rows: Rows) -> NDArray[Any]:
    return column if isinstance(rows, slice) else column.take(rows)


def _length(columns: Columns, rows: Rows) -> int:
    return len(columns) if isinstance(rows, slice) else len(rows)


FIT_TERMS, LARGE_GAP_TERMS = _by_level(fit_term), _by_level(large_gap_term)
