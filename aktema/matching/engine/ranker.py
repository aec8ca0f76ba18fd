"""From the four parts to a score: the rules that are useful before any data exists.

A ranker keeps scikit-learn's estimator contract (keyword-only parameters kept as given, `get_params`,
`set_params`, `fit` returning itself, `predict`) without importing scikit-learn, which costs a second or more.
"""

from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.types import Weights

Floats = NDArray[np.float64]


class Ranker(Protocol):
    """Linear in the parts, so that every score decomposes exactly.

    x has one row per place and the columns wish, fit, preferences, practical, each 0..1;
    `predict(x, weights=w)` equals x times `weights_for(w)`.
    """

    def fit(self, x: Floats | None = None, y: Floats | None = None) -> Self: ...

    def predict(self, x: Floats, *, weights: Weights | None = None) -> Floats: ...

    def weights_for(self, weights: Weights | None = None) -> Weights:
        """Return the weights in force, with the sum 1: the caller's where given, else the ranker's own."""


class RulesPrior:
    """The rules prior: .45 wish + .30 fit + .15 preferences + .10 practical. Learns nothing, draws nothing.

    random_state is accepted as every ranker accepts it.
    """

    def __init__(self, *, weights: Weights | None = None, random_state: int | None = None) -> None:
        self.weights = weights
        self.random_state = random_state

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - part of the estimator contract
        return {"weights": self.weights, "random_state": self.random_state}

    def set_params(self, **params: Any) -> Self:
        unknown = params.keys() - self.get_params().keys()
        if unknown:
            raise ValueError(f"RulesPrior has no parameter {min(unknown)!r}")
        for name, value in params.items():
            setattr(self, name, value)
        return self

    def fit(self, x: Floats | None = None, y: Floats | None = None) -> Self:  # noqa: ARG002 - estimator contract
        return self

    def predict(self, x: Floats, *, weights: Weights | None = None) -> Floats:
        """Return one score 0..1 per row of x."""
        score = np.zeros(len(x))
        # One column after the other: a matrix product may round differently with the number of rows.
        for column, weight in zip(x.T, self.weights_for(weights).as_tuple(), strict=True):
            score += weight * column
        return score

    def weights_for(self, weights: Weights | None = None) -> Weights:
        """Return the weights in force, with the sum 1: the caller's where given, else the ranker's own."""
        return (weights or self.weights or Weights()).normalised()

    def __repr__(self) -> str:
        params = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"RulesPrior({params})"
