"""Everything that is checked before a change is taken in, as data."""

from __future__ import annotations

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
PARALLEL = ("-n", "3")
"""One more than the two cores of a small machine: somebody always waits for the disk."""

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
)

RACES = ("tests/robustness/test_races.py", "tests/robustness/test_last_place.py")
RACE_STAGES = (
    Stage(name="races on SQLite", arguments=RACES),
    Stage(name="races on PostgreSQL", arguments=RACES, need=Need.POSTGRESQL),
)
"""The tests run a few rounds of each; these run as many as the environment says."""

# One after the other: each fills the machine by itself.
TEST_STAGES = (
    Stage(
        name="tests on SQLite",
        arguments=("-m", "not journey", *PARALLEL, "--cov", "--cov-report=term:skip-covered"),
    ),
    Stage(name="tests on PostgreSQL", arguments=("-m", "database", *PARALLEL), need=Need.POSTGRESQL),
    # A file stays with one browser: its journeys share a site that takes long to build.
    Stage(
        name="browser journeys",
        arguments=("-m", "journey", "-n", "2", "--dist", "loadfile"),
        need=Need.CHROMIUM,
    ),
)
