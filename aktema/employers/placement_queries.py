"""Readers of placements for the pages. They are not about people: whoever may read one may read all."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.core.paging import Cursor, Keyset, Page
from aktema.core.swedish import sort_key
from aktema.employers.employer_queries import NOTHING_LAZY, ids_fitting
from aktema.employers.models import Employer, Placement, PlacementActivity, PlacementStateChange, Workplace
from aktema.employers.queries import find_place, locality_name
from aktema.employers.states import State
from aktema.vocabulary.localities import Locality
from aktema.vocabulary.queries import vocabulary

PLACEMENTS = Keyset[Placement](public_id=Placement.public_id, order=(Placement.sort_key,))
MOST_TO_COPY = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacementFilter:
    """What narrows the list of placements; empty narrows nothing. Closed ones only show when asked for."""

    typed: str = ""
    state: State | None = None
    activity_group_id: int | None = None
    locality_id: int | None = None
    employer_id: int | None = None


def list_placements(chosen: PlacementFilter, cursor: Cursor) -> Page[Placement]:
    """Placements by title with employer, workplace and activities. Four statements at most."""
    loaded = (
        joinedload(Placement.employer),
        joinedload(Placement.workplace),
        selectinload(Placement.activities),
        NOTHING_LAZY,
    )
    return PLACEMENTS.page(_narrowed(select(Placement), chosen).options(*loaded), cursor)


def get_placement(public_id: str) -> Placement:
    """One placement with everything on its page. Raises MissingError."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    loaded = (
        joinedload(Placement.employer).selectinload(Employer.workplaces),
        joinedload(Placement.employer).selectinload(Employer.contacts),
        joinedload(Placement.workplace),
        joinedload(Placement.supervisor),
        selectinload(Placement.activities),
        selectinload(Placement.demands),
        selectinload(Placement.preferences),
        selectinload(Placement.constraints),
        selectinload(Placement.adaptations),
        selectinload(Placement.state_changes).joinedload(PlacementStateChange.account),
        NOTHING_LAZY,
    )
    found = db.session.scalar(select(Placement).where(Placement.public_id == public_id).options(*loaded))
    if found is None:
        raise MissingError
    return found


def localities_of_placements() -> tuple[Locality, ...]:
    """Every locality in which a placement that is not closed lies, in Swedish order of names."""
    there = select(Workplace.locality_id).join(Placement, Placement.workplace_id == Workplace.id)
    ids = set(db.session.scalars(there.where(Placement.state != State.CLOSED).distinct()))
    found = (find_place(number) for number in ids)
    return tuple(
        sorted((place for place in found if place), key=lambda place: (sort_key(place.name), place.id))
    )


def placements_to_copy(employer: Employer) -> Sequence[Placement]:
    """The employer's latest placements, whatever their state."""
    there = select(Placement).where(Placement.employer_id == employer.id).options(NOTHING_LAZY)
    return db.session.scalars(there.order_by(Placement.id.desc()).limit(MOST_TO_COPY)).all()


def _narrowed(query: Select[Placement], chosen: PlacementFilter) -> Select[Placement]:
    query = query.where(
        Placement.state == chosen.state if chosen.state else Placement.state != State.CLOSED,
    )
    if chosen.employer_id is not None:
        query = query.where(Placement.employer_id == chosen.employer_id)
    if chosen.locality_id is not None:
        query = query.where(Placement.workplace.has(Workplace.locality_id == chosen.locality_id))
    if chosen.activity_group_id is not None:
        group = next(one for one in vocabulary().activity_groups if one.id == chosen.activity_group_id)
        inside = PlacementActivity.activity_id.in_([activity.id for activity in group.activities])
        query = query.where(Placement.activities.any(inside))
    if chosen.typed:
        query = query.where(Placement.id.in_(placements_fitting(chosen.typed)))
    return query


def placements_fitting(typed: str) -> tuple[int, ...]:
    """The placements, in whatever state, whose title, employer or locality fits what was typed, slips forgiven."""
    named = select(Placement.id, Placement.title, Employer.name, Workplace.locality_id)
    joined = named.join(Employer, Placement.employer_id == Employer.id).join(
        Workplace, Placement.workplace_id == Workplace.id
    )
    rows = db.session.execute(joined)
    texts = [
        (number, f"{title} {employer} {locality_name(place)}") for number, title, employer, place in rows
    ]
    return ids_fitting(typed, texts)
