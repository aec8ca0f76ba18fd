"""Packs of pictures read in from a zip: drawings, a table of their words, and the terms they are under.

The table's row of a picture is found by the file's name, in whichever column most names stand. Several tables (one
for each language, say) are read as one. Every drawing is made anew before it is stored, and everything is stored or
nothing.
"""

import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.access.importing.kinds import Opened, Problem, Said, Sender
from aktema.core.errors import DomainError
from aktema.core.importing import CellProblem, Column, Record
from aktema.core.pictures import Bounds, drawing_from
from aktema.core.svg import clean_svg
from aktema.core.tabular import FileRefused, Row, Table, read_table
from aktema.core.tabular.archive import Archive
from aktema.core.tabular.cleaning import cleaned

PICTURES = frozenset({".svg", ".png"})
OTHER_PICTURES = frozenset(
    {".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".eps", ".svgz"}
)
TABLES = frozenset({".csv", ".xlsx"})
LICENCES = ("licen", "copying")
MOST_LICENCE_BYTES = 20_000
LONGEST_LICENCE = 4000
LONGEST_LABEL = 60
MOST_NAMED = 3
MOST_TABLES = 10  # one for each language, and some more: each is read while somebody waits
DRAWINGS = Bounds(formats=("PNG",), most_dots=4_000_000, longest_side=800)
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
_VARIANT = re.compile(r"(?<=[^\W\d]) \d{1,2}[a-z]?$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A picture made anew, by the name that tells it apart."""

    name: str
    content: bytes
    media_type: str


def label(cell: str) -> str:
    """A word to write under a picture; names of files are written as words: baker_2a is baker."""
    text = " ".join(cell.replace("_", " ").split()).replace(" ,", ",")
    text = _VARIANT.sub("", text) if "_" in cell else text
    if not any(letter.isalnum() for letter in text):
        raise CellProblem(_("Skriv ett ord med bokstäver eller siffror."))
    if len(text) > LONGEST_LABEL:
        raise CellProblem(_("Ordet är för långt. Högst %(most)s tecken får plats.", most=LONGEST_LABEL))
    return text


LABEL_SV = Column(
    key="label_sv",
    label=_l("Ord på svenska"),
    parse=label,
    aliases=("svenska", "sv", "swedish", "symbol-sv", "label-sv", "ord", "text", "namn"),
    example="bagare",
)
LABEL_EN = Column(
    key="label_en",
    label=_l("Ord på engelska"),
    parse=label,
    aliases=("engelska", "en", "english", "symbol-en", "label-en", "symbol", "label", "word", "name"),
    example="baker",
)
LABEL_FI = Column(
    key="label_fi",
    label=_l("Ord på finska"),
    parse=label,
    aliases=("finska", "fi", "finnish", "suomi", "symbol-fi", "label-fi", "sana"),
    example="leipuri",
)
COLUMNS: tuple[Column[str], ...] = (LABEL_SV, LABEL_EN, LABEL_FI)


def _unopened(_cell: str) -> Drawing:
    """Reads nothing: the column that does is made for each zip."""
    raise LookupError


FILE: Column[Drawing] = Column(key="file", label=_l("Bildens fil"), parse=_unopened)


class PackArchive(Archive):
    """A zip with pictures: none of its names leads anywhere else, and what it unpacks to is bounded."""

    most_members = 6_000
    most_read = 64 * 1024 * 1024
    most_ratio = 100  # a drawing packs to a third; pages of equal ones to a fiftieth

    @staticmethod
    def damaged() -> FileRefused:
        return FileRefused(_("Filen är ingen zip-fil, eller så är den skadad. Packa bilderna på nytt."))

    @staticmethod
    def locked() -> FileRefused:
        return FileRefused(_("Zip-filen är skyddad med lösenord. Packa bilderna utan lösenord."))

    @staticmethod
    def swollen() -> FileRefused:
        return FileRefused(_("Zip-filen blir för stor när den packas upp. Dela upp bilderna i flera paket."))

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        counted = Counter(member.filename for member in self.members)
        for member in self.members:
            if _leads_out(member):
                raise _bad_name(_("leder ut ur paketet"), member)
            if stat.S_ISLNK(member.external_attr >> 16):
                raise _bad_name(_("är en genväg till något annat"), member)
            if counted[member.filename] > 1:
                raise _bad_name(_("finns två gånger"), member)

    def files(self, suffixes: frozenset[str]) -> list[str]:
        """The names of the files of these kinds, but for those that systems hide."""
        shown = (name for name in sorted(self.names) if not _is_hidden(name))
        return [name for name in shown if PurePosixPath(name).suffix.lower() in suffixes]


def _leads_out(member: ZipInfo) -> bool:
    name = member.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    has_odd_letters = not name.isprintable() or "\\" in name or not parts
    return has_odd_letters or name.startswith("/") or ".." in parts or ":" in parts[0]


def _bad_name(why: str, member: ZipInfo) -> FileRefused:
    name = "".join(letter if letter.isprintable() else "?" for letter in member.orig_filename[:60])
    return FileRefused(_("Filen %(name)s i zip-filen %(why)s. Ta bort den.", name=name, why=why))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def open_pack(content: bytes, said: Said) -> Opened:
    """The rows of the pictures that the zip holds, with the column that makes each picture anew.

    Raises FileRefused where it is no such zip, and DomainError on `licence` where nobody says what the terms are.
    """
    archive = PackArchive(content)
    pictures = _pictures(archive)
    table, key = _table(archive, pictures)
    rows = tuple(row for row in table.rows if _stem(row.cells[key]) in pictures)
    _refuse_unnamed(pictures, {_stem(row.cells[key]) for row in rows})
    licence = said.get("licence") or _licence(archive)
    if not licence:
        raise DomainError(_("Skriv vilka villkor bilderna har. Ingen licens finns i zip-filen."), "licence")
    column = Column(key=FILE.key, label=FILE.label, parse=_maker(archive, pictures), is_required=True)
    return Opened(
        table=Table(headings=table.headings, rows=rows),
        columns=(column,),
        mapping={FILE.key: key},
        said={**said, "licence": licence, "skipped": str(len(table.rows) - len(rows))},
    )


def _pictures(archive: PackArchive) -> dict[str, str]:
    """The members that are pictures, by what the table may call them."""
    others = archive.files(OTHER_PICTURES)
    if others:
        raise FileRefused(
            _("Filen %(name)s är ingen SVG eller PNG. Gör om den till en.", name=others[0][:60])
        )
    pictures: dict[str, str] = {}
    for name in archive.files(PICTURES):
        other = pictures.setdefault(_stem(name), name)
        if other != name:
            raise FileRefused(
                _("Bilderna %(one)s och %(other)s heter likadant.", one=other[:60], other=name[:60])
            )
    if not pictures:
        raise FileRefused(_("Zip-filen har inga bilder. Bilderna ska vara SVG eller PNG."))
    return pictures


def _stem(name: str) -> str:
    """What tells a picture apart, in a table and among files: its name without folder, ending and letter case."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2].strip()
    base, dot, ending = last.rpartition(".")
    return (base if dot and f".{ending.lower()}" in PICTURES else last).casefold()


def _table(archive: PackArchive, pictures: Mapping[str, str]) -> tuple[Table, int]:
    """The table of words, and the column of the file names in it: the first one's, with others' columns beside it."""
    names = archive.files(TABLES)
    if not names:
        raise FileRefused(_("Zip-filen saknar en tabell (CSV) med ord till bilderna."))
    if len(names) > MOST_TABLES:
        raise FileRefused(_("Zip-filen har fler än %(most)s tabeller. Ta bort några.", most=MOST_TABLES))
    tables = [_named(archive, name, pictures) for name in names]
    tables.sort(key=lambda one: (-one.hits, -len(one.table.headings), one.name))
    first, *others = (one for one in tables if one.hits or one is tables[0])
    if not first.hits:
        raise FileRefused(
            _("Ingen kolumn i tabellen har bildernas namn. En av dem ska heta som filerna heter.")
        )
    joined = first.table
    for other in others:
        joined = _joined(joined, first.key, other)
    return joined, first.key


@dataclass(frozen=True, kw_only=True, slots=True)
class _NamedTable:
    """One table of the zip, the column in which most files' names stand, and how many do."""

    name: str
    table: Table
    key: int
    hits: int


def _named(archive: PackArchive, name: str, pictures: Mapping[str, str]) -> _NamedTable:
    try:
        table = read_table(archive.read(name))
    except FileRefused as problem:
        short = PurePosixPath(name).name[:60]
        raise FileRefused(
            _("Tabellen %(name)s: %(problem)s", name=short, problem=problem.message)
        ) from problem
    hits = Counter(
        index for row in table.rows for index, cell in enumerate(row.cells) if _stem(cell) in pictures
    )
    key, count = min(hits.items(), key=lambda hit: (-hit[1], hit[0]), default=(0, 0))
    return _NamedTable(name=PurePosixPath(name).name, table=table, key=key, hits=count)


def _joined(table: Table, key: int, other: _NamedTable) -> Table:
    """The table with the other's columns to the right, row by row of the same picture."""
    taken = set(table.headings)
    headings = tuple(
        f"{heading} ({other.name})" if heading in taken else heading for heading in other.table.headings
    )
    empty = ("",) * len(headings)
    cells = {_stem(row.cells[other.key]): row.cells for row in other.table.rows}
    rows = (
        Row(number=row.number, cells=row.cells + cells.get(_stem(row.cells[key]), empty))
        for row in table.rows
    )
    return Table(headings=table.headings + headings, rows=tuple(rows))


def _refuse_unnamed(pictures: Mapping[str, str], named: set[str]) -> None:
    unnamed = [PurePosixPath(name).name for stem, name in pictures.items() if stem not in named]
    if unnamed:
        some = ", ".join(name[:60] for name in unnamed[:MOST_NAMED])
        raise FileRefused(
            _(
                "%(count)s av bilderna saknar rad i tabellen, till exempel %(some)s. Skriv till dem.",
                count=len(unnamed),
                some=some,
            )
        )


def _licence(archive: PackArchive) -> str:
    """The terms that lie in the zip; empty where there are none."""
    for name in sorted(archive.names, key=len):
        is_text = PurePosixPath(name).suffix.lower() in ("", ".txt", ".md")
        if PurePosixPath(name).name.lower().startswith(LICENCES) and is_text and not _is_hidden(name):
            text = cleaned(archive.read(name)[:MOST_LICENCE_BYTES].decode("utf-8", "replace"))
            return text[:LONGEST_LICENCE]
    return ""


def _maker(archive: PackArchive, pictures: Mapping[str, str]) -> Callable[[str], Drawing]:
    """The parser of a cell that names a picture: what it gives is safe to store."""

    def made(cell: str) -> Drawing:
        name = pictures[_stem(cell)]
        try:
            return _drawing(name, archive.read(name))
        except DomainError as problem:
            raise CellProblem(problem.message) from problem

    return made


def _drawing(name: str, content: bytes) -> Drawing:
    if PurePosixPath(name).suffix.lower() == ".svg":
        return Drawing(name=name, content=clean_svg(content), media_type="image/svg+xml")
    if not content.startswith(PNG_BEGINS):
        raise DomainError(_("Bilden är ingen PNG, fast den heter så."))
    return Drawing(name=name, content=drawing_from(content, DRAWINGS), media_type="image/png")


def check(records: Sequence[Record], _sender: Sender) -> Iterator[Problem]:
    """Each picture stands in one row, with a word in at least one of the languages chosen."""
    wanted = _usual_label(records)
    first_rows: dict[str, int] = {}
    for record in records:
        first = first_rows.setdefault(record.get(FILE).name, record.row)
        if first != record.row:
            message = _("Bilden står redan på rad %(row)s. Ta bort den ena raden.", row=first)
            yield Problem(row=record.row, column=FILE, message=message)
        if not any(words_of(record).values()):
            yield Problem(row=record.row, column=wanted, message=_("Skriv ett ord till bilden."))


def _usual_label(records: Iterable[Record]) -> Column[str]:
    """The column to write a missing word in: the one in which most words stand."""
    filled = Counter(key for record in records for key, word in words_of(record).items() if word)
    return max(COLUMNS, key=lambda column: filled[column.key])


def words_of(record: Record) -> dict[str, str]:
    """The picture's words by the key of their column; empty where there is none in the language."""
    return {column.key: record.find(column) or "" for column in COLUMNS}
