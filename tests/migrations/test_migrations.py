"""Migrations move a populated database up, down and up, and leave exactly what the models say."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, inspect, select

from aktema.app import create_app
from aktema.core import schema
from aktema.core.db import Base, db
from aktema.demo.municipality import fill
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database

pytestmark = pytest.mark.database


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without tables."""
    with fresh_database(tmp_path, f"aktema_migrations_{os.getpid()}") as url:
        app = create_app(settings_for_tests(tmp_path, url, demo=True))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    scripts = ScriptDirectory.from_config(schema.config()).walk_revisions()
    return [script.revision for script in scripts][::-1]


def test_revisions_are_numbered_in_one_line() -> None:
    assert revisions() == sorted(revisions())
    assert len(ScriptDirectory.from_config(schema.config()).get_heads()) == 1


def test_the_schema_is_what_the_models_say(empty_app: Flask) -> None:
    schema.upgrade()
    with db.engine.connect() as connection:
        assert schema.drift(connection) == []


def checks() -> set[tuple[str, str | None]]:
    """What the database itself refuses, by table and name."""
    found = inspect(db.engine)
    return {
        (table, one["name"])
        for table in found.get_table_names()
        for one in found.get_check_constraints(table)
    }


def test_the_database_refuses_what_the_models_say(empty_app: Flask) -> None:
    schema.upgrade()
    migrated = checks()
    schema.downgrade("base")
    Base.metadata.create_all(db.engine)
    assert migrated == checks()


def test_an_old_schema_is_not_current(empty_app: Flask) -> None:
    schema.upgrade(revisions()[0])
    with db.engine.connect() as connection:
        assert not schema.is_current(connection)


def test_down_leaves_nothing_and_up_works_again(empty_app: Flask) -> None:
    schema.upgrade()
    schema.downgrade("base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade()
    with db.engine.connect() as connection:
        assert schema.is_current(connection)


def counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            t.name: connection.scalar(select(func.count()).select_from(t)) or 0
            for t in Base.metadata.sorted_tables
        }


def test_a_populated_database_goes_a_step_down_and_up_again(empty_app: Flask) -> None:
    schema.upgrade()
    load_vocabulary()
    db.session.commit()
    fill(progress=lambda _line: None, people=12)
    before = counts()
    newest = revisions()[-1]
    below = {table for table in before if table in _tables_of(revisions()[-2])}
    schema.downgrade(revisions()[-2])
    schema.upgrade(newest)
    after = counts()
    assert {name: after[name] for name in below} == {name: before[name] for name in below}


def _tables_of(revision: str) -> set[str]:
    """The tables that stand at a revision."""
    schema.downgrade(revision)
    names = set(inspect(db.engine).get_table_names())
    schema.upgrade()
    return names
