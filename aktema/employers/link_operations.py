"""New links for whoever lost one, sent to where the first one was: whoever asks finds out nothing."""

from sqlalchemy import func, select

from aktema.access.link_codes import Purpose
from aktema.access.link_operations import renew
from aktema.access.link_queries import find_by_token, newest_links
from aktema.core.db import db
from aktema.employers.models import Contact


def send_instead_of(token: str) -> None:
    """Send a new link instead of the one with the key, where there was one and its matter is still open."""
    link = find_by_token(token)
    if link is not None:
        renew(link)


def send_all_to(email: str) -> None:
    """Send new links about every open matter to the contacts who get mail at the address."""
    is_theirs = func.lower(Contact.email) == email.strip().lower()
    ids = db.session.scalars(select(Contact.id).where(is_theirs, Contact.left_on.is_(None))).all()
    for link in newest_links(ids):
        if link.purpose != Purpose.NOTICES:
            renew(link)
