"""The jobs: checking a file without holding any lock, and inserting everything in one short transaction."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import undefer

from aktema.access import audit, sessions
from aktema.access.identity import acting
from aktema.access.importing.kinds import (
    ImportKind,
    Insertion,
    OvertakenError,
    Problem,
    Sender,
    get_kind,
)
from aktema.access.importing.models import AT_WORK, ImportFile, State
from aktema.access.importing.operations import CHECK, INSERT, forget_old_files
from aktema.access.models import Account
from aktema.access.policy import is_granted_for
from aktema.core import clock, jobs
from aktema.core.db import db, reading
from aktema.core.errors import RefusedError
from aktema.core.importing import (
    MOST_ERRORS,
    CellError,
    Mapped,
    Record,
    RowCheck,
    cell_error,
    check_rows,
    summarise,
)
from aktema.core.jobs import Progress
from aktema.core.tabular import Table

ROWS_BETWEEN_REPORTS = 100  # a row may hold a picture to make anew, and the lease lasts a minute


@dataclass(frozen=True, kw_only=True, slots=True)
class _Task:
    """Everything a job needs, read once."""

    import_id: int
    kind: ImportKind
    sender: Sender
    language: str
    content: bytes
    mapping: Mapped


@dataclass(frozen=True, kw_only=True, slots=True)
class _Outcome:
    """What the dry run came to; `known_ids` are people found to be here already."""

    records: tuple[Record, ...]
    errors: tuple[CellError, ...]
    more_errors: int
    known_ids: tuple[int, ...]


def check(import_id: int, progress: Progress) -> None:
    """The dry run."""
    task = _find_task(import_id, State.CHECKING)
    if task is not None:
        with _in_the_name_of(task):
            _keep(task, _dry_run(task, progress))


def insert(import_id: int, progress: Progress) -> None:
    """Check once more, since the database may have changed, and read everything in or nothing."""
    task = _find_task(import_id, State.IMPORTING)
    if task is not None:
        with _in_the_name_of(task):
            _insert_checked(task, progress)


def _insert_checked(task: _Task, progress: Progress) -> None:
    outcome = _dry_run(task, progress)
    if outcome.errors:
        _keep(task, outcome)
        return
    with _snapshot():
        insertion = task.kind.prepare(outcome.records, task.sender)
    try:
        _write(task, insertion)
    except (IntegrityError, OvertakenError):
        # Somebody else wrote the same thing meanwhile: the dry run can tell which row it is.
        db.session.rollback()
        outcome = _dry_run(task, progress)
        if not outcome.errors:
            raise
        _keep(task, outcome)


def _find_task(import_id: int, state: State) -> _Task | None:
    """The task, or None where the file is gone or somebody else has done it."""
    with _snapshot():
        file = db.session.scalar(
            select(ImportFile)
            .where(ImportFile.id == import_id, ImportFile.state == state)
            .options(undefer(ImportFile.content_sealed))
        )
        return None if file is None else _task_of(file)


def _task_of(file: ImportFile) -> _Task:
    """Raises RefusedError where whoever started it has lost the right since."""
    account, kind = db.session.get_one(Account, file.account_id), get_kind(file.kind)
    identity = sessions.identity_of(account, 0)
    if not account.is_active or not is_granted_for(identity, kind.permission, file.unit_id):
        raise RefusedError(kind.permission.code)
    return _Task(
        import_id=file.id,
        kind=kind,
        sender=Sender(identity=identity, of_unit=file.unit_id, said=file.said),
        language=account.language,
        content=file.content,
        mapping=file.mapping,
    )


@contextmanager
def _in_the_name_of(task: _Task) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(acting(task.sender.identity))
        stack.enter_context(force_locale(task.language))
        yield


@contextmanager
def _snapshot() -> Iterator[None]:
    """Reading that blocks nobody."""
    with reading():
        try:
            yield
        finally:
            db.session.rollback()


def _dry_run(task: _Task, progress: Progress) -> _Outcome:
    with _snapshot():
        opened = task.kind.open(task.content, task.sender.said)
        table, mapping = opened.table, {**task.mapping, **opened.mapping}
        checks = check_rows(table, mapping, (*opened.columns, *task.kind.columns))
        checked = summarise(_counted(checks, len(table.rows), progress))
        problems = tuple(task.kind.check(checked.records, task.sender))
    found = _cell_errors(table, mapping, problems)
    errors = sorted((*checked.errors, *found), key=lambda error: error.row)
    return _Outcome(
        records=checked.records,
        errors=tuple(errors[:MOST_ERRORS]),
        more_errors=checked.more_errors + len(errors[MOST_ERRORS:]),
        known_ids=tuple({one.participant_id for one in problems if one.participant_id is not None}),
    )


def _counted(checks: Iterable[RowCheck], total: int, progress: Progress) -> Iterator[RowCheck]:
    rows = iter(checks)
    for done in range(0, total, ROWS_BETWEEN_REPORTS):
        progress.report(done, total)
        yield from itertools.islice(rows, ROWS_BETWEEN_REPORTS)
    progress.report(total, total)


def _cell_errors(table: Table, mapping: Mapped, problems: Iterable[Problem]) -> list[CellError]:
    rows = {row.number: row for row in table.rows}
    return [cell_error(rows[one.row], table.headings, mapping, one.column, one.message) for one in problems]


def _keep(task: _Task, outcome: _Outcome) -> None:
    file = _claim(task)
    file.state = State.FAULTY if outcome.errors else State.CHECKED
    file.errors, file.more_errors = outcome.errors, outcome.more_errors
    audit.record_reads(task.kind.permission, outcome.known_ids)
    db.session.commit()


def _write(task: _Task, insertion: Insertion) -> None:
    """The one transaction that holds the lock: claims the file, inserts, and lets the content go."""
    file = _claim(task)
    file.inserted = insertion()
    file.state, file.done_at = State.DONE, clock.now()
    file.forget()
    db.session.commit()


def _claim(task: _Task) -> ImportFile:
    """The file, locked. Raises NoResultFound where another worker has finished it: then nothing is written twice."""
    at_work = select(ImportFile).where(ImportFile.id == task.import_id, ImportFile.state.in_(AT_WORK))
    return db.session.scalars(at_work.with_for_update().execution_options(populate_existing=True)).one()


jobs.register(CHECK, check)
jobs.register(INSERT, insert)
jobs.register_chore(forget_old_files)
