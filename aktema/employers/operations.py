"""What happens to employers, the people to talk to there, and their workplaces. Each act leaves its trace."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select, update
from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from aktema.access import audit
from aktema.access.link_operations import revoke_links_to
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.epochs import move_on
from aktema.core.errors import DomainError
from aktema.core.swedish import sort_key
from aktema.employers.company_operations import shut_out
from aktema.employers.epochs import PLACEMENTS
from aktema.employers.models import Contact, Employer, Placement, Workplace
from aktema.employers.permissions import CREATE_EMPLOYER, UPDATE_EMPLOYER

LONG_FORM, COMPANY_PREFIX = 12, "16"  # how authorities write an organisation number with twelve digits
LEAST_THIRD_DIGIT = "2"  # below it the number is a person's: the month of birth


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployerFacts:
    """What is registered of an employer. An empty organisation number is unknown."""

    name: str
    sector: str
    organisation_number: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactFacts:
    name: str
    task: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkplaceFacts:
    """Where a workplace is; the locality is a GeoNames id of our list, None is unknown."""

    name: str
    street: str = ""
    locality_id: int | None = None
    access_facts: str = ""


def register_employer(facts: EmployerFacts) -> Employer:
    """A new employer. Raises DomainError where the organisation number is wrong or taken."""
    employer = Employer()
    _fill_in(employer, facts)
    db.session.add(employer)
    db.session.flush()  # the audit row needs its id
    _trace(CREATE_EMPLOYER, employer)
    return employer


def change_employer(employer: Employer, facts: EmployerFacts) -> None:
    """Raises DomainError where the organisation number is wrong or taken."""
    _fill_in(employer, facts)
    _trace(UPDATE_EMPLOYER, employer, "company")


def write_note(employer: Employer, text: str) -> None:
    """Replace what coaches tell each other about the employer."""
    employer.internal_note = text
    _trace(UPDATE_EMPLOYER, employer, "internal_note")


def reopen_employer(employer: Employer) -> None:
    """Open a closed employer; its placements stay closed until each is opened."""
    employer.closed_on = None
    _trace(UPDATE_EMPLOYER, employer, "reopen")


def add_contact(employer: Employer, facts: ContactFacts) -> Contact:
    contact = Contact(employer=employer)
    db.session.add(contact)
    change_contact(contact, facts)
    return contact


def change_contact(contact: Contact, facts: ContactFacts) -> None:
    """Links sent to an address that is no longer the contact's open nothing from now on."""
    if contact.id is not None and contact.email != facts.email:
        revoke_links_to(contact.id)
    contact.name, contact.task, contact.phone, contact.email = (
        facts.name,
        facts.task,
        facts.phone,
        facts.email,
    )
    db.session.flush()  # the audit row needs the id of a new one
    _trace(UPDATE_EMPLOYER, contact)


def mark_contact_left(contact: Contact, on: date | None) -> None:
    """The person works there no more since the day, and signs in no more; None takes back the first."""
    contact.left_on = on
    if on is not None:
        shut_out(contact)
    _trace(UPDATE_EMPLOYER, contact, "left" if on else "back")


def add_workplace(employer: Employer, facts: WorkplaceFacts) -> Workplace:
    workplace = Workplace(employer=employer)
    db.session.add(workplace)
    change_workplace(workplace, facts)
    return workplace


def change_workplace(workplace: Workplace, facts: WorkplaceFacts) -> None:
    """Where it is counts in every suggestion of a placement there, so those are marked as changed too."""
    has_moved = workplace.locality_id != facts.locality_id
    workplace.name, workplace.street = facts.name, facts.street
    workplace.locality_id, workplace.access_facts = facts.locality_id, facts.access_facts
    db.session.flush()  # the audit row needs the id of a new one
    if has_moved:
        there = update(Placement).where(Placement.workplace_id == workplace.id)
        db.session.execute(there.values(changed_at=clock.now(), changed_in=move_on(PLACEMENTS)))
    _trace(UPDATE_EMPLOYER, workplace)


def read_organisation_number(text: str) -> str | None:
    """Ten digits, or None where nothing is typed.

    Raises DomainError where it is no organisation number, or is a person's: a sole trader's number is the
    owner's personal number, which has no business here.
    """
    digits = orgnr.compact(text)
    if not digits:
        return None
    if len(digits) == LONG_FORM:
        digits = digits.removeprefix(COMPANY_PREFIX)
    try:
        digits = orgnr.validate(digits)
    except ValidationError:
        raise _number_refused(
            _("Numret stämmer inte. Skriv tio siffror, till exempel 556036-0793.")
        ) from None
    if digits[2] < LEAST_THIRD_DIGIT:
        raise _number_refused(_("Det här är ett personnummer. Lämna tomt för enskild firma."))
    return digits


def _number_refused(message: str) -> DomainError:
    return DomainError(message, "organisation_number")


def _fill_in(employer: Employer, facts: EmployerFacts) -> None:
    number = read_organisation_number(facts.organisation_number)
    if number is not None:
        _refuse_taken(number, employer)
    employer.name, employer.sort_key, employer.sector = facts.name, sort_key(facts.name), facts.sector
    employer.organisation_number, employer.description = number, facts.description


def _refuse_taken(number: str, employer: Employer) -> None:
    with db.session.no_autoflush:
        same_number = select(Employer.name).where(
            Employer.organisation_number == number, Employer.id != (employer.id or 0)
        )
        name = db.session.scalar(same_number)
    if name is not None:
        if employer.id is None:
            raise _number_refused(_("Numret finns redan hos %(name)s.", name=name))
        raise _number_refused(
            _("Numret finns redan hos %(name)s. Är det samma arbetsgivare slår du ihop dem.", name=name)
        )


def _trace(permission: Permission, thing: Employer | Contact | Workplace, detail: str = "") -> None:
    audit.record_write(permission, object_kind=thing.__tablename__, object_id=thing.id, detail=detail)
