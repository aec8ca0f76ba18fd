from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from aktema.bootstrap import environment
from aktema.bootstrap.console import SetupError
from aktema.bootstrap.environment import (
    ensure_environment,
    ensure_venv,
    environment_name,
    is_ready,
    python_of,
)

LOCK = "flask==3.1.3 \\\n    --hash=sha256:00\n"


class FakeRunner:
    """Makes an environment's interpreter as `venv` does; fails at the step that `fails_at` is part of."""

    def __init__(self, fails_at: str | None = None) -> None:
        self.fails_at = fails_at
        self.commands: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str], *, doing: str, folder: Path) -> None:
        self.commands.append(command)
        if self.fails_at and self.fails_at in doing:
            raise SetupError(f"{doing} failed")
        if "venv" in command:
            python = python_of(Path(command[-1]))
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "root" / "requirements").mkdir(parents=True)
    (tmp_path / "root" / "requirements" / "run.txt").write_text(LOCK)
    return tmp_path / "root"


def made(root: Path) -> list[str]:
    return [path.name for path in (root / ".aktema").iterdir() if path.is_dir()]


def test_the_name_is_the_same_for_the_same_lock() -> None:
    assert environment_name("run", LOCK) == environment_name("run", LOCK)


@pytest.mark.parametrize("other", [("test", LOCK), ("run", LOCK + "click==8.5.1\n")])
def test_another_kind_or_lock_has_another_name(other: tuple[str, str]) -> None:
    assert environment_name(*other) != environment_name("run", LOCK)


def test_another_interpreter_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment_name("run", LOCK)
    monkeypatch.setattr(sys, "version", "3.99")
    assert environment_name("run", LOCK) != before


def test_a_finished_environment_stands_under_its_name_and_nothing_else_does(root: Path) -> None:
    place = ensure_environment("run", root=root, run=FakeRunner())
    assert is_ready(place)
    assert made(root) == [environment_name("run", LOCK)]


def test_a_second_start_runs_nothing(root: Path) -> None:
    first = ensure_environment("run", root=root, run=FakeRunner())
    again = FakeRunner()
    assert ensure_environment("run", root=root, run=again) == first
    assert again.commands == []


def test_packages_are_installed_by_hash_and_as_wheels(root: Path) -> None:
    runner = FakeRunner()
    ensure_environment("run", root=root, run=runner)
    pip = next(command for command in runner.commands if "pip" in command)
    assert {"--require-hashes", "--only-binary=:all:"} <= set(pip)


@pytest.mark.parametrize("step", ["Making", "Installing", "Compiling"])
def test_a_failed_step_leaves_nothing_behind(root: Path, step: str) -> None:
    with pytest.raises(SetupError):
        ensure_environment("run", root=root, run=FakeRunner(fails_at=step))
    assert made(root) == []


def test_what_a_killed_start_left_is_removed_by_the_next(root: Path) -> None:
    stale = root / ".aktema" / f"{environment_name('run', LOCK)}.partial-killed"
    (stale / "environment").mkdir(parents=True)
    ensure_environment("run", root=root, run=FakeRunner())
    assert made(root) == [environment_name("run", LOCK)]


def test_missing_venv_is_said_in_one_sentence_with_the_remedy() -> None:
    with pytest.raises(SetupError, match=r"for want of ensurepip.*apt-get install python3\.\d+-venv"):
        ensure_venv(has_module=lambda name: name == "venv", run=FakeRunner(), is_root=False)


def test_root_on_debian_gets_venv_from_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = FakeRunner()
    monkeypatch.setattr(shutil, "which", lambda program: f"/usr/bin/{program}")
    ensure_venv(has_module=lambda name: bool(runner.commands), run=runner, is_root=True)
    assert ["apt-get", "install", "-y", "--no-install-recommends", "python3-venv"] in runner.commands


def test_apt_lists_are_fetched_when_the_package_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = FakeRunner(fails_at="Installing python3-venv")
    with pytest.raises(SetupError):
        environment.install_debian_package("python3-venv", runner)
    assert [command[1] for command in runner.commands] == ["install", "update", "install"]
