"""An installation for one measurement: a database in a temporary folder, a unit, and somebody signed in."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from aktema.access import sessions
from aktema.access.models import Account, Membership, Unit
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core import clock
from aktema.core.db import Base, db
from aktema.core.settings import Settings, make_key
from aktema.core.swedish import sort_key
from aktema.vocabulary.operations import load_vocabulary


@contextmanager
def temporary_installation() -> Iterator[Flask]:
    """The application on an empty SQLite database with the vocabulary; inside, an app context is open."""
    with TemporaryDirectory(prefix="aktema-bench-") as folder, _kept_log_settings():
        app = create_app(_settings(Path(folder)))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            db.session.commit()
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _kept_log_settings() -> Iterator[None]:
    """A page opened a hundred times fills no screen; afterwards the log is as it was."""
    before = structlog.get_config()
    try:
        yield
    finally:
        structlog.configure(**before)


def _settings(folder: Path) -> Settings:
    return Settings.model_validate(
        {
            "data_folder": folder,
            "secret_key": make_key(),
            "encryption_key": make_key(),
            "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            "background_jobs": False,
            "share_index": False,
        }
    )


def add_unit(name: str) -> Unit:
    unit = Unit(name=name, sort_key=sort_key(name), kind="municipal")
    db.session.add(unit)
    db.session.flush()  # those who work there name it
    return unit


def add_account(name: str, role: Role, unit: Unit | None = None) -> Account:
    """An account without a password: it is signed in from here."""
    account = Account(email=f"{sort_key(name)}@bench.example", name=name, sort_key=sort_key(name))
    unit_id = unit.id if unit else None
    account.memberships.append(Membership(role_code=role.value, unit_id=unit_id, from_date=clock.today()))
    db.session.add(account)
    db.session.flush()  # what it is responsible for names it
    return account


def signed_in(app: Flask, account: Account) -> FlaskClient:
    """A browser in which the account is signed in."""
    account_id = account.id
    with app.test_request_context("/"):
        token = sessions.begin(db.session.get_one(Account, account_id))
        db.session.commit()
    client = app.test_client()
    client.set_cookie(sessions.cookie_name(), token)
    return client


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, but for those that hold transactions together."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
