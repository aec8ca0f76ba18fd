"""The list of people: filtered, paged and searched, and what to do next for each of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import raiseload, selectinload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import Account, Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.core.names import best_matches
from aktema.core.paging import PAGE_SIZE, Cursor, Keyset, Page
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, InterestVote, Participant, Rating
from aktema.people.permissions import LIST
from aktema.people.queries import live_assignment, locality_name, visible
from aktema.people.rules import age_on
from aktema.vocabulary.queries import dimensions

PEOPLE = Keyset[Participant](public_id=Participant.public_id, order=(Participant.sort_key,))


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What the list is narrowed to; empty values narrow nothing."""

    unit: str = ""
    coach: str = ""
    came_from: str = ""
    without_coach: bool = False
    closed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """How far a person's profile has come, with the tone of a tag where something has to be done first."""

    text: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One person in the list."""

    public_id: str
    name: str
    age: int
    coach: str
    locality: str
    hint: Hint


def list_people(identity: Identity, filters: Filters, cursor: Cursor) -> Page[Participant]:
    """A page of the people in reach by name, each recorded as read."""
    page = PEOPLE.page(_people(identity).where(*_clauses(filters)), cursor)
    audit.record_reads(LIST, [person.id for person in page.items])
    return page


def search_people(identity: Identity, typed: str) -> Sequence[Participant]:
    """The people in reach whose names fit what was typed, best first, closed ones too; each recorded as read."""
    names = db.session.execute(
        select(Participant.id, Participant.first_name, Participant.last_name).where(visible(identity, LIST))
    )
    ids = best_matches(typed, ((number, f"{first} {last}") for number, first, last in names), limit=PAGE_SIZE)
    found = {
        person.id: person for person in db.session.scalars(_people(identity).where(Participant.id.in_(ids)))
    }
    audit.record_reads(LIST, found)
    return [found[number] for number in ids]


def _people(identity: Identity) -> Select[Participant]:
    holders = selectinload(Participant.assignments)
    return (
        select(Participant)
        .where(visible(identity, LIST))
        .options(holders.joinedload(Assignment.account), holders.raiseload("*"), raiseload("*"))
    )


def _clauses(filters: Filters) -> Iterable[ColumnElement[bool]]:
    yield Participant.closed_on.is_not(None) if filters.closed else Participant.closed_on.is_(None)
    if filters.came_from:
        yield Participant.came_from == filters.came_from
    if filters.unit:
        yield _assigned(Assignment.unit.has(Unit.public_id == filters.unit))
    if filters.coach:
        coach = Assignment.account.has(Account.public_id == filters.coach)
        yield _assigned(coach & (Assignment.kind == AssignmentKind.COACH))
    if filters.without_coach:
        yield ~_assigned(Assignment.kind == AssignmentKind.COACH)


def _assigned(where: ColumnElement[bool]) -> ColumnElement[bool]:
    return Participant.id.in_(select(Assignment.participant_id).where(where, live_assignment()))


def filter_choices(identity: Identity) -> tuple[Sequence[Unit], Sequence[Account]]:
    """The units and the coaches that work with people in reach, by name."""
    people = select(Participant.id).where(visible(identity, LIST))
    reached = Assignment.participant_id.in_(people) & live_assignment()
    units = select(Unit).where(Unit.id.in_(select(Assignment.unit_id).where(reached)))
    coaching = select(Assignment.account_id).where(reached, Assignment.kind == AssignmentKind.COACH)
    coaches = select(Account).where(Account.id.in_(coaching))
    return (
        db.session.scalars(units.order_by(Unit.sort_key, Unit.id)).all(),
        db.session.scalars(coaches.order_by(Account.sort_key, Account.id)).all(),
    )


def rows_of(people: Sequence[Participant]) -> Sequence[Row]:
    """The people as the list shows them. Two statements."""
    ids, today = [person.id for person in people], clock.today()
    core = [dimension.id for dimension in dimensions(core_only=True)]
    voted = _counts(
        select(InterestVote.participant_id, func.count(InterestVote.activity_id.distinct())),
        InterestVote,
        ids,
    )
    rated = _counts(
        select(Rating.participant_id, func.count(Rating.dimension_id.distinct())).where(
            Rating.dimension_id.in_(core)
        ),
        Rating,
        ids,
    )
    return [
        _row(person, today, voted.get(person.id, 0), rated.get(person.id, 0), len(core)) for person in people
    ]


def _counts(
    counting: Select[int, int], model: type[InterestVote] | type[Rating], ids: Sequence[int]
) -> Mapping[int, int]:
    grouped = counting.where(model.participant_id.in_(ids)).group_by(model.participant_id)
    return {row[0]: row[1] for row in db.session.execute(grouped)}


def _row(person: Participant, today: date, voted: int, rated: int, asked: int) -> Row:
    coach = _coach_of(person, today)
    return Row(
        public_id=person.public_id,
        name=person.name,
        age=age_on(person.birth_date, today),
        coach=coach,
        locality=locality_name(person.locality_id),
        hint=_hint(person, has_coach=bool(coach), voted=voted, rated=rated, asked=asked),
    )


def _coach_of(person: Participant, today: date) -> str:
    live = (
        a for a in person.assignments if a.from_date <= today and (a.to_date is None or a.to_date >= today)
    )
    return ", ".join(a.account.name for a in live if a.kind == AssignmentKind.COACH and a.account)


def _hint(person: Participant, *, has_coach: bool, voted: int, rated: int, asked: int) -> Hint:
    if person.closed_on is not None:
        return Hint(text=_("Avslutad"), tone="neutral")
    if not has_coach:
        return Hint(text=_("Behöver en jobbcoach"), tone="warning")
    if not voted:
        return Hint(text=_("Fråga om intressen"), tone="accent")
    if rated < asked:
        return Hint(text=_("%(done)s av %(total)s förmågor besvarade", done=rated, total=asked))
    return Hint(text=_("Ifylld"))
