"""One row of an assessment as a suggestion with its gaps, questions and reasons."""

from aktema.matching.engine.answers import Gap, Parts, Reason, Suggestion
from aktema.matching.engine.contributions import contributions_of
from aktema.matching.engine.parts import Assessment, Rules
from aktema.matching.engine.questions import questions_for
from aktema.matching.engine.reasons import new_reason, reasons_for
from aktema.matching.engine.types import Person, Place

# From this gap on, choosing the place needs a reason; it keeps its rank.
LARGE_GAP = 3


def suggestion_for(
    person: Person,
    place: Place,
    assessment: Assessment,
    row: int,
    rules: Rules,
    *,
    rank: int,
    exploratory: bool = False,
) -> Suggestion:
    contributions = contributions_of(person, place, assessment, row, rules)
    gaps = gaps_between(person, place, rules)
    reasons = reasons_for(person, place, assessment, row, contributions, gaps)
    wish, fit, preferences, practical = (float(part) for part in assessment.parts[:, row])
    return Suggestion(
        place_id=place.id,
        rank=rank,
        score=float(assessment.score[row]),
        parts=Parts(wish=wish, fit=fit, preferences=preferences, practical=practical),
        contributions=contributions,
        gaps=gaps,
        questions=questions_for(person, place, rules),
        reasons=(_why_new(place, assessment, rules), *reasons) if exploratory else reasons,
        exploratory=exploratory,
        needs_reason=any(gap.size >= LARGE_GAP for gap in gaps),
    )


def gaps_between(person: Person, place: Place, rules: Rules) -> tuple[Gap, ...]:
    """Return the demands above a known capacity, the largest first."""
    gaps = []
    for key, demand in place.demands.items():
        capacity = person.capacities.get(key)
        if capacity is not None and demand > capacity.level and key in rules.dimensions:
            gaps.append(_gap(key, capacity.level, demand, place, rules))
    return tuple(sorted(gaps, key=lambda gap: (-gap.size, gap.dimension)))


def _gap(dimension: int, capacity: int, demand: int, place: Place, rules: Rules) -> Gap:
    closing = rules.dimensions[dimension].adaptations
    offered = tuple(key for key in closing if key in place.adaptations)
    others = tuple(key for key in closing if key not in place.adaptations)
    return Gap(
        dimension=dimension,
        capacity=capacity,
        demand=demand,
        size=demand - capacity,
        adaptations=offered + others,
        offered=offered,
    )


def _why_new(place: Place, assessment: Assessment, rules: Rules) -> Reason:
    positions = rules.activity_map.positions
    known = sorted(key for key in set(place.activities) if key in positions)
    new = [rules.activity_map.groups[key] for key in known if assessment.leanings.is_new[positions[key]]]
    return new_reason(place, min(new, default=None), few_trials=rules.settings.few_trials)
