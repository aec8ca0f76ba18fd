from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from aktema.bootstrap import pango
from aktema.bootstrap.console import SetupError
from aktema.bootstrap.pango import PACKAGES, ensure_pango


class Machine:
    """A Debian machine with some libraries; its apt installs what it is asked for, unless it is broken."""

    def __init__(self, *libraries: str, is_broken: bool = False) -> None:
        self.libraries = set(libraries)
        self.is_broken = is_broken
        self.installed: list[str] = []

    def find(self, library: str) -> str | None:
        return f"{library}.so" if library in self.libraries else None

    def run(self, command: Sequence[str], *, doing: str, folder: Path) -> None:
        if self.is_broken:
            raise SetupError(f"{doing} failed")
        self.installed.append(command[-1])
        self.libraries |= {library for library, package in PACKAGES.items() if package == command[-1]}


@pytest.fixture(autouse=True)
def on_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pango.shutil, "which", lambda name: f"/usr/bin/{name}")


def test_what_is_missing_is_installed_as_root() -> None:
    machine = Machine("pango-1.0")
    assert ensure_pango(find=machine.find, run=machine.run, is_root=True)
    assert machine.installed == ["libpangoft2-1.0-0", "libharfbuzz-subset0"]


def test_nothing_is_installed_where_all_is_there() -> None:
    machine = Machine(*PACKAGES)
    assert ensure_pango(find=machine.find, run=machine.run, is_root=True)
    assert machine.installed == []


def test_without_root_it_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine("pango-1.0", "pangoft2-1.0")
    assert not ensure_pango(find=machine.find, run=machine.run, is_root=False)
    assert "for want of libharfbuzz-subset0" in capsys.readouterr().out


def test_an_installation_that_fails_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine(is_broken=True)
    assert not ensure_pango(find=machine.find, run=machine.run, is_root=True)
    assert capsys.readouterr().out.endswith("All else works.\n")
