"""Tests of the engine's measurement at tiny size: that everybody is asked the same and answers alike."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from aktema.bench import engine, engine_crowd, engine_exact, machine
from aktema.bench.engine import Scale, measure
from aktema.bench.engine_bm25 import Bm25Rival
from aktema.bench.engine_contenders import contenders_in
from aktema.bench.engine_pairs import PairPipeline
from aktema.bench.engine_pipeline import PlainPipeline
from aktema.bench.engine_postgres import SERVER, PostgresRival
from aktema.bench.engine_rivals import Rival, Scored
from aktema.bench.engine_sqlite import SqliteRival
from aktema.bench.engine_world import World, localities_for, without_limit, without_wish
from aktema.bench.report import Figure
from aktema.bootstrap import start
from aktema.bootstrap.console import SetupError
from aktema.bootstrap.postgres import postgres
from aktema.cli import parser
from aktema.matching.engine import MatchIndex, Person, Place
from aktema.vocabulary.localities import localities

SIZE = 300
TINY = Scale(
    sizes=(SIZE,),
    alone=3,
    in_turn=2,
    exact_sizes=(60,),
    exact_people=3,
    crowd=4,
    crowd_places=30,
    makers=(lambda world: SqliteRival(world.places(), world.vocabulary),),
)
KINDS: tuple[type[PlainPipeline | PairPipeline | SqliteRival | PostgresRival], ...] = (
    PlainPipeline,
    PairPipeline,
    SqliteRival,
    PostgresRival,
)


@pytest.fixture(scope="module")
def world() -> World:
    return World(SIZE)


@pytest.fixture(scope="module")
def index(world: World) -> MatchIndex:
    return MatchIndex(_places(world), vocabulary=world.vocabulary)


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.name)
def rival(world: World, request: pytest.FixtureRequest) -> Iterator[Rival]:
    try:
        with ExitStack() as opened:
            server = [opened.enter_context(postgres())] if request.param is PostgresRival else []
            yield opened.enter_context(closing(request.param(_places(world), world.vocabulary, *server)))
    except SetupError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def measured() -> engine.Result:
    return measure(TINY)


def _places(world: World) -> list[Place]:
    """The world's places, one of them without a position and one without anything known."""
    first, second, *rest = world.places()
    unknown = Place(id=second.id, employer_id=1, title=second.title)
    return [replace(first, latitude=None, longitude=None), unknown, *rest]


def _ours(index: MatchIndex, person: Person) -> Scored:
    return [(one.place_id, one.score) for one in index.shortlist(person, limit=20)]


@pytest.mark.parametrize("kind", [without_wish, lambda people: without_limit(without_wish(people))])
def test_a_rival_finds_the_same_twenty(
    rival: Rival, index: MatchIndex, world: World, kind: Callable[[list[Person]], list[Person]]
) -> None:
    people = kind(world.people(10))
    assert [[key for key, _ in rival.suggest(person)] for person in people] == [
        [key for key, _ in _ours(index, person)] for person in people
    ]


def test_a_rival_reckons_the_same_scores(rival: Rival, index: MatchIndex, world: World) -> None:
    for person in without_wish(world.people(10)):
        expected = [score for _, score in _ours(index, person)]
        assert [score for _, score in rival.suggest(person)] == pytest.approx(expected, abs=1e-6)


def test_unknown_capacities_count_as_little_for_a_rival(
    rival: Rival, index: MatchIndex, world: World
) -> None:
    (person,) = (
        replace(one, capacities={}, max_travel_minutes=None) for one in without_wish(world.people(1))
    )
    assert rival.suggest(person) == [(key, pytest.approx(score)) for key, score in _ours(index, person)]


def test_own_words_lift_a_place_for_a_rival(rival: Rival, world: World) -> None:
    place = next(islice(world.places(), 7, None))
    (silent,) = without_limit(without_wish(world.people(1)))
    silent = replace(silent, needs=frozenset(), declined=frozenset(), weekly_minutes=2400)
    spoken = replace(silent, wish_text=f"{place.title} {place.title}")
    assert sum(dict(rival.suggest(spoken, 300)).values()) > sum(dict(rival.suggest(silent, 300)).values())


def test_words_alone_find_the_place_they_are_taken_from(world: World) -> None:
    place = next(islice(world.places(), 7, None))
    (person,) = world.people(1)
    found = Bm25Rival(world.places()).suggest(replace(person, wish_text=place.description))
    assert found[0][0] == place.id


def test_a_rival_that_cannot_run_is_named_with_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pandas", "bm25s"):
        monkeypatch.setitem(sys.modules, name, None)
    absent: list[str] = []
    makers = (
        lambda world: PlainPipeline(world.places(), world.vocabulary),
        lambda world: PairPipeline(world.places(), world.vocabulary),
        lambda world: Bm25Rival(world.places()),
        lambda world: PostgresRival(world.places(), world.vocabulary, None),
    )
    with contenders_in(world, absent, makers) as rivals:
        assert rivals == []
    assert absent[:2] == ["the pair pipeline needs pandas", "words alone need bm25s"]
    assert SERVER in absent[2]


