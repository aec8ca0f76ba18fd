"""Min sida in a real browser: by card, by key, by one key, by touch and without scripts; nothing shuts anybody out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from aktema.access.codes import CODE_PICTURES
from aktema.demo.own_pages import CODE, card_sign_in
from tests.journeys.conftest import NewContext
from tests.journeys.inspection import Inspector
from tests.journeys.served import Site

WORDS = {picture.key: str(picture.word) for picture in CODE_PICTURES}
PAGES = (
    "",
    "/plan",
    "/plan/vanlig",
    "/imorgon",
    "/jobb",
    "/bilder",
    "/bilder/tack",
    "/mitt-val",
    "/personer",
    "/prata",
    "/lasare",
)
SMALL_TARGETS = """() => [...document.querySelectorAll("main :is(a[href], button)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 44)
  .map(([words]) => words)"""
VOICE = """() => {
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [], cancel: () => {}, speak: (one) => { window.said.push(one.text); setTimeout(one.onend); },
  } });
}"""
SHOWN = """() => {
  const room = document.querySelector("[data-read-aloud]").cloneNode(true);
  room.querySelectorAll("[data-speak-bar], [hidden]").forEach((one) => one.remove());
  return room.textContent;
}"""
FASTEST = 1100
Press = Callable[[Page, str], None]


def card_of(site: Site) -> str:
    """The address on the demo's card."""
    with site.app.test_request_context():
        return card_sign_in().address


def click(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def tab_and_enter(page: Page, name: str) -> None:
    """Go on with Tab until the button has the focus, and press Enter."""
    wanted = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    for _step in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {name}")


def one_key(page: Page, name: str) -> None:
    """Wait until the moving focus stands on the button, and press the one key there is."""
    wanted = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    for _step in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Space")
            return
        page.clock.run_for(FASTEST)
    pytest.fail(f"the focus never came to {name}")


def tap(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).tap()


def enter(page: Page, site: Site, press: Press = click) -> str:
    """Sign in with the card and its four pictures; returns the address of the person's page."""
    page.goto(card_of(site))
    for number, key in enumerate(CODE, start=1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Bild {number} av 4")
        press(page, WORDS[key])
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Hej "))
    return page.url


@pytest.mark.parametrize(
    ("way", "wish"), [("pointer", "Ja"), ("keyboard", "Kanske"), ("without scripts", "Nej")]
)
def test_the_person_answers_asks_and_leaves_without_writing_a_word(
    site: Site, browser_context: NewContext, way: str, wish: str
) -> None:
    page = browser_context(site, javascript=way != "without scripts").new_page()
    press = tab_and_enter if way == "keyboard" else click
    own = enter(page, site, press)
    page.goto(f"{own}/mitt-val")
    press(page, wish)
    expect(page.locator("[data-said]")).to_contain_text(wish)
    page.goto(f"{own}/bilder")
    press(page, "Båda")
    press(page, "Sluta välja")
    expect(page.get_by_role("heading", level=1)).to_have_text("Det här tycker jag om")
    press(page, "Klar")
    expect(page.get_by_role("main")).to_contain_text("Hej då!")
    page.goto(own)
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")


def test_one_key_is_enough(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.clock.install()
    page.goto(card_of(site))
    click(page, "Styr med en knapp")
    for _press in range(3):
        click(page, "Snabbare")
    enter(page, site, one_key)


def test_the_moving_focus_ends_with_escape(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.goto(card_of(site))
    click(page, "Styr med en knapp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Styr med en knapp")).to_have_attribute("aria-pressed", "false")


def test_a_finger_is_enough(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(
        base_url=site.address, has_touch=True, viewport={"width": 320, "height": 640}
    )
    enter(context.new_page(), site, tap)
    context.close()


def test_no_page_shuts_anybody_out(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.goto(card_of(site))
    found = Inspector(page).inspect("/kort")
    own, inspector = enter(page, site), Inspector(page)
    for path in PAGES:
        inspector.show()
        page.goto(f"{own}{path}")
        found += inspector.inspect(path)
    assert [str(one) for one in found] == []


def test_everything_to_press_is_large_enough(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site, width=320).new_page()
    page.goto(card_of(site))
    small = {"/kort": page.evaluate(SMALL_TARGETS)}
    own = enter(page, site)
    for path in PAGES:
        page.goto(f"{own}{path}")
        small[path] = page.evaluate(SMALL_TARGETS)
    assert {path: words for path, words in small.items() if words} == {}


def test_what_is_read_aloud_is_what_is_shown(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.add_init_script(f"({VOICE})()")
    own = enter(page, site)
    for path in PAGES:
        page.goto(f"{own}{path}")
        click(page, "Läs upp")
        expect(page.get_by_role("button", name="Läs upp")).to_be_visible()
        page.wait_for_function("said.length === document.querySelectorAll('[data-sentence]').length")
        said = "".join(page.evaluate("said"))
        shown = page.evaluate(SHOWN)
        assert "".join(said.split()) == "".join(shown.split()), path
