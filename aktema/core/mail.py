"""Carriers: what takes a message out of the installation, by e-mail or to a telephone."""

import smtplib
import ssl
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.core.settings import SmtpTls

SECONDS_TO_WAIT = 20.0
"""For each answer of the mail server."""


class Fault(StrEnum):
    """What went wrong when a message was to be delivered."""

    NO_CARRIER = "no_carrier"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    BROKEN_OFF = "broken_off"
    NOT_LET_IN = "not_let_in"
    REFUSED_FOR_NOW = "refused_for_now"
    REFUSED = "refused"
    BAD_ADDRESS = "bad_address"

    @property
    def label(self) -> Message:
        return FAULTS[self]


FAULTS: dict[Fault, Message] = {
    Fault.NO_CARRIER: _l("Ingen e-postserver är inställd"),
    Fault.UNREACHABLE: _l("E-postservern gick inte att nå"),
    Fault.TOO_SLOW: _l("E-postservern svarade inte i tid"),
    Fault.BROKEN_OFF: _l("E-postservern bröt förbindelsen"),
    Fault.NOT_LET_IN: _l("E-postservern släppte inte in oss. Kontrollera lösenord och kryptering"),
    Fault.REFUSED_FOR_NOW: _l("E-postservern tog inte emot just nu"),
    Fault.REFUSED: _l("E-postservern tog inte emot. Kontrollera mottagarens adress"),
    Fault.BAD_ADDRESS: _l("Adressen går inte att skicka till"),
}


FAULT_OF: tuple[tuple[tuple[type[Exception], ...], Fault], ...] = (
    ((TimeoutError,), Fault.TOO_SLOW),
    ((smtplib.SMTPServerDisconnected,), Fault.BROKEN_OFF),
    ((smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLError), Fault.NOT_LET_IN),
)
"""The first that fits the error, or what the library had before it."""
NEVER = 500


class TryAgainError(Exception):
    """It did not work this time."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class UndeliverableError(Exception):
    """It will never work: nothing is tried again until somebody has looked at it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One message as a carrier takes it. The id is the same at every try, so that a receiver can tell a repetition."""

    public_id: str
    address: str
    subject: str
    body: str
    written_at: datetime


class Carrier(Protocol):
    def carry(self, parcel: Parcel, /) -> None:
        """Deliver it. Raises TryAgainError or UndeliverableError."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpCarrier:
    """A mail server (RFC 5321), with encryption from the start, after STARTTLS, or none at all on the own machine."""

    host: str
    port: int
    tls: SmtpTls
    sender: str
    user: str
    password: str
    base_url: str

    def carry(self, parcel: Parcel, /) -> None:
        letter = self._letter(parcel)
        try:
            with closing(self._connected()) as server:
                self._hand_over(server, letter)
        except OSError as error:  # the library's own errors are of that kind too
            raise _problem(error) from error

    def _letter(self, parcel: Parcel) -> EmailMessage:
        """The message as it is sent. What no header can hold is no address; raises UndeliverableError."""
        letter = EmailMessage()
        try:
            letter["To"] = Address(addr_spec=parcel.address)
            letter["From"], letter["Subject"] = self.sender, parcel.subject
            letter["Date"] = format_datetime(parcel.written_at)
            letter["Message-ID"] = f"<{parcel.public_id}@{urlsplit(self.base_url).hostname}>"
            letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
            letter.set_content(parcel.body)
            parcel.address.encode("ascii")
        except (ValueError, MessageError, IndexError) as error:
            raise UndeliverableError(Fault.BAD_ADDRESS) from error
        return letter

    def _connected(self) -> smtplib.SMTP:
        if self.tls is SmtpTls.ALWAYS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS_TO_WAIT, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_WAIT)

    def _hand_over(self, server: smtplib.SMTP, letter: EmailMessage) -> None:
        if self.tls is SmtpTls.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        server.send_message(letter)
        with suppress(OSError):  # it has been taken, whatever becomes of the goodbye
            server.quit()


def _problem(error: OSError) -> TryAgainError | UndeliverableError:
    """What a failed try means. 5xx about a receiver or a text means never, 4xx not now (RFC 5321 4.2.1)."""
    if _is_final(error):
        return UndeliverableError(Fault.REFUSED)
    for kinds, fault in FAULT_OF:
        if isinstance(error, kinds) or isinstance(error.__context__, kinds):
            return TryAgainError(fault)
    return TryAgainError(
        Fault.REFUSED_FOR_NOW if isinstance(error, smtplib.SMTPException) else Fault.UNREACHABLE
    )


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= NEVER for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= NEVER


class ConsoleCarrier:
    """Writes what would be sent on the screen: for the demo, where nothing leaves the machine."""

    def carry(self, parcel: Parcel, /) -> None:
        sys.stdout.write(f"\n--- {parcel.address}: {parcel.subject}\n{parcel.body}\n---\n")
        sys.stdout.flush()


class NoCarrier:
    """Stands where nothing is set up: messages wait, and are then shown as not delivered."""

    def carry(self, _parcel: Parcel, /) -> None:
        raise TryAgainError(Fault.NO_CARRIER)
