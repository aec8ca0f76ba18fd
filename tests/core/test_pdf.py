"""PDFs are tagged, titled and Swedish, and nothing is ever fetched to make one."""

import io
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from PIL import Image, ImageFile
from structlog.testing import capture_logs

from aktema.core import pdf
from aktema.core.pdf import NoPdfError, make_pdf
from tests.support.pdf import ReadPdf

SPROUT = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<path d="M1 1h7v7z" fill="#3a7"/>%s</svg>"""
PAGE = """<!doctype html><html lang="sv"><head>%s</head>
<body data-who="Åsa Łukasz" data-when="2026-03-09" data-page="Sida" data-of="av">
<main><h1>Planen</h1><p>Vi provar.</p><h2>Mål</h2><h3>Prova kök</h3><ul><li>Baka</li></ul>
<table><caption>Veckan</caption><thead><tr><th scope="col">Dag</th><th scope="col">Vad</th></tr></thead>
<tbody><tr><th scope="row">Måndag</th><td>Baka</td></tr></tbody></table>
<img src="picture:moji:1F331" alt="Grodd" style="width: 40px">%s</main></body></html>"""


def pdf_of(body: str = "", head: str = "", picture: bytes = SPROUT % b"") -> bytes:
    return make_pdf(PAGE % (head, body), title="Min plan å", pictures={"moji:1F331": picture})


@pytest.fixture(scope="module")
def read() -> ReadPdf:
    return ReadPdf(pdf_of())


def test_a_pdf_has_no_fault_that_a_machine_can_see(read: ReadPdf) -> None:
    assert read.faults() == []


def test_the_title_and_the_language_are_said(read: ReadPdf) -> None:
    assert (read.reader.metadata or {}).get("/Title") == "Min plan å"
    assert read.root["/Lang"] == "sv"


def test_headings_are_nested_as_on_the_page(read: ReadPdf) -> None:
    assert read.headings() == ["/H1", "/H2", "/H3"]


def test_a_picture_is_a_figure_with_words(read: ReadPdf) -> None:
    assert read.alts() == ["Grodd"]


def test_a_cell_names_its_headings(read: ReadPdf) -> None:
    (cell,) = read.tags("/TD")
    assert len(cell.entries["/A"]["/Headers"]) == 2


def test_page_numbers_and_names_stand_in_the_margin_and_are_not_read_aloud(read: ReadPdf) -> None:
    assert "Sida 1 av 1" in read.text
    assert "Åsa Łukasz" in read.text
    assert len(read.tags("/Document")[0].children) == 1


def test_the_fonts_of_the_product_are_in_the_file(read: ReadPdf) -> None:
    fonts = {font["/BaseFont"].split("+")[1] for font in read.reader.pages[0]["/Resources"]["/Font"].values()}
    assert {"Aktema-Latin", "Aktema-Latin-Ext"} <= fonts


def test_nothing_in_it_says_when_or_by_whom_it_was_made(read: ReadPdf) -> None:
    assert set(read.reader.metadata or {}) == {"/Producer", "/Title"}


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and who called."""
    called: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def wait() -> None:
            try:
                connection, address = server.accept()
            except OSError:
                return
            called.append(str(address))
            connection.close()

        waiting = Thread(target=wait)
        waiting.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/canary", called
        waiting.join()


OUTSIDE = {
    "an image": ('<img src="%s" alt="x">', ""),
    "an image by its set": ('<img srcset="%s 2x" src="%s" alt="x">', ""),
    "a style sheet": ("", '<link rel="stylesheet" href="%s">'),
    "an import": ("", '<style>@import url("%s");</style>'),
    "a background": ('<p style="background: url(%s)">x</p>', ""),
    "a list's mark": ('<ul style="list-style-image: url(%s)"><li>x</li></ul>', ""),
    "written words": ("", '<style>p::before { content: url("%s") }</style>'),
    "a font": ("", '<style>@font-face { font-family: "Aktema Latin"; src: url("%s") }</style>'),
    "an attachment": ("", '<link rel="attachment" href="%s">'),
    "an attached link": ('<a rel="attachment" href="%s">x</a>', ""),
    "an object": ('<object data="%s"></object>', ""),
    "an embedded thing": ('<embed src="%s">', ""),
    "a base": ('<img src="canary" alt="x">', '<base href="%s">'),
    "a drawing in the page": ('<svg width="9" height="9"><image href="%s" width="9" height="9"/></svg>', ""),
    "a drawing's use": ('<svg width="9" height="9"><use href="%s#x"/></svg>', ""),
    "a margin": ("", '<style>@page { @top-left { content: url("%s") } }</style>'),
}


