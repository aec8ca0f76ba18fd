"""From stored lists and decisions to what a ranker learns from. Nobody's name, number, sex or age is read.

A decision belongs to the last list before it that showed the placement: reading a list again, or its second page,
stores a list of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, Select, Subquery, case, func, select

from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching import features
from aktema.matching.engine.rankers import PART_OF
from aktema.matching.models import Suggestion, SuggestionRun, Verdict
from aktema.matching.rules import ACCEPT, PARTS, USUAL
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Outcome
from aktema.pathway.review_codes import Voice
from aktema.pathway.review_models import Review
from aktema.pathway.rules.reviews import Said, taught_by
from aktema.pathway.trial_models import Trial

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
ANSWERS = {"yes": 1.0, "no": 0.0}
"""What a person's answer to a placement that was chosen teaches; "later" teaches nothing yet."""
HEARD_LAST = (Voice.PERSON, Voice.EMPLOYER, Voice.COACH)
"""Of several voices the last one counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Examples:
    """Rows to fit: x are the features as if shown with the usual weights; y is 1 or 0; source is whose view it is."""

    x: Floats
    y: Floats
    lists: Integers
    propensity: Floats
    source: Integers

    def __len__(self) -> int:
        """Return the number of lists."""
        return len(np.unique(self.lists))

    def take(self, rows: NDArray[np.bool_]) -> "Examples":
        return Examples(
            x=self.x[rows],
            y=self.y[rows],
            lists=self.lists[rows],
            propensity=self.propensity[rows],
            source=self.source[rows],
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Lessons:
    """What can be learned.

    choices: every row of a list in which something was decided, 1 where it was accepted; the source is the coach.
    outcomes: how the trial of what was accepted went, and where there was none what the person answered when asked;
    the source is the employer.
    """

    choices: Examples
    outcomes: Examples
    verdicts: int
    skipped: int
    """Lists from before features were stored."""


def lessons() -> Lessons:
    """Everything that was decided in lists that were shown. Three statements."""
    rows = db.session.execute(_shown()).all()
    old = {row.run_id for row in rows if row.features is None or len(row.features) != features.BYTES}
    kept = [row for row in rows if row.run_id not in old]
    known = {**_answers(), **_trials()}
    asked = [row for row in kept if (row.participant_id, row.placement_id) in known and row.answer == ACCEPT]
    return Lessons(
        choices=_examples(
            kept, [float(row.answer == ACCEPT) for row in kept], _column(kept, "run_id"), _deciders(kept)
        ),
        outcomes=_examples(
            asked,
            [known[row.participant_id, row.placement_id] for row in asked],
            _column(asked, "participant_id"),
            _column(asked, "employer_id"),
        ),
        verdicts=sum(row.answer is not None for row in kept),
        skipped=len(old),
    )


def _shown() -> Select[*tuple[Any, ...]]:
    """Every row of the lists that decisions belong to, with what was decided about it."""
    decided = _decided()
    return (
        select(
            Suggestion.run_id,
            Suggestion.placement_id,
            Suggestion.features,
            Suggestion.propensity,
            SuggestionRun.participant_id,
            *(getattr(SuggestionRun, f"{part}_weight") for part in PARTS),
            Placement.employer_id,
            Verdict.answer,
            Verdict.account_id,
        )
        .join(SuggestionRun, SuggestionRun.id == Suggestion.run_id)
        .join(Placement, Placement.id == Suggestion.placement_id)
        .outerjoin(
            decided,
            (decided.c.run_id == Suggestion.run_id) & (decided.c.placement_id == Suggestion.placement_id),
        )
        .outerjoin(Verdict, Verdict.id == decided.c.verdict_id)
        .where(Suggestion.run_id.in_(select(decided.c.run_id)))
        .order_by(Suggestion.run_id, Suggestion.rank)
    )


def _decided() -> Subquery:
    """Each person's newest verdict about a placement, and the list it belongs to."""
    newest = select(func.max(Verdict.id)).group_by(Verdict.participant_id, Verdict.placement_id)
    return (
        select(
            Verdict.id.label("verdict_id"), Verdict.placement_id, func.max(Suggestion.run_id).label("run_id")
        )
        .join(SuggestionRun, SuggestionRun.participant_id == Verdict.participant_id)
        .join(
            Suggestion,
            (Suggestion.run_id == SuggestionRun.id) & (Suggestion.placement_id == Verdict.placement_id),
        )
        .where(Verdict.id.in_(newest), Suggestion.run_id <= Verdict.run_id)
        .group_by(Verdict.id, Verdict.placement_id)
        .subquery()
    )


def _answers() -> Mapping[tuple[int, int], float]:
    """What people answered last, by person and placement."""
    answered = select(Introduction.participant_id, Introduction.placement_id, Introduction.answer)
    rows = db.session.execute(answered.where(Introduction.answer.in_(ANSWERS)).order_by(Introduction.id))
    return {(person, placement): ANSWERS[str(answer)] for person, placement, answer in rows}


def _trials() -> Mapping[tuple[int, int], float]:
    """How people's last trials went, by person and placement; what a trial does not teach is left out.

    Where voices differ the coach's counts, who has heard both, then the employer's.
    """
    heard = case({voice: order for order, voice in enumerate(HEARD_LAST)}, value=Review.voice)
    went = (
        select(Trial.participant_id, Trial.placement_id, Outcome.kind, Review.completion, Review.reason)
        .outerjoin(Outcome, Outcome.trial_id == Trial.id)
        .outerjoin(Review, (Review.trial_id == Trial.id) & Review.completion.is_not(None))
        .where(Outcome.kind.is_not(None) | Review.completion.is_not(None))
        .order_by(Trial.id, heard)
    )
    taught = {
        (person, placement): taught_by(kind, Said(completion=completion, reason=reason))
        for person, placement, kind, completion, reason in db.session.execute(went)
    }
    return {key: value for key, value in taught.items() if value is not None}


def _deciders(rows: Sequence[Row[Any]]) -> Integers:
    """The account that decided in the list of each row; the last one where there were several."""
    by_list = {row.run_id: row.account_id for row in rows if row.account_id is not None}
    return np.array([by_list[row.run_id] for row in rows], np.int64)


def _examples(rows: Sequence[Row[Any]], y: Sequence[float], lists: Integers, source: Integers) -> Examples:
    shown = np.array([[getattr(row, f"{part}_weight") for part in PARTS] for row in rows]).reshape(
        -1, len(PARTS)
    )
    usual = np.array([getattr(USUAL, part) for part in PARTS])
    return Examples(
        x=features.unpacked([row.features for row in rows]) * (shown / usual)[:, list(PART_OF)],
        y=np.array(y, np.float64),
        lists=lists,
        propensity=np.array([row.propensity for row in rows], np.float64),
        source=source,
    )


def _column(rows: Sequence[Row[Any]], name: str) -> Integers:
    return np.array([getattr(row, name) for row in rows], np.int64)
