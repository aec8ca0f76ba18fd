"""Arcs without a radius are written as the lines they are; every other path stays what it was."""

import pytest

from aktema.core.svg_paths import straightened


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        ("M1,2a0,0,0,0,1,3,4H9", "M1,2l3 4H9"),
        ("M1 2A0 5 0 0 1 3 4z", "M1 2L3 4z"),
        ("M1 2a5 0 0 013 4z", "M1 2l3 4z"),
        ("M1 2a0 0 0 0 1 3 4 0 0 0 0 1-5-6z", "M1 2l3 4l-5 -6z"),
        ("M1 2a5 5 0 0 1 3 4 0 0 0 0 0 .5.5z", "M1 2a5 5 0 0 1 3 4l.5 .5z"),
        ("M1 2a1e-1 5 0 113 4z", "M1 2a1e-1 5 0 1 1 3 4z"),
        ("M1 2h3v4z", "M1 2h3v4z"),
        ("M1 2a broken", "M1 2a broken"),
    ],
)
def test_an_arc_without_a_radius_is_a_line(path: str, drawn: str) -> None:
    assert straightened(f'<path fill="none" d="{path}"/>') == f'<path fill="none" d="{drawn}"/>'


def test_only_paths_are_touched() -> None:
    text = '<text id="a0 0 0 0 1 1 1">a0 0 0 0 1 1 1</text>'
    assert straightened(text) == text
