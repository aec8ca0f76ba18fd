"""Takes messages out of the outbox to their carriers: each until it has arrived, or for a day and a night."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import ColumnElement, delete, select

from aktema.core.clock import now
from aktema.core.db import db, reading
from aktema.core.jobs import register_chore
from aktema.core.logs import log
from aktema.core.mail import (
    Carrier,
    ConsoleCarrier,
    Fault,
    NoCarrier,
    Parcel,
    SmtpCarrier,
    TryAgainError,
    UndeliverableError,
)
from aktema.core.outbox import Channel, OutboxMessage
from aktema.core.settings import Settings

CARRIERS = "carriers"
LEASE = timedelta(minutes=10)
"""Longer than the slowest mail server is waited for: a message is in one carrier's hands at a time."""
WAITS = (1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240, 225)
"""Minutes from one try to the next: 24 hours in all, after which it is given up."""
KEPT = timedelta(days=90)
SECONDS_BETWEEN_LOOKS = 2.0


def carriers_for(settings: Settings) -> Mapping[Channel, Carrier]:
    """What carries messages in an installation. No telephone company is spoken to yet."""
    if settings.demo:
        return {Channel.EMAIL: ConsoleCarrier(), Channel.SMS: ConsoleCarrier()}
    if not settings.smtp_host:
        return {Channel.EMAIL: NoCarrier(), Channel.SMS: NoCarrier()}
    smtp = SmtpCarrier(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        base_url=settings.base_url,
    )
    return {Channel.EMAIL: smtp, Channel.SMS: NoCarrier()}


def deliver_waiting() -> int:
    """Try every message whose time has come; returns how many arrived. Needs an app context, commits."""
    arrived = 0
    while (message := _lease()) is not None:
        arrived += _deliver(message)
    return arrived


def _is_due() -> ColumnElement[bool]:
    free = OutboxMessage.leased_until.is_(None) | (OutboxMessage.leased_until < now())
    return (OutboxMessage.next_try_at <= now()) & free


def _lease() -> OutboxMessage | None:
    """The message that has waited longest, held for this process alone; None where none waits."""
    due = select(OutboxMessage).where(_is_due()).order_by(OutboxMessage.next_try_at, OutboxMessage.id)
    message = db.session.scalar(due.limit(1).with_for_update(skip_locked=True))
    if message is not None:
        message.leased_until = now() + LEASE
    db.session.commit()
    return message


def _deliver(message: OutboxMessage) -> bool:
    """Hand it to its carrier, with no transaction open meanwhile; then store how it went."""
    parcel, channel, lease = _parcel(message), Channel(message.channel), message.leased_until
    message_id = message.id
    db.session.rollback()
    fault, is_hopeless = _carry(channel, parcel)
    held = (OutboxMessage.id == message_id) & (OutboxMessage.leased_until == lease)
    standing = db.session.scalar(select(OutboxMessage).where(held).with_for_update())
    if standing is not None:
        _store(standing, fault, is_hopeless=is_hopeless)
    db.session.commit()
    return fault is None


def _parcel(message: OutboxMessage) -> Parcel:
    return Parcel(
        public_id=message.public_id,
        address=message.address or "",
        subject=message.subject,
        body=message.body or "",
        written_at=message.created_at,
    )


def _carry(channel: Channel, parcel: Parcel) -> tuple[Fault | None, bool]:
    """What went wrong, and whether it always will; (None, False) where it arrived."""
    carriers: Mapping[Channel, Carrier] = current_app.extensions[CARRIERS]
    try:
        carriers[channel].carry(parcel)
    except TryAgainError as problem:
        return problem.fault, False
    except UndeliverableError as problem:
        return problem.fault, True
    return None, False


def _store(message: OutboxMessage, fault: Fault | None, *, is_hopeless: bool) -> None:
    """An arrived message keeps neither address nor text; one given up keeps both, so that it can be tried again."""
    moment = now()
    message.leased_until, message.fault = None, fault.value if fault else ""
    message.tries += 1
    message.next_try_at = None
    if fault is None:
        message.sent_at, message.address, message.body = moment, None, None
    elif is_hopeless or message.tries > len(WAITS):
        message.given_up_at = moment
    else:
        message.next_try_at = next_try(moment, message.tries)


def next_try(moment: datetime, tries: int) -> datetime:
    """When a message that has been tried so many times, at least once, is tried again."""
    return moment + timedelta(minutes=WAITS[tries - 1])


def forget_old_messages() -> None:
    """Drop messages that arrived, or were given up, long ago."""
    is_over = OutboxMessage.next_try_at.is_(None) & (OutboxMessage.created_at < now() - KEPT)
    db.session.execute(delete(OutboxMessage).where(is_over))


register_chore(forget_old_messages)


class Postman(threading.Thread):
    """Delivers messages until stopped: a thread of its own, as a slow mail server must hold up nothing else."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="post", daemon=True)
        self._app = app
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            with self._app.app_context():
                self._look()

    def _look(self) -> None:
        try:
            with reading():
                waits = db.session.scalar(select(OutboxMessage.id).where(_is_due()).limit(1))
                db.session.rollback()
            if waits:
                deliver_waiting()
        except Exception:  # the database may be away for a moment; the next look tries again
            log.warning("post waits", exc_info=True)

    def stop(self) -> None:
        self._stopped.set()


def install(app: Flask) -> None:
    app.extensions[CARRIERS] = carriers_for(app.extensions["settings"])
