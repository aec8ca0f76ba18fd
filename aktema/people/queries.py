"""Readers of participants, scoped to who asks.

Whoever is not in scope is missing, and every person read leaves a trace.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import joinedload

from aktema.access import audit
from aktema.access.identity import Identity, Post
from aktema.access.models import Account, Membership, Unit
from aktema.access.policy import Effect, Grant, Permission, Scope, grants_for
from aktema.access.queries import live_membership
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.people.codes import AssignmentKind, MandateArea
from aktema.people.models import Assignment, Participant, Representative
from aktema.vocabulary.localities import get_locality

OPENING_AREAS = (MandateArea.RIGHTS, MandateArea.PERSON)
HELD_AS = {Role.JOB_COACH: "coach", Role.COORDINATOR: "coordinator", Role.LSS_HANDLER: "handler"}
"""The kind of assignment that belongs to each role."""


def live_assignment() -> ColumnElement[bool]:
    """The where-clause of assignments that hold today."""
    today = clock.today()
    return (Assignment.from_date <= today) & (Assignment.to_date.is_(None) | (Assignment.to_date >= today))


def is_live_coach() -> ColumnElement[bool]:
    """The where-clause over Assignment, beside Participant, of those who are the person's coach today."""
    theirs = (Assignment.participant_id == Participant.id) & (Assignment.kind == AssignmentKind.COACH)
    return theirs & live_assignment() & Assignment.account_id.is_not(None)


def _worked_with(holder: ColumnElement[bool]) -> ColumnElement[bool]:
    return Participant.id.in_(select(Assignment.participant_id).where(holder, live_assignment()))


def _within(identity: Identity, post: Post, scope: Scope) -> ColumnElement[bool]:
    """The people a scope reaches through one post; a scope that is not about people reaches nobody.

    Oneself is reached through the post of a participant alone, somebody represented through that of a representative.

    A case handler belongs to no unit: their own unit is the people they handle. What somebody was given in one
    post opens nothing through another: an assignment counts in its own role and unit only.
    """
    if scope in (Scope.SELF, Scope.REPRESENTED):
        return _own(identity, post, scope)
    mine, my_unit = _held(identity, post), Assignment.unit_id == post.unit_id
    if scope is Scope.OWN_CASELOAD or (scope is Scope.OWN_UNIT and post.unit_id is None):
        return _worked_with(mine)
    if scope is Scope.OWN_UNIT:
        return _worked_with(my_unit)
    if scope is Scope.ASSIGNED_CONTRACT:
        ordered = my_unit & (Assignment.kind == "provider") if post.unit_id is not None else false()
        return _worked_with(or_(ordered, mine))
    return true() if scope is Scope.TENANT else false()


def _own(identity: Identity, post: Post, scope: Scope) -> ColumnElement[bool]:
    """The participant themselves; or whom they represent by a live mandate whose proof was seen.

    Nobody represents somebody with a protected identity here: their mandates rest until that has been decided anew.
    """
    if (scope, post.role) == (Scope.SELF, Role.PARTICIPANT):
        return Participant.account_id == identity.account_id
    if (scope, post.role) == (Scope.REPRESENTED, Role.REPRESENTATIVE):
        spoken_for = select(Representative.participant_id).where(
            Representative.account_id == identity.account_id, live_mandate()
        )
        return Participant.id.in_(spoken_for) & ~Participant.has_protected_identity
    return false()


def live_mandate() -> ColumnElement[bool]:
    """The where-clause of representatives whose mandate holds today and whose proof has been seen.

    Whoever looks after money alone has no business on the person's pages.
    """
    today = clock.today()
    has_begun = Representative.from_date.is_(None) | (Representative.from_date <= today)
    holds = Representative.to_date.is_(None) | (Representative.to_date >= today)
    covers = or_(*(Representative.areas.contains(one.value) for one in OPENING_AREAS))
    return Representative.proof_seen_on.is_not(None) & has_begun & holds & covers


def _held(identity: Identity, post: Post) -> ColumnElement[bool]:
    """The assignments the identity holds in the post."""
    mine = (Assignment.account_id == identity.account_id) & (Assignment.kind == HELD_AS.get(post.role, ""))
    return mine & (Assignment.unit_id.is_(None) | (Assignment.unit_id == post.unit_id))


def visible(identity: Identity, permission: Permission) -> ColumnElement[bool]:
    """The where-clause over Participant of the people the permission reaches for the identity."""
    return _reached(identity, grants_for(identity, permission))


def visible_unmasked(identity: Identity, permission: Permission) -> ColumnElement[bool]:
    """The same, but only of those whom the permission shows without a mask."""
    granted = grants_for(identity, permission)
    return _reached(identity, [(post, grant) for post, grant in granted if grant.effect is Effect.ALLOW])


def _reached(identity: Identity, granted: Iterable[tuple[Post, Grant]]) -> ColumnElement[bool]:
    return or_(false(), *(_within(identity, post, grant.scope) for post, grant in granted))


