"""What happens to accounts: invited, signed in and out, changed, disabled. Each act leaves its trace."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, update

from aktema.access import audit, passwords, sessions
from aktema.access.authority import may_change_roles, may_hand_out, may_manage
from aktema.access.identity import Identity, Post
from aktema.access.models import Account, Invitation, Membership, SignInAttempt, Unit
from aktema.access.permissions import (
    CREATE_STAFF,
    DISABLE_ACCOUNT,
    REVOKE_SESSION,
    UPDATE_OWN,
    UPDATE_ROLE,
    UPDATE_UNIT,
)
from aktema.access.queries import THROTTLE_WINDOW, attempts_since, find_account_by_email, find_unit_by_name
from aktema.access.roles import Role
from aktema.access.tokens import digest, new_token
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def sign_in(email: str, password: str) -> str:
    """A new session's key. Raises DomainError with the same words whether address or password was wrong."""
    email_digest = _digest_address(email)
    _must_not_hurry(email_digest, "password")
    account = find_account_by_email(email)
    is_right = passwords.matches(password, account.password_hash if account else None)
    if account is None or not is_right or not account.is_active:
        _remember_attempt(email_digest)
        raise DomainError(
            _("E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen."), "password"
        )
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.email_digest == email_digest))
    if passwords.needs_rehash(str(account.password_hash)):
        account.password_hash = passwords.hash_password(password)
    return sessions.begin(account)


def _digest_address(email: str) -> str:
    key = _settings().secret_key.get_secret_value().encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()


def _must_not_hurry(email_digest: str, field: str) -> None:
    """Raises DomainError after too many wrong tries in five minutes."""
    if attempts_since(email_digest) >= _settings().sign_in_attempts:
        raise DomainError(_("Det har blivit många försök. Vänta fem minuter och försök igen."), field)


def _remember_attempt(email_digest: str, detail: str = "") -> None:
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < clock.now() - THROTTLE_WINDOW))
    db.session.add(SignInAttempt(email_digest=email_digest))
    audit.record(audit.REFUSED, "session.begin", detail=detail)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """A new account's public id and the link's key, which is shown once and stored nowhere."""

    account: Account
    token: str


def invite_staff(identity: Identity, *, name: str, email: str, role: Role, unit_id: int | None) -> Invited:
    """A new account with one membership and a link to set its password. Raises DomainError by field."""
    if not may_hand_out(identity, role, unit_id):
        raise DomainError(_("Du kan inte ge den rollen på den enheten."), "role")
    account = create_account(name=name, email=email, role=role, unit_id=unit_id)
    audit.record_write(CREATE_STAFF, object_kind="account", object_id=account.id, detail=role)
    return Invited(account=account, token=new_invitation(account))


def create_account(*, name: str, email: str, role: Role, unit_id: int | None) -> Account:
    """An account with one membership from today. Raises DomainError where the address is taken."""
    if find_account_by_email(email) is not None:
        raise DomainError(_("Adressen har redan ett konto. Öppna det i listan och ändra där."), "email")
    account = Account(name=name, email=email.strip().lower(), sort_key=sort_key(name))
    account.memberships.append(Membership(role_code=role.value, unit_id=unit_id, from_date=clock.today()))
    db.session.add(account)
    db.session.flush()  # the audit row and the invitation need its id
    return account


def new_invitation(account: Account) -> str:
    """The key of a new link for the account; earlier links stop working."""
    _end_links(account)
    token = new_token()
    expires_at = clock.now() + timedelta(days=_settings().invitation_days)
    db.session.add(Invitation(account_id=account.id, token_digest=digest(token), expires_at=expires_at))
    return token


def _end_links(account: Account) -> None:
    unused = (Invitation.account_id == account.id) & Invitation.used_at.is_(None)
    db.session.execute(update(Invitation).where(unused).values(expires_at=clock.now()))


def held_posts(account: Account) -> tuple[Post, ...]:
    """What the account may be, today or from a later day."""
    memberships = account.memberships
    return tuple(
        Post(role=one.role, unit_id=one.unit_id) for one in memberships if one.is_open(clock.today())
    )


def _must_manage(identity: Identity, account: Account) -> None:
    """Raises DomainError where acts on the whole account are not the identity's to do."""
    if account.id == identity.account_id:
        raise DomainError(_("Det här är ditt eget konto. Be en annan chef eller administratör om det."))
    if not may_manage(identity, account.id, held_posts(account)):
        raise DomainError(_("Kontot har en roll som inte är din att ge. Be en systemadministratör om hjälp."))


def _must_change_roles(identity: Identity, account: Account) -> None:
    """Raises DomainError where the account's roles are not the identity's to change."""
    if account.id == identity.account_id:
        raise DomainError(
            _("Du kan inte ändra dina egna roller. Be en annan chef eller administratör om det.")
        )
    if not may_change_roles(identity, account.id, held_posts(account)):
        raise DomainError(_("Kontot har en roll som inte är din att ge. Be en systemadministratör om hjälp."))


