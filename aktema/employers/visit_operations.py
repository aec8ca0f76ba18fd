"""What coaches write of their contacts with an employer, and what they saw at the workplace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import current_identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.personal_number import holds_personal_number
from aktema.employers.company_operations import Wishes, set_wishes
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.operations import (
    ContactFacts,
    EmployerFacts,
    WorkplaceFacts,
    add_contact,
    add_workplace,
    register_employer,
)
from aktema.employers.permissions import ANALYSE_JOB, WRITE_LOG
from aktema.employers.placement_operations import Support, set_demands, set_support
from aktema.employers.visit_codes import SilenceReason, VisitKind
from aktema.employers.visit_models import EmployerVisit, SeenAdaptation, SeenDemand


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitFacts:
    """What is written of a contact. `reason` belongs to an answer to why they were silent, and to nothing else."""

    kind: VisitKind
    happened_on: date
    minutes: int = 0
    contact: Contact | None = None
    was_reached: bool = True
    reason: SilenceReason | None = None
    line: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadFacts:
    """A name to follow up, with what little is known."""

    name: str
    sector: str
    locality_id: int | None = None
    contact: str = ""
    phone: str = ""
    line: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What was seen in one part of a job analysis: levels by dimension, and which adaptations can be arranged."""

    levels: Mapping[int, int]
    adaptations: Mapping[int, bool]


def register_lead(facts: LeadFacts) -> Employer:
    """A name to follow up: an employer nobody has talked with yet. Raises DomainError by field."""
    _refuse_person(facts.line)
    if facts.phone and not facts.contact:
        raise DomainError(_("Skriv vem som svarar på numret. Det kan vara växeln."), "contact")
    employer = register_employer(EmployerFacts(name=facts.name, sector=facts.sector))
    employer.is_lead, employer.internal_note = True, facts.line
    if facts.locality_id is not None:
        add_workplace(employer, WorkplaceFacts(name=facts.name, locality_id=facts.locality_id))
    if facts.contact:
        add_contact(employer, ContactFacts(name=facts.contact, phone=facts.phone))
    return employer


def write_visit(employer: Employer, facts: VisitFacts) -> EmployerVisit:
    """A new row of the log. Whoever has been reached is a lead no longer.

    Raises DomainError where the day has not come yet, or the line holds a personal number.
    """
    visit = EmployerVisit(employer=employer, account_id=current_identity().account_id)
    db.session.add(visit)
    _fill_in(visit, facts)
    return visit


def change_visit(visit: EmployerVisit, facts: VisitFacts) -> None:
    """Raises DomainError as `write_visit` does."""
    _fill_in(visit, facts)


def ask_why(employer: Employer, facts: VisitFacts, not_before: date | None) -> EmployerVisit:
    """Write down why they had not answered; from the day, where one is given, they can be asked again."""
    visit = write_visit(employer, facts)
    if not_before is not None:
        set_wishes(employer, Wishes(month_cap=employer.month_cap, not_before=not_before), WRITE_LOG)
    return visit


def begin_analysis(placement: Placement, facts: VisitFacts) -> EmployerVisit:
    """The visit on which the demands of a placement are gone through at the workplace."""
    visit = EmployerVisit(
        employer=placement.employer, placement=placement, account_id=current_identity().account_id
    )
    db.session.add(visit)
    _fill_in(visit, facts, ANALYSE_JOB)
    return visit


def note_seen(visit: EmployerVisit, placement: Placement, seen: Seen) -> None:
    """Keep what was seen on the visit and let it stand in the placement; what was not seen stays as it was.

    Raises DomainError where the placement's editing refuses it.
    """
    _keep_seen(visit, seen)
    if seen.levels:
        stored = {row.dimension_id: row.level for row in placement.demands}
        set_demands(placement, {**stored, **seen.levels})
    if seen.adaptations:
        set_support(placement, _support_with(placement, seen.adaptations))
    _trace(visit, ANALYSE_JOB, "seen")


def _keep_seen(visit: EmployerVisit, seen: Seen) -> None:
    demands = {row.dimension_id: row for row in visit.seen_demands}
    for dimension_id, level in seen.levels.items():
        row = demands.get(dimension_id) or SeenDemand(dimension_id=dimension_id)
        row.level = level
        if dimension_id not in demands:
            visit.seen_demands.append(row)
    answers = {row.adaptation_id: row for row in visit.seen_adaptations}
    for adaptation_id, is_possible in seen.adaptations.items():
        answer = answers.get(adaptation_id) or SeenAdaptation(adaptation_id=adaptation_id)
        answer.is_possible = is_possible
        if adaptation_id not in answers:
            visit.seen_adaptations.append(answer)


def _support_with(placement: Placement, answers: Mapping[int, bool]) -> Support:
    """The placement's support with the adaptations that were answered for."""
    offered = {row.adaptation_id for row in placement.adaptations} - answers.keys()
    possible = {number for number, is_possible in answers.items() if is_possible}
    return Support(
        supervisor=placement.supervisor,
        supervision=placement.supervision,
        adaptation_ids=frozenset(offered | possible),
    )


def _fill_in(visit: EmployerVisit, facts: VisitFacts, permission: Permission = WRITE_LOG) -> None:
    if facts.happened_on > clock.today():
        raise DomainError(_("Dagen har inte varit än. Skriv det när det har hänt."), "happened_on")
    _refuse_person(facts.line)
    visit.kind, visit.happened_on, visit.minutes = facts.kind.value, facts.happened_on, facts.minutes
    visit.contact, visit.was_reached = facts.contact, facts.was_reached
    visit.reason, visit.line = facts.reason.value if facts.reason else None, facts.line
    if facts.was_reached:
        visit.employer.is_lead = False
    db.session.flush()  # the audit row needs the id of a new one
    _trace(visit, permission, facts.kind.value)


def _refuse_person(line: str) -> None:
    if holds_personal_number(line, clock.today()):
        raise DomainError(_("Här får inget personnummer stå. Skriv aldrig om deltagare här."), "line")


def _trace(visit: EmployerVisit, permission: Permission, detail: str) -> None:
    audit.record_write(permission, object_kind="employer_visit", object_id=visit.id, detail=detail)
