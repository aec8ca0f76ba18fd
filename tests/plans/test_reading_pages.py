"""The pages that a plan is read on: what is read aloud is what is shown, and only those see it who may."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.plan_models import Plan
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

LONG_AGO = clock.today() - timedelta(days=60)
FORMS = ("vanlig", "lattlast", "bilder")


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


def a_fixed_plan(person: Participant, **values: Any) -> Plan:
    decision = a_decision(person, from_date=LONG_AGO)
    coordinator = an_account(Role.COORDINATOR)
    order = an_order(decision, a_unit(), answer="accepted", coordinator=coordinator, first_day=LONG_AGO)
    order.need = "Behöver lugn."
    return a_plan(order, fixed_on=LONG_AGO, **values)


@pytest.fixture
def plan(person: Participant) -> Plan:
    return a_fixed_plan(person)


@pytest.fixture
def browser(session: Session, sign_in: Callable[[Account], PageClient], coach: Account) -> PageClient:
    session.commit()
    return sign_in(coach)


def path_of(plan: Plan, form: str) -> str:
    return f"/deltagare/{plan.participant.public_id}/planer/{plan.public_id}/las/{form}"


def words(text: str) -> str:
    return " ".join(text.split())


def read_aloud(page: Page) -> str:
    return words(" ".join(one.get_text() for one in page.select("[data-read-aloud] [data-sentence]")))


def shown(page: Page) -> str:
    """What stands in the reading, but for the buttons that read it."""
    room = page.select("[data-read-aloud]")[0]
    for bar in room.select("[data-speak-bar]"):
        bar.extract()
    return words(room.get_text(" "))


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_aloud_is_what_is_shown(browser: PageClient, plan: Plan, form: str) -> None:
    page = browser.get(path_of(plan, form))
    assert read_aloud(page) == shown(page) != ""


@pytest.mark.parametrize("path", ["imorgon", "vecka"])
def test_what_is_read_aloud_of_the_days_is_what_is_shown(
    browser: PageClient, plan: Plan, person: Participant, path: str
) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/{path}")
    assert read_aloud(page) == shown(page) != ""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_page_with_ways_to_the_others(browser: PageClient, plan: Plan, form: str) -> None:
    page = browser.get(path_of(plan, form))
    tabs = [str(one["href"]).rpartition("/")[2] for one in page.select(".tabs a")]
    current = [str(one["href"]).rpartition("/")[2] for one in page.select(".tabs a[aria-current]")]
    assert (page.status, tabs, current) == (200, list(FORMS), [form])


def test_the_pictures_stand_with_their_words(browser: PageClient, plan: Plan) -> None:
    slots = browser.get(path_of(plan, "bilder")).select(".picture-slot")
    assert slots
    assert {(one.select_one("img")["alt"], words(one.get_text())) for one in slots} == {("", "växa")}


def test_the_usual_text_stands_without_pictures(browser: PageClient, plan: Plan) -> None:
    page = browser.get(path_of(plan, "vanlig"))
    assert page.select(".picture-slot") == []
    assert "Behöver lugn." in page.words


def test_the_buttons_for_reading_aloud_are_hidden_until_the_browser_can_speak(
    browser: PageClient, plan: Plan
) -> None:
    bar = browser.get(path_of(plan, "lattlast")).select("[data-speak-bar]")[0]
    assert bar.has_attr("hidden")
    assert [one["data-speak"] for one in bar.select("button")] == ["play", "previous", "next", "stop"]


def test_another_form_or_another_persons_plan_is_missing(
    session: Session, browser: PageClient, plan: Plan, coach: Account
) -> None:
    other = a_participant(coach=coach)
    session.commit()
    strange = path_of(plan, "lattlast").replace(plan.participant.public_id, other.public_id)
    assert browser.get(path_of(plan, "klotter")).status == 404
    assert browser.get(strange).status == 404


@pytest.mark.parametrize("path", ["imorgon", "vecka", "planer/{plan}/las/bilder"])
def test_who_may_not_read_the_person_reads_no_plan(
    session: Session, sign_in: Callable[[Account], PageClient], plan: Plan, person: Participant, path: str
) -> None:
    stranger = sign_in(an_account(Role.JOB_COACH, a_unit()))
    page = stranger.get(f"/deltagare/{person.public_id}/{path.format(plan=plan.public_id)}")
    assert page.status == 404


@pytest.mark.parametrize("path", ["imorgon", "vecka", "planer/{plan}/las/bilder"])
def test_each_reading_is_written_down(
    browser: PageClient, plan: Plan, person: Participant, path: str
) -> None:
    browser.get(f"/deltagare/{person.public_id}/{path.format(plan=plan.public_id)}")
    assert [one[0] for one in traces("read")] == ["implementation_plan.read"]


@pytest.mark.parametrize("path", ["imorgon", "vecka", "planer/{plan}/las/bilder"])
def test_a_long_plan_is_read_with_few_statements(
    session: Session, browser: PageClient, person: Participant, queries: QueryCount, path: str
) -> None:
    plan = a_fixed_plan(person, goals=5, activities=8)
    session.commit()
    address = f"/deltagare/{person.public_id}/{path.format(plan=plan.public_id)}"
    queries.statements.clear()
    browser.get(address)
    assert len(queries) <= 12


# --- tomorrow and the week ---


def test_a_person_without_a_plan_has_nothing_planned(browser: PageClient, person: Participant) -> None:
    assert "Du har inget planerat." in browser.get(f"/deltagare/{person.public_id}/imorgon").words
    assert browser.get(f"/deltagare/{person.public_id}/vecka").words.count("Du har inget planerat.") == 7


def test_the_week_shows_the_plan_in_force_with_clocks_and_pictures(
    browser: PageClient, plan: Plan, person: Participant
) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/vecka?fran=2026-03-11")
    days = [words(one.get_text()) for one in page.select(".day-name")]
    assert (days[0], days[-1], len(days)) == ("Måndag 9 mars", "Söndag 15 mars", 7)
    assert len(page.select(".day-item")) == 5
    assert len(page.select("svg.clock")) == 10
    assert len(page.select(".day-item .picture-slot")) == 15


def test_the_week_leads_to_the_weeks_beside_it(browser: PageClient, person: Participant) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/vecka?fran=2026-03-11")
    ways = [
        str(one["href"]).rpartition("fran=")[2] for one in page.select("main nav a") if "fran" in one["href"]
    ]
    assert ways == ["2026-03-02", "2026-03-16"]


@pytest.mark.parametrize("asked", ["", "klotter", "0001-01-01", "9999-12-31", "2026-13-01", "%00"])
def test_a_day_that_cannot_be_shows_this_week(browser: PageClient, person: Participant, asked: str) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/vecka?fran={asked}")
    assert f"Vecka {clock.today().isocalendar().week}" in page.words


def test_tomorrow_is_the_day_after_today(browser: PageClient, person: Participant) -> None:
    tomorrow: date = clock.today() + timedelta(days=1)
    name = browser.get(f"/deltagare/{person.public_id}/imorgon").select(".day-name")[0]
    assert f" {tomorrow.day} " in words(name.get_text())
