"""
Reading the first visible sheet of an .xlsx workbook.

The parts are read as a stream of elements, so that a hostile file costs no more memory than its text. No
document type declaration is accepted, hence no entity and no outside reference (defusedxml sees to that).
"""

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Protocol, TypeVar
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import DefusedXMLParser
from flask_babel import gettext as _

from aktema.core.tabular.archive import Archive, damaged, swollen
from aktema.core.tabular.cellvalues import (
    BUILT_IN,
    EPOCH_1900,
    EPOCH_1904,
    GENERAL,
    NumberFormat,
    iso_text,
    number_text,
    unescaped,
)
from aktema.core.tabular.cleaning import cleaned
from aktema.core.tabular.model import (
    FileRefused,
    Limits,
    RawRows,
    cell_name,
    has_formula,
    too_many_columns,
    too_many_rows,
)

MAX_TAGS = 1_700_000  # opening and closing, in all parts read; a full table of unlike texts has 1.6 million
MAX_PIECES = 500  # of one text
MAX_STYLES = 65_490  # Excel's own limit of cell formats
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class _Reader(Protocol):
    """Takes one part's elements as they come, by local name: namespaces differ between kinds of workbooks."""

    def start(self, name: str, attributes: Mapping[str, str], /) -> None: ...
    def end(self, name: str) -> None: ...
    def data(self, text: str) -> None: ...


R = TypeVar("R", bound=_Reader)


def excel_rows(data: bytes, limits: Limits) -> RawRows:
    """Return the rows with content of the first visible sheet; raises FileRefused."""
    parts = _Parts(Archive(data))
    workbook = parts.read("xl/workbook.xml", _Workbook())
    relationships = parts.read("xl/_rels/workbook.xml.rels", _Relationships())
    strings = parts.read_if_there("xl/sharedStrings.xml", _Strings()).found
    formats = parts.read_if_there("xl/styles.xml", _Styles()).formats()
    sheet = _Sheet(limits=limits, strings=strings, formats=formats, epoch=workbook.epoch)
    return parts.read(relationships.part(workbook.first_sheet), sheet).rows


@dataclass(slots=True)
class _Parts:
    archive: Archive
    tags_left: int = MAX_TAGS

    def read_if_there(self, name: str, reader: R) -> R:
        return self.read(name, reader) if name in self.archive.names else reader

    def read(self, name: str, reader: R) -> R:
        """Let the reader see the whole part and return it."""
        content = self.archive.read(name)
        self.tags_left -= content.count(b"<") + content.count(b"/>")
        if self.tags_left < 0:
            raise swollen()
        try:
            _parse(content, reader)
        except (ParseError, ValueError, LookupError) as error:  # defusedxml's own refusals are ValueErrors
            raise damaged() from error
        return reader


def _parse(content: bytes, reader: _Reader) -> None:
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    expat = (
        parser.parser
    )  # heard directly: the tree builder between would double the time and hold all elements
    expat.ordered_attributes = False
    expat.StartElementHandler = lambda tag, attributes: reader.start(tag.rpartition("}")[2], attributes)
    expat.EndElementHandler = lambda tag: reader.end(tag.rpartition("}")[2])
    expat.CharacterDataHandler = reader.data
    parser.feed(content)  # at once: in pieces, one huge token would be scanned again for each piece
    parser.close()


@dataclass(slots=True)
class _Workbook:
    first_sheet: str = ""
    epoch: datetime = EPOCH_1900

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = EPOCH_1904
        if name == "sheet" and not self.first_sheet and attributes.get("state", "visible") == "visible":
            self.first_sheet = next((v for k, v in attributes.items() if k.endswith("}id")), "")

    def end(self, name: str) -> None: ...
    def data(self, text: str) -> None: ...


@dataclass(slots=True)
class _Relationships:
    targets: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def end(self, name: str) -> None: ...
    def data(self, text: str) -> None: ...

    def part(self, identity: str) -> str:
        """The name of a part, whose target is relative to the workbook's folder or to the root."""
        return posixpath.normpath(posixpath.join("/xl", self.targets.get(identity, ""))).lstrip("/")


