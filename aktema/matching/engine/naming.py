"""From the numbers of `telling` to what they stand for in one vocabulary. What is named once is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from aktema.matching.engine.answers import Feature, Gap, Head, Question, QuestionKind, ReasonId, question
from aktema.matching.engine.layout import Integers, Layout, flags
from aktema.matching.engine.rankers import PARTS
from aktema.matching.engine.types import LAST_LEVEL, Dimension
from aktema.matching.engine.wish import ActivityMap

LEVELS = LAST_LEVEL + 1
MESSAGES = tuple(ReasonId)
(
    ACTIVITY_LIKED,
    ACTIVITY_DISLIKED,
    GROUP_LIKED,
    GROUP_DISLIKED,
    KIND_LIKED,
    KIND_DISLIKED,
    WORDS_MATCH,
    WISH_UNKNOWN,
    NO_GAP,
    NO_KNOWN_GAP,
    MEETS_SOME,
    GAP_WITH_ADAPTATION,
    GAP_COULD_BE_ADAPTED,
    GAP,
    FIT_UNKNOWN,
    FIT_UNSTATED,
    PREFERENCE_AGREES,
    PREFERENCE_DIFFERS,
    NEAR,
    FAR,
    HOURS_FIT,
    FEWER_HOURS,
    DAYS_FIT,
    FEWER_DAYS,
    NEW_GROUP,
    NEW_FEW_TRIALS,
    NEW,
) = range(len(MESSAGES))
MOST_KEPT = 65_536
T = TypeVar("T")
Key = tuple[int, int, int, int]
"""A message and up to three numbers of its arguments."""
KEY_LENGTH = 4
Named = tuple[ReasonId, Mapping[str, int]]
# The arguments of a message whose numbers are shown as they are.
_ARGUMENTS = {
    ReasonId.NO_GAP: ("demands",),
    ReasonId.NO_KNOWN_GAP: ("known", "demands"),
    ReasonId.MEETS_SOME: ("met", "known", "demands"),
    ReasonId.FIT_UNKNOWN: ("demands",),
    ReasonId.NEAR: ("minutes",),
    ReasonId.FAR: ("minutes",),
    ReasonId.HOURS_FIT: ("minutes",),
    ReasonId.FEWER_HOURS: ("minutes",),
    ReasonId.DAYS_FIT: ("days",),
    ReasonId.FEWER_DAYS: ("days",),
}
# The arguments of a message whose first number is what a contribution is about.
_ABOUT = {
    ReasonId.ACTIVITY_LIKED: ("activity",),
    ReasonId.ACTIVITY_DISLIKED: ("activity",),
    ReasonId.GROUP_LIKED: ("group",),
    ReasonId.GROUP_DISLIKED: ("group",),
    ReasonId.PREFERENCE_AGREES: ("preference", "pole"),
    ReasonId.PREFERENCE_DIFFERS: ("preference", "pole"),
}


class Subjects(NamedTuple):
    """The number from which on contributions are about each: parts (their base), activities, groups and so on."""

    parts: int
    activities: int
    groups: int
    kind: int
    words: int
    dimensions: int
    preferences: int
    travel: int
    hours: int
    days: int


class Numbered(NamedTuple):
    """The number from which on questions are of each kind; those about a person's needs come last."""

    practical: int
    capacities: int
    dated: int
    votes: int
    preferences: int
    poles: int
    needs: int


PRACTICAL = (
    QuestionKind.HOURS,
    QuestionKind.PLACE_HOURS,
    QuestionKind.DAYS,
    QuestionKind.PLACE_DAYS,
    QuestionKind.PLACE_DAY_LENGTH,
    QuestionKind.PLACE_TIMES,
    QuestionKind.LOCATION,
    QuestionKind.PLACE_LOCATION,
)
"""In the order of `questions`."""


