import numpy as np
import pytest
from sklearn.base import clone

from aktema.matching.engine import MatchIndex, RulesPrior, Weights
from tests.matching.engine.worlds import VOCABULARY, make_person, make_place

PARTS = np.array([[1.0, 0.5, 0.25, 0.0], [0.0, 1.0, 1.0, 1.0]])


def test_the_rules_are_usable_before_fit():
    assert RulesPrior().predict(PARTS) == pytest.approx([0.6375, 0.55])


def test_fitting_the_rules_changes_nothing():
    ranker = RulesPrior()
    assert ranker.fit(PARTS, np.array([1.0, 0.0])) is ranker
    assert ranker.predict(PARTS) == pytest.approx([0.6375, 0.55])


def test_predict_is_the_weighted_sum_of_the_parts():
    ranker = RulesPrior(weights=Weights(wish=3, fit=1, preferences=0, practical=0))
    assert ranker.predict(PARTS) == pytest.approx(PARTS @ ranker.weights_for().as_tuple())


def test_the_callers_weights_stand_before_the_rankers():
    own = Weights(wish=0, fit=1, preferences=0, practical=0)
    ranker = RulesPrior(weights=Weights(wish=1, fit=0, preferences=0, practical=0))
    assert ranker.predict(PARTS, weights=own).tolist() == [0.5, 1.0]


def test_scores_do_not_depend_on_the_rows_around_them():
    parts = np.random.default_rng(7).random((101, 4))
    whole = RulesPrior().predict(parts)
    assert [RulesPrior().predict(row[None])[0] for row in parts] == whole.tolist()


def test_a_clone_has_the_same_parameters():
    ranker = RulesPrior(weights=Weights(wish=1.0), random_state=3)
    assert clone(ranker).get_params() == ranker.get_params()
    assert repr(clone(ranker)) == repr(ranker)


def test_parameters_can_be_set_by_name_and_unknown_ones_are_refused():
    ranker = RulesPrior().set_params(random_state=5)
    assert ranker.random_state == 5
    with pytest.raises(ValueError, match="no parameter 'depth'"):
        ranker.set_params(depth=3)


def test_the_index_scores_with_the_ranker_it_is_given():
    only_fit = RulesPrior(weights=Weights(wish=0, fit=1, preferences=0, practical=0))
    index = MatchIndex([make_place()], vocabulary=VOCABULARY, ranker=only_fit)
    suggestion = index.suggest(make_person()).suggestions[0]
    assert suggestion.score == sum(one.value for one in suggestion.contributions) == 0.75
