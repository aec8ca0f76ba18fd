"""Rankers that learn from what people choose and from how trials end, around a prior they leave only with proof.

Linear as the rules are, so that every score still decomposes exactly. Who a person is never comes in: a ranker
sees the features of places shown, what was answered, and who answered.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Self

from numpy.typing import NDArray

from aktema.matching.engine.evidence import CHOICE, OUTCOME, Finding, Kind, find
from aktema.matching.engine.feedback import Feedback
from aktema.matching.engine.rankers import FEATURES, RULES, RULES_VERSION, Coefficients, Floats, LinearRanker
from aktema.matching.engine.types import Weights

# The layout of `Learned`; one that is read has to be of this one.
STATE_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a ranker has learned, as plain values: coefficients and counts, never a row about a person.

    Enough to rank again, to be judged, and to be the prior of another municipality's ranker. Raises ValueError
    where it cannot be.

    kind: "choice" or "outcome". features, coefficients, counts: by position; a count is the number of lists
    (of outcomes that stood alone, where known) in which the feature varied. answers: lists or outcomes behind
    it all. sources: how many gave them, 0 where not told. strength: of the penalty toward the prior, None where
    the prior was kept. prior_version: what it started from. seed: draws the folds.
    """

    kind: str
    features: tuple[str, ...]
    coefficients: tuple[float, ...]
    counts: tuple[int, ...]
    answers: int
    sources: int
    strength: float | None
    prior_version: str
    seed: int
    state_format: int = STATE_FORMAT

    def __post_init__(self) -> None:
        if self.state_format != STATE_FORMAT:
            raise ValueError(
                f"Learned state of format {self.state_format} cannot be read, only {STATE_FORMAT}"
            )
        if not len(set(self.features)) == len(self.coefficients) == len(self.counts) == len(self.features):
            raise ValueError("Each feature has one coefficient and one count")
        if not all(0 <= one < math.inf for one in self.coefficients):
            raise ValueError("A coefficient must be a number, and none below zero")

    @property
    def version(self) -> str:
        """Return the prior's version where the prior was kept, else the kind and a digest of the numbers."""
        if self.strength is None:
            return self.prior_version
        digest = sha256(repr(self.in_order()).encode()).hexdigest()
        return f"{self.kind}-{digest[:12]}"

    def in_order(self) -> Coefficients:
        """Return a number for each of FEATURES: one it does not name is as in the rules, a strange one left out."""
        known = dict(zip(self.features, self.coefficients, strict=True))
        return tuple(known.get(name, rule) for name, rule in zip(FEATURES, RULES, strict=True))


class LearningRanker(LinearRanker):
    """A logistic model around a prior: the rules, or what another municipality learned.

    After `fit`, `learned_` holds what was learned; before it the prior ranks.
    """

    kind: ClassVar[Kind]
    learned_: Learned | None = None

    def __init__(
        self, *, prior: Learned | None = None, weights: Weights | None = None, random_state: int = 0
    ) -> None:
        self.prior = prior
        self.weights = weights
        self.random_state = random_state

    @property
    def version(self) -> str:
        return self.learned_.version if self.learned_ else self._prior_version()

    def coefficients(self) -> Coefficients:
        return self.learned_.in_order() if self.learned_ else self._prior_values()

    def fit(
        self,
        x: Floats,
        y: Floats,
        *,
        lists: NDArray[Any] | None = None,
        propensity: Floats | None = None,
        source: NDArray[Any] | None = None,
        names: Sequence[str] = FEATURES,
    ) -> Self:
        """Learn anew from all answers, and return self.

        x: features of each place shown or tried. y: 1 accepted or went well, else 0. lists: the list a row
        stood in. propensity: how likely it was that the place was looked at, 1 where not told; choices alone
        use it. source: who decided; where not told, no one is held to a share and the caller vouches for the
        answers. names: what the columns of x are. Raises ValueError where lengths differ or a number is not
        finite.
        """
        weights = self.weights_for()
        feedback = Feedback.of(x, y, weights, lists=lists, propensity=propensity, source=source, names=names)
        usable = self.kind.usable(feedback)
        finding = find(self.kind, usable, self._prior_values(), weights, seed=self.random_state)
        self.learned_ = self._learned(usable, finding)
        return self

    @classmethod
    def from_learned(cls, learned: Learned, *, weights: Weights | None = None) -> Self:
        """Return a ranker that ranks as the one with this `learned_`; raises ValueError for another kind's."""
        if learned.kind != cls.kind.name:
            raise ValueError(f"{cls.__name__} cannot rank with what was learned from {learned.kind!r}")
        ranker = cls(weights=weights, random_state=learned.seed)
        ranker.learned_ = learned
        return ranker

    def _prior_values(self) -> Coefficients:
        return self.prior.in_order() if self.prior else RULES

    def _prior_version(self) -> str:
        return self.prior.version if self.prior else RULES_VERSION

    def _learned(self, usable: Feedback, finding: Finding) -> Learned:
        return Learned(
            kind=self.kind.name,
            features=FEATURES,
            coefficients=finding.coefficients,
            counts=tuple(usable.varied().tolist()),
            answers=usable.lists,
            sources=usable.sources,
            strength=finding.strength,
            prior_version=self._prior_version(),
            seed=self.random_state,
        )


class ChoiceRanker(LearningRanker):
    """Learns from lists in which a place was accepted: it against the others that were shown."""

    kind = CHOICE


class OutcomeRanker(LearningRanker):
    """Learns from trials: whether each went well."""

    kind = OUTCOME
