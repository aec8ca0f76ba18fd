"""Writing tables that open in a spreadsheet as what they are: text, never formulas."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d .,]*")
_BOM = "\ufeff"  # tells Excel that the file is UTF-8


def neutralise(cell: str) -> str:
    """
    Return the cell with an apostrophe before anything a spreadsheet would run as a formula.

    Plain numbers and phone numbers such as -3,5 and +46 70 123 45 67 stay as they are.
    Source of the rule: OWASP, CSV Injection; the full-width signs are read as the plain ones in some locales.
    """
    stripped = cell.lstrip(" ")
    if stripped.startswith(_STARTS_FORMULA) and not _PLAIN_NUMBER.fullmatch(stripped):
        return f"'{cell}"
    return cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file as Swedish Excel opens it: UTF-8 with BOM, semicolons, every cell neutralised."""
    buffer = io.StringIO(newline="")
    buffer.write(_BOM)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutralise(cell) for cell in headings])
    writer.writerows([neutralise(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8")