class Gaps(dict[tuple[int, int], Gap]):
    """Gaps by code and by the adaptations offered, as flags."""

    def __init__(self, dimensions: Sequence[Dimension], adaptations: Mapping[int, int]) -> None:
        super().__init__()
        self._dimensions, self._adaptations = dimensions, adaptations

    def __missing__(self, key: tuple[int, int]) -> Gap:
        code, here = key
        dimension = self._dimensions[code // LEVELS**2]
        capacity, demand = code // LEVELS % LEVELS, code % LEVELS
        closing, flag_of = dimension.adaptations, self._adaptations
        offered = tuple(one for one in closing if here >> flag_of[one] & 1)
        found = self[key] = Gap(
            dimension=dimension.id,
            capacity=capacity,
            demand=demand,
            size=demand - capacity,
            adaptations=offered + tuple(one for one in closing if one not in offered),
            offered=offered,
        )
        return found


def packed(keys: Integers) -> list[bytes]:
    """Return rows of keys as bytes without trailing zeros: looked up sooner than tuples, and as different."""
    found: list[bytes] = keys.view(f"S{keys.itemsize * KEY_LENGTH}").ravel().tolist()
    return found


class Messages(dict[bytes, Named]):
    """Message ids with their arguments, by packed key. Nobody may change the arguments."""

    def __init__(self, gaps: Gaps, keys: Sequence[int | None]) -> None:
        super().__init__()
        self._gaps, self._keys = gaps, keys

    def __missing__(self, key: bytes) -> Named:
        if len(self) >= MOST_KEPT:
            self.clear()
        numbers = np.frombuffer(key.ljust(np.int64().itemsize * KEY_LENGTH, b"\0"), dtype=np.int64)
        found = self[key] = self._named(tuple(numbers.tolist()))
        return found

    def _named(self, key: Key) -> Named:
        message_id, numbers = MESSAGES[key[0]], key[1:]
        if message_id is ReasonId.GAP:
            return _of_gap(self._gaps[numbers[0], numbers[1]])
        if message_id in _ABOUT:
            about: tuple[Any, ...] = (self._keys[numbers[0]], *numbers[1:])
            return message_id, dict(zip(_ABOUT[message_id], about, strict=False))
        return message_id, dict(zip(_ARGUMENTS.get(message_id, ()), numbers, strict=False))


def _of_gap(gap: Gap) -> Named:
    args = {"dimension": gap.dimension, "size": gap.size}
    if not gap.adaptations:
        return ReasonId.GAP, args
    message_id = ReasonId.GAP_WITH_ADAPTATION if gap.offered else ReasonId.GAP_COULD_BE_ADAPTED
    return message_id, {**args, "adaptation": gap.adaptations[0]}


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers stand for: part, feature and key by subject, gaps and messages; and what the loops read."""

    subjects: Subjects
    heads: Sequence[Head]
    numbered: Numbered
    questions: Sequence[Question]
    is_core: Integers  # by dimension
    groups: Integers  # number of the group by activity
    closing: Integers  # adaptations by dimension, as flags
    gaps: Gaps
    messages: Messages

    @classmethod
    def of(cls, layout: Layout, activity_map: ActivityMap, dimensions: Mapping[int, Dimension]) -> Self:
        groups = sorted(set(activity_map.groups.values()))
        by_activity = [groups.index(activity_map.groups[key]) for key in layout.activities]
        heads, questions = _heads(layout, groups), _questions(layout)
        all_heads = _flat(heads)
        by_position = [dimensions[key] for key in layout.dimensions]
        gaps = Gaps(by_position, layout.adaptations)
        closing = [flags(one.adaptations, layout.adaptations) for one in by_position]
        return cls(
            subjects=Subjects(*_starts(heads)[:-1]),
            heads=all_heads,
            numbered=Numbered(*_starts(questions)),
            questions=_flat(questions),
            is_core=np.array([one.is_core for one in by_position], dtype=np.int64),
            groups=np.array(by_activity, dtype=np.int64),
            closing=np.array(closing, dtype=np.uint64).astype(np.int64),
            gaps=gaps,
            messages=Messages(gaps, [key for *_, key in all_heads]),
        )


def _heads(layout: Layout, groups: Sequence[int]) -> list[list[Head]]:
    """Return in the order of `Subjects` what contributions begin with."""
    wish, fit, preferences, practical = PARTS
    return [
        [(part, Feature.BASE, None) for part in PARTS],
        [(wish, Feature.ACTIVITY, key) for key in layout.activities],
        [(wish, Feature.GROUP, key) for key in groups],
        [(wish, Feature.KIND, None)],
        [(wish, Feature.WORDS, None)],
        [(fit, Feature.DIMENSION, key) for key in layout.dimensions],
        [(preferences, Feature.PREFERENCE, key) for key in layout.preferences],
        [(practical, Feature.TRAVEL, None)],
        [(practical, Feature.HOURS, None)],
        [(practical, Feature.DAYS, None)],
    ]


def _questions(layout: Layout) -> list[list[Question]]:
    """Return the questions in the order of `Numbered`, but for those about needs, which are each person's own."""
    kinds = (
        (QuestionKind.CAPACITY, layout.dimensions),
        (QuestionKind.CAPACITY_DATED, layout.dimensions),
        (QuestionKind.VOTE, layout.activities),
        (QuestionKind.PREFERENCE, layout.preferences),
        (QuestionKind.PLACE_PREFERENCE, layout.preferences),
    )
    practical = [question(kind) for kind in PRACTICAL]
    return [practical, *([question(kind, key) for key in keys] for kind, keys in kinds)]


def _starts(blocks: Iterable[Sequence[object]]) -> list[int]:
    """Return how many there are before each block, and in all."""
    return [0, *accumulate(map(len, blocks))]


def _flat(blocks: Iterable[Iterable[T]]) -> list[T]:
    return list(chain.from_iterable(blocks))
