"""What happens around every request: transaction, headers, error pages, ids."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, g
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core.http import is_local
from aktema.core.security import HEADERS
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.mark.parametrize(
    "path", ["/", "/logga-in", "/om", "/tillganglighet", "/health", "/finns-inte", "/tema.css"]
)
def test_every_answer_carries_the_security_headers(page: PageClient, path: str) -> None:
    answer = page.client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_nothing_inline_may_run() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


def test_an_answer_says_its_request_id(page: PageClient) -> None:
    assert len(page.client.get("/").headers["X-Request-ID"]) == 32


def test_an_offered_request_id_is_kept(page: PageClient) -> None:
    answer = page.client.get("/", headers={"X-Request-ID": "abcdef12-3456"})
    assert answer.headers["X-Request-ID"] == "abcdef12-3456"


def test_an_odd_request_id_is_not_repeated(page: PageClient) -> None:
    answer = page.client.get("/", headers={"X-Request-ID": "<script>"})
    assert "script" not in answer.headers["X-Request-ID"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_refuses_methods_it_does_not_know(page: PageClient, method: str) -> None:
    assert getattr(page.client, method)("/om").status_code in (400, 405)


def test_a_form_without_its_token_changes_nothing(page: PageClient) -> None:
    assert page.post("/logga-in", {"email": "a@example.se", "password": "x"}).status == 400


def test_a_missing_page_says_so_in_plain_words(page: PageClient) -> None:
    answer = page.get("/finns-inte")
    assert answer.status == 404
    assert "Sidan finns inte" in answer.words


@pytest.mark.parametrize("path", ["/%00", "/deltagare/%FF", "/?x=%C3%28", "/logga-in?next=%00"])
def test_odd_bytes_in_an_address_are_no_error_of_ours(page: PageClient, path: str) -> None:
    assert page.get(path).status < 500


@pytest.mark.parametrize(
    ("target", "local"),
    [
        ("/deltagare", True),
        ("/a?b=c", True),
        ("//evil.example", False),
        ("https://evil.example", False),
        ("/\\evil.example", False),
        ("evil", False),
        ("", False),
        ("/a\nb", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_own_addresses_are_followed(target: str, local: bool) -> None:
    assert is_local(target) is local


@pytest.fixture
def broken_audit(session: Session) -> Iterator[None]:
    """The audit table can't be written."""

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO access_entry"):
            raise OperationalError(statement, {}, RuntimeError("the disk is full"))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", fail)
    yield
    event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.parametrize("path", ["", "/steg", "/tidslinje", "/forslag", "/fragor"])
def test_nothing_about_a_person_is_shown_when_the_trace_cannot_be_written(
    sign_in: SignIn, request: pytest.FixtureRequest, path: str
) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    person = a_participant(coach=coach, first_name="Kanariefågel")
    browser = sign_in(coach)
    request.getfixturevalue("broken_audit")
    answer = browser.client.get(f"/deltagare/{person.public_id}{path}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Kanariefågel" not in answer.get_data(as_text=True)


def test_the_work_list_is_empty_handed_when_the_trace_cannot_be_written(
    sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    person = a_participant(coach=coach, first_name="Kanariefågel")
    from datetime import timedelta

    from aktema.core import clock

    person.created_at = clock.now() - timedelta(days=100)
    browser = sign_in(coach)
    request.getfixturevalue("broken_audit")
    assert "Kanariefågel" not in browser.client.get("/").get_data(as_text=True)


def test_every_opened_person_leaves_a_trace_with_who_and_where(session: Session, sign_in: SignIn) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    person = a_participant(coach=coach)
    sign_in(coach).get(f"/deltagare/{person.public_id}")
    entry = session.scalars(select(AccessEntry).where(AccessEntry.participant_id == person.id)).first()
    assert entry is not None
    assert (entry.kind, entry.account_id, entry.roles, entry.route) == (
        "read",
        coach.id,
        "job_coach",
        "home.participant",
    )


def test_a_refusal_leaves_a_trace(session: Session, sign_in: SignIn) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    stranger = a_participant()
    assert sign_in(coach).get(f"/deltagare/{stranger.public_id}").status == 404
    assert session.scalars(select(AccessEntry.act).where(AccessEntry.kind == "refused")).all() == [
        "participant.read_identity"
    ]


def test_a_broken_page_says_a_number_to_report_and_nothing_else(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("hemlig text")

    monkeypatch.setitem(app.view_functions, "home.about", fail)
    answer = page.client.get("/om")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in shown
    assert "hemlig" not in shown


def test_a_busy_database_asks_for_a_moment(
    app: Flask, page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OperationalError("SELECT", {}, RuntimeError("database is locked"))

    monkeypatch.setitem(app.view_functions, "home.about", fail)
    answer = page.get("/om")
    assert (answer.status, answer.response.headers["Retry-After"]) == (503, "5")


def test_a_form_that_is_too_large_is_refused(page: PageClient) -> None:
    assert page.post("/logga-in", {"email": "x" * 13_000_000}).status == 413


def test_health_says_whether_the_schema_is_current(page: PageClient, session: Session) -> None:
    answer = page.client.get("/health")
    assert (answer.status_code, answer.get_json()) == (200, {"ok": True})


def test_health_is_bad_when_the_schema_is_old(page: PageClient, session: Session) -> None:
    session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    session.commit()
    answer = page.client.get("/health")
    assert (answer.status_code, answer.get_json()) == (503, {"ok": False})


def test_the_session_cookie_holds_no_name(sign_in: SignIn) -> None:
    browser = sign_in(an_account(Role.JOB_COACH, a_unit(), name="Namnet Syns"))
    browser.get("/")
    values = [cookie.value for cookie in browser.client._cookies.values()]
    assert not any("Namnet" in value for value in values)


@pytest.mark.parametrize("path", ["/", "/konto", "/deltagare"])
def test_reading_writes_only_traces(session: Session, sign_in: SignIn, path: str) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    a_participant(coach=coach)
    browser = sign_in(coach)
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            written.append(" ".join(statement.split()[:3]))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    browser.get(path)
    event.remove(engine, "before_cursor_execute", note)
    assert {line for line in written if "access_entry" not in line and "server_session" not in line} == set()


def test_sqlite_is_opened_safely(session: Session) -> None:
    if session.get_bind().dialect.name != "sqlite":
        assert session.scalar(text("SELECT 1")) == 1
        return
    pragmas = {
        name: session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_nobody_is_in_the_context_of_a_public_page(page: PageClient) -> None:
    page.get("/om")
    assert g.get("identity") is None
