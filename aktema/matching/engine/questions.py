"""What is unknown and would matter, as numbers: hard limits, then capacities, the practical, wishes, preferences.

Written once for plain Python, and so simply that numba can compile it, as `telling` is. `naming` says which question
has which number.
"""

from typing import Any

from aktema.matching.engine.layout import BITS, LEVEL_SHIFT, PER_CODE, POLE_SHIFT
from aktema.matching.engine.types import LAST_LEVEL

MASK = (1 << BITS) - 1
# What a person has told of the practical, and what a place states of it, as flags.
HOURS, DAYS, DAY_LENGTH, TIMES, HOME = (1 << bit for bit in range(5))
SOME_HOURS, ALL_HOURS, SET_DAYS, LENGTH, CLOCK, SPOT = (1 << bit for bit in range(6))
# What is known of a person's capacity or preference.
UNKNOWN, KNOWN, DATED, CHOSEN = range(4)


def ask(places: Any, person: Any, is_core: Any, numbers: Any) -> Any:
    """Return the numbers of all questions, and how many there are before and with each place.

    places: activities by slot, codes of demands and preferences, constraints known (flags) and what is stated, by
    place last. person: positions of needs (-1 outside the vocabulary), what is known by dimension, whether there
    is a vote by activity, what is known by preference, and what is told. numbers: `Numbered`.
    """
    slots, demands, poles, constraints, stated = places
    needs, capacities, voted, preferences, told = person
    # A slice of a list with an item, as an empty list has no type to be compiled for.
    asked, ends = [0][:0], [0][:0]
    for number in range(len(stated)):
        known = int(constraints[number])
        for place in range(len(needs)):
            if needs[place] < 0 or not known >> needs[place] & 1:
                asked.append(numbers.needs + place)
        _capacities(demands, number, capacities, is_core, numbers, asked)
        _practical(told, int(stated[number]), numbers.practical, asked)
        for slot in slots:
            if not voted[slot[number]]:
                asked.append(numbers.votes + int(slot[number]))
        _preferences(poles, number, preferences, numbers, asked)
        ends.append(len(asked))
    return asked, ends


def _capacities(
    demands: Any, number: int, capacities: Any, is_core: Any, numbers: Any, asked: list[int]
) -> None:
    """The highest demand first, then core dimensions; what is known and not dated is not asked."""
    open_ones = [(0, 0)][:0]
    for position in range(len(capacities)):
        demand = _value(demands, number, position) - LEVEL_SHIFT
        if demand > 0 and capacities[position] != KNOWN:
            open_ones.append((demand, position))
    for demand in range(LAST_LEVEL if len(open_ones) else 0, 0, -1):
        for core in range(1, -1, -1):
            for own, position in open_ones:
                if own == demand and is_core[position] == core:
                    first = numbers.dated if capacities[position] == DATED else numbers.capacities
                    asked.append(first + position)


def _practical(told: int, stated: int, first: int, asked: list[int]) -> None:
    """Ask only what the other side has an opinion on, but always where they are; in the order of PRACTICAL."""
    is_open = (
        stated & SOME_HOURS != 0 and told & HOURS == 0,
        told & HOURS != 0 and stated & ALL_HOURS == 0,
        stated & SET_DAYS != 0 and told & DAYS == 0,
        told & DAYS != 0 and stated & SET_DAYS == 0,
        told & DAY_LENGTH != 0 and stated & LENGTH == 0,
        told & TIMES != 0 and stated & CLOCK == 0,
        told & HOME == 0,
        stated & SPOT == 0,
    )
    asked.extend([first + place for place in range(len(is_open)) if is_open[place]])


def _preferences(poles: Any, number: int, preferences: Any, numbers: Any, asked: list[int]) -> None:
    """Ask each side about the poles the other side has chosen, by id."""
    for position in range(len(preferences)):
        value = _value(poles, number, position)
        if value and value != POLE_SHIFT and preferences[position] == UNKNOWN:
            asked.append(numbers.preferences + position)
        elif not value and preferences[position] == CHOSEN:
            asked.append(numbers.poles + position)


def _value(codes: Any, number: int, position: int) -> int:
    """Return what stands at a position of a row's codes, 0 where nothing is known."""
    return int(codes[position // PER_CODE][number]) >> BITS * (position % PER_CODE) & MASK


# All that `ask` calls.
HELPERS = (_capacities, _practical, _preferences, _value)
