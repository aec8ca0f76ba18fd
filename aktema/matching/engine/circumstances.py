"""Journey, hours and days of one person against the tables of hours, days, times and spots.

Every term is 0..1 and neutral 0.5 where either side is unknown; unknown never lets a gate fall, as every
comparison with NaN is false.
"""

import math
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.answers import Gate
from aktema.matching.engine.columns import NOWHERE, Columns, day_bits, field_of
from aktema.matching.engine.layout import Bools, Floats
from aktema.matching.engine.loops import loops
from aktema.matching.engine.types import Person, Settings

EARTH_RADIUS_KM = 6371.0
MOST_KEPT = 1_000_000  # distances, at eight bytes each
MINUTES_PER_DAY = 24 * 60.0
# What travel, hours and days are of the practical part.
SHARES = (0.5, 0.25, 0.25)
BIT = {gate: np.uint16(1 << number) for number, gate in enumerate(Gate)}
BITS = tuple(BIT[gate] for gate in (Gate.TRAVEL, Gate.HOURS, Gate.DAYS, Gate.DAY_LENGTH, Gate.TIMES))
Fell = NDArray[np.uint16]


class Tables(NamedTuple):
    """The tables of some columns as numbers, NaN where unknown: the same for everybody."""

    least: Floats
    most: Floats
    weekdays: NDArray[np.int64]
    has_weekdays: Bools
    min_days: Floats
    start: Floats
    end: Floats
    day: Floats

    @classmethod
    def of(cls, columns: Columns) -> Self:
        weekdays = field_of(columns.day_sets, 2, 0)
        return cls(
            least=field_of(columns.weeks, 2, 0),
            most=field_of(columns.weeks, 2, 1),
            weekdays=np.nan_to_num(weekdays).astype(np.int64),
            has_weekdays=~np.isnan(weekdays),
            min_days=field_of(columns.day_sets, 2, 1),
            start=field_of(columns.clocks, 3, 0),
            end=field_of(columns.clocks, 3, 1),
            day=field_of(columns.clocks, 3, 2),
        )


class Limits(NamedTuple):
    """What one person can and wants: NaN where unknown, infinite where there is no limit. Days are bits."""

    travel: float
    weekly: float
    daily: float
    earliest: float
    latest: float
    weekdays: int
    wanted_minutes: float
    wanted_days: float

    @classmethod
    def of(cls, person: Person) -> Self:
        has_times = person.earliest_start is not None or person.latest_end is not None
        return cls(
            travel=_or(person.max_travel_minutes, math.inf),
            weekly=_or(person.weekly_minutes, math.inf),
            daily=_or(person.max_minutes_per_day, math.inf),
            earliest=_or(person.earliest_start, 0.0 if has_times else math.nan),
            latest=_or(person.latest_end, MINUTES_PER_DAY),
            weekdays=day_bits(person.weekdays) or 0,
            wanted_minutes=math.nan if person.weekly_minutes is None else max(person.weekly_minutes, 1.0),
            wanted_days=math.nan if person.weekdays is None else max(len(person.weekdays), 1.0),
        )


@dataclass(frozen=True, slots=True)
class Spots:
    """Where places lie, in radians; NaN where unknown. How far they are from the last few homes is kept."""

    latitudes: Floats
    longitudes: Floats
    cosines: Floats  # of the latitudes
    _km_from: dict[tuple[float, float], Floats] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, columns: Columns) -> Self:
        spots = np.asarray(columns.spots)
        latitudes, longitudes = (
            np.where(spots == NOWHERE, np.nan, np.radians(part)) for part in (spots.real, spots.imag)
        )
        return cls(latitudes, longitudes, np.cos(latitudes))

    def km_from(self, latitude: float, longitude: float) -> Floats:
        """Return how far it is to each, as the crow flies. People live in few localities."""
        found = self._km_from.get((latitude, longitude))
        if found is None:
            if len(self._km_from) * len(self.latitudes) >= MOST_KEPT:
                self._km_from.clear()
            found = self._straight_km(math.radians(latitude), math.radians(longitude))
            self._km_from[latitude, longitude] = found
        return found

    def _straight_km(self, latitude: float, longitude: float) -> Floats:
        north, east = (self.latitudes - latitude) / 2, (self.longitudes - longitude) / 2
        bend = np.sin(north) ** 2 + math.cos(latitude) * self.cosines * np.sin(east) ** 2
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(bend, 1))))


class Circumstances(NamedTuple):
    """Per row of each table: what is known, which gates fell, and the term around neutral.

    travel: minutes one way, by spot. common_days: weekdays that suit both, by set of days. common_minutes: of
    a day, within both sides' times, by clock. The `_term`s are share times (term - neutral), 0 where unknown.
    """

    travel: Floats
    travel_term: Floats
    hours_term: Floats
    days_term: Floats
    common_days: Floats
    common_minutes: Floats
    far: Fell
    week: Fell
    days: Fell
    clock: Fell

    @classmethod
    def of(cls, person: Person, tables: Tables, spots: Spots, settings: Settings) -> Self:
        travel, limits = travel_minutes(person, spots, settings), Limits.of(person)
        reach = settings.far_minutes, settings.far_minutes - settings.travel_base_minutes
        terms, fell = loops().circumstances(travel, tables, limits, reach, SHARES, BITS)
        week = len(travel)
        days = week + len(tables.least)
        clock = days + len(tables.weekdays)
        minutes = 2 * clock - days  # days have both a term and a number
        numbers = terms[:week], terms[week:days], terms[days:clock], terms[clock:minutes], terms[minutes:]
        return cls(travel, *numbers, fell[:week], fell[week:days], fell[days:clock], fell[clock:])


def travel_minutes(person: Person, spots: Spots, settings: Settings) -> Floats:
    """Return whole minutes: a base and so much per straight kilometre, as good as can be offline."""
    if person.latitude is None or person.longitude is None:
        return np.full(len(spots.latitudes), np.nan)
    km = spots.km_from(person.latitude, person.longitude)
    return np.rint(settings.travel_base_minutes + settings.travel_minutes_per_km * km)


def _or(minutes: int | None, otherwise: float) -> float:
    return otherwise if minutes is None else float(minutes)
