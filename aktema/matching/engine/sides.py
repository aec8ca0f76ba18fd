"""The two sides of a meeting, each made ready once: a place for many people, a person for many places.

Only what the vocabulary holds is here. A demand of 0 asks for nothing and a pole of 0 is no choice.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from aktema.matching.engine.answers import Question, QuestionKind, question
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.layout import Integers
from aktema.matching.engine.types import Person, Place
from aktema.matching.engine.wish import Leanings

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
    chosen: frozenset[int]  # preferences
    asks_capacities: Asked  # the highest demand first, then core dimensions
    asks_votes: Asked
    asks_poles: Mapping[int, Question]  # by preference

    @classmethod
    def of(cls, place: Place, at: Mapping[str, int], rules: Rules) -> Self:
        stated = [(key, demand) for key, demand in place.demands.items() if demand]
        chosen = [key for key, pole in place.preferences.items() if pole]
        return cls(
            place=place,
            at=at,
            stated=_stated(place),
            chosen=frozenset(chosen),
            asks_capacities=asked(QuestionKind.CAPACITY, _by_importance(stated, rules)),
            asks_votes=asked(QuestionKind.VOTE, place.activities),
            asks_poles=dict(asked(QuestionKind.PREFERENCE, chosen)),
        )


@dataclass(frozen=True, slots=True)
class PersonSide:
    """One person, as he or she is at every place."""

    person: Person
    told: Told
    leanings: Leanings
    facts: Circumstances
    gains: Sequence[float]
    bases: Sequence[float]  # by part: what it gives before anything is known
    levels: Integers  # by dimension, -1 unknown
    poles: Integers  # by preference, 0 none
    wanted: tuple[float, float]  # minutes a week, NaN unknown, and days
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
        rated, chosen, layout = person.capacities, person.preferences, rules.layout
        known = [key for key, pole in chosen.items() if pole and key in layout.preferences]
        levels = [rated[key].level if key in rated else -1 for key in layout.dimensions]
        minutes = math.nan if person.weekly_minutes is None else float(person.weekly_minutes)
        return cls(
            person=person,
            told=_told(person),
            leanings=leanings,
            facts=facts,
            gains=gains,
            bases=bases,
            levels=np.array(levels, dtype=np.int64),
            poles=np.array([chosen.get(key, 0) for key in layout.preferences], dtype=np.int64),
            wanted=(minutes, float(len(person.weekdays or ()))),
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
