import numpy as np
import pytest

from aktema.matching.engine import MatchIndex, RulesPrior, Weights
from aktema.matching.engine.rankers import FEATURES, PART_OF, RULES, LinearRanker, gains_of
from tests.matching.engine.worlds import VOCABULARY, make_person, make_place

ONLY_FIT = Weights(wish=0, fit=1, preferences=0, practical=0)
NOTHING_KNOWN = np.zeros((1, len(FEATURES)))


def a_row(**features):
    return np.array([[features.get(name, 0.0) for name in FEATURES]])


@pytest.mark.parametrize(
    ("features", "score"),
    [
        ({}, 0.575),
        ({"own": 0.5}, 0.8),
        ({"group": 0.5}, 0.8),
        ({"words": 0.1}, 0.62),
        ({"fit": 0.25}, 0.65),
        ({"large_gap": -1.0}, 0.575),
        ({"preferences": -0.5}, 0.5),
        ({"travel": 0.25, "hours": -0.125}, 0.5875),
    ],
)
def test_the_rules_weigh_a_feature_as_its_part(features, score):
    assert RulesPrior().predict(a_row(**features)) == pytest.approx([score])


def test_the_best_and_the_worst_of_everything_are_one_and_zero():
    best = a_row(own=0.5, fit=0.25, preferences=0.5, travel=0.25, hours=0.125, days=0.125)
    worst = a_row(own=-0.5, fit=-0.75, preferences=-0.5, travel=-0.25, hours=-0.125, days=-0.125)
    assert [*RulesPrior().predict(best), *RulesPrior().predict(worst)] == pytest.approx([1, 0])


def test_the_callers_weights_stand_before_the_rankers():
    ranker = RulesPrior(weights=Weights(wish=1, fit=0, preferences=0, practical=0))
    assert ranker.predict(NOTHING_KNOWN, weights=ONLY_FIT).tolist() == [0.75]
    assert ranker.predict(NOTHING_KNOWN).tolist() == [0.5]


def test_bases_are_what_a_place_gets_before_anything_is_known():
    assert RulesPrior().bases() == pytest.approx((0.225, 0.225, 0.075, 0.05))


def test_gains_are_the_weight_of_the_part_times_the_coefficient():
    gains = dict(zip(FEATURES, gains_of(RULES, Weights().normalised()), strict=True))
    assert (gains["kind"], gains["fit"], gains["large_gap"], gains["days"]) == (0.45, 0.3, 0, 0.1)


def test_every_feature_has_a_part_and_a_coefficient():
    assert len(FEATURES) == len(PART_OF) == len(RULES)


def test_parameters_can_be_set_by_name_and_unknown_ones_are_refused():
    ranker = RulesPrior().set_params(random_state=5)
    assert ranker.random_state == 5
    with pytest.raises(ValueError, match="no parameter 'depth'"):
        ranker.set_params(depth=3)


def test_what_all_rankers_share_is_no_ranker_yet():
    with pytest.raises(NotImplementedError):
        LinearRanker().coefficients()
    with pytest.raises(NotImplementedError):
        _ = LinearRanker().version


def test_the_index_scores_with_the_ranker_it_is_given():
    index = MatchIndex([make_place()], vocabulary=VOCABULARY, ranker=RulesPrior(weights=ONLY_FIT))
    assert index.suggest(make_person()).suggestions[0].score == 0.75
