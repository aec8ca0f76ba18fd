"""What the engine answers: suggestions with parts, contributions, gaps, questions and reasons; exclusions.

Reasons and questions are codes with ids, never sentences: the caller puts them into words.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple, TypeVar, cast, overload

from numpy.typing import NDArray

T = TypeVar("T")
_blank: Any = object.__new__


class Gate(StrEnum):
    """Why a place cannot be suggested, in the order in which gates are tried and counted."""

    NOT_LIVE = "not_live"
    FULL = "full"
    DECLINED = "declined"
    TRAVEL = "travel"
    CONSTRAINT = "constraint"
    HOURS = "hours"
    DAYS = "days"
    DAY_LENGTH = "day_length"
    TIMES = "times"


class Part(StrEnum):
    WISH = "wish"
    FIT = "fit"
    PREFERENCES = "preferences"
    PRACTICAL = "practical"


class Feature(StrEnum):
    """What a contribution comes from; the comment says what its key is."""

    BASE = "base"  # None: the neutral value of the part
    ACTIVITY = "activity"  # activity: the person's own vote
    GROUP = "group"  # activity group: votes on its other activities
    KIND = "kind"  # None: votes on activities that share a RIASEC letter
    WORDS = "words"  # None: the person's own words, found in the place's text
    DIMENSION = "dimension"  # dimension: capacity against demand
    PREFERENCE = "preference"  # preference: the person's pole and the place's
    TRAVEL = "travel"  # None
    HOURS = "hours"  # None
    DAYS = "days"  # None


class QuestionKind(StrEnum):
    """What is not known yet; the comment says what the key is, and who could answer."""

    CONSTRAINT = "constraint"  # constraint, place
    CAPACITY = "capacity"  # dimension, person
    CAPACITY_DATED = "capacity_dated"  # dimension, person
    HOURS = "hours"  # None, person
    PLACE_HOURS = "place_hours"  # None, place
    DAYS = "days"  # None, person
    PLACE_DAYS = "place_days"  # None, place
    PLACE_DAY_LENGTH = "place_day_length"  # None, place
    PLACE_TIMES = "place_times"  # None, place
    LOCATION = "location"  # None, person
    PLACE_LOCATION = "place_location"  # None, place
    VOTE = "vote"  # activity, person
    PREFERENCE = "preference"  # preference, person
    PLACE_PREFERENCE = "place_preference"  # preference, place


class ReasonId(StrEnum):
    """Message ids; the comment names the arguments."""

    ACTIVITY_LIKED = "wish.activity_liked"  # activity
    ACTIVITY_DISLIKED = "wish.activity_disliked"  # activity
    GROUP_LIKED = "wish.group_liked"  # group
    GROUP_DISLIKED = "wish.group_disliked"  # group
    KIND_LIKED = "wish.kind_liked"
    KIND_DISLIKED = "wish.kind_disliked"
    WORDS_MATCH = "wish.words_match"
    WISH_UNKNOWN = "wish.unknown"
    NO_GAP = "fit.no_gap"  # demands
    NO_KNOWN_GAP = "fit.no_known_gap"  # known, demands: the rest is unknown
    MEETS_SOME = "fit.meets_some"  # met, known, demands
    GAP_WITH_ADAPTATION = "fit.gap_with_adaptation"  # dimension, size, adaptation: the place offers it
    GAP_COULD_BE_ADAPTED = "fit.gap_could_be_adapted"  # dimension, size, adaptation: the place could be asked
    GAP = "fit.gap"  # dimension, size: no adaptation is known
    FIT_UNKNOWN = "fit.unknown"  # demands
    FIT_UNSTATED = "fit.unstated"
    PREFERENCE_AGREES = "preferences.agree"  # preference, pole: the person's own, -2..+2
    PREFERENCE_DIFFERS = "preferences.differ"  # preference, pole: the person's own, -2..+2
    NEAR = "practical.near"  # minutes
    FAR = "practical.far"  # minutes
    HOURS_FIT = "practical.hours_fit"  # minutes a week, the person's
    FEWER_HOURS = "practical.fewer_hours"  # minutes a week, the place's most
    DAYS_FIT = "practical.days_fit"  # days in common
    FEWER_DAYS = "practical.fewer_days"  # days in common
    NEW_GROUP = "new.group"  # group
    NEW_FEW_TRIALS = "new.few_trials"  # trials
    NEW = "new.something_else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The four parts of a score, each 0..1."""

    wish: float
    fit: float
    preferences: float
    practical: float


