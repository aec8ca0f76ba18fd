"""From the bytes of an upload to a table. All limits are checked before or while parsing, never after."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _

from aktema.core.tabular.excel import excel_rows
from aktema.core.tabular.kinds import Kind, kind_of
from aktema.core.tabular.model import (
    MAX_CELL,
    FileRefused,
    Limits,
    RawRows,
    Row,
    Table,
    cell_name,
    column_letter,
    has_formula,
    too_many_columns,
    too_many_rows,
)
from aktema.core.tabular.text import csv_rows

_DEFAULT_LIMITS = Limits()


def read_table(data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> Table:
    """
    Return the table in a CSV or Excel (.xlsx) file; an Excel file's first visible sheet counts.

    Every cell is text: dates ÅÅÅÅ-MM-DD, times HH:MM, numbers "3" and "37.5", truth "ja" and "nej".
    The first row with content is the headings. Raises FileRefused and nothing else.
    """
    if not data.strip():
        raise FileRefused(_("Filen är tom. Välj en fil med rubriker på första raden och minst en rad under."))
    if len(data) > limits.size:
        size = limits.size // (1024 * 1024)
        raise FileRefused(_("Filen är större än %(size)s MB. Dela upp den i flera filer.", size=size))
    rows = excel_rows(data, limits) if kind_of(data) is Kind.EXCEL else csv_rows(data)
    return _table(rows, limits)


def _table(rows: RawRows, limits: Limits) -> Table:
    headings: tuple[str, ...] = ()
    kept: list[Row] = []
    for number, raw in rows:
        cells = _cells(number, raw, limits)
        if not cells:
            continue
        if not headings:
            headings = _checked_headings(cells)
            continue
        kept.append(_row(number, cells, len(headings)))
        if len(kept) > limits.rows:
            raise too_many_rows(limits)
    if not kept:
        raise _no_rows(headings)
    return Table(headings=headings, rows=tuple(kept))


def _no_rows(headings: Sequence[str]) -> FileRefused:
    if headings:
        return FileRefused(_("Filen har rubriker men inga rader under dem. Fyll i minst en rad."))
    return FileRefused(_("Filen är tom. Lägg tabellen på det första bladet, med rubrikerna överst."))


def _cells(number: int, raw: Sequence[str], limits: Limits) -> tuple[str, ...]:
    """The row's cells without the empty ones at its end."""
    cells = list(raw)
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > limits.columns:
        raise too_many_columns(number, limits)
    for index, cell in enumerate(cells):
        _check_cell(cell, index, number)
    return tuple(cells)


def _check_cell(cell: str, index: int, row: int) -> None:
    if cell.startswith(("=", "@")):
        raise has_formula(index, row)
    if len(cell) > MAX_CELL:
        raise FileRefused(_("Texten i cell %(cell)s är för lång. Korta den.", cell=cell_name(index, row)))


def _checked_headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    if not any(re.search(r"[^\W\d_]", cell) for cell in cells):
        raise FileRefused(_("Första raden ska innehålla rubriker, till exempel Förnamn och Efternamn."))
    first_seen: dict[str, str] = {}
    for index, cell in enumerate(cells):
        letter = column_letter(index)
        if not cell:
            raise FileRefused(_("Kolumn %(column)s saknar rubrik. Skriv en rubrik.", column=letter))
        other = first_seen.setdefault(" ".join(cell.casefold().split()), letter)
        if other != letter:
            raise _same_heading(cell, other, letter)
    return cells


def _same_heading(heading: str, first: str, second: str) -> FileRefused:
    return FileRefused(
        _(
            "Kolumnerna %(first)s och %(second)s har samma rubrik, %(heading)s. Ge dem olika rubriker.",
            first=first,
            second=second,
            heading=heading[:50],
        )
    )


def _row(number: int, cells: tuple[str, ...], width: int) -> Row:
    if len(cells) > width:
        raise FileRefused(
            _(
                "Rad %(row)s har fler celler än det finns rubriker. Ta bort det som står i cell %(cell)s.",
                row=number,
                cell=cell_name(len(cells) - 1, number),
            )
        )
    return Row(number=number, cells=cells + ("",) * (width - len(cells)))
