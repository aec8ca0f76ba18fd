"""How far answers justify leaving the prior: not at all, or by the strength that holds on lists not seen."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aktema.matching.engine.feedback import Feedback, capped
from aktema.matching.engine.likelihood import (
    CHOICES,
    OUTCOMES,
    Loss,
    first_model,
    fitted,
    list_costs,
    one_sidedness,
    path,
)
from aktema.matching.engine.rankers import PART_OF, Coefficients, Floats
from aktema.matching.engine.types import Weights

# How hard a model is held to the prior, which is the candidate None, the hardest first.
STRENGTHS = (None, 100.0, 30.0, 10.0, 3.0, 1.0, 0.3)
FOLDS = 5
# A candidate is taken whole up to so many standard errors above the cheapest, and not at all from so many on. The
# prior is left more slowly than one strength for another.
LEAVING, EASING = (2.0, 3.0), (0.0, 2.0)
# Of those that count at least half.
LEAST_LISTS = 4 * FOLDS
LEAST_SOURCES = 3
# How one-sided a source may be and still count whole: by chance, and by each of so many answers for having a view
# of its own.
CHANCE, OWN_VIEW, MOST_ANSWERS = 4.0, 0.03, 300
# In how many rounds sources are weighed against what they agree on, found with this strength.
ROUNDS = 4
SHARPNESS = 4
WEIGHING_STRENGTH = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is learned from. usable: the lists that say something. share: what part of an answer each row is."""

    name: str
    loss: Loss
    usable: Callable[[Feedback], Feedback]
    share: Callable[[Feedback], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Coefficients, and how hard they are held to the prior, on average: None where they are the prior's."""

    strength: float | None
    coefficients: Coefficients


def _share_of_choice(feedback: Feedback) -> Floats:
    return np.asarray(feedback.y / np.bincount(feedback.group, weights=feedback.y)[feedback.group])


CHOICE = Kind(name="choice", loss=CHOICES, usable=Feedback.with_choice, share=_share_of_choice)
OUTCOME = Kind(
    name="outcome",
    loss=OUTCOMES,
    usable=lambda feedback: feedback,
    share=lambda feedback: np.ones(len(feedback.y)),
)


def find(kind: Kind, feedback: Feedback, prior: Coefficients, weights: Weights, *, seed: int) -> Finding:
    """Return the coefficients the feedback justifies."""
    kept = Finding(strength=None, coefficients=prior)
    if not is_enough(feedback):
        return kept
    even = capped(feedback, kind.share(feedback))
    held = weighed(kind, even, prior)
    if not is_enough(feedback.take_rows(held.weight >= even.weight / 2)):
        return kept
    shares = shares_of(_unseen_costs(kind, held, prior, seed))
    if shares[0] == 1:
        return kept
    models = path(kind.loss, held, prior, STRENGTHS)
    sizes = np.array([as_large(model.coefficients, prior, weights) for model in models])
    middle = np.exp(np.average(np.log(STRENGTHS[1:]), weights=shares[1:]))
    return Finding(strength=float(middle), coefficients=tuple((shares @ sizes).tolist()))


def is_enough(feedback: Feedback) -> bool:
    """Return whether there are lists enough to hold some back, and sources enough to tell one's view from all's."""
    return feedback.lists >= LEAST_LISTS and not 0 < feedback.sources < LEAST_SOURCES


def as_large(free: Floats, prior: Coefficients, weights: Weights) -> Coefficients:
    """Return the coefficients brought to the prior's mean, each weighted as its part, so that scores compare."""
    parts = np.array(weights.as_tuple())[list(PART_OF)]
    size = float(parts @ free)
    return tuple((free * (parts @ np.array(prior) / size)).tolist()) if size > 0 else prior


def weighed(kind: Kind, feedback: Feedback, prior: Coefficients) -> Feedback:
    """Return the feedback with little weight for a source whose answers all pull against what the others say."""
    if not feedback.sources:
        return feedback
    held, model = feedback, first_model(prior)
    lists = np.bincount(feedback.source, weights=kind.share(feedback))
    for _ in range(ROUNDS):
        model = fitted(kind.loss, held, prior, WEIGHING_STRENGTH, model)
        excess = one_sidedness(kind.loss, feedback, model) / (
            CHANCE + OWN_VIEW * np.minimum(lists, MOST_ANSWERS)
        )
        trust = np.maximum(1.0, excess) ** -SHARPNESS
        held = feedback.weighted(feedback.weight * trust[feedback.source])
    return held


def shares_of(costs: Floats) -> Floats:
    """Return how much of each candidate to take, the sum is 1; costs: of each list under each candidate.

    From the prior on, each candidate takes its part of what the ones before left: one standard error above the
    cheapest half of it, the prior two and a half. So a few answers more or less move the order by a little, and
    never from one model to another.
    """
    worse = costs - costs[:, [int(np.argmin(costs.sum(axis=0)))]]
    # Around zero, not around the mean: a list that weighs nothing then changes nothing.
    errors = np.sqrt((worse**2).sum(axis=0))
    off = worse.sum(axis=0) / np.maximum(errors, np.finfo(np.float64).tiny)
    whole, none = np.array([LEAVING] + [EASING] * (len(off) - 1)).T
    taken = np.clip((none - off) / (none - whole), 0, 1)
    left = np.cumprod(np.append(1.0, 1 - taken))
    return np.asarray(left[:-1] * taken)


def _unseen_costs(kind: Kind, feedback: Feedback, prior: Coefficients, seed: int) -> Floats:
    """Return list by strength: what each list costs under the models that have not seen it."""
    fold = feedback.fold(FOLDS, seed)
    costs = np.zeros((feedback.lists, len(STRENGTHS)))
    for number in np.unique(fold):
        unseen = feedback.take(fold == number)
        models = path(kind.loss, feedback.take(fold != number), prior, STRENGTHS)
        costs[fold == number] = np.stack([list_costs(kind.loss, unseen, one) for one in models], axis=1)
    return costs
