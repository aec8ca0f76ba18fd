"""What somebody inside might try: other people's ids, ended posts, forged forms, traces left out, locks."""

import os
import sqlite3
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema import cli
from aktema.access.guard import access_of
from aktema.access.models import AccessEntry, Account
from aktema.access.policy import Permission
from aktema.access.roles import Role
from aktema.cli import serving
from aktema.core import clock
from aktema.core import db as database
from aktema.core.db import db
from aktema.core.names import best_matches
from aktema.core.security import HEADERS
from aktema.pathway.operations import open_introduction
from aktema.people.models import Participant, Representative
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.models import Step
from aktema.steps.operations import StepFacts, log_step
from tests.robustness.test_races import a_browser, person_id
from tests.robustness.world import World, build
from tests.support.access import also
from tests.support.database import WANTS_POSTGRES
from tests.support.employers import a_placement
from tests.support.page import Page, PageClient, filled_in
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

SignIn = Callable[[Account], PageClient]
YESTERDAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return build()


# Ids of another person under one's own person's address


@dataclass(frozen=True, kw_only=True)
class TwoPeople:
    """A coach with a person of their own, and the things of a person the coach has nothing to do with."""

    coach: Account
    own: Participant
    foreign: Participant
    ids: dict[str, str]


@pytest.fixture
def two(session: Session) -> TwoPeople:
    unit = a_unit()
    coach, other = an_account(Role.JOB_COACH, unit), an_account(Role.JOB_COACH, unit)
    also(coach, Role.UNIT_MANAGER, a_unit())
    own, foreign = a_participant(coach=coach, unit=unit), a_participant(coach=other, unit=unit)
    foreign.representatives.append(Representative(kind="guardian", name="Gode Man"))
    writer, placement = act_as(other), a_placement()
    facts = StepFacts(
        contact_type=ContactType.CARE, happened_on=clock.today(), minutes=5, place=StepPlace.PHONE, line="Hej"
    )
    step = log_step(writer, foreign, facts)
    asked = open_introduction(writer, foreign, placement_id=placement.id, placement_title="Bageriet")
    session.commit()
    ids = {
        "steg/{}/ratta": step.public_id,
        "fragor/{}": asked.public_id,
        "foretradare/{}/avsluta": foreign.representatives[0].public_id,
        "foretradare/{}/styrkt": foreign.representatives[0].public_id,
    }
    return TwoPeople(coach=coach, own=own, foreign=foreign, ids=ids)


