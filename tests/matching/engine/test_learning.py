"""What the learning rankers learn, when they keep the prior, and what one source can and cannot do."""

import numpy as np
import pytest

from aktema.matching.engine import RulesPrior, Weights
from aktema.matching.engine.evidence import STRENGTHS, shares_of
from aktema.matching.engine.learning import STATE_FORMAT, ChoiceRanker, Learned, OutcomeRanker
from aktema.matching.engine.rankers import FEATURES, PART_OF, RULES

SHOWN = 6
PARTS = np.array(Weights().as_tuple())[list(PART_OF)]
# Journeys and large gaps matter, words and own votes do not.
OTHERWISE = np.array([0.0, 1, 1, 0, 1, 2, 1, 4, 1, 1]) * PARTS
LIKE_RULES = np.array(RULES) * PARTS


def choices(count, worth, seed=0, sources=8, **changed):
    """So many lists of six places; the worth of a place is told by its features, and chance."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 0.15, (count * SHOWN, len(FEATURES)))
    appeal = (20 * x @ worth + rng.gumbel(size=len(x))).reshape(count, SHOWN)
    told = {
        "x": x,
        "y": (appeal == appeal.max(axis=1, keepdims=True)).ravel().astype(float),
        "lists": np.repeat(np.arange(count), SHOWN),
        "source": np.repeat(np.arange(count) % sources, SHOWN),
    }
    return {**told, **changed}


def outcomes(count, worth, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 0.15, (count, len(FEATURES)))
    well = rng.random(count) < 1 / (1 + np.exp(-20 * x @ worth))
    return {"x": x, "y": well.astype(float), "source": np.arange(count) % 40}


def beside(honest, loud):
    """Return both one's answers as one, the loud one's lists and source apart."""
    after = {"lists": honest["lists"].max() + 1, "source": honest["source"].max() + 1}
    loud = {name: column + after.get(name, 0) for name, column in loud.items()}
    return {name: np.concatenate([column, loud[name]]) for name, column in honest.items()}


def learned(**changed):
    plain = {
        "kind": "choice",
        "features": FEATURES,
        "coefficients": (1.5, *RULES[1:]),
        "counts": (60,) * len(FEATURES),
        "answers": 60,
        "sources": 6,
        "strength": 3.0,
        "prior_version": "rules-1",
        "seed": 0,
    }
    return Learned(**{**plain, **changed})


def by_name(ranker):
    return dict(zip(FEATURES, ranker.coefficients(), strict=True))


@pytest.mark.parametrize(("ranker", "told"), [(ChoiceRanker, choices), (OutcomeRanker, outcomes)])
def test_what_matters_is_learned_from_choices_and_from_outcomes(ranker, told):
    found = by_name(ranker().fit(**told(600, OTHERWISE)))
    assert found["travel"] > 2 * found["group"] > 4 * found["own"]
    assert found["large_gap"] > 0.5


@pytest.mark.parametrize(("ranker", "told"), [(ChoiceRanker, choices), (OutcomeRanker, outcomes)])
@pytest.mark.parametrize("count", [0, 15, 200])
def test_answers_that_follow_the_rules_leave_the_rules(ranker, told, count):
    fitted = ranker().fit(**told(count, LIKE_RULES))
    assert fitted.coefficients() == RULES
    assert fitted.version == RulesPrior().version


def test_answers_that_follow_nothing_leave_the_rules():
    assert ChoiceRanker().fit(**choices(300, 0 * OTHERWISE)).coefficients() == RULES


def test_more_gap_is_never_learned_to_help():
    against = OTHERWISE * np.where(np.array(FEATURES) == "large_gap", -1, 1)
    assert by_name(ChoiceRanker().fit(**choices(600, against)))["large_gap"] == 0


def test_scores_keep_the_size_of_the_rules():
    found = np.array(ChoiceRanker().fit(**choices(600, OTHERWISE)).coefficients())
    assert found @ PARTS == pytest.approx(LIKE_RULES.sum())


def test_lists_without_a_choice_or_with_one_place_say_nothing():
    silent = choices(60, OTHERWISE, y=np.zeros(60 * SHOWN))
    single = outcomes(60, OTHERWISE)
    assert ChoiceRanker().fit(**silent).learned_.answers == 0
    assert ChoiceRanker().fit(**single).learned_.answers == 0


def test_it_counts_the_lists_in_which_a_feature_varied():
    told = choices(30, OTHERWISE)
    told["x"][: 20 * SHOWN, 0] = 0.2
    assert ChoiceRanker().fit(**told).learned_.counts[:2] == (10, 30)


def test_it_counts_the_outcomes_in_which_a_feature_was_known():
    told = outcomes(30, OTHERWISE)
    told["x"][:20, 0] = 0
    assert OutcomeRanker().fit(**told).learned_.counts[:2] == (10, 30)


def test_a_place_is_not_liked_for_standing_at_the_top():
    told = choices(600, LIKE_RULES)
    order = np.argsort(-(told["x"] @ LIKE_RULES).reshape(-1, SHOWN), axis=1)
    x = np.take_along_axis(told["x"].reshape(-1, SHOWN, len(FEATURES)), order[:, :, None], axis=1)
    only_the_first = np.tile(np.eye(SHOWN)[0], 600)
    seen = np.tile(np.arange(1, SHOWN + 1) ** -3.0, 600)
    found = ChoiceRanker().fit(
        **{**told, "x": x.reshape(-1, len(FEATURES)), "y": only_the_first, "propensity": seen}
    )
    assert found.coefficients() == RULES


@pytest.mark.parametrize("sources", [1, 2])
def test_one_or_two_sources_alone_change_nothing(sources):
    assert ChoiceRanker().fit(**choices(1000, OTHERWISE, sources=sources)).coefficients() == RULES


def test_where_sources_are_not_told_the_caller_vouches_for_them():
    found = ChoiceRanker().fit(**choices(200, OTHERWISE, source=None))
    assert found.learned_.sources == 0
    assert found.coefficients() != RULES


@pytest.mark.parametrize("count", [60, 240])
def test_a_thousand_answers_of_one_source_hardly_move_what_the_others_say(count):
    honest = choices(count, OTHERWISE)
    loud = choices(1000, -OTHERWISE, seed=7, sources=1)
    alone = np.array(ChoiceRanker().fit(**honest).coefficients())
    beside_it = np.array(ChoiceRanker().fit(**beside(honest, loud)).coefficients())
    assert np.abs(beside_it - alone).max() < 0.03 * alone.max()


def test_a_third_source_that_no_one_agrees_with_does_not_count_as_one():
    told = beside(choices(400, OTHERWISE, sources=2), choices(1000, -OTHERWISE, seed=7, sources=1))
    assert ChoiceRanker().fit(**told).coefficients() == RULES


def test_what_others_learned_is_the_start_and_stays_without_answers_of_its_own():
    shared = ChoiceRanker().fit(**choices(600, OTHERWISE)).learned_
    ranker = OutcomeRanker(prior=shared).fit(**outcomes(15, OTHERWISE))
    assert ranker.coefficients() == shared.coefficients
    assert ranker.version == ranker.learned_.prior_version == shared.version


def test_weights_of_the_municipality_are_learned_around():
    weights = Weights(wish=0, fit=0.5, preferences=0.25, practical=0.25)
    found = ChoiceRanker(weights=weights).fit(**choices(600, OTHERWISE))
    assert found.weights_for() == weights
    assert found.learned_.counts[0] == 0


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_is_refused(wrong):
    told = choices(30, OTHERWISE)
    told["x"][3, 3] = wrong
    with pytest.raises(ValueError, match="must be numbers"):
        ChoiceRanker().fit(**told)


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="equally many"):
        ChoiceRanker().fit(**choices(30, OTHERWISE, y=np.ones(3)))


def test_the_seed_draws_other_folds():
    told = choices(60, OTHERWISE)
    strengths = {ChoiceRanker(random_state=seed).fit(**told).learned_.strength for seed in range(4)}
    assert len(strengths) > 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state_format": STATE_FORMAT + 1}, "cannot be read"),
        ({"features": (*FEATURES[:-1], "own")}, "one coefficient and one count"),
        ({"counts": (1,)}, "one coefficient and one count"),
        ({"coefficients": (-0.1, *RULES[1:])}, "none below zero"),
        ({"coefficients": (float("nan"), *RULES[1:])}, "none below zero"),
    ],
)
def test_a_state_that_cannot_be_is_refused(changed, said):
    with pytest.raises(ValueError, match=said):
        learned(**changed)


def test_a_state_of_other_features_ranks_by_the_names_it_knows():
    old = learned(features=("travel", "weather"), coefficients=(2.0, 9.0), counts=(60, 60))
    found = by_name(ChoiceRanker.from_learned(old))
    assert (found["travel"], found["own"], found["large_gap"]) == (2.0, 1.0, 0.0)


def test_what_was_learned_from_outcomes_is_no_choice_ranker():
    with pytest.raises(ValueError, match="'outcome'"):
        ChoiceRanker.from_learned(learned(kind="outcome"))


def test_the_version_tells_coefficients_apart():
    other = learned(coefficients=(1.6, *RULES[1:]))
    assert learned().version == learned().version != other.version
    assert other.version.startswith("choice-")


def test_two_that_cost_the_same_leave_everything_to_the_prior():
    assert shares_of(np.ones((50, len(STRENGTHS))))[0] == 1


def test_the_prior_is_left_by_degrees_as_proof_grows():
    noise = np.random.default_rng(2).normal(0, 1, 400)
    kept = []
    for gain in (0.05, 0.12, 0.13, 0.3):
        costs = np.zeros((400, len(STRENGTHS)))
        costs[:, 0] = gain + noise - noise.mean()
        kept.append(float(shares_of(costs)[0]))
    assert kept == sorted(kept, reverse=True)
    assert kept[0] == 1 > kept[1] > kept[2] > kept[3] == 0
