"""What a file is, told by its content: names and media types are the sender's word only."""

import enum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.core.tabular.archive import Archive, damaged, locked
from aktema.core.tabular.model import FileRefused

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")  # the stream of a workbook locked with a password
_CONTENT_TYPES = "[Content_Types].xml"

_PACKED = b"PK\x03\x04"
_SIGNATURES: tuple[tuple[tuple[bytes, ...], Message], ...] = (
    ((b"%PDF",), _l("Filen är en PDF.")),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"), _l("Filen är en bild.")),
    ((b"{\\rtf",), _l("Filen är ett textdokument.")),
    ((b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!"), _l("Filen är packad.")),
    ((b"<!doctype", b"<!DOCTYPE", b"<html", b"<HTML"), _l("Filen är en webbsida.")),
    ((b"<?xml",), _l("Filen är en XML-fil.")),
)
_ZIP_PARTS: tuple[tuple[str, Message], ...] = (
    ("xl/workbook.bin", _l("Filen är en binär arbetsbok (.xlsb).")),
    ("word/document.xml", _l("Filen är ett Worddokument.")),
    ("ppt/presentation.xml", _l("Filen är en presentation.")),
    ("content.xml", _l("Filen är i OpenDocument-format, till exempel .ods.")),
)


class Kind(enum.Enum):
    EXCEL = "excel"
    TEXT = "text"


def kind_of(data: bytes) -> Kind:
    """Tell a workbook from text; raises FileRefused with the name of any other kind."""
    if data.startswith(_PACKED):
        _check_workbook(Archive(data))
        return Kind.EXCEL
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signatures, sentence in _SIGNATURES:
        if start.startswith(signatures):
            raise _wrong_kind(sentence)
    return Kind.TEXT


def _wrong_kind(sentence: Message) -> FileRefused:
    way_out = _("Spara tabellen som Excel (.xlsx) eller CSV och välj den filen.")
    return FileRefused(f"{sentence} {way_out}")


def _old_office(data: bytes) -> FileRefused:
    if _ENCRYPTED_PART in data:
        return locked()
    return _wrong_kind(_("Filen är i ett gammalt Officeformat, till exempel .xls."))


def _check_workbook(archive: Archive) -> None:
    for part, sentence in _ZIP_PARTS:
        if part in archive.names:
            raise _wrong_kind(sentence)
    if _CONTENT_TYPES not in archive.names:
        raise _wrong_kind(_("Filen är packad."))
    has_macros = any(name.endswith("vbaProject.bin") for name in archive.names)
    if has_macros or b"macroEnabled" in archive.read(_CONTENT_TYPES):
        raise FileRefused(_("Filen innehåller makron (.xlsm). Spara den som vanlig Excelarbetsbok (.xlsx)."))
    if "xl/workbook.xml" not in archive.names:
        raise damaged()
