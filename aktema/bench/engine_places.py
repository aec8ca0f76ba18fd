"""Invented places, a chunk at a time: what the vocabulary says is usual, moved a little."""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.random import Generator

from aktema.bench.engine_vocabulary import Words
from aktema.bench.engine_words import running_words
from aktema.matching.engine import Place

MOST_ACTIVITIES = 3
LEVELS_MOVED = 64
LAST_LEVEL = 4
DESCRIPTION_WORDS = 100
TITLE_WORDS = 2
PLACES_PER_EMPLOYER = 4
MET, LIVE, TIMES_KNOWN = 0.7, 0.97, 0.9
LEAST_STATED, MOST_STATED = 5, 10
PATTERNS = tuple(
    map(frozenset, ((0, 1, 2, 3, 4), (0, 1, 2, 3), (0, 2, 4), (1, 2, 3), (1, 3, 5), (3, 4, 5, 6)))
)
Numbers = list[Any]


def places_of(
    ids: Sequence[int], spots: tuple[Numbers, Numbers], words: Words, rng: Generator
) -> list[Place]:
    """One place per id at these latitudes and longitudes."""
    count = len(ids)
    texts = _texts(count, rng)
    activities = _activities(count, len(words.labels), rng)
    moved = rng.integers(-1, 2, size=(count, LEVELS_MOVED)).tolist()
    poles = _stated(count, len(words.vocabulary.preferences), rng)
    met = _stated(count, len(words.vocabulary.constraints), rng)
    values, is_met = (
        rng.integers(-2, 3, size=(count, 32)).tolist(),
        (rng.random((count, 32)) < MET).tolist(),
    )
    offered = (rng.integers(1, words.adaptations + 1, size=(count, 3))).tolist()
    latitudes, longitudes = spots
    times = _times(count, rng)
    left, trials = rng.integers(0, 12, size=count).tolist(), rng.integers(0, 6, size=count).tolist()
    live, ready = (rng.random(count) < LIVE).tolist(), rng.integers(0, 3, size=count).tolist()
    return [
        Place(
            id=key,
            employer_id=1 + key // PLACES_PER_EMPLOYER,
            title=f"{words.labels[activities[row][0]]} {texts[row][0]}",
            description=texts[row][1],
            activities=activities[row],
            demands=_demands(activities[row], words, moved[row]),
            preferences=dict(zip(poles[row], values[row], strict=False)),
            constraints=dict(zip(met[row], is_met[row], strict=False)),
            places_left=min(left[row], 3),
            is_live=live[row],
            latitude=latitudes[row],
            longitude=longitudes[row],
            adaptations=frozenset(offered[row]),
            earlier_trials=trials[row],
            employer_readiness=ready[row] / 2,
            **times[row],
        )
        for row, key in enumerate(ids)
    ]


def _texts(count: int, rng: Generator) -> list[tuple[str, str]]:
    """A title's last words and a description, each."""
    length = TITLE_WORDS + DESCRIPTION_WORDS
    drawn = running_words(rng, count * length)
    rows = (drawn[start : start + length] for start in range(0, count * length, length))
    return [(" ".join(row[:TITLE_WORDS]), " ".join(row[TITLE_WORDS:])) for row in rows]


def _activities(count: int, most: int, rng: Generator) -> list[tuple[int, ...]]:
    """One to three activities, neighbours in the vocabulary and so mostly of one group."""
    first = rng.integers(most, size=count).tolist()
    length = rng.integers(1, MOST_ACTIVITIES + 1, size=count).tolist()
    return [
        tuple(1 + (one + step) % most for step in range(many))
        for one, many in zip(first, length, strict=True)
    ]


def _demands(activities: Sequence[int], words: Words, moved: Sequence[int]) -> dict[int, int]:
    """The highest of the activities' usual levels, some a step higher or lower."""
    highest: dict[int, int] = {}
    for activity in activities:
        for dimension, level in words.demands[activity].items():
            highest[dimension] = max(level, highest.get(dimension, 0))
    return {key: max(0, min(LAST_LEVEL, level + moved[key])) for key, level in highest.items()}


def _stated(count: int, most: int, rng: Generator) -> list[list[int]]:
    """Which ids each place says something of."""
    order = rng.random((count, most)).argsort(axis=1) + 1
    many = rng.integers(LEAST_STATED, MOST_STATED + 1, size=count).tolist()
    return [row[:length] for row, length in zip(order.tolist(), many, strict=True)]


def _times(count: int, rng: Generator) -> list[Mapping[str, Any]]:
    """Days, hours and weeks; one place in ten does not know yet."""
    pattern = rng.integers(len(PATTERNS), size=count).tolist()
    start, hours = rng.integers(12, 20, size=count).tolist(), rng.integers(4, 10, size=count).tolist()
    shortest, longest = rng.integers(2, 5, size=count).tolist(), rng.integers(1, 4, size=count).tolist()
    known = (rng.random(count) < TIMES_KNOWN).tolist()
    return [
        _hours(PATTERNS[pattern[row]], 30 * start[row], hours[row], shortest[row], longest[row])
        if known[row]
        else {}
        for row in range(count)
    ]


def _hours(days: frozenset[int], start: int, hours: int, shortest: int, longer: int) -> Mapping[str, Any]:
    """`shortest` hours a day and up to so many longer; at least two of the days."""
    return {
        "weekdays": days,
        "min_days": 2,
        "start_minute": start,
        "end_minute": start + 60 * hours,
        "minutes_per_day": 60 * shortest,
        "min_minutes_per_week": 120 * shortest,
        "max_minutes_per_week": 60 * (shortest + longer) * len(days),
    }
