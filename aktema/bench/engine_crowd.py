"""Top twenty for a whole county's people at once, against the bare matrix product of the same shapes."""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aktema.bench.engine_world import World
from aktema.matching.engine import MatchIndex
from aktema.matching.engine.blocks import BLOCK as BLOCK_OF_PEOPLE

Singles = NDArray[np.float32]
DIMENSIONS = 206
"""The vocabulary as one-hot columns."""
BLOCK = 1_000
PROCESSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Seconds for everybody."""

    people: int
    places: int
    ours: float
    product: float


def measure_crowd(people: int, places: int) -> Crowd:
    """Both sides once, the engine in two processes that are already running."""
    from joblib import parallel_config

    world = World(places)
    index = MatchIndex(world.places(), vocabulary=world.vocabulary)
    asked = world.people(people)
    others = world.people(2 * PROCESSES * BLOCK_OF_PEOPLE, first=people + 1)
    product = product_seconds(people, places)
    with parallel_config(n_jobs=PROCESSES):
        index.shortlist_many(others, limit=20)  # starts the processes, each with blocks of its own
        begun = time.perf_counter()
        index.shortlist_many(asked, limit=20)
        ours = time.perf_counter() - begun
    return Crowd(people=people, places=places, ours=ours, product=product)


def product_seconds(people: int, places: int) -> float:
    """The people's 206 columns times those of the places, in float32, block by block, on every core."""
    rng = np.random.default_rng(0)
    left = rng.random((people, DIMENSIONS), dtype=np.float32)
    right = rng.random((DIMENSIONS, places), dtype=np.float32)
    result = np.empty((min(BLOCK, people), places), dtype=np.float32)
    _multiply(left[:BLOCK], right, result)  # warm
    begun = time.perf_counter()
    for start in range(0, people, BLOCK):
        _multiply(left[start : start + BLOCK], right, result)
    return time.perf_counter() - begun


def _multiply(left: Singles, right: Singles, result: Singles) -> None:
    np.matmul(left, right, out=result[: len(left)])
