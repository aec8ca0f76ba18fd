"""Files nobody should be hurt by. Each is made when asked for, with a piece of its refusal."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.core.workbooks import CONTENT_TYPES, packed, sheet_xml, workbook, zipped

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADING = '<row><c t="str"><v>Namn</v></c></row>'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    sentence: str


def _with_document_type(declaration: str, text: str) -> bytes:
    row = f'<row r="2"><c t="str"><v>{text}</v></c></row>'
    return packed(f"<!DOCTYPE x [{declaration}]>" + sheet_xml(HEADING + row))


def _one_row(cells: str) -> bytes:
    return packed(sheet_xml(f'{HEADING}<row r="2">{cells}</row>'), compression=zipfile.ZIP_STORED)


def _wide_strings() -> bytes:
    """Strings that take four bytes a letter once read, and a copy each to clean."""
    texts = (
        "".join(str(number) for number in range(at, at + 4_000)) for at in range(100_000, 2_600_000, 4_000)
    )
    items = "".join(f"<si><t>\U0001f408{text} </t></si>" for text in texts)
    cells = "".join(f'<row r="{row + 2}"><c t="s"><v>{row}</v></c></row>' for row in range(625))
    return packed(
        sheet_xml(HEADING + cells + "<row><c><f>1</f></c></row>"),
        xl__sharedStrings_dot_xml=f"<sst>{items}</sst>",
    )


def _opened_with(flag: int, data: bytes) -> bytes:
    """The same archive with a general purpose flag set in every entry of its directory."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 8] |= flag
        at = changed.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def _many_members() -> bytes:
    return zipped({"[Content_Types].xml": CONTENT_TYPES} | {f"xl/{number}": "" for number in range(2_000)})


