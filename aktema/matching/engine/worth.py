"""What each code and table row is worth to one person, so that a place's score is a few look-ups and sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    worth_of_codes,
)
from aktema.matching.engine.loops import loops
from aktema.matching.engine.rankers import KEPT
from aktema.matching.engine.sides import Known
from aktema.matching.engine.types import LAST_LEVEL, STRONGEST_VOTE, Person
from aktema.matching.engine.wish import WORDS_REACH, Leanings

# The pole each value of a code stands for, 0 where unknown; and its product with every pole a person can have, in
# the order in which Python counts: 0, 1, 2, -2, -1.
POLES = np.array([0, *range(1 - POLE_SHIFT, STRONGEST_VOTE + 1), 0, 0], dtype=np.int16)
OWN_POLES = np.array([*range(STRONGEST_VOTE + 1), *range(-STRONGEST_VOTE, 0)], dtype=np.int16)
POLE_TERMS = OWN_POLES[:, None] * POLES


@dataclass(frozen=True, slots=True)
class Worth:
    """Every array is read by a column's numbers; `gains` is what a unit of each feature adds to a score."""

    wish: Floats  # by set of activities, with gains
    room: Floats  # by set of activities: what a full match of words would add
    has_words: bool
    demands: Floats  # code group by code
    pulls: NDArray[np.int16]  # code group by code: agreement of poles, four to a full one
    preferences: Floats  # by pull, counted from the lowest
    practical: tuple[Floats, Floats, Floats]  # terms of travel, hours and days, by row of their tables
    gains: tuple[float, float, float]  # of those terms
    most_fit: float  # of any place

    @classmethod
    def of(
        cls,
        person: Person,
        known: Known,
        leanings: Leanings,
        facts: Circumstances,
        rules: Rules,
        gains: Sequence[float],
        columns: Columns,
    ) -> Self:
        own, group, kind, words, fit, large_gap, preferences, travel, hours, days = gains
        layout, (terms, most_fit) = rules.layout, _fit_terms(fit, large_gap)
        words = 0.5 * WORDS_REACH * words if person.wish_text.strip() else 0.0
        by_votes = own, group, kind
        wish, room = loops().wishes(leanings.table, by_votes, words, columns.activity_sets)
        return cls(
            wish=wish,
            room=room,
            has_words=words > 0,
            demands=worth_of_codes(known.levels, terms, layout.dimension_weights),
            pulls=worth_of_codes(known.poles, POLE_TERMS, layout.pole_weights),
            preferences=_preferences(len(layout.preferences), preferences),
            practical=(facts.travel_term, facts.hours_term, facts.days_term),
            gains=(travel, hours, days),
            most_fit=most_fit,
        )

    def terms(self, columns: Columns, base: float) -> tuple[Any, ...]:
        """Return what `loops().scores` is told after the rows; columns are those this came of."""
        travel, hours, days = self.practical
        return (
            base,
            (columns.activity_set, self.wish, self.room),
            (self.demands, columns.demands, columns.demand_weight),
            (self.pulls, columns.preferences, self.preferences),
            (travel, columns.spot, hours, columns.week, days, columns.days),
            self.gains,
        )


def _by_level(term: Callable[[int, int], float]) -> Floats:
    """Return the term of each capacity (the last row is the unknown one) at each value of a code."""
    found = np.zeros((LAST_LEVEL + 2, 1 << BITS))
    for level in range(LAST_LEVEL + 1):
        for demand in range(1, LAST_LEVEL + 1):
            found[level, demand + LEVEL_SHIFT] = term(level, demand)
    return found


@lru_cache(maxsize=KEPT)
def _fit_terms(fit: float, large_gap: float) -> tuple[Floats, float]:
    """Return the term of each capacity at each value of a code, and the highest of them."""
    terms = fit * FIT_TERMS + large_gap * LARGE_GAP_TERMS
    return terms, float(terms.max())


@lru_cache(maxsize=KEPT)
def _preferences(count: int, gain: float) -> Floats:
    """Return the worth of every possible pull of so many poles, from the most opposed to the most agreed."""
    most = FULL_AGREEMENT * count
    return gain * preferences_term(np.arange(-most, most + 1) / FULL_AGREEMENT)


FIT_TERMS, LARGE_GAP_TERMS = _by_level(fit_term), _by_level(large_gap_term)
