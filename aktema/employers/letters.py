"""Mail to contacts at employers: neutral, short, and only what they want to get. No person is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, renews
from aktema.access.link_queries import newest_links, url_of, whole_url
from aktema.access.models import Account
from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_queries import Receiver, wants
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import Message
from aktema.core.markup import long_day
from aktema.core.outbox import Channel, send
from aktema.core.settings import Settings
from aktema.employers.models import Contact, Employer

CHOICES = "access.notices_by_link"


class Letter(StrEnum):
    """What a mail is about."""

    NEW_POSITION_LINK = "new_position_link"
    POSITION_EXPIRES = "position_expires"
    INTRODUCTION = "introduction"
    INTRODUCTION_REMINDER = "introduction_reminder"
    INTRODUCTION_CLOSED = "introduction_closed"
    SIGN = "sign"
    TRIAL_STOPPED = "trial_stopped"
    CHECK_IN = "check_in"
    REVIEW = "review"
    REVIEW_REMINDER = "review_reminder"
    RETENTION = "retention"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a letter says, and which kind of mail it is to whoever chooses; None where it was asked for just now."""

    subject: Message
    text: Message
    kind: NoticeKind | None


WORDS: Mapping[Letter, _Words] = {
    Letter.NEW_POSITION_LINK: _Words(
        _l("Lägg upp en provplats"),
        _l(
            "Här är länken för att lägga upp en provplats hos er. Det tar några minuter och går bra i mobilen."
        ),
        NoticeKind.POSITIONS,
    ),
    Letter.POSITION_EXPIRES: _Words(
        _l("Gäller er provplats fortfarande?"),
        _l("En provplats hos er slutar snart att visas. Gäller den fortfarande räcker det med ett tryck."),
        NoticeKind.POSITIONS,
    ),
    Letter.INTRODUCTION: _Words(
        _l("En fråga om en provplats hos er"),
        _l("Vi har en fråga om en provplats hos er. Läs den och svara med två tryck."),
        NoticeKind.QUESTIONS,
    ),
    Letter.INTRODUCTION_REMINDER: _Words(
        _l("Påminnelse: en fråga om en provplats hos er"),
        _l(
            "Vi har ställt en fråga om en provplats hos er och väntar på ditt svar. Ett nej är också ett svar."
        ),
        NoticeKind.REMINDERS,
    ),
    Letter.INTRODUCTION_CLOSED: _Words(
        _l("Frågan om en provplats är avslutad"),
        _l(
            "Vår fråga om en provplats hos er är avslutad. Du behöver inte göra något mer. "
            "Tack för att ni tänkte på saken!"
        ),
        NoticeKind.QUESTIONS,
    ),
    Letter.SIGN: _Words(
        _l("En överenskommelse att skriva under"),
        _l("En överenskommelse om en provplats hos er är klar. Läs den och skriv under."),
        NoticeKind.AGREEMENTS,
    ),
    Letter.TRIAL_STOPPED: _Words(
        _l("En provplats hos er blir inte som det var tänkt"),
        _l(
            "En provplats hos er blir inte av, eller slutar tidigare än ni kom överens om. "
            "Ring din kontakt på kommunen om du undrar något."
        ),
        NoticeKind.AGREEMENTS,
    ),
    Letter.CHECK_IN: _Words(
        _l("Hur går det?"),
        _l("Berätta med ett tryck hur det går på provplatsen hos er, eller be oss ringa."),
        NoticeKind.FOLLOW_UPS,
    ),
    Letter.REVIEW: _Words(
        _l("Några frågor om en provplats hos er"),
        _l("En provplats hos er är slut. Svara på några frågor om hur det gick."),
        NoticeKind.FOLLOW_UPS,
    ),
    Letter.REVIEW_REMINDER: _Words(
        _l("Påminnelse: några frågor om en provplats hos er"),
        _l("Vi väntar på dina svar om en provplats hos er. Det tar ungefär två minuter."),
        NoticeKind.REMINDERS,
    ),
    Letter.RETENTION: _Words(
        _l("Hur går det nu?"),
        _l("Det har gått en tid. Berätta med ett tryck hur det går, eller be oss ringa."),
        NoticeKind.FOLLOW_UPS,
    ),
    Letter.NOTICES: _Words(
        _l("Välj vilka mejl du vill få"),
        _l("Här är länken för att välja vilka mejl du vill få från oss."),
        None,
    ),
}


