"""Journey, hours and days of one person against the tables of hours, days, times and spots.

Every term is 0..1 and neutral 0.5 where either side is unknown; unknown never lets a gate fall, as every
comparison with NaN is false.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.columns import NOWHERE, Columns, day_bits, field_of
from aktema.matching.engine.layout import Bools, Floats
from aktema.matching.engine.types import Person, Settings

EARTH_RADIUS_KM = 6371.0
MINUTES_PER_DAY = 24 * 60
NEUTRAL = 0.5
TRAVEL_SHARE, HOURS_SHARE, DAYS_SHARE = 0.5, 0.25, 0.25


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of some columns as numbers, NaN where unknown: the same for everybody."""

    least: Floats
    most: Floats
    weekdays: NDArray[np.int64]
    has_weekdays: Bools
    min_days: Floats
    start: Floats
    end: Floats
    day: Floats
    latitudes: Floats  # radians
    longitudes: Floats

    @classmethod
    def of(cls, columns: Columns) -> Self:
        weekdays = field_of(columns.day_sets, 2, 0)
        spots = np.asarray(columns.spots)
        return cls(
            least=field_of(columns.weeks, 2, 0),
            most=field_of(columns.weeks, 2, 1),
            weekdays=np.nan_to_num(weekdays).astype(np.int64),
            has_weekdays=~np.isnan(weekdays),
            min_days=field_of(columns.day_sets, 2, 1),
            start=field_of(columns.clocks, 3, 0),
            end=field_of(columns.clocks, 3, 1),
            day=field_of(columns.clocks, 3, 2),
            latitudes=np.where(spots == NOWHERE, np.nan, np.radians(spots.real)),
            longitudes=np.where(spots == NOWHERE, np.nan, np.radians(spots.imag)),
        )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Per row of each table: what is known, whether it is too much, and the term around neutral.

    travel: minutes one way, by spot. common_days: weekdays that suit both, by set of days. common_minutes: of
    a day, within both sides' times, by clock. The `_term`s are share times (term - neutral), 0 where unknown.
    """

    travel: Floats
    common_days: Floats
    common_minutes: Floats
    is_far: Bools
    wants_more_hours: Bools
    has_few_days: Bools
    has_long_day: Bools
    has_other_times: Bools
    travel_term: Floats
    hours_term: Floats
    days_term: Floats

    @classmethod
    def of(cls, person: Person, tables: Tables, settings: Settings) -> Self:
        travel = travel_minutes(person, tables, settings)
        common_days, common_minutes = _common_days(person, tables), _common_minutes(person, tables)
        wanted_days = None if person.weekdays is None else len(person.weekdays)
        return cls(
            travel=travel,
            common_days=common_days,
            common_minutes=common_minutes,
            is_far=travel > _limit(person.max_travel_minutes),
            wants_more_hours=tables.least > _limit(person.weekly_minutes),
            has_few_days=common_days < tables.min_days,
            has_long_day=tables.day > _limit(person.max_minutes_per_day),
            has_other_times=common_minutes < np.fmax(tables.day, 1),
            travel_term=_around_neutral(TRAVEL_SHARE, _travel_term(travel, settings)),
            hours_term=_around_neutral(HOURS_SHARE, _share(tables.most, person.weekly_minutes)),
            days_term=_around_neutral(DAYS_SHARE, _share(common_days, wanted_days)),
        )


def travel_minutes(person: Person, tables: Tables, settings: Settings) -> Floats:
    """Return whole minutes: a base and so much per straight kilometre, as good as can be offline."""
    if person.latitude is None or person.longitude is None:
        return np.full(len(tables.latitudes), np.nan)
    km = _straight_km(math.radians(person.latitude), math.radians(person.longitude), tables)
    return np.rint(settings.travel_base_minutes + settings.travel_minutes_per_km * km)


def _straight_km(latitude: float, longitude: float, tables: Tables) -> Floats:
    north, east = (tables.latitudes - latitude) / 2, (tables.longitudes - longitude) / 2
    bend = np.sin(north) ** 2 + math.cos(latitude) * np.cos(tables.latitudes) * np.sin(east) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(bend, 0, 1))))


def _common_days(person: Person, tables: Tables) -> Floats:
    own = day_bits(person.weekdays)
    if own is None:
        return np.full(len(tables.weekdays), np.nan)
    common = np.bitwise_count(tables.weekdays & own)
    return np.where(tables.has_weekdays, common.astype(np.float64), np.nan)


def _common_minutes(person: Person, tables: Tables) -> Floats:
    if person.earliest_start is None and person.latest_end is None:
        return np.full(len(tables.day), np.nan)
    latest = MINUTES_PER_DAY if person.latest_end is None else person.latest_end
    shared = np.minimum(tables.end, latest) - np.maximum(tables.start, person.earliest_start or 0)
    return np.asarray(np.maximum(shared, 0))


def _travel_term(travel: Floats, settings: Settings) -> Floats:
    span = settings.far_minutes - settings.travel_base_minutes
    return np.asarray(np.clip((settings.far_minutes - travel) / span, 0.0, 1.0))


def _share(given: Floats, wanted: int | None) -> Floats:
    """Return how much of what the person wants the place can give, NaN where unknown."""
    if wanted is None:
        return np.full(len(given), np.nan)
    return np.asarray(np.clip(given / max(wanted, 1), 0.0, 1.0))


def _around_neutral(share: float, term: Floats) -> Floats:
    return np.where(np.isnan(term), 0.0, share * (term - NEUTRAL))


def _limit(minutes: int | None) -> float:
    return math.inf if minutes is None else minutes