Head = tuple[Part, Feature, int | None]
"""What a contribution is about."""


class Contribution(NamedTuple):
    """One feature's share of the score; those of a suggestion sum to its score."""

    part: Part
    feature: Feature
    key: int | None
    value: float


class Contributions(Sequence[Contribution]):
    """The contributions of one suggestion, each made when it is read: a list has hundreds, and few are looked at.

    As good as the tuple of them, which it is compared with, copied into and shown as.
    """

    __slots__ = ("_heads", "_subjects", "_values")

    def __init__(self, heads: Sequence[Head], subjects: NDArray[Any], values: NDArray[Any]) -> None:
        self._heads, self._subjects, self._values = heads, subjects, values

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Contribution]:
        heads = map(self._heads.__getitem__, self._subjects.tolist())
        return (Contribution(*head, value) for head, value in zip(heads, self._values.tolist(), strict=True))

    @overload
    def __getitem__(self, index: int) -> Contribution: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Contribution, ...]: ...
    def __getitem__(self, index: int | slice) -> Contribution | tuple[Contribution, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[object, ...]:
        return tuple, (tuple(self),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Demand above capacity, and the adaptations that close it: those the place offers stand first."""

    dimension: int
    capacity: int
    demand: int
    size: int
    adaptations: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    kind: QuestionKind
    key: int | None = None


@cache
def question(kind: QuestionKind, key: int | None = None) -> Question:
    """The same questions are asked of many places: each is made once."""
    return Question(kind=kind, key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A message id with its arguments; weight is its share of the score, negative when it speaks against."""

    message_id: ReasonId
    args: Mapping[str, int] = field(default_factory=dict)
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One place for one person.

    rank counts from 1. contributions sum to score. reasons stand in order of importance. exploratory marks
    the list's "something new". needs_reason: with a gap of 3 or more the place keeps its rank, but
    choosing it needs a reason. features: what a ranker learns from, in the order of its FEATURES.
    """

    place_id: int
    rank: int
    score: float
    parts: Parts
    contributions: Sequence[Contribution]
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    reasons: tuple[Reason, ...] = ()
    exploratory: bool = False
    needs_reason: bool = False
    features: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """A gate that fell, and what would lift it: the person has `has` where the place needs `needed`.

    HOURS: minutes a week. DAYS: days in common. DAY_LENGTH, TIMES: minutes a day. TRAVEL: the person's limit
    and the journey in minutes. FULL: places left. CONSTRAINT: key is the constraint the place does not meet.
    NOT_LIVE, DECLINED: nothing but a new state or a new answer.
    """

    gate: Gate
    key: int | None = None
    has: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A place that cannot be suggested, with every gate that fell."""

    place_id: int
    lifts: tuple[Lift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Suggestions in order; each excluded place is counted once, under the first gate that fell.

    considered is how many places were looked at: those excluded and those that could be suggested.
    """

    suggestions: tuple[Suggestion, ...]
    excluded: Mapping[Gate, int]
    considered: int


class Ranked(NamedTuple):
    """A place and its score, without reasons. A tuple, as a crowd's shortlists have millions."""

    place_id: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMatch:
    """One person for a place; the suggestion's rank is the person's."""

    person_id: int
    suggestion: Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAnswer:
    """People in order; each person excluded is counted once, under the first gate that fell."""

    matches: tuple[PersonMatch, ...]
    excluded: Mapping[Gate, int]
    considered: int


def made(kind: type[T], *columns: Sequence[object]) -> list[T]:
    """Return objects of a frozen dataclass with slots from columns: the values of each field, in the fields' order.

    Its own constructor looks up each field by name and takes three times as long; nothing is checked here.
    """
    found: list[T] = list(map(_blank, repeat(kind, len(columns[0]))))
    for fill, column in zip(_fillers(cast("Any", kind)), columns, strict=True):
        deque(map(fill, found, column), maxlen=0)
    return found


@cache
def _fillers(kind: type[Any]) -> list[Callable[[object, object], None]]:
    return [vars(kind)[one.name].__set__ for one in fields(kind)]
