"""Every page that is opened by its address: it writes traces and nothing else, and nobody unpermitted gets it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.people.models import Participant
from tests.robustness.world import World, build
from tests.support.page import PageClient
from tests.support.people import an_account

SignIn = Callable[[Account], PageClient]
ABOUT_A_PERSON = "/deltagare/<id:public_id>"
TRACES = {"access_entry", "server_session", "sign_in_attempt"}
"""The last is written where a link's key opens nothing."""
SUGGESTION_RUN = {"suggestion_run", "suggestion"}


@pytest.fixture
def world(session: Session) -> World:
    return build()


def addresses(app: Flask, world: World, beginning: str = "/") -> Iterator[tuple[str, str]]:
    """The address and the endpoint of every page that can be opened in the world."""
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        is_page = "GET" in (rule.methods or ()) and rule.endpoint != "static"
        if is_page and address is not None and str(rule).startswith(beginning):
            yield address, rule.endpoint


@contextmanager
def written_tables(session: Session) -> Iterator[set[str]]:
    """The tables that statements write to."""
    tables: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            tables.add(words[1] if words[0] == "UPDATE" else words[2])

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield tables
    event.remove(engine, "before_cursor_execute", note)


@contextmanager
def unwritable_audit(session: Session) -> Iterator[None]:
    """The audit table can't be written."""

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO access_entry"):
            raise OperationalError(statement, {}, RuntimeError("the disk is full"))

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", fail)
    yield
    event.remove(engine, "before_cursor_execute", fail)


@pytest.mark.crawl
def test_opening_any_page_writes_traces_and_at_most_a_suggestion_run(
    app: Flask, session: Session, world: World, sign_in: SignIn
) -> None:
    strange = {}
    for address, endpoint in addresses(app, world):
        browser = sign_in(world.permitted(app, endpoint))
        with written_tables(session) as tables:
            browser.client.get(address)
        allowed = TRACES | SUGGESTION_RUN if endpoint == "matching.suggestions" else TRACES
        if tables - allowed:
            strange[endpoint] = sorted(tables - allowed)
    assert strange == {}


@pytest.mark.crawl
def test_a_colleague_of_the_same_unit_finds_no_page_of_the_person(
    app: Flask, world: World, sign_in: SignIn
) -> None:
    coach = world.accounts[Role.JOB_COACH]
    colleague = sign_in(an_account(Role.JOB_COACH, coach.memberships[0].unit))
    answers = {
        endpoint: (colleague.client.get(address).status_code, sign_in(coach).client.get(address).status_code)
        for address, endpoint in addresses(app, world, ABOUT_A_PERSON)
    }
    opened_by_the_coach = {endpoint for endpoint, (_other, own) in answers.items() if own == 200}
    assert len(opened_by_the_coach) >= 20
    assert {answers[endpoint][0] for endpoint in opened_by_the_coach} == {404}


def test_every_page_of_a_person_leaves_a_trace_of_being_read(
    app: Flask, session: Session, world: World, sign_in: SignIn
) -> None:
    coach = world.accounts[Role.JOB_COACH]
    untraced = []
    for address, endpoint in addresses(app, world, ABOUT_A_PERSON):
        browser = sign_in(coach)
        read = select(AccessEntry.id).where(
            AccessEntry.kind == "read", AccessEntry.route == endpoint, AccessEntry.participant_id.is_not(None)
        )
        if browser.client.get(address).status_code == 200 and session.scalars(read).first() is None:
            untraced.append(endpoint)
    assert untraced == []


def test_no_page_shows_anybody_when_the_trace_cannot_be_written(
    app: Flask, session: Session, world: World, sign_in: SignIn
) -> None:
    person = session.scalars(select(Participant)).one()
    person.first_name = "Kanariefågel"
    session.commit()
    shown = []
    for address, endpoint in addresses(app, world):
        browser = sign_in(world.permitted(app, endpoint))
        with unwritable_audit(session):
            answer = browser.client.get(address)
        if "Kanariefågel" in answer.get_data(as_text=True):
            shown.append(endpoint)
    assert shown == []
