"""A step on the phone: three taps and one line, and an hour without network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.pages import Coach
from tests.journeys.served import SignIn, Site

STORE = "aktema-steps"
PHONE = 320


@pytest.fixture
def phone(browser_context: NewContext, site: Site) -> BrowserContext:
    return browser_context(site, touch=True, width=PHONE, goes_offline=True)


@pytest.fixture
def coach(phone: BrowserContext, coach_sign_in: SignIn) -> Coach:
    coach = Coach(phone)
    coach.sign_in(coach_sign_in)
    return coach


def open_form(coach: Coach) -> None:
    """Two taps from Idag: the button, and the person."""
    coach.page.goto("/")
    coach.follow("Skriv ett steg")
    coach.page.locator("a.task-title").first.click()
    coach.is_at("Skriv ett steg")


def save(coach: Coach, line: str) -> None:
    coach.write("Vad hände? En rad räcker.", line)
    coach.push("Spara steget")


def note(page: Page, words: str) -> None:
    expect(page.locator("[data-step-queue]")).to_contain_text(words)


def stored(page: Page) -> str | None:
    found: str | None = page.evaluate(f"localStorage.getItem('{STORE}')")
    return found


def timeline_of(coach: Coach) -> str:
    """Everything on the timeline of the person whose form is open, or was."""
    address = coach.page.evaluate("document.querySelector('form#log-step').action")
    coach.page.goto(str(address).replace("/steg", "/tidslinje"))
    return coach.page.get_by_role("main").inner_text()


def test_a_step_takes_three_taps_and_one_line(coach: Coach) -> None:
    open_form(coach)
    save(coach, "Tre tryck och en rad.")
    coach.says("Steget är sparat.")
    open_form(coach)
    assert timeline_of(coach).count("Tre tryck och en rad.") == 1


def test_steps_without_network_wait_sealed_and_are_sent_once(phone: BrowserContext, coach: Coach) -> None:
    open_form(coach)
    phone.set_offline(True)
    for line in ("Utan nät i källaren.", "Utan nät på bussen."):
        save(coach, line)
    note(coach.page, "Steg som väntar på nät: 2.")
    assert "källaren" not in str(stored(coach.page))
    phone.set_offline(False)
    note(coach.page, "Steg som nu är skickade: 2.")
    assert stored(coach.page) is None
    told = timeline_of(coach)
    assert (told.count("Utan nät i källaren."), told.count("Utan nät på bussen.")) == (1, 1)


def test_who_has_been_signed_out_signs_in_and_then_it_is_sent(
    phone: BrowserContext, coach: Coach, coach_sign_in: SignIn
) -> None:
    open_form(coach)
    phone.set_offline(True)
    save(coach, "Hann bli utloggad.")
    note(coach.page, "Steg som väntar på nät: 1.")
    phone.clear_cookies(name="sid")
    phone.set_offline(False)
    coach.page.goto("/logga-in")
    note(coach.page, "Steg som skickas när du har loggat in: 1.")
    coach.sign_in(coach_sign_in)
    note(coach.page, "Steg som nu är skickade: 1.")
    open_form(coach)
    assert timeline_of(coach).count("Hann bli utloggad.") == 1


def an_entry_of_somebody_else(page: Page) -> None:
    entry = "{at: Date.now(), iv: 'AAAAAAAAAAAAAAAA', sealed: 'AAAA', refused: false}"
    page.evaluate(f"localStorage.setItem('{STORE}', JSON.stringify([{entry}]))")


def an_entry_that_was_refused(page: Page) -> None:
    entry = "{at: Date.now(), iv: 'AAAAAAAAAAAAAAAA', sealed: 'AAAA', refused: true}"
    page.evaluate(f"localStorage.setItem('{STORE}', JSON.stringify([{entry}]))")


def an_old_entry(page: Page) -> None:
    entry = "{at: Date.now() - 61 * 60 * 1000, iv: 'AAAAAAAAAAAAAAAA', sealed: 'AAAA', refused: true}"
    page.evaluate(f"localStorage.setItem('{STORE}', JSON.stringify([{entry}]))")


@pytest.mark.parametrize("kept", [an_entry_of_somebody_else, an_old_entry])
def test_what_is_anothers_or_an_hour_old_is_erased(coach: Coach, kept: Callable[[Page], None]) -> None:
    kept(coach.page)
    coach.page.reload()
    coach.page.wait_for_function(f"localStorage.getItem('{STORE}') === null")
    assert stored(coach.page) is None


def test_signing_out_erases_what_waits(coach: Coach) -> None:
    an_entry_that_was_refused(coach.page)
    coach.page.locator("summary.tool-button").click()
    coach.page.get_by_role("button", name="Logga ut").click()
    coach.is_at("Logga in")
    assert stored(coach.page) is None
