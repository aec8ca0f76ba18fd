"""Readers of import files: those of the units in which the reader may read files in, and the reader's own."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, raiseload

from aktema.access.identity import Identity
from aktema.access.importing.kinds import ImportKind
from aktema.access.importing.models import ImportFile
from aktema.access.models import Unit
from aktema.access.policy import is_granted_in_no_unit, units_granted
from aktema.access.queries import units_by_id
from aktema.core.db import db
from aktema.core.errors import MissingError

MOST_SHOWN = 20


def _files(identity: Identity, kind: ImportKind) -> Select[ImportFile]:
    reached: ColumnElement[bool] = ImportFile.unit_id.in_(units_granted(identity, kind.permission))
    if is_granted_in_no_unit(identity, kind.permission):
        reached = reached | ImportFile.unit_id.is_(None) & (ImportFile.account_id == identity.account_id)
    loaded = select(ImportFile).options(joinedload(ImportFile.job), raiseload("*"))
    return loaded.where(ImportFile.kind == kind.code, reached)


def get_file(identity: Identity, kind: ImportKind, public_id: str) -> ImportFile:
    """One file in reach. Raises MissingError where it is none, of another kind, or another unit's."""
    found = db.session.scalar(_files(identity, kind).where(ImportFile.public_id == public_id))
    if found is None:
        raise MissingError
    return found


def list_files(identity: Identity, kind: ImportKind) -> Sequence[ImportFile]:
    """The newest twenty files in reach."""
    newest = _files(identity, kind).order_by(ImportFile.created_at.desc(), ImportFile.id.desc())
    return db.session.scalars(newest.limit(MOST_SHOWN)).all()


def units_to_import_for(identity: Identity, kind: ImportKind) -> Sequence[Unit]:
    """The units a file can be read in for, by name."""
    return units_by_id(units_granted(identity, kind.permission))
