"""The product's own vocabulary as the engine reads it, without a database; ids are 1 and upwards per kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from aktema.matching.engine import Activity, Dimension, Vocabulary
from aktema.vocabulary.catalogue import Entry, Kind, read_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The vocabulary; each activity's label and usual demands by activity id; how many adaptations there are."""

    vocabulary: Vocabulary
    labels: Mapping[int, str]
    demands: Mapping[int, Mapping[int, int]]
    adaptations: int


@cache
def words() -> Words:
    entries = read_catalogue()
    ids = {kind: _ids(entries, kind) for kind in Kind}
    activities = [one for one in entries if one.kind is Kind.ACTIVITY]
    vocabulary = Vocabulary(
        dimensions=tuple(_dimension(one, entries, ids) for one in entries if one.kind is Kind.DIMENSION),
        activities=tuple(
            Activity(
                id=ids[Kind.ACTIVITY][one.code],
                group=ids[Kind.ACTIVITY_GROUP][one.parent],
                riasec=one.riasec,
                label=one.label_sv,
            )
            for one in activities
        ),
        preferences=frozenset(ids[Kind.PREFERENCE].values()),
        constraints=frozenset(ids[Kind.CONSTRAINT].values()),
    )
    dimensions = ids[Kind.DIMENSION]
    usual = [{dimensions[demand.dimension]: demand.level for demand in one.demands} for one in activities]
    return Words(
        vocabulary=vocabulary,
        labels={number: one.label_sv for number, one in enumerate(activities, start=1)},
        demands=dict(enumerate(usual, start=1)),
        adaptations=len(ids[Kind.ADAPTATION]),
    )


def _ids(entries: Sequence[Entry], kind: Kind) -> dict[str, int]:
    return {code: number for number, code in enumerate((e.code for e in entries if e.kind is kind), start=1)}


def _dimension(entry: Entry, entries: Sequence[Entry], ids: Mapping[Kind, Mapping[str, int]]) -> Dimension:
    closing = [one.code for one in entries if one.kind is Kind.ADAPTATION and one.parent == entry.code]
    return Dimension(
        id=ids[Kind.DIMENSION][entry.code],
        is_core=entry.is_core,
        adaptations=tuple(ids[Kind.ADAPTATION][code] for code in closing),
    )
