"""Sending what did not arrive once more, when what was wrong has been put right."""

from sqlalchemy import update

from aktema.access import audit
from aktema.access.permissions import MANAGE_OUTBOX
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage

KIND = "outbox_message"


def try_again(message: OutboxMessage) -> None:
    """The message is tried now, and for another day and night."""
    _wake(message.id)
    audit.record_write(MANAGE_OUTBOX, object_kind=KIND, object_id=message.id, detail="again")


def try_all_again() -> None:
    """Every message that was given up is tried now."""
    _wake()
    audit.record_write(MANAGE_OUTBOX, object_kind=KIND, detail="all again")


def _wake(message_id: int | None = None) -> None:
    given_up = update(OutboxMessage).where(OutboxMessage.given_up_at.is_not(None))
    chosen = given_up if message_id is None else given_up.where(OutboxMessage.id == message_id)
    db.session.execute(chosen.values(given_up_at=None, tries=0, next_try_at=clock.now()))
