"""The rows that a file of placements becomes, and taking them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from aktema.access import audit
from aktema.access.importing.kinds import Insertion, RowIds, Sender
from aktema.access.importing.operations import in_use
from aktema.access.permissions import RUN_IMPORT
from aktema.core.bulk import chunks, insert_for_ids, insert_rows, row_of
from aktema.core.db import Base, db
from aktema.core.epochs import move_on
from aktema.core.importing import Record
from aktema.core.swedish import sort_key
from aktema.employers import import_columns as columns
from aktema.employers.epochs import PLACEMENTS, PLACEMENTS_GONE
from aktema.employers.import_plan import EmployerKey, Line, Plan, WorkplaceKey, plan_of, workplace_name
from aktema.employers.models import (
    Employer,
    Placement,
    PlacementActivity,
    PlacementAdaptation,
    PlacementConstraint,
    PlacementDemand,
    PlacementStateChange,
    Workplace,
)
from aktema.vocabulary.queries import suggested_demands

Values = dict[str, Any]
PRIVATE = "private"
PARTS: tuple[type[Any], ...] = (
    PlacementActivity,
    PlacementDemand,
    PlacementConstraint,
    PlacementAdaptation,
    PlacementStateChange,
)
WHOLES: tuple[type[Any], ...] = (Placement, Workplace, Employer)
"""What is taken back, in the order it can be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rows:
    """Every row but the ids they share."""

    plan: Plan
    employers: Mapping[EmployerKey, Values]
    workplaces: Mapping[WorkplaceKey, Values]
    placements: Sequence[Values]
    parts: Mapping[type[Base], Sequence[Sequence[Values]]]
    """By table: for each placement its rows there."""


def prepare(records: Sequence[Record], sender: Sender) -> Insertion:
    """Make every row now; what is returned only inserts."""
    rows = _rows(plan_of(records), sender)
    return lambda: _insert(rows)


def _rows(plan: Plan, sender: Sender) -> _Rows:
    employers: dict[EmployerKey, Values] = {}
    workplaces: dict[WorkplaceKey, Values] = {}
    for line in plan.lines:
        if line.employer not in plan.employers and line.employer not in employers:
            employers[line.employer] = _employer(line)
        if line.workplace not in plan.workplaces and line.workplace not in workplaces:
            workplaces[line.workplace] = _workplace(line, plan)
    each = [_parts(line, sender) for line in plan.lines]
    return _Rows(
        plan=plan,
        employers=employers,
        workplaces=workplaces,
        placements=[_placement(line) for line in plan.lines],
        parts={model: [parts[model] for parts in each] for model in PARTS},
    )


def _employer(line: Line) -> Values:
    name = line.record.get(columns.EMPLOYER)
    sector = line.record.find(columns.SECTOR) or PRIVATE
    number = line.employer.number or None
    return row_of(Employer(name=name, sort_key=sort_key(name), sector=sector, organisation_number=number))


def _workplace(line: Line, plan: Plan) -> Values:
    street = line.record.find(columns.STREET) or ""
    place = plan.localities.get(line.workplace)
    return row_of(Workplace(name=workplace_name(line.record), street=street, locality_id=place))


def _placement(line: Line) -> Values:
    record, times = line.record, line.times
    title = record.get(columns.TITLE)
    return row_of(
        Placement(
            occupation_id=line.occupation_id,
            title=title,
            sort_key=sort_key(title),
            description=record.find(columns.DESCRIPTION) or "",
            least_weekly_minutes=times.least_weekly_minutes,
            most_weekly_minutes=times.most_weekly_minutes,
            weekdays=times.weekdays,
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            places=times.places,
            supervision=record.find(columns.SUPERVISION) or "",
            state=line.state,
            from_date=times.from_date,
            to_date=times.to_date,
        )
    )


def _parts(line: Line, sender: Sender) -> Mapping[type[Base], Sequence[Values]]:
    met = {**dict.fromkeys(line.met, True), **dict.fromkeys(line.not_met, False)}
    demands = suggested_demands(line.activity_ids)
    adaptations = line.record.find(columns.ADAPTATIONS) or ()
    return {
        PlacementActivity: [{"activity_id": number} for number in sorted(line.activity_ids)],
        PlacementDemand: [{"dimension_id": number, "level": level} for number, level in demands.items()],
        PlacementConstraint: [{"constraint_id": number, "is_met": is_met} for number, is_met in met.items()],
        PlacementAdaptation: [{"adaptation_id": number} for number in sorted(adaptations)],
        PlacementStateChange: [{"state": line.state, "account_id": sender.identity.account_id}],
    }


def _insert(rows: _Rows) -> RowIds:
    employers = insert_for_ids(Employer, list(rows.employers.values()))
    employer_ids = {key: known.id for key, known in rows.plan.employers.items()}
    employer_ids.update(zip(rows.employers, employers, strict=True))
    new = [{**values, "employer_id": employer_ids[key]} for (key, _name), values in rows.workplaces.items()]
    workplaces = insert_for_ids(Workplace, new)
    workplace_ids = {key: known.id for key, known in rows.plan.workplaces.items()}
    workplace_ids.update(zip(rows.workplaces, workplaces, strict=True))
    epoch = move_on(PLACEMENTS)
    placements = insert_for_ids(
        Placement,
        [
            {
                **values,
                "changed_in": epoch,
                "employer_id": employer_ids[line.employer],
                "workplace_id": workplace_ids[line.workplace],
            }
            for line, values in zip(rows.plan.lines, rows.placements, strict=True)
        ],
    )
    for model, each in rows.parts.items():
        insert_rows(model, _numbered(placements, each))
    made = {
        Employer.__tablename__: employers,
        Workplace.__tablename__: workplaces,
        Placement.__tablename__: placements,
    }
    _trace(made, "")
    return made


def _numbered(ids: Sequence[int], each: Sequence[Sequence[Values]]) -> list[Values]:
    pairs = zip(ids, each, strict=True)
    return [{**values, "placement_id": number} for number, some in pairs for values in some]


def _trace(made: RowIds, detail: str) -> None:
    for table, ids in made.items():
        audit.record_writes(RUN_IMPORT, ids, object_kind=table, detail=detail)


def undo(made: RowIds) -> None:
    """Take everything away. Raises DomainError, or IntegrityError, where something of it is changed or used since."""
    for model in WHOLES:
        for some in chunks(made[model.__tablename__]):
            changed = select(model.id).where(model.id.in_(some), model.version != 1).limit(1)
            if db.session.scalar(changed) is not None:
                raise in_use()
    for some in chunks(made[Placement.__tablename__]):
        for part in PARTS:
            db.session.execute(delete(part).where(part.placement_id.in_(some)))
    for model in WHOLES:
        for some in chunks(made[model.__tablename__]):
            db.session.execute(delete(model).where(model.id.in_(some)))
    move_on(PLACEMENTS_GONE)
    _trace(made, "undo")
