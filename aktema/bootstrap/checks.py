"""`test` runs every stage, each with its time and a last line that sums the tests up; `check` some at full size."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aktema.bootstrap.chromium import ensure_chromium, find_chromium
from aktema.bootstrap.console import SetupError, is_ci, say
from aktema.bootstrap.places import ROOT
from aktema.bootstrap.postgres import postgres
from aktema.bootstrap.results import Counts, read_counts
from aktema.bootstrap.stages import RACE_STAGES, STATIC_STAGES, TEST_STAGES, Need, Stage

NO_TESTS = Counts()
RACE_ROUNDS = "AKTEMA_RACE_ROUNDS"
PROCESSES = {"OPENBLAS_NUM_THREADS": "1"}
"""As many test processes as there are processors: each does its arithmetic alone."""
KEEPING = {"PYTHONDONTWRITEBYTECODE": ""}
"""What one process has compiled the others read, also where a machine's habit is to throw it away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a stage went; a stage that failed without a failing test counts as one failure of its own."""

    name: str
    verdict: str
    seconds: float
    counts: Counts = NO_TESTS

    @property
    def failures(self) -> int:
        """Failing tests, or 1 for a stage that failed otherwise, or 0."""
        return self.counts.failed or int(self.verdict == "FAILED")


def run_checks(arguments: Sequence[str]) -> int:
    """Run all stages, or pytest alone when it gets arguments; return 0 if nothing failed."""
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # so that servers started for the tests are stopped too
    if arguments:
        return _run_pytest_alone(arguments)
    return _told([*_run_static(STATIC_STAGES), *(_run_tests(stage) for stage in TEST_STAGES)])


def run_full_size(arguments: Sequence[str]) -> int:
    """Run what the tests do a few times as often as it has to hold, on both databases; return 0 if nothing failed."""
    parser = ArgumentParser(prog="aktema check", description="Check at full size what the tests check small.")
    races = parser.add_subparsers(required=True, metavar="WHAT").add_parser(
        "races", help="many at once for the last place, the same form and the same row, on both databases"
    )
    races.add_argument("--rounds", type=int, default=50, help="how often each race is run (50 unless told)")
    os.environ[RACE_ROUNDS] = str(parser.parse_args(arguments).rounds)
    return _told([_run_tests(stage) for stage in RACE_STAGES])


def _told(outcomes: Sequence[Outcome]) -> int:
    say("\n" + summary(outcomes))
    return int(any(outcome.failures for outcome in outcomes))


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line per stage and, last, the tests of all stages together."""
    lines = [f"{outcome.verdict:<8}{outcome.seconds:6.1f} s  {outcome.name}" for outcome in outcomes]
    total = sum((outcome.counts for outcome in outcomes), NO_TESTS)
    failed = sum(outcome.failures for outcome in outcomes)
    skipped = f", {len(total.skips)} skipped" if total.skips else ""
    return "\n".join((*lines, f"{total.passed} passed, {failed} failed{skipped}"))


def _run_pytest_alone(arguments: Sequence[str]) -> int:
    chromium = find_chromium()
    variables = {"AKTEMA_CHROMIUM": str(chromium)} if chromium else {}
    return _python(["-m", "pytest", *arguments], variables).returncode


def _python(
    arguments: Sequence[str], variables: Mapping[str, str], *, quiet: bool = False
) -> subprocess.CompletedProcess[str]:
    output = subprocess.PIPE if quiet else None
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**PROCESSES, **os.environ, **KEEPING, **variables},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )


def _run_static(stages: Sequence[Stage]) -> Iterator[Outcome]:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(_check, stages)


def _check(stage: Stage) -> Outcome:
    began = time.monotonic()
    done = _python(stage.arguments, {}, quiet=True)
    verdict = "FAILED" if done.returncode else "ok"
    outcome = Outcome(name=stage.name, verdict=verdict, seconds=time.monotonic() - began)
    say(
        f"{verdict:<8}{outcome.seconds:6.1f} s  {stage.name}"
        + (f"\n{done.stdout}" if done.returncode else "")
    )
    return outcome


def _run_tests(stage: Stage) -> Outcome:
    say(f"\n{stage.name}:")
    began = time.monotonic()
    try:
        with _provided(stage.need) as variables:
            verdict, counts = _pytest(stage, variables)
    except SetupError as problem:
        verdict, counts = ("FAILED" if is_ci() else "SKIPPED"), NO_TESTS
        say(str(problem) if is_ci() else f"{problem} These tests are SKIPPED.")
    return Outcome(name=stage.name, verdict=verdict, seconds=time.monotonic() - began, counts=counts)


def _pytest(stage: Stage, variables: Mapping[str, str]) -> tuple[str, Counts]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = _python(
            ["-m", "pytest", "-q", f"--junit-xml={report}", *stage.arguments], variables
        ).returncode
        counts = read_counts(report)
    forbidden = counts.unpermitted_skips if is_ci() else ()
    for reason in forbidden:
        say(f"Skipped, which CI does not permit: {reason}")
    return ("FAILED" if code or forbidden else "ok"), counts


@contextlib.contextmanager
def _provided(need: Need) -> Iterator[dict[str, str]]:
    """The variables that tell the tests where what they need is; SetupError where it cannot be had."""
    if need is Need.POSTGRESQL:
        with postgres() as url:
            yield {"AKTEMA_TEST_DATABASE": "postgresql", "AKTEMA_TEST_POSTGRES_URL": url}
    elif need is Need.CHROMIUM:
        yield {"AKTEMA_CHROMIUM": str(ensure_chromium())}
    else:
        yield {}
