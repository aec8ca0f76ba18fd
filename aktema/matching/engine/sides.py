"""The two sides of a meeting, each made ready once: a place for many people, a person for many places.

Only what the vocabulary holds is here. A demand of 0 asks for nothing and a pole of 0 is no choice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from aktema.matching.engine.answers import Contribution, Feature, Gap, Question, QuestionKind, question
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.rankers import FEATURES, PARTS
from aktema.matching.engine.types import Person, Place
from aktema.matching.engine.wish import Leanings

OWN, GROUP, KIND, WORDS, FIT, LARGE_GAP, PREFERENCES, TRAVEL, HOURS, DAYS = range(len(FEATURES))
Asked = tuple[tuple[int, Question], ...]
"""Questions by what they are about."""


class Told(NamedTuple):
    """What a person has told of the practical."""

    hours: bool
    days: bool
    day_length: bool
    times: bool
    home: bool


class Stated(NamedTuple):
    """What a place states of the practical."""

    some_hours: bool
    most_hours: bool
    all_hours: bool
    days: bool
    day_length: bool
    times: bool
    spot: bool


@dataclass(frozen=True, slots=True)
class PlaceSide:
    """One place, as it is for everybody. All but the weightiest questions stand by id."""

    place: Place
    at: Mapping[str, int]  # which row of each table the place has
    stated: Stated
    closing: Mapping[int, tuple[int, ...]]  # adaptations by dimension
    activities: tuple[tuple[int, int, int], ...]  # activity, position, group
    demands: tuple[tuple[int, int, float], ...]  # dimension, demand, share of the fit
    poles: tuple[tuple[int, int], ...]  # preference, pole
    chosen: frozenset[int]  # preferences
    asks_capacities: Asked  # the highest demand first, then core dimensions
    asks_votes: Asked
    asks_poles: Mapping[int, Question]  # by preference
    _gaps: dict[tuple[int, int], Gap] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, place: Place, at: Mapping[str, int], rules: Rules) -> Self:
        weights, activity_map = rules.weight_of, rules.activity_map
        stated = [(key, demand) for key, demand in place.demands.items() if demand]
        total = sum([weights[key] for key, _ in stated])
        poles = tuple([(key, pole) for key, pole in place.preferences.items() if pole])
        return cls(
            place=place,
            at=at,
            stated=_stated(place),
            closing={key: rules.dimensions[key].adaptations for key, _ in stated},
            activities=tuple(
                [(key, activity_map.positions[key], activity_map.groups[key]) for key in place.activities]
            ),
            demands=tuple([(key, demand, weights[key] / total) for key, demand in stated]),
            poles=poles,
            chosen=frozenset([key for key, _ in poles]),
            asks_capacities=asked(QuestionKind.CAPACITY, _by_importance(stated, rules)),
            asks_votes=asked(QuestionKind.VOTE, place.activities),
            asks_poles=dict(asked(QuestionKind.PREFERENCE, [key for key, _ in poles])),
        )

    def gap(self, dimension: int, capacity: int, demand: int) -> Gap:
        """Return the gap between a capacity and this place's demand above it; each is made once."""
        found = self._gaps.get((dimension, capacity))
        if found is None:
            found = self._gaps[dimension, capacity] = self._new_gap(dimension, capacity, demand)
        return found

    def _new_gap(self, dimension: int, capacity: int, demand: int) -> Gap:
        closing, here = self.closing[dimension], self.place.adaptations
        offered = tuple(key for key in closing if key in here)
        return Gap(
            dimension=dimension,
            capacity=capacity,
            demand=demand,
            size=demand - capacity,
            adaptations=offered + tuple(key for key in closing if key not in here),
            offered=offered,
        )


@dataclass(frozen=True, slots=True)
class PersonSide:
    """One person, as he or she is at every place."""

    person: Person
    told: Told
    leanings: Leanings
    facts: Circumstances
    few_trials: int
    gains: Sequence[float]
    bases: tuple[Contribution, ...]  # by part: what it gives before anything is known
    levels: Mapping[int, int]  # by dimension
    poles: Mapping[int, int]  # by preference
    pole_args: Mapping[int, Mapping[str, int]]  # by preference: the arguments of its reason
    chosen: frozenset[int]  # preferences of the vocabulary
    fresh: Collection[int]  # dimensions whose capacity need not be asked
    dated: Mapping[int, Question]  # by dimension: the question that asks again
    asks_needs: Asked
    asks_poles: Mapping[int, Question]  # by preference

    @classmethod
    def of(
        cls,
        person: Person,
        leanings: Leanings,
        facts: Circumstances,
        rules: Rules,
        gains: Sequence[float],
        bases: Sequence[float],
    ) -> Self:
        rated, chosen = person.capacities, {key: pole for key, pole in person.preferences.items() if pole}
        known = [key for key in chosen if key in rules.layout.preferences]
        return cls(
            person=person,
            told=_told(person),
            leanings=leanings,
            facts=facts,
            few_trials=rules.settings.few_trials,
            gains=gains,
            bases=tuple(
                [
                    Contribution(part, Feature.BASE, None, base)
                    for part, base in zip(PARTS, bases, strict=True)
                ]
            ),
            levels={key: capacity.level for key, capacity in rated.items()},
            poles=chosen,
            pole_args={key: {"preference": key, "pole": pole} for key, pole in chosen.items()},
            chosen=frozenset(known),
            fresh={key for key, capacity in rated.items() if not capacity.is_dated},
            dated=dict(asked(QuestionKind.CAPACITY_DATED, [key for key in rated if rated[key].is_dated])),
            asks_needs=asked(QuestionKind.CONSTRAINT, sorted(person.needs)),
            asks_poles=dict(asked(QuestionKind.PLACE_PREFERENCE, known)),
        )


def asked(kind: QuestionKind, keys: Sequence[int]) -> Asked:
    """Return one question of that kind for each key."""
    return tuple([(key, question(kind, key)) for key in keys])


def _by_importance(stated: Sequence[tuple[int, int]], rules: Rules) -> list[int]:
    """Return the dimensions with the highest demand first, then the core ones."""
    found = sorted([(-demand, not rules.dimensions[key].is_core, key) for key, demand in stated])
    return [key for _, _, key in found]


def _told(person: Person) -> Told:
    return Told(
        hours=person.weekly_minutes is not None,
        days=person.weekdays is not None,
        day_length=person.max_minutes_per_day is not None,
        times=person.earliest_start is not None or person.latest_end is not None,
        home=None not in (person.latitude, person.longitude),
    )


def _stated(place: Place) -> Stated:
    hours = place.min_minutes_per_week, place.max_minutes_per_week
    return Stated(
        some_hours=hours != (None, None),
        most_hours=place.max_minutes_per_week is not None,
        all_hours=None not in hours,
        days=place.weekdays is not None,
        day_length=place.minutes_per_day is not None,
        times=None not in (place.start_minute, place.end_minute),
        spot=None not in (place.latitude, place.longitude),
    )
