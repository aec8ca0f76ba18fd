"""Workbooks for the tests: sound ones, and ones put together part by part to be odd."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

CONTENT_TYPES = f'<Types xmlns="{_TYPES}"/>'
SHEETS = '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>'
WORKBOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{SHEETS}</workbook>'
LINK = '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
RELATIONSHIPS = f'<Relationships xmlns="{_PACKAGE}">{LINK}</Relationships>'


def workbook(rows: Iterable[Sequence[object]], *, formats: Mapping[str, str] | None = None) -> bytes:
    """An ordinary .xlsx file; `formats` gives cells a number format."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_xml(rows: str, *, after: str = "") -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def packed(sheet: str | bytes, *, compression: int = zipfile.ZIP_DEFLATED, **extra: str | bytes) -> bytes:
    """A workbook of the fewest parts; `extra` adds or replaces parts (__ stands for / and _dot_ for .)."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONSHIPS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    parts |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in extra.items()}
    return zipped(parts, compression=compression)


def zipped(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
