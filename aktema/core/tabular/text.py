"""Reading CSV as programs in Sweden write it: several encodings, three delimiters, quoted newlines."""

import csv
import io
import itertools
import re
from collections.abc import Iterator

from flask_babel import gettext as _

from aktema.core.tabular.cleaning import cleaned
from aktema.core.tabular.model import FileRefused, RawRows

DELIMITERS = ";,\t"
MAX_LINE = 200_000  # characters; forty generous cells
MAX_RECORDS = 50_000  # blank ones included, so that a file of newlines ends early
_SAMPLE = 20  # rows looked at to find the delimiter

_SWEDISH = frozenset("åäöéüÅÄÖÉÜ")
_TYPOGRAPHY = frozenset("”“’‘–—…•€£§°´½¼¾²³·«»®©×\xa0\xad")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def csv_rows(data: bytes) -> RawRows:
    """Yield each record, cleaned, with its number, blank ones too; raises FileRefused."""
    encoding = _encoding(data)
    lines = _lines(data, encoding)
    sample = list(itertools.islice(lines, _SAMPLE))
    delimiter = max(DELIMITERS, key=lambda candidate: _tidiness(sample, candidate))
    return _records(itertools.chain(sample, lines), delimiter)


def _encoding(data: bytes) -> str:
    """The encoding of the whole file, proved by decoding it once."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    if encoding != "utf-16" and _NOT_TEXT.search(data):
        raise FileRefused(_("Filen är ingen tabell i text. Spara den som Excel (.xlsx) eller CSV."))
    if _decodes(data, encoding):
        return encoding
    if encoding == "utf-8" and _decodes(data, "cp1252") and _looks_swedish(data.decode("cp1252")):
        return "cp1252"
    raise FileRefused(_("Filens teckenkodning går inte att läsa. Spara den som CSV UTF-8 i Excel."))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        return "\x00" not in data.decode(encoding)
    except UnicodeDecodeError:
        return False


def _looks_swedish(text: str) -> bool:
    """
    Whether the letters beyond ASCII are those Swedish uses.

    Any bytes decode as Windows-1252, so a file from DOS, old Mac or another country shows here as odd signs.
    """
    odd = {character: text.count(character) for character in set(text) if not character.isascii()}
    letters = sum(count for character, count in odd.items() if character.isalpha())
    swedish = sum(count for character, count in odd.items() if character in _SWEDISH)
    signs_are_known = all(character.isalpha() or character in _TYPOGRAPHY for character in odd)
    return signs_are_known and 2 * swedish >= letters > 0


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """The physical lines with their endings (CRLF, LF or CR), decoded a piece at a time."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE + 1), ""), start=1):
        if len(line) > MAX_LINE:
            raise FileRefused(_("Rad %(row)s är orimligt lång. Är det rätt fil?", row=number))
        yield line


def _tidiness(sample: list[str], delimiter: str) -> tuple[bool, int]:
    """How well a delimiter explains the first rows: the same number of cells in each, then many of them."""
    widths = list(_widths(sample, delimiter))
    first = widths[0] if widths else 0
    return len(set(widths)) == 1 and first > 1, first


def _widths(sample: list[str], delimiter: str) -> Iterator[int]:
    """The sizes of the records until one does not fit: the sample may end inside a quoted text."""
    try:
        for record in csv.reader(sample, delimiter=delimiter, strict=True):
            if record:
                yield len(record)
    except csv.Error:
        return


def _records(lines: Iterator[str], delimiter: str) -> RawRows:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in itertools.count(1):
        if number > MAX_RECORDS:
            raise FileRefused(_("Filen har för många rader. Dela upp den i flera filer."))
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _quotes_do_not_match(number) from error
        yield number, [cleaned(cell) for cell in record]


def _quotes_do_not_match(number: int) -> FileRefused:
    return FileRefused(
        _('Citattecknen (") på rad %(row)s går inte ihop. Rätta raden eller spara filen på nytt.', row=number)
    )