@pytest.mark.parametrize("kind", [list, without_limit, without_wish])
def test_the_plain_pipeline_answers_as_the_prepared_one(
    world: World, kind: Callable[[list[Person]], list[Person]]
) -> None:
    plain, prepared = (made(_places(world), world.vocabulary) for made in (PlainPipeline, PairPipeline))
    for person in kind(world.people(10)):
        found, expected = plain.suggest(person), prepared.suggest(person)
        assert [key for key, _ in found] == [key for key, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-6)


def test_the_bars_are_against_the_pipeline_that_is_not_tuned() -> None:
    assert {name for _, name in engine.RIVAL_BARS} == {PlainPipeline.name, PostgresRival.name}


def test_a_world_is_the_same_every_time(world: World) -> None:
    assert list(World(SIZE).places()) == list(world.places())


def test_places_are_numbered_across_chunks() -> None:
    assert [place.id for place in World(2_001).places()] == list(range(1, 2_002))


def test_another_version_of_a_place_says_something_else(world: World) -> None:
    (before,), (after,) = (world.places_with([5], version=version) for version in (1, 2))
    assert (before.id, before.description) != (after.id, after.description)


def test_people_have_every_fact(world: World) -> None:
    (person,) = world.people(1)
    assert None not in (person.weekly_minutes, person.latitude, person.max_travel_minutes, person.latest_end)


def test_a_wish_has_five_words_or_more(world: World) -> None:
    assert min(len(person.wish_text.split()) for person in world.people(20)) >= 5


def test_a_smaller_world_lies_on_fewer_localities_and_the_largest_on_all() -> None:
    held = [len(localities_for(size)) for size in (1_000, 100_000, 1_000_000)]
    assert held[0] < held[1] < held[2] == len(localities())


def test_a_locality_holds_as_many_places_in_a_small_world_as_in_the_country() -> None:
    nearest = [World(size).spots.shares[0] * size for size in (100_000, 1_000_000)]
    assert nearest[0] == pytest.approx(nearest[1], rel=0.05)


def test_the_engine_answers_as_the_reference_after_changes() -> None:
    assert engine_exact.wrong_lists(World(80), 5) == 0


def test_another_answer_than_the_reference_counts_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_exact, "_ours", lambda index, person: [(1, 0.5)])
    assert engine_exact.wrong_lists(World(80), 5) == 5


def test_every_contender_is_timed(measured: engine.Result) -> None:
    assert [one.name for one in measured.timings] == ["Aktema", "Aktema, no travel limit", "SQLite FTS5"]


def test_exactness_and_the_crowd_are_measured(measured: engine.Result) -> None:
    assert [(figure.unit, figure.value > 0) for figure in measured.figures] == [
        ("people", False),
        ("times", True),
    ]


def test_without_pandas_exactness_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    found = measure(replace(TINY, makers=(), sizes=()))
    assert found.absent == ["exactness: the pair pipeline needs pandas"]


def test_the_country_and_the_bars_of_the_large_sizes_are_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PER", SIZE)
    monkeypatch.setattr(engine, "COUNTRY_IS_TEN_TIMES", (30, SIZE))
    monkeypatch.setattr(engine, "RIVAL_BARS", {(SIZE, SqliteRival.name): (40, 100)})
    figures = measure(replace(TINY, sizes=(30, SIZE), exact_sizes=())).figures
    assert [figure.name.partition(",")[2] for figure in figures[:-1]] == [
        " p95 in p50",
        " structure",
        " text (goal 150)",
        " in an unordered scan (goal 0.3)",
        " SQLite FTS5 in ours (goal 100)",
        " in 30 of the same density",
    ]


def test_a_product_takes_time() -> None:
    assert engine_crowd.product_seconds(1_500, 20) > 0


def test_the_tables_name_the_machine_and_every_time(measured: engine.Result) -> None:
    text = measured.markdown()
    assert text.startswith("Machine: ")
    assert text.count(f"| {SIZE} |") == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<!-- x -->\nnew\n<!-- /x -->\n"),
        ("Speed.\n", "Speed.\n\n<!-- x -->\nnew\n<!-- /x -->\n"),
        ("a\n<!-- x -->\nold\n<!-- /x -->\nb\n", "a\n<!-- x -->\nnew\n<!-- /x -->\nb\n"),
    ],
)
def test_a_section_is_written_in_its_place(before: str, after: str, tmp_path: Path) -> None:
    file = tmp_path / "benchmarks.md"
    file.write_text(before, "utf-8")
    machine.write_section(file, "x", "new")
    assert file.read_text("utf-8") == after


def test_a_server_started_by_the_command_is_the_one_that_is_measured() -> None:
    assert start.BENCH_DATABASE == SERVER


def test_the_command_measures_what_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Scale] = []
    figure = Figure(name="speed", value=50, unit="times", op=">=", bar=40)
    result = engine.Result(figures=[figure], absent=["nothing"])
    monkeypatch.setattr(engine, "measure", lambda scale: asked.append(scale) or result)
    files = tmp_path / "figures.json", tmp_path / "benchmarks.md"
    words = ["bench", "engine", "--quick", "--sizes", "10,20", "--json", files[0], "--markdown", files[1]]
    parsed = parser().parse_args([str(word) for word in words])
    assert parsed.command(parsed) == 0
    assert asked == [replace(engine.QUICK, sizes=(10, 20))]
    assert "Left out: nothing" in capsys.readouterr().out
    assert json.loads(files[0].read_text("utf-8"))[0]["name"] == "speed"
    assert "speed" in files[1].read_text("utf-8")
