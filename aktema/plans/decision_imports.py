"""Decisions from a file: whom a row is about, what is wrong beyond its cells, what it becomes, and taking it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.importing.kinds import Insertion, OvertakenError, Problem, RowIds, Sender
from aktema.access.importing.operations import in_use
from aktema.core.bulk import chunks, insert_for_ids, row_of
from aktema.core.db import db
from aktema.core.importing import Record
from aktema.core.personal_number import PersonalNumber
from aktema.core.swedish import fold
from aktema.people.duplicates import number_index
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans import decision_columns as columns
from aktema.plans.decision_operations import (
    Hours,
    NewDecision,
    faults_of,
    new_extent,
    overlap_message,
    write_decision,
)
from aktema.plans.models import Decision, DecisionExtent
from aktema.plans.permissions import DECIDE
from aktema.plans.rules.extents import Period, overlapping, overlaps, period_of

DECISIONS, EXTENTS = Decision.__tablename__, DecisionExtent.__tablename__
Values = dict[str, Any]
Who = tuple[str, date]
"""A name as searches compare it, and a birth date."""
Line = tuple[int, str]
"""A person and a support measure: what decisions of one line must not overlap in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A row with the person it is about."""

    record: Record
    participant_id: int
    decision: NewDecision

    @property
    def line(self) -> Line:
        return self.participant_id, self.decision.support_measure


def check(records: Sequence[Record], sender: Sender) -> Iterator[Problem]:
    """Everything wrong beyond single cells: nobody found, facts that contradict each other, days granted twice."""
    people = _People(records, sender.identity)
    for record in records:
        yield from _fact_problems(record)
        yield from people.problems_of(record)
    found = _found(records, people)
    yield from _granted_twice(found)
    yield from _granted_already(found)


def _found(records: Iterable[Record], people: "_People") -> Sequence[_Found]:
    """The rows whose person is known."""
    named = ((record, people.ids_of(record)) for record in records)
    return [
        _Found(record=record, participant_id=ids[0], decision=decision_of(record))
        for record, ids in named
        if len(ids) == 1
    ]


def _fact_problems(record: Record) -> Iterator[Problem]:
    for fault in faults_of(decision_of(record)):
        yield _problem(record, columns.BY_KEY[fault.field or ""], str(fault.message))


def _problem(record: Record, column: Any, message: str, participant_id: int | None = None) -> Problem:
    return Problem(row=record.row, column=column, message=message, participant_id=participant_id)


def decision_of(record: Record) -> NewDecision:
    """What the row says was decided."""
    return NewDecision(
        support_measure=record.get(columns.SUPPORT_MEASURE),
        law_basis=record.get(columns.LAW_BASIS),
        eligibility_group=record.find(columns.ELIGIBILITY_GROUP),
        hours=Hours(
            basis=record.get(columns.HOURS_BASIS),
            weekly_minutes=record.find(columns.WEEKLY_MINUTES),
            days_per_week=record.find(columns.DAYS_PER_WEEK),
            template_minutes=record.find(columns.TEMPLATE_MINUTES),
        ),
        from_date=record.get(columns.FROM_DATE),
        to_date=record.find(columns.TO_DATE),
        decided_on=record.get(columns.DECIDED_ON),
        decision_maker=record.get(columns.DECISION_MAKER),
        needs=record.find(columns.NEEDS) or "",
        wishes=record.find(columns.WISHES) or "",
    )


class _People:
    """Those of the file who are in the sender's reach, by number, or by name and birth date. Others are nobody."""

    def __init__(self, records: Sequence[Record], identity: Identity) -> None:
        self._reached = visible(identity, DECIDE)
        numbers = {digits for record in records if (digits := record.find(columns.PERSONAL_NUMBER))}
        births = {born for record in records if (born := record.find(columns.BIRTH_DATE))}
        self._by_number = self._numbered(numbers)
        self._by_name = self._named(births)

    def _numbered(self, numbers: Iterable[str]) -> Mapping[str, Sequence[int]]:
        by_index = {number_index(digits): digits for digits in numbers}
        found: dict[str, Sequence[int]] = {}
        for some in chunks(tuple(by_index)):
            for person in self._people(Participant.personal_number_index.in_(some)):
                found[by_index[str(person.personal_number_index)]] = (person.id,)
        return found

    def _named(self, births: Iterable[date]) -> Mapping[Who, Sequence[int]]:
        found: dict[Who, list[int]] = {}
        for some in chunks(sorted(births)):
            for person in self._people(Participant.birth_date.in_(some)):
                found.setdefault((fold(person.name), person.birth_date), []).append(person.id)
        return found

    def _people(self, where: ColumnElement[bool]) -> Iterable[Participant]:
        return db.session.scalars(select(Participant).where(where, self._reached))

    def ids_of(self, record: Record) -> Sequence[int]:
        """Whom the row may be about: one, where it says so clearly."""
        digits, name, born = (
            record.find(columns.PERSONAL_NUMBER),
            record.find(columns.NAME),
            record.find(columns.BIRTH_DATE),
        )
        if digits:
            return self._by_number.get(digits, ())
        return self._by_name.get((fold(name), born), ()) if name and born else ()

    def problems_of(self, record: Record) -> Iterator[Problem]:
        """What keeps the row from being about one person."""
        ids, digits = self.ids_of(record), record.find(columns.PERSONAL_NUMBER)
        is_named = record.find(columns.NAME) and record.find(columns.BIRTH_DATE)
        if len(ids) > 1:
            message = _("Flera av dina personer heter så och är födda den dagen. Skriv personnumret.")
            yield _problem(record, columns.PERSONAL_NUMBER, message)
        elif digits and not ids:
            message = _("Ingen av dina personer har det numret. Kontrollera det, eller ta bort raden.")
            yield _problem(record, columns.PERSONAL_NUMBER, message)
        elif not ids and not is_named:
            message = _("Fyll i ett personnummer, eller både namn och födelsedatum.")
            yield _problem(record, columns.PERSONAL_NUMBER, message)
        elif digits and not _is_birth_date_of(digits, record.find(columns.BIRTH_DATE)):
            message = _("Personnumret börjar med ett annat födelsedatum. Kontrollera båda.")
            yield _problem(record, columns.PERSONAL_NUMBER, message)
        elif not ids:
            message = _("Ingen av dina personer heter så och är född den dagen. Kontrollera båda.")
            yield _problem(record, columns.NAME, message)


