"""Readers of the vocabulary. Words change only by `load_vocabulary`, so each process keeps them in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from flask import current_app
from sqlalchemy import Select, select

from aktema.core.db import Base, db
from aktema.core.errors import MissingError
from aktema.core.swedish import fold, sort_key
from aktema.vocabulary import models, words
from aktema.vocabulary.words import (
    Activity,
    Adaptation,
    Constraint,
    Dimension,
    Occupation,
    Preference,
    ScaleLevel,
)

_KEPT = "vocabulary"
MOST_OCCUPATIONS = 20
Row = dict[str, Any]
W = TypeVar("W", bound=words.Word)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Every word, in the order it is shown."""

    scale: tuple[ScaleLevel, ...]
    dimension_groups: tuple[words.DimensionGroup, ...]
    dimensions: Mapping[int, Dimension]
    adaptations: Mapping[int, Adaptation]
    activity_groups: tuple[words.ActivityGroup, ...]
    activities: Mapping[int, Activity]
    preferences: Mapping[int, Preference]
    constraints: Mapping[int, Constraint]


def vocabulary() -> Vocabulary:
    """All words by id: no query but at a process's first call, and none at all once they are loaded."""
    kept: Vocabulary | None = current_app.extensions.get(_KEPT)
    if kept is None:
        kept = _read_vocabulary()
        if kept.scale:  # an empty table is about to be filled
            current_app.extensions[_KEPT] = kept
    return kept


def forget_vocabulary() -> None:
    """Read the tables again at the next call: they have changed."""
    current_app.extensions.pop(_KEPT, None)


def scale_levels() -> tuple[ScaleLevel, ...]:
    """Level 0 to 4, then "not known yet" and "does not apply"."""
    return vocabulary().scale


def dimension_groups() -> tuple[words.DimensionGroup, ...]:
    """The five groups with their dimensions."""
    return vocabulary().dimension_groups


def dimensions(*, core_only: bool = False) -> tuple[Dimension, ...]:
    """The 23 dimensions with anchors and adaptations, or the 15 of the ten-minute start."""
    return tuple(one for one in vocabulary().dimensions.values() if one.is_core or not core_only)


def adaptations() -> tuple[Adaptation, ...]:
    return tuple(vocabulary().adaptations.values())


def activity_groups() -> tuple[words.ActivityGroup, ...]:
    """The sixteen groups with their activities."""
    return vocabulary().activity_groups


def activities() -> tuple[Activity, ...]:
    return tuple(vocabulary().activities.values())


def preferences() -> tuple[Preference, ...]:
    return tuple(vocabulary().preferences.values())


def constraints() -> tuple[Constraint, ...]:
    return tuple(vocabulary().constraints.values())


def by_code(of: Iterable[W]) -> dict[str, W]:
    """The words by their stable codes."""
    return {word.code: word for word in of}


def activity_by_code(code: str) -> Activity:
    """The activity; KeyError where there is none of that code."""
    return by_code(activities())[code]


def dimension_by_code(code: str) -> Dimension:
    """The dimension; KeyError where there is none of that code."""
    return by_code(dimensions())[code]


def suggested_demands(activity_ids: Iterable[int]) -> dict[int, int]:
    """The highest level any of the activities usually demands, by dimension id; unknown ids add nothing."""
    known = vocabulary().activities
    highest: dict[int, int] = {}
    for activity_id in activity_ids:
        for dimension_id, level in known[activity_id].demands.items() if activity_id in known else ():
            highest[dimension_id] = max(level, highest.get(dimension_id, 0))
    return highest


def activities_for_ssyk(ssyk: str) -> tuple[Activity, ...]:
    """The activities that are usual in an occupation group."""
    return tuple(activity for activity in activities() if ssyk in activity.ssyk_codes)


def search_occupations(typed: str, limit: int = MOST_OCCUPATIONS) -> tuple[Occupation, ...]:
    """Occupations whose name holds every word typed, those that begin with it first. One query."""
    parts = [sort_key(word) for word in fold(typed).split()]
    if not parts:
        return ()
    name = models.Occupation.sort_key
    holds_all = [name.contains(part) for part in parts]
    begins = name.startswith(sort_key(typed))
    return _occupations(
        _selected().where(*holds_all).order_by(begins.desc(), name, models.Occupation.id).limit(limit)
    )


