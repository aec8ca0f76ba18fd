"""The score of one place taken apart, fact by fact; the shares sum to the score.

Unknown facts have no share. A share is the term of a fact times the gain of its feature; + 0.0 makes
a term without gain a plain zero, never -0.0.
"""

from typing import NamedTuple

from aktema.matching.engine.answers import Contribution, Feature, Gap, Parts
from aktema.matching.engine.arithmetic import FULL_AGREEMENT, PREFERENCES_HALF, fit_term, large_gap_term
from aktema.matching.engine.rankers import NEUTRALS, PARTS
from aktema.matching.engine.sides import (
    DAYS,
    FIT,
    GROUP,
    HOURS,
    KIND,
    LARGE_GAP,
    OWN,
    PREFERENCES,
    TRAVEL,
    WORDS,
    PersonSide,
    PlaceSide,
)
from aktema.matching.engine.types import LAST_LEVEL
from aktema.matching.engine.wish import WORDS_REACH

_Numbered = tuple[int, int | None, float]
_LEVELS = range(LAST_LEVEL + 1)
# What a capacity and a demand add to the fit and to large gaps.
_TERMS = [
    [(fit_term(level, demand), large_gap_term(level, demand)) for demand in _LEVELS] for level in _LEVELS
]
_WISH, _FIT, _PREFERENCES, _PRACTICAL = PARTS
_DIMENSION, _PREFERENCE = Feature.DIMENSION, Feature.PREFERENCE
_KIND_OF = {
    OWN: Feature.ACTIVITY,
    GROUP: Feature.GROUP,
    KIND: Feature.KIND,
    WORDS: Feature.WORDS,
    TRAVEL: Feature.TRAVEL,
    HOURS: Feature.HOURS,
    DAYS: Feature.DAYS,
}
# Contribution's own constructor takes twice as long, and a list of suggestions has hundreds.
_new = tuple.__new__


class Wish(NamedTuple):
    """Sums of the terms by feature; the shares with number of the feature and key."""

    own: float
    group: float
    kind: float
    words: float
    shares: list[_Numbered]

    def contributions(self) -> list[Contribution]:
        return [
            _new(Contribution, (_WISH, _KIND_OF[number], key, share)) for number, key, share in self.shares
        ]


class Fit(NamedTuple):
    """Sums of the terms by feature; the shares of demands that are met, and of gaps with the largest first."""

    fit: float
    large_gap: float
    contributions: list[Contribution]
    met: list[float]
    missed: list[tuple[Gap, float]]


class Preferences(NamedTuple):
    """Sum of the terms; the shares with the preference."""

    value: float
    shares: list[tuple[int, float]]

    def contributions(self) -> list[Contribution]:
        return [_new(Contribution, (_PREFERENCES, _PREFERENCE, key, share)) for key, share in self.shares]


class Practical(NamedTuple):
    """Terms by feature, 0 where unknown; the shares of the known with the number of the feature."""

    travel: float
    hours: float
    days: float
    shares: list[tuple[int, float]]

    def contributions(self) -> list[Contribution]:
        return [
            _new(Contribution, (_PRACTICAL, _KIND_OF[number], None, share)) for number, share in self.shares
        ]


def wish_of(person: PersonSide, place: PlaceSide, words: float) -> Wish:
    """Return what the person wants of the place; `words`: how clearly the wish is in its text, 0..1."""
    gains, leanings = person.gains, person.leanings.at
    count = len(place.activities) or 1
    part = 0.5 / count
    groups: dict[int, float] = {}
    own_sum = kind_sum = leaning = 0.0
    shares: list[_Numbered] = []
    for key, position, group in place.activities:
        own, group_lean, kind_lean = leanings(position)
        leaning += own + group_lean + kind_lean
        if own:
            own_sum += part * own
            shares.append((OWN, key, gains[OWN] * (part * own) + 0.0))
        groups[group] = groups.get(group, 0.0) + part * group_lean
        kind_sum += part * kind_lean
    lift = 0.5 * WORDS_REACH * (1 - abs(leaning / count)) * words
    rest: list[_Numbered] = [(GROUP, group, value) for group, value in groups.items()]
    rest += [(KIND, None, kind_sum), (WORDS, None, lift)]
    shares += [(number, key, gains[number] * value + 0.0) for number, key, value in rest if value]
    return Wish(own_sum, sum(groups.values(), 0.0), kind_sum, lift, shares)


def fit_of(person: PersonSide, place: PlaceSide) -> Fit:
    """Return what known capacities say of the place's demands."""
    levels, gain, large_gain = person.levels, person.gains[FIT], person.gains[LARGE_GAP]
    fit_sum = large_sum = 0.0
    contributions, met, missed = [], [], []
    for key, demand, part in place.demands:
        level = levels.get(key)
        if level is not None:
            fit_term, large_term = _TERMS[level][demand]
            fit, large_gap = part * fit_term, part * large_term
            fit_sum += fit
            large_sum += large_gap
            share = gain * fit + large_gain * large_gap
            contributions.append(_new(Contribution, (_FIT, _DIMENSION, key, share)))
            if demand > level:
                missed.append((place.gap(key, level, demand), share))
            else:
                met.append(share)
    if len(missed) > 1:
        missed.sort(key=_size, reverse=True)
    return Fit(fit_sum, large_sum, contributions, met, missed)


def preferences_of(person: PersonSide, place: PlaceSide) -> Preferences:
    """Return what the poles say that both sides have chosen."""
    own, gain = person.poles, person.gains[PREFERENCES]
    agreements = [(key, own[key] * pole / FULL_AGREEMENT) for key, pole in place.poles if key in own]
    scale = 0.5 / (PREFERENCES_HALF + abs(sum([agreement for _, agreement in agreements])))
    shares = [(key, gain * (scale * agreement) + 0.0) for key, agreement in agreements]
    return Preferences(sum([scale * agreement for _, agreement in agreements], 0.0), shares)


def practical_of(person: PersonSide, place: PlaceSide) -> Practical:
    """Return what the journey, the hours and the days say."""
    facts, gains, at, told, stated = person.facts, person.gains, place.at, person.told, place.stated
    travel = hours = days = 0.0
    shares = []
    if told.home and stated.spot:
        travel += facts.travel_term.item(at["spot"])
        shares.append((TRAVEL, gains[TRAVEL] * travel + 0.0))
    if told.hours and stated.most_hours:
        hours += facts.hours_term.item(at["week"])
        shares.append((HOURS, gains[HOURS] * hours + 0.0))
    if told.days and stated.days:
        days += facts.days_term.item(at["days"])
        shares.append((DAYS, gains[DAYS] * days + 0.0))
    return Practical(travel, hours, days, shares)


def parts_of(features: tuple[float, ...]) -> Parts:
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
    return value if 0.0 <= value <= 1.0 else min(max(value, 0.0), 1.0)


def _size(missed: tuple[Gap, float]) -> int:
    return missed[0].size