def get_participant(identity: Identity, permission: Permission, public_id: str) -> Participant:
    """One person in scope, the read recorded. Raises MissingError where it is none or not in scope."""
    named = Participant.public_id == public_id
    found = db.session.scalar(select(Participant).where(named, visible(identity, permission)))
    if found is None:
        raise MissingError
    audit.record_read(permission, found.id)
    return found


def may(identity: Identity, permission: Permission, participant: Participant) -> bool:
    """Whether the permission reaches this person: for showing or leaving out a way to another page."""
    return _matches(participant, visible(identity, permission))


def reaching(identity: Identity, participant: Participant, *permissions: Permission) -> frozenset[Permission]:
    """Which of the permissions reach this person, in one statement: for a page that has ways to many others."""
    this_one = Participant.id == participant.id
    reached = [exists().where(this_one, visible(identity, permission)) for permission in permissions]
    answers = db.session.execute(select(*reached)).one()
    return frozenset(
        permission for permission, is_reached in zip(permissions, answers, strict=True) if is_reached
    )


def reached_among(
    identity: Identity, permission: Permission, participant_ids: Collection[int]
) -> frozenset[int]:
    """Which of the people the permission reaches: for showing or leaving out a way to another page."""
    found = select(Participant.id).where(Participant.id.in_(participant_ids), visible(identity, permission))
    return frozenset(db.session.scalars(found))


def may_unmasked(identity: Identity, permission: Permission, participant: Participant) -> bool:
    """Whether the permission shows this person without a mask."""
    return _matches(participant, visible_unmasked(identity, permission))


def _matches(participant: Participant, where: ColumnElement[bool]) -> bool:
    found = select(Participant.id).where(Participant.id == participant.id, where)
    return db.session.scalar(found) is not None


def hold(participant: Participant) -> None:
    """Nobody else who holds the person writes until this request is done.

    What a form's version is compared with then stands until the form is saved. On SQLite it always does.
    """
    held = select(Participant.id).where(Participant.id == participant.id)
    db.session.execute(held.with_for_update(key_share=True))


def live_assignments(participant: Participant) -> Sequence[Assignment]:
    """Who works with the person today, with accounts and units loaded."""
    found = select(Assignment).where(Assignment.participant_id == participant.id, live_assignment())
    loaded = found.options(joinedload(Assignment.account), joinedload(Assignment.unit))
    return db.session.scalars(loaded.order_by(Assignment.kind, Assignment.id)).all()


def locality_name(locality_id: int | None, *, in_full: bool = False) -> str:
    """The place's name, in full with what tells it apart; empty where none is known."""
    try:
        place = None if locality_id is None else get_locality(locality_id)
    except KeyError:  # a place that left the list
        place = None
    return "" if place is None else place.label if in_full else place.name


def get_representative(participant: Participant, public_id: str) -> Representative:
    """One of the person's representatives. Raises MissingError where it is none of theirs."""
    named = Representative.public_id == public_id
    theirs = Representative.participant_id == participant.id
    found = db.session.scalar(select(Representative).where(named, theirs))
    if found is None:
        raise MissingError
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Somebody who can be made responsible, in the unit where they hold the role. `code` is the form's value."""

    code: str
    label: str
    account_id: int
    unit_id: int


def holders_of_role(role: Role, unit_ids: Collection[int] | None) -> Sequence[Holder]:
    """Those who hold the role today, in the units (None is all of them), by unit and name."""
    where = [Membership.role_code == role.value, live_membership(), Account.disabled_at.is_(None)]
    if unit_ids is not None:
        where.append(Membership.unit_id.in_(unit_ids))
    found = select(Account, Unit).join(Membership, Membership.account_id == Account.id).join(Membership.unit)
    rows = db.session.execute(
        found.where(*where).order_by(Unit.sort_key, Account.sort_key, Account.id)
    ).unique()
    return tuple(_holder(account, unit) for account, unit in rows)


def _holder(account: Account, unit: Unit) -> Holder:
    return Holder(
        code=f"{account.public_id}.{unit.public_id}",
        label=f"{account.name}, {unit.name}",
        account_id=account.id,
        unit_id=unit.id,
    )


def units_of_own_provider(unit_ids: Collection[int]) -> frozenset[int]:
    """The units and every other unit of the same provider."""
    own = db.session.execute(
        select(Unit.kind, Unit.provider).where(Unit.id.in_(unit_ids), Unit.provider != "")
    )
    same = [(Unit.kind == kind) & (Unit.provider == provider) for kind, provider in own]
    return frozenset(db.session.scalars(select(Unit.id).where(or_(Unit.id.in_(unit_ids), *same))))


def assignable_units(identity: Identity) -> frozenset[int]:
    """The units within which the identity may hand a person on."""
    managed = identity.units(Role.UNIT_MANAGER)
    return frozenset(managed) | units_of_own_provider(identity.units(Role.COORDINATOR))


def coaches_for_new(identity: Identity) -> Sequence[Holder]:
    """The coaches somebody who registers a person can choose: everybody for a case handler, else the own provider's."""
    units = None if identity.has(Role.LSS_HANDLER) else units_of_own_provider(identity.units())
    return holders_of_role(Role.JOB_COACH, units)
