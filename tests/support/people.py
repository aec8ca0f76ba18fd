"""Accounts and posts for tests."""

from flask import g

from aktema.access import sessions
from aktema.access.identity import Identity
from aktema.access.models import Account, Membership, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.swedish import sort_key

_count = iter(range(1, 10**9))


def a_unit(name: str = "Solrosen", kind: str = "municipal") -> Unit:
    """A unit; the name is made unique."""
    name = f"{name} {next(_count)}"
    unit = Unit(name=name, kind=kind, sort_key=sort_key(name))
    db.session.add(unit)
    db.session.flush()
    return unit


def an_account(
    role: Role = Role.JOB_COACH, unit: Unit | None = None, *, name: str = "Kim Coach", email: str = ""
) -> Account:
    """An account with one membership from today."""
    number = next(_count)
    account = Account(name=name, sort_key=sort_key(name), email=email or f"person{number}@example.se")
    account.memberships.append(
        Membership(role_code=role.value, unit_id=unit.id if unit else None, from_date=clock.today())
    )
    db.session.add(account)
    db.session.flush()
    return account


def identity_for(account: Account) -> Identity:
    return sessions.identity_of(account, 0)


def act_as(account: Account) -> Identity:
    """Make the account the one that acts in this test's context, for operations and queries."""
    identity = identity_for(account)
    g.identity = identity
    return identity
