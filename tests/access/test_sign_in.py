"""Signing in and out, and what ends a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access import passwords, sessions
from aktema.access.models import Account, ServerSession
from aktema.core import clock
from aktema.core.http import is_local
from aktema.core.settings import Settings
from tests.support.access import PASSWORD, an_account_with_password, is_signed_in, traces, try_to_sign_in
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def account(session: Session) -> Account:
    return an_account_with_password(unit=a_unit())


def cookie(page: PageClient) -> str:
    held = page.client.get_cookie("sid")
    return held.value if held else ""


def test_the_right_password_opens_the_start_page(page: PageClient, account: Account) -> None:
    assert try_to_sign_in(page, account.email, PASSWORD).location == "/"
    assert is_signed_in(page)


def test_the_address_is_understood_in_any_case_and_with_spaces(page: PageClient, account: Account) -> None:
    assert try_to_sign_in(page, f" {account.email.upper()} ", PASSWORD).status == 303


def test_an_unknown_address_and_a_wrong_password_get_the_same_words(
    page: PageClient, account: Account
) -> None:
    wrong_password = try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    unknown = try_to_sign_in(page, "nobody@example.se", PASSWORD)
    assert (wrong_password.status, wrong_password.words) == (unknown.status, unknown.words)


def test_an_account_without_a_password_is_not_opened_by_any(page: PageClient, session: Session) -> None:
    assert try_to_sign_in(page, an_account().email, "nobody has this password").status == 422


def test_a_disabled_account_is_refused_with_the_same_words(page: PageClient, account: Account) -> None:
    wrong = try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    account.disabled_at = clock.now()
    assert try_to_sign_in(page, account.email, PASSWORD).words == wrong.words


def test_what_was_typed_in_the_password_field_is_not_sent_back(page: PageClient, account: Account) -> None:
    answer = try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    assert "fel lösenord" not in answer.text


@pytest.mark.parametrize("email", ["a\0b@example.se", "x" * 50_000, ""])
def test_odd_addresses_are_answered_with_the_form(page: PageClient, email: str) -> None:
    assert try_to_sign_in(page, email, PASSWORD).status == 422


def test_after_ten_tries_even_the_right_password_waits_five_minutes(
    page: PageClient, account: Account
) -> None:
    for _number in range(10):
        try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    refused = try_to_sign_in(page, account.email, PASSWORD)
    assert "Vänta fem minuter" in refused.words
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=1)):
        assert try_to_sign_in(page, account.email, PASSWORD).status == 303


def test_tries_on_unknown_addresses_are_throttled_alike(page: PageClient, session: Session) -> None:
    for _number in range(10):
        try_to_sign_in(page, "nobody@example.se", PASSWORD)
    assert "Vänta fem minuter" in try_to_sign_in(page, "nobody@example.se", PASSWORD).words


def test_a_good_sign_in_forgets_earlier_tries(page: PageClient, account: Account) -> None:
    for _number in range(9):
        try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    try_to_sign_in(page, account.email, PASSWORD)
    page.post("/logga-ut", page.get("/konto").hidden("form[action='/logga-ut']"))
    assert "Vänta" not in try_to_sign_in(page, account.email, "fel lösenord helt enkelt").words


def test_a_failed_try_leaves_a_trace_without_the_address(page: PageClient, account: Account) -> None:
    try_to_sign_in(page, account.email, "fel lösenord helt enkelt")
    assert traces("refused") == [("session.begin", "", "")]


def test_an_old_hash_is_replaced_at_sign_in(page: PageClient, account: Account, app: Flask) -> None:
    account.password_hash = passwords._hasher(16).hash(PASSWORD)
    before = account.password_hash
    try_to_sign_in(page, account.email, PASSWORD)
    assert account.password_hash != before


@pytest.mark.asvs("V7.2.4")
def test_signing_in_gives_a_new_session_whatever_cookie_was_there(page: PageClient, account: Account) -> None:
    page.client.set_cookie("sid", "planted")
    try_to_sign_in(page, account.email, PASSWORD)
    first = cookie(page)
    page.client.delete_cookie("sid")
    try_to_sign_in(page, account.email, PASSWORD)
    assert len({"planted", first, cookie(page)}) == 3


def test_the_session_key_is_stored_as_a_digest_only(
    page: PageClient, account: Account, session: Session
) -> None:
    try_to_sign_in(page, account.email, PASSWORD)
    assert cookie(page) not in session.scalars(select(ServerSession.token_digest)).all()


def test_whoever_is_signed_in_is_sent_home_from_the_sign_in_page(sign_in: SignIn, account: Account) -> None:
    assert sign_in(account).get("/logga-in", follow=False).location == "/"


@pytest.mark.asvs("V7.4.1")
def test_signing_out_ends_the_session_on_the_server(page: PageClient, account: Account) -> None:
    try_to_sign_in(page, account.email, PASSWORD)
    old = cookie(page)
    page.post("/logga-ut", page.get("/konto").hidden("form[action='/logga-ut']"))
    page.client.set_cookie("sid", old)
    assert not is_signed_in(page)


def test_signing_out_without_a_session_is_harmless(page: PageClient) -> None:
    token = page.get("/logga-in").hidden()["csrf_token"]
    assert page.post("/logga-ut", {"csrf_token": token}, follow=False).location == "/logga-in"


def test_a_session_ends_after_an_hour_without_use(sign_in: SignIn, account: Account) -> None:
    page = sign_in(account)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert not is_signed_in(page)


@pytest.mark.asvs("V7.3.2")
def test_a_session_in_use_ends_after_twelve_hours_all_the_same(sign_in: SignIn, account: Account) -> None:
    page, begun = sign_in(account), clock.now()
    was_open = []
    for minutes in range(50, 751, 50):
        with time_machine.travel(begun + timedelta(minutes=minutes)):
            was_open.append(is_signed_in(page))
    assert was_open == [True] * 14 + [False]


@pytest.mark.asvs("V7.4.2")
def test_the_session_of_a_disabled_account_ends_at_its_next_request(
    sign_in: SignIn, account: Account
) -> None:
    page = sign_in(account)
    account.disabled_at = clock.now()
    assert not is_signed_in(page)


@pytest.mark.asvs("V7.4.3")
def test_a_new_password_ends_the_other_sessions_but_not_this_one(sign_in: SignIn, account: Account) -> None:
    here, elsewhere = sign_in(account), sign_in(account)
    new = "åtta gula båtar på sjön"
    here.submit("/konto/losenord", {"old": PASSWORD, "new": new, "again": new})
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("fel lösenord helt enkelt", "åtta gula båtar", "åtta gula båtar", "Lösenordet stämmer inte."),
        (PASSWORD, "kort", "kort", "Lösenordet är för kort."),
        (PASSWORD, "åtta gula båtar", "åtta röda båtar", "Det är inte samma lösenord."),
        (PASSWORD, "", "", "Välj ett lösenord."),
    ],
)
def test_a_new_password_is_refused_with_a_reason(
    sign_in: SignIn, account: Account, old: str, new: str, again: str, words: str
) -> None:
    answer = sign_in(account).submit("/konto/losenord", {"old": old, "new": new, "again": again})
    assert (answer.status, words in answer.words) == (422, True)


def test_other_sessions_can_be_ended_from_the_own_page(sign_in: SignIn, account: Account) -> None:
    here, elsewhere = sign_in(account), sign_in(account)
    here.submit("/konto", {}, css="form[action='/konto/inloggningar/slut']")
    assert (is_signed_in(here), is_signed_in(elsewhere)) == (True, False)


def test_the_own_page_changes_name_and_language(sign_in: SignIn, account: Account) -> None:
    page = sign_in(account)
    page.submit("/konto", {"name": "Åsa Ek", "language": "en"}, css="main form.form")
    assert (account.name, account.language) == ("Åsa Ek", "en")
    assert page.get("/konto").select("html[lang=en]")


def test_a_stale_own_page_shows_both_and_keeps_what_was_typed(sign_in: SignIn, account: Account) -> None:
    page = sign_in(account)
    stale = page.get("/konto").hidden("main form.form")
    page.submit("/konto", {"name": "Först Sparad"}, css="main form.form")
    answer = page.post("/konto", {**stale, "name": "Sist Skriven", "language": "sv"})
    assert (answer.status, account.name) == (409, "Först Sparad")
    assert "Sist Skriven" in answer.words


OUTSIDE = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
]


@pytest.mark.asvs("V3.7.2")
@pytest.mark.parametrize("target", OUTSIDE)
def test_signing_in_never_leads_outside(page: PageClient, account: Account, target: str) -> None:
    token = page.get("/logga-in").hidden()
    typed = {**token, "email": account.email, "password": PASSWORD}
    answer = page.client.post("/logga-in", data=typed, query_string={"next": target})
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for(page: PageClient, account: Account) -> None:
    asked = page.get("/konto/losenord", follow=False).location
    assert try_to_sign_in(page, account.email, PASSWORD, asked).location == "/konto/losenord"


@pytest.mark.parametrize(
    ("target", "local"), [("/", True), ("/a?b=//c", True), *((one, False) for one in OUTSIDE)]
)
def test_local_addresses_are_told_from_others(target: str, local: bool) -> None:
    assert is_local(target) is local


@pytest.mark.asvs("V3.3.4")
def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(
    page: PageClient, account: Account
) -> None:
    answer = try_to_sign_in(page, account.email, PASSWORD).response
    (header,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("sid=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))


@pytest.fixture
def https(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings: Settings = app.extensions["settings"].model_copy(
        update={"base_url": "https://aktema.example.se"}
    )
    monkeypatch.setitem(app.extensions, "settings", settings)
    return settings


@pytest.mark.asvs("V3.3.1")
@pytest.mark.asvs("V3.3.3")
def test_over_https_the_cookie_is_bound_to_host_and_transport(
    https: Settings, page: PageClient, account: Account
) -> None:
    answer = try_to_sign_in(page, account.email, PASSWORD).response
    (header,) = [one for one in answer.headers.getlist("Set-Cookie") if "sid=" in one]
    assert header.startswith("__Host-sid=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))


def test_a_password_longer_than_the_form_takes_costs_no_more_work(app: Flask) -> None:
    with app.app_context():
        assert not passwords.matches("x" * 10**6, passwords.hash_password("y"))


def test_a_broken_hash_opens_nothing(app: Flask) -> None:
    with app.app_context():
        assert not passwords.matches("x", "no hash at all")


def test_last_seen_is_written_at_most_once_a_minute(
    sign_in: SignIn, account: Account, session: Session
) -> None:
    page, begun = sign_in(account), clock.now()
    seen = select(ServerSession.last_seen_at).where(ServerSession.account_id == account.id)
    before = session.scalar(seen)
    page.get("/konto")
    soon = session.scalar(seen)
    with time_machine.travel(begun + timedelta(minutes=2)):
        page.get("/konto")
    assert soon == before
    assert session.scalar(seen) != before


def test_an_identity_holds_only_the_posts_of_today(session: Session) -> None:
    account = an_account(unit=a_unit())
    account.memberships[0].to_date = clock.today() - timedelta(days=1)
    account.memberships[0].from_date = account.memberships[0].to_date
    assert sessions.identity_of(account, 0).posts == ()
