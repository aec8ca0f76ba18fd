"""Readers of personal cards."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from aktema.access.card_models import PersonalCard
from aktema.access.models import Account
from aktema.access.tokens import digest
from aktema.core import clock
from aktema.core.db import db

LONGEST_TOKEN = 64


def _opens() -> ColumnElement[bool]:
    """The where-clause of cards that can be signed in with: alive, and with a code."""
    is_alive = PersonalCard.revoked_at.is_(None) & Account.disabled_at.is_(None)
    return is_alive & PersonalCard.code_hash.is_not(None)


def find_card(token: str) -> PersonalCard | None:
    """The card whose key it is, with its account, or None: unknown, ended and unfinished cards are all one.

    The row is held until the request is done, so that two tries at once count as two.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    named = select(PersonalCard).join(PersonalCard.account).where(PersonalCard.token_digest == digest(token))
    loaded = joinedload(PersonalCard.account).joinedload(Account.memberships)
    held = named.where(_opens()).with_for_update(of=PersonalCard).options(loaded)
    return db.session.scalars(held).unique().one_or_none()


def find_live_card(account_id: int) -> PersonalCard | None:
    """The account's card that is not ended, with or without a code, or None."""
    alive = PersonalCard.revoked_at.is_(None) & (PersonalCard.account_id == account_id)
    return db.session.scalar(select(PersonalCard).where(alive).order_by(PersonalCard.id.desc()).limit(1))


def is_resting(card: PersonalCard) -> bool:
    """Whether too many wrong codes were tried a short while ago."""
    return card.locked_until is not None and card.locked_until > clock.now()
