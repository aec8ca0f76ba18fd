"""Everything that is checked before a change is taken in, as data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum


class Need(Enum):
    """What a stage of tests needs from the machine beside its environment."""

    NOTHING = "nothing"
    POSTGRESQL = "PostgreSQL"
    CHROMIUM = "Chromium"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One program, run by the test environment's interpreter; exit code 0 means that it found no fault."""

    name: str
    arguments: tuple[str, ...]
    need: Need = Need.NOTHING


def _module(name: str, *arguments: str) -> Stage:
    return Stage(name=" ".join((name, *arguments[:1])), arguments=("-m", name, *arguments))


LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CORES = min(os.cpu_count() or 1, 4)
"""Never more than four: a container is told of all processors of a machine that it has only a share of."""
PARALLEL = ("-n", str(CORES + 1))
"""One more than there are cores: somebody always waits for the disk."""

# They read the source only, so several run at a time.
STATIC_STAGES = (
    _module("mypy"),
    _module("ruff", "format", "--check", "."),
    _module("ruff", "check", "."),
    Stage(name="import contracts", arguments=("-c", LINT_IMPORTS, "--no-logo")),
    _module("djlint", "--lint", "--quiet", "templates"),
    _module("djlint", "--check", "--quiet", "templates"),
    _module("deptry", ".", "--extend-exclude", r"\.aktema"),
    # What ruff's S rules see is judged there, with a reason beside each exception; here the weightier.
    Stage(name="bandit", arguments=("-m", "bandit", "-q", "-lll", "-r", "aktema")),
    # Compiling the engine's loops takes a minute; done here, no process of the tests has to.
    Stage(
        name="compiled loops",
        arguments=("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/matching/engine/test_loops.py"),
    ),
)

RACES = ("tests/robustness/test_races.py", "tests/robustness/test_last_place.py")
RACE_STAGES = (
    Stage(name="races on SQLite", arguments=RACES),
    Stage(name="races on PostgreSQL", arguments=RACES, need=Need.POSTGRESQL),
)
"""The tests run a few rounds of each; these run as many as the environment says."""

# One after the other: each fills the machine by itself.
TEST_STAGES = (
    # Counting lines doubles a test's time.
    Stage(
        name="tests on SQLite",
        arguments=("-m", "not journey and not broad", *PARALLEL, "--cov", "--cov-report=term:skip-covered"),
    ),
    Stage(name="broad tests on SQLite", arguments=("-m", "broad and not journey", *PARALLEL)),
    Stage(name="tests on PostgreSQL", arguments=("-m", "database", *PARALLEL), need=Need.POSTGRESQL),
    # A file stays with one browser: its journeys share a site that takes long to build.
    Stage(
        name="browser journeys",
        arguments=("-m", "journey", "-n", str(CORES), "--dist", "loadfile", "tests/journeys"),
        need=Need.CHROMIUM,
    ),
)
