"""How the vocabulary's rows get in: from our own file at every upgrade, and from a JobTech taxonomy."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update

from aktema.core.db import Base, db
from aktema.core.errors import DomainError
from aktema.core.swedish import sort_key
from aktema.vocabulary import jobtech
from aktema.vocabulary.catalogue import Entry, Kind, read_catalogue
from aktema.vocabulary.models import (
    Activity,
    ActivityDemand,
    ActivityGroup,
    Adaptation,
    Dimension,
    DimensionGroup,
    LevelAnchor,
    Occupation,
    OccupationGroup,
    OccupationGroupSkill,
    Preference,
    ScaleLevel,
    Skill,
    WordMixin,
    WorkConstraint,
)
from aktema.vocabulary.queries import forget_vocabulary

MODELS: Mapping[Kind, type[WordMixin]] = {
    Kind.SCALE: ScaleLevel,
    Kind.DIMENSION_GROUP: DimensionGroup,
    Kind.DIMENSION: Dimension,
    Kind.LEVEL: LevelAnchor,
    Kind.ADAPTATION: Adaptation,
    Kind.ACTIVITY_GROUP: ActivityGroup,
    Kind.ACTIVITY: Activity,
    Kind.PREFERENCE: Preference,
    Kind.CONSTRAINT: WorkConstraint,
}
PARENTS = {
    Kind.DIMENSION: Kind.DIMENSION_GROUP,
    Kind.LEVEL: Kind.DIMENSION,
    Kind.ADAPTATION: Kind.DIMENSION,
    Kind.ACTIVITY: Kind.ACTIVITY_GROUP,
}
Ids = dict[str, int]


def load_vocabulary() -> None:
    """Bring every row of our own file into the tables; rows already there are updated by their code."""
    entries = read_catalogue()
    ids: dict[Kind, Ids] = {}
    for kind, model in MODELS.items():
        parents = ids[PARENTS[kind]] if kind in PARENTS else {}
        ids[kind] = _store(model, [entry for entry in entries if entry.kind is kind], parents)
    _store_demands((entry for entry in entries if entry.demands), ids[Kind.ACTIVITY], ids[Kind.DIMENSION])
    forget_vocabulary()


def _store(model: type[WordMixin], entries: Iterable[Entry], parents: Ids) -> Ids:
    """The ids of the stored rows by code."""
    stored = {row.code: row for row in db.session.scalars(select(model))}
    for position, entry in enumerate(entries):
        row = stored.setdefault(entry.code, model())
        row.sort = position
        for name, value in _values(entry, parents).items():
            setattr(row, name, value)
    db.session.add_all(stored.values())
    db.session.flush()  # the rows that belong to these need their ids
    return {code: row.id for code, row in stored.items()}


def _values(entry: Entry, parents: Ids) -> dict[str, Any]:
    names = ("code", "label_sv", "label_en", "label_easy", "picture")
    return {**{name: getattr(entry, name) for name in names}, **_own_values(entry, parents)}


def _own_values(entry: Entry, parents: Ids) -> dict[str, Any]:
    """What only rows of this kind have."""
    sides = {name: getattr(entry, name) for name in ("capacity_sv", "capacity_en", "demand_sv", "demand_en")}
    match entry.kind:
        case Kind.SCALE:
            return sides
        case Kind.DIMENSION:
            return {"group_id": parents[entry.parent], "is_core": entry.is_core, "icf": entry.icf}
        case Kind.LEVEL:
            return {**sides, "dimension_id": parents[entry.parent], "level": entry.sort}
        case Kind.ADAPTATION:
            return {"dimension_id": parents[entry.parent]}
        case Kind.ACTIVITY:
            kinds_of_work = {"riasec": entry.riasec, "ssyk": entry.ssyk, "esco_hint": entry.esco_hint}
            return {"group_id": parents[entry.parent], **kinds_of_work}
        case _:
            return {}


def _store_demands(activities: Iterable[Entry], activity_ids: Ids, dimension_ids: Ids) -> None:
    """The usual demands are the file's and nobody else's: what the file no longer says is taken away."""
    stored = {(row.activity_id, row.dimension_id): row for row in db.session.scalars(select(ActivityDemand))}
    for entry in activities:
        for demand in entry.demands:
            key = (activity_ids[entry.code], dimension_ids[demand.dimension])
            row = stored.pop(key, None) or ActivityDemand(activity_id=key[0], dimension_id=key[1])
            row.level = demand.level
            db.session.add(row)
    for row in stored.values():
        db.session.delete(row)


@dataclass(frozen=True, kw_only=True, slots=True)
class JobtechReport:
    """How many groups, occupations and skills an import met; `gone` ones are kept, they may be in use."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0

    def __add__(self, other: "JobtechReport") -> "JobtechReport":
        return JobtechReport(**{name: number + getattr(other, name) for name, number in asdict(self).items()})


def import_jobtech(folder: Path) -> JobtechReport:
    """Bring a folder of JobTech taxonomy files into the tables; all of it is checked before a row is written.

    Raises DomainError with one sentence in the operator's English where a file is missing or odd.
    """
    try:
        taxonomy = jobtech.read_taxonomy(folder)
    except jobtech.TaxonomyError as problem:
        raise DomainError(str(problem)) from problem
    report = _bring_in(OccupationGroup, [asdict(group) for group in taxonomy.groups])
    groups = _ids_by_concept(OccupationGroup)
    report += _bring_in(Occupation, [_occupation_values(name, groups) for name in taxonomy.occupations])
    report += _bring_in(Skill, [asdict(skill) for skill in taxonomy.skills])
    _bring_in_links(taxonomy.links, groups, _ids_by_concept(Skill))
    return report


def _occupation_values(name: jobtech.Name, groups: Ids) -> dict[str, Any]:
    return {
        "concept_id": name.concept_id,
        "group_id": groups[name.group],
        "label": name.label,
        "sort_key": sort_key(name.label),
        "needs_no_education": name.needs_no_education,
    }


def _bring_in(model: type[OccupationGroup | Occupation | Skill], rows: list[dict[str, Any]]) -> JobtechReport:
    """Insert what is new and update what differs, by concept id."""
    stored = {row.concept_id: dict(row) for row in db.session.execute(select(model.__table__)).mappings()}
    new = [row for row in rows if row["concept_id"] not in stored]
    known = [{"id": stored[row["concept_id"]]["id"], **row} for row in rows if row["concept_id"] in stored]
    changed = [row for row in known if row != stored[row["concept_id"]]]
    _insert(model, new)
    if changed:
        db.session.execute(update(model), changed)
    return JobtechReport(
        added=len(new),
        changed=len(changed),
        unchanged=len(known) - len(changed),
        gone=len(stored) - len(known),
    )


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _ids_by_concept(model: type[OccupationGroup | Skill]) -> Ids:
    found = db.session.execute(select(model.concept_id, model.id))
    return {row.concept_id: row.id for row in found}


def _bring_in_links(links: Iterable[jobtech.Link], groups: Ids, skills: Ids) -> None:
    """Links are the taxonomy's alone: those it no longer has are taken away."""
    columns = (OccupationGroupSkill.group_id, OccupationGroupSkill.skill_id)
    stored = {(group, skill) for group, skill in db.session.execute(select(*columns))}
    wanted = {(groups[link.group], skills[link.skill]) for link in links}
    _insert(
        OccupationGroupSkill,
        [{"group_id": group, "skill_id": skill} for group, skill in sorted(wanted - stored)],
    )
    for group, skill in sorted(stored - wanted):
        db.session.execute(delete(OccupationGroupSkill).where(columns[0] == group, columns[1] == skill))
