"""The sizes of the house: short functions, files about one subject."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "aktema").rglob("*.py"))
LONG_FUNCTION, LONGEST_FILE = 35, 500


def functions() -> Iterator[int]:
    """The length of every function of the product, in lines."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1


def test_nine_functions_in_ten_are_short() -> None:
    lengths = list(functions())
    assert sum(length <= LONG_FUNCTION for length in lengths) >= 0.9 * len(lengths)


@pytest.mark.parametrize("folder", ["aktema", "tests", "migrations"])
def test_no_file_is_long(folder: str) -> None:
    files = [file for file in (ROOT / folder).rglob("*.py") if "static" not in file.parts]
    assert [
        str(f.relative_to(ROOT)) for f in files if len(f.read_text("utf-8").splitlines()) > LONGEST_FILE
    ] == []


def test_time_is_read_in_one_place() -> None:
    readers = [
        f.name
        for f in SOURCES
        if "datetime.now(" in f.read_text("utf-8") or "date.today(" in f.read_text("utf-8")
    ]
    assert readers == ["clock.py"]


def test_nothing_third_party_is_committed() -> None:
    suspicious = [f for f in (ROOT / "aktema" / "static").rglob("*.min.*") if "vendor" not in f.parts]
    assert suspicious == []
