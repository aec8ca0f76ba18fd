"""The pages about accounts and units, as managers and administrators use them."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import Account, Membership, Unit
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES, Role
from aktema.core import clock
from aktema.core.ids import new_public_id
from tests.conftest import QueryCount
from tests.support.access import PASSWORD, also, is_signed_in, traces
from tests.support.page import Page, PageClient, filled_in
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def here(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(here: Unit) -> Account:
    return an_account(Role.JOB_COACH, here, name="Åsa Coach")


@pytest.fixture
def manager(here: Unit, sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.UNIT_MANAGER, here, name="Mio Chef"))


@pytest.fixture
def admin(session: Session, sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.SYSTEM_ADMIN, name="Sam System"))


def at(account: Account, rest: str = "") -> str:
    return f"/konton/{account.public_id}{rest}"


def press(page: PageClient, account: Account, what: str) -> Page:
    """Press the button that posts there on the account's page."""
    return page.submit(at(account), {}, css=f"form[action='{at(account, what)}']")


def invite(page: PageClient, **changes: str) -> Page:
    typed = {"name": "Bo Ny", "email": "bo.ny@example.se", "role": "job_coach", **changes}
    return page.submit("/konton/nytt", typed, css="main form.form")


GETS = ("/konton", "/konton/nytt", "/enheter", "/enheter/ny")
MAY = {
    Role.UNIT_MANAGER: {"/konton", "/konton/nytt"},
    Role.SYSTEM_ADMIN: set(GETS),
}


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("role", list(Role))
def test_pages_open_for_managers_and_administrators_only(
    session: Session, sign_in: SignIn, role: Role, path: str
) -> None:
    page = sign_in(an_account(role, a_unit() if role in UNIT_ROLES else None))
    assert page.get(path).status == (200 if path in MAY.get(role, set()) else 403)


POSTS = ("/roller", "/roller/slut", "/lank", "/stang", "/oppna")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("role", sorted(STAFF_ROLES - {Role.UNIT_MANAGER, Role.SYSTEM_ADMIN}))
def test_no_other_role_changes_an_account(
    sign_in: SignIn, coach: Account, here: Unit, role: Role, path: str
) -> None:
    page = sign_in(an_account(role, here if role in UNIT_ROLES else None))
    token = page.get("/konto").hidden()["csrf_token"]
    assert page.post(at(coach, path), {"csrf_token": token}).status == 403


@pytest.mark.parametrize("path", [*POSTS, "/inloggningar/slut"])
def test_an_account_of_another_unit_is_missing_to_a_manager(manager: PageClient, path: str) -> None:
    stranger = an_account(Role.JOB_COACH, a_unit())
    token = manager.get("/konto").hidden()["csrf_token"]
    assert manager.post(at(stranger, path), {"csrf_token": token}).status == 404


def test_a_coach_ends_nobody_elses_sessions(sign_in: SignIn, coach: Account, here: Unit) -> None:
    page = sign_in(an_account(Role.JOB_COACH, here))
    token = page.get("/konto").hidden()["csrf_token"]
    assert page.post(at(coach, "/inloggningar/slut"), {"csrf_token": token}).status == 404


@pytest.mark.parametrize("path", ["", "/roller"])
def test_an_account_that_does_not_exist_is_missing(admin: PageClient, path: str) -> None:
    token = admin.get("/konto").hidden()["csrf_token"]
    address = f"/konton/{new_public_id()}{path}"
    answer = admin.post(address, {"csrf_token": token}) if path else admin.get(address)
    assert answer.status == 404


def test_a_refusal_leaves_a_trace(sign_in: SignIn, coach: Account) -> None:
    sign_in(coach).get("/konton")
    assert traces("refused") == [("user.list", "", "403")]


def test_a_manager_sees_own_people_and_no_others(manager: PageClient, coach: Account) -> None:
    an_account(Role.JOB_COACH, a_unit(), name="Ove Annanstans")
    words = manager.get("/konton").words
    assert ("Åsa Coach" in words, "Ove Annanstans" in words) == (True, False)


