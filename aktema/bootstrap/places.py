"""Where things are made: beside the source where it can be written, else in the user's cache."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from aktema.bootstrap.console import SetupError, say

ROOT = Path(__file__).resolve().parents[2]


def homes(root: Path = ROOT, variables: Mapping[str, str] = os.environ) -> tuple[Path, Path]:
    """The two folders that may hold what the bootstrap makes, the preferred one first."""
    cache = variables.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return root / ".aktema", Path(cache) / "aktema"


def writable_home(root: Path = ROOT, variables: Mapping[str, str] = os.environ) -> Path:
    """The first of the homes that can be written, made if need be; SetupError if neither can."""
    beside, cache = homes(root, variables)
    if is_writable(beside):
        return beside
    if is_writable(cache):
        say(f"{root} cannot be written to: using {cache} instead.")
        return cache
    raise SetupError(
        f"Neither {beside} nor {cache} can be written to: set XDG_CACHE_HOME to a folder where you may write."
    )


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in the folder, itself made if need be; permission bits deceive."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def digest_of(*contents: str) -> str:
    """A short name for exactly these contents."""
    return hashlib.sha256("\0".join(contents).encode()).hexdigest()[:12]


@contextlib.contextmanager
def workshop(home: Path, name: str) -> Iterator[Path]:
    """An empty folder in which to make `name`, for one start at a time.

    What is made there is moved out whole at the end, so nothing half-made is ever seen under its real name.
    The folder is removed afterwards, and so is any that a killed start left behind.
    """
    with _claimed(home / f"{name}.lock"):
        for stale in home.glob(f"{name}.partial-*"):
            shutil.rmtree(stale, ignore_errors=True)
        partial = Path(tempfile.mkdtemp(prefix=f"{name}.partial-", dir=home))
        try:
            yield partial
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def _claimed(lock: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it even if this process is killed."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing the same thing: waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def put_in_place(made: Path, target: Path) -> None:
    """Move a finished folder from its workshop to its place; what stood there goes away with the workshop."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(made.with_name(f"{made.name}.old"))
    made.rename(target)
