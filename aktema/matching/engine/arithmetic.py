"""The rules' arithmetic, a place's facts against a person's, and what holds for everybody in an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from aktema.matching.engine.layout import Floats, Layout
from aktema.matching.engine.naming import Names
from aktema.matching.engine.rankers import Ranker
from aktema.matching.engine.types import LAST_LEVEL, STRONGEST_VOTE, Dimension, Settings, Vocabulary
from aktema.matching.engine.wish import ActivityMap

# A place that states no demand fits as well as one where every capacity is unknown.
FIT_NEUTRAL = 0.75
# From this gap on a gap is large; one step further choosing the place needs a reason.
LARGE_GAP = 2
FULL_AGREEMENT = STRONGEST_VOTE**2
# So many full agreements carry the preferences half of the way from neutral to the end of the scale.
PREFERENCES_HALF = 2.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every person: where ids lie, which activities belong together, settings, the ranker."""

    layout: Layout
    activity_map: ActivityMap
    dimensions: Mapping[int, Dimension]
    settings: Settings
    ranker: Ranker
    names: Names

    @classmethod
    def of(cls, vocabulary: Vocabulary, settings: Settings, ranker: Ranker) -> Self:
        layout = Layout.of(vocabulary, settings)
        dimensions = {dimension.id: dimension for dimension in vocabulary.dimensions}
        activity_map = ActivityMap(vocabulary, layout)
        names = Names.of(layout, activity_map, dimensions)
        return cls(layout, activity_map, dimensions, settings, ranker, names)


def meets(capacity: int, demand: int) -> float:
    """Return 1 without a gap, and a quarter less per step of gap."""
    return 1 - max(0, demand - capacity) / LAST_LEVEL


def fit_term(capacity: int, demand: int) -> float:
    """Return what meeting or missing one demand adds to the neutral fit, before its weight."""
    return meets(capacity, demand) - FIT_NEUTRAL


def large_gap_term(capacity: int, demand: int) -> float:
    """Return -1 for a large gap, else 0."""
    return -float(demand - capacity >= LARGE_GAP)


def preferences_term(pull: Floats | float) -> Floats:
    """Return what the sum of agreements of poles (each -1..+1) adds to the neutral value.

    Saturates, so that two clear wishes weigh something and twelve stay within the part's 0..1.
    """
    return np.asarray(0.5 * pull / (PREFERENCES_HALF + np.abs(pull)))