FILES = (
    Hostile(name="empty", make=lambda: b" \n", sentence="Filen är tom"),
    Hostile(name="too many bytes", make=lambda: b"a" * (10 * MEGABYTE + 1), sentence="större än 10 MB"),
    Hostile(name="too many rows", make=lambda: b"Namn\n" + b"a\n" * 10_001, sentence="fler än 10000 rader"),
    Hostile(name="only newlines", make=lambda: b"Namn\n" + b"\n" * 9_000_000, sentence="för många rader"),
    Hostile(
        name="too many columns",
        make=lambda: b";".join([b"x"] * 41) + b"\n1\n",
        sentence="fler än 40 kolumner",
    ),
    Hostile(name="one endless line", make=lambda: b"Namn\n" + b";" * 9_000_000, sentence="orimligt lång"),
    Hostile(name="endless quote", make=lambda: b'Namn\n"' + b"a\n" * 4_000_000, sentence="Citattecknen"),
    Hostile(name="huge cell", make=lambda: b'Namn\n"' + b"a\n" * 20_000 + b'"', sentence="för lång"),
    Hostile(
        name="unbalanced quotes", make=lambda: b'Namn;Ort\nA;"B\nC;D\n', sentence="på rad 2 går inte ihop"
    ),
    Hostile(name="quote inside", make=lambda: b'Namn;Ort\nA;"B" C\n', sentence="på rad 2 går inte ihop"),
    Hostile(name="NUL bytes", make=lambda: b"Namn\nAn\x00na\n", sentence="ingen tabell i text"),
    Hostile(name="binary", make=lambda: bytes(range(256)) * 40, sentence="ingen tabell i text"),
    Hostile(name="DOS encoding", make=lambda: "Namn\nÅsa Öberg\n".encode("cp850"), sentence="teckenkodning"),
    Hostile(
        name="Mac encoding", make=lambda: "Namn\nÅsa Öberg\n".encode("mac-roman"), sentence="teckenkodning"
    ),
    Hostile(name="Russian", make=lambda: "Имя\nАнна Петрова\n".encode("cp1251"), sentence="teckenkodning"),
    Hostile(name="cut UTF-8", make=lambda: "Namn\nÅsä".encode()[:-1], sentence="teckenkodning"),
    Hostile(name="odd UTF-16", make=lambda: "Namn\nÅ".encode("utf-16")[:-1], sentence="teckenkodning"),
    Hostile(
        name="swelling encoding",
        make=lambda: b"Namn\n\xe5" + b"\xf0\x9f\x90\x88" * 2_400_000,
        sentence="teckenkodning",
    ),
    Hostile(
        name="wide text", make=lambda: b"Namn\n" + b"a\n" * 4_000_000 + b"\xf0\x9f\x90\x88", sentence="10000"
    ),
    Hostile(
        name="formula in CSV", make=lambda: b"Namn;Ort\nA;=1+1\n", sentence="Cell B2 innehåller en formel"
    ),
    Hostile(name="command in CSV", make=lambda: b"Namn\n@SUM(1)\n", sentence="Cell A2 innehåller en formel"),
    Hostile(name="formula", make=lambda: workbook([["Namn"], ["A"], ["=A2"]]), sentence="Cell A3 innehåller"),
    Hostile(
        name="cell error", make=lambda: _one_row('<c r="A2" t="e"><v>#REF!</v></c>'), sentence="felet #REF!"
    ),
    Hostile(name="same headings", make=lambda: b"Namn;Ort; namn\n1;2;3\n", sentence="Kolumnerna A och C"),
    Hostile(name="heading missing", make=lambda: b"Namn;;Ort\n1;2;3\n", sentence="Kolumn B saknar rubrik"),
    Hostile(name="no headings", make=lambda: b"1;2026-01-01\n2;3\n", sentence="ska innehålla rubriker"),
    Hostile(name="only headings", make=lambda: b"Namn;Ort\n", sentence="inga rader"),
    Hostile(name="empty sheet", make=lambda: workbook([]), sentence="Filen är tom"),
    Hostile(name="row too long", make=lambda: b"Namn;Ort\n1;2;3\n", sentence="i cell C2"),
    Hostile(name="old workbook", make=lambda: OLE + b"\x00" * 4_000, sentence=".xls"),
    Hostile(
        name="locked workbook",
        make=lambda: OLE + b"\x00" * 999 + "EncryptedPackage".encode("utf-16-le"),
        sentence="lösenord",
    ),
    Hostile(
        name="locked member", make=lambda: _opened_with(1, workbook([["A"], ["B"]])), sentence="lösenord"
    ),
    Hostile(name="PDF", make=lambda: b"%PDF-1.7\n", sentence="en PDF"),
    Hostile(name="picture", make=lambda: b"\x89PNG\r\n\x1a\n", sentence="en bild"),
    Hostile(name="page", make=lambda: b"\xef\xbb\xbf\n<html><table>", sentence="en webbsida"),
    Hostile(name="any zip", make=lambda: zipped({"a.csv": "Namn\nA\n"}), sentence="packad"),
    Hostile(name="OpenDocument", make=lambda: zipped({"content.xml": "<x/>"}), sentence="OpenDocument"),
    Hostile(name="Word", make=lambda: zipped({"word/document.xml": "<x/>"}), sentence="Worddokument"),
    Hostile(name="binary workbook", make=lambda: zipped({"xl/workbook.bin": "x"}), sentence=".xlsb"),
    Hostile(
        name="macros", make=lambda: packed(sheet_xml(""), xl__vbaProject_dot_bin=b"x"), sentence="makron"
    ),
    Hostile(
        name="macro type",
        make=lambda: zipped(
            {"[Content_Types].xml": '<Types><Override ContentType="x.macroEnabled"/></Types>'}
        ),
        sentence="makron",
    ),
    Hostile(
        name="no workbook part", make=lambda: zipped({"[Content_Types].xml": "<Types/>"}), sentence="skadad"
    ),
    Hostile(name="zip bomb", make=lambda: packed(b" " * (100 * MEGABYTE)), sentence="packas upp"),
    Hostile(name="dense zip bomb", make=lambda: packed(b" " * (20 * MEGABYTE)), sentence="packas upp"),
    Hostile(name="many members", make=_many_members, sentence="packas upp"),
    Hostile(
        name="hungry packing",
        make=lambda: packed(sheet_xml(HEADING), compression=zipfile.ZIP_LZMA),
        sentence="skadad",
    ),
    Hostile(name="laughing entities", make=lambda: _with_document_type(_LAUGHS, "&l9;"), sentence="skadad"),
    Hostile(
        name="outside entity",
        make=lambda: _with_document_type('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        sentence="skadad",
    ),
    Hostile(name="document type alone", make=lambda: _with_document_type("", "A"), sentence="skadad"),
    Hostile(name="a million elements", make=lambda: _one_row("<a/><b/>" * 900_000), sentence="packas upp"),
    Hostile(name="wide strings", make=_wide_strings, sentence="Cell A627 innehåller"),
    Hostile(
        name="endless text",
        make=lambda: _one_row(f'<c t="str"><v>{"å" * 4_500_000}</v></c>'),
        sentence="Texten i cell A2",
    ),
    Hostile(
        name="text in endless runs",
        make=lambda: _one_row(f'<c t="inlineStr"><is>{"<r><t>a</t></r>" * 600}</is></c>'),
        sentence="packas upp",
    ),
    Hostile(name="deep elements", make=lambda: _one_row("<a><b>" * 300_000), sentence="skadad"),
    Hostile(name="cell far away", make=lambda: _one_row('<c r="XFD2"><v>1</v></c>'), sentence="40 kolumner"),
    Hostile(name="cell nowhere", make=lambda: _one_row('<c r="0A"><v>1</v></c>'), sentence="skadad"),
    Hostile(name="string nowhere", make=lambda: _one_row('<c r="A2" t="s"><v>7</v></c>'), sentence="skadad"),
    Hostile(name="string before", make=lambda: _one_row('<c r="A2" t="s"><v>-1</v></c>'), sentence="skadad"),
    Hostile(name="no number", make=lambda: _one_row('<c r="A2"><v>nan</v></c>'), sentence="skadad"),
    Hostile(
        name="endless number",
        make=lambda: _one_row(f'<c r="A2"><v>{"9" * 999_999}</v></c>'),
        sentence="skadad",
    ),
)
