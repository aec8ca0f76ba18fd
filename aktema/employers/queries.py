"""The placements as matching reads them: many at once, few statements, plain values."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, String, cast, false, func, select
from sqlalchemy.orm import InstrumentedAttribute

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.employers import rules
from aktema.employers.models import (
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementConstraint,
    PlacementDemand,
    PlacementPreference,
    Workplace,
)
from aktema.employers.states import State
from aktema.vocabulary.localities import Locality, get_locality
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import Activity, Adaptation


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacementFacts:
    """Everything of a placement that counts in a match. Ids are the vocabulary's; a missing one is unknown.

    Minutes a week, minutes after midnight, weekdays as bits (1 is Monday).
    """

    id: int
    employer_id: int
    title: str
    description: str
    activity_ids: tuple[int, ...]
    demands: Mapping[int, int]
    preferences: Mapping[int, int]
    constraints: Mapping[int, bool]
    adaptation_ids: frozenset[int]
    least_weekly_minutes: int | None
    most_weekly_minutes: int | None
    weekdays: int | None
    starts_at: int | None
    ends_at: int | None
    places: int
    state: State
    from_date: date | None
    to_date: date | None
    expires_on: date | None
    not_before: date | None
    locality_id: int | None
    latitude: float | None
    longitude: float | None

    def is_live(self, on: date) -> bool:
        """Whether it can be suggested on the day."""
        return rules.is_live(
            rules.Shown(
                state=self.state,
                to_date=self.to_date,
                expires_on=self.expires_on,
                not_before=self.not_before,
            ),
            on,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacementCard:
    """What a suggestion shows of a placement."""

    id: int
    public_id: str
    title: str
    description: str
    employer_name: str
    employer_public_id: str
    workplace_name: str
    locality_name: str
    activities: tuple[Activity, ...]
    adaptations: tuple[Adaptation, ...]
    least_weekly_minutes: int | None
    most_weekly_minutes: int | None
    weekdays: int | None
    starts_at: int | None
    ends_at: int | None
    places: int
    from_date: date | None
    to_date: date | None
    state: State


_FACTS = (
    Placement.id,
    Placement.employer_id,
    Placement.title,
    Placement.description,
    Placement.least_weekly_minutes,
    Placement.most_weekly_minutes,
    Placement.weekdays,
    Placement.starts_at,
    Placement.ends_at,
    Placement.places,
    Placement.from_date,
    Placement.to_date,
    Placement.expires_on,
)
_CARD = (
    Placement.id,
    Placement.public_id,
    Placement.title,
    Placement.description,
    Placement.least_weekly_minutes,
    Placement.most_weekly_minutes,
    Placement.weekdays,
    Placement.starts_at,
    Placement.ends_at,
    Placement.places,
    Placement.from_date,
    Placement.to_date,
)


def matchable_placements(ids: Collection[int] | None = None) -> tuple[PlacementFacts, ...]:
    """Every published placement by id; with ids, those placements in whatever state. Six statements.

    A published placement whose period has ended is among them: ask `is_live` with the day.
    """
    chosen = _chosen(ids)
    activities = _sets(PlacementActivity.placement_id, PlacementActivity.activity_id, chosen)
    adaptations = _sets(PlacementAdaptation.placement_id, PlacementAdaptation.adaptation_id, chosen)
    demands = _levels(
        PlacementDemand.placement_id, PlacementDemand.dimension_id, PlacementDemand.level, chosen
    )
    poles = _levels(
        PlacementPreference.placement_id, PlacementPreference.preference_id, PlacementPreference.pole, chosen
    )
    met = _levels(
        PlacementConstraint.placement_id,
        PlacementConstraint.constraint_id,
        PlacementConstraint.is_met,
        chosen,
    )
    return tuple(
        PlacementFacts(
            **{column.key: value for column, value in zip(_FACTS, row, strict=False)},
            **_where_and_how(row),
            activity_ids=tuple(activities.get(row.id, ())),
            adaptation_ids=frozenset(adaptations.get(row.id, ())),
            demands=demands.get(row.id, {}),
            preferences=poles.get(row.id, {}),
            constraints=met.get(row.id, {}),
        )
        for row in _facts_rows(chosen)
    )


def changed_after(epoch: int) -> tuple[int, ...]:
    """The ids of the placements that were changed after the epoch, in whatever state."""
    changed = select(Placement.id).where(Placement.changed_in > epoch)
    return tuple(db.session.scalars(changed.order_by(Placement.id)))


def cards_for(ids: Collection[int]) -> dict[int, PlacementCard]:
    """What suggestions show of the placements, by id; ids that are none are left out. One statement."""
    return {row.id: _card(row) for row in _card_rows(Placement.id.in_(ids))}


def get_card(public_id: str) -> PlacementCard:
    """What suggestions show of one placement. Raises MissingError."""
    named = Placement.public_id == public_id if is_public_id(public_id) else false()
    for row in _card_rows(named):
        return _card(row)
    raise MissingError


def _card(row: Row[Any]) -> PlacementCard:
    words = vocabulary()
    return PlacementCard(
        **{column.key: value for column, value in zip(_CARD, row, strict=False)},
        employer_name=row.employer_name,
        employer_public_id=row.employer_public_id,
        workplace_name=row.workplace_name,
        locality_name=locality_name(row.locality_id),
        activities=tuple(words.activities[number] for number in _numbers(row.activity_ids)),
        adaptations=tuple(words.adaptations[number] for number in _numbers(row.adaptation_ids)),
        state=State(row.state),
    )


def _numbers(joined: str | None) -> list[int]:
    return sorted(int(number) for number in joined.split(",")) if joined else []


def find_place(locality_id: int | None) -> Locality | None:
    """Where the locality lies; None where it is unknown or gone from the list."""
    try:
        return None if locality_id is None else get_locality(locality_id)
    except KeyError:
        return None


def locality_name(locality_id: int | None) -> str:
    """The locality's name, empty where it is unknown or gone from the list."""
    locality = find_place(locality_id)
    return locality.name if locality else ""


