"""The four parts of every place for one person, each 0..1, and the score.

Every part is its neutral value plus one term per known fact. Where a part is a mean, its divisor comes from
the place alone, so forgetting a fact of the person takes that fact's term to neutral and leaves the others
still.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from aktema.matching.engine.encode import Columns, Floats, Integers, Layout
from aktema.matching.engine.gates import Fallen, fallen_gates, open_places
from aktema.matching.engine.practical import Circumstances, circumstances
from aktema.matching.engine.ranker import Ranker
from aktema.matching.engine.types import (
    LAST_LEVEL,
    STRONGEST_VOTE,
    Dimension,
    Person,
    Settings,
    Vocabulary,
    Weights,
)
from aktema.matching.engine.wish import ActivityMap, Leanings, wish_part

# A place that states no demand fits as well as one where every capacity is unknown.
FIT_NEUTRAL = 0.75
PREFERENCES_NEUTRAL = 0.5
# So many full agreements carry the preferences half of the way from neutral to the end of the scale.
PREFERENCES_HALF = 2.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every person: how ids are laid out, which activities belong together, the settings."""

    layout: Layout
    activity_map: ActivityMap
    dimensions: Mapping[int, Dimension]
    settings: Settings
    ranker: Ranker

    @classmethod
    def of(cls, vocabulary: Vocabulary, settings: Settings, ranker: Ranker) -> Self:
        layout = Layout.of(vocabulary, settings)
        dimensions = {dimension.id: dimension for dimension in vocabulary.dimensions}
        return cls(layout, ActivityMap(vocabulary, layout), dimensions, settings, ranker)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person against every place; arrays follow the columns."""

    columns: Columns
    fallen: Fallen
    facts: Circumstances
    leanings: Leanings
    leaning: Floats  # mean of the activities' values, -1..+1
    words: Floats  # match of the wish in own words, 0..1
    demand_weight: Floats  # sum of the weights of stated demands
    pull: Floats  # sum of agreements of preference poles, each -1..+1
    parts: Floats  # wish, fit, preferences, practical by place
    score: Floats
    weights: Weights

    def ordered(self) -> Integers:
        """Return the rows of open places by score, then employer readiness, then id."""
        rows = np.flatnonzero(open_places(self.fallen))
        return rows[self.order(rows)]

    def order(self, rows: Integers) -> Integers:
        # Rounded, so that equal sums written in another order still count as a tie.
        score = np.round(self.score[rows], 12)
        return np.lexsort((self.columns.ids[rows], -self.columns.readiness[rows], -score))


def assess(
    person: Person, columns: Columns, words: Floats, rules: Rules, weights: Weights | None = None
) -> Assessment:
    facts = circumstances(person, columns, rules.settings)
    leanings = rules.activity_map.leanings(person.votes)
    leaning = leanings.per_place(columns.activities)
    demand_weight = _demand_weight(columns, rules.layout)
    pull = preference_pull(person, columns, rules.layout)
    fit = fit_part(person, columns, demand_weight, rules.layout)
    parts = np.stack([wish_part(leaning, words), fit, preferences_part(pull), facts.part()])
    fallen = fallen_gates(person, columns, rules.layout, facts)
    score = rules.ranker.predict(parts.T, weights=weights)
    in_force = rules.ranker.weights_for(weights)
    return Assessment(
        columns, fallen, facts, leanings, leaning, words, demand_weight, pull, parts, score, in_force
    )


def meets(capacity: int, demand: int) -> float:
    """Return 1 without a gap, and a quarter less per step of gap."""
    return 1 - max(0, demand - capacity) / LAST_LEVEL


def fit_part(person: Person, columns: Columns, demand_weight: Floats, layout: Layout) -> Floats:
    """Return the weighted mean of `meets` over the stated demands of 1 or more, neutral where unknown."""
    total = np.zeros(len(columns.ids))
    for key, position in layout.dimensions.items():
        capacity = person.capacities.get(key)
        if capacity is not None:
            asked = range(1, LAST_LEVEL + 1)
            # One gain for each stored demand from -1, unstated, to 4; unstated and 0 ask for nothing.
            gains = [0.0, 0.0, *(meets(capacity.level, demand) - FIT_NEUTRAL for demand in asked)]
            weighted = np.array(gains) * layout.dimension_weights[position]
            total += weighted[columns.demands[position] + 1]
    return FIT_NEUTRAL + total / np.where(demand_weight > 0, demand_weight, 1.0)


def preference_pull(person: Person, columns: Columns, layout: Layout) -> Floats:
    """Return the sum of pole times pole: 1 where both are strong and the same, -1 where opposite."""
    total = np.zeros(len(columns.ids), dtype=np.int64)
    for key, position in layout.preferences.items():
        if person.preferences.get(key):
            total += person.preferences[key] * columns.preferences[position].astype(np.int64)
    return total / STRONGEST_VOTE**2


def preferences_part(pull: Floats) -> Floats:
    """Saturates, so that two clear wishes weigh something and twelve stay within 0..1."""
    return PREFERENCES_NEUTRAL + 0.5 * pull / (PREFERENCES_HALF + np.abs(pull))


def _demand_weight(columns: Columns, layout: Layout) -> Floats:
    total = np.zeros(len(columns.ids))
    for demands, weight in zip(columns.demands, layout.dimension_weights, strict=True):
        total += weight * (demands >= 1)
    return total
