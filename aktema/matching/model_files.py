"""Files of what was learned: skops, never pickle, and taken only where the database knows their digest."""

import hashlib
import os
import secrets
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile

from aktema.matching.engine.learning import Learned

TRUSTED = (f"{Learned.__module__}.{Learned.__qualname__}",)
"""What a file may hold of ours; the rest is numbers, texts and tuples."""
UNREADABLE = (BadZipFile, AttributeError, LookupError, TypeError, ValueError)
MOST_BYTES = 1_000_000


class RefusedModelError(Exception):
    """A file that is not what was stored; its text says how in a few words."""


def path_of(folder: Path, version: str) -> Path:
    return folder / "models" / f"{version}.skops"


def packed(learned: Learned) -> bytes:
    """Return the content of a file."""
    from skops import io  # brings scikit-learn: seconds that only installations that learn pay

    content: bytes = io.dumps(learned)
    return content


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(file: Path, content: bytes) -> None:
    """Put the content in place whole or not at all, readable to this account only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_suffix(".partial")
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    aside.replace(file)


def read(file: Path, digest: str) -> Learned:
    """Return what was learned. Raises RefusedModelError where the file is missing, swapped or not to be trusted."""
    content = _content(file)
    if not secrets.compare_digest(digest_of(content), digest):
        raise RefusedModelError("it is not the file that was stored")
    return unpacked(content)


def unpacked(content: bytes) -> Learned:
    """Return what `packed` was given. Raises RefusedModelError for anything else."""
    from skops import io
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        learned: Learned = io.loads(content, trusted=list(TRUSTED))
        return replace(learned)  # made anew, since reading a file runs none of the class's own checks
    except (*UNREADABLE, UntrustedTypesFoundException) as error:
        raise RefusedModelError("it holds what is not to be trusted") from error


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise RefusedModelError("it cannot be read") from error
    if len(content) > MOST_BYTES:
        raise RefusedModelError("it is too large")
    return content
