from __future__ import annotations

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from aktema.bootstrap.console import SetupError
from aktema.bootstrap.locks import renew_locks
from aktema.bootstrap.places import ROOT

LOCKS = ["run", "test", "node"]


def lock_text(kind: str) -> str:
    return (ROOT / "requirements" / f"{kind}.txt").read_text()


def locked_names(kind: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", lock_text(kind), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[><=;~! ]", requirement)[0] for requirement in requirements}


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_names_no_address(kind: str) -> None:
    assert not re.search(r"://|--index-url|--find-links", lock_text(kind))


@pytest.mark.parametrize("kind", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(kind: str) -> None:
    packages = re.split(r"\n(?=\S)", lock_text(kind).strip())
    assert all(re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", package, re.DOTALL) for package in packages)


def test_everything_that_the_project_depends_on_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert names(project["project"]["dependencies"]) - locked_names("run") == set()
    assert names(project["dependency-groups"]["test"]) - locked_names("test") == set()


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    pins = [set(re.findall(r"^[a-z0-9-]+==\S+", lock_text(kind), re.MULTILINE)) for kind in ("run", "test")]
    assert pins[0] <= pins[1]


def test_the_front_end_lock_has_integrity_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert not re.search(r"://|\"resolved\"", text)
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())


def test_renewing_without_the_tools_says_which_are_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(SetupError, match="uv and npm"):
        renew_locks(root=tmp_path)
