"""The measurement of the deadline engine at tiny size: what it measures, never how fast it is."""

import pytest

from aktema.bench import deadlines
from aktema.bench.deadlines import Scale
from aktema.bench.report import Figure
from aktema.cli import parser
from aktema.cli.benchmarks import run_deadlines


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return deadlines.measure(Scale(decisions=60, few=20))


def test_deadlines_and_the_quarters_list_are_measured(measured: list[Figure]) -> None:
    assert [(figure.name, figure.unit) for figure in measured] == [
        ("deadlines of 60 decisions", "seconds"),
        ("deadlines of 60 decisions, queries", "queries"),
        ("deadlines of 60 decisions, queries beyond those of 20", "queries"),
        ("a quarter's list of 60 decisions", "seconds"),
        ("a quarter's list of 60 decisions, queries", "queries"),
        ("a quarter's list of 60 decisions, queries beyond those of 20", "queries"),
    ]


def test_more_decisions_take_no_more_statements(measured: list[Figure]) -> None:
    assert [figure.passes for figure in measured if figure.unit == "queries"] == [True] * 4


def test_a_measurement_of_nothing_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="nothing"):
        deadlines._measured(lambda: ())


def test_the_command_knows_it() -> None:
    assert parser().parse_args(["bench", "deadlines"]).command is run_deadlines
