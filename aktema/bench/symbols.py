"""How long a large pack of pictures takes, and how long everybody else has to wait for the lock meanwhile."""

import io
import time
import zipfile
from pathlib import Path

from aktema.access import sessions
from aktema.access.identity import Identity, acting
from aktema.access.importing import operations
from aktema.access.importing.models import ImportFile, State
from aktema.access.roles import Role
from aktema.bench.imports import longest_write, work_off
from aktema.bench.installation import add_account, temporary_installation
from aktema.bench.report import Figure
from aktema.core.db import db
from aktema.vocabulary.symbol_views import PACKS

MOST_SECONDS = 20
MOST_LOCKED_SECONDS = 2
KEPT = (".svg", ".png", ".csv", ".txt")


def measure(folder: Path) -> list[Figure]:
    """The figures of a folder with pictures, tables of words and terms: packed, checked and read in.

    Raises DomainError where it is no such folder, and RuntimeError where a picture is refused.
    """
    packed = packed_folder(folder)
    with temporary_installation():
        account = add_account("Administratören", Role.SYSTEM_ADMIN)
        db.session.commit()
        identity = sessions.identity_of(account, 0)
        begun = time.perf_counter()
        with acting(identity), longest_write() as locked:
            count = _import(identity, packed)
        seconds = time.perf_counter() - begun
    return [
        Figure(
            name=f"pack of {count} pictures, checked and read in",
            value=seconds,
            unit="seconds",
            op="<=",
            bar=MOST_SECONDS,
        ),
        Figure(
            name=f"pack of {count} pictures, lock held",
            value=max(locked, default=0.0),
            unit="seconds",
            op="<=",
            bar=MOST_LOCKED_SECONDS,
        ),
    ]


def packed_folder(folder: Path) -> bytes:
    """The folder's pictures, tables and terms as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in KEPT:
                packed.write(file, file.relative_to(folder))
    return out.getvalue()


def _import(identity: Identity, packed: bytes) -> int:
    """Upload, check and read in, as the pages and the worker do; the number of pictures."""
    said = {"name": "Pack", "licence": ""}
    file = operations.upload(identity, PACKS, unit_id=None, content=packed, said=said)
    operations.start_check(identity, PACKS, file, file.mapping)
    file = db.session.get_one(ImportFile, work_off(file))
    if file.stage is not State.CHECKED:
        raise RuntimeError(f"the pack of the measurement is {file.stage}: {file.errors[:3]}")
    operations.start_import(identity, PACKS, file)
    file = db.session.get_one(ImportFile, work_off(file))
    if file.stage is not State.DONE:
        raise RuntimeError(f"the pack of the measurement is {file.stage}")
    return file.row_count
