"""Fixtures of every test: one application per worker, every test in a transaction that is rolled back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from aktema.access import sessions
from aktema.access.models import Account
from aktema.app import create_app
from aktema.core import schema
from aktema.core.db import Base, db
from aktema.core.settings import Settings, make_key
from aktema.matching.current import KEPT
from tests.support.database import fresh_database
from tests.support.page import PageClient

# A shared machine is slow at times; what a test may take is not what it is about.
hypothesis.settings.register_profile("aktema", deadline=None, max_examples=60)
hypothesis.settings.load_profile("aktema")


@event.listens_for(Engine, "connect")
def _reverse_what_nobody_ordered(connection: object, _record: object) -> None:
    """Without ORDER BY a database answers in any order: SQLite by habit in that of writing, PostgreSQL mostly."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


DATABASE_FIXTURES = {"app", "session", "page", "sign_in"}
BROAD_FOLDERS = {
    "architecture",
    "bench",
    "bootstrap",
    "components",
    "core",
    "demo",
    "migrations",
    "robustness",
}
"""Their tests are about no slice's rules or acts, or about all at once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        is_about_pages = item.get_closest_marker("journey") or item.get_closest_marker("crawl")
        if names & DATABASE_FIXTURES and not is_about_pages:
            item.add_marker(pytest.mark.database)
        if item.path.parent.name in BROAD_FOLDERS:
            item.add_marker(pytest.mark.broad)


def settings_for_tests(folder: Path, url: str, **changes: object) -> Settings:
    values = {
        "data_folder": folder,
        "secret_key": make_key(),
        "encryption_key": make_key(),
        "database_url": url,
        "password_memory_kib": 8,
        "background_jobs": False,
        "share_index": False,
        "municipality": "Ekbacka kommun",
        **changes,
    }
    return Settings.model_validate(values)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on an empty database with the vocabulary in it."""
    folder = tmp_path_factory.mktemp("data")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with fresh_database(folder, f"aktema_{worker}_{os.getpid()}") as url:
        app = create_app(settings_for_tests(folder, url))
        with app.app_context():
            _make_tables()
            _fill_vocabulary()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _make_tables() -> None:
    """All tables at once, marked as the newest revision; that the revisions agree is tested with the migrations."""
    Base.metadata.create_all(db.engine)
    with db.engine.connect() as connection:
        command.stamp(schema.config(connection), "head")


def _fill_vocabulary() -> None:
    from aktema.vocabulary.operations import load_vocabulary
    from aktema.vocabulary.queries import vocabulary

    load_vocabulary()
    db.session.commit()
    vocabulary()  # read once here, so that tests count their own queries only


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session whose commits are savepoints in a transaction that the test's end rolls back."""
    app.extensions.pop(KEPT, None)  # made from rows that were rolled back
    with app.test_request_context("/"):
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        db._app_engines[app][None] = connection  # type: ignore[assignment]  # the extension has no public way to lend a connection
        try:
            yield db.session()
        finally:
            db.session.remove()
            db._app_engines[app][None] = engine
            transaction.rollback()
            connection.close()


@pytest.fixture
def page(app: Flask, session: Session) -> PageClient:
    """A browser nobody is signed in with."""
    return PageClient(app.test_client())


@pytest.fixture
def sign_in(app: Flask, session: Session) -> Callable[[Account], PageClient]:
    """A browser in which the account is signed in."""

    def browser(account: Account) -> PageClient:
        token = sessions.begin(account)
        session.commit()
        client = app.test_client()
        client.set_cookie(sessions.cookie_name(), token)
        return PageClient(client)

    return browser


class QueryCount:
    """How many statements were sent, but for savepoints and session bookkeeping."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def queries() -> Iterator[QueryCount]:
    """Counts the statements sent from here on; `queries.statements.clear()` starts again."""
    count = QueryCount()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")):
            count.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield count
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Where the real public data lies; its absence is the one permitted skip."""
    folder = os.environ.get("AKTEMA_DATA")
    if not folder:
        pytest.skip("AKTEMA_DATA is not set: the tests on real public data did not run")
    return Path(folder)
