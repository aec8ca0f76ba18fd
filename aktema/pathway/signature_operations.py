"""Signing an agreement: each party for itself, on one version, in the way that suits it. The next one begins anew."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import force_locale, lazy_pgettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access import audit
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, renews
from aktema.access.link_queries import url_of
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.files import StoredFile, store
from aktema.core.pictures import Bounds, photo_from
from aktema.core.swedish import LANGUAGE
from aktema.employers.letters import Letter, send_link
from aktema.employers.models import Contact
from aktema.pathway.permissions import SIGN_AGREEMENT
from aktema.pathway.signature_queries import contacts_at, is_employers_turn, is_open_to_employer
from aktema.pathway.trial_codes import PARTY_LABELS, OnBehalfReason, SignedHow
from aktema.pathway.trial_day_queries import attended_days
from aktema.pathway.trial_models import Agreement, Signature, Trial
from aktema.pathway.trial_operations import tell
from aktema.pathway.trial_queries import awaits, days_of, missing_parties, newest, trial_by_id
from aktema.pathway.trial_states import Party
from aktema.steps.codes import Actor, ContactType

SIGN_PAGE = "pathway.sign_by_link"
OLDEST_PAPER = timedelta(days=366)
PDF_BEGINS = b"%PDF-"
PHOTOS_OF_PAPER = Bounds(formats=("JPEG", "PNG", "WEBP"), most_dots=50_000_000, longest_side=2400)
ACTORS = {Party.PERSON: Actor.PERSON, Party.EMPLOYER: Actor.EMPLOYER, Party.COACH: Actor.STAFF}


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureFacts:
    """Who signed for which party, how and when.

    account_id: who was signed in, or brought in the paper. contact_id: who came by link. content: the scan of a paper.
    """

    party: Party
    how: SignedHow
    name: str
    account_id: int | None = None
    contact_id: int | None = None
    on_behalf: OnBehalfReason | None = None
    signed_on: date | None = None
    content: bytes = b""


def sign(trial: Trial, facts: SignatureFacts, permission: Permission) -> Signature:
    """Put a party's yes on the newest version. The trial is held by whoever calls.

    Raises DomainError where that party is not awaited, the day can't be, or the scan can't be kept. An employer reads
    the agreement, and gets the way to sign it, once the person has signed; a paper all may have had before them.
    """
    today = clock.today()
    is_asked = facts.party in awaits(trial, today)
    if not is_asked or not (facts.how is SignedHow.PAPER or _is_turn_of(facts.party, trial)):
        raise DomainError(_("Det finns inget att skriva under just nu. Ladda om sidan och se efter."))
    agreement = newest(trial)
    _check_day(agreement, facts.signed_on, today)
    _check_attended(trial, agreement, today)
    signature = Signature(
        party=facts.party.value,
        how=facts.how.value,
        on_behalf_reason=facts.on_behalf.value if facts.on_behalf else None,
        signed_on=facts.signed_on or today,
        account_id=facts.account_id,
        contact_id=facts.contact_id,
    )
    signature.name = facts.name
    if facts.content:
        signature.file_id = _kept(facts.content).id
    agreement.signatures.append(signature)
    db.session.flush()  # the audit row needs its id
    _tell(trial, agreement, facts)
    _trace(trial, signature, permission)
    if facts.party is Party.PERSON:
        ask_employer(trial)
    return signature


def _is_turn_of(party: Party, trial: Trial) -> bool:
    return party is not Party.EMPLOYER or is_employers_turn(trial)


def _check_day(agreement: Agreement, signed_on: date | None, today: date) -> None:
    asked = agreement.asked_at
    earliest = today - OLDEST_PAPER if asked is None else clock.local(asked).date()
    if signed_on is not None and not earliest <= signed_on <= today:
        raise DomainError(_("Skriv en dag från att pappret skickades till idag."), "signed_on")


def _check_attended(trial: Trial, agreement: Agreement, today: date) -> None:
    """A change that was drafted before a day somebody was there takes the day out of no agreement."""
    agreed = {one.day for one in days_of(agreement)}
    lost = [day for day in attended_days(trial, today) if day not in agreed]
    if lost:
        raise DomainError(
            _(
                "Det står att personen var där %(day)s, men dagen är inte med i ändringen. "
                "Jobbcoachen behöver lägga till den.",
                day=lost[0].isoformat(),
            )
        )


def _kept(content: bytes) -> StoredFile:
    """The scan: a PDF as it is, a photo of the paper made anew. Raises DomainError on `file`."""
    is_pdf = content.startswith(PDF_BEGINS)
    kept = (
        store(content, "application/pdf")
        if is_pdf
        else store(photo_from(content, PHOTOS_OF_PAPER), "image/jpeg")
    )
    db.session.flush()  # the signature needs its id
    return kept


def _tell(trial: Trial, agreement: Agreement, facts: SignatureFacts) -> None:
    """Each signature is a line in the municipality's language; the last one says that the agreement holds."""
    actor = Actor.REPRESENTATIVE if facts.on_behalf is OnBehalfReason.REPRESENTATIVE else ACTORS[facts.party]
    is_whole = not missing_parties(agreement)
    with force_locale(LANGUAGE):
        line, own_line = _line(trial, facts, is_whole=is_whole), _own_line(facts, is_whole=is_whole)
    tell(trial, ContactType.TRIAL_SIGNED, line, own_line, actor)


