"""Our own vocabulary file, read into plain values. Pure: no session, no request."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

FILE = Path(__file__).parent / "data" / "vocabulary.csv"


class Kind(StrEnum):
    """The kinds of rows in the file, in the order in which rows name rows above them."""

    SCALE = "scale"
    DIMENSION_GROUP = "dimension_group"
    DIMENSION = "dimension"
    LEVEL = "level"
    ADAPTATION = "adaptation"
    ACTIVITY_GROUP = "activity_group"
    ACTIVITY = "activity"
    PREFERENCE = "preference"
    CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True)
class UsualDemand:
    """The level (1 to 4) an activity usually demands in a dimension."""

    dimension: str
    level: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One row of the file. `parent` is the code of the row it belongs to, empty where it belongs to none.

    `sort` counts within the parent: of a level it is the level.
    """

    kind: Kind
    code: str
    parent: str
    sort: int
    is_core: bool
    label_sv: str
    label_en: str
    label_easy: str
    capacity_sv: str
    capacity_en: str
    demand_sv: str
    demand_en: str
    icf: str
    riasec: str
    ssyk: str
    esco_hint: str
    demands: tuple[UsualDemand, ...]
    picture: str


def read_catalogue(file: Path = FILE) -> tuple[Entry, ...]:
    """Every row of the vocabulary in the file's order.

    Raises OSError where the file is missing and ValueError or KeyError where a row is not of the known form.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(_entries(csv.DictReader(lines)))


def _entries(rows: Iterable[dict[str, str]]) -> Iterable[Entry]:
    for row in rows:
        yield Entry(
            kind=Kind(row["kind"]),
            code=row["id"],
            parent=row["parent"],
            sort=int(row["sort"]),
            is_core=row["core"] == "1",
            label_sv=row["label_sv"],
            label_en=row["label_en"],
            label_easy=row["label_easy_sv"],
            capacity_sv=row["anchor_capacity_sv"],
            capacity_en=row["anchor_capacity_en"],
            demand_sv=row["anchor_demand_sv"],
            demand_en=row["anchor_demand_en"],
            icf=row["icf"],
            riasec=row["riasec"],
            ssyk=row["ssyk2012"],
            esco_hint=row["esco_hint"],
            demands=_demands(row["default_demands"]),
            picture=row["openmoji"],
        )


def _demands(text: str) -> tuple[UsualDemand, ...]:
    """`multi_step:3;stand_walk:2` read as demands."""
    pairs = (pair.partition(":") for pair in text.split(";") if pair)
    return tuple(UsualDemand(dimension, int(level)) for dimension, _, level in pairs)
