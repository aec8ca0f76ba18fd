"""Lists of suggestions as they were shown, and what was decided about them, for tests of learning."""

from collections.abc import Mapping, Sequence
from typing import Any

from aktema.access.models import Account
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching import features
from aktema.matching.engine.learning import Learned
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.models import Suggestion, SuggestionRun, Verdict
from aktema.people.models import Participant

USUAL = {"wish_weight": 0.45, "fit_weight": 0.3, "preferences_weight": 0.15, "practical_weight": 0.1}


def a_list(
    person: Participant,
    coach: Account,
    shown: Mapping[Placement, Mapping[str, float] | None],
    **values: Any,
) -> SuggestionRun:
    """A list in the order given; each placement with the features that are not neutral, or None for an old row."""
    columns = {"model_version": "rules-1", "considered": len(shown), **USUAL, **values}
    run = SuggestionRun(participant_id=person.id, account_id=coach.id, **columns)
    run.suggestions = [
        Suggestion(
            placement_id=placement.id,
            rank=rank,
            score=0.5,
            wish=0.5,
            fit=0.5,
            preferences=0.5,
            practical=0.5,
            is_exploratory=False,
            features=None if known is None else features.packed([known.get(name, 0.0) for name in FEATURES]),
        )
        for rank, (placement, known) in enumerate(shown.items(), start=1)
    ]
    db.session.add(run)
    db.session.flush()
    return run


def a_verdict(
    run: SuggestionRun, placement: Placement, answer: str = "accept", coach: Account | None = None
) -> Verdict:
    verdict = Verdict(
        run_id=run.id,
        participant_id=run.participant_id,
        placement_id=placement.id,
        account_id=coach.id if coach else run.account_id,
        answer=answer,
        reason="other",
    )
    db.session.add(verdict)
    db.session.flush()
    return verdict


def what_was_learned(
    *, travel: float = 2.0, counts: Sequence[int] = (60,) * len(FEATURES), **values: Any
) -> Learned:
    """Coefficients of the rules but for travel."""
    coefficients = {**dict.fromkeys(FEATURES, 1.0), "large_gap": 0.0, "travel": travel}
    said: dict[str, Any] = {"kind": "choice", "answers": 60, "sources": 5, "strength": 3.0, **values}
    return Learned(
        features=FEATURES,
        coefficients=tuple(coefficients[name] for name in FEATURES),
        counts=tuple(counts),
        prior_version="rules-1",
        seed=0,
        **said,
    )
