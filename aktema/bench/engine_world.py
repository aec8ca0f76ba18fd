"""An invented country of places and people at the density of real life, the same every time.

A world of a million places covers all of Sweden's localities in proportion to the people who live there; a
smaller one covers the localities round one town that hold the same share of the people. So each locality has
as many places in a small world as in the large one, and only the area differs. Every id is 1 and upwards in
the order of the vocabulary's file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from aktema.bench.engine_places import places_of
from aktema.bench.engine_vocabulary import Words, words
from aktema.bench.engine_words import running_words
from aktema.matching.engine import Capacity, Person, Place, Vocabulary
from aktema.vocabulary.localities import Locality, get_locality, localities

COUNTRY = 1_000_000
"""So many places are the whole country."""
CENTRE = 2664454  # Västerås, where the median person has as many places within reach as in the country
FEWEST_LOCALITIES = 8
PEOPLE_IN_BAND = {1: 700, 2: 2_200, 3: 10_000, 4: 45_000, 5: 200_000}
CHUNK = 1_000
SEED = 7
PEOPLE_STREAM, PLACES_STREAM = 0, 1
KNOWN_CAPACITIES, VOTES = 18, 20
NEEDED = 0.1
WISH_WORDS = (4, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spots:
    """Where the places lie and people live, with the share of each locality."""

    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    shares: NDArray[np.float64]

    def draw(self, rng: Generator, count: int) -> tuple[list[float], list[float]]:
        chosen = rng.choice(len(self.shares), size=count, p=self.shares)
        return self.latitudes[chosen].tolist(), self.longitudes[chosen].tolist()


class World:
    """So many places, drawn anew each time they are asked for and never all held at once."""

    def __init__(self, size: int, *, seed: int = SEED) -> None:
        self.size = size
        self._seed = seed
        self._words: Words = words()

    @property
    def vocabulary(self) -> Vocabulary:
        return self._words.vocabulary

    @cached_property
    def spots(self) -> Spots:
        chosen = localities_for(self.size)
        people = np.array([PEOPLE_IN_BAND[one.population_band] for one in chosen], dtype=np.float64)
        return Spots(
            latitudes=np.array([one.latitude for one in chosen]),
            longitudes=np.array([one.longitude for one in chosen]),
            shares=people / people.sum(),
        )

    def places(self) -> Iterator[Place]:
        """Every place, in the order of their ids from 1 to the size."""
        for first in range(1, self.size + 1, CHUNK):
            ids = range(first, min(first + CHUNK, self.size + 1))
            yield from self.places_with(ids, version=0)

    def places_with(self, ids: Sequence[int], *, version: int) -> list[Place]:
        """Places with these ids; another version says something else of them."""
        rng = np.random.default_rng([self._seed, PLACES_STREAM, self.size, version, *ids[:1]])
        return places_of(ids, self.spots.draw(rng, len(ids)), self._words, rng)

    def people(self, count: int, *, first: int = 1) -> list[Person]:
        """People with every fact known, ids from `first` on."""
        return [self._person(key) for key in range(first, first + count)]

    def _person(self, key: int) -> Person:
        rng = np.random.default_rng([self._seed, PEOPLE_STREAM, self.size, key])
        (latitude,), (longitude,) = self.spots.draw(rng, 1)
        votes = _votes(rng, len(self._words.labels), VOTES)
        daily = int(rng.choice((180, 240, 300, 360)))
        return Person(
            id=key,
            votes=votes,
            wish_text=self._wish(votes, rng),
            capacities={one: Capacity(level=int(rng.integers(1, 5))) for one in self._known(rng)},
            preferences=_votes(rng, len(self.vocabulary.preferences), len(self.vocabulary.preferences)),
            needs=frozenset(one for one in self.vocabulary.constraints if rng.random() < NEEDED),
            weekly_minutes=5 * daily,
            max_minutes_per_day=daily,
            weekdays=frozenset(range(5)) - {int(rng.integers(0, 10))},
            earliest_start=int(rng.integers(12, 18)) * 30,
            latest_end=int(rng.integers(30, 36)) * 30,
            max_travel_minutes=int(rng.integers(45, 91)),
            latitude=latitude,
            longitude=longitude,
            declined=frozenset(rng.integers(1, self.size + 1, size=3).tolist()),
        )

    def _known(self, rng: Generator) -> list[int]:
        return _sample(rng, len(self.vocabulary.dimensions), KNOWN_CAPACITIES)

    def _wish(self, votes: dict[int, int], rng: Generator) -> str:
        """Five to fifteen words, one of them a liked activity's."""
        liked = max(votes, key=lambda one: votes[one])
        rest = running_words(rng, int(rng.integers(*WISH_WORDS, endpoint=True)))
        return " ".join([self._words.labels[liked], *rest])


def without_limit(people: Sequence[Person]) -> list[Person]:
    """The same people, who travel any distance."""
    return [replace(person, max_travel_minutes=None) for person in people]


def without_wish(people: Sequence[Person]) -> list[Person]:
    """The same people, who have not said anything in their own words."""
    return [replace(person, wish_text="") for person in people]


def localities_for(size: int) -> list[Locality]:
    """The localities nearest the centre that hold this many millionths of the people, at least a few."""
    centre = get_locality(CENTRE)
    nearest = sorted(localities(), key=lambda one: _squared_distance(one, centre))
    people = np.cumsum([PEOPLE_IN_BAND[one.population_band] for one in nearest])
    enough = int(np.searchsorted(people, people[-1] * min(size / COUNTRY, 1.0))) + 1
    return nearest[: max(enough, FEWEST_LOCALITIES)]


def _squared_distance(one: Locality, other: Locality) -> float:
    """In degrees of latitude; near enough to choose by."""
    east = (one.longitude - other.longitude) * np.cos(np.radians(other.latitude))
    return float((one.latitude - other.latitude) ** 2 + east**2)


def _sample(rng: Generator, most: int, count: int) -> list[int]:
    """So many different ids among 1 to `most`, sorted."""
    chosen: list[int] = (np.sort(rng.permutation(most)[:count]) + 1).tolist()
    return chosen


def _votes(rng: Generator, most: int, count: int) -> dict[int, int]:
    return dict(zip(_sample(rng, most, count), rng.integers(-2, 3, size=count).tolist(), strict=False))
