"""Readers of links: what a key opens, and the address it is sent as."""

from collections.abc import Collection, Sequence

from flask import current_app, request
from sqlalchemy import ColumnElement, func, select

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.tokens import digest
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError

LONGEST_TOKEN = 64


def get_link(purpose: Purpose, token: str) -> Link:
    """The link that the key opens for the purpose, though it has been used: its page then shows what was answered.

    Raises MissingError where it is revoked, too old, for something else, or none: they are all one. While a form is
    answered the row is held, so that two answers at once come one after the other.
    """
    opens = (Link.purpose == purpose.value) & (Link.token_digest == digest(token[: LONGEST_TOKEN + 1]))
    named = select(Link).where(opens, is_live()).execution_options(populate_existing=True)
    found = db.session.scalar(named.with_for_update() if request.method == "POST" else named)
    if found is None:
        raise MissingError
    return found


def find_by_token(token: str) -> Link | None:
    """The link with the key, alive or not, or None."""
    return db.session.scalar(select(Link).where(Link.token_digest == digest(token[: LONGEST_TOKEN + 1])))


def newest_links(contact_ids: Collection[int]) -> Sequence[Link]:
    """The last link to each contact about each matter, alive or not."""
    last = select(func.max(Link.id)).where(Link.contact_id.in_(contact_ids))
    matters = last.group_by(Link.purpose, Link.subject_id, Link.contact_id)
    return db.session.scalars(select(Link).where(Link.id.in_(matters)).order_by(Link.id)).all()


def is_live() -> ColumnElement[bool]:
    """The where-clause of links that open their page now."""
    return Link.revoked_at.is_(None) & (Link.expires_at > clock.now())


def url_of(endpoint: str, token: str, **values: object) -> str:
    """The whole address of a link's page, as it is sent."""
    return whole_url(endpoint, token=token, **values)


def whole_url(endpoint: str, **values: object) -> str:
    """The whole address of a page, outside a request as well."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return str(current_app.extensions["settings"].base_url).rstrip("/") + path
