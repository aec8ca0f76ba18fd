"""What a person wants to do: votes on activities, with a back-off, on the scale -1..+1 around neutral 0.

An own vote counts whole. What it leaves open (1 - |own|) is filled by votes on other activities of the same
group, and what these leave open by votes on activities that share a RIASEC letter. A missing vote counts
exactly as the vote 0, and every step rises with every vote. So forgetting a liking never raises a place,
forgetting a dislike never lowers one, and with nothing known the value is 0.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from aktema.matching.engine.layout import Bools, Floats, Layout
from aktema.matching.engine.loops import loops
from aktema.matching.engine.types import STRONGEST_VOTE, Vocabulary

# How far others' votes can carry, and how many strong votes carry half that far. GROUP_REACH must not be
# below KIND_REACH, or a liking within the group could lower the value.
GROUP_REACH, GROUP_HALF = 0.8, 2.0
KIND_REACH, KIND_HALF = 0.3, 6.0
REACH = (GROUP_REACH, GROUP_HALF), (KIND_REACH, KIND_HALF)
# A wish in own words can lift a place by this share of what the votes leave open, never lower it.
WORDS_REACH = 0.3


class Leanings(NamedTuple):
    """Per activity, then for the empty slot."""

    table: Floats  # whether there is a vote, then its value's terms: own, group and kind
    is_new: Bools  # whether there is no vote on its group


class ActivityMap:
    """Which activities share a group and which share RIASEC letters. The empty slot is a group of its own."""

    def __init__(self, vocabulary: Vocabulary, layout: Layout) -> None:
        activities = sorted({activity.id: activity for activity in vocabulary.activities}.items())
        groups = sorted({activity.group for _, activity in activities})
        letters = sorted({letter for _, activity in activities for letter in activity.riasec})
        self.positions = layout.activities
        self.groups = {key: activity.group for key, activity in activities}
        group = [groups.index(self.groups[key]) for key, _ in activities] + [len(groups)]
        self._groups = np.array(group), len(groups) + 1
        shares = [[letter in activity.riasec for _, activity in activities] + [False] for letter in letters]
        with_letter = np.array(shares, dtype=np.float64).reshape(len(letters), len(activities) + 1)
        self._letters = with_letter, np.maximum(with_letter.sum(axis=0), 1)

    def leanings(self, votes: Mapping[int, int]) -> Leanings:
        positions, said = self.positions, list[int]()
        for key, vote in votes.items():
            if key in positions:
                said += positions[key], vote
        known = np.array(said, dtype=np.int64)
        return Leanings(*loops().leanings(known, STRONGEST_VOTE, self._groups, self._letters, REACH))
