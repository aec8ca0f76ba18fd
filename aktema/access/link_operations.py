"""What happens to links: made, used, revoked, and sent anew to whoever lost one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select, update

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.tokens import digest, new_token
from aktema.core import clock
from aktema.core.db import db

REST = timedelta(minutes=10)
"""So long after a link was made no other one is sent to the same receiver about the same: a mailbox is no bell."""

A_DAY = timedelta(days=1)
MOST_A_DAY = 5
"""So many links about the same go to the same receiver in a day and a night, whoever asks for them."""

Renewal = Callable[[Link], None]
renewals: dict[Purpose, Renewal] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLink:
    """A link just made. Its key is sent in an address and stored nowhere."""

    link: Link
    token: str


def make_link(
    purpose: Purpose, subject_id: int, *, account_id: int, contact_id: int | None = None
) -> NewLink:
    """A link for the purpose; those to the same receiver about the same open nothing from now on.

    `account_id` is the worker who sends it, or who answers for the job that does. Expiry: `purpose.lifetime`.
    """
    _revoke(purpose, subject_id, (Link.contact_id == contact_id) if contact_id else Link.contact_id.is_(None))
    token = new_token()
    link = Link(
        token_digest=digest(token),
        purpose=purpose.value,
        subject_id=subject_id,
        contact_id=contact_id,
        account_id=account_id,
        expires_at=clock.now() + purpose.lifetime,
    )
    db.session.add(link)
    return NewLink(link=link, token=token)


def revoke_links(purpose: Purpose, subject_id: int) -> None:
    """Whatever was sent about the matter opens nothing from now on."""
    _revoke(purpose, subject_id)


def revoke_links_to(contact_id: int) -> None:
    """Whatever was sent to the contact opens nothing from now on: they have left, or their address was wrong."""
    theirs = (Link.contact_id == contact_id) & Link.revoked_at.is_(None)
    db.session.execute(update(Link).where(theirs).values(revoked_at=clock.now()))


def _revoke(purpose: Purpose, subject_id: int, *receiver: ColumnElement[bool]) -> None:
    about = (Link.purpose == purpose.value, Link.subject_id == subject_id, Link.revoked_at.is_(None))
    db.session.execute(update(Link).where(*about, *receiver).values(revoked_at=clock.now()))


def mark_used(link: Link) -> None:
    """What the link is for has been done. It still opens its page, which shows what was answered."""
    link.used_at = link.used_at or clock.now()


def renews(purpose: Purpose) -> Callable[[Renewal], Renewal]:
    """Say what sends a new link to the receiver of a lost one: nothing where the matter is no longer open.

    Given is the lost link: its subject, its contact and the worker it was sent by.
    """

    def keep(renewal: Renewal) -> Renewal:
        renewals[purpose] = renewal
        return renewal

    return keep


def renew(link: Link) -> None:
    """Send a new link instead of the lost one, unless one was sent just now, enough were, or the matter is over."""
    if link.contact_id is None:
        return
    now = clock.now()
    same = (
        Link.purpose == link.purpose,
        Link.subject_id == link.subject_id,
        Link.contact_id == link.contact_id,
    )
    sent = select(func.count(Link.id), func.max(Link.created_at)).where(*same, Link.created_at > now - A_DAY)
    amount, last_at = db.session.execute(sent).one()
    if amount < MOST_A_DAY and (last_at is None or last_at + REST < now):
        renewals[Purpose(link.purpose)](link)
