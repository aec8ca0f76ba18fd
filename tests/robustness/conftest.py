"""An application whose requests really commit, for tests of threads, locks and what lies on the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from aktema.access import sessions
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core.db import Base, db
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Flask]:
    """An application whose requests really commit."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with fresh_database(tmp_path, f"aktema_races_{worker}_{os.getpid()}") as url:
        app = create_app(settings_for_tests(tmp_path, url))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            db.session.commit()
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def token(live: Flask) -> str:
    """The key of a coach's session; the coach has one person."""
    with live.test_request_context("/"):
        coach = an_account(Role.JOB_COACH, a_unit())
        a_participant(coach=coach)
        key = sessions.begin(coach)
        db.session.commit()
    return key
