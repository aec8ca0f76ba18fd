"""What there is to tell of the places of an answer, by the quickest way: compiled where numba is installed."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from aktema.matching.engine import plain
from aktema.matching.engine.loops import COMPILER, loops
from aktema.matching.engine.naming import Key
from aktema.matching.engine.telling import HELPERS, tell


class Told(NamedTuple):
    """Everything of all places one after the other; the ends say how much there is before and with each place."""

    subjects: list[int]
    shares: list[float]
    share_ends: list[int]
    features: list[tuple[float, ...]]
    parts: list[tuple[float, float, float, float]]
    gaps: list[tuple[int, int]]  # its code, and which adaptations of its dimension the place offers, as flags
    gap_ends: list[int]
    reasons: list[Key]
    weights: list[float]
    importance: list[int]
    reason_ends: list[int]


def told(*facts: Any) -> Told:
    """Return what `tell` says of the facts, by the quickest way there is."""
    if loops() is plain:
        return Told(*tell(*_listed(facts)))
    return Told(*_compiled()(*facts))


@cache
def _compiled() -> Callable[..., Any]:
    """Compiled code is kept beside this file, or in the user's cache where that folder cannot be written."""
    for helper in HELPERS:
        import_module(f"{COMPILER}.extending").register_jitable(helper)
    compiler: Any = import_module(COMPILER)
    compiled: Callable[..., Any] = compiler.njit(cache=True, nogil=True, error_model="numpy")(tell)
    return compiled


def _listed(facts: Any) -> Any:
    """Plain Python reads lists three times as quickly as arrays."""
    if type(facts) is tuple:  # and not one with names
        return tuple(map(_listed, facts))
    return facts.tolist() if isinstance(facts, np.ndarray) else facts
