"""What is to be sent, kept in the transaction of the act that sends it; a worker delivers it afterwards."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core import crypto
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin, db


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"


class OutboxMessage(PublicIdMixin, CreatedMixin, Base):
    """A message on its way. Address and text are erased when it has been delivered."""

    __tablename__ = "outbox_message"
    __table_args__ = (CheckConstraint("channel in ('email', 'sms')", name="channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    kind: Mapped[str]
    """What it is about, in a code: for whoever looks at messages that did not arrive."""
    address_sealed: Mapped[bytes | None]
    subject: Mapped[str]
    body_sealed: Mapped[bytes | None]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(default=now, index=True)
    """None where it is over: delivered, or given up."""
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(default="")
    """A code of what went wrong at the last try; never what the other side wrote."""

    address = crypto.SealedText()
    body = crypto.SealedText()


def send(kind: str, *, channel: Channel, address: str, subject: str, body: str) -> OutboxMessage:
    """Put a message in the outbox. The subject says nothing about anybody; the body names no person."""
    message = OutboxMessage(channel=channel.value, kind=kind, subject=subject)
    message.address, message.body = address, body
    db.session.add(message)
    return message
