"""Readers of employers' logs, and of what was seen at the workplaces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.employers.employer_queries import NOTHING_LAZY, id_of_employer
from aktema.employers.models import Placement
from aktema.employers.visit_models import EmployerVisit, SeenAdaptation, SeenDemand

VISITS = Keyset[EmployerVisit](
    public_id=EmployerVisit.public_id, order=(EmployerVisit.happened_on,), newest_first=True
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenBy:
    """When something was seen at the workplace, by whom, and what: a level, or 1 and 0 for possible and not."""

    on: date
    name: str
    value: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenAt:
    """What has been seen of a placement at the workplace, by the vocabulary's ids: the newest of each."""

    demands: Mapping[int, SeenBy]
    adaptations: Mapping[int, SeenBy]


def log_of(employer_id: int, cursor: Cursor, size: int) -> Page[EmployerVisit]:
    """What was written of the employer, newest first. Two statements."""
    return VISITS.page(_shown().where(EmployerVisit.employer_id == employer_id), cursor, size)


def last_visit_to(employer_id: int) -> EmployerVisit | None:
    """The newest row of the employer's log, with who wrote it."""
    there = _shown().where(EmployerVisit.employer_id == employer_id)
    newest = (EmployerVisit.happened_on.desc(), EmployerVisit.id.desc())
    return db.session.scalar(there.order_by(*newest).limit(1))


def get_visit(employer_public_id: str, public_id: str) -> EmployerVisit:
    """A row of the employer's log. Raises MissingError."""
    here = (EmployerVisit.public_id == public_id) & (
        EmployerVisit.employer_id == id_of_employer(employer_public_id)
    )
    return _one(_shown().where(here))


def get_analysis(placement: Placement, public_id: str) -> EmployerVisit:
    """A job analysis of the placement with what was seen so far. Raises MissingError."""
    seen = (selectinload(EmployerVisit.seen_demands), selectinload(EmployerVisit.seen_adaptations))
    here = (EmployerVisit.public_id == public_id) & (EmployerVisit.placement_id == placement.id)
    return _one(select(EmployerVisit).where(here).options(*seen, NOTHING_LAZY))


def seen_at(placement: Placement) -> SeenAt:
    """What was seen where the placement is, the newest of each. Two statements."""
    demand, adaptation = SeenDemand, SeenAdaptation
    demands = select(demand.dimension_id, demand.level, EmployerVisit.happened_on, Account.name).join(
        EmployerVisit, EmployerVisit.id == demand.visit_id
    )
    answers = select(
        adaptation.adaptation_id, adaptation.is_possible, EmployerVisit.happened_on, Account.name
    ).join(EmployerVisit, EmployerVisit.id == adaptation.visit_id)
    return SeenAt(demands=_newest(demands, placement), adaptations=_newest(answers, placement))


def _newest(query: Select[*tuple[Any, ...]], placement: Placement) -> dict[int, SeenBy]:
    here = query.join(Account, Account.id == EmployerVisit.account_id).where(
        EmployerVisit.placement_id == placement.id
    )
    rows = db.session.execute(here.order_by(EmployerVisit.happened_on, EmployerVisit.id))
    return {number: SeenBy(on=on, name=name, value=int(value)) for number, value, on, name in rows}


def _shown() -> Select[EmployerVisit]:
    """Rows of a log with what their page shows."""
    loaded = (
        joinedload(EmployerVisit.employer),
        joinedload(EmployerVisit.account),
        joinedload(EmployerVisit.contact),
        joinedload(EmployerVisit.placement),
    )
    return select(EmployerVisit).options(*loaded, NOTHING_LAZY)


def _one(query: Select[EmployerVisit]) -> EmployerVisit:
    found = db.session.scalar(query)
    if found is None:
        raise MissingError
    return found
