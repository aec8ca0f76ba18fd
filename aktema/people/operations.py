"""What happens to participants: registered, corrected, handed on, spoken for. Each act leaves its trace."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError, Message
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key
from aktema.people.codes import AssignmentKind
from aktema.people.duplicates import number_index
from aktema.people.models import Assignment, Participant, Representative
from aktema.people.permissions import ASSIGN, CREATE, CREATE_MANDATE, UPDATE_IDENTITY
from aktema.people.queries import Holder, live_assignments
from aktema.people.rules import AgeProblem, find_age_problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Spokesperson:
    """Somebody who speaks for the person, before proof is seen."""

    kind: str
    name: str
    phone: str = ""
    email: str = ""
    scope: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate:
    """What a representative's decision says: when it was seen, until when it holds, and what it is about."""

    seen_on: date
    to_date: date
    scope: str
    areas: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known about who a person is. `personal_number` is twelve digits."""

    first_name: str
    last_name: str
    birth_date: date
    communication: str
    came_from: str
    personal_number: str = ""
    sex: str | None = None
    communication_note: str = ""
    phone: str = ""
    locality_id: int | None = None


def age_refusal(birth_date: date) -> Message | None:
    """What to say of a birth date outside the municipality's ages, or None."""
    settings: Settings = current_app.extensions["settings"]
    youngest, oldest = settings.youngest_age, settings.oldest_age
    match find_age_problem(birth_date, clock.today(), youngest=youngest, oldest=oldest):
        case AgeProblem.NOT_BORN:
            return _("Datumet har inte varit än. Kontrollera året.")
        case AgeProblem.TOO_YOUNG:
            return _(
                "Personen är yngre än %(age)s år. Aktema är för dem som är %(age)s–%(oldest)s år.",
                age=youngest,
                oldest=oldest,
            )
        case AgeProblem.TOO_OLD:
            return _(
                "Personen är äldre än %(age)s år. Aktema är för dem som är %(youngest)s–%(age)s år.",
                age=oldest,
                youngest=youngest,
            )
        case _:
            return None


def register(
    identity: Identity, facts: Facts, *, coach: Holder | None, spokesperson: Spokesperson | None = None
) -> Participant:
    """A new participant with those who work with them. Raises DomainError by field."""
    if (refusal := age_refusal(facts.birth_date)) is not None:
        raise DomainError(refusal, "birth_date")
    if coach is None and not identity.has(Role.COORDINATOR, Role.LSS_HANDLER):
        raise DomainError(_("Välj vem som blir jobbcoach."), "coach")
    participant = Participant(assignments=_first_assignments(identity, coach))
    write_facts(participant, facts)
    db.session.add(participant)
    db.session.flush()  # the audit row needs its id
    audit.record_write(CREATE, participant_id=participant.id)
    if spokesperson is not None:
        add_representative(participant, spokesperson)
    return participant


def _first_assignments(identity: Identity, coach: Holder | None) -> list[Assignment]:
    """The coach chosen, and whoever registers in their own role."""
    held = [_assignment(AssignmentKind.COACH, coach.account_id, coach.unit_id)] if coach else []
    for unit_id in identity.units(Role.COORDINATOR):
        held.append(_assignment(AssignmentKind.COORDINATOR, identity.account_id, unit_id))
        held.append(_assignment(AssignmentKind.PROVIDER, None, unit_id))
    if identity.has(Role.LSS_HANDLER):
        held.append(_assignment(AssignmentKind.HANDLER, identity.account_id, None))
    return held


def _assignment(kind: AssignmentKind, account_id: int | None, unit_id: int | None) -> Assignment:
    return Assignment(kind=kind.value, account_id=account_id, unit_id=unit_id, from_date=clock.today())


