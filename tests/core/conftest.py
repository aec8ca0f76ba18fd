"""What tests of more than one process share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from aktema.app import create_app
from aktema.core.db import Base, db
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    """Two processes' applications on one database of their own."""
    with fresh_database(tmp_path, f"aktema_apart_{os.getpid()}") as url:
        settings = settings_for_tests(tmp_path, url)
        apps = (create_app(settings), create_app(settings))
        with apps[0].app_context():
            Base.metadata.create_all(db.engine)
        yield apps
        for app in apps:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