def test_an_administrator_sees_everyone(admin: PageClient, coach: Account) -> None:
    also(coach, Role.COORDINATOR, a_unit("Linden"))
    words = admin.get("/konton").words
    assert "Åsa Coach" in words
    assert "Koordinator, Linden" in words


def test_an_account_without_roles_says_so(admin: PageClient, coach: Account) -> None:
    press(admin, coach, "/roller/slut")
    assert "Ingen roll just nu" in admin.get("/konton").words
    assert "kommer inte åt något" in admin.get(at(coach)).words


def test_the_list_takes_the_same_queries_for_three_and_for_sixty(
    admin: PageClient, here: Unit, session: Session, queries: QueryCount
) -> None:
    admin.get("/konton")
    queries.statements.clear()
    admin.get("/konton")
    few = len(queries)
    for _number in range(60):
        an_account(Role.JOB_COACH, here)
    session.commit()
    queries.statements.clear()
    admin.get("/konton")
    assert (len(queries), few <= 12) == (few, True)


def test_the_list_goes_on_to_a_next_page_and_back(admin: PageClient, here: Unit, session: Session) -> None:
    for number in range(60):
        an_account(Role.JOB_COACH, here, name=f"Person {number:02}")
    session.commit()
    first = admin.get("/konton")
    second = admin.get(first.select("nav.pager a")[-1]["href"])
    back = admin.get(second.select("nav.pager a")[0]["href"])
    assert (len(first.select("tbody tr")), back.words) == (50, first.words)


@pytest.mark.parametrize("cursor", ["x", "%00", "A" * 22])
def test_a_cursor_that_is_none_gives_the_first_page(admin: PageClient, coach: Account, cursor: str) -> None:
    assert "Åsa Coach" in admin.get(f"/konton?efter={cursor}").words


def test_an_invitation_shows_a_link_that_works(manager: PageClient, page: PageClient, here: Unit) -> None:
    answer = invite(manager, unit=here.public_id)
    link = answer.select("main code")[0].get_text().strip()
    path = "/inbjudan/" + link.rpartition("/")[2]
    page.submit(path, {"new": PASSWORD, "again": PASSWORD})
    assert (answer.status, is_signed_in(page)) == (200, True)


def test_the_link_begins_with_the_installations_own_address_not_the_requests(
    manager: PageClient, here: Unit
) -> None:
    (link,) = invite(manager, unit=here.public_id).select("main code")
    assert link.get_text().startswith("http://127.0.0.1:8000/inbjudan/")


def test_the_link_is_shown_once(manager: PageClient, here: Unit) -> None:
    invite(manager, unit=here.public_id)
    assert "/inbjudan/" not in manager.get("/konton").text + manager.get("/konton/nytt").text


def test_the_link_says_how_long_it_works(manager: PageClient, here: Unit) -> None:
    assert "i 7 dagar" in invite(manager, unit=here.public_id).words


@pytest.mark.asvs("V6.4.6")
def test_no_page_about_others_has_a_password_field(admin: PageClient, coach: Account) -> None:
    pages = [admin.get(path) for path in ("/konton/nytt", at(coach))]
    assert not any(page.select("input[type=password]") for page in pages)


def test_the_same_invitation_sent_twice_makes_one_account(
    manager: PageClient, here: Unit, session: Session
) -> None:
    form = manager.get("/konton/nytt").soup.select_one("main form.form")
    typed = {**filled_in(form), "name": "Bo", "email": "bo@x.se", "role": "job_coach", "unit": here.public_id}
    manager.post("/konton/nytt", typed)
    manager.post("/konton/nytt", typed)
    assert session.scalar(select(func.count()).where(Account.email == "bo@x.se")) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Fyll i det här."),
        ({"email": ""}, "Fyll i det här."),
        ({"email": "bo"}, "Skriv en hel adress"),
        ({"email": "bo@x.se\0"}, "tecken som inte går att spara"),
        ({"email": "bo@" + "x" * 50_000 + ".se"}, "Texten är för lång"),
        ({"unit": ""}, "Välj enheten där personen arbetar."),
        ({"unit": "x"}, "Inte ett giltigt val"),
        ({"role": "unit_manager"}, "Inte ett giltigt val"),
    ],
)
def test_a_wrong_invitation_is_shown_again(
    manager: PageClient, here: Unit, typed: dict[str, str], words: str
) -> None:
    answer = invite(manager, **{"unit": here.public_id, **typed})
    assert (answer.status, answer.select("[name=name]")[0]["value"]) == (422, typed.get("name", "Bo Ny"))
    assert words in answer.words


