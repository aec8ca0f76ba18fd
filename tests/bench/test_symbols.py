"""The measurement of a pack of pictures, on a small one."""

from pathlib import Path

import pytest

from aktema.bench.symbols import measure
from aktema.core.errors import DomainError
from tests.support.symbols import DRAWING, LABELS


def a_folder(folder: Path, drawing: bytes = DRAWING) -> Path:
    (folder / "svg").mkdir()
    (folder / "svg" / "buss.svg").write_bytes(drawing)
    (folder / "svg" / "hund.svg").write_bytes(DRAWING)
    (folder / "labels.csv").write_text(LABELS, "utf-8")
    (folder / "LICENSE.txt").write_text("CC BY-SA 4.0", "utf-8")
    return folder


def test_a_folder_of_pictures_is_measured(tmp_path: Path) -> None:
    figures = measure(a_folder(tmp_path))
    assert [(figure.name, figure.passes) for figure in figures] == [
        ("pack of 2 pictures, checked and read in", True),
        ("pack of 2 pictures, lock held", True),
    ]


def test_a_folder_with_a_hostile_picture_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="faulty"):
        measure(a_folder(tmp_path, b"<svg><script/></svg>"))


def test_a_folder_without_pictures_says_so(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="file"):
        measure(tmp_path)
