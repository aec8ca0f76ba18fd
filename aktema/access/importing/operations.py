"""What happens to a file before and after its jobs: uploaded, set to work, undone, thrown away."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.importing.kinds import ImportKind, Opened, Said
from aktema.access.importing.models import AT_WORK, READ_IN, ImportFile, State
from aktema.core import clock, jobs
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.importing import guess_mapping
from aktema.core.tabular import FileRefused

CHECK, INSERT = "import.check", "import.insert"
KEPT_UNFINISHED = timedelta(days=7)
_NOTHING: Said = MappingProxyType({})


def upload(
    identity: Identity, kind: ImportKind, *, unit_id: int | None, content: bytes, said: Said = _NOTHING
) -> ImportFile:
    """Keep a file that can be read, with guessed columns, in place of earlier ones the account left unfinished.

    Raises DomainError on `file` saying why it can't be read.
    """
    opened = _opened(kind, content, said)
    table = opened.table
    _drop_unfinished(identity, kind)
    forget_old_files()
    file = ImportFile(
        kind=kind.code, unit_id=unit_id, account_id=identity.account_id, row_count=len(table.rows)
    )
    file.content, file.headings, file.said = content, table.headings, opened.said
    file.mapping = guess_mapping(table.headings, kind.columns)
    db.session.add(file)
    db.session.flush()  # the audit row needs its id
    _trace(kind, file, "upload")
    return file


def _opened(kind: ImportKind, content: bytes, said: Said) -> Opened:
    try:
        return kind.open(content, said)
    except FileRefused as problem:
        raise DomainError(problem.message, "file") from problem


def _drop_unfinished(identity: Identity, kind: ImportKind) -> None:
    mine = (ImportFile.kind == kind.code) & (ImportFile.account_id == identity.account_id)
    db.session.execute(delete(ImportFile).where(mine, ImportFile.state.not_in(AT_WORK | READ_IN)))


def forget_old_files() -> None:
    """Throw away what was left unfinished for a week."""
    since = clock.now() - KEPT_UNFINISHED
    unfinished = ImportFile.state.not_in(READ_IN)
    db.session.execute(delete(ImportFile).where(ImportFile.created_at < since, unfinished))


def start_check(
    identity: Identity, kind: ImportKind, file: ImportFile, mapping: Mapping[str, int | None]
) -> None:
    """Let a job check every row under these columns. Raises DomainError where the file is at work or read in."""
    if not file.may_be_checked:
        raise _too_late()
    file.mapping, file.errors, file.more_errors = mapping, (), 0
    _set_to_work(identity, file, State.CHECKING, CHECK)
    _trace(kind, file, "check")


def start_import(identity: Identity, kind: ImportKind, file: ImportFile) -> None:
    """Let a job read the file in. Raises DomainError where it is not checked, or found faulty."""
    if file.stage is not State.CHECKED:
        raise _too_late()
    _set_to_work(identity, file, State.IMPORTING, INSERT)
    _trace(kind, file, "import")


def _set_to_work(identity: Identity, file: ImportFile, state: State, job_kind: str) -> None:
    file.state, file.account_id = state, identity.account_id
    file.job = jobs.enqueue(job_kind, file.id)


def undo(kind: ImportKind, file: ImportFile) -> None:
    """Take away every row the file became. Raises DomainError where more has been written about one of them."""
    if file.stage is not State.DONE:
        raise _too_late()
    try:
        with db.session.begin_nested():
            kind.undo(file.inserted)
    except IntegrityError as error:
        raise in_use() from error
    file.state, file.inserted = State.UNDONE, {}
    _trace(kind, file, "undo")


def in_use() -> DomainError:
    """Why an import can't be undone any more."""
    return DomainError(
        _("Det går inte att ångra, för någon har redan skrivit mer om det inlästa. Inget har ändrats.")
    )


def discard(kind: ImportKind, file: ImportFile) -> None:
    """Throw the file away. Raises DomainError where it is at work or read in."""
    if not file.may_be_checked:
        raise _too_late()
    _trace(kind, file, "discard")
    db.session.delete(file)


def _too_late() -> DomainError:
    return DomainError(_("Filen har redan kommit längre. Läs vad som står här nu."))


def _trace(kind: ImportKind, file: ImportFile, act: str) -> None:
    detail = f"{kind.code} {act}"
    audit.record_write(kind.permission, object_kind="import_file", object_id=file.id, detail=detail)
