"""Packs that are wrong or mean harm: each is refused with a sentence, and nothing of it is stored."""

import io
import re
import stat
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import func, select

from aktema.access.importing.models import ImportFile
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.files import StoredFile
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from tests.core.test_svg import HOSTILE
from tests.support.page import PageClient
from tests.support.people import an_account
from tests.support.symbols import DRAWING, LABELS, a_pack, a_picture, a_png, a_zip, check_pack, send_pack, svg

Changes = Mapping[str, bytes | str | None]
MANY = {f"svg/{number}.svg": DRAWING for number in range(6_001)}


@pytest.fixture
def admin(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in(an_account(Role.SYSTEM_ADMIN))


def nothing_is_stored() -> bool:
    tables = (SymbolPack, Symbol, StoredFile)
    return not any(db.session.scalar(select(func.count()).select_from(table)) for table in tables)


def with_entry(name: str, content: bytes = DRAWING, *, mode: int = 0) -> bytes:
    """A good pack with one more entry, of exactly this name and kind of file."""
    out = io.BytesIO(a_pack())
    with zipfile.ZipFile(out, "a") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice is the point
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (mode | 0o644) << 16
        packed.writestr(entry, content)
    return out.getvalue()


def patched(content: bytes, change: Callable[[zipfile.ZipInfo], tuple[int, bytes]]) -> bytes:
    """The zip with some bytes of its first entry in the directory changed."""
    at = content.index(b"PK\x01\x02")
    offset, value = change(zipfile.ZipFile(io.BytesIO(content)).infolist()[0])
    return content[: at + offset] + value + content[at + offset + len(value) :]


def encrypted() -> bytes:
    """A zip that says its first entry needs a password."""
    return patched(a_pack(), lambda entry: (8, struct.pack("<H", entry.flag_bits | 1)))


def of_unknown_packing() -> bytes:
    return patched(a_pack(), lambda _entry: (10, struct.pack("<H", 99)))


def that_lies_about_its_size() -> bytes:
    """The directory says a gigabyte where there is a drawing."""
    return patched(a_pack(), lambda _entry: (24, struct.pack("<I", 1024**3)))


def with_a_wrong_sum() -> bytes:
    return patched(a_pack(), lambda entry: (16, struct.pack("<I", entry.CRC ^ 1)))


def bomb() -> bytes:
    return a_pack({"svg/buss.svg": b"<svg>" + b" " * 80_000_000})


def swollen_png() -> bytes:
    """A small PNG that claims to be of 30 000 by 30 000 dots."""
    picture = bytearray(a_png())
    picture[16:24] = struct.pack(">II", 30_000, 30_000)
    picture[29:33] = struct.pack(">I", zlib.crc32(bytes(picture[12:29])))
    return bytes(picture)


REFUSED_AT_ONCE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"hej", "ingen zip-fil"),
    "an empty zip": (lambda: a_zip({}), "inga bilder"),
    "a drawing alone": (lambda: DRAWING, "ingen zip-fil"),
    "a cut zip": (lambda: a_pack()[:-30], "ingen zip-fil"),
    "a zip bomb": (bomb, "för stor när den packas upp"),
    "a zip that lies about its size": (that_lies_about_its_size, "för stor när den packas upp"),
    "thousands of entries": (lambda: a_zip({**MANY, "a.csv": "fil;ord\n"}), "för stor när den packas upp"),
    "a password": (encrypted, "lösenord"),
    "an unknown packing": (of_unknown_packing, "ingen zip-fil"),
    "a path upwards": (lambda: with_entry("../utanfor.svg"), "leder ut ur paketet"),
    "a path upwards in the middle": (lambda: with_entry("svg/../../utanfor.svg"), "leder ut ur paketet"),
    "a path upwards with backslashes": (lambda: with_entry("..\\utanfor.svg"), "leder ut ur paketet"),
    "an absolute path": (lambda: with_entry("/etc/passwd"), "leder ut ur paketet"),
    "a path on a drive": (lambda: with_entry("C:/boot.svg"), "leder ut ur paketet"),
    "a name with a control letter": (lambda: with_entry("a\x1bb.svg"), "leder ut ur paketet"),
    "a shortcut": (lambda: with_entry("genvag.svg", b"/etc/passwd", mode=stat.S_IFLNK), "genväg"),
    "a name twice": (lambda: with_entry("svg/buss.svg"), "finns två gånger"),
    "two pictures of one name": (lambda: a_pack({"png/buss.png": a_png()}), "heter likadant"),
    "names that differ in letter case": (lambda: a_pack({"svg/BUSS.svg": DRAWING}), "heter likadant"),
    "no pictures": (lambda: a_pack({"svg/buss.svg": None, "svg/hund.svg": None}), "inga bilder"),
    "a photo": (lambda: a_pack({"foto.jpg": a_picture("JPEG")}), "ingen SVG eller PNG"),
    "no table": (lambda: a_pack({"labels.csv": None}), "saknar en tabell"),
    "an empty table": (lambda: a_pack({"labels.csv": ""}), "labels.csv"),
    "a table of bytes": (lambda: a_pack({"labels.csv": b"\x00\x01\x02"}), "labels.csv"),
    "a table with a formula": (lambda: a_pack({"labels.csv": 'fil;ord\nbuss;"=1+1"\n'}), "formel"),
    "a table of other things": (lambda: a_pack({"labels.csv": "fil;ord\nx;y\n"}), "Ingen kolumn"),
    "tables without end": (lambda: a_pack({f"{number}.csv": LABELS for number in range(10)}), "fler än 10"),
    "a picture without its row": (lambda: a_pack({"svg/katt.svg": DRAWING}), "katt.svg"),
    "a workbook that is none": (lambda: a_pack({"ord.xlsx": b"PK\x03\x04hej"}), "ord.xlsx"),
}


