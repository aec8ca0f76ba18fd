"""What happens to personal cards: made, given a code, signed in with, ended. Each act leaves its trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from flask_babel import pgettext
from sqlalchemy import update

from aktema.access import audit, passwords, sessions
from aktema.access.card_models import PersonalCard
from aktema.access.card_queries import find_live_card, is_resting
from aktema.access.codes import CODE_KEYS, CODE_LENGTH
from aktema.access.identity import Identity
from aktema.access.models import Account, Membership
from aktema.access.permissions import HAND_OVER, MAKE_CARD
from aktema.access.roles import Role
from aktema.access.tokens import digest, new_token
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.settings import Settings
from aktema.core.swedish import sort_key

NO_ADDRESS = "kort.invalid"
MOST_WRONG_TRIES = 5
REST = timedelta(minutes=15)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def make_person_account(name: str) -> Account:
    """The account of a participant: no password, and no e-mail address.

    An account's address is its sign-in name, unique and never empty. Who signs in with a card has none: theirs is
    `<public id>@kort.invalid`. The top domain `.invalid` (RFC 2606) leads nowhere, so nothing is ever sent there,
    and without a password nobody gets in by it.
    """
    account = Account(name=name, sort_key=sort_key(name), email="")
    account.email = f"{account.public_id.lower()}@{NO_ADDRESS}"
    account.memberships.append(Membership(role_code=Role.PARTICIPANT.value, from_date=clock.today()))
    db.session.add(account)
    db.session.flush()  # the card, the participant and the audit row need its id
    return account


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCard:
    """A card just made. The key is shown once, on the card, and stored nowhere."""

    card: PersonalCard
    token: str


def make_card(identity: Identity, account: Account, participant_id: int) -> NewCard:
    """A card for the account; the one before opens nothing any longer, nor does a session begun with it.

    Its code goes on, unless there was none.
    """
    before = find_live_card(account.id)
    if before is not None:
        _end_cards(account.id)
        sessions.end_all(account.id)
    token = new_token()
    card = PersonalCard(
        account_id=account.id,
        token_digest=digest(token),
        made_by_id=identity.account_id,
        code_hash=before.code_hash if before else None,
    )
    db.session.add(card)
    db.session.flush()  # the audit row needs its id
    _trace(card, participant_id, "make")
    return NewCard(card=card, token=token)


def end_card(card: PersonalCard, participant_id: int) -> None:
    """The card opens nothing from now on, and whoever is signed in by it is signed out."""
    _end_cards(card.account_id)
    sessions.end_all(card.account_id)
    _trace(card, participant_id, "end")


def _end_cards(account_id: int) -> None:
    alive = (PersonalCard.account_id == account_id) & PersonalCard.revoked_at.is_(None)
    db.session.execute(update(PersonalCard).where(alive).values(revoked_at=clock.now()))


def choose_code(card: PersonalCard, participant_id: int, keys: Sequence[str]) -> None:
    """The person has chosen four pictures; a card that rested is awake again. Raises DomainError."""
    if len(keys) != CODE_LENGTH or not CODE_KEYS.issuperset(keys):
        raise DomainError(pgettext("easy", "Välj 4 bilder."))
    card.code_hash = code_hash_of(keys)
    card.wrong_tries, card.locked_until = 0, None
    _trace(card, participant_id, "code")


def code_hash_of(keys: Sequence[str]) -> str:
    """What a code is checked by; each time another one for the same pictures."""
    return passwords.hash_password(_as_password(keys))


def _as_password(keys: Sequence[str]) -> str:
    return " ".join(keys)


def sign_in_by_card(card: PersonalCard, keys: Sequence[str]) -> str:
    """A new session's key. Raises DomainError where the code is wrong or the card rests."""
    if is_resting(card):
        raise DomainError(resting_words(card))
    if not passwords.matches(_as_password(keys), card.code_hash):
        _count_wrong(card)
        raise DomainError(resting_words(card) or pgettext("easy", "Det blev fel bilder. Försök igen."))
    card.wrong_tries, card.locked_until, card.last_used_at = 0, None, clock.now()
    return sessions.begin(card.account, lasts=timedelta(minutes=_settings().person_session_minutes))


def _count_wrong(card: PersonalCard) -> None:
    card.wrong_tries += 1
    if card.wrong_tries >= MOST_WRONG_TRIES:
        card.wrong_tries, card.locked_until = 0, clock.now() + REST
    audit.record(audit.REFUSED, "session.begin", object_kind="personal_card", object_id=card.id)


def resting_words(card: PersonalCard) -> str:
    """Until when the card rests, for the person; empty where it is awake."""
    if card.locked_until is None or not is_resting(card):
        return ""
    until = clock.local(card.locked_until + timedelta(minutes=1))
    return pgettext("easy", "Kortet vilar till klockan %(time)s.", time=f"{until.hour}.{until:%M}")


def hand_over(identity: Identity, account: Account, participant_id: int) -> str:
    """End the worker's session in this browser and begin the person's; returns the key for the cookie.

    The way back is to sign in. Which worker handed over stays with the session.
    """
    audit.record_write(
        HAND_OVER, participant_id=participant_id, object_kind="server_session", object_id=identity.session_id
    )
    sessions.end(identity.session_id)
    lasts = timedelta(minutes=_settings().handed_over_minutes)
    return sessions.begin(account, lasts=lasts, handed_over_by_id=identity.account_id)


def _trace(card: PersonalCard, participant_id: int, detail: str) -> None:
    audit.record_write(
        MAKE_CARD,
        participant_id=participant_id,
        object_kind="personal_card",
        object_id=card.id,
        detail=detail,
    )
