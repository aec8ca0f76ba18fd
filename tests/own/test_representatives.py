"""Representatives: they see what their mandate covers, and what they say is theirs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.models import Introduction
from aktema.pathway.operations import open_introduction
from aktema.plans.wish_models import OwnWorkWish
from tests.support.employers import a_placement
from tests.support.own import Someone, a_representative, someone
from tests.support.page import Page, PageClient
from tests.support.people import act_as, an_account

SignIn = Callable[[Account], PageClient]
PAGES = (
    "",
    "/personer",
    "/lasare",
    "/plan",
    "/plan/vanlig",
    "/plan/lattlast",
    "/plan/bilder",
    "/imorgon",
    "/bilder",
    "/bilder/tack",
    "/jobb",
    "/mitt-val",
    "/prata",
)


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


def press(browser: PageClient, path: str, css: str = "main form", **values: str) -> Page:
    """Press a button of the form that holds it."""
    return browser.post(path, {**browser.get(path).hidden(css), **values})


def asked(who: Someone) -> Introduction:
    """The person has been asked about a job."""
    placement = a_placement()
    coach = act_as(who.coach)
    introduction = open_introduction(
        coach, who.person, placement_id=placement.id, placement_title=placement.title
    )
    db.session.commit()
    return introduction


def test_a_representative_sees_whom_they_represent(sign_in: SignIn, who: Someone) -> None:
    _row, account = a_representative(who.person)
    page = sign_in(account).get("/")
    assert who.person.name in page.words


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/bilder"])
def test_a_representative_reads_the_persons_pages_and_is_told_as_whom(
    sign_in: SignIn, who: Someone, path: str
) -> None:
    _row, account = a_representative(who.person)
    page = sign_in(account).get(who.page(path))
    assert (page.status, "Du ser sidan som god man" in page.words) == (200, True)


def test_a_representative_chooses_no_pictures_and_answers_about_no_job(sign_in: SignIn, who: Someone) -> None:
    _row, account = a_representative(who.person)
    browser, introduction = sign_in(account), asked(who)
    path = who.page(f"/jobb/{introduction.public_id}")
    shown = browser.get(path)
    assert "Vill du prova?" not in shown.words
    assert browser.post(path, {**shown.hidden(), "answer": "yes"}).status == 403
    assert browser.get(who.page("/bilder")).status == 403


def no_proof(who: Someone) -> Account:
    return a_representative(who.person, is_proved=False)[1]


def ended_mandate(who: Someone) -> Account:
    return a_representative(who.person, to_date=clock.today() - timedelta(days=1))[1]


def of_someone_else(who: Someone) -> Account:
    return a_representative(someone(first_name="Bo").person)[1]


def protected(who: Someone) -> Account:
    who.person.has_protected_identity = True
    return a_representative(who.person)[1]


@pytest.mark.parametrize("account", [no_proof, ended_mandate, of_someone_else, protected])
def test_without_a_live_mandate_nothing_is_shown(
    sign_in: SignIn, who: Someone, account: Callable[[Someone], Account]
) -> None:
    browser = sign_in(account(who))
    assert {browser.get(who.page(path)).status for path in ("", "/plan", "/lasare", "/personer")} == {404}
    assert who.person.name not in browser.get("/").words


@pytest.mark.parametrize("path", PAGES)
def test_whoever_looks_after_money_alone_sees_nothing(sign_in: SignIn, who: Someone, path: str) -> None:
    _, account = a_representative(who.person, areas="property")
    assert sign_in(account).get(who.page(path)).status in (403, 404)


@pytest.mark.parametrize(
    ("path", "status"), [("", 200), ("/plan", 200), ("/lasare", 200), ("/jobb", 404), ("/mitt-val", 404)]
)
def test_whoever_guards_rights_sees_the_plan_but_not_what_the_days_are_to_be(
    sign_in: SignIn, who: Someone, path: str, status: int
) -> None:
    _, account = a_representative(who.person, areas="rights")
    assert sign_in(account).get(who.page(path)).status == status


def test_there_is_no_door_to_what_the_mandate_does_not_cover(sign_in: SignIn, who: Someone) -> None:
    _, account = a_representative(who.person, areas="rights")
    doors = [link["href"] for link in sign_in(account).get(who.page()).select(".door")]
    assert who.page("/plan") in doors
    assert not {who.page("/jobb"), who.page("/mitt-val")} & {*doors}


def test_a_mandate_that_ends_while_signed_in_shows_nothing_at_the_next_request(
    sign_in: SignIn, session: Session, who: Someone
) -> None:
    row, account = a_representative(who.person)
    browser = sign_in(account)
    assert browser.get(who.page()).status == 200
    row.to_date = clock.today() - timedelta(days=1)
    session.commit()
    assert browser.get(who.page()).status == 404


def test_what_a_representative_answers_is_never_the_persons(
    sign_in: SignIn, session: Session, who: Someone
) -> None:
    _row, account = a_representative(who.person)
    press(sign_in(account), who.page("/mitt-val"), answer="yes")
    assert session.scalars(select(OwnWorkWish.said_by)).all() == ["representative"]
    assert "vill arbeta" not in sign_in(who.coach).get("/").words
    assert sign_in(who.account).get(who.page("/mitt-val")).select("[data-said]") == []


def test_a_representative_who_asks_to_talk_is_told_as_one(sign_in: SignIn, who: Someone) -> None:
    _row, account = a_representative(who.person)
    press(sign_in(account), who.page("/prata"), kind="coach")
    assert "företrädare vill prata med dig" in sign_in(who.coach).get("/").words


def test_a_proved_representative_gets_a_sign_in_of_their_own(
    sign_in: SignIn, page: PageClient, session: Session, who: Someone
) -> None:
    row, _account = a_representative(who.person)
    row.account_id = None
    handler = handler_of(who)
    path = f"/deltagare/{who.person.public_id}/foretradare/{row.public_id}/inloggning"
    answer = sign_in(handler).submit(path, {"email": "gode@man.se"})
    link = str(answer.select("code")[0].get_text())
    words = {"new": "sju gula båtar på sjön", "again": "sju gula båtar på sjön"}
    opened = page.submit("/" + link.split("/", 3)[3], words)
    assert who.person.name in opened.words


def handler_of(who: Someone) -> Account:
    from tests.support.people_builders import an_assignment

    handler = an_account(Role.LSS_HANDLER)
    an_assignment(who.person, kind="handler", account=handler)
    return handler


@pytest.mark.parametrize("problem", ["unproved", "staff"])
def test_who_may_not_be_let_in_is_not(sign_in: SignIn, session: Session, who: Someone, problem: str) -> None:
    row, _account = a_representative(who.person, is_proved=problem != "unproved")
    row.account_id = None
    path = f"/deltagare/{who.person.public_id}/foretradare/{row.public_id}/inloggning"
    email = who.coach.email if problem == "staff" else "gode@man.se"
    answer = sign_in(handler_of(who)).submit(path, {"email": email})
    assert (answer.status, row.account_id) == (422, None)
