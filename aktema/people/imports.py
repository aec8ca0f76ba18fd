"""Participants from a file: what is wrong with a row beyond its cells, the rows it becomes, and taking them back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from aktema.access import audit
from aktema.access.importing.kinds import Insertion, Problem, RowIds, Sender
from aktema.access.importing.operations import in_use
from aktema.access.models import AccessEntry
from aktema.access.permissions import RUN_IMPORT
from aktema.access.queries import holders_of
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.bulk import chunks, insert_for_ids, insert_rows, row_of
from aktema.core.db import db
from aktema.core.importing import Record
from aktema.core.personal_number import PersonalNumber
from aktema.core.swedish import fold
from aktema.people import import_columns as columns
from aktema.people.codes import AssignmentKind, Source
from aktema.people.duplicates import number_index
from aktema.people.models import Assignment, Availability, Participant, Wish
from aktema.people.operations import Facts, age_refusal, write_facts
from aktema.people.queries import visible

PEOPLE = Participant.__tablename__
Values = dict[str, Any]
Who = tuple[str, date]
"""What two rows about one person have in common: the name as searches compare it, and the birth date."""


def check(records: Sequence[Record], sender: Sender) -> Iterator[Problem]:
    """Everything wrong beyond single cells: dates that disagree, ages, coaches, and who is here already."""
    coaches = _coaches_of(sender.unit_id)
    for record in records:
        yield from _birth_problems(record)
        email = record.find(columns.COACH)
        if email is not None and email.lower() not in coaches:
            yield _problem(
                record,
                columns.COACH,
                _("Ingen jobbcoach i enheten har den adressen. Rätta den eller lämna tomt."),
            )
    yield from _same_number(records)
    yield from _same_person(records, sender)


def _problem(record: Record, column: Any, message: str, participant_id: int | None = None) -> Problem:
    return Problem(row=record.row, column=column, message=message, participant_id=participant_id)


def _coaches_of(unit_id: int) -> Mapping[str, int]:
    return {account.email: account.id for account in holders_of(Role.JOB_COACH, [unit_id])}


def _born_by_number(record: Record) -> date | None:
    digits = record.find(columns.PERSONAL_NUMBER)
    return PersonalNumber(digits).birth_date if digits else None


def _born(record: Record) -> date | None:
    return record.find(columns.BIRTH_DATE) or _born_by_number(record)


def _birth_problems(record: Record) -> Iterator[Problem]:
    born, by_number = _born(record), _born_by_number(record)
    if born is None:
        yield _problem(record, columns.BIRTH_DATE, _("Fyll i födelsedatum eller ett personnummer."))
        return
    if by_number is not None and by_number != born:
        message = _("Personnumret börjar med ett annat födelsedatum. Kontrollera båda.")
        yield _problem(record, columns.PERSONAL_NUMBER, message)
    refusal = age_refusal(born)
    if refusal is not None:
        yield _problem(record, columns.BIRTH_DATE, str(refusal))


def _same_number(records: Sequence[Record]) -> Iterator[Problem]:
    """Numbers that stand twice in the file, or that somebody here has already."""
    first: dict[str, Record] = {}
    for record in records:
        digits = record.find(columns.PERSONAL_NUMBER)
        other = first.setdefault(digits, record) if digits else record
        if other is not record:
            message = _("Samma personnummer står på rad %(row)s. Ta bort en av raderna.", row=other.row)
            yield _problem(record, columns.PERSONAL_NUMBER, message)
    by_index = {number_index(digits): record for digits, record in first.items()}
    for person_id, index in _holders_of_numbers(tuple(by_index)):
        message = _("Det finns redan en person med det numret. Ta bort raden.")
        yield _problem(by_index[index], columns.PERSONAL_NUMBER, message, person_id)


def _holders_of_numbers(indexes: Sequence[str]) -> Iterator[tuple[int, str]]:
    for some in chunks(indexes):
        held = select(Participant.id, Participant.personal_number_index)
        for person_id, index in db.session.execute(held.where(Participant.personal_number_index.in_(some))):
            yield person_id, str(index)


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody in the sender's reach of the same name and birth date."""

    participant_id: int
    number_index: str | None


def _same_person(records: Sequence[Record], sender: Sender) -> Iterator[Problem]:
    """Name and birth date that stand twice in the file or are known in the unit, but where numbers tell them apart."""
    known = _known_people({born for record in records if (born := _born(record))}, sender)
    first: dict[Who, Record] = {}
    for record in records:
        born = _born(record)
        if born is None or record.find(columns.IS_ANOTHER):
            continue
        who = (fold(_name(record)), born)
        other = first.setdefault(who, record)
        if other is not record and not _numbers_differ(record, other):
            yield _problem(record, columns.FIRST_NAME, _stands_twice(other.row))
        for person in known.get(who, ()):
            if not _has_other_number(record, person):
                yield _problem(record, columns.FIRST_NAME, _is_known(), person.participant_id)


def _name(record: Record) -> str:
    return f"{record.get(columns.FIRST_NAME)} {record.get(columns.LAST_NAME)}"


def _numbers_differ(one: Record, other: Record) -> bool:
    numbers = {one.find(columns.PERSONAL_NUMBER), other.find(columns.PERSONAL_NUMBER)}
    return len(numbers - {None}) == 2  # both have one, and not the same


