"""A coordinated plan: who tries which place, when several people want the same ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.answers import Ranked
from aktema.matching.engine.index import MatchIndex
from aktema.matching.engine.types import Person, Weights

Integers = NDArray[np.int64]
Rows = NDArray[np.int32]
"""As narrow as the matching has them, which would else copy them."""
Shortlists = Mapping[int, Sequence[Ranked]]
"""Each person's best places by the person's id, the best first."""
SCALE = 10**9
"""Scores are compared as whole billionths, so that sums are exact and equal ones are equal everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One person at one place, their score there, and the place's rank (from 1) on the person's own list."""

    person_id: int
    place_id: int
    score: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Pairings in the order of the people's ids, and the people no place was left for."""

    pairings: tuple[Pairing, ...]
    without_place: tuple[int, ...]

    @property
    def total(self) -> float:
        """The sum of the scores."""
        return fsum(pairing.score for pairing in self.pairings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A place on a waiting person's list, and how many others have it."""

    place_id: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Everybody's wishes as columns, one row for each person and place: rows of people, rows of places, worth.

    place_ids and capacity have a row for each place: its id, and its seats, no more of them than people who want
    one.
    """

    place_ids: Integers
    people: Integers
    places: Integers
    worth: Integers
    capacity: Integers


def assign(
    index: MatchIndex, people: Iterable[Person], *, limit: int = 50, weights: Weights | None = None
) -> Plan:
    """Return the plan that gives most people a place, and among those the one with the highest sum of scores.

    Each person can get a place on the own shortlist of `limit`, no place takes more than it has left. Exact to a
    billionth of a score, and the same whatever the order of the people.
    """
    everyone = {person.id: person for person in people}
    lists = index.shortlist_many(everyone.values(), limit=limit, weights=weights)
    shortlists = dict(zip(everyone, lists, strict=True))
    return best_plan(shortlists, seats_of(index, shortlists))


def seats_of(index: MatchIndex, shortlists: Shortlists) -> dict[int, int]:
    """Return how many each place of the lists can take."""
    listed = {ranked.place_id for ranked in chain.from_iterable(shortlists.values())}
    return {key: index.get_place(key).places_left for key in listed if key in index}


def best_plan(shortlists: Shortlists, seats: Mapping[int, int]) -> Plan:
    """Return the best plan for lists made before, which may have been made with weights of each person's own.

    That most people get a place comes first: the sum alone would leave one person without a trial for the sake
    of somebody else's slightly better one.
    """
    order = sorted(shortlists)
    edges = edges_of([shortlists[key] for key in order], seats)
    people, places = solve(edges, len(order))
    chosen = {order[row]: key for row, key in zip(people.tolist(), places.tolist(), strict=True)}
    return _plan(shortlists, chosen)


def first_come(shortlists: Shortlists, seats: Mapping[int, int]) -> Plan:
    """Return what comes of letting everybody, in the order of the mapping, take the best place that is left."""
    left, chosen = Counter(seats), {}
    for person_id, shortlist in shortlists.items():
        place_id = next((one.place_id for one in shortlist if left[one.place_id] > 0), None)
        if place_id is not None:
            chosen[person_id] = place_id
            left[place_id] -= 1
    return _plan(shortlists, chosen)


def why_waiting(
    plan: Plan, shortlists: Shortlists, before: Mapping[int, int] | None = None
) -> dict[int, tuple[Taken, ...]]:
    """Return for each person without a place who has those on their list, in the list's order.

    before: place -> people who had a seat there already. Nobody waits while a place on their list has a seat to
    spare; who has an empty list has no reason here.
    """
    taken = Counter(before or {}) + Counter(pairing.place_id for pairing in plan.pairings)
    return {
        key: tuple(Taken(place_id=one.place_id, people=taken[one.place_id]) for one in shortlists[key])
        for key in plan.without_place
    }


def edges_of(lists: Sequence[Sequence[Ranked]], seats: Mapping[int, int]) -> Edges:
    """Return the lists as columns, with a row for each place in the order of their ids."""
    wishes = list(chain.from_iterable(lists))
    ids = np.array([one.place_id for one in wishes], dtype=np.int64)
    scores = np.array([one.score for one in wishes], dtype=np.float64)
    known, places = np.unique(ids, return_inverse=True)
    left = np.array([seats.get(key, 0) for key in known.tolist()], dtype=np.int64)
    return Edges(
        place_ids=known,
        people=np.repeat(np.arange(len(lists)), [len(one) for one in lists]),
        places=places,
        worth=np.rint(scores * SCALE).astype(np.int64),
        capacity=np.minimum(left, np.bincount(places, minlength=len(known))),
    )


def solve(edges: Edges, people: int) -> tuple[Integers, Integers]:
    """Return rows of people and the ids of their places: as many pairs as can be, and of those the worthiest."""
    rows, columns, costs = _by_seat(edges)
    of_seat = np.repeat(edges.place_ids, edges.capacity)
    seats = len(of_seat)
    # The matching looks for a way from every row: the fewer there are, the faster it is.
    if people <= seats:
        matched, taken = _match(rows, columns, costs, (people, seats))
    else:
        taken, matched = _match(columns, rows, costs, (seats, people))
    return matched, of_seat[taken]


def _by_seat(edges: Edges) -> tuple[Rows, Rows, Integers]:
    """Return the edges from people to single seats, of which a place has as many as it can take, and their costs."""
    times = edges.capacity[edges.places]
    ends = np.cumsum(times)
    first = (np.cumsum(edges.capacity) - edges.capacity)[edges.places]
    seats = np.arange(times.sum(), dtype=np.int32) + np.repeat((first - ends + times).astype(np.int32), times)
    costs = 1 + edges.worth.max(initial=0) - edges.worth
    return np.repeat(edges.people.astype(np.int32), times), seats, np.repeat(costs, times)


def _match(rows: Rows, columns: Rows, costs: Integers, shape: tuple[int, int]) -> tuple[Integers, Integers]:
    """Return matched rows and columns; a row nobody is matched with takes a column of its own, which costs most.

    All costs are whole numbers that a float holds exactly, and so are the sums along a path.
    """
    # Imported here: they cost as much as the rest of the engine, and only plans need them.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    height, width = shape
    nobody = height * costs.max(initial=0) + 1  # one match more is worth any loss in all the others
    own = np.arange(height, dtype=np.int32)
    every_cost = np.concatenate([costs, np.full(height, nobody)]).astype(np.float64)
    places = np.concatenate([rows, own]), np.concatenate([columns, width + own])
    graph = csr_array((every_cost, places), shape=(height, width + height))
    matched, taken = min_weight_full_bipartite_matching(graph)
    return matched[taken < width], taken[taken < width]


def _plan(shortlists: Shortlists, chosen: Mapping[int, int]) -> Plan:
    pairings = tuple(_pairing(key, chosen[key], shortlists[key]) for key in sorted(chosen))
    without = tuple(key for key in sorted(shortlists) if key not in chosen)
    return Plan(pairings=pairings, without_place=without)


def _pairing(person_id: int, place_id: int, shortlist: Sequence[Ranked]) -> Pairing:
    rank, one = next((rank, one) for rank, one in enumerate(shortlist, start=1) if one.place_id == place_id)
    return Pairing(person_id=person_id, place_id=place_id, score=one.score, rank=rank)
