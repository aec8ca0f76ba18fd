"""What the rows of a file mean here: which employer and workplace each is at, known or new, and what one does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from aktema.core.bulk import chunks
from aktema.core.db import db
from aktema.core.importing import Record
from aktema.core.swedish import fold
from aktema.employers import import_columns as columns
from aktema.employers.models import Employer, Placement, Workplace
from aktema.employers.rules import Times
from aktema.employers.states import State
from aktema.vocabulary.queries import activities_for_ssyk, find_occupation_by_label


@dataclass(frozen=True, kw_only=True, slots=True)
class EmployerKey:
    """What tells employers in a file apart: the organisation number, or the folded name where there is none."""

    number: str = ""
    name: str = ""


WorkplaceKey = tuple[EmployerKey, str]
SSYK_DIGITS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEmployer:
    """An employer here that rows mean. `is_alone` is False where several have the name and no number tells."""

    id: int
    is_open: bool
    is_alone: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownWorkplace:
    id: int
    locality_id: int | None
    titles: frozenset[str]
    """The folded names of its placements that are not closed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row with what it points at. `is_occupation_known` is False where a word is there but means nothing."""

    record: Record
    employer: EmployerKey
    workplace: WorkplaceKey
    activity_ids: frozenset[int]
    occupation_id: int | None
    is_occupation_known: bool

    @property
    def state(self) -> State:
        return self.record.find(columns.STATE) or State.DRAFT

    @property
    def met(self) -> frozenset[int]:
        return self.record.find(columns.MET) or frozenset()

    @property
    def not_met(self) -> frozenset[int]:
        return self.record.find(columns.NOT_MET) or frozenset()

    @property
    def times(self) -> Times:
        record = self.record
        return Times(
            least_weekly_minutes=record.find(columns.LEAST_HOURS),
            most_weekly_minutes=record.find(columns.MOST),
            weekdays=record.find(columns.WEEKDAYS),
            starts_at=record.find(columns.STARTS),
            ends_at=record.find(columns.ENDS),
            places=record.find(columns.PLACES) or 1,
            from_date=record.find(columns.FROM_DATE),
            to_date=record.find(columns.TO_DATE),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Every line, and what of what they point at is here already; keys without a value are new."""

    lines: Sequence[Line]
    employers: Mapping[EmployerKey, KnownEmployer]
    workplaces: Mapping[WorkplaceKey, KnownWorkplace]
    localities: Mapping[WorkplaceKey, int]
    """Where workplaces are: as known, else as the first row that says so."""


def plan_of(records: Sequence[Record]) -> Plan:
    """The plan of the rows. A fixed number of queries, and one for each occupation named."""
    keys = _employer_keys(records)
    employers = _known_employers(records, keys)
    keys = _one_each(keys, employers)
    lines = tuple(_lines(records, keys))
    workplaces = _known_workplaces(lines, employers)
    return Plan(
        lines=lines,
        employers=employers,
        workplaces=workplaces,
        localities=_localities(lines, workplaces),
    )


def workplace_name(record: Record) -> str:
    return record.find(columns.WORKPLACE) or record.get(columns.EMPLOYER)


def _employer_keys(records: Sequence[Record]) -> Sequence[EmployerKey]:
    """A key for each row: the number, the number another row gives the same name, or the name."""
    numbers: dict[str, str] = {}
    for record in records:
        number = record.find(columns.ORGANISATION_NUMBER)
        if number:
            numbers.setdefault(fold(record.get(columns.EMPLOYER)), number)
    return [_employer_key(record, numbers) for record in records]


def _employer_key(record: Record, numbers: Mapping[str, str]) -> EmployerKey:
    name = fold(record.get(columns.EMPLOYER))
    number = record.find(columns.ORGANISATION_NUMBER) or numbers.get(name)
    return EmployerKey(number=number) if number else EmployerKey(name=name)


@dataclass(frozen=True, slots=True)
class _Stored:
    known: KnownEmployer
    number: str | None


def _known_employers(
    records: Sequence[Record], keys: Sequence[EmployerKey]
) -> Mapping[EmployerKey, KnownEmployer]:
    by_number: dict[str, KnownEmployer] = {}
    by_name: dict[str, list[_Stored]] = {}
    for number_, name, organisation_number, closed_on in db.session.execute(_stored()):
        known = KnownEmployer(id=number_, is_open=closed_on is None)
        by_name.setdefault(fold(name), []).append(_Stored(known, organisation_number))
        if organisation_number:
            by_number[organisation_number] = known
    found: dict[EmployerKey, KnownEmployer] = {}
    for key, record in zip(keys, records, strict=True):
        named = by_name.get(fold(record.get(columns.EMPLOYER)), ())
        known_here = by_number.get(key.number) or _by_name(named, has_number=bool(key.number))
        if known_here is not None:
            found.setdefault(key, known_here)
    return found


