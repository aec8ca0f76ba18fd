"""Min sida in a real browser: by card, by key, by one key, by touch and without scripts; nothing shuts anybody out."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from aktema.access.codes import CODE_PICTURES
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.demo.own_pages import CARD_ACCOUNT, CODE, card_sign_in
from aktema.people.models import Participant
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_models import Plan
from tests.journeys.conftest import NewContext, staff_of
from tests.journeys.inspection import Inspector
from tests.journeys.served import Site
from tests.support.plan import a_plan

WORDS = {picture.key: str(picture.word) for picture in CODE_PICTURES}
PAGES = (
    "",
    "/plan",
    "/plan/vanlig",
    "/plan/lattlast",
    "/plan/bilder",
    "/imorgon",
    "/jobb",
    "/bilder",
    "/bilder/tack",
    "/mitt-val",
    "/personer",
    "/prata",
    "/lasare",
)
SMALL_TARGETS = """() => [
    ...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 44)
  .map(([words]) => words)"""
MARKS = """() => [...document.querySelectorAll("main :is(.own-mark, [data-said])")].map((one) => {
  const mark = one.matches(".own-mark") ? one : one.querySelector(".own-mark");
  return Boolean(mark?.querySelector("svg")?.checkVisibility() && mark.innerText.trim());
})"""
"""Of everything on the page that is marked, whether an icon and words say so."""
VOICE = """() => {
  window.said = [];
  window.marked = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [], cancel: () => {}, speak: (one) => {
      window.said.push(one.text);
      window.marked.push([...document.querySelectorAll(".is-read")].map((place) => place.textContent.trim()));
      setTimeout(one.onend);
    },
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


def button(page: Page, name: str) -> Locator:
    """The button of that name, also where its answer is the one that was given before."""
    return page.get_by_role("main").get_by_role("button", name=re.compile(f"^{name}( Ditt svar)?$"))


def click(page: Page, name: str) -> None:
    button(page, name).click()


def tab_and_enter(page: Page, name: str) -> None:
    """Go on with Tab until the button has the focus, and press Enter."""
    wanted = button(page, name)
    for _step in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {name}")


def one_key(page: Page, name: str) -> None:
    """Wait until the moving focus stands on the button, and press the one key there is."""
    wanted = button(page, name)
    for _step in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Space")
            return
        page.clock.run_for(FASTEST)
    pytest.fail(f"the focus never came to {name}")


def tap(page: Page, name: str) -> None:
    button(page, name).tap()


def enter(page: Page, site: Site, press: Press = click) -> str:
    """Sign in with the card and its four pictures; returns the address of the person's page."""
    page.goto(card_of(site))
    for number, key in enumerate(CODE, start=1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Bild {number} av 4")
        press(page, WORDS[key])
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Hej "))
    return page.url


WAYS: dict[str, Press] = {
    "pointer": click,
    "keyboard": tab_and_enter,
    "one key": one_key,
    "finger": tap,
    "without scripts": click,
}


def start_one_key(page: Page, site: Site) -> None:
    """Let the focus move by itself, as fast as it can."""
    page.clock.install()
    page.goto(card_of(site))
    click(page, "Styr med en knapp")
    for _press in range(3):
        click(page, "Snabbare")


def every_page(page: Page, own: str) -> tuple[str, ...]:
    """The paths of the person's pages, with one of a job."""
    page.goto(f"{own}/jobb")
    job = page.get_by_role("main").locator("a.door").first.get_attribute("href") or ""
    return (*PAGES, f"/jobb/{job.rpartition('/')[2]}")


@pytest.mark.parametrize(
    ("way", "wish"),
    [
        ("pointer", "Ja"),
        ("keyboard", "Kanske"),
        ("one key", "Nej"),
        ("finger", "Ja"),
        ("without scripts", "Nej"),
    ],
)
def test_the_person_answers_asks_and_leaves_without_writing_a_word(
    site: Site, browser_context: NewContext, way: str, wish: str
) -> None:
    context = browser_context(
        site,
        javascript=way != "without scripts",
        touch=way == "finger",
        width=320 if way == "finger" else 1280,
    )
    page, press = context.new_page(), WAYS[way]
    if way == "one key":
        start_one_key(page, site)
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


def test_the_moving_focus_ends_with_escape(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.goto(card_of(site))
    click(page, "Styr med en knapp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Styr med en knapp")).to_have_attribute("aria-pressed", "false")


def test_no_page_shuts_anybody_out(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.goto(card_of(site))
    found = Inspector(page).inspect("/kort")
    own, inspector = enter(page, site), Inspector(page)
    for path in every_page(page, own):
        inspector.show()
        page.goto(f"{own}{path}")
        found += inspector.inspect(path)
    assert [str(one) for one in found] == []


def test_everything_to_press_is_large_enough(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site, width=320).new_page()
    page.goto(card_of(site))
    small = {"/kort": page.evaluate(SMALL_TARGETS)}
    own = enter(page, site)
    for path in every_page(page, own):
        page.goto(f"{own}{path}")
        small[path] = page.evaluate(SMALL_TARGETS)
    assert {path: words for path, words in small.items() if words} == {}


@pytest.fixture
def draft(site: Site) -> Iterator[None]:
    """A new version of the person's plan, which own words can come into; gone afterwards."""
    with site.app.test_request_context():
        person = select(Participant.id).join(Account, Account.id == Participant.account_id)
        hers = Plan.participant_id.in_(person.where(Account.email == CARD_ACCOUNT))
        last = db.session.scalars(select(Plan).where(hers).order_by(Plan.number.desc())).first()
        assert last is not None
        order = db.session.get_one(ServiceOrder, last.order_id)
        made = a_plan(order, number=last.number + 1, goals=0).id
        db.session.commit()
        db.session.remove()
    yield
    with site.app.test_request_context():
        plan = db.session.get_one(Plan, made)
        for one in (*plan.lines, *plan.participations, plan):
            db.session.delete(one)
        db.session.commit()
        db.session.remove()


@pytest.mark.usefixtures("draft")
def test_where_words_are_written_everything_is_large_enough_too(
    site: Site, browser_context: NewContext
) -> None:
    page = browser_context(site, width=320).new_page()
    page.goto(f"{enter(page, site)}/plan/ord")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mina egna ord")
    assert page.evaluate(SMALL_TARGETS) == []


def test_everything_to_press_is_large_enough_for_a_representative_too(
    site: Site, browser_context: NewContext
) -> None:
    page, who = browser_context(site, width=320).new_page(), staff_of(Role.REPRESENTATIVE)
    page.goto("/logga-in")
    page.get_by_label("E-post").fill(who.email)
    page.get_by_label("Lösenord").fill(who.password)
    click(page, "Logga in")
    page.goto("/min-sida/foretrader")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dem du företräder")
    assert page.evaluate(SMALL_TARGETS) == []


def test_nothing_is_said_by_colour_alone(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    own = enter(page, site)
    page.goto(f"{own}/mitt-val")
    click(page, "Kanske")
    expect(page.locator("[data-said]")).to_contain_text("Kanske")
    marks = dict[str, list[bool]]()
    for path in every_page(page, own):
        page.goto(f"{own}{path}")
        marks[path] = page.evaluate(MARKS)
    assert {path: found for path, found in marks.items() if not all(found)} == {}
    assert len(marks["/mitt-val"]) == 2


def test_what_is_read_aloud_is_what_is_shown(site: Site, browser_context: NewContext) -> None:
    page = browser_context(site).new_page()
    page.add_init_script(f"({VOICE})()")
    own = enter(page, site)
    for path in every_page(page, own):
        page.goto(f"{own}{path}")
        click(page, "Läs upp")
        expect(page.get_by_role("button", name="Läs upp")).to_be_visible()
        page.wait_for_function("said.length === document.querySelectorAll('[data-sentence]').length")
        said, shown = page.evaluate("said"), page.evaluate(SHOWN)
        assert "".join("".join(said).split()) == "".join(shown.split()), path
        assert page.evaluate("marked") == [[sentence] for sentence in said], path
