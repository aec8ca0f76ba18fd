"""Tests of the measurements at tiny size: what they measure and write, never how fast it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from aktema.bench import imports, pages, report
from aktema.bench.installation import temporary_installation
from aktema.bench.pages import Scale
from aktema.bench.report import Figure
from aktema.bench.town import Town
from aktema.cli import parser
from aktema.core.db import db
from aktema.employers.models import Placement

TINY = Scale(placements=60, people=12, few=4, rounds=1)


def a_figure(value: float, op: str = "<=", bar: float = 8) -> Figure:
    return Figure(name="suggestions", value=value, unit="times", op=op, bar=bar)


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    """The pages of a tiny town, measured once."""
    return pages.measure(TINY)


@pytest.mark.parametrize(
    ("value", "op", "bar", "passes"),
    [
        (8, "<=", 8, True),
        (8.01, "<=", 8, False),
        (8, ">=", 8, True),
        (7.99, ">=", 8, False),
        (0, "==", 0, True),
        (1, "==", 0, False),
        (99, "", 0, True),
    ],
)
def test_a_figure_stands_to_its_bar(value: float, op: str, bar: float, passes: bool) -> None:
    assert a_figure(value, op, bar).passes is passes


def test_all_that_pass_give_exit_code_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.write([a_figure(3)], None) == 0
    assert capsys.readouterr().out == "pass  suggestions       3.00 times      (bar <= 8 times)\n"


def test_a_figure_without_a_bar_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.write([a_figure(9, op="", bar=0)], None) == 0
    assert capsys.readouterr().out == "      suggestions       9.00 times      (no bar)\n"


def test_one_that_fails_gives_exit_code_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.write([a_figure(3), a_figure(9)], None) == 1
    assert capsys.readouterr().out.splitlines()[1].startswith("FAIL")


def test_figures_are_written_as_a_list_of_objects(tmp_path: Path) -> None:
    report.write([a_figure(3.5)], tmp_path / "figures.json")
    written = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert written == [{"name": "suggestions", "value": 3.5, "unit": "times", "op": "<=", "bar": 8}]


def test_pages_are_measured_against_an_empty_page(measured: list[Figure]) -> None:
    assert [figure.name for figure in measured] == [
        "empty page",
        "suggestions among 60 placements, in empty pages",
        "caseload of 12, queries",
        "caseload of 12, queries beyond those of 4",
        "placements of 12, queries",
        "placements of 12, queries beyond those of 4",
    ]


def test_lists_send_no_more_queries_the_longer_they_are(measured: list[Figure]) -> None:
    assert [figure.name for figure in measured[2:] if not figure.passes] == []


def test_a_list_sends_queries_at_all(measured: list[Figure]) -> None:
    assert measured[2].value > 3


def test_an_import_is_read_in_and_its_lock_timed() -> None:
    whole, locked = imports.measure(20)
    assert 0 < locked.value < whole.value


def test_a_page_that_breaks_is_no_measurement() -> None:
    with temporary_installation() as app, pytest.raises(RuntimeError):
        pages._open(app.test_client(), "/finns-inte")


def test_a_town_grows_without_losing_what_was_there() -> None:
    with temporary_installation():
        town = Town()
        for until in (5, 13):
            town.grow_placements(until)
            db.session.commit()
        assert db.session.query(Placement).count() == 13


def test_two_towns_are_alike() -> None:
    described = []
    for _turn in range(2):
        with temporary_installation():
            Town().grow_placements(9)
            described.append([(one.title, one.description) for one in db.session.query(Placement)])
    assert described[0] == described[1]


@pytest.mark.parametrize(("kind", "module"), [("pages", pages), ("imports", imports)])
def test_the_command_writes_the_figures_where_it_is_told(
    kind: str, module: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "measure", lambda: [a_figure(2)])
    file = tmp_path / "figures.json"
    parsed = parser().parse_args(["bench", kind, "--json", str(file)])
    assert parsed.command(parsed) == 0
    assert len(json.loads(file.read_text("utf-8"))) == 1
