"""What each code and table row is worth to one person, so that a place's score is a few look-ups and sums."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Worth:
    """Every array is read by a column's numbers; `gains` is what a unit of each feature adds to a score."""

    leaning: Floats  # by activity, -1..+1, as the rules see it
    wish: Floats  # by activity, with gains
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
            wish=0.5
            * (gain["own"] * leanings.own + gain["group"] * leanings.group + gain["kind"] * leanings.kind),
            demands=worth_of_codes(_demands(person, layout, gain["fit"], gain["large_gap"])),
            pulls=worth_of_codes(_pulls(person, layout)),
            preferences=gain["preferences"] * _preferences(layout),
            travel=gain["travel"] * facts.travel_term,
            hours=gain["hours"] * facts.hours_term,
            days=gain["days"] * facts.days_term,
            words=0.5 * WORDS_REACH * gain["words"],
        )

    def scores(self, columns: Columns, rows: Rows, base: float) -> Floats:
        """Return the score of each row but for the words in the wish.

        Each row's sum is made alone and in one order: it is the same among whatever other rows.
        """
        score = base + _mean(self.wish, columns, rows)
        score += _fit(self.demands, columns, rows)
        score += self.preferences[self._pull(columns, rows)]
        score += self.travel[columns.spot[rows]]
        score += self.hours[columns.week[rows]]
        score += self.days[columns.days[rows]]
        return score

    def room(self, columns: Columns, rows: Rows) -> Floats:
        """Return what a full match of words would add: a share of what the votes leave open."""
        return np.asarray(self.words * (1 - np.abs(_mean(self.leaning, columns, rows))))

    def _pull(self, columns: Columns, rows: Rows) -> NDArray[np.int16]:
        pull = np.full(_length(columns, rows), len(self.preferences) // 2, dtype=np.int16)
        for worth, code in zip(self.pulls, columns.preferences, strict=True):
            pull += worth[code[rows]]
        return pull


def _mean(worth: Floats, columns: Columns, rows: Rows) -> Floats:
    """Return the mean over the activities of each place, 0 without activities."""
    total = np.zeros(_length(columns, rows))
    for slot in columns.activities:
        total += worth[slot[rows]]
    return np.asarray(total / np.maximum(columns.activity_count[rows], 1))


def _fit(worth: Floats, columns: Columns, rows: Rows) -> Floats:
    total = np.zeros(_length(columns, rows))
    for codes, code in zip(worth, columns.demands, strict=True):
        total += codes[code[rows]]
    weight = columns.demand_weight[rows]
    return np.asarray(total / np.where(weight > 0, weight, 1.0))


def _demands(person: Person, layout: Layout, fit: float, large_gap: float) -> Floats:
    worth = np.zeros((len(layout.dimensions), 1 << BITS))
    for key, position in layout.dimensions.items():
        capacity = person.capacities.get(key)
        if capacity is not None:
            terms = [
                fit * fit_term(capacity.level, demand) + large_gap * large_gap_term(capacity.level, demand)
                for demand in range(1, LAST_LEVEL + 1)
            ]
            first = 1 + LEVEL_SHIFT
            worth[position, first : first + LAST_LEVEL] = terms
            worth[position] *= layout.dimension_weights[position]
    return worth


def _pulls(person: Person, layout: Layout) -> NDArray[Any]:
    worth = np.zeros((len(layout.preferences), 1 << BITS), dtype=np.int16)
    poles = np.arange(-STRONGEST_VOTE, STRONGEST_VOTE + 1)
    for key, position in layout.preferences.items():
        pole = person.preferences.get(key)
        if pole:
            worth[position, POLE_SHIFT - STRONGEST_VOTE : POLE_SHIFT + STRONGEST_VOTE + 1] = pole * poles
    return worth


def _preferences(layout: Layout) -> Floats:
    """Return the term of every possible pull, from the most opposed to the most agreed."""
    most = FULL_AGREEMENT * len(layout.preferences)
    return preferences_term(np.arange(-most, most + 1) / FULL_AGREEMENT)


def _length(columns: Columns, rows: Rows) -> int:
    return len(columns) if isinstance(rows, slice) else len(rows)