@pytest.mark.parametrize(
    "path", ["steg/{}/ratta", "fragor/{}", "foretradare/{}/avsluta", "foretradare/{}/styrkt"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_thing_is_missing_under_the_own_person(
    sign_in: SignIn, two: TwoPeople, method: str, path: str
) -> None:
    browser = sign_in(two.coach)
    token = browser.get("/konto").hidden()["csrf_token"]
    address = f"/deltagare/{two.own.public_id}/{path.format(two.ids[path])}"
    options = {"data": {"csrf_token": token}} if method == "post" else {}
    assert getattr(browser.client, method)(address, **options).status_code in (403, 404, 405)


def test_a_foreign_cursor_shows_nothing_foreign(sign_in: SignIn, two: TwoPeople) -> None:
    step = two.ids["steg/{}/ratta"]
    page = sign_in(two.coach).get(f"/deltagare/{two.own.public_id}/tidslinje?efter={step}")
    assert "Hej" not in page.words


def test_anothers_idempotency_key_answers_nothing(sign_in: SignIn, two: TwoPeople, session: Session) -> None:
    path, data = f"/deltagare/{two.own.public_id}/steg", {"line": "Vi sågs", "idempotency_key": "k" * 22}
    sign_in(two.coach).submit(path, data)
    manager = an_account(Role.COORDINATOR, unit := a_unit())
    an_assignment(two.own, kind="provider", unit=unit)
    sign_in(manager).submit(path, data)
    steps = select(func.count()).select_from(Step).where(Step.participant_id == two.own.id)
    assert session.scalar(steps) == 2


def test_anothers_draft_is_not_filled_in(sign_in: SignIn, two: TwoPeople) -> None:
    path = f"/deltagare/{two.own.public_id}/steg"
    writer = sign_in(two.coach)
    token = writer.get(path).hidden()["csrf_token"]
    writer.client.post(f"{path}/utkast", data={"csrf_token": token, "line": "Bara min rad"})
    coordinator = an_account(Role.COORDINATOR, unit := a_unit())
    an_assignment(two.own, kind="provider", unit=unit)
    assert "Bara min rad" not in sign_in(coordinator).get(path).text


# Posts that have ended, and two posts at once


def test_a_post_that_ends_while_signed_in_opens_nothing_at_the_next_request(
    sign_in: SignIn, session: Session
) -> None:
    coach = an_account(Role.JOB_COACH, unit := a_unit())
    person = a_participant(coach=coach, unit=unit)
    browser = sign_in(coach)
    coach.memberships[0].from_date = coach.memberships[0].to_date = clock.today() - YESTERDAY
    session.commit()
    assert browser.get(f"/deltagare/{person.public_id}").status == 403


def test_who_left_a_unit_takes_nobody_along_to_the_next(sign_in: SignIn, session: Session) -> None:
    coach = an_account(Role.JOB_COACH, left := a_unit())
    person = a_participant(coach=coach, unit=left)
    coach.memberships[0].from_date = coach.memberships[0].to_date = clock.today() - YESTERDAY
    also(coach, Role.JOB_COACH, a_unit())
    session.commit()
    assert sign_in(coach).get(f"/deltagare/{person.public_id}").status == 404


def test_what_was_handled_is_not_coached(sign_in: SignIn, session: Session) -> None:
    handler = an_account(Role.LSS_HANDLER)
    person = a_participant()
    an_assignment(person, kind="handler", account=handler)
    also(handler, Role.JOB_COACH, a_unit())
    session.commit()
    assert sign_in(handler).get(f"/deltagare/{person.public_id}/steg").status == 404


def test_the_overview_shows_only_what_the_post_that_reaches_the_person_opens(
    sign_in: SignIn, session: Session
) -> None:
    """A manager of one unit who coaches in another reads no answers and suggestions of the managed as a coach does."""
    manager = an_account(Role.UNIT_MANAGER, managed := a_unit())
    also(manager, Role.JOB_COACH, a_unit())
    person = a_participant(unit=managed)
    session.commit()
    page = sign_in(manager).get(f"/deltagare/{person.public_id}")
    assert page.status == 200
    assert not page.select(f"a[href$='{person.public_id}/forslag'], a[href$='{person.public_id}/steg']")


# Traces


def test_the_conflict_page_about_a_person_leaves_a_trace(
    sign_in: SignIn, world: World, session: Session
) -> None:
    browser = sign_in(world.accounts[Role.JOB_COACH])
    path = f"/deltagare/{world.ids['deltagare.public_id']}/uppgifter/andra"
    held = filled_in(browser.get(path).soup.select_one("main form"))
    reads = select(func.count()).select_from(AccessEntry).where(AccessEntry.kind == "read")
    before = session.scalar(reads) or 0
    page = browser.post(path, {**held, "first_name": "Beda", "version": "999"})
    assert (page.status, session.scalar(reads)) == (409, before + 1)


@pytest.mark.crawl
def test_every_page_that_names_the_person_leaves_a_trace(
    app: Flask, world: World, sign_in: SignIn, session: Session
) -> None:
    person = session.scalars(select(Participant)).one()
    person.first_name = "Kanariefågel"
    session.commit()
    reads = select(func.count()).select_from(AccessEntry).where(AccessEntry.participant_id == person.id)
    untraced = []
    for account in world.accounts.values():
        browser = sign_in(account)
        for address, endpoint in _pages(app, world):
            before = session.scalar(reads)
            body = browser.client.get(address).get_data().decode("utf-8", "replace")
            if "Kanariefågel" in body and session.scalar(reads) == before:
                untraced.append(endpoint)
    assert untraced == []


def _pages(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and address is not None:
            yield address, rule.endpoint


# Finding out who is here by trying numbers

DIGITS, FREE = "199603092389", "19960309-2397"


@pytest.fixture
def elsewhere(session: Session) -> Participant:
    """Somebody in another unit, with a number."""
    from aktema.people.duplicates import number_index

    person = a_participant(coach=an_account(Role.JOB_COACH, a_unit()))
    person.personal_number, person.personal_number_index = DIGITS, number_index(DIGITS)
    session.commit()
    return person


def _searches_about(session: Session, person: Participant) -> list[str]:
    about = (AccessEntry.act == "participant.search_by_pnr") & (AccessEntry.participant_id == person.id)
    return list(session.scalars(select(AccessEntry.detail).where(about)))


def test_a_number_tried_as_a_correction_is_a_search_that_is_logged(
    sign_in: SignIn, session: Session, elsewhere: Participant
) -> None:
    coach = an_account(Role.JOB_COACH, unit := a_unit())
    own = a_participant(coach=coach, unit=unit)
    path = f"/deltagare/{own.public_id}/uppgifter/andra"
    page = sign_in(coach).submit(path, {"personal_number": "19960309-2389"})
    assert page.status == 422
    assert _searches_about(session, elsewhere) == ["correction"]


def test_the_persons_own_number_typed_again_is_no_search(
    sign_in: SignIn, session: Session, elsewhere: Participant
) -> None:
    coach = session.scalars(select(Account)).first()
    assert coach is not None
    page = sign_in(coach).submit(
        f"/deltagare/{elsewhere.public_id}/uppgifter/andra", {"personal_number": "19960309-2389"}
    )
    assert (page.status, _searches_about(session, elsewhere)) == (200, [])


@pytest.mark.parametrize("typed", [{"go": "back"}, {}, {"first_name": ""}])
def test_a_number_that_was_not_found_free_is_not_kept_for_registration(
    sign_in: SignIn, session: Session, elsewhere: Participant, typed: dict[str, str]
) -> None:
    from aktema.people.registration import NAME, Draft

    coach = an_account(Role.JOB_COACH, a_unit())
    names = {"first_name": "Beda", "last_name": "Ny", "birth_date": "1996-03-09"}
    number = {"personal_number": "19960309-2389"}
    sign_in(coach).submit("/deltagare/ny/namn", {**names, **number, **typed})
    assert "personal_number" not in Draft(coach.id).typed_in(NAME)


# Forged forms, headers and cookies


@pytest.mark.parametrize("variant", ["none", "empty", "foreign", "in the address"])
def test_no_post_is_taken_without_the_token(app: Flask, world: World, sign_in: SignIn, variant: str) -> None:
    taken = []
    foreign = PageClient(app.test_client()).get("/logga-in").hidden()["csrf_token"]
    data = {"none": {}, "empty": {"csrf_token": ""}, "foreign": {"csrf_token": foreign}}.get(variant, {})
    browsers = {account.id: sign_in(account) for account in world.accounts.values()}
    for browser in browsers.values():
        browser.get("/konto")  # each holds a token of its own from here on
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        if "POST" not in (rule.methods or ()) or address is None:
            continue
        browser = browsers[_permitted(app, world, rule.endpoint).id]
        target = f"{address}?csrf_token={foreign}" if variant == "in the address" else address
        if browser.client.post(target, data=data).status_code != 400:
            taken.append(rule.endpoint)
    assert taken == []


def _permitted(app: Flask, world: World, endpoint: str) -> Account:
    mark = access_of(app, endpoint)
    return world.permitted(app, endpoint) if isinstance(mark, Permission) else world.accounts[Role.JOB_COACH]


def test_files_are_guarded_like_pages_and_open_to_no_other_origin(page: PageClient) -> None:
    with page.client.get("/static/css/base.css", headers={"Origin": "https://evil.example"}) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(("base_url", "said"), [("https://aktema.example.se", True), ("http://a.se", False)])
def test_an_installation_over_tls_says_so_although_the_proxy_speaks_plainly_to_it(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch, base_url: str, said: bool
) -> None:
    settings = app.extensions["settings"].model_copy(update={"base_url": base_url})
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert ("Strict-Transport-Security" in page.client.get("/om").headers) is said


def test_what_a_command_makes_is_nobody_elses_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "aktema.db"

    def run(_arguments: Namespace) -> int:
        made.touch()
        return 0

    before = os.umask(0o022)
    monkeypatch.setattr(serving, "run_serve", run)
    cli.main(["serve"])
    os.umask(before)
    assert made.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "path", ["%2e%2e/app.py", "..%2f..%2fpyproject.toml", "vendor/..%2f..%2f..%2fpyproject.toml", "css/"]
)
def test_only_the_files_meant_for_it_are_served(page: PageClient, path: str) -> None:
    assert page.client.get(f"/static/{path}").status_code == 404


def test_no_name_lies_in_the_cookie_after_an_act(sign_in: SignIn, world: World, app: Flask) -> None:
    """The form cookie is signed, not sealed: whoever has the browser can read it."""
    browser = sign_in(world.accounts[Role.JOB_COACH])
    person = world.ids["deltagare.public_id"]
    token = browser.get("/konto").hidden()["csrf_token"]
    ended = f"/deltagare/{person}/foretradare/{world.ids['representative_id']}/avsluta"
    browser.client.post(ended, data={"csrf_token": token})
    cookie = browser.client.get_cookie("form")
    assert cookie is not None
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    held = signer.loads(cookie.value)
    assert held["_flashes"]
    assert "Gode Man" not in str(held)


def test_signing_out_gives_the_browser_a_new_token_and_clears_what_it_kept(
    sign_in: SignIn, session: Session
) -> None:
    browser = sign_in(an_account(Role.JOB_COACH, a_unit()))
    token = browser.get("/konto").hidden()["csrf_token"]
    answer = browser.client.post("/logga-ut", data={"csrf_token": token})
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert browser.client.post("/logga-in", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "/%09/evil.example",
        "\t//evil.example",
        "///e",
    ],
)
def test_no_next_address_leads_outside(sign_in: SignIn, world: World, target: str) -> None:
    browser = sign_in(world.accounts[Role.JOB_COACH])
    path = f"/arbetsgivare/{world.ids['employer_id']}/arbetsplatser/ny"
    held = filled_in(browser.get(path).soup.select_one("main form"))
    answer = browser.client.post(
        path, query_string={"next": target}, data={**held, "name": "Bageriet", "locality": "Norrköping"}
    )
    assert not (answer.location or "").strip().startswith(("//", "/\\", "http"))


# Guessing, and making the service slow


def test_an_open_session_is_no_way_to_guess_the_password(sign_in: SignIn, session: Session) -> None:
    from tests.support.access import PASSWORD, an_account_with_password

    browser = sign_in(an_account_with_password(Role.JOB_COACH, a_unit()))
    new = {"new": "en helt annan mening", "again": "en helt annan mening"}
    for _number in range(10):
        browser.submit("/konto/losenord", {"old": "fel", **new})
    page = browser.submit("/konto/losenord", {"old": PASSWORD, **new})
    assert (page.status, "många försök" in page.words) == (422, True)


def test_only_the_first_words_of_a_search_count() -> None:
    """Each word costs a pass over every name."""
    long = " ".join(["alva"] * 1000 + [f"ord{number}" for number in range(1000)])
    assert best_matches(long, [(1, "Alva Ek")]) == (1,)


# A database somebody else holds


@contextmanager
def held_lock(app: Flask) -> Iterator[sqlite3.Connection]:
    """Another process holds the database's write lock."""
    with app.app_context():
        path = str(db.engine.url.database)
        db.engine.dispose()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


needs_sqlite = pytest.mark.skipif(WANTS_POSTGRES, reason="SQLite has one lock for all")


def _step_form(browser: PageClient, path: str) -> dict[str, object]:
    return {**filled_in(Page(browser.client.get(path)).soup.select_one("main form")), "line": "Vi sågs <b>"}


@needs_sqlite
def test_whoever_comes_while_the_database_is_held_a_moment_just_waits(live: Flask, token: str) -> None:
    browser = a_browser(live, token)
    path = f"/deltagare/{person_id(live)}/steg"
    data = _step_form(browser, path)
    with held_lock(live) as other:
        threading.Timer(0.5, other.rollback).start()
        assert browser.client.post(path, data=data).status_code == 303


@needs_sqlite
def test_what_was_typed_is_sent_again_once_the_database_is_free(
    live: Flask, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    browser = a_browser(live, token)
    path = f"/deltagare/{person_id(live)}/steg"
    data = _step_form(browser, path)
    with held_lock(live):
        answer = browser.client.post(path, data=data)
    form = Page(answer).soup.select_one("main form")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert form is not None
    assert browser.client.post(str(form["action"]), data=filled_in(form)).status_code == 303
    with live.app_context():
        assert db.session.scalars(select(Step)).one().line == "Vi sågs <b>"


@needs_sqlite
def test_a_page_that_could_not_sign_in_holds_no_password(
    live: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    browser = PageClient(live.test_client())
    held = filled_in(Page(browser.client.get("/logga-in")).soup.select_one("main form"))
    with held_lock(live):
        answer = browser.client.post("/logga-in", data={**held, "email": "a@b.se", "password": "hemligt ord"})
    assert answer.status_code == 503
    assert "hemligt ord" not in answer.get_data(as_text=True)
