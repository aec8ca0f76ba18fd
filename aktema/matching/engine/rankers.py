"""From features to a score: what every ranker is, and the rules that are useful before any data exists.

A score is linear in features that are 0 where unknown, each turned so that more is never worse:

    score = sum over parts of weight * neutral  +  sum over features of weight of its part * coefficient * x

So every score decomposes exactly, an unknown fact moves nothing, and a coefficient is never below zero.

A ranker keeps scikit-learn's estimator contract (keyword-only parameters kept as given, `get_params`,
`set_params`, `fit` returning itself, `predict`) without importing scikit-learn, which costs a second or more.
"""

import inspect
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.answers import Part
from aktema.matching.engine.types import Weights

Floats = NDArray[np.float64]
Coefficients = tuple[float, ...]

FEATURES = ("own", "group", "kind", "words", "fit", "large_gap", "preferences", "travel", "hours", "days")
PARTS = (Part.WISH, Part.FIT, Part.PREFERENCES, Part.PRACTICAL)
# In the order of FEATURES: the part it belongs to, as a position in PARTS.
PART_OF = (0, 0, 0, 0, 1, 1, 2, 3, 3, 3)
# In the order of PARTS: the value of a part about which nothing is known.
NEUTRALS = (0.5, 0.75, 0.5, 0.5)
RULES_VERSION = "rules-1"
DEFAULT = Weights()
# Different weights and coefficients in use at a time.
KEPT = 256
# In the order of FEATURES. A large gap already counts within the fit, so on its own it starts at nothing.
RULES: Coefficients = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0)


class Ranker(Protocol):
    """Linear in the features, so that every score decomposes exactly."""

    @property
    def version(self) -> str:
        """Return what names the coefficients; under the same weights, equal versions give equal scores."""

    def fit(
        self,
        x: Floats,
        y: Floats,
        *,
        lists: NDArray[Any] | None = None,
        propensity: Floats | None = None,
        source: NDArray[Any] | None = None,
        names: Sequence[str] = FEATURES,
    ) -> Self: ...

    def coefficients(self) -> Coefficients:
        """Return one number per feature in the order of FEATURES, none below zero."""

    def weights_for(self, weights: Weights | None = None) -> Weights:
        """Return the weights in force, with the sum 1: the caller's where given, else the ranker's own."""

    def gains(self, weights: Weights | None = None) -> Coefficients:
        """Return what one unit of each feature adds to the score: weight of its part times coefficient."""

    def bases(self, weights: Weights | None = None) -> Coefficients:
        """Return what each part gives before anything is known: its weight times its neutral value."""

    def predict(
        self, x: Floats, *, weights: Weights | None = None, names: Sequence[str] = FEATURES
    ) -> Floats:
        """Return one score per row of x: the sum of `bases`, and `gains` times the features."""


class LinearRanker:
    """What all rankers share; a subclass says `coefficients` and `version`, and has a `weights` parameter."""

    weights: Weights | None

    @property
    def version(self) -> str:
        raise NotImplementedError

    def coefficients(self) -> Coefficients:
        raise NotImplementedError

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002 - part of the estimator contract
        return {name: getattr(self, name) for name in inspect.signature(type(self)).parameters}

    def set_params(self, **params: Any) -> Self:
        unknown = params.keys() - self.get_params().keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no parameter {min(unknown)!r}")
        for name, value in params.items():
            setattr(self, name, value)
        return self

    def weights_for(self, weights: Weights | None = None) -> Weights:
        """Return the weights in force, with the sum 1: the caller's where given, else the ranker's own."""
        return _in_force(weights or self.weights or DEFAULT)

    def gains(self, weights: Weights | None = None) -> Coefficients:
        """Return what one unit of each feature adds to the score: weight of its part times coefficient."""
        return gains_of(self.coefficients(), self.weights_for(weights))

    def bases(self, weights: Weights | None = None) -> Coefficients:
        """Return what each part gives before anything is known: its weight times its neutral value."""
        return _bases_of(self.weights_for(weights))

    def predict(
        self, x: Floats, *, weights: Weights | None = None, names: Sequence[str] = FEATURES
    ) -> Floats:
        """Return one score per row of x; a feature that `names` lacks is neutral, one that is new counts not."""
        score = np.full(len(x), sum(self.bases(weights)))
        # One column after the other: a matrix product may round differently with the number of rows.
        for name, gain in zip(FEATURES, self.gains(weights), strict=True):
            if gain and name in names:
                score += gain * x[:, names.index(name)]
        return score

    def __repr__(self) -> str:
        params = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({params})"


class RulesPrior(LinearRanker):
    """The rules prior: .45 wish + .30 fit + .15 preferences + .10 practical. Learns nothing, draws nothing.

    random_state is accepted as every ranker accepts it.
    """

    def __init__(self, *, weights: Weights | None = None, random_state: int | None = None) -> None:
        self.weights = weights
        self.random_state = random_state

    @property
    def version(self) -> str:
        return RULES_VERSION

    def coefficients(self) -> Coefficients:
        return RULES

    def fit(
        self,
        x: Floats,  # noqa: ARG002 - estimator contract
        y: Floats,  # noqa: ARG002 - estimator contract
        *,
        lists: NDArray[Any] | None = None,  # noqa: ARG002 - estimator contract
        propensity: Floats | None = None,  # noqa: ARG002 - estimator contract
        source: NDArray[Any] | None = None,  # noqa: ARG002 - estimator contract
        names: Sequence[str] = FEATURES,  # noqa: ARG002 - estimator contract
    ) -> Self:
        return self


@lru_cache(maxsize=KEPT)
def gains_of(coefficients: Coefficients, weights: Weights) -> Coefficients:
    """Return coefficient times the weight of its part, by feature; weights have the sum 1."""
    in_force = weights.as_tuple()
    return tuple(in_force[part] * one for part, one in zip(PART_OF, coefficients, strict=True))


@lru_cache(maxsize=KEPT)
def _bases_of(weights: Weights) -> Coefficients:
    return tuple(weight * neutral for weight, neutral in zip(weights.as_tuple(), NEUTRALS, strict=True))


@lru_cache(maxsize=KEPT)
def _in_force(weights: Weights) -> Weights:
    return weights.normalised()


def named_columns(x: Floats, names: Sequence[str]) -> Floats:
    """Return x with the columns of FEATURES in their order: a missing one is 0, neutral; a new one is left out."""
    columns = [x[:, names.index(name)] if name in names else np.zeros(len(x)) for name in FEATURES]
    return np.stack(columns, axis=1).astype(np.float64)
