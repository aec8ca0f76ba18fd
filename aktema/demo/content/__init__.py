"""The words of the demo municipality: employers, placements, people's names, wishes and step notes.

Everything is invented. Phone numbers come from the series that the Swedish telecom authority (PTS) keeps
for fiction.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from aktema.vocabulary.localities import Locality, find_locality

_FOLDER = Path(__file__).parent
_MET: Mapping[str, bool | None] = {"met": True, "not_met": False, "unknown": None}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEmployer:
    """An employer with its one contact and workplace; None is not known yet."""

    key: str
    name: str
    sector: str
    description: str
    contact_name: str
    contact_role: str
    phone: str
    email: str
    street: str
    locality: Locality
    wheelchair_access: bool | None
    accessible_toilet: bool | None
    rest_room: bool | None
    lift: str
    """`yes`, `no`, or `not_needed` where everything is on one floor."""
    has_parking: bool
    bus: str
    access: str
    coach_note: str
    last_contact_days: int
    """How many days ago somebody last was in contact."""
    last_contact_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlacement:
    """A placement. Times are minutes after midnight, weekdays count from Monday = 0, days from today."""

    key: str
    employer: str
    title: str
    description: str
    activities: tuple[str, ...]
    demands: Mapping[str, int]
    """Levels that differ from the activities' default demands, by dimension."""
    least_weekly_minutes: int
    most_weekly_minutes: int
    weekdays: tuple[int, ...]
    starts_at: int
    ends_at: int
    places: int
    supervisor_name: str
    supervisor_role: str
    supervision: str
    adaptations: tuple[str, ...]
    preferences: Mapping[str, int]
    constraints: Mapping[str, bool | None]
    requires_background_check: bool
    state: str
    starts_in_days: int
    ends_in_days: int | None
    """None where the placement is open-ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUnit:
    key: str
    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStaff:
    """Somebody who works for the municipality; `unit` is None for those who serve all units."""

    key: str
    name: str
    role: str
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstName:
    name: str
    sex: str
    generation: str
    """`young` (below 35), `middle` (35-54) or `older`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants in their own words, and the activities it points to and away from."""

    text: str
    liked: tuple[str, ...]
    disliked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step note; texts may hold {first_name}, {employer} and {placement}."""

    phase: str
    contact_type: str
    place: str
    minutes: int
    text: str
    next_step: str
    next_in_days: int
    only_for: str
    """`signs`, `guardian` or `ending` where the note tells of those; else empty."""
    at_day: int | None
    """How many days after the first day at a workplace, where the note says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictReason:
    """Why somebody answered `not_now` or `no`, in their own words."""

    verdict: str
    text: str
    reason: str
    groups: tuple[str, ...]
    """The activity groups it can be about; empty for any."""


@cache
def employers() -> tuple[DemoEmployer, ...]:
    return tuple(_employer(row) for row in _rows("employers"))


@cache
def placements() -> tuple[DemoPlacement, ...]:
    return tuple(_placement(row) for row in _rows("placements"))


@cache
def units() -> tuple[DemoUnit, ...]:
    return tuple(DemoUnit(**row) for row in _rows("units"))


@cache
def staff() -> tuple[DemoStaff, ...]:
    return tuple(
        DemoStaff(key=row["key"], name=row["name"], role=row["role"], unit=row["unit"] or None)
        for row in _rows("staff")
    )


@cache
def first_names() -> tuple[FirstName, ...]:
    return tuple(
        FirstName(name=row["name"], sex=row["sex"], generation=row["generation"])
        for row in _rows("names")
        if row["kind"] == "first"
    )


@cache
def surnames() -> tuple[str, ...]:
    return tuple(row["name"] for row in _rows("names") if row["kind"] == "last")


@cache
def wishes() -> tuple[Wish, ...]:
    return tuple(
        Wish(text=row["text"], liked=_ids(row["liked"]), disliked=_ids(row["disliked"]))
        for row in _rows("wishes")
    )


@cache
def step_lines() -> tuple[StepLine, ...]:
    return tuple(_step_line(row) for row in _rows("step_lines"))


@cache
def reasons() -> tuple[VerdictReason, ...]:
    return tuple(
        VerdictReason(
            verdict=row["verdict"], text=row["text"], reason=row["reason"], groups=_ids(row["groups"])
        )
        for row in _rows("reasons")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _employer(row: dict[str, str]) -> DemoEmployer:
    return DemoEmployer(
        key=row["key"],
        name=row["name"],
        sector=row["sector"],
        description=row["description"],
        contact_name=row["contact_name"],
        contact_role=row["contact_role"],
        phone=row["phone"],
        email=row["email"],
        street=row["street"],
        locality=_place(row["locality"]),
        wheelchair_access=_MET[row["wheelchair_access"]],
        accessible_toilet=_MET[row["accessible_toilet"]],
        rest_room=_MET[row["rest_room"]],
        lift=row["lift"],
        has_parking=row["parking"] == "yes",
        bus=row["bus"],
        access=row["access"],
        coach_note=row["coach_note"],
        last_contact_days=int(row["last_contact_days"]),
        last_contact_type=row["last_contact_type"],
    )


def _placement(row: dict[str, str]) -> DemoPlacement:
    return DemoPlacement(
        key=row["key"],
        employer=row["employer"],
        title=row["title"],
        description=row["description"],
        activities=_ids(row["activities"]),
        demands=_levels(row["demands"]),
        least_weekly_minutes=int(row["minutes_min"]),
        most_weekly_minutes=int(row["minutes_max"]),
        weekdays=tuple(_WEEKDAYS.index(day) for day in _ids(row["weekdays"])),
        starts_at=_minutes(row["start"]),
        ends_at=_minutes(row["end"]),
        places=int(row["places"]),
        supervisor_name=row["supervisor_name"],
        supervisor_role=row["supervisor_role"],
        supervision=row["supervision"],
        adaptations=_ids(row["adaptations"]),
        preferences=_levels(row["preferences"]),
        constraints=MappingProxyType({key: _MET[value] for key, value in _pairs(row["constraints"])}),
        requires_background_check=row["background_check"] == "yes",
        state=row["state"],
        starts_in_days=int(row["starts_in_days"]),
        ends_in_days=int(row["ends_in_days"]) if row["ends_in_days"] else None,
    )


def _step_line(row: dict[str, str]) -> StepLine:
    return StepLine(
        phase=row["phase"],
        contact_type=row["contact_type"],
        place=row["place"],
        minutes=int(row["minutes"]),
        text=row["text"],
        next_step=row["next_step"],
        next_in_days=int(row["next_in_days"]),
        only_for=row["only_for"],
        at_day=int(row["at_day"]) if row["at_day"] else None,
    )


def _place(name: str) -> Locality:
    """The locality of this name; LookupError if it is missing or not the only one."""
    place = find_locality(name)
    if place is None:
        raise LookupError(name)
    return place


def _ids(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(";")) if listed else ()


def _pairs(listed: str) -> list[tuple[str, str]]:
    pairs = (pair.partition(":") for pair in _ids(listed))
    return [(key, value) for key, _, value in pairs]


def _levels(listed: str) -> Mapping[str, int]:
    return MappingProxyType({key: int(value) for key, value in _pairs(listed)})


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
