"""What every ranker has to be, whatever it has learned: add a ranker to RANKERS and it is held to all of it."""

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from sklearn.base import clone
from skops import io

from aktema.matching.engine import Capacity, MatchIndex, Person, RulesPrior, Suggestion, Weights
from aktema.matching.engine.learning import ChoiceRanker, Learned, OutcomeRanker
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.engine.types import LAST_LEVEL
from tests.matching.engine.worlds import DIMENSIONS, VOCABULARY, person_from, place_from

MATTERS = np.array([0.4, 1.0, 1.0, 0.0, 0.5, 2.0, 2.0, 3.0, 1.0, 1.0])


def feedback(lists=36, seed=0):
    """So many lists of six places, chosen from by other weights than the rules'."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 0.3, (lists * 6, len(FEATURES)))
    worth = (10 * x @ MATTERS).reshape(lists, 6) + rng.gumbel(size=(lists, 6))
    return {
        "x": x,
        "y": (worth == worth.max(axis=1, keepdims=True)).ravel().astype(float),
        "lists": np.repeat(np.arange(lists), 6),
        "propensity": rng.uniform(0.05, 1, lists * 6),
        "source": np.repeat(np.arange(lists) % 6, 6),
    }


def sharing():
    """What another municipality learned."""
    return OutcomeRanker().fit(**feedback(seed=3)).learned_


RANKERS = {
    "rules": RulesPrior,
    "choice": ChoiceRanker,
    "outcome": OutcomeRanker,
    "choice after another municipality's": lambda: ChoiceRanker(prior=sharing()),
    "rules of other weights": lambda: RulesPrior(weights=Weights(wish=0.1, fit=0.6)),
    "choice of other weights": lambda: ChoiceRanker(weights=Weights(wish=0.1, fit=0.6)),
}
every_ranker = pytest.mark.parametrize("make", RANKERS.values(), ids=RANKERS.keys())
ROWS = np.random.default_rng(5).normal(0, 0.2, (40, len(FEATURES)))


STOCK = [replace(place_from(seed), id=seed) for seed in range(40)]
CROWD = [person_from(seed) for seed in range(25)]


def an_index(ranker, stock=STOCK):
    return MatchIndex(stock, vocabulary=VOCABULARY, ranker=ranker)


@cache
def fitted(name):
    """Each learns once, in the processes that ask for it."""
    return RANKERS[name]().fit(**feedback())


@pytest.fixture(params=RANKERS)
def ranker(request):
    return fitted(request.param)


@pytest.fixture(scope="module", params=RANKERS)
def index(request):
    """Forty drawn places, ranked by what each ranker has learned."""
    return an_index(fitted(request.param))


def comparable(answer):
    return [(one.place_id, one.score, one.contributions, one.exploratory) for one in answer.suggestions]


@every_ranker
def test_it_ranks_before_fit(make):
    assert np.isfinite(make().predict(ROWS)).all()


def test_predicting_changes_neither_the_ranker_nor_the_rows(ranker):
    rows, before = ROWS.copy(), repr((ranker, ranker.coefficients()))
    assert ranker.predict(rows).tolist() == ranker.predict(rows).tolist()
    assert (rows == ROWS).all()
    assert repr((ranker, ranker.coefficients())) == before


def test_a_score_does_not_depend_on_the_rows_around_it(ranker):
    assert [ranker.predict(row[None])[0] for row in ROWS] == ranker.predict(ROWS).tolist()


def test_a_score_is_its_bases_and_its_gains_times_the_features(ranker):
    assert ranker.predict(ROWS) == pytest.approx(sum(ranker.bases()) + ROWS @ np.array(ranker.gains()))


@every_ranker
def test_the_order_of_features_says_nothing(make):
    told, names = feedback(), FEATURES[::-1]
    turned = make().fit(**{**told, "x": told["x"][:, ::-1]}, names=names)
    assert turned.coefficients() == make().fit(**told).coefficients()
    assert turned.predict(ROWS[:, ::-1], names=names).tolist() == turned.predict(ROWS).tolist()


def test_a_missing_feature_is_neutral_and_a_new_one_says_nothing(ranker):
    neutral = ROWS.copy()
    neutral[:, 0] = 0
    widened = np.column_stack([ROWS[:, 1:], np.full(len(ROWS), 9.0)])
    assert ranker.predict(widened, names=(*FEATURES[1:], "new")).tolist() == ranker.predict(neutral).tolist()


@every_ranker
def test_it_learns_without_a_feature_and_beside_a_new_one(make):
    told = feedback()
    widened = np.column_stack([told["x"][:, 1:], told["x"][:, 0]])
    ranker = make().fit(**{**told, "x": widened}, names=(*FEATURES[1:], "new"))
    assert len(ranker.coefficients()) == len(FEATURES)


@every_ranker
def test_learning_twice_gives_the_same(make):
    once = make().set_params(random_state=4).fit(**feedback())
    assert once.coefficients() == make().set_params(random_state=4).fit(**feedback()).coefficients()


@every_ranker
def test_what_was_learned_before_does_not_count_again(make):
    again = make().fit(**feedback(seed=1)).fit(**feedback())
    assert again.coefficients() == make().fit(**feedback()).coefficients()


def test_a_clone_has_the_same_parameters_and_has_learned_nothing(ranker):
    twin = clone(ranker)
    assert twin.get_params() == ranker.get_params()
    assert twin.coefficients() == type(ranker)(**ranker.get_params()).coefficients()


def test_it_describes_itself_by_its_parameters(ranker):
    names = type(ranker).__name__, *ranker.get_params()
    assert all(name in repr(ranker) for name in names)


def test_no_coefficient_is_below_zero_and_the_version_names_them(ranker):
    assert min(ranker.coefficients()) >= 0
    assert ranker.version


@pytest.mark.parametrize("name", ["choice", "outcome", "choice after another municipality's"])
def test_what_was_learned_comes_back_from_a_file(name):
    ranker = fitted(name)
    stored = io.dumps(ranker.learned_)
    learned = io.loads(stored, trusted=[f"{Learned.__module__}.{Learned.__qualname__}"])
    again = type(ranker).from_learned(learned)
    assert learned == ranker.learned_
    assert (again.version, again.predict(ROWS).tolist()) == (ranker.version, ranker.predict(ROWS).tolist())


def test_every_score_is_the_sum_of_its_contributions(index):
    suggestions = [one for person in CROWD for one in index.suggest(person, limit=None).suggestions]
    sums = [sum(share.value for share in one.contributions) for one in suggestions]
    assert sums == pytest.approx([one.score for one in suggestions], abs=1e-9)


def test_the_index_scores_as_the_ranker_does(index):
    for person in CROWD:
        ranked = index.shortlist(person, limit=None)
        scores = index.ranker.predict(index.features(person, [one.place_id for one in ranked]))
        assert [one.score for one in ranked] == pytest.approx(scores.tolist(), abs=1e-9)


def test_gates_hold_whatever_was_learned(index):
    by_rules = an_index(RulesPrior())
    for person in CROWD:
        open_places = {one.place_id for one in by_rules.shortlist(person, limit=None)}
        assert {one.place_id for one in index.shortlist(person, limit=None)} == open_places


def test_an_updated_index_equals_one_built_anew(index):
    updated = an_index(index.ranker, [replace(place, title="packa") for place in STOCK[:30]])
    updated.update(STOCK[10:])
    updated.remove(range(10))
    rebuilt = an_index(index.ranker, STOCK[10:])
    answers = [[comparable(one.suggest(person)) for person in CROWD] for one in (updated, rebuilt)]
    assert answers[0] == answers[1]


def test_many_at_once_get_what_each_gets_alone(index):
    alone = [comparable(index.suggest(person, limit=5)) for person in CROWD]
    assert [comparable(answer) for answer in index.suggest_many(CROWD, limit=5)] == alone


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_larger_gap_never_helps(index, dimension):
    ids = [place.id for place in index]
    for person in CROWD:
        levels = [
            replace(person, capacities={**person.capacities, dimension: Capacity(level=level)})
            for level in range(LAST_LEVEL + 1)
        ]
        scores = np.stack([index.ranker.predict(index.features(able, ids)) for able in levels])
        assert (np.diff(scores, axis=0) >= -1e-12).all()


def test_every_place_can_be_explained(index):
    person = CROWD[0]
    shown = {one.place_id for one in index.shortlist(person, limit=None)}
    explained = {place.id: index.explain(person, place.id) for place in index}
    assert {key for key, one in explained.items() if isinstance(one, Suggestion)} == shown
    assert all(one.lifts for one in explained.values() if not isinstance(one, Suggestion))


@pytest.mark.parametrize("word", ["sex", "gender", "age", "birth", "country", "diagnos"])
def test_who_somebody_is_has_no_place_in_what_a_ranker_sees(word):
    seen = [*(one.name for one in fields(Person)), *FEATURES]
    assert [name for name in seen if word in name.split("_") or name.startswith(word)] == []
