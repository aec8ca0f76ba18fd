"""What to ask a person first: the unknowns whose answer could change the top of the list most.

The value of a question is found by giving each plausible answer in turn and asking the index: every answer counts
as equally likely. What is asked is bounded: only what places near the top have stated, and of that what most of
them state.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from typing import TypeAlias

from aktema.matching.engine.index import MatchIndex
from aktema.matching.engine.types import LAST_LEVEL, STRONGEST_VOTE, Capacity, Person, Place, Weights

# How many times the top is looked at for what places near it have stated.
NEAR = 3


class AskedKind(StrEnum):
    """What is unknown of the person; the comment says what the key is."""

    CAPACITY = "capacity"  # dimension
    VOTE = "vote"  # activity
    PREFERENCE = "preference"  # preference
    HOURS = "hours"  # None
    DAYS = "days"  # None
    JOURNEY = "journey"  # None


# At most so many questions of a kind are tried: 25 in all.
MOST: Mapping[AskedKind, int] = {
    AskedKind.HOURS: 1,
    AskedKind.DAYS: 1,
    AskedKind.JOURNEY: 1,
    AskedKind.CAPACITY: 9,
    AskedKind.VOTE: 9,
    AskedKind.PREFERENCE: 4,
}
WEEKLY_MINUTES = (600, 1200, 1800, 2400)
WEEKDAYS = (frozenset(range(5)), frozenset({0, 2, 4}), frozenset({1, 3}))
JOURNEYS = (30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the person and what its answer is worth, as a mean over the plausible answers.

    changed: how many places enter or leave the top. moved: how many steps the places in it move in all.
    """

    kind: AskedKind
    key: int | None = None
    changed: float
    moved: float


Topic: TypeAlias = tuple[AskedKind, int | None]
Top: TypeAlias = Sequence[int]


def worth_asking(
    index: MatchIndex, person: Person, *, limit: int = 3, top: int = 10, weights: Weights | None = None
) -> tuple[Asked, ...]:
    """Return the questions worth most, the most first; those whose answer changes nothing are left out."""
    near = [one.place_id for one in index.shortlist(person, limit=NEAR * top, weights=weights)]
    now = near[:top]
    asked = topics(person, [index.get_place(place_id) for place_id in near])
    answered = {topic: people_answering(person, *topic) for topic in asked}
    found = index.shortlist_many(chain.from_iterable(answered.values()), limit=top, weights=weights)
    tops = iter([one.place_id for one in listed] for listed in found)
    valued = [_valued(topic, now, list(islice(tops, len(people)))) for topic, people in answered.items()]
    worth = [one for one in valued if one.moved]
    return tuple(sorted(worth, key=lambda one: (-one.changed, -one.moved))[:limit])


def topics(person: Person, places: Sequence[Place]) -> Iterator[Topic]:
    """Return what is unknown of the person and stated by the places: of each kind what most of them state."""
    stated: dict[AskedKind, Counter[int | None]] = {kind: Counter() for kind in MOST}
    for place in places:
        for kind, key in _stated(person, place):
            stated[kind][key] += 1
    for kind, most in MOST.items():
        ordered = sorted(stated[kind].items(), key=lambda item: (-item[1], item[0] or 0))
        yield from ((kind, key) for key, _ in ordered[:most])


def _stated(person: Person, place: Place) -> Iterator[Topic]:
    if person.weekly_minutes is None and (place.min_minutes_per_week or place.max_minutes_per_week):
        yield AskedKind.HOURS, None
    if person.weekdays is None and place.weekdays is not None:
        yield AskedKind.DAYS, None
    knows_way = None not in (person.latitude, person.longitude, place.latitude, place.longitude)
    if person.max_travel_minutes is None and knows_way:
        yield AskedKind.JOURNEY, None
    demanded = (key for key, level in place.demands.items() if level >= 1)
    yield from _unknown(AskedKind.CAPACITY, demanded, person.capacities)
    yield from _unknown(AskedKind.VOTE, set(place.activities), person.votes)
    chosen = (key for key, pole in place.preferences.items() if pole)
    yield from _unknown(AskedKind.PREFERENCE, chosen, person.preferences)


def _unknown(kind: AskedKind, stated: Iterable[int], known: Mapping[int, object]) -> Iterator[Topic]:
    return ((kind, key) for key in stated if key not in known)


def people_answering(person: Person, kind: AskedKind, key: int | None) -> tuple[Person, ...]:
    """Return the person once for each plausible answer."""
    return tuple(_ANSWERED[kind](person, key or 0))


def _with_capacity(person: Person, key: int) -> Iterator[Person]:
    for level in range(LAST_LEVEL + 1):
        yield replace(person, capacities={**person.capacities, key: Capacity(level=level)})


def _with_vote(person: Person, key: int) -> Iterator[Person]:
    for vote in range(-STRONGEST_VOTE, STRONGEST_VOTE + 1):
        yield replace(person, votes={**person.votes, key: vote})


def _with_preference(person: Person, key: int) -> Iterator[Person]:
    for pole in range(-STRONGEST_VOTE, STRONGEST_VOTE + 1):
        yield replace(person, preferences={**person.preferences, key: pole})


_ANSWERED: Mapping[AskedKind, Callable[[Person, int], Iterable[Person]]] = {
    AskedKind.CAPACITY: _with_capacity,
    AskedKind.VOTE: _with_vote,
    AskedKind.PREFERENCE: _with_preference,
    AskedKind.HOURS: lambda person, _: (replace(person, weekly_minutes=one) for one in WEEKLY_MINUTES),
    AskedKind.DAYS: lambda person, _: (replace(person, weekdays=one) for one in WEEKDAYS),
    AskedKind.JOURNEY: lambda person, _: (replace(person, max_travel_minutes=one) for one in JOURNEYS),
}


def _valued(topic: Topic, now: Top, tops: Sequence[Top]) -> Asked:
    kind, key = topic
    changed = sum(len(set(now) ^ set(then)) for then in tops) / len(tops)
    moved = sum(_steps(now, then) for then in tops) / len(tops)
    return Asked(kind=kind, key=key, changed=changed, moved=moved)


def _steps(now: Top, then: Top) -> int:
    """Return how many steps places have moved; one that enters or leaves comes from or goes to just below."""
    below = max(len(now), len(then))
    was, becomes = _places_in(now), _places_in(then)
    return sum(abs(was.get(key, below) - becomes.get(key, below)) for key in {*was, *becomes})


def _places_in(top: Top) -> dict[int, int]:
    return {key: position for position, key in enumerate(top)}
