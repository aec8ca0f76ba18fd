"""What the engine is told: vocabulary, people, places, and the settings of the arithmetic.

All ids are integers of the vocabulary or of the caller's own tables. A missing key or None means unknown,
and unknown is never zero. Ids that the vocabulary does not hold neither count nor ask, except a need, which
is then unknown everywhere and asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

LAST_LEVEL = 4
STRONGEST_VOTE = 2


def _check_range(values: Iterable[int], low: int, high: int, what: str) -> None:
    wrong = [value for value in values if not low <= value <= high]
    if wrong:
        raise ValueError(f"{what} must be {low}..{high}, not {wrong[0]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One capacity and demand on the common scale 0-4; an adaptation closes gaps of one dimension."""

    id: int
    is_core: bool = False
    adaptations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something done at work; `riasec` holds its letters if any, `label` joins the place's own words."""

    id: int
    group: int
    riasec: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words people and places are described with."""

    dimensions: tuple[Dimension, ...] = ()
    activities: tuple[Activity, ...] = ()
    preferences: frozenset[int] = frozenset()
    constraints: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a person manages, 0-4; dated when the rating is so old that it should be asked again."""

    level: int
    is_dated: bool = False

    def __post_init__(self) -> None:
        _check_range((self.level,), 0, LAST_LEVEL, "A capacity level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person's own facts. Sex, birth country, diagnosis and age have no field here, and get none.

    votes: activity -> -2..+2. capacities: dimension -> Capacity. preferences: preference -> -2..+2, the sign
    says which pole. needs: constraints that a place must meet. weekly_minutes: what the person wants and is
    able to work. weekdays: 0 is Monday. earliest_start, latest_end: minutes after midnight. declined: places
    the person said no to. seen: place -> how many times it was shown as something new.
    """

    id: int
    votes: Mapping[int, int] = field(default_factory=dict)
    wish_text: str = ""
    capacities: Mapping[int, Capacity] = field(default_factory=dict)
    preferences: Mapping[int, int] = field(default_factory=dict)
    needs: frozenset[int] = frozenset()
    weekly_minutes: int | None = None
    max_minutes_per_day: int | None = None
    weekdays: frozenset[int] | None = None
    earliest_start: int | None = None
    latest_end: int | None = None
    max_travel_minutes: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    declined: frozenset[int] = frozenset()
    seen: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_range(self.votes.values(), -STRONGEST_VOTE, STRONGEST_VOTE, "A vote")
        _check_range(self.preferences.values(), -STRONGEST_VOTE, STRONGEST_VOTE, "A preference")
        _check_range(self.weekdays or (), 0, 6, "A weekday")

    def __reduce__(self) -> tuple[Any, ...]:
        """Crowds are sent to other processes: capacities go as small numbers."""
        values = dict(zip(PERSON_FIELDS, _values_of(self), strict=True))
        values["capacities"] = {key: 2 * one.level + one.is_dated for key, one in self.capacities.items()}
        return _person_from, tuple(values.values())


PERSON_FIELDS = tuple(one.name for one in fields(Person))
CAPACITIES = tuple(Capacity(level=code // 2, is_dated=bool(code % 2)) for code in range(2 * LAST_LEVEL + 2))
_values_of = attrgetter(*PERSON_FIELDS)


def _person_from(*values: Any) -> Person:
    facts = dict(zip(PERSON_FIELDS, values, strict=True))
    facts["capacities"] = {key: CAPACITIES[code] for key, code in facts["capacities"].items()}
    return Person(**facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One placement. Texts may be empty.

    demands: dimension -> 0..4, a missing one is unstated. preferences: preference -> -2..+2. constraints: met
    or not. min_ and max_minutes_per_week: what the place needs and what it can give. minutes_per_day: the
    shortest working day it accepts. min_days: the fewest days a week, 1 when None. start_minute, end_minute:
    minutes after midnight between which work is done. adaptations: those the place offers. earlier_trials:
    few of them give the place turns as something new. employer_readiness: only breaks ties, higher first.
    """

    id: int
    employer_id: int
    title: str = ""
    description: str = ""
    activities: tuple[int, ...] = ()
    demands: Mapping[int, int] = field(default_factory=dict)
    preferences: Mapping[int, int] = field(default_factory=dict)
    constraints: Mapping[int, bool] = field(default_factory=dict)
    min_minutes_per_week: int | None = None
    max_minutes_per_week: int | None = None
    minutes_per_day: int | None = None
    weekdays: frozenset[int] | None = None
    min_days: int | None = None
    start_minute: int | None = None
    end_minute: int | None = None
    places_left: int = 1
    is_live: bool = True
    latitude: float | None = None
    longitude: float | None = None
    adaptations: frozenset[int] = frozenset()
    earlier_trials: int = 0
    employer_readiness: float = 0.0

    def __post_init__(self) -> None:
        _check_range(self.demands.values(), 0, LAST_LEVEL, "A demand")
        _check_range(self.preferences.values(), -STRONGEST_VOTE, STRONGEST_VOTE, "A preference")
        _check_range(self.weekdays or (), 0, 6, "A weekday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts. Only the proportions matter: they are brought to the sum 1."""

    wish: float = 0.45
    fit: float = 0.30
    preferences: float = 0.15
    practical: float = 0.10

    def __post_init__(self) -> None:
        if min(self.as_tuple()) < 0 or sum(self.as_tuple()) <= 0:
            raise ValueError("Weights must not be negative, and one must be above zero")

    def as_tuple(self) -> tuple[float, float, float, float]:
        return self.wish, self.fit, self.preferences, self.practical

    def normalised(self) -> "Weights":
        """Return the same proportions with the sum 1."""
        total = sum(self.as_tuple())
        wish, fit, preferences, practical = (weight / total for weight in self.as_tuple())
        return Weights(wish=wish, fit=fit, preferences=preferences, practical=practical)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a municipality can move in the arithmetic; minutes, kilometres and shares.

    far_minutes: a journey from which travel counts as nothing. exploratory_position: where in the list
    "something new" stands, last when the list is shorter. exploratory_margin: how far below the best of the
    remaining places it may score. few_trials: at most so many earlier trials count as few. dimension_weights:
    dimension -> weight in the fit, 1 unless set.
    """

    travel_base_minutes: float = 10.0
    travel_minutes_per_km: float = 1.5
    far_minutes: float = 90.0
    exploratory_position: int = 10
    exploratory_margin: float = 0.15
    few_trials: int = 2
    dimension_weights: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.far_minutes <= self.travel_base_minutes:
            raise ValueError("far_minutes must be above travel_base_minutes")
        if self.exploratory_position < 1:
            raise ValueError("exploratory_position must be at least 1")
        if any(weight <= 0 for weight in self.dimension_weights.values()):
            raise ValueError("dimension_weights must be above zero")
