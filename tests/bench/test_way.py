"""The measurement of lists around trials at tiny size: what it measures, never how fast it is."""

import pytest

from aktema.bench import way
from aktema.bench.report import Figure
from aktema.bench.way import LISTS, Scale
from aktema.cli import parser
from aktema.cli.benchmarks import run_way

COMPOSED = ["Idag", "Idag of all other people", "an employer's first page"]


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return way.measure(Scale(people=6, own=3, placements=8, trials=24, lines=30, rounds=1))


def test_every_page_is_measured_in_empty_pages_and_statements(measured: list[Figure]) -> None:
    names = [*LISTS, *COMPOSED]
    assert [figure.name for figure in measured[::2]] == [f"{name}, in empty pages" for name in names]
    assert [figure.name for figure in measured[1::2]] == [f"{name}, queries" for name in names]


def test_no_list_sends_more_than_a_dozen_statements_and_no_composed_page_more_than_its_bar(
    measured: list[Figure],
) -> None:
    bars = {figure.bar for figure in measured[1 : 2 * len(LISTS) : 2]}
    composed = {figure.bar for figure in measured[2 * len(LISTS) + 1 :: 2]}
    assert (bars, composed) == ({12}, {45})
    assert [figure.name for figure in measured[1::2] if not figure.passes] == []


def test_the_time_of_a_composed_page_is_shown_and_held_to_nothing(measured: list[Figure]) -> None:
    assert [figure.name for figure in measured if not figure.op] == [
        f"{name}, in empty pages" for name in COMPOSED
    ]


def test_the_command_knows_it() -> None:
    assert parser().parse_args(["bench", "way"]).command is run_way
