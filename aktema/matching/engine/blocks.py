"""The same question for many people, in blocks that joblib can hand to other processes or machines."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np

from aktema.matching.engine.answers import Ranked
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.types import Person, Weights

T = TypeVar("T")
BLOCK = 256
Ask = Callable[[Any, Person, int | None, Weights | None], T]
# Processes of this machine: what is too much to send them is written down for them to open.
LOCAL_PROCESSES = frozenset({"LokyBackend", "MultiprocessingBackend"})


def in_blocks(
    ask: Ask[T],
    index: Any,
    people: Iterable[Person],
    limit: int | None,
    weights: Weights | None,
    *,
    pack: Callable[[list[T]], Any] = list,
    unpack: Callable[[Any], Iterable[T]] = list,
) -> Iterator[T]:
    """Yield the answers in the people's order; `joblib.parallel_config` says where the blocks are worked on.

    pack, unpack: how the answers of a block are sent back.
    """
    # Imported here: only who asks for many people at once needs it.
    from joblib import Parallel, delayed

    with _handed_over(index) as handed:
        blocks = Parallel(return_as="generator")(
            delayed(_asked)(ask, handed, block, limit, weights, pack) for block in _blocks(people)
        )
        for answers in blocks:
            yield from unpack(answers)


def packed(lists: list[tuple[Ranked, ...]]) -> tuple[Integers, Integers, Floats]:
    """Return how long each list is, and all ids and scores one after the other."""
    pairs = [pair for one in lists for pair in one]
    ids, scores = zip(*pairs, strict=True) if pairs else ((), ())
    return np.array([len(one) for one in lists]), np.array(ids, np.int64), np.array(scores, np.float64)


def unpacked(lists: tuple[Integers, Integers, Floats]) -> Iterator[tuple[Ranked, ...]]:
    """Yield the lists that were packed."""
    lengths, ids, scores = (part.tolist() for part in lists)
    pairs = map(Ranked._make, zip(ids, scores, strict=True))
    return (tuple(islice(pairs, length)) for length in lengths)


@contextmanager
def _handed_over(index: Any) -> Iterator[Any]:
    """What a worker gets for the index: where it lies, if the workers are processes of this machine."""
    from joblib import effective_n_jobs
    from joblib.parallel import get_active_backend

    backend, jobs = get_active_backend()
    if effective_n_jobs(jobs or 1) == 1 or type(backend).__name__ not in LOCAL_PROCESSES:
        yield index
        return
    with TemporaryDirectory(prefix="aktema-index-") as folder:
        place = Path(folder) / "index"
        index.save(place)
        yield _Lent(type(index), place, index.terms)


class _Lent:
    """An index that lies in files, and what else is needed to open it."""

    def __init__(self, kind: Any, folder: Path, terms: Any) -> None:
        self.kind, self.folder, self.terms = kind, folder, terms

    def __hash__(self) -> int:
        return hash(self.folder)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Lent) and self.folder == other.folder


@cache
def _opened(lent: _Lent) -> Any:
    """The index, opened once by each process."""
    return lent.kind.open(lent.folder, **lent.terms)


def _asked(
    ask: Ask[T],
    handed: Any,
    people: list[Person],
    limit: int | None,
    weights: Weights | None,
    pack: Callable[[list[T]], Any],
) -> Any:
    index = _opened(handed) if isinstance(handed, _Lent) else handed
    return pack([ask(index, person, limit, weights) for person in people])


def _blocks(people: Iterable[Person]) -> Iterator[list[Person]]:
    left = iter(people)
    return iter(lambda: list(islice(left, BLOCK)), [])