@pytest.mark.parametrize("case", REFUSED_AT_ONCE)
def test_such_a_file_is_refused_at_once_with_a_sentence(admin: PageClient, case: str) -> None:
    make, said = REFUSED_AT_ONCE[case]
    answer = send_pack(admin, make())
    errors = " ".join(error.get_text(" ") for error in answer.select(".field-error"))
    assert (answer.status, said in errors) == (422, True), errors
    assert nothing_is_stored()
    assert db.session.scalar(select(func.count()).select_from(ImportFile)) == 0


def test_a_pack_without_terms_is_refused_at_their_field(admin: PageClient) -> None:
    answer = send_pack(admin, a_pack({"LICENSE.txt": None}))
    assert (answer.status, "Skriv vilka villkor bilderna har." in answer.words) == (422, True)


def test_systems_hidden_files_do_no_harm(admin: PageClient) -> None:
    hidden: Changes = {"__MACOSX/svg/._buss.svg": b"\x00", ".DS_Store": b"\x00", "svg/.git/a.svg": b"x"}
    assert send_pack(admin, a_pack(hidden)).status == 200


FAULTY_ROWS: dict[str, tuple[Changes, int, str]] = {
    "a word is missing": ({"labels.csv": "fil;sv\nbuss;Buss\nhund;\n"}, 3, "Skriv ett ord till bilden."),
    "a word is only signs": ({"labels.csv": "fil;sv\nbuss;Buss\nhund;---\n"}, 3, "bokstäver eller siffror"),
    "a word is far too long": ({"labels.csv": f"fil;sv\nbuss;{'x' * 61}\nhund;Hund\n"}, 2, "för långt"),
    "a picture stands twice": ({"labels.csv": LABELS + "BUSS.svg;Buss;Bus\n"}, 4, "står redan på rad 2"),
    "a PNG is none": (
        {
            "svg/hund.svg": None,
            "svg/hund.png": a_picture("JPEG"),
            "labels.csv": LABELS.replace("hund.svg", "hund"),
        },
        3,
        "ingen PNG",
    ),
    "a PNG is broken": (
        {
            "svg/hund.svg": None,
            "svg/hund.png": a_png()[:50],
            "labels.csv": LABELS.replace("hund.svg", "hund"),
        },
        3,
        "går inte att läsa som en bild",
    ),
    "a PNG is swollen": (
        {
            "svg/hund.svg": None,
            "svg/hund.png": swollen_png(),
            "labels.csv": LABELS.replace("hund.svg", "hund"),
        },
        3,
        "",
    ),
    "a drawing is a PNG": ({"svg/hund.svg": a_png()}, 3, "inte en SVG"),
    "a drawing is huge": ({"svg/hund.svg": svg("".join(map(str, range(120_000))))}, 3, "högst 512 kB"),
}


@pytest.mark.parametrize("case", FAULTY_ROWS)
def test_such_a_picture_or_word_is_refused_by_row_and_column(admin: PageClient, case: str) -> None:
    changes, row, said = FAULTY_ROWS[case]
    page = admin.get(check_pack(admin, a_pack(changes)))
    cells = [" ".join(cell.get_text().split()) for cell in page.select("main tbody tr")[0].select("th, td")]
    assert cells[0] == f"Rad {row}"
    assert re.fullmatch(r"[AB]: (fil|sv)", cells[1])
    assert said in cells[3]
    assert cells[3].endswith(".")
    assert nothing_is_stored()


def test_every_hostile_drawing_of_a_pack_is_named(admin: PageClient) -> None:
    drawings = {f"svg/b{number}.svg": content for number, content in enumerate(HOSTILE.values())}
    labels = "fil;sv\nbuss;Buss\nhund;Hund\n" + "".join(f"{name[4:]};Ord\n" for name in drawings)
    page = admin.get(check_pack(admin, a_pack({**drawings, "labels.csv": labels})))
    assert len(page.select("main tbody tr")) == len(drawings)
    assert nothing_is_stored()


def test_one_bad_picture_among_good_ones_keeps_all_out(admin: PageClient) -> None:
    address = check_pack(admin, a_pack({"svg/hund.svg": svg("<script/>")}))
    assert not admin.get(address).select("form[action$='/las-in']")
    assert nothing_is_stored()


def test_a_file_damaged_inside_is_refused_by_its_row(admin: PageClient) -> None:
    page = admin.get(check_pack(admin, with_a_wrong_sum()))
    assert "Rad 2" in page.words
    assert nothing_is_stored()


def test_a_table_that_holds_markup_is_shown_as_text(admin: PageClient) -> None:
    labels = "fil;sv\nbuss;<b>Buss</b>\nhund;<script>x</script>\n"
    page = admin.get(check_pack(admin, a_pack({"labels.csv": labels})))
    assert "Redo att läsas in: 2 bilder" in page.words
    assert not page.select("main script")
