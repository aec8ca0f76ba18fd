"""A coordinated plan: who tries which place, when several people want the same ones."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from aktema.matching.engine.encode import Floats
from aktema.matching.engine.index import MatchIndex
from aktema.matching.engine.types import Person, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One person at one place, and their score there."""

    person_id: int
    place_id: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Pairings in the order of the people's ids, and the people no place was left for."""

    pairings: tuple[Pairing, ...]
    without_place: tuple[int, ...]


def assign(
    index: MatchIndex, people: Iterable[Person], *, limit: int = 50, weights: Weights | None = None
) -> Plan:
    """Return the plan that gives most people a place, and among those the one with the highest sum of scores.

    Each person can get a place on the own shortlist of `limit`, no place takes more than it has left. Exact.
    """
    everyone = dict(sorted({person.id: person for person in people}.items()))
    lists = [index.shortlist(person, limit=limit, weights=weights) for person in everyone.values()]
    scores = [{ranked.place_id: ranked.score for ranked in shortlist} for shortlist in lists]
    wanted = sorted({place_id for row in scores for place_id in row})
    seats = [key for key in wanted for _ in range(min(index.get_place(key).places_left, len(everyone)))]
    chosen = _best(scores, seats)
    pairings = tuple(
        Pairing(person_id=person_id, place_id=seats[seat], score=scores[row][seats[seat]])
        for row, person_id in enumerate(everyone)
        if (seat := chosen.get(row)) is not None
    )
    without = tuple(key for row, key in enumerate(everyone) if row not in chosen)
    return Plan(pairings=pairings, without_place=without)


def _best(scores: list[dict[int, float]], seats: list[int]) -> dict[int, int]:
    """Return person row -> seat; a seat that is not on the person's list is worth nothing."""
    # Imported here: it costs as much as the rest of the engine, and only plans need it.
    from scipy.optimize import linear_sum_assignment

    # One more person with a place outweighs any sum of scores.
    place_bonus = len(scores) + 1.0
    rows = [[row[seat] + place_bonus if seat in row else 0.0 for seat in seats] for row in scores]
    worth: Floats = np.array(rows).reshape(len(scores), len(seats))
    people, taken = linear_sum_assignment(worth, maximize=True)
    return {int(row): int(seat) for row, seat in zip(people, taken, strict=True) if worth[row, seat]}