def send_new_invitation(identity: Identity, account: Account) -> str:
    """A fresh link for somebody who lost the first one or the password; ends the account's sessions."""
    _must_manage(identity, account)
    if not account.is_active:
        raise DomainError(_("Kontot är stängt. Öppna det först."))
    sessions.end_all(account.id)
    audit.record_write(UPDATE_ROLE, object_kind="account", object_id=account.id, detail="invitation")
    return new_invitation(account)


def accept_invitation(invitation: Invitation, password: str) -> str:
    """Set the password, use the link up, and sign in; returns the session's key."""
    invitation.used_at = clock.now()
    invitation.account.password_hash = passwords.hash_password(password)
    sessions.end_all(invitation.account_id)
    return sessions.begin(invitation.account)


def change_password(identity: Identity, account: Account, *, old: str, new: str) -> None:
    """Set a new password and end every other session. Raises DomainError where the old one is wrong.

    Wrong tries count with those of signing in: an open session is no way to guess the password.
    """
    email_digest = _digest_address(account.email)
    _must_not_hurry(email_digest, "old")
    if not passwords.matches(old, account.password_hash):
        _remember_attempt(email_digest, "password")
        raise DomainError(_("Lösenordet stämmer inte. Skriv det du använder nu."), "old")
    account.password_hash = passwords.hash_password(new)
    sessions.end_all(account.id, but=identity.session_id)
    audit.record_write(UPDATE_OWN, object_kind="account", object_id=account.id, detail="password")


def change_own_profile(account: Account, *, name: str, language: str) -> None:
    account.name, account.language, account.sort_key = name, language, sort_key(name)
    audit.record_write(UPDATE_OWN, object_kind="account", object_id=account.id, detail="name language")


def give_role(identity: Identity, account: Account, *, role: Role, unit_id: int | None) -> None:
    """Add a membership from today; takes effect at the account's next request."""
    _must_change_roles(identity, account)
    if not may_hand_out(identity, role, unit_id, to_account_id=account.id):
        raise DomainError(_("Du kan inte ge den rollen på den enheten."), "role")
    if Post(role=role, unit_id=unit_id) in held_posts(account):
        raise DomainError(_("Personen har redan den rollen där."), "role")
    account.memberships.append(Membership(role_code=role.value, unit_id=unit_id, from_date=clock.today()))
    audit.record_write(UPDATE_ROLE, object_kind="account", object_id=account.id, detail=f"give {role}")


def end_role(identity: Identity, account: Account, membership: Membership) -> None:
    """End a membership: it no longer holds at the account's next request, and its sessions end now."""
    _must_change_roles(identity, account)
    if not may_hand_out(identity, membership.role, membership.unit_id, to_account_id=account.id):
        raise DomainError(_("Du kan inte ta bort den rollen."))
    membership.to_date = clock.today() - timedelta(days=1)
    membership.from_date = min(membership.from_date, membership.to_date)
    sessions.end_all(account.id)
    audit.record_write(
        UPDATE_ROLE, object_kind="account", object_id=account.id, detail=f"end {membership.role}"
    )


def end_sessions(identity: Identity, account: Account) -> None:
    """Sign somebody out everywhere, as when a telephone is lost."""
    _must_manage(identity, account)
    sessions.end_all(account.id)
    audit.record_write(REVOKE_SESSION, object_kind="account", object_id=account.id)


def disable_account(identity: Identity, account: Account) -> None:
    """Close an account: no sign-in from now on, and its sessions and its unused link end at once."""
    _must_manage(identity, account)
    account.disabled_at = clock.now()
    sessions.end_all(account.id)
    _end_links(account)
    audit.record_write(DISABLE_ACCOUNT, object_kind="account", object_id=account.id)


def reopen_account(identity: Identity, account: Account) -> None:
    """Open a closed account again."""
    _must_manage(identity, account)
    account.disabled_at = None
    audit.record_write(DISABLE_ACCOUNT, object_kind="account", object_id=account.id, detail="reopen")


def save_unit(unit: Unit, *, name: str, kind: str, provider: str, closed_on: date | None = None) -> Unit:
    """Store a new or changed unit. Raises DomainError where another has the name."""
    namesake = find_unit_by_name(name)
    if namesake is not None and namesake is not unit:
        raise DomainError(_("Det finns redan en enhet med det namnet."), "name")
    unit.name, unit.kind, unit.provider, unit.sort_key = name, kind, provider, sort_key(name)
    unit.closed_on = closed_on
    db.session.add(unit)
    db.session.flush()  # the audit row needs its id
    audit.record_write(UPDATE_UNIT, object_kind="unit", object_id=unit.id)
    return unit
