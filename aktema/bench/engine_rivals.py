"""What every rival is given: places as plain rows, and the person's side of the score, reckoned once a request.

The arithmetic is that of the rules: .45 wish + .30 fit + .15 preferences + .10 practical behind hard gates.
A rival gets all of a person that does not depend on the place as ready tables, and so has only the places to
go through. Ids are those of `World`: 1 and upwards, and so positions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine import Person, Place, Vocabulary

Floats = NDArray[np.float64]
Scored = list[tuple[int, float]]
"""Place ids with their scores, the best first."""

GROUP_REACH, GROUP_HALF, KIND_REACH, KIND_HALF = 0.8, 2.0, 0.3, 6.0
WISH, FIT, PREFERENCES, PRACTICAL = 0.45, 0.30, 0.15, 0.10
WORDS_REACH, FIT_NEUTRAL, PULL_HALF = 0.3, 0.75, 2.0
BASE_MINUTES, MINUTES_PER_KM, FAR_MINUTES, EARTH_KM = 10.0, 1.5, 90.0, 6371.0
WISH_NEUTRAL = PREFERENCES_NEUTRAL = PRACTICAL_NEUTRAL = 0.5
TRAVEL_SHARE, HOURS_SHARE, DAYS_SHARE = 0.5, 0.25, 0.25
CHANCE, CLEAR = 0.05, 0.40
KM_PER_DEGREE = 111.0
LEVELS, SLOTS, DAY = 5, 3, 24 * 60
STRONGEST_POLES = 4
"""A strong vote times a strong pole."""


class RivalAbsentError(Exception):
    """A rival cannot be measured on this machine; the message says what is missing."""


class Rival(Protocol):
    """Another way to the best places of a person; to be closed afterwards."""

    name: str

    def suggest(self, person: Person, limit: int = 20) -> Scored: ...

    def close(self) -> None: ...


def names(what: str, count: int) -> list[str]:
    return [f"{what}{number}" for number in range(1, count + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a row, in order."""

    facts: tuple[str, ...]
    activities: tuple[str, ...]
    demands: tuple[str, ...]
    poles: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return *self.facts, *self.activities, *self.demands, *self.poles


def columns_for(vocabulary: Vocabulary) -> Columns:
    return Columns(
        facts=(
            *("id", "readiness", "is_live", "places_left", "min_week", "max_week", "day_minutes", "min_days"),
            *("weekdays", "starts", "ends", "latitude", "longitude", "unmet", "stated", "activity_count"),
        ),
        activities=tuple(names("activity", SLOTS)),
        demands=tuple(names("demand", len(vocabulary.dimensions))),
        poles=tuple(names("pole", len(vocabulary.preferences))),
    )


def rows_of(places: Iterable[Place], vocabulary: Vocabulary) -> Iterator[tuple[Any, ...]]:
    """One row per place. Weekdays and unmet constraints are bits, and None is unknown.

    An unstated demand is 0 and an unstated pole is 0, which the arithmetic takes alike; a free slot of
    activities holds one more than there are.
    """
    dimensions, preferences = len(vocabulary.dimensions), len(vocabulary.preferences)
    free = len(vocabulary.activities) + 1
    for place in places:
        slots = [*place.activities, *[free] * (SLOTS - len(place.activities))]
        demands = [place.demands.get(key, 0) for key in range(1, dimensions + 1)]
        yield (
            place.id,
            place.employer_readiness,
            int(place.is_live),
            place.places_left,
            place.min_minutes_per_week,
            place.max_minutes_per_week,
            place.minutes_per_day,
            max(1, place.min_days or 1),
            None if place.weekdays is None else bits(place.weekdays),
            place.start_minute,
            place.end_minute,
            place.latitude,
            place.longitude,
            bits(key for key, is_met in place.constraints.items() if not is_met),
            max(1, sum(level > 0 for level in demands)),
            max(1, len(place.activities)),
            *slots,
            *demands,
            *(place.preferences.get(key, 0) for key in range(1, preferences + 1)),
        )


def noting_texts(places: Iterable[Place], texts: list[tuple[int, str, str]]) -> Iterator[Place]:
    """The places, whose ids, titles and descriptions are put in the list as they pass."""
    for place in places:
        texts.append((place.id, place.title, place.description))
        yield place


def bits(keys: Iterable[int]) -> int:
    return sum(1 << key for key in keys)