@pytest.mark.parametrize("where", OUTSIDE)
def test_nothing_is_fetched_from_the_network(where: str) -> None:
    body, head = OUTSIDE[where]
    with listening() as (address, called), capture_logs() as logs:
        made = pdf_of(body.replace("%s", address), head.replace("%s", address))
    assert called == []
    assert ReadPdf(made).pages == 1
    assert [log["http"] for log in logs if log["event"] == "pdf_left_out"][:1] or "use" in where


@pytest.mark.parametrize("where", OUTSIDE)
def test_no_file_of_the_machine_is_read(where: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_bytes(SPROUT % b"<text>KANARIEFAGEL</text>" + b"p::after { content: 'KANARIEFAGEL' }")
    body, head = OUTSIDE[where]
    made = pdf_of(body.replace("%s", canary.as_uri()), head.replace("%s", canary.as_uri()))
    assert b"KANARIEFAGEL" not in made
    read = ReadPdf(made)
    assert "KANARIEFAGEL" not in read.text
    assert "/EmbeddedFiles" not in str(read.root.get("/Names", ""))


@pytest.mark.parametrize(
    "scheme", ["http://127.0.0.1:9/x", "file:///etc/passwd", "picture:moji:none", "data:,x"]
)
def test_a_picture_that_was_handed_in_fetches_nothing_either(scheme: str) -> None:
    inner = f'<image xlink:href="{scheme}" width="9" height="9"/>'.encode()
    with capture_logs() as logs:
        made = pdf_of(picture=SPROUT % inner)
    assert ReadPdf(made).faults() == []
    assert any(log["event"] == "pdf_left_out" for log in logs)


def test_what_was_left_out_is_logged_by_kind_and_not_by_name() -> None:
    with capture_logs() as logs:
        pdf_of(
            '<img src="picture:photo:Kalle" alt="Kalle"><img src="picture:x" alt="y"><img src="data:,x" alt="z">'
        )
    assert logs == [{"event": "pdf_left_out", "log_level": "warning", "picture": 2, "data": 1}]


@pytest.mark.parametrize("name", ["../../secret", "%2e%2e/secret.woff2", "secret.css", "missing.woff2"])
def test_only_the_fonts_of_the_product_are_read(name: str) -> None:
    style = f'<style>@font-face {{ font-family: X; src: url("font:{name}") }}</style>'
    with capture_logs() as logs:
        pdf_of(head=style)
    assert [log["font"] for log in logs] == [1]


def test_where_a_picture_is_missing_its_words_stand() -> None:
    assert "Äpple" in ReadPdf(pdf_of('<p><img src="picture:photo:x" alt="Äpple"></p>')).text


def test_an_arc_without_a_radius_does_not_tear_a_drawing_apart() -> None:
    corner = SPROUT % b'<path d="M2 2a0 0 0 0 1 3 3z" fill="#000"/>'
    content = ReadPdf(pdf_of(picture=corner)).reader.pages[0].get_contents()
    assert content is not None
    assert b"\n5 5 l\n" in content.get_data()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_are_shown_too(kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (30, 20), "green").save(file, kind)
    read = ReadPdf(pdf_of(picture=file.getvalue()))
    assert (read.faults(), len(read.reader.pages[0].images)) == ([], 1)


@pytest.mark.parametrize("broken", [b"", b"<svg", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg>&x;</svg>"])
def test_where_a_picture_is_broken_its_words_stand(broken: bytes) -> None:
    read = ReadPdf(pdf_of(picture=broken))
    assert read.faults() == []
    assert "Grodd" in read.text


def test_the_library_has_nothing_to_complain_of(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf_of()
    assert caplog.records == []


def test_without_pango_it_says_what_to_do_instead(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *rest: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with app.test_request_context("/"), pytest.raises(NoPdfError) as refused:
        pdf_of()
    assert refused.value.message == "PDF kan inte göras här. Skriv ut sidan i stället."


def test_photos_that_are_broken_off_are_refused_after_a_pdf_was_made_too() -> None:
    make_pdf("<h1>Plan</h1>", title="Plan", pictures={})
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
