"""The inspection sees what it looks for: each flaw made on purpose, on a page that has no other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import Watch
from tests.journeys.inspection import Flaw, Inspector

SOUND = """<!DOCTYPE html><html lang="sv"><title>Sidan</title><style>{style}</style>
<main><h1>Sidan</h1><p>Text och <a href="#bild">en länk</a>.</p>{body}</main></html>"""


@pytest.fixture
def blank_page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("style", "body", "flaws"),
    [
        ("", "", []),
        ("", '<img id="bild" src="data:,">', [Flaw.ACCESS]),
        ("@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }", "", [Flaw.DARK]),
        ("", '<p style="inline-size: 400px">Bred</p>', [Flaw.PHONE]),
        ("", '<p style="inline-size: calc(22rem - 60px)">Bred</p>', [Flaw.LARGE_TEXT]),
        ("a:focus { outline: none }", "", [Flaw.FOCUS]),
    ],
)
def test_the_inspection_finds_the_flaw_and_no_other(
    blank_page: Page, style: str, body: str, flaws: list[Flaw]
) -> None:
    inspector = Inspector(blank_page)
    inspector.show()
    blank_page.set_content(SOUND.format(style=style, body=body))
    assert sorted({finding.flaw for finding in inspector.inspect("sidan")}) == flaws


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("console.error('Hoppsan')", "console error: Hoppsan"),
        ("throw new Error('Trasig')", "script: Trasig"),
    ],
)
def test_the_watch_hears_every_complaint(chromium: Browser, script: str, fault: str) -> None:
    watch, context = Watch(), chromium.new_context()
    watch.over(context)
    page = context.new_page()
    page.set_content(f"<script>setTimeout(() => {{ document.title = 'klar'; {script} }})</script>")
    page.wait_for_function("document.title === 'klar'")
    context.close()
    assert watch.faults == [fault]
