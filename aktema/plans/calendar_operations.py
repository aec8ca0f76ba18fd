"""Acts on the own calendar feed. An account has one at a time."""

from datetime import timedelta

from sqlalchemy import update

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.tokens import digest, new_token
from aktema.core import clock
from aktema.core.db import db
from aktema.plans.calendar_models import CalendarFeed
from aktema.plans.permissions import READ_CALENDAR

LIFETIME = timedelta(days=90)
KIND = "calendar_feed"


def begin_feed(identity: Identity) -> str:
    """A new feed for the identity; returns its key, which is stored nowhere. The key before opens nothing any more."""
    _revoke(identity)
    token = new_token()
    made = CalendarFeed(
        account_id=identity.account_id, token_digest=digest(token), expires_at=clock.now() + LIFETIME
    )
    db.session.add(made)
    db.session.flush()  # the trace needs its id
    audit.record_write(READ_CALENDAR, object_kind=KIND, object_id=made.id, detail="begin")
    return token


def end_feed(identity: Identity) -> None:
    """The identity's feed opens nothing from now on."""
    _revoke(identity)
    audit.record_write(READ_CALENDAR, object_kind=KIND, detail="end")


def _revoke(identity: Identity) -> None:
    db.session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.account_id == identity.account_id, CalendarFeed.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
