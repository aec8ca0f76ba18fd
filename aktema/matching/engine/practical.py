"""Travel, hours and days between one person and every place, behind gates and the practical part."""

from dataclasses import dataclass

import numpy as np

from aktema.matching.engine.encode import Columns, Floats, day_bits
from aktema.matching.engine.types import Person, Settings

EARTH_RADIUS_KM = 6371.0
MINUTES_PER_DAY = 24 * 60
NEUTRAL = 0.5
TRAVEL_SHARE, HOURS_SHARE, DAYS_SHARE = 0.5, 0.25, 0.25


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Per place, NaN where either side is unknown.

    travel: minutes one way. common_days: weekdays that suit both. common_minutes: of a day, within both
    sides' times. The three terms are 0..1, and neutral 0.5 where unknown.
    """

    travel: Floats
    common_days: Floats
    common_minutes: Floats
    travel_term: Floats
    hours_term: Floats
    days_term: Floats

    def part(self) -> Floats:
        """Each term has a fixed share, so that a forgotten fact only moves its own term to neutral."""
        shares = (
            (TRAVEL_SHARE, self.travel_term),
            (HOURS_SHARE, self.hours_term),
            (DAYS_SHARE, self.days_term),
        )
        part = np.full(len(self.travel), NEUTRAL)
        for share, term in shares:
            part += share * (term - NEUTRAL)
        return part


def circumstances(person: Person, columns: Columns, settings: Settings) -> Circumstances:
    travel = travel_minutes(person, columns, settings)
    common_days = _common_days(person, columns)
    return Circumstances(
        travel,
        common_days,
        _common_minutes(person, columns),
        _neutral_if_unknown(_travel_term(travel, settings)),
        _neutral_if_unknown(_share(columns.max_week, person.weekly_minutes)),
        _neutral_if_unknown(_share(common_days, None if person.weekdays is None else len(person.weekdays))),
    )


def travel_minutes(person: Person, columns: Columns, settings: Settings) -> Floats:
    """Return whole minutes: a base and so much per straight kilometre, as good as can be offline."""
    if person.latitude is None or person.longitude is None:
        return np.full(len(columns.ids), np.nan)
    km = _straight_km(person.latitude, person.longitude, columns.latitude, columns.longitude)
    return np.rint(settings.travel_base_minutes + settings.travel_minutes_per_km * km)


def _straight_km(latitude: float, longitude: float, latitudes: Floats, longitudes: Floats) -> Floats:
    here, there = np.radians(latitude), np.radians(latitudes)
    north, east = (there - here) / 2, np.radians(longitudes - longitude) / 2
    bend = np.sin(north) ** 2 + np.cos(here) * np.cos(there) * np.sin(east) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(bend, 0, 1))))


def _common_days(person: Person, columns: Columns) -> Floats:
    if person.weekdays is None:
        return np.full(len(columns.ids), np.nan)
    common = np.bitwise_count(columns.weekdays & np.int16(day_bits(person.weekdays)))
    return np.where(columns.weekdays < 0, np.nan, common.astype(np.float64))


def _common_minutes(person: Person, columns: Columns) -> Floats:
    if person.earliest_start is None and person.latest_end is None:
        return np.full(len(columns.ids), np.nan)
    earliest = person.earliest_start or 0
    latest = MINUTES_PER_DAY if person.latest_end is None else person.latest_end
    shared = np.minimum(columns.end, latest) - np.maximum(columns.start, earliest)
    return np.asarray(np.maximum(shared, 0))


def _travel_term(travel: Floats, settings: Settings) -> Floats:
    span = settings.far_minutes - settings.travel_base_minutes
    return np.asarray(np.clip((settings.far_minutes - travel) / span, 0.0, 1.0))


def _share(given: Floats, wanted: int | None) -> Floats:
    """Return how much of what the person wants the place can give, NaN where unknown."""
    if wanted is None:
        return np.full(len(given), np.nan)
    return np.asarray(np.clip(given / max(wanted, 1), 0.0, 1.0))


def _neutral_if_unknown(term: Floats) -> Floats:
    return np.where(np.isnan(term), NEUTRAL, term)
