"""The measurement of lists around trials at tiny size: what it measures, never how fast it is."""

import pytest

from aktema.bench import way
from aktema.bench.report import Figure
from aktema.bench.way import LISTS, Scale
from aktema.cli import parser
from aktema.cli.benchmarks import run_way


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return way.measure(Scale(people=6, own=3, placements=8, trials=24, rounds=1))


def test_every_list_is_measured_in_empty_pages_and_statements(measured: list[Figure]) -> None:
    assert [figure.name for figure in measured[::2]] == [f"{name}, in empty pages" for name in LISTS]
    assert [figure.name for figure in measured[1::2]] == [f"{name}, queries" for name in LISTS]


def test_no_list_sends_more_than_a_dozen_statements(measured: list[Figure]) -> None:
    assert [figure.name for figure in measured[1::2] if not figure.passes] == []


def test_the_command_knows_it() -> None:
    assert parser().parse_args(["bench", "way"]).command is run_way
