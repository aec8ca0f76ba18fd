"""What a person meets when something is wrong: a form sent back, a page that is not there, a page not for them."""

import pytest
from playwright.sync_api import expect

from aktema.access.roles import Role
from tests.journeys.conftest import NewContext, staff_of
from tests.journeys.inspection import Inspector
from tests.journeys.pages import Coach, NewPerson
from tests.journeys.served import SignIn, Site

REFUSED, CONFLICT, FORBIDDEN, MISSING = 422, 409, 403, 404


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/deltagare/ny/namn", "Nästa"),
        ("/deltagare/personnummer", "Sök"),
        ("/arbetsgivare/ny", "Spara"),
        ("/konto/losenord", "Byt lösenord"),
    ],
)
def test_an_empty_form_comes_back_with_the_errors_in_focus(
    browser_context: NewContext, site: Site, coach_sign_in: SignIn, path: str, button: str
) -> None:
    coach = Coach(browser_context(site, refusals=[REFUSED]))
    coach.sign_in(coach_sign_in)
    coach.page.goto(path)
    coach.push(button)
    expect(coach.page.locator("[data-focus-first]")).to_be_focused()
    assert Inspector(coach.page).inspect(path) == []


def test_a_wrong_password_is_said_in_words(browser_context: NewContext, site: Site) -> None:
    coach = Coach(browser_context(site, refusals=[REFUSED]))
    coach.page.goto("/logga-in")
    coach.write("E-post", "ingen@example.se")
    coach.write("Lösenord", "fel lösenord helt")
    coach.push("Logga in")
    expect(coach.page.locator("[data-focus-first]")).to_be_focused()
    assert Inspector(coach.page).inspect("/logga-in") == []


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [(Role.JOB_COACH, "/finns/inte", MISSING), (Role.SYSTEM_ADMIN, "/deltagare", FORBIDDEN)],
)
def test_a_page_that_does_not_open_says_why(
    browser_context: NewContext, site: Site, role: Role, path: str, status: int
) -> None:
    reader = Coach(browser_context(site, refusals=[status]))
    reader.sign_in(staff_of(role))
    answer = reader.page.goto(path)
    assert answer is not None
    assert answer.status == status
    assert Inspector(reader.page).inspect(path) == []


def test_two_who_change_the_same_thing_choose_between_the_versions(
    browser_context: NewContext, site: Site, coach_sign_in: SignIn
) -> None:
    context = browser_context(site, refusals=[CONFLICT])
    first, second, person = Coach(context), Coach(context), NewPerson(first_name="Ronja")
    first.sign_in(coach_sign_in)
    first.register(person)
    address = f"{first.page.url}/uppgifter/andra"
    for coach in (first, second):
        coach.page.goto(address)
    first.write("Förnamn", "Ronia")
    first.push("Spara")
    first.is_at("Uppgifter")
    second.write("Efternamn", "Rövardotter")
    second.push("Spara")
    second.is_at("Någon annan har ändrat samma sak")
    assert Inspector(second.page).inspect(address) == []


def test_a_person_is_found_by_a_part_of_the_name(
    browser_context: NewContext, site: Site, coach_sign_in: SignIn
) -> None:
    coach, person = Coach(browser_context(site)), NewPerson(first_name="Ottilia")
    coach.sign_in(coach_sign_in)
    coach.register(person)
    coach.open_from_menu("Deltagare")
    coach.write("Sök på namn", "ottili")
    coach.push("Sök")
    coach.is_at("Sök deltagare")
    expect(coach.link(person.name)).to_be_visible()
    assert Inspector(coach.page).inspect("/deltagare/sok") == []
