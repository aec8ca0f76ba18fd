"""One start: find the command, prepare what it needs, and go on inside the environment."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from aktema.bootstrap.console import SetupError
from aktema.bootstrap.environment import ensure_environment, python_of
from aktema.bootstrap.frontend import ensure_front_end
from aktema.bootstrap.pango import ensure_pango
from aktema.bootstrap.places import ROOT
from aktema.bootstrap.postgres import postgres

COMMANDS = {
    "demo": "start a demo municipality with one sign-in per role (--port N; 8000 unless told)",
    "serve": "serve the application on DATABASE_URL",
    "migrate": "bring the database up to this version",
    "create-admin": "make an account for a system administrator",
    "import": "import occupations from public data files",
    "retrain": "learn from decisions about suggestions, and choose the model in use (--save, --switch, --roll-back)",
    "model": "what was learned: list it, pass it on, take it in (list, export, import)",
    "bench": "measure speed at full size",
    "test": "run every check that a change must pass (or pytest alone, with its arguments)",
    "check": "check at full size what the tests check small (races --rounds N; for developers)",
    "translate": "bring the English catalogue in step with the Swedish texts (for developers)",
    "lock": "renew requirements/*.txt and package-lock.json (for developers; needs uv and npm)",
}
WITH_PAGES = ("demo", "serve", "test")
SERVING = ("demo", "serve")
WITH_PDF = ("demo", "test")  # whoever serves in earnest installs what their machine is to have
WITH_TEST_TOOLS = ("bench", "check", "test")  # what the engine is measured against is no part of the product
INSIDE = "AKTEMA_ENVIRONMENT"
BENCH_DATABASE = "AKTEMA_BENCH_DATABASE"
VENDOR = "AKTEMA_VENDOR"
DEMO_FOLDER = "AKTEMA_DEMO_FOLDER"


def start(arguments: Sequence[str]) -> int:
    """Run the command line, in the environment it needs, and return the exit code."""
    command = arguments[0] if arguments else "--help"
    if command in {"-h", "--help", "help"}:
        print(help_text())
        return 0
    if command not in COMMANDS:
        print(f"Aktema has no command {command!r}: `python3 -m aktema --help` lists them.", file=sys.stderr)
        return 2
    try:
        if command != "lock" and is_source_tree() and not is_inside():
            _continue_inside(command, arguments)
        return _run_here(command, arguments)
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def help_text() -> str:
    """What `--help` prints."""
    lines = (f"  {name:<13} {meaning}" for name, meaning in COMMANDS.items())
    return "\n".join(
        ("Usage: python3 -m aktema COMMAND [...]", "", *lines, "", "COMMAND --help tells more about one.")
    )


def is_source_tree(root: Path = ROOT) -> bool:
    """Whether this is a source tree with locks; an installed package has its dependencies already."""
    return (root / "requirements" / "run.txt").exists()


def is_inside(variables: Mapping[str, str] = os.environ, prefix: str = sys.prefix) -> bool:
    """Whether this process runs in the environment that a first start made for it."""
    return os.path.realpath(variables.get(INSIDE, "")) == os.path.realpath(prefix)


def _continue_inside(command: str, arguments: Sequence[str]) -> None:
    """Replace this process by the same command in its environment; does not return."""
    try:
        environment = ensure_environment("test" if command in WITH_TEST_TOOLS else "run")
        variables = {**os.environ, INSIDE: str(environment)}
        variables.setdefault(DEMO_FOLDER, str(environment.parent / "demo"))
        if command in WITH_PAGES:
            variables[VENDOR] = str(ensure_front_end())
        if command in WITH_PDF:
            ensure_pango()
    except OSError as error:
        raise SetupError(f"Preparing the environment failed: {error}.") from error
    sys.stdout.flush()
    python = str(python_of(environment))
    os.execve(python, [python, "-m", "aktema", *arguments], variables)  # noqa: S606 - our own program, no shell


def _run_here(command: str, arguments: Sequence[str]) -> int:
    if command in SERVING:  # requests are answered side by side: one thread of arithmetic for each is enough
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if command == "lock":
        from aktema.bootstrap.locks import renew_locks

        renew_locks()
        return 0
    if command == "test":
        from aktema.bootstrap.checks import run_checks

        return run_checks(arguments[1:])
    if command == "check":
        from aktema.bootstrap.checks import run_full_size

        return run_full_size(arguments[1:])
    from aktema.cli import main

    with contextlib.ExitStack() as opened:
        if list(arguments[:2]) == ["bench", "engine"] and BENCH_DATABASE not in os.environ:
            with contextlib.suppress(SetupError):  # the measurement says that it was left out
                os.environ[BENCH_DATABASE] = opened.enter_context(postgres())
        return main(list(arguments))
