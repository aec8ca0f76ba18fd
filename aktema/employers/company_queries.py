"""Readers of an employer's own side: which company an account belongs to, and what it has posted."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from aktema.access.identity import Identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.models import Account
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.employers.employer_queries import NOTHING_LAZY
from aktema.employers.models import Contact, Employer, Placement, PlacementStateChange
from aktema.employers.states import State

MOST_POSITIONS = 100
USED_AGAIN = 12
"""So many of the latest positions can be posted once more."""


def contact_of(identity: Identity) -> Contact:
    """Who the account is at its employer, with the employer's contacts and workplaces. Raises MissingError."""
    mine = select(Contact).where(Contact.account_id == identity.account_id, Contact.left_on.is_(None))
    employer = joinedload(Contact.employer)
    loaded = (employer.selectinload(Employer.contacts), employer.selectinload(Employer.workplaces))
    found = db.session.scalar(mine.options(*loaded, NOTHING_LAZY))
    if found is None or found.employer.closed_on is not None:
        raise MissingError
    return found


def company_of(identity: Identity) -> Employer:
    """The employer the account belongs to. Raises MissingError where it belongs to none, or to a closed one."""
    return contact_of(identity).employer


def get_company(employer_id: int) -> Employer:
    """The employer that a link is about, with contacts and workplaces; of one taken over, the one that did.

    Raises MissingError where it is none, or closed.
    """
    named = select(func.coalesce(Employer.merged_into_id, Employer.id)).where(Employer.id == employer_id)
    query = select(Employer).where(Employer.id == named.scalar_subquery(), Employer.closed_on.is_(None))
    loaded = (selectinload(Employer.contacts), selectinload(Employer.workplaces), NOTHING_LAZY)
    found = db.session.scalar(query.options(*loaded))
    if found is None:
        raise MissingError
    return found


def positions_of(employer: Employer) -> Sequence[Placement]:
    """What the employer has out, paused or half done, the newest first, with workplace and activities."""
    own = _positions(employer).where(Placement.state != State.CLOSED)
    loaded = (joinedload(Placement.workplace), selectinload(Placement.activities), NOTHING_LAZY)
    return db.session.scalars(own.limit(MOST_POSITIONS).options(*loaded)).all()


def earlier_positions(employer: Employer) -> Sequence[Placement]:
    """What the employer has posted before, to post once more: the latest of each title, whatever their state."""
    latest = db.session.scalars(_positions(employer).limit(MOST_POSITIONS).options(NOTHING_LAZY)).all()
    by_title = {one.sort_key: one for one in reversed(latest)}
    return sorted(by_title.values(), key=lambda one: -one.id)[:USED_AGAIN]


def _positions(employer: Employer) -> Select[Placement]:
    return select(Placement).where(Placement.employer_id == employer.id).order_by(Placement.id.desc())


def get_position(employer: Employer, public_id: str) -> Placement:
    """One position of the employer with everything on its page. Raises MissingError."""
    if not is_public_id(public_id):  # PostgreSQL refuses some letters, NUL for one
        raise MissingError
    return _one(
        select(Placement).where(Placement.employer_id == employer.id, Placement.public_id == public_id)
    )


def find_position(employer: Employer, public_id: str) -> Placement | None:
    """One position of the employer with what is known of it beyond what they are asked, or None."""
    known = (
        selectinload(Placement.activities),
        selectinload(Placement.preferences),
        selectinload(Placement.constraints),
        NOTHING_LAZY,
    )
    return db.session.scalar(_positions(employer).where(Placement.public_id == public_id).options(*known))


def get_position_of_link(placement_id: int) -> Placement:
    """The position that a link is about. Raises MissingError where it is none."""
    return _one(select(Placement).where(Placement.id == placement_id))


def _one(query: Select[Placement]) -> Placement:
    loaded = (
        joinedload(Placement.employer).selectinload(Employer.contacts),
        joinedload(Placement.workplace),
        joinedload(Placement.supervisor),
        selectinload(Placement.activities),
        selectinload(Placement.demands),
        selectinload(Placement.constraints),
        selectinload(Placement.adaptations),
        NOTHING_LAZY,
    )
    found = db.session.scalar(query.options(*loaded))
    if found is None:
        raise MissingError
    return found


def positions_to_look_through(limit: int) -> Sequence[Placement]:
    """Published positions that employers posted and no coach has read, the longest waiting first."""
    waiting = select(Placement).where(
        Placement.posted_by != "staff",
        Placement.reviewed_on.is_(None),
        Placement.state.in_((State.PUBLISHED, State.PAUSED)),
    )
    loaded = (joinedload(Placement.employer), NOTHING_LAZY)
    return db.session.scalars(waiting.order_by(Placement.id).limit(limit).options(*loaded)).all()


def colleagues_to_let_in(limit: int) -> Sequence[Contact]:
    """Contacts a colleague asked in, whom no coach has let in yet, the longest waiting first."""
    waiting = select(Contact).where(Contact.asked_in_on.is_not(None), Contact.left_on.is_(None))
    loaded = (joinedload(Contact.employer), NOTHING_LAZY)
    return db.session.scalars(
        waiting.order_by(Contact.asked_in_on, Contact.id).limit(limit).options(*loaded)
    ).all()


def expiring(today: date, within: timedelta) -> Sequence[Placement]:
    """Published positions that expire within so long, or have, with whom to ask whether they still hold."""
    soon = select(Placement).where(Placement.state == State.PUBLISHED, Placement.expires_on <= today + within)
    loaded = (
        joinedload(Placement.employer).selectinload(Employer.contacts),
        joinedload(Placement.workplace),
        joinedload(Placement.supervisor),
        NOTHING_LAZY,
    )
    return db.session.scalars(soon.order_by(Placement.id).options(*loaded)).all()


def find_answerable(placement: Placement) -> int | None:
    """The account that answers for the position: who last moved it, else who sent the employer its link."""
    moved = select(PlacementStateChange.account_id).where(
        PlacementStateChange.placement_id == placement.id, PlacementStateChange.account_id.is_not(None)
    )
    sent = select(Link.account_id).where(
        Link.purpose == Purpose.POST_PLACEMENT, Link.subject_id == placement.employer_id
    )
    by_move = db.session.scalar(moved.order_by(PlacementStateChange.id.desc()).limit(1))
    return by_move or db.session.scalar(sent.order_by(Link.id.desc()).limit(1))


def accounts_of(employer: Employer) -> dict[int, Account]:
    """The accounts of those who work there, by account id, the closed ones too."""
    ids = [one.account_id for one in employer.contacts if one.account_id is not None]
    found = db.session.scalars(select(Account).where(Account.id.in_(ids)).options(NOTHING_LAZY))
    return {one.id: one for one in found}


def has_admin(employer: Employer) -> bool:
    """Whether anybody there lets colleagues in and out."""
    there = select(Contact.id).where(Contact.employer_id == employer.id, Contact.is_admin)
    return db.session.scalar(there.where(Contact.left_on.is_(None)).limit(1)) is not None