def write_facts(participant: Participant, facts: Facts) -> None:
    """Put the facts into the row; a personal number that is empty leaves the one there is."""
    participant.first_name, participant.last_name = facts.first_name, facts.last_name
    participant.sort_key = sort_key(f"{facts.first_name} {facts.last_name}")
    participant.birth_date, participant.sex = facts.birth_date, facts.sex
    participant.communication, participant.communication_note = facts.communication, facts.communication_note
    participant.came_from, participant.phone = facts.came_from, facts.phone
    participant.locality_id = facts.locality_id
    if facts.personal_number:
        participant.personal_number = facts.personal_number
        participant.personal_number_index = number_index(facts.personal_number)


def update_identity(participant: Participant, facts: Facts) -> None:
    """Correct who the person is. A personal number that is left empty stays as it was.

    Raises DomainError where the birth date is out of the ages and has been changed.
    """
    refusal = age_refusal(facts.birth_date) if facts.birth_date != participant.birth_date else None
    if refusal is not None:
        raise DomainError(refusal, "birth_date")
    write_facts(participant, facts)
    audit.record_write(UPDATE_IDENTITY, participant_id=participant.id)


def add_representative(participant: Participant, spokesperson: Spokesperson) -> Representative:
    """Somebody who says they speak for the person; it gives no right until proof is seen."""
    representative = Representative(
        participant=participant,
        kind=spokesperson.kind,
        name=spokesperson.name,
        scope=spokesperson.scope,
        from_date=clock.today(),
    )
    representative.phone, representative.email = spokesperson.phone, spokesperson.email
    db.session.add(representative)
    db.session.flush()  # the audit row needs its id
    _trace_representative(UPDATE_IDENTITY, representative, "add")
    return representative


def end_representative(representative: Representative) -> bool:
    """The representative no longer speaks for the person; False where that was so already."""
    if representative.to_date is not None and representative.to_date < clock.today():
        return False
    representative.to_date = clock.today() - timedelta(days=1)
    _trace_representative(UPDATE_IDENTITY, representative, "end")
    return True


def see_proof(identity: Identity, representative: Representative, mandate: Mandate) -> None:
    """Proof has been seen of what the representative may do and until when. Raises DomainError by field."""
    if mandate.seen_on > clock.today():
        raise DomainError(_("Datumet har inte varit än. Skriv dagen då du såg beslutet."), "seen_on")
    if mandate.to_date < clock.today():
        raise DomainError(_("Slutdatumet har redan varit. Skriv när uppdraget tar slut."), "to_date")
    representative.proof_seen_on, representative.proof_seen_by_id = mandate.seen_on, identity.account_id
    representative.to_date, representative.scope = mandate.to_date, mandate.scope
    representative.areas = ",".join(mandate.areas)
    _trace_representative(CREATE_MANDATE, representative, "proof")


def _trace_representative(permission: Permission, representative: Representative, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=representative.participant_id,
        object_kind="representative",
        object_id=representative.id,
        detail=detail,
    )


def assign(
    participant: Participant, kind: AssignmentKind, holder: Holder, *, within: Collection[int]
) -> None:
    """Make somebody the person's coach or coordinator from today; ends who held it in the units `within`.

    Raises DomainError where they hold it already.
    """
    live = live_assignments(participant)
    held = [assignment for assignment in live if assignment.kind == kind]
    if any(a.account_id == holder.account_id and a.unit_id == holder.unit_id for a in held):
        raise DomainError(_("Det är redan så. Välj någon annan."), "holder")
    for assignment in held:
        if assignment.unit_id is None or assignment.unit_id in within:
            _end(assignment)
    participant.assignments.append(_assignment(kind, holder.account_id, holder.unit_id))
    served = any(a.kind == AssignmentKind.PROVIDER and a.unit_id == holder.unit_id for a in live)
    if kind is AssignmentKind.COORDINATOR and not served:
        participant.assignments.append(_assignment(AssignmentKind.PROVIDER, None, holder.unit_id))
    audit.record_write(ASSIGN, participant_id=participant.id, detail=kind)


def _end(assignment: Assignment) -> None:
    """It held until yesterday; one that began today never held."""
    assignment.to_date = clock.today() - timedelta(days=1)
    assignment.from_date = min(assignment.from_date, assignment.to_date)
