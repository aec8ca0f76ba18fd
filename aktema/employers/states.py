"""The states of a placement and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Codes as they are stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    CLOSED = "closed"


class Move(StrEnum):
    """What somebody does to a placement's state; the codes are sent by forms."""

    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"


MOVES: Mapping[tuple[State, Move], State] = {
    (State.DRAFT, Move.PUBLISH): State.PUBLISHED,
    (State.DRAFT, Move.CLOSE): State.CLOSED,
    (State.PUBLISHED, Move.PAUSE): State.PAUSED,
    (State.PUBLISHED, Move.CLOSE): State.CLOSED,
    (State.PAUSED, Move.RESUME): State.PUBLISHED,
    (State.PAUSED, Move.CLOSE): State.CLOSED,
    (State.CLOSED, Move.REOPEN): State.DRAFT,
}


def find_state_after(state: State, move: Move) -> State | None:
    """The state the move leads to, or None where it is not open."""
    return MOVES.get((state, move))


def open_moves(state: State) -> tuple[Move, ...]:
    """The moves that lead on from a state, in the order the pages offer them."""
    return tuple(move for at, move in MOVES if at is state)
