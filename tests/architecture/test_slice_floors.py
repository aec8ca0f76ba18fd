"""Order inside a slice for every file, also those named after a subject (`placement_views`), which the import
contract with its fixed names does not see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "aktema"
SLICES = ("access", "vocabulary", "people", "employers", "steps", "pathway", "matching", "home")
FLOORS = ("views", "forms", "operations", "queries", "permissions", "models", "codes", "rules", "states")
"""From roof to ground. What a file's name ends with says where it stands."""


def floor_of(module: str) -> int | None:
    """How far down the module stands, 0 the roof; None where its name says nothing."""
    ending = module.rpartition(".")[2].rpartition("_")[2]
    return FLOORS.index(ending) if ending in FLOORS else None


def imports_of(file: Path, slice_name: str) -> Iterator[str]:
    """The modules of its own slice that a file imports."""
    home = f"aktema.{slice_name}"
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == home:
            yield from (f"{home}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{home}."):
            yield str(node.module)


@pytest.mark.parametrize("slice_name", SLICES)
def test_no_file_of_a_slice_imports_from_a_floor_above(slice_name: str) -> None:
    upward = [
        f"{file.name} imports {imported}"
        for file in sorted((PACKAGE / slice_name).glob("*.py"))
        for imported in imports_of(file, slice_name)
        if (own := floor_of(file.stem)) is not None
        and (other := floor_of(imported)) is not None
        and other < own
    ]
    assert upward == []


@pytest.mark.parametrize("slice_name", SLICES)
def test_only_views_know_views(slice_name: str) -> None:
    knowing = [
        f"{file.name} imports {imported}"
        for file in sorted((PACKAGE / slice_name).glob("*.py"))
        for imported in imports_of(file, slice_name)
        if floor_of(imported) == 0 and floor_of(file.stem) != 0
    ]
    assert knowing == []
