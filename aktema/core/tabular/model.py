"""What a read file is: headings and rows of text, or one sentence about why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from aktema.core.errors import DomainError

MAX_CELL = 32_767  # characters; the most an Excel cell can hold

RawRows = Iterable[tuple[int, Sequence[str]]]  # row numbers in the file with their cleaned cells


class FileRefused(DomainError):  # noqa: N818  # a refusal to be shown, not a fault
    """The file cannot be read; `message` is one sentence: what is wrong and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The most a file may hold. `rows` counts rows with content below the headings."""

    size: int = 10 * 1024 * 1024  # bytes
    rows: int = 10_000
    columns: int = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row with content. `number` is the row's number in the file: the headings are most often row 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A heading per column and at least one row; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def column_letter(index: int) -> str:
    """The column's name as spreadsheets show it: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(index: int, row: int) -> str:
    """The cell's name as spreadsheets show it, such as C4."""
    return f"{column_letter(index)}{row}"


def has_formula(index: int, row: int) -> FileRefused:
    cell = cell_name(index, row)
    return FileRefused(_("Cell %(cell)s innehåller en formel. Klistra in värdet i stället.", cell=cell))


def too_many_rows(limits: Limits) -> FileRefused:
    return FileRefused(_("Filen har fler än %(count)s rader. Dela upp den i flera filer.", count=limits.rows))


def too_many_columns(row: int, limits: Limits) -> FileRefused:
    sentence = _(
        "Rad %(row)s har fler än %(count)s kolumner. Ta bort dem som inte behövs.",
        row=row,
        count=limits.columns,
    )
    return FileRefused(sentence)
