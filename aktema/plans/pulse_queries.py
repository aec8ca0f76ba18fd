"""Readers of the pulse. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans.codes import SupportMeasure
from aktema.plans.models import Decision
from aktema.plans.pulse_models import Pulse, PulseBelief
from aktema.plans.rules import pulse as rules

MOST_SHOWN = 6
"""So many rounds make a trend that fits a page: a year and a half."""
DAY_ACTIVITY = SupportMeasure.DAY_ACTIVITY.value


@dataclass(frozen=True, kw_only=True, slots=True)
class NextPulse:
    """When the person is asked next; None where no day activity is in force. It can be asked earlier."""

    last_on: date | None
    due_on: date | None

    def is_due(self, today: date) -> bool:
        return self.due_on is not None and self.due_on <= today


def next_pulse(participant_id: int, today: date) -> NextPulse:
    """When the person was asked last, and is to be asked next. Two statements."""
    last_on = db.session.scalar(select(func.max(Pulse.said_on)).where(Pulse.participant_id == participant_id))
    since = db.session.scalar(
        select(func.min(Decision.from_date))
        .where(Decision.participant_id == participant_id, Decision.support_measure == DAY_ACTIVITY)
        .having(func.max(_last_day()) >= today)
    )
    return NextPulse(
        last_on=last_on, due_on=rules.due_on(since=since, last_on=last_on) if since is not None else None
    )


def _last_day() -> ColumnElement[date]:
    """The last day of a decision; far ahead where it has none."""
    return func.coalesce(Decision.ended_on, Decision.to_date, date.max)


def pulses_due(
    identity: Identity, permission: Permission, today: date, limit: int
) -> Sequence[tuple[Participant, date | None]]:
    """People in day activity in reach whom nobody has asked for a quarter, with the day they were asked last.

    Who never was asked comes first, then the longest ago. Nobody is recorded as read: whoever shows it does that.
    """
    last = select(Pulse.participant_id, func.max(Pulse.said_on).label("last_on"))
    asked = last.group_by(Pulse.participant_id).subquery()
    day_activity = select(Decision.participant_id).where(Decision.support_measure == DAY_ACTIVITY)
    by_person = day_activity.group_by(Decision.participant_id)
    begun = by_person.having(
        func.min(Decision.from_date) <= rules.due_before(today), func.max(_last_day()) >= today
    )
    found = (
        select(Participant, asked.c.last_on)
        .outerjoin(asked, asked.c.participant_id == Participant.id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            Participant.id.in_(begun),
            or_(asked.c.last_on.is_(None), asked.c.last_on <= rules.due_before(today)),
        )
        .order_by(asked.c.last_on.asc().nulls_first(), Participant.sort_key, Participant.id)
        .options(raiseload("*"))
    )
    return [(person, last_on) for person, last_on in db.session.execute(found.limit(limit))]


def pulses_of(participant_id: int) -> Sequence[Pulse]:
    """The person's last rounds, the oldest of them first; the last of a day counts."""
    theirs = select(Pulse).where(Pulse.participant_id == participant_id, Pulse.id.in_(_last_of_days()))
    loaded = theirs.options(selectinload(Pulse.answers), joinedload(Pulse.account), raiseload("*"))
    newest = loaded.order_by(Pulse.said_on.desc(), Pulse.id.desc()).limit(MOST_SHOWN)
    return list(reversed(db.session.scalars(newest).all()))


def _last_of_days() -> Select[int]:
    return select(func.max(Pulse.id)).group_by(Pulse.participant_id, Pulse.said_on)


def beliefs_of(participant_id: int) -> Sequence[PulseBelief]:
    """What those who work with the person have believed, the oldest of the last first."""
    theirs = select(PulseBelief).where(PulseBelief.participant_id == participant_id)
    newest = theirs.order_by(PulseBelief.said_on.desc(), PulseBelief.id.desc()).limit(MOST_SHOWN)
    return list(reversed(db.session.scalars(newest.options(joinedload(PulseBelief.account))).all()))
