"""The measurement of plans at tiny size: what it measures, never how fast it is."""

from pathlib import Path

import pytest

from aktema.bench import assignment
from aktema.bench.assignment import Scale
from aktema.bench.report import Figure
from aktema.cli import parser

TINY = Scale(people=9, placements=6, rounds=1)


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return assignment.measure(TINY)


def test_a_plan_is_measured_against_a_dense_solver(measured: list[Figure]) -> None:
    plan, one_seat = "plan for 9 people, 6 places", "plan for 9 people, 6 places with one seat each"
    assert [figure.name for figure in measured[:-1]] == [
        "list of 50 for one person",
        f"{plan}, of the optimum",
        f"{plan}, of a dense solver's time",
        f"{one_seat}, of the optimum",
        f"{one_seat}, of a dense solver's time",
    ]


def test_the_plan_is_the_optimum(measured: list[Figure]) -> None:
    shares = [figure.value for figure in measured if figure.name.endswith("of the optimum")]
    assert shares == [pytest.approx(1.0), pytest.approx(1.0)]


def test_the_plan_gains_over_first_come(measured: list[Figure]) -> None:
    assert measured[-1].value >= 1


def test_the_command_writes_the_figures_where_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = Figure(name="plan", value=1, unit="times", op="<=", bar=1)
    monkeypatch.setattr(assignment, "measure", lambda: [figure])
    file = tmp_path / "figures.json"
    parsed = parser().parse_args(["bench", "assignment", "--json", str(file)])
    assert parsed.command(parsed) == 0
    assert '"plan"' in file.read_text("utf-8")
