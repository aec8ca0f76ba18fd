"""What an employer's own people do about their company, and how a coach lets them in. Each act leaves its trace."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select, update

from aktema.access import audit, sessions
from aktema.access.link_operations import revoke_links_to
from aktema.access.models import Account
from aktema.access.operations import create_account, new_invitation
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.epochs import move_on
from aktema.core.errors import DomainError
from aktema.employers.company_queries import has_admin
from aktema.employers.epochs import PLACEMENTS
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.permissions import ASK_IN_COLLEAGUE, LET_IN_EMPLOYER, PUT_OUT_COLLEAGUE


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """When the employer wants questions: at most so many a month, none before the day; None is no limit."""

    month_cap: int | None = None
    not_before: date | None = None


def set_wishes(employer: Employer, wishes: Wishes, permission: Permission) -> None:
    """What is suggested follows from them, so every placement there is marked as changed."""
    employer.month_cap, employer.not_before = wishes.month_cap, wishes.not_before
    there = Placement.employer_id == employer.id
    # Held before their epoch, as everywhere: nobody waits in a ring.
    db.session.execute(select(Placement.id).where(there).order_by(Placement.id).with_for_update())
    marked = update(Placement).where(there)
    db.session.execute(marked.values(changed_at=clock.now(), changed_in=move_on(PLACEMENTS)))
    audit.record_write(permission, object_kind="employer", object_id=employer.id, detail="wishes")


def wait_until(
    employer: Employer, day: date | None, permission: Permission, *, instead_of: date | None
) -> None:
    """They want no questions before the day. A later one that they have named stands, but for the one taken back."""
    named = None if employer.not_before == instead_of else employer.not_before
    until = max(filter(None, (named, day)), default=None)
    if until != employer.not_before:
        set_wishes(employer, Wishes(month_cap=employer.month_cap, not_before=until), permission)


def ask_in(asking: Contact, *, name: str, email: str, task: str) -> Contact:
    """A colleague who is to sign in too, once a coach has let them in. Raises DomainError by field.

    Only addresses of the asking one's own domain: the founders' table, `user, create, employer contact`.
    """
    address = email.strip().lower()
    if _domain(address) != _domain(asking.email):
        message = _(
            "Adressen behöver sluta på %(domain)s, som din. Be annars din kontakt på kommunen.",
            domain=_domain(asking.email),
        )
        raise DomainError(message, "email")
    known = next((one for one in asking.employer.contacts if one.email.strip().lower() == address), None)
    colleague = known or Contact(employer=asking.employer, name=name, email=address, task=task)
    if colleague.account_id is not None and colleague.left_on is None:
        raise DomainError(_("%(name)s är redan med.", name=colleague.name), "email")
    colleague.asked_in_on, colleague.left_on = clock.today(), None
    db.session.add(colleague)
    db.session.flush()  # the audit row needs its id
    _trace(ASK_IN_COLLEAGUE, colleague, "ask in")
    return colleague


def _domain(address: str) -> str:
    return "@" + address.strip().lower().rpartition("@")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class LetIn:
    """A contact's account, and the key of the link by which they choose their password."""

    account: Account
    token: str


def let_in(contact: Contact) -> LetIn:
    """An account for the contact, who administers the company where nobody does yet. Raises DomainError."""
    if not contact.email:
        raise DomainError(_("Skriv först in en e-postadress till %(name)s.", name=contact.name), "email")
    account = None if contact.account_id is None else db.session.get_one(Account, contact.account_id)
    contact.is_admin = contact.is_admin or not has_admin(contact.employer)
    if account is None:
        account = create_account(name=contact.name, email=contact.email, role=Role.EMPLOYER, unit_id=None)
        contact.account_id = account.id
    account.disabled_at = contact.asked_in_on = None
    sessions.end_all(account.id)
    _trace(LET_IN_EMPLOYER, contact, "let in")
    return LetIn(account=account, token=new_invitation(account))


def put_out(acting: Contact, colleague: Contact) -> None:
    """The colleague can't sign in from now on, or no longer waits to. Raises DomainError for oneself.

    Whoever has no account to close is marked as having left, so that nothing is sent to them either.
    """
    if colleague.id == acting.id:
        raise DomainError(_("Du kan inte ta bort dig själv. Be en kollega som är ansvarig."))
    shut_out(colleague)
    if colleague.account_id is None:
        colleague.left_on = clock.today()
    _trace(PUT_OUT_COLLEAGUE, colleague, "put out")


def shut_out(contact: Contact) -> None:
    """End what opens the company to the contact: links, the account, its sessions, and a wish to be let in."""
    contact.asked_in_on, contact.is_admin = None, False
    revoke_links_to(contact.id)
    if contact.account_id is not None:
        db.session.get_one(Account, contact.account_id).disabled_at = clock.now()
        sessions.end_all(contact.account_id)


def make_admin(colleague: Contact) -> None:
    """The colleague too lets others in and out. Raises DomainError where they can't sign in."""
    if colleague.account_id is None or colleague.left_on is not None:
        raise DomainError(_("%(name)s behöver ett konto först.", name=colleague.name))
    colleague.is_admin = True
    _trace(ASK_IN_COLLEAGUE, colleague, "administrator")


def _trace(permission: Permission, contact: Contact, detail: str) -> None:
    audit.record_write(permission, object_kind="contact", object_id=contact.id, detail=detail)
