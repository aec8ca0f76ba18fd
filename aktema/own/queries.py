"""Readers of a participant's own pages: whose they are, who reads them, who works with the person, who has read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import AccessEntry
from aktema.access.policy import Permission
from aktema.access.queries import units_by_id
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import Message, MissingError
from aktema.own.permissions import OF_THE_PERSON
from aktema.own.words import ROLE_WORDS
from aktema.people.codes import AssignmentKind, MandateArea, RepresentativeKind
from aktema.people.models import Participant, Representative
from aktema.people.queries import get_participant, live_assignments, live_mandate, visible

MOST_REPRESENTED = 50
DAYS_OF_READING = 90
MOST_ENTRIES = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """Whose pages are open and who has them before them. `mandate` is empty where it is the person."""

    participant: Participant
    mandate: str
    areas: str = ""
    """What the mandate covers, as `Representative.areas` holds it."""

    @property
    def is_self(self) -> bool:
        return not self.mandate

    @property
    def said_by(self) -> str:
        """Whose word it is, as it is stored."""
        return "person" if self.is_self else "representative"

    def covers(self, permission: Permission) -> bool:
        """Whether the mandate is about this: how a day is to be is asked of whoever looks after the person."""
        return self.is_self or permission not in OF_THE_PERSON or MandateArea.PERSON in self.areas.split(",")


def get_own(identity: Identity, permission: Permission, public_id: str) -> Own:
    """The person's pages for whoever may open them, the reading recorded. Raises MissingError."""
    participant = get_participant(identity, permission, public_id)
    if identity.has(Role.PARTICIPANT) and participant.account_id == identity.account_id:
        return Own(participant=participant, mandate="")
    own = _represented(identity, participant)
    if not own.covers(permission):
        raise MissingError
    return own


def _represented(identity: Identity, participant: Participant) -> Own:
    held = select(Representative.kind, Representative.areas).where(
        Representative.participant_id == participant.id,
        Representative.account_id == identity.account_id,
        live_mandate(),
    )
    found = db.session.execute(held.order_by(Representative.id)).first()
    kind, areas = ("proxy", "") if found is None else found
    return Own(participant=participant, mandate=str(RepresentativeKind(kind).label), areas=areas)


def own_pages(identity: Identity, permission: Permission) -> Sequence[Participant]:
    """Everybody whose pages the identity may open through the permission, by name; the reading recorded."""
    reached = select(Participant).where(visible(identity, permission))
    people = db.session.scalars(
        reached.order_by(Participant.sort_key, Participant.id).limit(MOST_REPRESENTED)
    ).all()
    audit.record_reads(permission, [person.id for person in people])
    return people


def get_own_page_id(identity: Identity) -> str:
    """The public id of the signed-in participant. Raises MissingError where the account is nobody's."""
    mine = select(Participant.public_id).where(Participant.account_id == identity.account_id)
    found = db.session.scalar(mine)
    if found is None:
        raise MissingError
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Helper:
    """Somebody who works with the person: what they are called, what they do in plain words, where."""

    kind: str
    name: str
    role: Message
    unit: str


def helpers_of(participant: Participant) -> Sequence[Helper]:
    """Those who work with the person today, each once, and who represents them."""
    found = {
        (one.kind, one.account_id): Helper(
            kind=one.kind,
            name=one.account.name,
            role=ROLE_WORDS[AssignmentKind(one.kind)],
            unit=one.unit.name if one.unit else "",
        )
        for one in live_assignments(participant)
        if one.account is not None
    }
    return (*found.values(), *_spokespersons(participant))


def _spokespersons(participant: Participant) -> Sequence[Helper]:
    live = select(Representative).where(Representative.participant_id == participant.id, live_mandate())
    return [
        Helper(kind="", name=one.name, role=RepresentativeKind(one.kind).label, unit="")
        for one in db.session.scalars(live.order_by(Representative.id))
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """That somebody in a role, from a unit, has read or written about the person on a day; the name is not told."""

    who: str
    has_written: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOfReading:
    day: date
    readings: Sequence[Reading]


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """Who has read about the person in the last three months, the latest day first; own visits are one number."""

    days: Sequence[DayOfReading]
    own_days: int
    is_cut: bool


def trace_of(participant: Participant) -> Trace:
    """Who has read about the person: by role, unit and day (the founders' table: the name is told on request)."""
    rows = _entries(participant)
    others = [row for row in rows if row.account_id != participant.account_id]
    own_days = {clock.local(row.at).date() for row in rows if row.account_id == participant.account_id}
    units = _unit_names(others)
    by_day: dict[date, Counter[tuple[str, bool]]] = {}
    for row in others:
        counted = by_day.setdefault(clock.local(row.at).date(), Counter())
        counted[_who(row.roles, row.unit_ids, units), False] += 1
        counted[_who(row.roles, row.unit_ids, units), True] += row.kind == audit.WRITE
    return Trace(
        days=[DayOfReading(day=day, readings=_readings(counted)) for day, counted in by_day.items()],
        own_days=len(own_days),
        is_cut=len(rows) == MOST_ENTRIES,
    )


def _readings(counted: Counter[tuple[str, bool]]) -> Sequence[Reading]:
    whos = sorted({who for who, _written in counted})
    return [Reading(who=who, has_written=counted[who, True] > 0) for who in whos]


def _entries(participant: Participant) -> Sequence[AccessEntry]:
    since = clock.now() - timedelta(days=DAYS_OF_READING)
    about = (AccessEntry.participant_id == participant.id) & (AccessEntry.at > since)
    used = AccessEntry.kind.in_((audit.READ, audit.WRITE))
    found = select(AccessEntry).where(about, used).order_by(AccessEntry.id.desc()).limit(MOST_ENTRIES)
    return db.session.scalars(found).all()


def _unit_names(rows: Iterable[AccessEntry]) -> dict[str, str]:
    ids = {int(number) for row in rows for number in row.unit_ids.split()}
    return {str(unit.id): unit.name for unit in units_by_id(sorted(ids))} if ids else {}


def _who(roles: str, unit_ids: str, units: dict[str, str]) -> str:
    """A job coach, Solrosen. Jobs of the installation itself act in no role."""
    known = [str(Role(role).label) for role in roles.split()] or [_("Aktema självt")]
    return ", ".join([*known, *(units[number] for number in unit_ids.split() if number in units)])