@dataclass(slots=True)
class _Styles:
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    used: list[int] = field(default_factory=list)
    is_inside: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self.is_inside = True
        elif name == "numFmt":
            self.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "General")
        elif name == "xf" and self.is_inside:
            self.used.append(int(attributes.get("numFmtId", "0")))
        if max(len(self.used), len(self.codes)) > MAX_STYLES:
            raise swollen()

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_inside = False

    def data(self, text: str) -> None: ...

    def formats(self) -> tuple[NumberFormat, ...]:
        """The number format of each cell style, in order."""
        parsed = {number: NumberFormat.parse(code) for number, code in self.codes.items()}
        return tuple(parsed.get(number, GENERAL) for number in self.used)


@dataclass(slots=True)
class _Strings:
    """The shared strings; phonetic readings (rPh) are no part of the text."""

    found: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_text: bool = False
    is_reading: bool = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self.is_text = name == "t" and not self.is_reading
        self.is_reading = self.is_reading or name == "rPh"

    def data(self, text: str) -> None:
        if self.is_text:
            _add(self.pieces, text)

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_reading = False
        elif name == "si":
            self.found.append(_text(self.pieces))
            self.pieces.clear()


@dataclass(slots=True)
class _Sheet:
    limits: Limits
    strings: Sequence[str]
    formats: Sequence[NumberFormat]
    epoch: datetime
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    row: int = 0
    column: int = -1
    kind: str = "n"
    style: str = "0"
    cells: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    is_cell: bool = False
    is_text: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.is_text = name in ("v", "t")
        if name == "c":
            self._start_cell(attributes)
        elif name == "f" and self.is_cell:  # lists to choose from have an f of their own
            raise has_formula(self.column, self.row)
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column, self.cells = -1, []

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.is_cell = True
        self.pieces.clear()
        self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1

    def data(self, text: str) -> None:
        if self.is_text:
            _add(self.pieces, text)

    def end(self, name: str) -> None:
        self.is_text = False
        if name == "c":
            self.is_cell = False
            if self.pieces:
                self._keep(self._value(_text(self.pieces)))
        elif name == "row" and self.cells:
            self._keep_row()

    def _keep_row(self) -> None:
        self.rows.append((self.row, self.cells))
        self.cells = []
        if len(self.rows) > self.limits.rows + 1:
            raise too_many_rows(self.limits)

    def _keep(self, value: str) -> None:
        if not value:
            return
        if self.column >= self.limits.columns:
            raise too_many_columns(self.row, self.limits)
        self.cells.extend([""] * (self.column + 1 - len(self.cells)))
        self.cells[self.column] = value

    def _value(self, stored: str) -> str:
        match self.kind:
            case "s":
                return self.strings[_index(stored)]
            case "inlineStr" | "str":
                return stored
            case "b":
                return "nej" if stored.strip() in ("0", "false") else "ja"
            case "d":
                return iso_text(stored)
            case "e":
                raise self._shows_error(stored)
        return number_text(stored, self._format(), self.epoch)

    def _format(self) -> NumberFormat:
        index = _index(self.style)
        return self.formats[index] if index < len(self.formats) else GENERAL

    def _shows_error(self, stored: str) -> FileRefused:
        return FileRefused(
            _(
                "Cell %(cell)s visar felet %(error)s. Rätta den och spara filen på nytt.",
                cell=cell_name(self.column, self.row),
                error=stored[:20],
            )
        )


def _add(pieces: list[str], text: str) -> None:
    """Hold on to a piece of text, a few thousand characters at most, unless the text never ends."""
    if len(pieces) >= MAX_PIECES:
        raise swollen()
    pieces.append(text)


def _text(pieces: Sequence[str]) -> str:
    return cleaned(unescaped("".join(pieces)))


def _index(stored: str) -> int:
    index = int(stored)
    if index < 0:
        raise damaged()
    return index


def _column(reference: str) -> int:
    match = _CELL.fullmatch(reference)
    if match is None:
        raise damaged()
    return _column_index(match[1])


@cache
def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = 26 * index + ord(letter) - ord("A") + 1
    return index - 1
