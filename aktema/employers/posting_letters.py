"""Links to employers about their positions: to post one, and to say that one still holds. Positions that expire."""

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link, renews
from aktema.access.link_queries import url_of
from aktema.core import clock
from aktema.core.db import db
from aktema.core.jobs import register_chore
from aktema.core.timed import once
from aktema.employers.company_queries import expiring, find_answerable
from aktema.employers.letters import Letter, is_reachable, send_link, write_to
from aktema.employers.models import Contact, Placement
from aktema.employers.permissions import UPDATE_EMPLOYER, UPDATE_PLACEMENT
from aktema.employers.placement_operations import By, move
from aktema.employers.rules import REMIND_BEFORE, is_expired
from aktema.employers.states import Move, State

POSTING, STILL_VALID = "employers.post_by_link", "employers.still_valid"
EXPIRY = By(permission=UPDATE_PLACEMENT, via="expired")


def send_posting_link(identity: Identity, contact: Contact) -> tuple[str, bool]:
    """The address by which the contact posts a position, and whether it was mailed. It is stored nowhere."""
    made = make_link(
        Purpose.POST_PLACEMENT,
        contact.employer_id,
        account_id=identity.account_id,
        contact_id=contact.id,
    )
    url = url_of(POSTING, made.token)
    until = clock.local(made.link.expires_at).date()
    is_mailed = write_to(contact, Letter.NEW_POSITION_LINK, url=url, until=until)
    audit.record_write(UPDATE_EMPLOYER, object_kind="contact", object_id=contact.id, detail="posting link")
    return url, is_mailed


@renews(Purpose.POST_PLACEMENT)
def _send_posting_link_again(link: Link) -> None:
    contact = _find_contact(link)
    if contact is not None:
        send_link(
            contact,
            Letter.NEW_POSITION_LINK,
            Purpose.POST_PLACEMENT,
            link.subject_id,
            endpoint=POSTING,
            account_id=link.account_id,
        )


@renews(Purpose.REFRESH_PLACEMENT)
def _ask_again(link: Link) -> None:
    contact, placement = _find_contact(link), db.session.get(Placement, link.subject_id)
    if contact is not None and placement is not None and placement.state in (State.PUBLISHED, State.PAUSED):
        _ask(placement, contact, link.account_id)


def _find_contact(link: Link) -> Contact | None:
    """Whom the lost link was sent to, where they and their employer are still there."""
    contact = db.session.get(Contact, link.contact_id) if link.contact_id else None
    return contact if contact is not None and is_reachable(contact) else None


def _ask(placement: Placement, contact: Contact, account_id: int) -> None:
    send_link(
        contact,
        Letter.POSITION_EXPIRES,
        Purpose.REFRESH_PLACEMENT,
        placement.id,
        endpoint=STILL_VALID,
        account_id=account_id,
    )


def look_after_positions() -> None:
    """Ask whether positions still hold, once before each expiry; pause those of which nobody said so."""
    today = clock.today()
    for placement in expiring(today, REMIND_BEFORE):
        if is_expired(placement.expires_on, today):
            move(placement, Move.PAUSE, EXPIRY)
        elif once(f"position:{placement.id}:{placement.expires_on}"):
            _remind(placement)


def _remind(placement: Placement) -> None:
    contact, account_id = _receiver(placement), find_answerable(placement)
    if contact is not None and account_id is not None:
        _ask(placement, contact, account_id)


def _receiver(placement: Placement) -> Contact | None:
    """The supervisor, else whoever signs in, else the first who is reached."""
    reached = [one for one in placement.employer.contacts if is_reachable(one)]
    reached.sort(key=lambda one: (one.id != placement.supervisor_id, one.account_id is None, one.id))
    return reached[0] if reached else None


register_chore(look_after_positions)
