"""Fitting rankers to what was decided, and how much better they order what they have not seen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.learning import ChoiceRanker, Learned, LearningRanker, OutcomeRanker
from aktema.matching.training import Examples, Floats, Lessons

SEED = 0
TOP = 10
FOLDS = 5
RESAMPLES = 2000

Gains = Callable[[Floats, Examples], Floats]
"""How well scores order examples: one number 0..1 for each list or answer that can tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A mean difference with its 95 % interval, over so many lists or answers."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted:
    """What was learned. The differences are to the prior, on what was not learned from; None with too little."""

    learned: Learned
    in_choices: Difference | None
    in_outcomes: Difference | None


def fit(lessons: Lessons, prior: Learned | None) -> Fitted:
    """Learn from choices around the prior, then from outcomes around what the choices taught."""
    choices = _fit(ChoiceRanker(prior=prior, random_state=SEED), lessons.choices)
    outcomes = _fit(OutcomeRanker(prior=choices, random_state=SEED), lessons.outcomes)
    return Fitted(
        learned=choices if outcomes.strength is None else outcomes,
        in_choices=_difference(ChoiceRanker, prior, lessons.choices, ndcg),
        in_outcomes=_difference(OutcomeRanker, choices, lessons.outcomes, concordance),
    )


def _fit(ranker: LearningRanker, examples: Examples) -> Learned:
    ranker.fit(
        examples.x,
        examples.y,
        lists=examples.lists,
        propensity=examples.propensity,
        source=examples.source,
    )
    return cast("Learned", ranker.learned_)  # `fit` has set it


def _difference(
    kind: type[LearningRanker], prior: Learned | None, examples: Examples, gains: Gains
) -> Difference | None:
    lists, before = np.unique(examples.lists), kind(prior=prior)
    if len(lists) < FOLDS:
        return None
    fold = np.random.default_rng(SEED).permutation(len(lists)) % FOLDS
    found = []
    for number in range(FOLDS):
        is_unseen = np.isin(examples.lists, lists[fold == number])
        unseen = examples.take(is_unseen)
        after = kind.from_learned(_fit(kind(prior=prior, random_state=SEED), examples.take(~is_unseen)))
        found.append(gains(after.predict(unseen.x), unseen) - gains(before.predict(unseen.x), unseen))
    return _interval(np.concatenate(found))


def ndcg(scores: Floats, examples: Examples) -> Floats:
    """NDCG@10 of each list in which something was accepted; equal scores stand as they were shown."""
    found = []
    for rows in _by_list(examples.lists):
        y = examples.y[rows]
        if y.any() and len(y) > 1:
            order = np.argsort(-scores[rows].round(12), kind="stable")
            found.append(_gain(y[order]) / _gain(np.sort(y)[::-1]))
    return np.array(found, np.float64)


def concordance(scores: Floats, examples: Examples) -> Floats:
    """For each good outcome the share of bad ones scored lower, equal ones as half: their mean is the AUC."""
    good, bad = scores[examples.y > 0], scores[examples.y == 0]
    if not len(bad):
        return np.zeros(0)
    lower = np.sign(good[:, None] - bad[None, :])
    return np.asarray((lower + 1).mean(axis=1) / 2)


def _by_list(lists: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    order = np.argsort(lists, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(lists[order])) + 1)


def _gain(y: Floats) -> float:
    top = y[:TOP]
    return float((top / np.log2(np.arange(2, len(top) + 2))).sum())


def _interval(differences: Floats) -> Difference | None:
    if not len(differences):
        return None
    drawn = np.random.default_rng(0).integers(0, len(differences), (RESAMPLES, len(differences)))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return Difference(
        mean=float(differences.mean()), low=float(low), high=float(high), count=len(differences)
    )
