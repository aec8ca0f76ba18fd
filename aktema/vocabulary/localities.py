"""Swedish localities: where people live and workplaces lie, offline.

Names and coordinates come from GeoNames (CC BY 4.0), places with at least 500 inhabitants; see `ATTRIBUTION`.
"""

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext as _l
from rapidfuzz import fuzz, process

ATTRIBUTION = _l("Orter och koordinater kommer från GeoNames (CC BY 4.0), bearbetade.")

_FILE = Path(__file__).parent / "data" / "localities.csv"
_EARTH_RADIUS_KM = 6371.0
_FOLD = str.maketrans("åäöéü", "aaoeu")
_FUZZY_FROM_LETTERS = 3  # two letters are near to everything
_FUZZY_CUTOFF = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place; `near` is filled only where two places of one county share a name."""

    id: int
    name: str
    county: str
    near: str
    latitude: float
    longitude: float
    population_band: int

    @property
    def label(self) -> str:
        """The name with what tells it apart: `Åby (Östergötland)`, `Skruv (Kronoberg, nära Nybro)`."""
        place = f"{self.county}, nära {self.near}" if self.near else self.county
        return f"{self.name} ({place})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _SearchKey:
    exact: str
    folded: str
    locality: Locality


@cache
def localities() -> tuple[Locality, ...]:
    """All localities in Swedish name order.

    Population bands: 1 below 1 000 people, 2 from 1 000, 3 from 5 000, 4 from 20 000, 5 from 100 000.
    """
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_locality(row) for row in csv.DictReader(lines))


def get_locality(locality_id: int) -> Locality:
    """The locality with this GeoNames id; KeyError if it is not in the list."""
    return _by_id()[locality_id]


def find_locality(name: str) -> Locality | None:
    """The one locality of this name or label, letter case ignored; None where none or several fit."""
    found = _by_name().get(_plain(name), ())
    return found[0] if len(found) == 1 else None


def suggest_localities(typed: str, limit: int = 8) -> tuple[Locality, ...]:
    """Up to `limit` localities for a half-typed name: named so, beginning so, containing it, like it."""
    exact = _plain(typed)
    if not exact:
        return ()
    folded = exact.translate(_FOLD)
    hits = [(rank, entry) for entry in _search_keys() if (rank := _rank(entry, exact, folded)) is not None]
    hits.sort(key=lambda hit: (hit[0], -hit[1].locality.population_band))
    found = [entry.locality for _, entry in hits[:limit]]
    if len(found) < limit and len(folded) >= _FUZZY_FROM_LETTERS:
        found += _resembling(folded, limit - len(found), frozenset(place.id for place in found))
    return tuple(found)


def kilometres_between(a: Locality, b: Locality) -> float:
    """The straight distance in kilometres over the earth's surface (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = math.sin((lat_b - lat_a) / 2) ** 2
    half_lon = math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    chord = half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def _locality(row: dict[str, str]) -> Locality:
    return Locality(
        id=int(row["id"]),
        name=row["name"],
        county=row["county"],
        near=row["near"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population_band=int(row["population_band"]),
    )


@cache
def _by_id() -> dict[int, Locality]:
    return {place.id: place for place in localities()}


@cache
def _by_name() -> dict[str, list[Locality]]:
    names: defaultdict[str, list[Locality]] = defaultdict(list)
    for place in localities():
        for name in {place.name, f"{place.name} ({place.county})", place.label}:
            names[_plain(name)].append(place)
    return dict(names)


@cache
def _search_keys() -> tuple[_SearchKey, ...]:
    return tuple(
        _SearchKey(exact=_plain(place.label), folded=_plain(place.name).translate(_FOLD), locality=place)
        for place in localities()
    )


@cache
def _folded_names() -> tuple[str, ...]:
    return tuple(entry.folded for entry in _search_keys())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _rank(entry: _SearchKey, exact: str, folded: str) -> int | None:
    """0 is the name, 1 begins with the very letters, 2 begins so when å ä ö are folded, 3 contains them."""
    if entry.folded == folded:
        return 0
    if entry.exact.startswith(exact):
        return 1
    if entry.folded.startswith(folded):
        return 2
    return 3 if folded in entry.folded else None


def _resembling(folded: str, limit: int, known: frozenset[int]) -> list[Locality]:
    matches = process.extract(
        folded, _folded_names(), scorer=fuzz.ratio, limit=limit + len(known), score_cutoff=_FUZZY_CUTOFF
    )
    places = (_search_keys()[position].locality for _, _, position in matches)
    return [place for place in places if place.id not in known][:limit]
