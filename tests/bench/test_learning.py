"""The towns of the simulator, and the measurement at tiny size: what it measures, not how much is gained."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aktema.bench import learning
from aktema.bench.learning import Interval, Scale, fitted, most_moved, ndcg
from aktema.bench.report import Figure
from aktema.bench.simulator import LISTED, Size, Town, World, decisions, trials, world_where
from aktema.cli import parser
from aktema.matching.engine import RulesPrior, Weights
from aktema.matching.engine.learning import ChoiceRanker
from aktema.matching.engine.rankers import FEATURES, RULES

SMALL = Size(placements=60, open_at_once=40, learners=20, held_out=8)


@pytest.fixture(scope="module")
def town() -> Town:
    return Town.of(SMALL, 1)


@pytest.fixture(scope="module")
def wrong(town: Town) -> World:
    return world_where("wrong", town, 1)


def test_a_town_is_drawn_the_same_every_time(town: Town) -> None:
    assert (Town.of(SMALL, 1).told == town.told).all()
    assert not (Town.of(SMALL, 2).told == town.told).all()


def test_the_engine_is_told_less_than_is_true(town: Town) -> None:
    days = FEATURES.index("days")
    assert 0 < np.count_nonzero(town.told[:, :, days]) < 0.9 * np.count_nonzero(town.true[:, :, days])


def test_every_feature_says_something_in_a_town(town: Town) -> None:
    assert (town.told.std(axis=(0, 1)) > 0).all()


def test_the_rules_hold_to_the_letter_only_where_they_are_exact(town: Town) -> None:
    rules = [
        world_where(family, town, 1).coefficients == RULES for family in ("exact", "random", "right", "wrong")
    ]
    assert rules == [True, True, False, False]


def test_a_decision_is_one_choice_of_ten(wrong: World) -> None:
    answers = decisions(wrong, 30, 1)
    assert answers.x.shape == (30 * LISTED, len(FEATURES))
    assert np.bincount(answers.lists, weights=answers.y).tolist() == [1] * 30


def test_the_first_decisions_are_those_of_a_longer_history(wrong: World) -> None:
    assert (decisions(wrong, 30, 1).first(10).x == decisions(wrong, 10, 1).x).all()


def test_places_at_the_top_are_chosen_more_often(town: Town) -> None:
    chance = world_where("random", town, 1)
    chosen = decisions(chance, 400, 1).y.reshape(-1, LISTED).sum(axis=0)
    assert chosen[:3].sum() > 1.5 * chosen[-3:].sum()


def test_trials_go_well_more_often_where_the_place_suits(wrong: World) -> None:
    flat = trials(replace(wrong, is_random=True), 400, 1)
    assert 0.4 < flat.y.mean() < 0.6
    assert len(np.unique(trials(wrong, 400, 1).source)) > 5


def test_nothing_is_told_of_no_trials(wrong: World) -> None:
    assert len(trials(wrong, 0, 1).y) == len(decisions(wrong, 0, 1).y) == 0


def test_the_order_of_the_truth_would_be_perfect(town: Town) -> None:
    exact = world_where("exact", town, 1)
    perfect = replace(exact, town=replace(town, told=town.true), worth=town.by_the_rules)
    told = replace(perfect, worth=np.stack([RulesPrior().predict(one) for one in town.true]))
    assert ndcg(told, RulesPrior()) == pytest.approx(100)
    assert ndcg(exact, RulesPrior()) < 100


def test_learning_helps_where_the_rules_are_wrong(wrong: World) -> None:
    ranker = fitted(ChoiceRanker, decisions(wrong, 300, 1))
    assert ndcg(wrong, ranker) > ndcg(wrong, RulesPrior()) + 2


def test_nothing_moves_between_equal_rankers(wrong: World) -> None:
    assert most_moved(wrong, RulesPrior(), RulesPrior()) == 0
    assert most_moved(wrong, RulesPrior(), RulesPrior(weights=Weights(wish=0.0))) > 5


def test_an_interval_is_students() -> None:
    one = Interval.of([1.0, 2.0, 3.0])
    assert (one.low, one.mean, one.high) == pytest.approx((-0.484, 2, 4.484), abs=1e-3)
    assert Interval.of([2.0]) == Interval(mean=2.0, low=2.0, high=2.0)


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    scale = Scale(
        seeds=2, answers=(0, 60), families=("right", "wrong"), robustness_seeds=1, others=(0, 40), size=SMALL
    )
    return learning.measure(scale)


def test_every_family_has_a_mean_and_its_interval_for_each_number_of_answers(figures: list[Figure]) -> None:
    assert [figure.name for figure in figures[:6]] == [
        "0 choices, rules right, gain",
        "0 choices, rules right, low",
        "0 choices, rules right, high",
        "60 choices, rules right, gain",
        "60 choices, rules right, low",
        "60 choices, rules right, high",
    ]
    assert len(figures) == 2 * 2 * 2 * 3 + 2


def test_without_answers_nothing_is_gained_or_lost(figures: list[Figure]) -> None:
    assert {figure.value for figure in figures if figure.name.startswith("0 ")} == {0}


def test_one_source_is_held_to_five_places(figures: list[Figure]) -> None:
    assert [(figure.op, figure.bar, figure.passes) for figure in figures[-2:]] == [("<=", 5, True)] * 2


@pytest.mark.parametrize(
    ("family", "count", "bars"),
    [
        ("right", 200, [-1, -1, -1]),
        ("right", 1000, [0, -1, 0]),
        ("wrong", 200, [-1, -1, -1]),
        ("wrong", 1000, [0, 0, 0]),
        ("random", 1000, [-1, -1, -1]),
    ],
)
def test_from_a_thousand_answers_on_learning_has_to_gain(family: str, count: int, bars: list[float]) -> None:
    gain = Interval(mean=1, low=0, high=2)
    assert [figure.bar for figure in learning._figures("", family, count, gain)] == bars


def test_the_command_writes_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = Figure(name="gain", value=1.0, unit="hundredths", op=">=", bar=0.0)
    monkeypatch.setattr(learning, "measure", lambda: [figure])
    parsed = parser().parse_args(["bench", "learning", "--json", str(tmp_path / "figures.json")])
    assert parsed.command(parsed) == 0
    assert json.loads((tmp_path / "figures.json").read_text("utf-8"))[0]["name"] == "gain"
