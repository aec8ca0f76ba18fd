"""Accounts with passwords, and roles added to them, for tests of signing in and of looking after accounts."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from aktema.access.models import AccessEntry, Account, Membership, Unit
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from tests.support.page import Page, PageClient
from tests.support.people import an_account

PASSWORD = "sju gula båtar på sjön"


def an_account_with_password(role: Role = Role.JOB_COACH, unit: Unit | None = None) -> Account:
    account = an_account(role, unit)
    account.password_hash = hash_password(PASSWORD)
    db.session.flush()
    return account


def also(account: Account, role: Role, unit: Unit | None = None, to_date: date | None = None) -> Account:
    """The account with one more membership."""
    begins = to_date or clock.today()
    more = Membership(role_code=role, unit_id=unit.id if unit else None, from_date=begins, to_date=to_date)
    account.memberships.append(more)
    db.session.flush()
    return account


def try_to_sign_in(page: PageClient, email: str, password: str, path: str = "/logga-in") -> Page:
    return page.submit(path, {"email": email, "password": password}, follow=False)


def is_signed_in(page: PageClient) -> bool:
    return page.get("/konto", follow=False).status == 200


def traces(kind: str) -> Sequence[tuple[str, str, str]]:
    """What was recorded of the kind: act, object and detail, oldest first."""
    rows = db.session.scalars(select(AccessEntry).where(AccessEntry.kind == kind).order_by(AccessEntry.id))
    return [(row.act, row.object_kind, row.detail) for row in rows]