def test_a_role_without_a_unit_takes_none(admin: PageClient, here: Unit) -> None:
    wrong = invite(admin, role="lss_handler", unit=here.public_id)
    right = invite(admin, role="lss_handler", unit="")
    assert (wrong.status, right.status) == (422, 200)


def test_an_address_that_is_taken_is_said_at_its_field(
    manager: PageClient, coach: Account, here: Unit
) -> None:
    answer = invite(manager, email=coach.email, unit=here.public_id)
    assert "Adressen har redan ett konto" in answer.select("#email-error")[0].get_text()


def test_a_role_is_given_and_ended(manager: PageClient, coach: Account, here: Unit) -> None:
    typed = {"role": "coordinator", "unit": here.public_id}
    manager.submit(at(coach), typed, css=f"form[action='{at(coach, '/roller')}']")
    given = [one.role for one in coach.memberships]
    page = press(manager, coach, "/roller/slut")
    assert given == [Role.JOB_COACH, Role.COORDINATOR]
    assert "Roller som har slutat" in page.words


def test_a_role_that_is_held_already_is_refused_on_the_page(
    manager: PageClient, coach: Account, here: Unit
) -> None:
    typed = {"role": "job_coach", "unit": here.public_id}
    answer = manager.submit(at(coach), typed, css=f"form[action='{at(coach, '/roller')}']")
    assert (answer.status, "Personen har redan den rollen där." in answer.words) == (422, True)


def test_ending_a_role_twice_is_missing(manager: PageClient, coach: Account) -> None:
    form = manager.get(at(coach)).soup.select_one(f"form[action='{at(coach, '/roller/slut')}']")
    also(coach, Role.COORDINATOR, coach.memberships[0].unit)
    first = manager.post(at(coach, "/roller/slut"), filled_in(form))
    another_try = {**filled_in(form), "idempotency_key": "another"}
    assert (first.status, manager.post(at(coach, "/roller/slut"), another_try).status) == (200, 404)


def test_a_membership_of_somebody_else_cannot_be_ended(
    manager: PageClient, coach: Account, here: Unit
) -> None:
    other = an_account(Role.JOB_COACH, here)
    form = manager.get(at(coach)).soup.select_one(f"form[action='{at(coach, '/roller/slut')}']")
    typed = {**filled_in(form), "membership": str(other.memberships[0].id)}
    assert manager.post(at(coach, "/roller/slut"), typed).status == 404


@pytest.mark.asvs("V7.4.5")
def test_a_manager_signs_a_coach_out_everywhere(manager: PageClient, coach: Account, sign_in: SignIn) -> None:
    elsewhere = sign_in(coach)
    press(manager, coach, "/inloggningar/slut")
    assert not is_signed_in(elsewhere)


def test_an_account_is_closed_and_opened_again(manager: PageClient, coach: Account) -> None:
    closed = press(manager, coach, "/stang")
    was_active = coach.is_active
    opened = press(manager, coach, "/oppna")
    assert (was_active, coach.is_active) == (False, True)
    assert "Kontot är stängt." in closed.words
    assert "Kontot är öppet igen." in opened.words


def test_a_new_link_is_shown_and_ends_sessions(manager: PageClient, coach: Account, sign_in: SignIn) -> None:
    elsewhere = sign_in(coach)
    answer = press(manager, coach, "/lank")
    assert "/inbjudan/" in answer.select("main code")[0].get_text()
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("path", ["/roller", "/lank", "/inloggningar/slut", "/stang", "/oppna"])
def test_an_act_on_an_account_with_a_role_above_says_why_not(
    manager: PageClient, coach: Account, here: Unit, path: str
) -> None:
    also(coach, Role.SYSTEM_ADMIN)
    token = manager.get("/konto").hidden()["csrf_token"]
    typed = {"csrf_token": token, "role": "coordinator", "unit": here.public_id}
    answer = manager.post(at(coach, path), typed)
    assert (answer.status, "en roll som inte är din att ge" in answer.text) == (422, True)


