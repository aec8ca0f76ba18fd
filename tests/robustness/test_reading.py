"""Every page that can be read: what reading writes, and the trace it leaves."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.people.models import Participant
from tests.robustness.world import World, build
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]
MAY_BE_WRITTEN = {"access_entry", "server_session", "suggestion_run", "suggestion"}
SHOWS_NOBODY = {
    "people.localities",  # suggestions of place names while typing
}
PIECES = {"people.picture_choices", "vocabulary.picture_choices"}
"""Pieces of pages, put in by scripts."""


@pytest.fixture
def world(session: Session) -> World:
    return build()


@pytest.fixture
def written(session: Session) -> Iterator[set[str]]:
    """The tables that statements changed."""
    tables: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        words = statement.replace('"', "").split()
        if words[0] in ("INSERT", "DELETE"):
            tables.add(words[2])
        elif words[0] == "UPDATE":
            tables.add(words[1])

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield tables
    event.remove(engine, "before_cursor_execute", note)


def readable(app: Flask, world: World) -> Iterator[tuple[str, str, str]]:
    """Address, endpoint and rule of every page that opens with a GET."""
    for rule in app.url_map.iter_rules():
        address = world.address(rule)
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and address is not None:
            yield address, rule.endpoint, str(rule)


def test_reading_writes_traces_and_what_was_suggested_and_nothing_else(
    app: Flask, world: World, sign_in: SignIn, written: set[str]
) -> None:
    opened = 0
    for address, endpoint, _rule in readable(app, world):
        browser = sign_in(world.permitted(app, endpoint))
        written.clear()
        opened += browser.client.get(address).status_code == 200
        assert written <= MAY_BE_WRITTEN, address
    assert opened > 40


def test_no_page_breaks(app: Flask, world: World, sign_in: SignIn) -> None:
    broken = [
        address
        for address, endpoint, _rule in readable(app, world)
        if endpoint not in PIECES and sign_in(world.permitted(app, endpoint)).get(address).status >= 500
    ]
    assert broken == []


def test_every_page_about_a_person_leaves_a_trace_of_that_person(
    app: Flask, session: Session, world: World, sign_in: SignIn
) -> None:
    person = session.scalars(select(Participant)).one()
    traces = select(func.count()).select_from(AccessEntry)
    traces = traces.where(AccessEntry.participant_id == person.id, AccessEntry.kind == "read")
    untraced = []
    for address, endpoint, rule in readable(app, world):
        if not rule.startswith("/deltagare/<id:public_id>") or endpoint in SHOWS_NOBODY:
            continue
        browser = sign_in(world.permitted(app, endpoint))
        before = session.scalar(traces)
        if browser.client.get(address).status_code == 200 and session.scalar(traces) == before:
            untraced.append(address)
    assert untraced == []


@pytest.mark.parametrize("path", ["/", "/deltagare", "/platser"])
def test_a_name_on_a_page_means_a_trace(
    app: Flask, session: Session, world: World, sign_in: SignIn, path: str
) -> None:
    from aktema.access.roles import Role

    person = session.scalars(select(Participant)).one()
    browser = sign_in(world.accounts[Role.JOB_COACH])
    traces = select(func.count()).select_from(AccessEntry).where(AccessEntry.participant_id == person.id)
    before = session.scalar(traces)
    names_them = person.last_name in browser.get(path).words
    assert (session.scalar(traces) > before) or not names_them
