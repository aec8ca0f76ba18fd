"""
Importing a table: which heading means which column, and what is wrong with which cell.

A slice declares its columns once as `Column`s with parsers from `import_cells`, lets a person check the
mapping `guess_mapping` proposes, runs `dry_run` (or, in a job, `summarise` over `check_rows` with its own
progress between), shows the errors, and makes its own typed rows of the records by `record.get(COLUMN)`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from flask_babel import gettext as _
from rapidfuzz.distance import OSA

from aktema.core.errors import Message
from aktema.core.swedish import fold, to_ascii
from aktema.core.tabular import Row, Table
from aktema.core.tabular.model import column_letter

MOST_ERRORS = 200
_NEAR_ENOUGH = 0.8  # one slip in five letters: "Efternman" is Efternamn, "Förnamn" is not
_LONGEST_SHOWN = 40  # characters of a faulty cell
_LONG_NUMBER = re.compile(r"\d(?:[ +.–-]?\d){9,}")  # ten digits or more may be a personal number
_SHOWN_DIGITS = 6

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class CellProblem(ValueError):  # noqa: N818  # a word to the person who filled in the cell, not a fault
    """A cell cannot be read; `message` is one sentence saying what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = str(message)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column(Generic[T_co]):
    """
    One thing an import can hold. `parse` sees cells with content only and raises CellProblem.

    `aliases` are headings other systems use. Cells of a sensitive column are never shown beyond six signs.
    """

    key: str
    label: Message
    parse: Callable[[str], T_co]
    is_required: bool = False
    is_sensitive: bool = False
    aliases: tuple[str, ...] = ()
    example: str = ""
    help: Message = ""


Columns = Sequence[Column[object]]
Mapped = Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One row without faults; cells that were empty have no value."""

    row: int
    values: Mapping[str, object]

    def find(self, column: Column[T]) -> T | None:
        """The cell's value, or None where it was empty."""
        return cast("T | None", self.values.get(column.key))

    def get(self, column: Column[T]) -> T:
        """The value of a required column; raises LookupError for a cell that was empty."""
        return cast("T", self.values[column.key])


@dataclass(frozen=True, kw_only=True, slots=True)
class CellError:
    """What is wrong with one cell, where it is, and what to do about it."""

    row: int
    column_letter: str
    heading: str
    value_shown: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RowCheck:
    """One row's outcome: a record, or the errors that kept it from being one."""

    record: Record | None
    errors: tuple[CellError, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What an import would give. `errors` are the first 200; `more_errors` counts the rest."""

    records: tuple[Record, ...]
    errors: tuple[CellError, ...]
    more_errors: int

    @property
    def is_clean(self) -> bool:
        return not self.errors


def guess_mapping(headings: Sequence[str], columns: Columns) -> dict[str, int | None]:
    """
    Return which heading (its index) each column most likely stands under, or None.

    Case, spaces, signs and å ä ö do not matter, a slip is forgiven. A heading serves one column.
    """
    pairs = [
        (-_likeness(heading, column), index, order, column.key)
        for index, heading in enumerate(headings)
        for order, column in enumerate(columns)
    ]
    mapping: dict[str, int | None] = {column.key: None for column in columns}
    taken: set[int] = set()
    for likeness, index, _order, key in sorted(pairs):
        if -likeness >= _NEAR_ENOUGH and mapping[key] is None and index not in taken:
            mapping[key] = index
            taken.add(index)
    return mapping


def missing_columns(mapping: Mapped, columns: Columns) -> tuple[Column[object], ...]:
    """The required columns no heading is mapped to."""
    return tuple(column for column in columns if column.is_required and mapping.get(column.key) is None)


def check_rows(table: Table, mapping: Mapped, columns: Columns) -> Iterator[RowCheck]:
    """Yield each row's outcome in order, so that a job can tell how far it has come of `len(table.rows)`."""
    for row in table.rows:
        yield _check_row(row, table.headings, mapping, columns)


def summarise(checks: Iterable[RowCheck]) -> Checked:
    """Gather the outcomes of all rows."""
    records: list[Record] = []
    errors: list[CellError] = []
    more_errors = 0
    for check in checks:
        if check.record is not None:
            records.append(check.record)
        room = MOST_ERRORS - len(errors)
        errors.extend(check.errors[:room])
        more_errors += len(check.errors[room:])
    return Checked(records=tuple(records), errors=tuple(errors), more_errors=more_errors)


def dry_run(table: Table, mapping: Mapped, columns: Columns) -> Checked:
    """Return what an import of the table would give, at once."""
    return summarise(check_rows(table, mapping, columns))


def cell_error(
    row: Row, headings: Sequence[str], mapping: Mapped, column: Column[object], message: str
) -> CellError:
    """What is wrong with a row's cell of the column, its content shown only as far as it may be."""
    index = mapping.get(column.key)
    cell = "" if index is None else row.cells[index]
    return CellError(
        row=row.number,
        column_letter="" if index is None else column_letter(index),
        heading=str(column.label) if index is None else headings[index],
        value_shown=cell[:_SHOWN_DIGITS] + "****" if cell and column.is_sensitive else masked(cell),
        message=message,
    )


def masked(value: str) -> str:
    """Return a cell as errors may show it: cut short, and long numbers only by their first six digits."""
    hidden = _LONG_NUMBER.sub(lambda match: match[0][:_SHOWN_DIGITS] + "****", value)
    return hidden if len(hidden) <= _LONGEST_SHOWN else hidden[: _LONGEST_SHOWN - 1] + "…"


def _check_row(row: Row, headings: Sequence[str], mapping: Mapped, columns: Columns) -> RowCheck:
    values: dict[str, object] = {}
    errors: list[CellError] = []
    for column in columns:
        index = mapping.get(column.key)
        cell = "" if index is None else row.cells[index]
        try:
            if cell or column.is_required:
                values[column.key] = _parsed(cell, column)
        except CellProblem as problem:
            errors.append(cell_error(row, headings, mapping, column, problem.message))
    record = None if errors else Record(row=row.number, values=values)
    return RowCheck(record=record, errors=tuple(errors))


def _parsed(cell: str, column: Column[T]) -> T:
    if not cell:
        raise CellProblem(_("Fyll i %(column)s.", column=str(column.label)))
    return column.parse(cell)


def _likeness(heading: str, column: Column[object]) -> float:
    known = (str(column.label), column.key, *column.aliases)
    return max(OSA.normalized_similarity(_bare(heading), _bare(name)) for name in known)


def _bare(name: str) -> str:
    return to_ascii(fold(name)).replace(" ", "")