def _has_other_number(record: Record, person: _Known) -> bool:
    """Whether a number tells them apart, or is the same and has been complained of already."""
    return record.find(columns.PERSONAL_NUMBER) is not None and person.number_index is not None


def _stands_twice(row: int) -> str:
    return _(
        "Samma namn och födelsedatum står på rad %(row)s. Ta bort raden, "
        "eller skriv ja i kolumnen Inte samma person.",
        row=row,
    )


def _is_known() -> str:
    return _(
        "Personen verkar redan finnas i din enhet. Ta bort raden, eller skriv ja i kolumnen Inte samma person."
    )


def _known_people(birth_dates: Iterable[date], sender: Sender) -> Mapping[Who, Sequence[_Known]]:
    found: dict[Who, list[_Known]] = {}
    person = Participant
    held = select(
        person.id, person.first_name, person.last_name, person.birth_date, person.personal_number_index
    )
    reached = visible(sender.identity, RUN_IMPORT)
    for some in chunks(sorted(birth_dates)):
        for number, first, last, born, index in db.session.execute(
            held.where(person.birth_date.in_(some), reached)
        ):
            found.setdefault((fold(f"{first} {last}"), born), []).append(_Known(number, index))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Person:
    """The rows one record becomes, all but the id they share."""

    participant: Values
    assignments: Sequence[Values]
    wish: Values | None
    availability: Values | None


def prepare(records: Sequence[Record], sender: Sender) -> Insertion:
    """Seal and sort everything now; what is returned only inserts."""
    coaches = _coaches_of(sender.unit_id)
    people = [_person(record, sender, coaches) for record in records]

    def insertion() -> RowIds:
        ids = insert_for_ids(Participant, [person.participant for person in people])
        numbered = list(zip(ids, people, strict=True))
        insert_rows(Assignment, [_of(key, row) for key, person in numbered for row in person.assignments])
        insert_rows(Wish, [_of(key, person.wish) for key, person in numbered if person.wish])
        insert_rows(
            Availability, [_of(key, person.availability) for key, person in numbered if person.availability]
        )
        audit.record_writes(RUN_IMPORT, ids, detail=PEOPLE)
        return {PEOPLE: ids}

    return insertion


def _of(participant_id: int, row: Values) -> Values:
    return {**row, "participant_id": participant_id}


def _person(record: Record, sender: Sender, coaches: Mapping[str, int]) -> _Person:
    participant = Participant()
    write_facts(participant, _facts(record))
    return _Person(
        participant=row_of(participant),
        assignments=tuple(_assignments(record, sender, coaches)),
        wish=_wish(record, sender),
        availability=_availability(record, sender),
    )


def _facts(record: Record) -> Facts:
    born = _born(record)
    if born is None:
        raise ValueError(record.row)  # `check` has refused it
    return Facts(
        first_name=record.get(columns.FIRST_NAME),
        last_name=record.get(columns.LAST_NAME),
        birth_date=born,
        communication=record.get(columns.COMMUNICATION),
        came_from=record.get(columns.CAME_FROM),
        personal_number=record.find(columns.PERSONAL_NUMBER) or "",
        sex=record.find(columns.SEX),
        phone=record.find(columns.PHONE) or "",
        locality_id=record.find(columns.LOCALITY),
    )


def _assignments(record: Record, sender: Sender, coaches: Mapping[str, int]) -> Iterator[Values]:
    """The unit that serves the person, and the coach where the file names one."""
    yield _assignment(AssignmentKind.PROVIDER, sender.unit_id, None)
    email = record.find(columns.COACH)
    if email is not None:
        yield _assignment(AssignmentKind.COACH, sender.unit_id, coaches[email.lower()])


def _assignment(kind: AssignmentKind, unit_id: int, account_id: int | None) -> Values:
    return {"kind": kind.value, "unit_id": unit_id, "account_id": account_id, "from_date": clock.today()}


def _said(source: Source, sender: Sender) -> Values:
    return {"source": source.value, "said_on": clock.today(), "account_id": sender.identity.account_id}


def _wish(record: Record, sender: Sender) -> Values | None:
    words = record.find(columns.WISH)
    if words is None:
        return None
    wish = Wish(**_said(Source.OWN, sender))
    wish.words = words
    return row_of(wish)


def _availability(record: Record, sender: Sender) -> Values | None:
    said = {
        "weekly_minutes": record.find(columns.WEEKLY_HOURS),
        "weekdays": record.find(columns.WEEKDAYS),
        "travel_minutes": record.find(columns.TRAVEL),
    }
    if all(value is None for value in said.values()):
        return None
    return row_of(Availability(**said, **_said(Source.STAFF, sender)))


def undo(ids: RowIds) -> None:
    """Take the people away. Raises DomainError, or IntegrityError, where more has been written about one of them."""
    people = ids[PEOPLE]
    for some in chunks(people):
        others = AccessEntry.act != RUN_IMPORT.code
        written = (AccessEntry.kind == audit.WRITE) & AccessEntry.participant_id.in_(some) & others
        if db.session.scalar(select(AccessEntry.id).where(written).limit(1)) is not None:
            raise in_use()
    for some in chunks(people):
        for model in (Assignment, Wish, Availability):
            db.session.execute(delete(model).where(model.participant_id.in_(some)))
        db.session.execute(delete(Participant).where(Participant.id.in_(some)))
    audit.record_writes(RUN_IMPORT, people, detail="undo")
