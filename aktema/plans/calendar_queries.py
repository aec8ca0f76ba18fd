"""What stands in somebody's calendar feed: what to do and on which day, and nothing about whom.

Whoever has a protected identity is left out (what leaves the service cannot be taken back).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.access.tokens import digest
from aktema.core import clock
from aktema.core.crypto import blind_index
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.people.models import Participant
from aktema.plans.calendar_models import CalendarFeed
from aktema.plans.due_queries import Due, due
from aktema.plans.permissions import READ_CALENDAR
from aktema.plans.rules.deadlines import DueKind
from aktema.steps.queries import next_steps_due

MOST_EVENTS = 200
AHEAD = timedelta(days=180)


class Happening(StrEnum):
    """What an event is about: as much as anybody may read over somebody's shoulder."""

    NEXT_STEP = "next_step"
    ORDER = "order"
    FIRST_DAY = "first_day"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    TO_DO = "to_do"


HAPPENINGS = {
    DueKind.ANSWER_ORDER: Happening.ORDER,
    DueKind.FIRST_DAY: Happening.FIRST_DAY,
    DueKind.PLAN: Happening.PLAN,
    DueKind.FOLLOW_UP_DECISION: Happening.FOLLOW_UP,
    DueKind.FOLLOW_UP_PLAN: Happening.FOLLOW_UP,
    DueKind.DECISION_ENDS: Happening.TO_DO,
    DueKind.NOT_EXECUTED: Happening.TO_DO,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One day in the calendar. `uid` is the same every time the feed is read, and says nothing."""

    uid: str
    on: date
    happening: Happening
    participant_id: int


def find_feed(account_id: int) -> CalendarFeed | None:
    """The account's feed that can be read today, or None."""
    return db.session.scalars(
        select(CalendarFeed)
        .where(CalendarFeed.account_id == account_id, _is_open())
        .order_by(CalendarFeed.id.desc())
    ).first()


def get_feed(token: str) -> CalendarFeed:
    """The feed that the key opens, with its account. Raises MissingError where it is revoked, too old or none."""
    account = joinedload(CalendarFeed.account).options(selectinload(Account.memberships))
    found = db.session.scalar(
        select(CalendarFeed)
        .join(CalendarFeed.account)
        .where(CalendarFeed.token_digest == digest(token), Account.disabled_at.is_(None), _is_open())
        .options(account)
    )
    if found is None:
        raise MissingError
    return found


def _is_open() -> ColumnElement[bool]:
    return CalendarFeed.revoked_at.is_(None) & (CalendarFeed.expires_at > clock.now())


def events_of(identity: Identity, today: date) -> Sequence[Event]:
    """What the identity has to do, the soonest first. Nobody is recorded as read: whoever sends it records them."""
    found = [*_next_steps(identity, today), *_deadlines(identity, today)]
    return sorted(found, key=lambda one: (one.on, one.uid))[:MOST_EVENTS]


def _next_steps(identity: Identity, today: date) -> Iterator[Event]:
    for person, step in next_steps_due(identity, READ_CALENDAR, today + AHEAD, MOST_EVENTS):
        if not person.has_protected_identity:
            yield _event(identity, Happening.NEXT_STEP, step.due_on, person, step.public_id)


def _deadlines(identity: Identity, today: date) -> Iterator[Event]:
    """What is the identity's own duty as a coordinator: the feed is granted for no other post that owes something."""
    for one in due(identity, today, MOST_EVENTS) if identity.has(Role.COORDINATOR) else ():
        if one.is_mine and one.owes is Role.COORDINATOR and not one.participant.has_protected_identity:
            yield _event(identity, HAPPENINGS[one.kind], one.due_on, one.participant, *_about(one))


def _about(one: Due) -> tuple[str, ...]:
    return (one.kind.value, one.decision_id, one.order_id or "")


def _event(identity: Identity, happening: Happening, on: date, person: Participant, *about: str) -> Event:
    """A keyed digest tells events apart: from it nobody finds out what they are about."""
    uid = blind_index("/".join((str(identity.account_id), happening.value, *about)), "calendar")
    return Event(uid=uid, on=on, happening=happening, participant_id=person.id)
