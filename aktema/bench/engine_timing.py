"""How long each contender takes for the same people, asked in turn so that a busy moment meets all."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from aktema.matching.engine import MatchIndex, Person

OURS = "Aktema"
WARM_UP = 5
Ready = Callable[[Person], Callable[[], object]]
"""Does for a person what is not timed, and returns what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    name: str
    ready: Ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds at one size; ratio: the median in ours of the same people, 1 for ours."""

    places: int
    name: str
    people: int
    p50: float
    p95: float
    ratio: float


def ours(index: MatchIndex) -> Contender:
    """Twenty suggestions with reasons."""
    return Contender(name=OURS, ready=lambda person: lambda: index.suggest(person, limit=20))


def alone(contender: Contender, people: Sequence[Person]) -> list[float]:
    """Seconds for each of the people but the first few, who warm up."""
    return [_seconds(contender.ready(person)) for person in people][WARM_UP:]


def in_turn(contenders: Sequence[Contender], people: Sequence[Person]) -> Mapping[str, list[float]]:
    """Seconds of each contender for each of the people but the first, who warms up."""
    rows = [[_seconds(contender.ready(person)) for contender in contenders] for person in people]
    columns = zip(*rows[1:], strict=True)
    return {one.name: list(column) for one, column in zip(contenders, columns, strict=True)}


def timing(places: int, name: str, seconds: Sequence[float], of_ours: Sequence[float]) -> Timing:
    p50, p95 = (1000 * float(value) for value in np.percentile(seconds, (50, 95)))
    ratio = median(seconds) / median(of_ours)
    return Timing(places=places, name=name, people=len(seconds), p50=p50, p95=p95, ratio=ratio)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