def write_to(contact: Contact, letter: Letter, *, url: str, until: date) -> bool:
    """Put a mail with the address in the outbox. `until` is the day the receiver has to answer at the latest.

    Without an address there is nothing to answer.

    False where there is nobody to write to: the contact is not reachable, or has said no to such mail.
    """
    if not is_written_to(contact, letter):
        return False
    words = WORDS[letter]
    with force_locale(_language(contact)):
        choose_url = _choose_url(contact) if words.kind else ""
        body = _body(words, url=url, until=until, choose_url=choose_url)
        send(
            letter.value, channel=Channel.EMAIL, address=contact.email, subject=str(words.subject), body=body
        )
    return True


def send_link(
    contact: Contact, letter: Letter, purpose: Purpose, subject_id: int, *, endpoint: str, account_id: int
) -> bool:
    """Make a link for the contact and mail it; as `write_to` for what is returned.

    The earlier link opens nothing then; where nothing is sent it stays as it was.
    """
    if not is_written_to(contact, letter):
        return False
    made = make_link(purpose, subject_id, account_id=account_id, contact_id=contact.id)
    until = clock.local(made.link.expires_at).date()
    return write_to(contact, letter, url=url_of(endpoint, made.token), until=until)


def is_written_to(contact: Contact, letter: Letter) -> bool:
    """Whether such a letter reaches the contact: they are still there, have an address, and want it."""
    kind = WORDS[letter].kind
    return is_reachable(contact) and (kind is None or wants(_receiver(contact), kind))


def is_reachable(contact: Contact) -> bool:
    """Whether anything may be sent to the contact: the employer is open, and they are there and not shut out of it."""
    if contact.left_on is not None or not contact.email:
        return False
    account = _account(contact)
    is_shut_out = account is not None and account.disabled_at is not None
    return not is_shut_out and db.session.get_one(Employer, contact.employer_id).closed_on is None


@renews(Purpose.NOTICES)
def _send_choices_again(link: Link) -> None:
    contact = db.session.get_one(Contact, link.subject_id)
    send_link(
        contact,
        Letter.NOTICES,
        Purpose.NOTICES,
        contact.id,
        endpoint=CHOICES,
        account_id=link.account_id,
    )


def _receiver(contact: Contact) -> Receiver:
    if contact.account_id is not None:
        return Receiver(account_id=contact.account_id)
    return Receiver(contact_id=contact.id)


def _language(contact: Contact) -> str:
    """Their own where they have an account; never that of whoever happens to write."""
    account = _account(contact)
    return account.language if account else "sv"


def _account(contact: Contact) -> Account | None:
    return db.session.get(Account, contact.account_id) if contact.account_id else None


def _choose_url(contact: Contact) -> str:
    """Where the receiver chooses what to get: by a link of its own, for which whoever sent the letter's answers."""
    if contact.account_id is not None:
        return whole_url("access.notices")
    sent = newest_links((contact.id,))
    if not sent:
        return ""
    made = make_link(Purpose.NOTICES, contact.id, account_id=sent[-1].account_id, contact_id=contact.id)
    return url_of(CHOICES, made.token)


def _body(words: _Words, *, url: str, until: date, choose_url: str) -> str:
    settings: Settings = current_app.extensions["settings"]
    lines = [_("Hej!"), str(words.text), *(_way(url, until) if url else ())]
    lines.append(_("Hälsningar") + f"\n{settings.municipality}")
    if choose_url:
        lines.append(_("Välj vilka mejl du vill få:") + f"\n{choose_url}")
    return "\n\n".join(lines) + "\n"


def _way(url: str, until: date) -> tuple[str, ...]:
    """Where to answer until when, and what to do with a link that opens nothing."""
    return (
        url,
        _("Gör det senast %(day)s. Du behöver inget konto.", day=long_day(until)),
        _("Länken är bara till dig. Öppnar den inget längre får du en ny här:")
        + f"\n{whole_url('employers.new_link')}",
    )
