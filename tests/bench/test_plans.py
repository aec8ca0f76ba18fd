"""The measurement of writing plans at tiny size: what it measures, never how fast it is."""

import pytest

from aktema.bench import plans
from aktema.bench.plans import Scale
from aktema.bench.report import Figure
from aktema.cli import parser
from aktema.cli.benchmarks import run_plans


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return plans.measure(Scale(goals=2, activities=4, rounds=1))


def test_saving_an_activity_is_measured_in_empty_pages(measured: list[Figure]) -> None:
    assert [(figure.name, figure.unit) for figure in measured] == [
        ("saving one activity of a plan of 4, in empty pages", "times"),
        ("saving one activity of a plan of 4, queries", "queries"),
    ]


def test_saving_an_activity_takes_few_statements(measured: list[Figure]) -> None:
    assert measured[1].passes


def test_a_measurement_that_is_refused_is_no_measurement() -> None:
    class Refusing:
        status_code = 422

        def get_data(self) -> bytes:
            return b""

    with pytest.raises(RuntimeError, match="422"):
        plans._seconds(Refusing, 303)  # type: ignore[arg-type]  # an answer that has what is looked at


def test_the_command_knows_it() -> None:
    assert parser().parse_args(["bench", "plans"]).command is run_plans
