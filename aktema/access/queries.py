"""Readers of accounts, units, sessions and invitations, scoped to who asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from aktema.access.identity import Identity
from aktema.access.models import Account, Invitation, Membership, ServerSession, SignInAttempt, Unit
from aktema.access.permissions import CREATE_STAFF
from aktema.access.policy import Permission, Scope, grants_for, units_granted
from aktema.access.roles import Role
from aktema.access.tokens import digest
from aktema.core import clock
from aktema.core.db import Moment, db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page

THROTTLE_WINDOW = timedelta(minutes=5)
ACCOUNTS = Keyset[Account](public_id=Account.public_id, order=(Account.sort_key,))


def find_account_by_email(email: str) -> Account | None:
    """The account with the address, in whatever case it was typed."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def attempts_since(email_digest: str) -> int:
    """How many sign-ins were tried with the address in the last five minutes."""
    recent = SignInAttempt.at > clock.now() - THROTTLE_WINDOW
    counting = (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.email_digest == email_digest, recent)
    )
    return db.session.scalar(counting) or 0


def get_invitation(token: str) -> Invitation:
    """The invitation the link opens. Raises MissingError where it is used, too old or none."""
    found = db.session.scalar(
        select(Invitation)
        .join(Invitation.account)
        .where(
            Invitation.token_digest == digest(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
            Account.disabled_at.is_(None),
        )
    )
    if found is None:
        raise MissingError
    return found


def live_membership() -> ColumnElement[bool]:
    """The where-clause of memberships that hold today."""
    today = clock.today()
    return (Membership.from_date <= today) & (Membership.to_date.is_(None) | (Membership.to_date >= today))


def _reachable(identity: Identity, permission: Permission) -> ColumnElement[bool]:
    """The accounts a permission reaches: all for the system, those with a membership in an own unit for a manager."""
    clauses: list[ColumnElement[bool]] = []
    for post, grant in grants_for(identity, permission):
        if grant.scope is Scope.SYSTEM:
            return Account.id.is_not(None)
        if grant.scope is Scope.OWN_UNIT:
            clauses.append(Account.memberships.any(Membership.unit_id == post.unit_id))
    return or_(Account.id.is_(None), *clauses)


def _accounts(identity: Identity, permission: Permission) -> Select[Account]:
    """The accounts in reach, but for participants': whoever looks after accounts reads about no participant."""
    with_units = selectinload(Account.memberships).joinedload(Membership.unit)
    is_participant = Account.memberships.any(Membership.role_code == Role.PARTICIPANT.value)
    return select(Account).where(_reachable(identity, permission), ~is_participant).options(with_units)


def list_accounts(identity: Identity, permission: Permission, cursor: Cursor) -> Page[Account]:
    """The accounts in reach by name, with memberships and units loaded."""
    return ACCOUNTS.page(_accounts(identity, permission), cursor)


def get_account(identity: Identity, permission: Permission, public_id: str) -> Account:
    """One account in reach. Raises MissingError where it is none or not in reach."""
    found = db.session.scalar(_accounts(identity, permission).where(Account.public_id == public_id))
    if found is None:
        raise MissingError
    return found


def get_own_account(identity: Identity) -> Account:
    return db.session.get_one(Account, identity.account_id)


def live_sessions(account_id: int) -> Sequence[ServerSession]:
    """The account's sessions that have not been ended, the last used first."""
    open_ones = select(ServerSession).where(
        ServerSession.account_id == account_id, ServerSession.ended_at.is_(None)
    )
    return db.session.scalars(
        open_ones.order_by(ServerSession.last_seen_at.desc(), ServerSession.id.desc()).limit(50)
    ).all()


def list_all_units() -> Sequence[Unit]:
    """Every unit by name, the closed ones too."""
    return db.session.scalars(select(Unit).order_by(Unit.sort_key, Unit.id)).all()


def get_unit(public_id: str) -> Unit:
    """One unit. Raises MissingError where there is none."""
    found = db.session.scalar(select(Unit).where(Unit.public_id == public_id))
    if found is None:
        raise MissingError
    return found


def find_unit_by_name(name: str) -> Unit | None:
    return db.session.scalar(select(Unit).where(Unit.name == name))


def units_to_hand_out(identity: Identity) -> Sequence[Unit]:
    """The open units in which the identity may give a role: all for the system, the own ones for a manager."""
    open_ones = select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.sort_key, Unit.id)
    if not any(grant.scope is Scope.SYSTEM for _post, grant in grants_for(identity, CREATE_STAFF)):
        open_ones = open_ones.where(Unit.id.in_(units_granted(identity, CREATE_STAFF)))
    return db.session.scalars(open_ones).all()


def last_seen(account_ids: Sequence[int]) -> dict[int, datetime]:
    """When each account was last at work here, by account id; those that never were are left out."""
    latest = func.max(ServerSession.last_seen_at, type_=Moment()).label("latest")
    mine = ServerSession.account_id.in_(account_ids)
    found = db.session.execute(
        select(ServerSession.account_id, latest).where(mine).group_by(ServerSession.account_id)
    )
    return {row.account_id: row.latest for row in found}


def units_by_id(ids: Sequence[int]) -> Sequence[Unit]:
    return db.session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key, Unit.id)).all()


def holders_of(role_code: str, unit_ids: Sequence[int] | None = None) -> Sequence[Account]:
    """Active accounts that hold the role today, in one of the units where units are given, by name."""
    where = [Membership.role_code == role_code, live_membership(), Account.disabled_at.is_(None)]
    if unit_ids is not None:
        where.append(Membership.unit_id.in_(unit_ids))
    found = select(Account).join(Membership, Membership.account_id == Account.id).where(*where).distinct()
    return db.session.scalars(found.order_by(Account.sort_key, Account.id)).all()
