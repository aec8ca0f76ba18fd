"""The score of one row taken apart, feature by feature; the shares sum to the score."""

import math
from collections.abc import Iterable

from aktema.matching.engine.answers import Contribution, Feature, Part
from aktema.matching.engine.parts import (
    FIT_NEUTRAL,
    PREFERENCES_HALF,
    PREFERENCES_NEUTRAL,
    Assessment,
    Rules,
    meets,
)
from aktema.matching.engine.practical import DAYS_SHARE, HOURS_SHARE, NEUTRAL, TRAVEL_SHARE
from aktema.matching.engine.types import STRONGEST_VOTE, Person, Place
from aktema.matching.engine.wish import words_lift

Terms = Iterable[tuple[Feature, int | None, float]]


def contributions_of(
    person: Person, place: Place, assessment: Assessment, row: int, rules: Rules
) -> tuple[Contribution, ...]:
    """Return the base of each part and one share per known fact; unknown facts contribute nothing."""
    weights = assessment.weights
    terms = (
        (Part.WISH, weights.wish, _wish(place, assessment, row, rules)),
        (Part.FIT, weights.fit, _fit(person, place, assessment, row, rules)),
        (Part.PREFERENCES, weights.preferences, _preferences(person, place, assessment, row, rules)),
        (Part.PRACTICAL, weights.practical, _practical(person, place, assessment, row)),
    )
    return tuple(
        Contribution(part=part, feature=feature, key=key, value=weight * value)
        for part, weight, values in terms
        for feature, key, value in values
    )


def _wish(place: Place, assessment: Assessment, row: int, rules: Rules) -> Terms:
    positions, leanings = rules.activity_map.positions, assessment.leanings
    known = sorted({key for key in place.activities if key in positions})
    yield Feature.BASE, None, 0.5
    groups: dict[int, float] = {}
    kind = 0.0
    for key in known:
        position, share = positions[key], 0.5 / len(known)
        if leanings.own[position]:
            yield Feature.ACTIVITY, key, share * float(leanings.own[position])
        group = rules.activity_map.groups[key]
        groups[group] = groups.get(group, 0.0) + share * float(leanings.group[position])
        kind += share * float(leanings.kind[position])
    yield from ((Feature.GROUP, group, value) for group, value in groups.items() if value)
    if kind:
        yield Feature.KIND, None, kind
    lift = float(words_lift(assessment.leaning[row], assessment.words[row]))
    if lift:
        yield Feature.WORDS, None, 0.5 * lift


def _fit(person: Person, place: Place, assessment: Assessment, row: int, rules: Rules) -> Terms:
    layout = rules.layout
    yield Feature.BASE, None, FIT_NEUTRAL
    for key, demand in sorted(place.demands.items()):
        capacity = person.capacities.get(key)
        if capacity is not None and demand >= 1 and key in layout.dimensions:
            share = layout.dimension_weights[layout.dimensions[key]] / assessment.demand_weight[row]
            yield Feature.DIMENSION, key, float(share) * (meets(capacity.level, demand) - FIT_NEUTRAL)


def _preferences(person: Person, place: Place, assessment: Assessment, row: int, rules: Rules) -> Terms:
    yield Feature.BASE, None, PREFERENCES_NEUTRAL
    scale = 0.5 / (PREFERENCES_HALF + abs(float(assessment.pull[row])))
    for key in sorted(person.preferences.keys() & place.preferences.keys() & rules.layout.preferences.keys()):
        agreement = person.preferences[key] * place.preferences[key] / STRONGEST_VOTE**2
        if agreement:
            yield Feature.PREFERENCE, key, scale * agreement


def _practical(person: Person, place: Place, assessment: Assessment, row: int) -> Terms:
    facts = assessment.facts
    yield Feature.BASE, None, NEUTRAL
    if not math.isnan(facts.travel[row]):
        yield Feature.TRAVEL, None, TRAVEL_SHARE * float(facts.travel_term[row] - NEUTRAL)
    if person.weekly_minutes is not None and place.max_minutes_per_week is not None:
        yield Feature.HOURS, None, HOURS_SHARE * float(facts.hours_term[row] - NEUTRAL)
    if person.weekdays is not None and place.weekdays is not None:
        yield Feature.DAYS, None, DAYS_SHARE * float(facts.days_term[row] - NEUTRAL)
