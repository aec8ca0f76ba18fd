"""The employers' own side: how long positions hold, one that was sent in by a link, and somebody who signs in."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from aktema.access.models import Account, Membership
from aktema.access.passwords import hash_password
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.demo.accounts import PASSWORD
from aktema.demo.days import at, rng_for, workday
from aktema.employers.models import Contact, Placement
from aktema.employers.states import State

HOLDS_EVERY, HOLDS_FOR = 3, (40, 170)
"""One position in so many says for how many days it still holds."""
SENT_IN_EVERY = 12
"""One in so many was posted by the employer; the newest of all, by a link, waits for a coach's look."""
POSTED_AGO = timedelta(days=8)
RAN_OUT_AGO = timedelta(days=5)
LEAST_A_MONTH = 2
WAITS = timedelta(days=60)
KNOWN_FOR = timedelta(days=90)


def set_terms(placements: Sequence[Placement], today: date) -> None:
    """How long positions hold, who wrote them, and when two employers want to be asked."""
    published = [one for one in placements if one.state == State.PUBLISHED]
    _set_wishes(published, today)
    for turn, placement in enumerate(published):
        if turn % HOLDS_EVERY == 0:
            days = rng_for("holds", turn).randint(*HOLDS_FOR)
            placement.expires_on = today + timedelta(days=days)
        if turn % SENT_IN_EVERY == 1:
            placement.posted_by, placement.reviewed_on = "employer", workday(today - POSTED_AGO)
    newest = max(published, key=lambda one: (one.created_at, one.sort_key))
    newest.posted_by, newest.reviewed_on = "link", None
    paused = next((one for one in placements if one.state == State.PAUSED), None)
    if paused is not None:
        paused.expires_on = today - RAN_OUT_AGO
    for placement in placements:
        flag_modified(placement, "changed_at")  # as it was: else the moment of this filling would be written
    db.session.flush()


def _set_wishes(published: Sequence[Placement], today: date) -> None:
    """One wants few questions a month, another none for some time."""
    employers = list(dict.fromkeys(placement.employer for placement in published))
    employers[-1].month_cap = LEAST_A_MONTH
    employers[-2].not_before = today + WAITS


def open_company(placement: Placement, today: date) -> None:
    """Whoever is to be talked to where the placement is signs in, and lets colleagues in."""
    contact, opened = placement.employer.contacts[0], at(workday(today - KNOWN_FOR), time(9))
    account = Account(
        name=contact.name,
        email=contact.email,
        sort_key=sort_key(contact.name),
        password_hash=hash_password(PASSWORD),
        created_at=opened,
        memberships=[Membership(role_code=Role.EMPLOYER.value, from_date=opened.date(), created_at=opened)],
    )
    db.session.add(account)
    db.session.flush()  # the contact refers to it by id
    contact.account_id, contact.is_admin = account.id, True


def company_sign_in() -> Account:
    """The employer who signs in."""
    return db.session.scalars(select(Account).join(Contact, Contact.account_id == Account.id)).one()
