"""The score of one place taken apart, fact by fact; the shares sum to the score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aktema.matching.engine.answers import Contribution, Feature, Parts
from aktema.matching.engine.arithmetic import (
    FULL_AGREEMENT,
    PREFERENCES_HALF,
    Rules,
    fit_term,
    large_gap_term,
)
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.rankers import FEATURES, NEUTRALS, PART_OF, PARTS, RULES
from aktema.matching.engine.types import Person, Place
from aktema.matching.engine.wish import WORDS_REACH, Leanings

OWN, GROUP, KIND, WORDS, FIT, LARGE_GAP, PREFERENCES, TRAVEL, HOURS, DAYS = range(len(FEATURES))
KIND_OF = {
    OWN: Feature.ACTIVITY,
    GROUP: Feature.GROUP,
    KIND: Feature.KIND,
    WORDS: Feature.WORDS,
    FIT: Feature.DIMENSION,
    PREFERENCES: Feature.PREFERENCE,
    TRAVEL: Feature.TRAVEL,
    HOURS: Feature.HOURS,
    DAYS: Feature.DAYS,
}
Term = tuple[int, int | None, float, float]
"""What one known fact adds, before any weight: number of the feature, key, how much, and how much large gap."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One person and one place: their facts, and which row of each table the place has."""

    person: Person
    place: Place
    rules: Rules
    leanings: Leanings
    facts: Circumstances
    at: dict[str, int]
    words: float


def terms_of(meeting: Meeting) -> list[Term]:
    """Return one term for each known fact, part by part; unknown facts have none."""
    return [*_wish(meeting), *_fit(meeting), *_preferences(meeting), *_practical(meeting)]


def features_of(terms: Iterable[Term]) -> tuple[float, ...]:
    """Return the sum of the terms by feature, in the order of FEATURES."""
    found = [0.0] * len(FEATURES)
    for number, _, value, large_gap in terms:
        found[number] += value
        found[LARGE_GAP] += large_gap
    return tuple(found)


def parts_of(features: Sequence[float]) -> Parts:
    """Return the four parts by the rules, each 0..1."""
    found = list(NEUTRALS)
    for part, coefficient, value in zip(PART_OF, RULES, features, strict=True):
        found[part] += coefficient * value
    wish, fit, preferences, practical = (min(max(value, 0.0), 1.0) for value in found)
    return Parts(wish=wish, fit=fit, preferences=preferences, practical=practical)


def contributions_of(
    terms: Sequence[Term], bases: Sequence[float], gains: Sequence[float]
) -> tuple[Contribution, ...]:
    """Return the base of each part and one share for each term, part by part."""
    by_part: list[list[Contribution]] = [
        [Contribution(part=part, feature=Feature.BASE, key=None, value=base)]
        for part, base in zip(PARTS, bases, strict=True)
    ]
    for number, key, value, large_gap in terms:
        worth = gains[number] * value + gains[LARGE_GAP] * large_gap
        part = PART_OF[number]
        by_part[part].append(Contribution(part=PARTS[part], feature=KIND_OF[number], key=key, value=worth))
    return tuple(one for part in by_part for one in part)


def _wish(meeting: Meeting) -> Iterable[Term]:
    activity_map, leanings = meeting.rules.activity_map, meeting.leanings
    known = sorted(set(meeting.place.activities) & activity_map.positions.keys())
    share = 0.5 / max(len(known), 1)
    groups: dict[int, float] = {}
    kind = leaning = 0.0
    for key in known:
        own, group_lean, kind_lean = leanings.at(activity_map.positions[key])
        leaning += own + group_lean + kind_lean
        if own:
            yield OWN, key, share * own, 0.0
        group = activity_map.groups[key]
        groups[group] = groups.get(group, 0.0) + share * group_lean
        kind += share * kind_lean
    for group, value in groups.items():
        if value:
            yield GROUP, group, value, 0.0
    if kind:
        yield KIND, None, kind, 0.0
    lift = 0.5 * WORDS_REACH * (1 - abs(leaning / max(len(known), 1))) * meeting.words
    if lift:
        yield WORDS, None, lift, 0.0


def _fit(meeting: Meeting) -> Iterable[Term]:
    weights, capacities = meeting.rules.weight_of, meeting.person.capacities
    stated = sorted((key, demand) for key, demand in meeting.place.demands.items() if demand >= 1)
    total = sum(weights[key] for key, _ in stated)
    for key, demand in stated:
        capacity, share = capacities.get(key), weights[key] / total
        if capacity is not None:
            level = capacity.level
            yield FIT, key, share * fit_term(level, demand), share * large_gap_term(level, demand)


def _preferences(meeting: Meeting) -> Iterable[Term]:
    person, place = meeting.person.preferences, meeting.place.preferences
    agreements = [
        (key, person[key] * place[key] / FULL_AGREEMENT)
        for key in sorted(person.keys() & place.keys() & meeting.rules.layout.preferences.keys())
    ]
    scale = 0.5 / (PREFERENCES_HALF + abs(sum(agreement for _, agreement in agreements)))
    for key, agreement in agreements:
        if agreement:
            yield PREFERENCES, key, scale * agreement, 0.0


def _practical(meeting: Meeting) -> Iterable[Term]:
    facts, at, person, place = meeting.facts, meeting.at, meeting.person, meeting.place
    if None not in (person.latitude, person.longitude, place.latitude, place.longitude):
        yield TRAVEL, None, float(facts.travel_term[at["spot"]]), 0.0
    if None not in (person.weekly_minutes, place.max_minutes_per_week):
        yield HOURS, None, float(facts.hours_term[at["week"]]), 0.0
    if None not in (person.weekdays, place.weekdays):
        yield DAYS, None, float(facts.days_term[at["days"]]), 0.0