def _line(trial: Trial, facts: SignatureFacts, *, is_whole: bool) -> str:
    party, how = str(PARTY_LABELS[facts.party]), str(facts.how.label)
    line = _(
        "%(title)s: %(party)s har skrivit under (%(how)s).", title=trial.placement.title, party=party, how=how
    )
    return f"{line} {_('Nu har alla skrivit under.')}" if is_whole else line


def _own_line(facts: SignatureFacts, *, is_whole: bool) -> str:
    said = {
        Party.PERSON: pgettext("easy", "Du har sagt ja till att prova jobbet."),
        Party.EMPLOYER: pgettext("easy", "Jobbet har sagt ja till dig."),
        Party.COACH: pgettext("easy", "Din coach har skrivit under."),
    }[facts.party]
    if facts.party is Party.PERSON and facts.on_behalf:
        said = pgettext("easy", "Någon har skrivit under för dig.")
    return f"{said} {pgettext('easy', 'Nu har alla skrivit under.')}" if is_whole else said


def _trace(trial: Trial, signature: Signature, permission: Permission) -> None:
    on_behalf = "on_behalf" if signature.on_behalf_reason else None
    audit.record_write(
        permission,
        participant_id=trial.participant_id,
        object_kind="signature",
        object_id=signature.id,
        detail=" ".join(filter(None, (signature.party, signature.how, on_behalf))),
    )


def send_sign_link(trial: Trial, contact: Contact, *, account_id: int, actor: Actor = Actor.STAFF) -> bool:
    """Mail the contact the way to sign; the one sent before opens nothing. Raises DomainError by field.

    The link shows the newest version that was sent to be signed. False where the contact gets no such mail.
    """
    _check_can_sign(trial, contact)
    is_sent = send_link(
        contact,
        Letter.SIGN,
        Purpose.SIGN_AGREEMENT,
        trial.id,
        endpoint=SIGN_PAGE,
        account_id=account_id,
    )
    if is_sent:
        _trace_link(trial, contact)
        _tell_link(trial, contact, actor)
    return is_sent


def hand_sign_link(trial: Trial, contact: Contact, *, account_id: int) -> str:
    """The address of a link for the contact, to hand over in another way than by mail. Raises DomainError by field."""
    _check_can_sign(trial, contact)
    _trace_link(trial, contact)
    _tell_link(trial, contact, Actor.STAFF)
    made = make_link(Purpose.SIGN_AGREEMENT, trial.id, account_id=account_id, contact_id=contact.id)
    return url_of(SIGN_PAGE, made.token)


def _tell_link(trial: Trial, contact: Contact, actor: Actor) -> None:
    title = trial.placement.title
    line = _l("%(title)s: en länk att skriva under med till %(name)s.", title=title, name=contact.name)
    own_line = lazy_pgettext("easy", "Vi har bett jobbet att skriva under.")
    tell(trial, ContactType.TRIAL_TO_SIGN, line, own_line, actor)


def _trace_link(trial: Trial, contact: Contact) -> None:
    audit.record_write(
        SIGN_AGREEMENT,
        participant_id=trial.participant_id,
        object_kind="contact",
        object_id=contact.id,
        detail="sign_link",
    )


def _check_can_sign(trial: Trial, contact: Contact) -> None:
    if contact.left_on is not None or contact.employer_id != trial.placement.employer_id:
        raise DomainError(_("Välj någon som arbetar hos arbetsgivaren."), "contact")
    today = clock.today()
    if Party.EMPLOYER not in awaits(trial, today):
        raise DomainError(_("Arbetsgivaren behöver inte skriva under nu."))
    if not is_employers_turn(trial):
        raise DomainError(_("Arbetsgivaren får länken när personen har skrivit under."))
    if not is_open_to_employer(trial, today):
        raise DomainError(_("Arbetsgivaren får inte se provplatsen nu. Låt dem skriva under på papper."))


def ask_employer(trial: Trial) -> Contact | None:
    """Mail the way to sign to whoever was asked at the employer, else to the supervisor; None where neither gets mail.

    A worker then chooses somebody else there; where nothing is open to the employer they sign on paper.
    """
    today = clock.today()
    if Party.EMPLOYER not in awaits(trial, today) or not is_open_to_employer(trial, today):
        return None
    asked = trial.introduction.contact_id if trial.introduction else None
    wanted = (asked, newest(trial).supervisor_id)
    known = sorted(
        (one for one in contacts_at(trial) if one.id in wanted), key=lambda one: wanted.index(one.id)
    )
    sent = (
        one for one in known if send_sign_link(trial, one, account_id=trial.account_id, actor=Actor.SYSTEM)
    )
    return next(sent, None)


@renews(Purpose.SIGN_AGREEMENT)
def renew_sign_link(lost: Link) -> None:
    """A lost link is sent anew while the employer is still to sign."""
    trial, contact = trial_by_id(lost.subject_id), db.session.get(Contact, lost.contact_id)
    today = clock.today()
    if contact is None or not is_open_to_employer(trial, today) or Party.EMPLOYER not in awaits(trial, today):
        return
    if contact.left_on is None and is_employers_turn(trial):
        send_sign_link(trial, contact, account_id=lost.account_id, actor=Actor.EMPLOYER)
