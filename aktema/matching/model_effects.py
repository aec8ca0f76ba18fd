"""What another model would change in the lists of today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from aktema.core.db import db
from aktema.matching import engine
from aktema.matching.current import current_index
from aktema.matching.engine.rankers import Ranker
from aktema.matching.gather import all_known_of, engine_weights
from aktema.matching.queries import weights_of_people
from aktema.matching.rules import USUAL, PartWeights
from aktema.people.models import Participant

TOP = 10
MOST_PEOPLE, BLOCK = 400, 100
"""How many people's lists are compared, evenly spread, and how many are read at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effects:
    """What would change in today's lists. `largest_move`: in places, of any in somebody's top ten."""

    people: int
    other_first: int
    other_top: int
    largest_move: int


def effects(before: Ranker, after: Ranker) -> Effects:
    """What would change in the lists of open people if the one ranker took the other's place. Nobody is named."""
    index = current_index()
    old, new = index.with_ranker(before), index.with_ranker(after)
    moves = [
        _moves(_order(old, person, weights), _order(new, person, weights)) for person, weights in _people()
    ]
    return Effects(
        people=len(moves),
        other_first=sum(bool(move[:1].any()) for move in moves),
        other_top=sum(bool(move.any()) for move in moves),
        largest_move=max((int(abs(move).max(initial=0)) for move in moves), default=0),
    )


def _people() -> Iterator[tuple[engine.Person, PartWeights]]:
    open_ids = select(Participant.id).where(Participant.closed_on.is_(None)).order_by(Participant.id)
    ids = db.session.scalars(open_ids).all()
    chosen = ids[:: -(-len(ids) // MOST_PEOPLE) or 1]
    for start in range(0, len(chosen), BLOCK):
        block = chosen[start : start + BLOCK]
        own = weights_of_people(block)
        for known in all_known_of(block):
            yield known.person, own.get(known.person.id, USUAL)


def _order(index: engine.MatchIndex, person: engine.Person, weights: PartWeights) -> Sequence[int]:
    listed = index.shortlist(person, limit=None, weights=engine_weights(weights))
    return [ranked.place_id for ranked in listed]


def _moves(old: Sequence[int], new: Sequence[int]) -> NDArray[np.int64]:
    """How many places down each of the top ten would go."""
    rank = {place: position for position, place in enumerate(new)}
    return np.array([rank[place] - position for position, place in enumerate(old[:TOP])], np.int64)
