"""Logistic models held to a prior: what answers cost under coefficients, and the coefficients that cost least.

The worth of a row is `aside * a + scale * sum of coefficient * x`. The scale says how sharply people choose and is
free; the coefficients say in what proportions, are never below zero, and are held to the prior's. What stands
aside is no feature and never ranks: for choices how often a place is looked at (so that the top of a list is not
liked for being the top; how much, the answers say themselves), for outcomes how many go well at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from aktema.matching.engine.feedback import Feedback
from aktema.matching.engine.rankers import Coefficients, Floats

# Cost of each row, and its slope in the row's worth.
Costs = Callable[[Floats, Feedback], tuple[Floats, Floats]]
# Where the scale starts, and how far it can go either way: from indifference, so that answers that follow nothing
# are no reason to leave the prior, to near certainty.
FIRST_SCALE = 10.0
SCALES = (0.01, 150.0)
# The scale and the factor of what stands aside come before the coefficients.
HEAD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What answers cost, and what stands aside of the features."""

    costs: Costs
    aside: Callable[[Feedback], Floats]


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model: the logarithm of the scale, the factor of what stands aside, the coefficients."""

    values: Floats

    @property
    def scale(self) -> float:
        return float(np.exp(self.values[0]))

    @property
    def coefficients(self) -> Floats:
        return self.values[HEAD:]


def _choice_costs(worth: Floats, feedback: Feedback) -> tuple[Floats, Floats]:
    """The accepted place against all that were shown: a conditional logit over each list."""
    starts, group = feedback.starts, feedback.group
    likely = np.exp(worth - np.maximum.reduceat(worth, starts)[group])
    likely /= np.add.reduceat(likely, starts)[group]
    answer = feedback.weight * feedback.y
    # A place so unlikely that its share is no number any more costs as much as the least number there is.
    rows = -answer * np.log(np.maximum(likely, np.finfo(np.float64).tiny))
    return rows, np.add.reduceat(answer, starts)[group] * likely - answer


def _outcome_costs(worth: Floats, feedback: Feedback) -> tuple[Floats, Floats]:
    """Whether a trial went well: a logistic regression over rows."""
    rows = feedback.weight * (np.logaddexp(0, worth) - feedback.y * worth)
    return rows, feedback.weight * (0.5 + 0.5 * np.tanh(worth / 2) - feedback.y)


CHOICES = Loss(costs=_choice_costs, aside=lambda feedback: np.log(feedback.seen))
OUTCOMES = Loss(costs=_outcome_costs, aside=lambda feedback: np.ones(len(feedback.y)))


def first_model(prior: Coefficients) -> Model:
    return Model(np.array([np.log(FIRST_SCALE), 0.0, *prior]))


def fitted(
    loss: Loss, feedback: Feedback, prior: Coefficients, strength: float | None, start: Model
) -> Model:
    """Return the cheapest model; a strength of None keeps the prior's coefficients."""
    # A second to import, and only learning needs it.
    from scipy.optimize import minimize

    centre, aside, penalty = np.array(prior), loss.aside(feedback), strength or 0.0

    def total(values: Floats) -> tuple[float, Floats]:
        model = Model(values)
        apart = _apart(feedback, model)
        rows, slopes = loss.costs(values[1] * aside + model.scale * apart, feedback)
        away = model.coefficients - centre
        head = [model.scale * float(slopes @ apart), float(slopes @ aside)]
        slope = np.concatenate(
            [head, model.scale * np.einsum("ij,i->j", feedback.x, slopes) + penalty * away]
        )
        return float(rows.sum() + 0.5 * penalty * (away @ away)), slope

    free = [(one, one) if strength is None else (0.0, None) for one in prior]
    bounds = [(float(np.log(SCALES[0])), float(np.log(SCALES[1]))), (None, None), *free]
    found = minimize(total, start.values, jac=True, method="L-BFGS-B", bounds=bounds)
    return Model(np.asarray(found.x, np.float64))


def path(
    loss: Loss, feedback: Feedback, prior: Coefficients, strengths: Sequence[float | None]
) -> list[Model]:
    """Return a model for each strength, each search starting where the one before ended."""
    models, last = [], first_model(prior)
    for strength in strengths:
        last = fitted(loss, feedback, prior, strength, last)
        models.append(last)
    return models


def list_costs(loss: Loss, feedback: Feedback, model: Model) -> Floats:
    """Return the cost of each list."""
    rows, _slopes = _rows(loss, feedback, model)
    return np.bincount(feedback.group, weights=rows).astype(np.float64)


def one_sidedness(loss: Loss, feedback: Feedback, model: Model) -> Floats:
    """Return by source how much of its lists' pulls at the coefficients add up instead of cancelling out.

    About 1 where each errs in its own direction, as under a true model, and the number of lists where all
    pull the same way.
    """
    _costs, slopes = _rows(loss, feedback, model)
    cells, cell = np.unique(np.stack([feedback.source, feedback.group]), axis=1, return_inverse=True)
    pulls = np.stack([np.bincount(cell, weights=slopes * column) for column in feedback.x.T])
    whole = np.stack([np.bincount(cells[0], weights=pull) for pull in pulls])
    apart = np.bincount(cells[0], weights=(pulls**2).sum(axis=0))
    return np.asarray((whole**2).sum(axis=0) / np.maximum(apart, np.finfo(np.float64).tiny))


def _rows(loss: Loss, feedback: Feedback, model: Model) -> tuple[Floats, Floats]:
    worth = model.values[1] * loss.aside(feedback) + model.scale * _apart(feedback, model)
    return loss.costs(worth, feedback)


def _apart(feedback: Feedback, model: Model) -> Floats:
    # Not by BLAS: it rounds by how many threads it has, and a few columns are no work for threads.
    return np.asarray(np.einsum("ij,j->i", feedback.x, model.coefficients))
