from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aktema import __main__ as program
from aktema.bootstrap import start as start_module
from aktema.bootstrap.console import SetupError, run_visibly
from aktema.bootstrap.places import ROOT
from aktema.bootstrap.start import COMMANDS, is_inside, is_source_tree, start


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert start(arguments) == 0
    printed = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " not in printed] == []


def test_help_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "aktema", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_is_said_before_anything_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert start(["dmeo"]) == 2
    assert "no command 'dmeo'" in capsys.readouterr().err


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "MINIMUM_PYTHON", (99, 0))
    assert program.main(["demo"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_only_the_named_environment_counts_as_inside() -> None:
    assert is_inside({"AKTEMA_ENVIRONMENT": sys.prefix})
    assert not is_inside({"AKTEMA_ENVIRONMENT": "/elsewhere"})
    assert not is_inside({})


def test_an_installed_package_makes_no_environment(tmp_path: Path) -> None:
    assert not is_source_tree(tmp_path)


@pytest.mark.parametrize("fault", [SetupError("pip is missing"), OSError(28, "No space left on device")])
def test_a_failed_preparation_is_a_sentence_and_no_traceback(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(kind: str) -> Path:
        raise fault

    monkeypatch.setattr(start_module, "is_inside", lambda: False)
    monkeypatch.setattr(start_module, "ensure_environment", fail)
    assert start(["migrate"]) == 1
    assert str(fault) in capsys.readouterr().err


def test_a_failing_program_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    script = "import sys; print('looking'); print('no such package', file=sys.stderr); sys.exit(3)"
    with pytest.raises(SetupError, match=r"Installing failed \(exit code 3\)(.|\n)*no such package"):
        run_visibly([sys.executable, "-c", script], doing="Installing", folder=tmp_path)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no-such-program could not be started"):
        run_visibly(["no-such-program"], doing="Installing", folder=tmp_path)