def minutes_between(latitude: Any, longitude: Any, other_latitude: Any, other_longitude: Any) -> Any:
    """The journey along a great circle, of numbers or of pandas columns; NaN where a place is unknown."""
    here, there = np.radians(latitude), np.radians(other_latitude)
    east = np.radians(other_longitude - longitude) / 2
    bend = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(east) ** 2
    return (BASE_MINUTES + MINUTES_PER_KM * 2 * EARTH_KM * np.arcsin(np.sqrt(bend))).round()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSide:
    """What of the score the person alone decides.

    own, group, kind: by activity, -1 to +1, and a 0 for the free slot. capacities: by dimension, NaN unknown.
    poles: by preference. Limits that the person does not have are beyond every place's; bits as in the rows.
    """

    own: Floats
    group: Floats
    kind: Floats
    capacities: Floats
    poles: NDArray[np.int64]
    needs: int
    weekdays: int
    day_count: int
    earliest: int
    latest: int
    weekly_minutes: int
    daily_minutes: int
    travel_limit: int | None
    latitude: float
    longitude: float
    declined: tuple[int, ...]

    @property
    def liking(self) -> Floats:
        return self.own + self.group + self.kind

    def gains(self) -> list[float]:
        """What each level of each dimension adds to the sum behind the fit; five levels per dimension."""
        asked = np.arange(LEVELS)
        gap = np.maximum(asked - self.capacities[:, None], 0)
        gain = np.where(asked > 0, 1 - gap / (LEVELS - 1) - FIT_NEUTRAL, 0.0)
        return [float(value) for value in np.nan_to_num(gain).ravel()]

    def box(self) -> tuple[float, float, float, float] | None:
        """South, north, west, east of everything within the travel limit; None without one."""
        if self.travel_limit is None:
            return None
        north = (self.travel_limit + 1 - BASE_MINUTES) / MINUTES_PER_KM / KM_PER_DEGREE
        east = north / float(np.cos(np.radians(self.latitude + north)))
        return self.latitude - north, self.latitude + north, self.longitude - east, self.longitude + east


class PersonSides:
    """Works out the person's side; knows which activities share a group or a letter.

    Made for people whose every fact but the travel limit and the capacities is known, as `World` makes them.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        activities = sorted(vocabulary.activities, key=lambda one: one.id)
        letters = sorted({letter for one in activities for letter in one.riasec})
        self._groups = np.array([[one.group == other.group for one in activities] for other in activities])
        self._letters = np.array([[letter in one.riasec for one in activities] for letter in letters], float)
        self._dimensions, self._preferences = len(vocabulary.dimensions), len(vocabulary.preferences)

    def of(self, person: Person) -> PersonSide:
        own, group, kind = self._liking(person.votes)
        weekdays = person.weekdays or frozenset()
        return PersonSide(
            own=own,
            group=group,
            kind=kind,
            capacities=np.array([self._level(person, key) for key in range(1, self._dimensions + 1)]),
            poles=np.array([person.preferences.get(key, 0) for key in range(1, self._preferences + 1)]),
            needs=bits(person.needs),
            weekdays=bits(weekdays),
            day_count=max(1, len(weekdays)),
            earliest=person.earliest_start or 0,
            latest=DAY if person.latest_end is None else person.latest_end,
            weekly_minutes=max(1, person.weekly_minutes or 0),
            daily_minutes=person.max_minutes_per_day or DAY,
            travel_limit=person.max_travel_minutes,
            latitude=person.latitude or 0.0,
            longitude=person.longitude or 0.0,
            declined=tuple(sorted(person.declined)),
        )

    @staticmethod
    def _level(person: Person, key: int) -> float:
        capacity = person.capacities.get(key)
        return np.nan if capacity is None else float(capacity.level)

    def _liking(self, votes: Mapping[int, int]) -> Sequence[Floats]:
        own = np.array([votes.get(key, 0) / 2 for key in range(1, len(self._groups) + 1)])
        group = _saturated(self._groups @ own - own, GROUP_HALF)
        pulls = _saturated((self._letters @ own)[:, None] - own, KIND_HALF) * self._letters
        kind = pulls.sum(axis=0) / np.maximum(self._letters.sum(axis=0), 1)
        left = 1 - np.abs(own)
        terms = own, left * GROUP_REACH * group, left * (1 - np.abs(group)) * KIND_REACH * kind
        return [np.append(term, 0.0) for term in terms]


def _saturated(total: Floats, half: float) -> Floats:
    return np.asarray(total / (half + np.abs(total)))
