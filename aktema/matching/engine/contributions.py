"""The score of one place taken apart, fact by fact; the shares sum to the score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from aktema.matching.engine.answers import Contribution, Feature, Parts
from aktema.matching.engine.arithmetic import (
    FULL_AGREEMENT,
    PREFERENCES_HALF,
    Rules,
    fit_term,
    large_gap_term,
)
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.rankers import FEATURES, NEUTRALS, PART_OF, PARTS
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
Share = tuple[int, int | None, float]
"""The same with weights: number of the feature, key, share of the score."""


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
    return _wish(meeting) + _fit(meeting) + _preferences(meeting) + _practical(meeting)


def features_of(terms: Iterable[Term]) -> tuple[float, ...]:
    """Return the sum of the terms by feature, in the order of FEATURES."""
    found = [0.0] * len(FEATURES)
    for number, _, value, large_gap in terms:
        found[number] += value
        found[LARGE_GAP] += large_gap
    return tuple(found)


def parts_of(features: Sequence[float]) -> Parts:
    """Return the four parts by the rules, each 0..1: the sum of their features around the neutral value."""
    own, group, kind, words, fit, _, preferences, travel, hours, days = features
    neutral_wish, neutral_fit, neutral_preferences, neutral_practical = NEUTRALS
    return Parts(
        wish=_within(neutral_wish + own + group + kind + words),
        fit=_within(neutral_fit + fit),
        preferences=_within(neutral_preferences + preferences),
        practical=_within(neutral_practical + travel + hours + days),
    )


def _within(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def shares_of(terms: Iterable[Term], gains: Sequence[float]) -> list[Share]:
    """Return what each term adds to the score."""
    large = gains[LARGE_GAP]
    return [(number, key, gains[number] * value + large * gap) for number, key, value, gap in terms]


def contributions_of(shares: Iterable[Share], bases: Sequence[float]) -> tuple[Contribution, ...]:
    """Return the base of each part and the shares of its facts, part by part."""
    by_part = [
        [Contribution(part, Feature.BASE, None, base)] for part, base in zip(PARTS, bases, strict=True)
    ]
    for number, key, worth in shares:
        part = PART_OF[number]
        by_part[part].append(Contribution(PARTS[part], KIND_OF[number], key, worth))
    return tuple(chain.from_iterable(by_part))


def _wish(meeting: Meeting) -> list[Term]:
    activity_map, leanings = meeting.rules.activity_map, meeting.leanings
    known = meeting.place.activities  # of the vocabulary, each once and in order
    count = len(known) or 1
    share = 0.5 / count
    terms: list[Term] = []
    groups: dict[int, float] = {}
    kind = leaning = 0.0
    for key in known:
        own, group_lean, kind_lean = leanings.at(activity_map.positions[key])
        leaning += own + group_lean + kind_lean
        if own:
            terms.append((OWN, key, share * own, 0.0))
        group = activity_map.groups[key]
        groups[group] = groups.get(group, 0.0) + share * group_lean
        kind += share * kind_lean
    terms += [(GROUP, group, value, 0.0) for group, value in groups.items() if value]
    if kind:
        terms.append((KIND, None, kind, 0.0))
    lift = 0.5 * WORDS_REACH * (1 - abs(leaning / count)) * meeting.words
    return [*terms, (WORDS, None, lift, 0.0)] if lift else terms


def _fit(meeting: Meeting) -> list[Term]:
    weights, capacities = meeting.rules.weight_of, meeting.person.capacities
    stated = [(key, demand) for key, demand in meeting.place.demands.items() if demand]
    total = sum([weights[key] for key, _ in stated])
    terms: list[Term] = []
    for key, demand in stated:
        capacity = capacities.get(key)
        if capacity is not None:
            share, level = weights[key] / total, capacity.level
            terms.append((FIT, key, share * fit_term(level, demand), share * large_gap_term(level, demand)))
    return terms


def _preferences(meeting: Meeting) -> list[Term]:
    person = meeting.person.preferences
    agreements = [
        (key, person[key] * pole / FULL_AGREEMENT)
        for key, pole in meeting.place.preferences.items()
        if pole and person.get(key)
    ]
    scale = 0.5 / (PREFERENCES_HALF + abs(sum([agreement for _, agreement in agreements])))
    return [(PREFERENCES, key, scale * agreement, 0.0) for key, agreement in agreements]


def _practical(meeting: Meeting) -> list[Term]:
    facts, at, person, place = meeting.facts, meeting.at, meeting.person, meeting.place
    terms: list[Term] = []
    if None not in (person.latitude, person.longitude, place.latitude, place.longitude):
        terms.append((TRAVEL, None, float(facts.travel_term[at["spot"]]), 0.0))
    if None not in (person.weekly_minutes, place.max_minutes_per_week):
        terms.append((HOURS, None, float(facts.hours_term[at["week"]]), 0.0))
    if None not in (person.weekdays, place.weekdays):
        terms.append((DAYS, None, float(facts.days_term[at["days"]]), 0.0))
    return terms