def _is_birth_date_of(digits: str, born: date | None) -> bool:
    """Whether the birth date typed, if any, is the number's own."""
    return born is None or PersonalNumber(digits).birth_date in (None, born)


def _granted_twice(found: Sequence[_Found]) -> Iterator[Problem]:
    """Rows that grant the same days as another row, which is named. Sorted, so that thousands take no time."""
    widest: dict[Line, _Found] = {}
    for one in sorted(found, key=lambda one: (one.decision.from_date, one.record.row)):
        other = widest.get(one.line)
        if other is None or not overlaps(one.decision.period, other.decision.period):
            widest[one.line] = one
            continue
        first, second = sorted((one, other), key=lambda one: one.record.row)
        message = _(
            "Samma person och insats har samma dagar på rad %(row)s. Rätta en av dem.", row=first.record.row
        )
        yield _problem(second.record, columns.FROM_DATE, message)
        widest[one.line] = max(one, other, key=lambda one: one.decision.to_date or date.max)


def _granted_already(found: Sequence[_Found]) -> Iterator[Problem]:
    """Rows that grant the same days as a decision that is here already."""
    known = _known_periods({one.participant_id for one in found})
    for one in found:
        held = overlapping(one.decision.period, known.get(one.line, ()))
        if held is not None:
            message = overlap_message(one.decision.support_measure, held)
            yield _problem(one.record, columns.FROM_DATE, message, one.participant_id)


def _known_periods(participant_ids: Iterable[int]) -> Mapping[Line, Sequence[Period]]:
    """From when to when each line of decisions holds now."""
    found: dict[Line, list[Period]] = {}
    for some in chunks(sorted(participant_ids)):
        for decision in db.session.scalars(select(Decision).where(Decision.participant_id.in_(some))):
            line = (decision.participant_id, decision.support_measure)
            found.setdefault(line, []).append(period_of(decision))
    return found


def prepare(records: Sequence[Record], sender: Sender) -> Insertion:
    """Find and seal everything now; what is returned only inserts.

    It raises OvertakenError where a decision was made meanwhile about days that the file grants too.
    """
    found = _found(records, _People(records, sender.identity))
    decisions = [_decision_row(one, sender.identity) for one in found]
    extents = [_extent_row(one, sender.identity) for one in found]

    def insertion() -> RowIds:
        people = sorted({one.participant_id for one in found})
        _hold(people)
        if any(True for _problem in _granted_already(found)):
            raise OvertakenError
        ids = insert_for_ids(Decision, decisions)
        hours = [{**row, "decision_id": number} for number, row in zip(ids, extents, strict=True)]
        audit.record_writes(DECIDE, people, detail="import")
        return {DECISIONS: ids, EXTENTS: insert_for_ids(DecisionExtent, hours)}

    return insertion


def _hold(participant_ids: Sequence[int]) -> None:
    """As people.queries.hold, for all of them, always in the same order."""
    for some in chunks(participant_ids):
        held = select(Participant.id).where(Participant.id.in_(some)).order_by(Participant.id)
        db.session.execute(held.with_for_update(key_share=True))


def _decision_row(one: _Found, identity: Identity) -> Values:
    decision = Decision(participant_id=one.participant_id, account_id=identity.account_id)
    write_decision(decision, one.decision)
    return row_of(decision)


def _extent_row(one: _Found, identity: Identity) -> Values:
    return row_of(new_extent(identity, one.decision.from_date, one.decision.hours))


def undo(ids: RowIds) -> None:
    """Take the decisions away. Raises DomainError, or IntegrityError, where more has been written about one of them."""
    people: set[int] = set()
    for some in chunks(ids[DECISIONS]):
        found = db.session.execute(
            select(Decision.participant_id, Decision.version).where(Decision.id.in_(some))
        ).all()
        if any(row.version > 1 for row in found):
            raise in_use()
        people.update(row.participant_id for row in found)
    for model, table in ((DecisionExtent, EXTENTS), (Decision, DECISIONS)):
        for some in chunks(ids[table]):
            db.session.execute(delete(model).where(model.id.in_(some)))
    audit.record_writes(DECIDE, sorted(people), detail="undo")
