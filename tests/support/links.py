"""Links without sign-in, for tests."""

from datetime import timedelta

from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import make_link
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Contact
from tests.support.people import an_account


def a_link(
    purpose: Purpose,
    subject_id: int,
    *,
    contact: Contact | None = None,
    account: Account | None = None,
    expired: bool = False,
) -> tuple[Link, str]:
    """A link and its key, from some coach where no account is given."""
    sender = account or an_account()
    made = make_link(
        purpose, subject_id, account_id=sender.id, contact_id=None if contact is None else contact.id
    )
    if expired:
        made.link.expires_at = clock.now() - timedelta(minutes=1)
    db.session.flush()
    return made.link, made.token