def find_occupation(occupation_id: int) -> Occupation | None:
    """The occupation with the id, or None."""
    return next(iter(_occupations(_selected().where(models.Occupation.id == occupation_id))), None)


def find_occupation_by_label(label: str) -> Occupation | None:
    """The one occupation of this name, letter case and marks aside; None where none or several have it."""
    found = _occupations(_selected().where(models.Occupation.sort_key == sort_key(label)).limit(2))
    return found[0] if len(found) == 1 else None


def has_occupations() -> bool:
    """Whether a taxonomy has been imported."""
    return db.session.scalar(select(models.Occupation.id).limit(1)) is not None


def get_occupation_group(ssyk: str) -> words.OccupationGroup:
    """One SSYK group with occupations and skills. Raises MissingError where the code is not imported."""
    coded = select(models.OccupationGroup).where(models.OccupationGroup.ssyk == ssyk)
    group = db.session.scalar(coded) if ssyk.isdecimal() else None
    if group is None:
        raise MissingError
    held = (
        _selected()
        .where(models.OccupationGroup.id == group.id)
        .order_by(models.Occupation.sort_key, models.Occupation.id)
    )
    return words.OccupationGroup(
        ssyk=group.ssyk,
        label=group.label,
        definition=group.definition,
        occupations=_occupations(held),
        skills=tuple(sorted((skill.label for skill in group.skills), key=sort_key)),
    )


def _selected() -> Select[*tuple[Any, ...]]:
    group, occupation = models.OccupationGroup, models.Occupation
    columns = (
        occupation.id,
        occupation.concept_id,
        occupation.label,
        occupation.needs_no_education,
        group.ssyk,
    )
    return select(*columns, group.label.label("group_label")).join(occupation.group)


def _occupations(query: Select[*tuple[Any, ...]]) -> tuple[Occupation, ...]:
    return tuple(Occupation(**row) for row in db.session.execute(query).mappings())


def _read_vocabulary() -> Vocabulary:
    """Ten short queries that leave no rows in the session."""
    adapting = [Adaptation(**row) for row in _rows(models.Adaptation)]
    anchors = [words.Anchor(**row) for row in _rows(models.LevelAnchor)]
    measured = [
        Dimension(**row, anchors=_of(row, anchors), adaptations=_of(row, adapting))
        for row in _rows(models.Dimension)
    ]
    demands = _demands()
    acts = [
        Activity(**row, demands=MappingProxyType(demands.get(row["id"], {})))
        for row in _rows(models.Activity)
    ]
    return Vocabulary(
        scale=tuple(ScaleLevel(**row) for row in _rows(models.ScaleLevel)),
        dimension_groups=tuple(
            words.DimensionGroup(
                **row, dimensions=tuple(one for one in measured if one.group_id == row["id"])
            )
            for row in _rows(models.DimensionGroup)
        ),
        dimensions=_by_id(measured),
        adaptations=_by_id(adapting),
        activity_groups=tuple(
            words.ActivityGroup(**row, activities=tuple(one for one in acts if one.group_id == row["id"]))
            for row in _rows(models.ActivityGroup)
        ),
        activities=_by_id(acts),
        preferences=_by_id([Preference(**row) for row in _rows(models.Preference)]),
        constraints=_by_id([Constraint(**row) for row in _rows(models.WorkConstraint)]),
    )


def _rows(model: type[Base]) -> list[Row]:
    table = model.__table__
    return [
        dict(row) for row in db.session.execute(select(table).order_by(table.c.sort, table.c.id)).mappings()
    ]


D = TypeVar("D", words.Anchor, Adaptation)


def _of(dimension: Row, parts: Sequence[D]) -> tuple[D, ...]:
    return tuple(part for part in parts if part.dimension_id == dimension["id"])


def _by_id(found: Iterable[W]) -> Mapping[int, W]:
    return MappingProxyType({word.id: word for word in found})


def _demands() -> dict[int, dict[int, int]]:
    """Levels by dimension id, by activity id."""
    found: dict[int, dict[int, int]] = {}
    for demand in db.session.execute(select(models.ActivityDemand.__table__)):
        found.setdefault(demand.activity_id, {})[demand.dimension_id] = demand.level
    return found
