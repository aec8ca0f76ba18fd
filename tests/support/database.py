"""The database the tests run on: SQLite in a folder of its own, or a PostgreSQL database per worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

WANTS_POSTGRES = os.environ.get("AKTEMA_TEST_DATABASE") == "postgresql"


@contextmanager
def fresh_database(folder: Path, name: str) -> Iterator[str]:
    """The URL of an empty database that is gone afterwards."""
    if not WANTS_POSTGRES:
        yield f"sqlite:///{folder / f'{name}.db'}"
        return
    server = make_url(os.environ["AKTEMA_TEST_POSTGRES_URL"])
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()
