"""The same question for many people, in blocks that joblib can hand to other processes or machines."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from aktema.matching.engine.types import Person, Weights

T = TypeVar("T")
BLOCK = 256


def in_blocks(
    ask: Callable[[Any, Person, int | None, Weights | None], T],
    index: Any,
    people: Iterable[Person],
    limit: int | None,
    weights: Weights | None,
) -> Iterator[T]:
    """Yield the answers in the people's order; `joblib.parallel_config` says where the blocks are worked on."""
    # Imported here: only who asks for many people at once needs it.
    from joblib import Parallel, delayed

    blocks = Parallel(return_as="generator")(
        delayed(_asked)(ask, index, block, limit, weights) for block in _blocks(people)
    )
    for answers in blocks:
        yield from answers


def _asked(
    ask: Callable[[Any, Person, int | None, Weights | None], T],
    index: Any,
    people: list[Person],
    limit: int | None,
    weights: Weights | None,
) -> list[T]:
    return [ask(index, person, limit, weights) for person in people]


def _blocks(people: Iterable[Person]) -> Iterator[list[Person]]:
    left = iter(people)
    return iter(lambda: list(islice(left, BLOCK)), [])
