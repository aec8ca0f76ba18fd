"""One place for one person as a suggestion with its gaps, questions and reasons."""

from collections.abc import Sequence

from aktema.matching.engine.answers import Gap, Reason, Suggestion
from aktema.matching.engine.contributions import (
    Meeting,
    contributions_of,
    features_of,
    parts_of,
    shares_of,
    terms_of,
)
from aktema.matching.engine.questions import questions_for
from aktema.matching.engine.reasons import new_reason, reasons_for

# From this gap on, choosing the place needs a reason; it keeps its rank.
NEEDS_REASON = 3


def suggestion_for(
    meeting: Meeting,
    *,
    score: float,
    bases: Sequence[float],
    gains: Sequence[float],
    rank: int,
    exploratory: bool = False,
) -> Suggestion:
    terms = terms_of(meeting)
    features, shares = features_of(terms), shares_of(terms, gains)
    gaps = gaps_between(meeting)
    reasons = reasons_for(meeting, shares, gaps)
    return Suggestion(
        place_id=meeting.place.id,
        rank=rank,
        score=score,
        parts=parts_of(features),
        contributions=contributions_of(shares, bases),
        gaps=gaps,
        questions=questions_for(meeting.person, meeting.place, meeting.rules),
        reasons=(_why_new(meeting), *reasons) if exploratory else reasons,
        exploratory=exploratory,
        needs_reason=any(gap.size >= NEEDS_REASON for gap in gaps),
        features=features,
    )


def gaps_between(meeting: Meeting) -> tuple[Gap, ...]:
    """Return the demands above a known capacity, the largest first."""
    capacities = meeting.person.capacities
    gaps = [
        _gap(key, capacities[key].level, demand, meeting)
        for key, demand in meeting.place.demands.items()
        if key in capacities and demand > capacities[key].level
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.size, gap.dimension)) if len(gaps) > 1 else gaps)


def _gap(dimension: int, capacity: int, demand: int, meeting: Meeting) -> Gap:
    closing = meeting.rules.dimensions[dimension].adaptations
    offered = tuple(key for key in closing if key in meeting.place.adaptations)
    others = tuple(key for key in closing if key not in meeting.place.adaptations)
    return Gap(
        dimension=dimension,
        capacity=capacity,
        demand=demand,
        size=demand - capacity,
        adaptations=offered + others,
        offered=offered,
    )


def _why_new(meeting: Meeting) -> Reason:
    activity_map = meeting.rules.activity_map
    known = sorted(set(meeting.place.activities) & activity_map.positions.keys())
    new = [activity_map.groups[key] for key in known if meeting.leanings.is_new[activity_map.positions[key]]]
    return new_reason(meeting.place, min(new, default=None), few_trials=meeting.rules.settings.few_trials)