def _stored() -> Select[int, str, str | None, date | None]:
    """Every employer by each name it has had; one that another row has taken over is that other one."""
    standing = aliased(Employer)
    columns_ = (standing.id, Employer.name, standing.organisation_number, standing.closed_on)
    is_standing = standing.id == func.coalesce(Employer.merged_into_id, Employer.id)
    return select(*columns_).select_from(Employer).join(standing, is_standing)


def _by_name(named: Sequence[_Stored], *, has_number: bool) -> KnownEmployer | None:
    """The employer of the name; one with another number than the row's is another employer."""
    fitting = [stored.known for stored in named if not (has_number and stored.number)]
    if not fitting:
        return None
    first = fitting[0]
    return KnownEmployer(id=first.id, is_open=first.is_open, is_alone=len(set(fitting)) == 1)


def _one_each(
    keys: Sequence[EmployerKey], employers: Mapping[EmployerKey, KnownEmployer]
) -> Sequence[EmployerKey]:
    """The same keys, but one only for each employer here: a row may name it and another give its number."""
    chosen: dict[int, EmployerKey] = {}
    return [chosen.setdefault(employers[key].id, key) if key in employers else key for key in keys]


def _lines(records: Sequence[Record], keys: Sequence[EmployerKey]) -> Iterator[Line]:
    read = cache(_occupation)
    for record, key in zip(records, keys, strict=True):
        meant = read(record.find(columns.OCCUPATION) or "")
        chosen = record.find(columns.ACTIVITIES)
        yield Line(
            record=record,
            employer=key,
            workplace=(key, fold(workplace_name(record))),
            activity_ids=chosen or meant.activity_ids,
            occupation_id=meant.id,
            is_occupation_known=meant.is_known,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Meant:
    """What a word for an occupation means."""

    is_known: bool = True
    id: int | None = None
    activity_ids: frozenset[int] = frozenset()


def _occupation(written: str) -> _Meant:
    """An SSYK group by its four digits, or an occupation by its name."""
    if not written:
        return _Meant()
    if written.isdecimal():
        usual = _usual(written)
        return _Meant(is_known=len(written) == SSYK_DIGITS and bool(usual), activity_ids=usual)
    occupation = find_occupation_by_label(written)
    if occupation is None:
        return _Meant(is_known=False)
    return _Meant(id=occupation.id, activity_ids=_usual(occupation.ssyk))


def _usual(ssyk: str) -> frozenset[int]:
    return frozenset(activity.id for activity in activities_for_ssyk(ssyk))


def _known_workplaces(
    lines: Sequence[Line], employers: Mapping[EmployerKey, KnownEmployer]
) -> Mapping[WorkplaceKey, KnownWorkplace]:
    keys = {employers[line.employer].id: line.employer for line in lines if line.employer in employers}
    titles = _open_titles(tuple(keys))
    found: dict[WorkplaceKey, KnownWorkplace] = {}
    for some in chunks(sorted(keys)):
        stored = select(Workplace.id, Workplace.employer_id, Workplace.name, Workplace.locality_id)
        for number, employer_id, name, locality_id in db.session.execute(
            stored.where(Workplace.employer_id.in_(some)).order_by(Workplace.id)
        ):
            known = KnownWorkplace(
                id=number, locality_id=locality_id, titles=frozenset(titles.get(number, ()))
            )
            found.setdefault((keys[employer_id], fold(name)), known)
    named = {line.workplace for line in lines}
    return {key: known for key, known in found.items() if key in named}


def _open_titles(employer_ids: Sequence[int]) -> Mapping[int, set[str]]:
    """The folded names of placements that are not closed, by workplace."""
    found: dict[int, set[str]] = {}
    for some in chunks(employer_ids):
        there = (Placement.employer_id.in_(some)) & (Placement.state != State.CLOSED)
        for workplace_id, title in db.session.execute(
            select(Placement.workplace_id, Placement.title).where(there)
        ):
            found.setdefault(workplace_id, set()).add(fold(title))
    return found


def _localities(
    lines: Iterable[Line], workplaces: Mapping[WorkplaceKey, KnownWorkplace]
) -> Mapping[WorkplaceKey, int]:
    found = {key: known.locality_id for key, known in workplaces.items() if known.locality_id is not None}
    for line in lines:
        said = line.record.find(columns.LOCALITY)
        if said is not None and line.workplace not in workplaces:
            found.setdefault(line.workplace, said)
    return found
