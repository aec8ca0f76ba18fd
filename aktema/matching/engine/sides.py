"""The two sides of a meeting as numbers, each made ready once: what a person and places are known to be.

Only what the vocabulary holds is here. A demand of 0 asks for nothing and a pole of 0 is no choice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from aktema.matching.engine import questions
from aktema.matching.engine.answers import Question, QuestionKind, question
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.circumstances import Circumstances, Spots, Tables
from aktema.matching.engine.layout import Bools, Floats, Integers, Layout
from aktema.matching.engine.types import Capacity, Person
from aktema.matching.engine.wish import Leanings


class Stated(NamedTuple):
    """What places state of the practical, as flags by row of each table."""

    week: Integers
    days: Integers
    clock: Integers
    spot: Integers

    @classmethod
    def of(cls, tables: Tables, spots: Spots) -> Self:
        no_least, no_most = np.isnan(tables.least), np.isnan(tables.most)
        no_clock = np.isnan(tables.start) | np.isnan(tables.end)
        return cls(
            week=_flags(~(no_least & no_most), questions.SOME_HOURS)
            | _flags(~(no_least | no_most), questions.ALL_HOURS),
            days=_flags(tables.has_weekdays, questions.SET_DAYS),
            clock=_flags(~no_clock, questions.CLOCK) | _flags(~np.isnan(tables.day), questions.LENGTH),
            spot=_flags(~np.isnan(spots.latitudes), questions.SPOT),
        )


class Known(NamedTuple):
    """What a person can and prefers."""

    levels: Integers  # by dimension, -1 unknown
    poles: Integers  # by preference, 0 none

    @classmethod
    def of(cls, person: Person, layout: Layout) -> Self:
        rated, chosen = person.capacities, person.preferences
        levels = [rated[key].level if key in rated else -1 for key in layout.dimensions]
        poles = [chosen.get(key, 0) for key in layout.preferences]
        numbers = _whole(levels + poles)
        return cls(numbers[: len(levels)], numbers[len(levels) :])


@dataclass(frozen=True, slots=True)
class PersonSide:
    """One person, as he or she is at every place."""

    leanings: Leanings
    facts: Circumstances
    gains: Sequence[float]
    bases: Sequence[float]  # by part: what it gives before anything is known
    known: Known
    wanted: tuple[float, float]  # minutes a week, NaN unknown, and days
    needs: Integers  # positions of constraints, -1 outside the vocabulary
    capacities: Integers  # what is known by dimension
    voted: Floats  # whether there is a vote by activity; the empty slot counts as one
    preferences: Integers  # what is known by preference
    told: int  # of the practical, as flags
    asks_needs: Sequence[Question]

    @classmethod
    def of(
        cls,
        person: Person,
        known: Known,
        leanings: Leanings,
        facts: Circumstances,
        rules: Rules,
        gains: Sequence[float],
        bases: Sequence[float],
    ) -> Self:
        rated, chosen, layout = person.capacities, person.preferences, rules.layout
        minutes = math.nan if person.weekly_minutes is None else float(person.weekly_minutes)
        needs = sorted(person.needs)
        capacities = [_capacity(rated.get(key)) for key in layout.dimensions]
        preferences = [_preference(chosen, key) for key in layout.preferences]
        numbers = _whole(capacities + preferences + [layout.constraints.get(need, -1) for need in needs])
        first, last = len(capacities), len(capacities) + len(preferences)
        return cls(
            leanings=leanings,
            facts=facts,
            gains=gains,
            bases=bases,
            known=known,
            wanted=(minutes, float(len(person.weekdays or ()))),
            needs=numbers[last:],
            capacities=numbers[:first],
            voted=leanings.table[0],
            preferences=numbers[first:last],
            told=_told(person),
            asks_needs=[question(QuestionKind.CONSTRAINT, need) for need in needs],
        )


def _capacity(capacity: Capacity | None) -> int:
    if capacity is None:
        return questions.UNKNOWN
    return questions.DATED if capacity.is_dated else questions.KNOWN


def _preference(poles: Mapping[int, int], key: int) -> int:
    if key not in poles:
        return questions.UNKNOWN
    return questions.CHOSEN if poles[key] else questions.KNOWN


def _told(person: Person) -> int:
    told = (
        (questions.HOURS, person.weekly_minutes is not None),
        (questions.DAYS, person.weekdays is not None),
        (questions.DAY_LENGTH, person.max_minutes_per_day is not None),
        (questions.TIMES, person.earliest_start is not None or person.latest_end is not None),
        (questions.HOME, None not in (person.latitude, person.longitude)),
    )
    return sum(flag for flag, is_told in told if is_told)


def _whole(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)


def _flags(is_stated: Bools, flag: int) -> Integers:
    return np.where(is_stated, np.int64(flag), np.int64(0))
