from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from aktema.bootstrap import frontend
from aktema.bootstrap.console import SetupError
from aktema.bootstrap.frontend import ensure_front_end
from aktema.bootstrap.frontend_files import ICONS, picture_codes, wanted_files
from aktema.bootstrap.places import ROOT

VOCABULARY = ROOT / "aktema" / "vocabulary" / "data" / "vocabulary.csv"
SOURCES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "aktema").rglob("*.py")]
ICON = re.compile(r"""icon(?:_svg)?(?:\(|=|["']:)\s*["']([a-z0-9-]+)["']""")
PICTURE = re.compile(r"""picture(?:\(|=|["']:)\s*["']([0-9A-F-]{4,})["']""")


class FakeNpm:
    """Puts every wanted file among the packages, but for those whose path holds `without`."""

    def __init__(self, without: str | None = None) -> None:
        self.without = without
        self.runs = 0

    def __call__(self, command: Sequence[str], *, doing: str, folder: Path) -> None:
        self.runs += 1
        for package_file, _ in wanted_files(("1F331",)):
            if self.without is None or self.without not in package_file:
                path = folder / "node_modules" / package_file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(package_file)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(frontend, "find_npm", lambda: ("npm",))
    root = tmp_path / "root"
    write_vocabulary(root, "1F331")
    for name in ("package.json", "package-lock.json"):
        (root / name).write_text("{}")
    return root


def write_vocabulary(root: Path, *codes: str) -> None:
    file = root / "aktema" / "vocabulary" / "data" / "vocabulary.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("id,openmoji\n" + "".join(f"x,{code}\n" for code in codes))


def test_only_wanted_files_are_kept(root: Path) -> None:
    vendor = ensure_front_end(root=root, run=FakeNpm())
    kept = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert vendor == root / "aktema" / "static" / "vendor"
    assert kept == {".digest", *(name for _, name in wanted_files(("1F331",)))}


def test_a_second_start_installs_nothing(root: Path) -> None:
    npm = FakeNpm()
    ensure_front_end(root=root, run=npm)
    ensure_front_end(root=root, run=npm)
    assert npm.runs == 1


def test_a_new_picture_in_the_vocabulary_installs_anew(root: Path) -> None:
    npm = FakeNpm()
    write_vocabulary(root)
    ensure_front_end(root=root, run=npm)
    write_vocabulary(root, "1F331")
    assert (ensure_front_end(root=root, run=npm) / "openmoji" / "1F331.svg").exists()


def test_a_missing_file_is_named_and_the_old_folder_stays(root: Path) -> None:
    vendor = ensure_front_end(root=root, run=FakeNpm())
    (root / "package-lock.json").write_text('{"new": true}')
    with pytest.raises(SetupError, match="htmx"):
        ensure_front_end(root=root, run=FakeNpm(without="htmx"))
    assert (vendor / "htmx" / "htmx.min.js").exists()


def test_without_npm_the_wheel_brings_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(kind: str, **_: object) -> Path:
        asked.append(kind)
        return Path("/environment")

    monkeypatch.setattr(frontend, "find_npm", lambda: None)
    monkeypatch.setattr(frontend, "ensure_environment", note)
    ensure_front_end(root=root, run=FakeNpm())
    assert asked == ["node"]


def test_no_vocabulary_means_no_pictures_of_it(tmp_path: Path) -> None:
    assert picture_codes(tmp_path / "vocabulary.csv") == ()


def test_every_icon_that_the_pages_name_is_installed() -> None:
    named = {name for source in SOURCES for name in ICON.findall(source.read_text())}
    assert named - set(ICONS) == set()


def test_every_picture_that_the_pages_name_is_installed() -> None:
    named = {f"openmoji/{code}.svg" for source in SOURCES for code in PICTURE.findall(source.read_text())}
    assert named - {name for _, name in wanted_files(picture_codes(VOCABULARY))} == set()


def test_the_lock_pins_what_package_json_names() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert lock["packages"][""]["dependencies"] == package["dependencies"]
