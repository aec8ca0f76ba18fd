"""Packs of pictures: read in, found by their words, shown safely, hidden and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access import audit
from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.bench.symbols import packed_folder
from aktema.bootstrap.frontend_files import EXTRA_PICTURES
from aktema.core import jobs
from aktema.core.db import Base, db
from aktema.core.files import StoredFile, content_of
from aktema.core.paths import VENDOR
from aktema.vocabulary.symbol_imports import label
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from aktema.vocabulary.symbol_queries import (
    EXTRA_WORDS,
    address_of,
    find_pictures,
    find_symbols,
    pictured_words,
    symbol_contents,
)
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.imports import press
from tests.support.page import PageClient, filled_in
from tests.support.people import a_unit, an_account
from tests.support.symbols import PREFIX, a_pack, a_png, check_pack, read_in_pack, send_pack, svg

SignIn = Callable[..., PageClient]


@pytest.fixture
def admin(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.SYSTEM_ADMIN))


def words() -> list[tuple[str, str, str]]:
    """The labels of every picture, in the order read in."""
    found = db.session.scalars(select(Symbol).order_by(Symbol.id))
    return [(symbol.label_sv, symbol.label_en, symbol.label_fi) for symbol in found]


def how_many(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the_pack() -> SymbolPack:
    return db.session.scalars(select(SymbolPack)).one()


def test_a_pack_is_read_in_with_its_words_and_terms(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    pack = the_pack()
    assert words() == [("Buss", "Bus", ""), ("Hund", "Dog", "")]
    assert (pack.name, pack.licence, pack.symbol_count, pack.is_on) == (
        "Kommunens bilder",
        "CC BY-SA 4.0",
        2,
        True,
    )


def test_nothing_is_stored_before_whoever_checked_it_says_so(admin: PageClient) -> None:
    address = check_pack(admin, a_pack())
    assert "Redo att läsas in: 2 bilder" in admin.get(address).words
    assert (how_many(SymbolPack), how_many(StoredFile)) == (0, 0)


def test_what_is_stored_is_the_drawing_made_anew(admin: PageClient) -> None:
    read_in_pack(admin, a_pack({"svg/buss.svg": svg("<title>Kims dator</title>")}))
    kept = content_of(db.session.scalars(select(StoredFile).order_by(StoredFile.id)).first() or StoredFile())
    assert (b"Kim" in kept, b"<rect" in kept) == (False, True)


def test_a_png_may_stand_among_drawings(admin: PageClient) -> None:
    labels = "fil;ord\nbuss.svg;Buss\nhund.PNG;Hund\n"
    read_in_pack(admin, a_pack({"svg/hund.svg": None, "svg/hund.png": a_png(), "labels.csv": labels}))
    assert sorted(db.session.scalars(select(StoredFile.media_type))) == ["image/png", "image/svg+xml"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("fil;svenska\nbuss;Buss\nhund;Hund\n", [("Buss", "", ""), ("Hund", "", "")]),
        ("symbol,category\nBUSS,a\nhund,b\n", [("", "BUSS", ""), ("", "hund", "")]),
        (
            "nr;symbol-fi;file\n1;bussi;svg/buss.svg\n2;koira;svg\\hund.svg\n",
            [("", "", "bussi"), ("", "", "koira")],
        ),
        ("fil;sv;en\nbuss;Buss;\nhund;;Dog\n", [("Buss", "", ""), ("", "Dog", "")]),
        ("fil;sv\nkatt;Katt\nhund;Hund\nbuss;Buss\n", [("Hund", "", ""), ("Buss", "", "")]),
    ],
)
def test_file_names_and_languages_are_found_by_themselves(
    admin: PageClient, labels: str, expected: list[tuple[str, str, str]]
) -> None:
    read_in_pack(admin, a_pack({"labels.csv": labels}))
    assert words() == expected


def test_several_tables_are_read_as_one_by_the_files_names(admin: PageClient) -> None:
    finnish = "symbol-en;symbol-fi\nhund;koira\nbuss;bussi\n"
    read_in_pack(admin, a_pack({"fi.csv": finnish}))
    assert words() == [("Buss", "Bus", "bussi"), ("Hund", "Dog", "koira")]


def test_whoever_reads_in_chooses_which_column_is_which_language(admin: PageClient) -> None:
    columns = send_pack(admin, a_pack({"labels.csv": "fil;a;b\nbuss;Buss;Bus\nhund;Hund;Dog\n"}))
    path, form = columns.response.request.path, filled_in(columns.soup.select_one("main form"))
    nothing = admin.post(path, form)
    working = admin.post(path, {**form, "column_label_sv": "2", "column_label_en": "1"})
    jobs.run_next()
    press(admin, working.response.request.path, "las-in")
    jobs.run_next()
    assert (nothing.status, "Välj minst en kolumn." in nothing.words) == (422, True)
    assert words() == [("Bus", "Buss", ""), ("Dog", "Hund", "")]


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("Buss", "Buss"),
        ("a_-_lower_case", "a - lower case"),
        ("baker_2a", "baker"),
        ("air_person_1b", "air person"),
        ("bend_2_,_to", "bend 2, to"),
        ("Buss 2", "Buss 2"),
        ("2", "2"),
    ],
)
def test_names_of_files_become_words(cell: str, word: str) -> None:
    assert label(cell) == word


def test_typed_terms_count_before_those_of_the_zip(admin: PageClient) -> None:
    columns = send_pack(admin, a_pack(), licence="Köpt av kommunen")
    admin.post(columns.response.request.path, filled_in(columns.soup.select_one("main form")))
    jobs.run_next()
    assert "Köpt av kommunen" in admin.get(columns.response.request.path.removesuffix("/kolumner")).words


def test_while_the_file_is_at_work_the_page_comes_again_by_itself(admin: PageClient) -> None:
    columns = send_pack(admin, a_pack())
    working = admin.post(columns.response.request.path, filled_in(columns.soup.select_one("main form")))
    assert working.select("noscript meta[http-equiv=refresh]")
    assert working.select("progress[max='2']")


def test_the_list_says_what_each_pack_is(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    row = " ".join(admin.get("/symboler").select("main tbody tr")[0].get_text(" ").split())
    assert row.startswith("Kommunens bilder 2 CC BY-SA 4.0 ")
    assert row.endswith("Visas")


def test_a_hidden_pack_is_not_offered_but_shown_where_it_is_used(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    found = find_symbols("buss")
    address = f"/symboler/paket/{the_pack().public_id}"
    hidden = press(admin, address, "dolj")
    assert ("Dold" in hidden.words, find_symbols("buss")) == (True, ())
    assert admin.client.get(address_of(found[0].ref)).status_code == 200


def test_a_hidden_pack_can_be_offered_again(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    address = f"/symboler/paket/{the_pack().public_id}"
    press(admin, address, "dolj")
    press(admin, address, "visa")
    assert [found.word for found in find_symbols("buss")] == ["Buss"]


def test_a_button_pressed_twice_says_that_it_is_done(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    address = f"/symboler/paket/{the_pack().public_id}"
    fields = {**filled_in(admin.get(address).soup.select_one("main form")), "version": ""}
    assert "Det är redan gjort." in admin.post(f"{address}/visa", fields).words


def test_taking_a_pack_back_leaves_nothing_of_it(admin: PageClient) -> None:
    address = read_in_pack(admin, a_pack())
    ref = find_symbols("buss")[0].ref
    press(admin, address, "angra")
    assert (how_many(SymbolPack), how_many(Symbol), how_many(StoredFile)) == (0, 0, 0)
    assert admin.client.get(address_of(ref)).status_code == 404


def test_what_is_done_to_packs_leaves_a_trace(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    press(admin, f"/symboler/paket/{the_pack().public_id}", "dolj")
    kept = [detail for _act, kind, detail in traces(audit.WRITE) if kind == "symbol_pack"]
    assert kept == ["import 2", "off"]


def test_only_who_sets_up_the_system_reads_packs_in(sign_in: SignIn) -> None:
    coach = sign_in(an_account(Role.JOB_COACH, a_unit()))
    statuses = [coach.get(path).status for path in ("/symboler", PREFIX, "/ordlista/bilder")]
    assert statuses == [403, 403, 200]
    assert not coach.get("/ordlista/bilder").select("a[href='/symboler']")


def test_a_picture_is_served_so_that_nothing_in_it_runs(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    answer = admin.client.get(address_of(find_symbols("buss")[0].ref))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "private, max-age=31536000, immutable",
    )
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")


@pytest.mark.parametrize("path", ["/symboler/paket/{0}", "/symboler/{0}", "/symboler/ny/{0}"])
def test_what_is_not_there_is_a_missing_page(admin: PageClient, path: str) -> None:
    assert admin.get(path.format("a" * 22)).status == 404


def test_a_picture_is_for_whoever_is_signed_in(admin: PageClient, page: PageClient) -> None:
    read_in_pack(admin, a_pack())
    address = address_of(find_symbols("buss")[0].ref)
    assert page.client.get(address).status_code in (302, 303, 401)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hund", "Hund"),
        ("HUND", "Hund"),
        ("dog", "Hund"),
        ("bus", "Buss"),
        ("åka buss", None),
        ("", None),
        ("%", None),
        ("|", None),
    ],
)
def test_pictures_are_found_by_their_words_in_every_language(
    admin: PageClient, typed: str, first: str | None
) -> None:
    read_in_pack(admin, a_pack())
    assert next((found.word for found in find_symbols(typed)), None) == first


def test_the_very_word_comes_before_words_that_hold_it(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    assert [found.word for found in find_pictures("hund")] == ["Hund", "Ta hand om hundar"]


def test_every_built_in_picture_is_found_by_a_word(session: Session) -> None:
    of_the_vocabulary = {word.picture for word in pictured_words()}
    assert set(EXTRA_PICTURES) <= of_the_vocabulary | set(EXTRA_WORDS)


@pytest.mark.parametrize("typed", ["glad", "brod", "stopp", "ja", "telefon"])
def test_built_in_pictures_are_found_and_lie_on_the_disk(session: Session, typed: str) -> None:
    code = find_pictures(typed)[0].ref.removeprefix("moji:")
    assert not VENDOR.joinpath("openmoji").exists() or VENDOR.joinpath("openmoji", f"{code}.svg").exists()


@pytest.mark.parametrize(
    "ref", ["", "moji:", "moji:../../app", "moji:1f35e", "symbol:", "photo:x", "x:y", "1F35E"]
)
def test_a_reference_to_nothing_shows_nothing(session: Session, ref: str) -> None:
    assert address_of(ref) == ""


def test_pictures_of_many_references_take_one_statement(admin: PageClient, queries: QueryCount) -> None:
    read_in_pack(admin, a_pack())
    ids = [found.ref.removeprefix("symbol:") for found in (*find_symbols("buss"), *find_symbols("hund"))]
    queries.statements.clear()
    assert (len(symbol_contents([*ids, "x"])), symbol_contents([]), len(queries)) == (2, {}, 1)


def test_pages_ask_the_same_few_questions_however_many_pictures(
    admin: PageClient, queries: QueryCount
) -> None:
    many = {f"svg/hund{number}.svg": svg() for number in range(40)}
    rows = "".join(f"hund{number};Hund {number}\n" for number in range(40))
    counts = []
    for pack in (a_pack(), a_pack({**many, "labels.csv": f"fil;sv\nbuss;Buss\nhund;Hund\n{rows}"})):
        read_in_pack(admin, pack)
        for path in ("/symboler", "/ordlista/bilder?q=hund", f"/symboler/paket/{_newest().public_id}"):
            queries.statements.clear()
            admin.get(path)
            counts.append(len(queries))
    assert (counts[:3], max(counts) <= 12) == (counts[3:], True)


def _newest() -> SymbolPack:
    return db.session.scalars(select(SymbolPack).order_by(SymbolPack.id.desc())).first() or SymbolPack()


@pytest.mark.data
def test_the_whole_of_mulberry_is_read_in(admin: PageClient, data_folder: Path) -> None:
    """How long that takes is measured by `bench symbols`."""
    read_in_pack(admin, packed_folder(data_folder / "mulberry"))
    assert how_many(Symbol) == 1_825
    assert "dog" in {found.word for found in find_symbols("koira")}
    assert "creativecommons.org/licenses/by-sa/4.0" in the_pack().licence


def test_a_picture_shown_is_no_reading_about_anybody(admin: PageClient) -> None:
    read_in_pack(admin, a_pack())
    admin.client.get(address_of(find_symbols("buss")[0].ref))
    assert db.session.scalars(select(AccessEntry).where(AccessEntry.participant_id.is_not(None))).all() == []