def test_a_page_about_an_account_out_of_reach_offers_no_acts(manager: PageClient, coach: Account) -> None:
    also(coach, Role.SYSTEM_ADMIN)
    assert not manager.get(at(coach)).select("main form")


def test_the_own_account_offers_no_acts(admin: PageClient, session: Session) -> None:
    own = session.scalars(
        select(Account).join(Membership).where(Membership.role_code == "system_admin")
    ).one()
    assert not admin.get(at(own)).select("main form")


def test_a_unit_is_made_changed_and_closed(admin: PageClient, session: Session) -> None:
    admin.submit(
        "/enheter/ny", {"name": "Granen", "kind": "private", "provider": "Framtid AB"}, css="main form"
    )
    made = session.scalars(select(Unit).where(Unit.name == "Granen")).one()
    typed = {"name": "Gran", "closed_on": clock.today().isoformat()}
    admin.submit(f"/enheter/{made.public_id}", typed, css="main form")
    assert (made.name, made.kind, made.closed_on) == ("Gran", "private", clock.today())
    assert "Framtid AB" in admin.get("/enheter").words


def test_the_same_new_unit_sent_twice_makes_one(admin: PageClient, session: Session) -> None:
    form = admin.get("/enheter/ny").soup.select_one("main form")
    typed = {**filled_in(form), "name": "Granen", "kind": "municipal"}
    first, second = (admin.post("/enheter/ny", typed, follow=False) for _number in range(2))
    assert (first.location, second.location) == ("/enheter", "/enheter")
    assert session.scalar(select(func.count()).where(Unit.name == "Granen")) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Fyll i det här."),
        ({"kind": "x"}, "Vem driver enheten?"),
        ({"closed_on": "igår"}, "ÅÅÅÅ-MM-DD"),
    ],
)
def test_a_wrong_unit_is_shown_again(
    admin: PageClient, here: Unit, typed: dict[str, str], words: str
) -> None:
    answer = admin.submit(f"/enheter/{here.public_id}", typed, css="main form")
    assert (answer.status, words in answer.words) == (422, True)


def test_a_name_another_unit_has_is_refused_at_its_field(admin: PageClient, here: Unit) -> None:
    answer = admin.submit("/enheter/ny", {"name": here.name, "kind": "municipal"}, css="main form")
    assert "Det finns redan en enhet" in answer.select("#name-error")[0].get_text()


def test_a_stale_unit_shows_both_and_keeps_what_was_typed(admin: PageClient, here: Unit) -> None:
    path = f"/enheter/{here.public_id}"
    stale = filled_in(admin.get(path).soup.select_one("main form"))
    admin.submit(path, {"name": "Först Sparad"}, css="main form")
    answer = admin.post(path, {**stale, "name": "Sist Skriven"})
    assert answer.status == 409
    assert ("Sist Skriven" in answer.words, "Först Sparad" in answer.words) == (True, True)


def test_what_was_typed_can_be_saved_from_the_conflict_page(admin: PageClient, here: Unit) -> None:
    path = f"/enheter/{here.public_id}"
    stale = filled_in(admin.get(path).soup.select_one("main form"))
    admin.submit(path, {"name": "Först Sparad"}, css="main form")
    conflict = admin.post(path, {**stale, "name": "Sist Skriven"})
    admin.post(path, filled_in(conflict.soup.select_one("main form")))
    assert here.name == "Sist Skriven"


def test_a_unit_that_does_not_exist_is_missing(admin: PageClient) -> None:
    assert admin.get(f"/enheter/{new_public_id()}").status == 404


def test_an_empty_installation_says_what_to_do_first(admin: PageClient) -> None:
    assert "Lägg upp den första" in admin.get("/enheter").words