Chosen = Select[int]
IntColumn = InstrumentedAttribute[int]


def _chosen(ids: Collection[int] | None) -> Chosen:
    where = Placement.state == State.PUBLISHED if ids is None else Placement.id.in_(ids)
    return select(Placement.id).where(where)


def _facts_rows(chosen: Chosen) -> Iterable[Row[Any]]:
    columns = (*_FACTS, Placement.state, Workplace.locality_id, Employer.not_before)
    query = select(*columns).join(Workplace, Placement.workplace_id == Workplace.id)
    query = query.join(Employer, Placement.employer_id == Employer.id)
    return db.session.execute(query.where(Placement.id.in_(chosen)).order_by(Placement.id))


def _card_rows(where: ColumnElement[bool]) -> Iterable[Row[Any]]:
    named = (
        Employer.name.label("employer_name"),
        Employer.public_id.label("employer_public_id"),
        Workplace.name.label("workplace_name"),
        _joined(PlacementActivity.placement_id, PlacementActivity.activity_id).label("activity_ids"),
        _joined(PlacementAdaptation.placement_id, PlacementAdaptation.adaptation_id).label("adaptation_ids"),
    )
    query = select(*_CARD, *named, Placement.state, Workplace.locality_id)
    joined = query.join(Employer, Placement.employer_id == Employer.id).join(
        Workplace, Placement.workplace_id == Workplace.id
    )
    return db.session.execute(joined.where(where).order_by(Placement.id))


def _joined(owner: IntColumn, member: IntColumn) -> ScalarSelect[str]:
    """The members of each placement as one text: cards cost one statement, however much stands on them."""
    members = select(func.aggregate_strings(cast(member, String), ","))
    return members.where(owner == Placement.id).scalar_subquery()


def _where_and_how(row: Row[Any]) -> dict[str, Any]:
    locality = find_place(row.locality_id)
    return {
        "state": State(row.state),
        "not_before": row.not_before,
        "locality_id": row.locality_id,
        "latitude": locality.latitude if locality else None,
        "longitude": locality.longitude if locality else None,
    }


def _sets(owner: IntColumn, member: IntColumn, chosen: Chosen) -> dict[int, list[int]]:
    """The members by their placement's id, in order."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = select(owner, member).where(owner.in_(chosen)).order_by(owner, member)
    for placement_id, number in db.session.execute(rows):
        found[placement_id].append(number)
    return found


def _levels(
    owner: IntColumn, key: IntColumn, value: InstrumentedAttribute[Any], chosen: Chosen
) -> dict[int, dict[int, Any]]:
    """Values by key, by their placement's id."""
    found: defaultdict[int, dict[int, Any]] = defaultdict(dict)
    rows = select(owner, key, value).where(owner.in_(chosen)).order_by(owner, key)
    for placement_id, number, level in db.session.execute(rows):
        found[placement_id][number] = level
    return found
