"""How long a large file of participants takes, and how long everybody else has to wait for the lock meanwhile."""

import csv
import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Engine, event

from aktema.access import sessions
from aktema.access.identity import Identity, acting
from aktema.access.importing import operations
from aktema.access.importing.models import ImportFile, State
from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, temporary_installation
from aktema.bench.report import Figure
from aktema.core import jobs
from aktema.core.db import db
from aktema.demo import content
from aktema.demo.days import rng_for
from aktema.demo.numbers import personal_number
from aktema.people import import_columns as columns
from aktema.people.import_views import PARTICIPANTS

PEOPLE = 5_000
MOST_SECONDS = 30
MOST_LOCKED_SECONDS = 2
WRITING = ("INSERT", "UPDATE", "DELETE")


def measure(people: int = PEOPLE) -> list[Figure]:
    """The figures of one import: checked, read in, and the longest transaction that wrote."""
    with temporary_installation():
        unit = add_unit("Enheten")
        account = add_account("Samordnaren", Role.COORDINATOR, unit)
        db.session.commit()
        identity, unit_id = sessions.identity_of(account, 0), unit.id
        content_of_file = file_of(people)
        begun = time.perf_counter()
        with acting(identity), longest_write() as locked:
            _import(identity, unit_id, content_of_file)
        seconds = time.perf_counter() - begun
    return [
        Figure(
            name=f"import of {people} participants", value=seconds, unit="seconds", op="<=", bar=MOST_SECONDS
        ),
        Figure(
            name=f"import of {people} participants, lock held",
            value=max(locked, default=0.0),
            unit="seconds",
            op="<=",
            bar=MOST_LOCKED_SECONDS,
        ),
    ]


def file_of(people: int) -> bytes:
    """A CSV file of so many invented people, every tenth of them with a personal number."""
    rng = rng_for("import", people)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    asked = (columns.FIRST_NAME, columns.LAST_NAME, columns.BIRTH_DATE, columns.PERSONAL_NUMBER)
    told = (columns.COMMUNICATION, columns.CAME_FROM, columns.LOCALITY, columns.WISH, columns.WEEKLY_HOURS)
    rows.writerow([str(column.label) for column in (*asked, *told)])
    for number in range(people):
        born = date(1977 + number % 25, 1 + number // 25 % 12, 1 + number // 300 % 28)
        name, has_number = rng.choice(content.first_names()), number % 10 == 0 and number < 300 * 28
        digits = personal_number(born, "woman") if has_number else None
        last = f"{rng.choice(content.surnames())}-{rng.choice(content.surnames())}"
        place = rng.choice(content.employers()).locality.label
        wish = rng.choice(content.wishes()).text
        rows.writerow(
            [name.name, last, born, digits or "", "Tal", "Daglig verksamhet", place, wish, rng.randint(5, 30)]
        )
    return text.getvalue().encode()


def _import(identity: Identity, unit_id: int, content_of_file: bytes) -> None:
    """Upload, check and read in, as the pages and the worker do. Raises RuntimeError where rows are refused."""
    file = operations.upload(identity, PARTICIPANTS, unit_id=unit_id, content=content_of_file)
    operations.start_check(identity, PARTICIPANTS, file, file.mapping)
    file_id = work_off(file)
    file = db.session.get_one(ImportFile, file_id)
    if file.stage is not State.CHECKED:
        raise RuntimeError(f"the file of the measurement is {file.stage}: {file.errors[:3]}")
    operations.start_import(identity, PARTICIPANTS, file)
    file = db.session.get_one(ImportFile, work_off(file))
    if file.stage is not State.DONE:
        raise RuntimeError(f"the file of the measurement is {file.stage}")


def work_off(file: ImportFile) -> int:
    """Store, and let a worker do what waits; returns the file's id."""
    file_id = file.id
    db.session.commit()
    while jobs.run_next():
        db.session.expire_all()
    return file_id


@contextmanager
def longest_write() -> Iterator[list[float]]:
    """How many seconds each transaction that wrote lasted from its first statement that did."""
    lasted: list[float] = []
    since: dict[Connection, float] = {}

    def note(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(WRITING):
            since.setdefault(connection, time.perf_counter())

    def end(connection: Connection) -> None:
        begun = since.pop(connection, None)
        if begun is not None:
            lasted.append(time.perf_counter() - begun)

    listeners = (("before_cursor_execute", note), ("commit", end), ("rollback", end))
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    try:
        yield lasted
    finally:
        for name, listener in listeners:
            event.remove(Engine, name, listener)
