"""Organisations that may stand there twice, and what each of them holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import selectinload

from aktema.core.db import db
from aktema.core.swedish import fold
from aktema.employers.employer_queries import NOTHING_LAZY
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.visit_models import EmployerVisit

COMPANY_FORMS = frozenset(
    {"ab", "aktiebolag", "aktiebolaget", "hb", "handelsbolag", "kb", "kommanditbolag", "ek", "för"}
    | {"ekonomisk", "förening", "firma", "enskild", "i", "och", "publ"}
)
"""Words that are written now and then, and tell no organisations apart."""
MOST_GROUPS = 50
HELD: tuple[type[Contact] | type[Workplace] | type[Placement] | type[EmployerVisit], ...] = (
    *(Contact, Workplace),
    *(Placement, EmployerVisit),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """How much hangs on an employer, and would move with it."""

    contacts: int
    workplaces: int
    placements: int
    visits: int


def name_key(name: str) -> str:
    """What is left of a name when spelling and company form are set aside; the name itself where nothing is."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in COMPANY_FORMS) or " ".join(words)


def duplicate_groups() -> Sequence[Sequence[Employer]]:
    """Open employers of the same name, of which no more than one has a number, or none tells. Three statements."""
    open_ones = select(Employer.id, Employer.name, Employer.organisation_number).where(_is_standing())
    groups: defaultdict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for number, name, organisation_number in db.session.execute(open_ones.order_by(Employer.sort_key)):
        groups[name_key(name)].append((number, organisation_number))
    found = [[number for number, _ in group] for group in groups.values() if _may_be_one(group)]
    shown = _by_id(number for group in found[:MOST_GROUPS] for number in group)
    return [[shown[number] for number in group] for group in found[:MOST_GROUPS]]


def likely_same(employer: Employer) -> Sequence[Employer]:
    """Other open employers that may be the same organisation. Two statements at most."""
    others = select(Employer.id, Employer.name, Employer.organisation_number).where(
        _is_standing(), Employer.id != employer.id
    )
    key, own = name_key(employer.name), employer.organisation_number
    same = [
        number
        for number, name, organisation_number in db.session.execute(others.order_by(Employer.sort_key))
        if name_key(name) == key and (own is None or organisation_number is None)
    ]
    return list(_by_id(same).values()) if same else ()


def names_before(employer: Employer) -> Sequence[str]:
    """The names under which the employer stood before it was merged."""
    merged = select(Employer.name).where(Employer.merged_into_id == employer.id)
    return db.session.scalars(merged.order_by(Employer.sort_key)).all()


def holdings_of(employer: Employer) -> Holdings:
    """What would move with the employer. Four statements."""
    contacts, workplaces, placements, visits = (
        db.session.scalar(select(func.count()).select_from(model).where(model.employer_id == employer.id))
        or 0
        for model in HELD
    )
    return Holdings(contacts=contacts, workplaces=workplaces, placements=placements, visits=visits)


def _is_standing() -> ColumnElement[bool]:
    return and_(Employer.closed_on.is_(None), Employer.merged_into_id.is_(None))


def _may_be_one(group: Sequence[tuple[int, str | None]]) -> bool:
    """Whether two of the group can be one organisation: two numbers are two organisations."""
    return len(group) > 1 and any(number is None for _, number in group)


def _by_id(ids: Iterable[int]) -> dict[int, Employer]:
    """The employers with their workplaces, by name."""
    query = select(Employer).where(Employer.id.in_(list(ids))).order_by(Employer.sort_key)
    rows = db.session.scalars(query.options(selectinload(Employer.workplaces), NOTHING_LAZY))
    return {employer.id: employer for employer in rows}
