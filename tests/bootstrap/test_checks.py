from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from aktema.bootstrap import checks, postgres
from aktema.bootstrap.checks import Outcome, run_checks, run_full_size, summary
from aktema.bootstrap.chromium import find_chromium, launch_flags
from aktema.bootstrap.console import SetupError, is_ci
from aktema.bootstrap.results import Counts, read_counts
from aktema.bootstrap.stages import STATIC_STAGES, TEST_STAGES

REPORT = """<testsuites><testsuite>
<testcase name="a"/>
<testcase name="b"><failure message="no"/></testcase>
<testcase name="c"><error message="no"/></testcase>
<testcase name="d"><skipped type="pytest.skip" message="{reason}"/></testcase>
<testcase name="e"><skipped type="pytest.xfail" message="known"/></testcase>
</testsuite></testsuites>"""


def report(folder: Path, reason: str = "AKTEMA_DATA is not set") -> Path:
    file = folder / "report.xml"
    file.write_text(REPORT.format(reason=reason))
    return file


def test_failures_and_errors_both_count_as_failed(tmp_path: Path) -> None:
    counts = read_counts(report(tmp_path))
    assert (counts.passed, counts.failed, len(counts.skips)) == (1, 2, 1)


def test_a_run_that_wrote_no_report_counts_nothing(tmp_path: Path) -> None:
    assert read_counts(tmp_path / "none.xml") == Counts()


def test_only_missing_public_data_permit_a_skip(tmp_path: Path) -> None:
    assert read_counts(report(tmp_path)).unpermitted_skips == ()
    assert read_counts(report(tmp_path, "no browser")).unpermitted_skips == ("no browser",)


def test_the_last_line_sums_all_stages_up() -> None:
    outcomes = [
        Outcome(name="ruff", verdict="ok", seconds=1),
        Outcome(name="tests", verdict="ok", seconds=9, counts=Counts(passed=5, skips=("AKTEMA_DATA",))),
        Outcome(name="journeys", verdict="FAILED", seconds=9, counts=Counts(passed=1, failed=2)),
    ]
    assert summary(outcomes).splitlines()[-1] == "6 passed, 2 failed, 1 skipped"


def test_a_stage_that_fails_without_a_failing_test_is_still_a_failure() -> None:
    outcomes = [Outcome(name="mypy", verdict="FAILED", seconds=1)]
    assert summary(outcomes).splitlines()[-1] == "0 passed, 1 failed"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Sequence[str], Mapping[str, str]]]:
    """Every command that would have run; all of them find no fault."""
    commands: list[tuple[Sequence[str], Mapping[str, str]]] = []

    def note(
        arguments: Sequence[str], variables: Mapping[str, str], **_: bool
    ) -> subprocess.CompletedProcess[str]:
        commands.append((arguments, variables))
        return subprocess.CompletedProcess(arguments, 0, "")

    monkeypatch.setattr(checks, "_python", note)
    monkeypatch.setattr(checks, "ensure_chromium", lambda: Path("/browser"))
    monkeypatch.setattr(checks, "find_chromium", lambda: Path("/browser"))
    monkeypatch.setattr(checks, "postgres", given_server)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    return commands


@contextlib.contextmanager
def given_server() -> Iterator[str]:
    yield "postgresql://server"


def no_server() -> contextlib.AbstractContextManager[str]:
    raise SetupError("There is no server.")


def test_all_stages_run(ran: list[tuple[Sequence[str], Mapping[str, str]]]) -> None:
    assert run_checks([]) == 0
    assert len(ran) == len(STATIC_STAGES) + len(TEST_STAGES)


def test_stages_are_told_where_their_server_and_browser_are(
    ran: list[tuple[Sequence[str], Mapping[str, str]]],
) -> None:
    run_checks([])
    given = {name: value for _, variables in ran for name, value in variables.items()}
    assert given["AKTEMA_TEST_POSTGRES_URL"] == "postgresql://server"
    assert given["AKTEMA_CHROMIUM"] == "/browser"


def test_arguments_run_pytest_alone_with_them(ran: list[tuple[Sequence[str], Mapping[str, str]]]) -> None:
    run_checks(["tests/people", "-k", "x"])
    assert [arguments for arguments, _ in ran] == [["-m", "pytest", "tests/people", "-k", "x"]]


@pytest.mark.parametrize(("typed", "rounds"), [([], "50"), (["--rounds", "7"], "7")])
def test_races_are_run_at_full_size_on_both_databases(
    ran: list[tuple[Sequence[str], Mapping[str, str]]],
    typed: list[str],
    rounds: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AKTEMA_RACE_ROUNDS", "")
    assert run_full_size(["races", *typed]) == 0
    assert [variables.get("AKTEMA_TEST_DATABASE") for _, variables in ran] == [None, "postgresql"]
    assert (os.environ["AKTEMA_RACE_ROUNDS"], len(ran)) == (rounds, 2)
    assert all("tests/robustness/test_last_place.py" in arguments for arguments, _ in ran)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("1", 1)])
def test_a_missing_server_is_skipped_aloud_and_fails_in_ci(
    ran: list[tuple[Sequence[str], Mapping[str, str]]],
    ci: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(checks, "postgres", no_server)
    assert run_checks([]) == code
    assert "There is no server." in capsys.readouterr().out


@pytest.mark.parametrize(("value", "expected"), [("", False), ("0", False), ("false", False), ("true", True)])
def test_ci_is_what_the_variable_says(value: str, expected: bool) -> None:
    assert is_ci({"CI": value}) is expected


def test_a_named_browser_that_is_not_there_is_an_error() -> None:
    with pytest.raises(SetupError, match="/nowhere/chromium"):
        find_chromium({"AKTEMA_CHROMIUM": "/nowhere/chromium"})


@pytest.mark.parametrize("is_root", [True, False])
def test_only_root_goes_without_the_sandbox(is_root: bool) -> None:
    assert ("--no-sandbox" in launch_flags(is_root=is_root)) is is_root


def test_no_browser_on_the_machine_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    assert find_chromium({}) is None


def test_no_server_programs_are_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SetupError, match="apt-get install postgresql"):
        postgres.find_server_programs()
