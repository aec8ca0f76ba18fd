"""Readers of messages that wait to be sent, or that did not arrive. Addresses and texts stay sealed."""

from dataclasses import dataclass

from sqlalchemy import case, func, select

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.outbox import OutboxMessage
from aktema.core.paging import Cursor, Keyset, Page

MESSAGES = Keyset[OutboxMessage](
    public_id=OutboxMessage.public_id, order=(OutboxMessage.created_at, OutboxMessage.id), newest_first=True
)
IS_GIVEN_UP = OutboxMessage.given_up_at.is_not(None)
WAITS = OutboxMessage.next_try_at.is_not(None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    given_up: int
    waiting: int


def counts() -> Counts:
    """How many messages were given up, and how many wait."""
    given_up, waiting = (func.count(case((clause, 1))) for clause in (IS_GIVEN_UP, WAITS))
    row = db.session.execute(select(given_up, waiting).where(IS_GIVEN_UP | WAITS)).one()
    return Counts(given_up=row[0], waiting=row[1])


def given_up(cursor: Cursor) -> Page[OutboxMessage]:
    """What did not arrive, the latest first."""
    return MESSAGES.page(select(OutboxMessage).where(IS_GIVEN_UP), cursor)


def waiting(cursor: Cursor) -> Page[OutboxMessage]:
    """What is to be sent, the latest first."""
    return MESSAGES.page(select(OutboxMessage).where(WAITS), cursor)


def get_given_up(public_id: str) -> OutboxMessage:
    """A message that did not arrive. Raises MissingError where it is none, or was sent meanwhile."""
    found = db.session.scalar(select(OutboxMessage).where(OutboxMessage.public_id == public_id, IS_GIVEN_UP))
    if found is None:
        raise MissingError
    return found
