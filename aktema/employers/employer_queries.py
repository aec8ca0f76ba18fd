"""Readers of employers. They are not about people in need of support: whoever may read one may read all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.core.names import best_matches
from aktema.core.paging import Cursor, Keyset, Page
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.states import State

EMPLOYERS = Keyset[Employer](public_id=Employer.public_id, order=(Employer.sort_key,))
T = TypeVar("T")
MOST_FOUND = 200
FITS_AS_IT_STANDS = 0.9
NOTHING_LAZY = raiseload("*", sql_only=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployerFilter:
    """What narrows the list of employers; empty narrows nothing. Closed ones only show when asked for."""

    typed: str = ""
    sector: str = ""
    is_closed: bool = False


def list_employers(chosen: EmployerFilter, cursor: Cursor) -> Page[Employer]:
    """Employers by name with their workplaces. Four statements at most."""
    query = select(Employer).options(selectinload(Employer.workplaces), NOTHING_LAZY)
    return EMPLOYERS.page(narrowed(query, chosen), cursor)


def narrowed(query: Select[Employer], chosen: EmployerFilter) -> Select[Employer]:
    """The query with only what the filter leaves; never those that another row has taken over."""
    query = query.where(
        Employer.closed_on.is_not(None) if chosen.is_closed else Employer.closed_on.is_(None),
        Employer.merged_into_id.is_(None),
    )
    if chosen.sector:
        query = query.where(Employer.sector == chosen.sector)
    if chosen.typed:
        query = query.where(Employer.id.in_(_ids_like(chosen.typed)))
    return query


def count_published(employers: Collection[Employer]) -> dict[int, int]:
    """How many published placements each employer has, by its id; those with none are left out."""
    ids = [employer.id for employer in employers]
    published = (Placement.employer_id.in_(ids)) & (Placement.state == State.PUBLISHED)
    counting = select(Placement.employer_id, func.count()).where(published).group_by(Placement.employer_id)
    return dict(db.session.execute(counting).all())


def get_employer(public_id: str) -> Employer:
    """One employer with contacts and workplaces; for one taken over, the one that did. Raises MissingError."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    query = select(Employer).where(Employer.id == id_of_employer(public_id))
    return _one(
        query.options(selectinload(Employer.contacts), selectinload(Employer.workplaces), NOTHING_LAZY)
    )


def get_contact(employer_id: str, public_id: str) -> Contact:
    """A contact of the employer with that public id. Raises MissingError."""
    here = (Contact.public_id == public_id) & (Contact.employer_id == id_of_employer(employer_id))
    return _one(select(Contact).where(here).options(joinedload(Contact.employer), NOTHING_LAZY))


def get_workplace(employer_id: str, public_id: str) -> Workplace:
    """A workplace of the employer with that public id. Raises MissingError."""
    here = (Workplace.public_id == public_id) & (Workplace.employer_id == id_of_employer(employer_id))
    return _one(select(Workplace).where(here).options(joinedload(Workplace.employer), NOTHING_LAZY))


def id_of_employer(public_id: str) -> ScalarSelect[int]:
    """The id of the employer that the address means now: of the one that took it over, where one did."""
    own = aliased(Employer)
    return (
        select(func.coalesce(own.merged_into_id, own.id)).where(own.public_id == public_id).scalar_subquery()
    )


def _one(query: Select[T]) -> T:
    found = db.session.scalar(query)
    if found is None:
        raise MissingError
    return found


def ids_fitting(typed: str, texts: Sequence[tuple[int, str]]) -> tuple[int, ...]:
    """The ids whose text fits what was typed; slips are forgiven where nothing fits as it stands."""
    well = best_matches(typed, texts, limit=MOST_FOUND, cutoff=FITS_AS_IT_STANDS)
    return well or best_matches(typed, texts, limit=MOST_FOUND)


def _ids_like(typed: str) -> tuple[int, ...]:
    """The employers whose name, also one they were merged with, fits what was typed, or whose number it is."""
    digits = typed.replace("-", "")
    standing = func.coalesce(Employer.merged_into_id, Employer.id)
    rows = db.session.execute(select(standing, Employer.name, Employer.organisation_number))
    texts = [(number, f"{name} {organisation or ''}") for number, name, organisation in rows]
    return ids_fitting(digits if digits.isdigit() else typed, texts)
