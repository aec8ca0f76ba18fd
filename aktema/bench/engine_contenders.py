"""The rivals of one world, filled and ready; those this machine cannot run are named with the reason."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial

from aktema.bench.engine_bm25 import Bm25Rival
from aktema.bench.engine_pairs import PairPipeline
from aktema.bench.engine_pipeline import PlainPipeline
from aktema.bench.engine_postgres import SERVER, PostgresRival
from aktema.bench.engine_rivals import Rival, RivalAbsentError
from aktema.bench.engine_sqlite import SqliteRival
from aktema.bench.engine_timing import Contender
from aktema.bench.engine_world import World
from aktema.matching.engine import Person

Makers = tuple[Callable[[World], Rival], ...]
MAKERS: Makers = (
    lambda world: PlainPipeline(world.places(), world.vocabulary),
    lambda world: PairPipeline(world.places(), world.vocabulary),
    lambda world: PostgresRival(world.places(), world.vocabulary, os.environ.get(SERVER)),
    lambda world: SqliteRival(world.places(), world.vocabulary),
    lambda world: Bm25Rival(world.places()),
)


@contextmanager
def contenders_in(world: World, absent: list[str], makers: Makers = MAKERS) -> Iterator[list[Contender]]:
    """All that can be had; why others cannot is added to `absent`, once."""
    with ExitStack() as opened:
        found: list[Contender] = []
        for make in makers:
            try:
                rival = opened.enter_context(closing(make(world)))
            except RivalAbsentError as missing:
                absent += [reason for reason in (str(missing),) if reason not in absent]
            else:
                found.append(Contender(name=rival.name, ready=partial(_ready, rival)))
        yield found


def _ready(rival: Rival, person: Person) -> Callable[[], object]:
    return partial(rival.suggest, person)
