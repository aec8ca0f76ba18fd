"""Every form against odd input: a field error or a missing page, never a broken one, and nothing lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from aktema.access.models import Account
from tests.robustness.world import World, build
from tests.support.page import PageClient, filled_in

SignIn = Callable[[Account], PageClient]

ODD = [
    "",
    " ",
    "-1",
    "0",
    "NaN",
    "Infinity",
    "1e309",
    "9" * 40,
    "2026-02-30",
    "9999-99-99",
    "0000-00-00",
    "20260309",
    "24:60",
    "\x00",
    "\ud7ff",
    "åäö ÅÄÖ",
    "🙂" * 50,
    "\u202etxet",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%(name)s",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "x" * 50_000,
    "AAAAAAAAAAAAAAAAAAAAAA",
    "not-a-choice",
    "+46 70 174 06 05",
    "١٢٣",
]
odd_text = st.sampled_from(ODD) | st.text(max_size=60)
BOOKKEEPING = {"csrf_token", "idempotency_key", "version"}  # an odd version alone stops most forms


@pytest.fixture
def world(session: Session) -> World:
    return build()


def pages_with_forms(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    """The address and endpoint of every page that may hold a form."""
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and address is not None:
            yield address, rule.endpoint


def forms_on(browser: PageClient, address: str) -> list[tuple[str, dict[str, Any], dict[str, str]]]:
    """Where each posted form of the page goes, what it holds, and its hidden fields."""
    answer = browser.client.get(address)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    return [
        (str(form["action"]), filled_in(form), _kinds(form))
        for form in soup.select("main form")
        if form.get("method") == "post"
    ]


def _kinds(form: Any) -> dict[str, str]:
    fields = form.select("input[name], select[name], textarea[name]")
    return {str(field["name"]): field.get("type", field.name) for field in fields}


class Odd:
    """Sends one form with odd values and checks what comes back."""

    def __init__(self, browser: PageClient) -> None:
        self.browser = browser

    def send(self, action: str, held: dict[str, Any], kinds: dict[str, str], typed: dict[str, str]) -> int:
        """The status of the answer, after a look at what it kept."""
        data = {**held, **{name: text for name, text in typed.items() if kinds.get(name) != "file"}}
        answer = self.browser.client.post(action, data=data)
        if answer.status_code == 422 and answer.mimetype == "text/html":
            self._kept(answer.get_data(as_text=True), kinds, typed)
        return answer.status_code

    def _kept(self, page: str, kinds: dict[str, str], typed: dict[str, str]) -> None:
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(page, "html.parser")
        for name, text in typed.items():
            if kinds.get(name) not in ("text", "textarea", "email", "tel") or not text.strip():
                continue
            shown = soup.select_one(f'main [name="{name}"]')
            if shown is None:
                continue
            value = shown.get_text() if shown.name == "textarea" else str(shown.get("value", ""))
            assert _plain(text)[:40] in _plain(value), (
                f"{name} was not kept: {text[:40]!r} became {value[:40]!r}"
            )


def _plain(text: str) -> str:
    """The letters that survive any page: control letters and spaces aside."""
    return "".join(
        letter for letter in text if letter.isprintable() and not letter.isspace() and letter != "\ufffd"
    )


@pytest.mark.crawl
def test_every_form_survives_every_odd_value(app: Flask, world: World, sign_in: SignIn) -> None:
    tried = 0
    for address, endpoint in pages_with_forms(app, world):
        browser = sign_in(world.permitted(app, endpoint))
        for action, held, kinds in forms_on(browser, address):
            names = [name for name in kinds if name not in BOOKKEEPING]
            for odd in ODD:
                status = Odd(browser).send(action, held, kinds, dict.fromkeys(names, odd))
                assert status < 500, f"{action} broke on {odd!r:.300}"
                tried += 1
    assert tried > 500


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_forms_survive_what_nobody_thought_of(
    app: Flask, world: World, sign_in: SignIn, data: st.DataObject
) -> None:
    address, endpoint = data.draw(st.sampled_from(sorted(pages_with_forms(app, world))))
    browser = sign_in(world.permitted(app, endpoint))
    for action, held, kinds in forms_on(browser, address):
        names = [name for name in kinds if name != "csrf_token"]
        typed = data.draw(st.fixed_dictionaries(dict.fromkeys(names, odd_text)))
        assert Odd(browser).send(action, held, kinds, typed) < 500, f"{action} broke on {typed!r:.300}"


@pytest.mark.parametrize(
    "extra", ["id", "public_id", "account_id", "participant_id", "role_code", "state", "unit_id"]
)
def test_a_field_the_form_does_not_have_is_ignored(
    session: Session, world: World, sign_in: SignIn, extra: str
) -> None:
    from aktema.access.models import Account as Row
    from aktema.access.roles import Role

    coach = world.accounts[Role.JOB_COACH]
    before = {column.name: getattr(coach, column.name) for column in Row.__table__.columns}
    sign_in(coach).submit("/konto", {"name": "Nytt Namn", extra: "99999"})
    session.refresh(coach)
    after = {column.name: getattr(coach, column.name) for column in Row.__table__.columns}
    assert {name for name in before if before[name] != after[name]} == {"name", "sort_key", "version"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_id_answers_as_a_missing_one(
    app: Flask, world: World, sign_in: SignIn, method: str
) -> None:
    from aktema.access.roles import Role
    from aktema.core.ids import new_public_id
    from tests.support.people import a_unit, an_account

    stranger = an_account(Role.JOB_COACH, a_unit())
    browser = sign_in(stranger)
    foreign, missing = world.ids["deltagare.public_id"], new_public_id()
    token = browser.get("/konto").hidden()["csrf_token"]
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        if (
            not str(rule).startswith("/deltagare/<id:public_id>")
            or address is None
            or method.upper() not in rule.methods
        ):
            continue
        options = {"data": {"csrf_token": token}} if method == "post" else {}
        answers = [
            getattr(browser.client, method)(path, **options)
            for path in (address, address.replace(foreign, missing))
        ]
        assert {answer.status_code for answer in answers} <= {403, 404}, address
        assert answers[0].status_code == answers[1].status_code
