"""What there is to tell and to ask of the places of an answer, compiled where numba is installed."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from aktema.matching.engine import plain, questions, telling
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.loops import COMPILER, loops

Loop = Callable[..., Any]


class Told(NamedTuple):
    """Everything of all places one after the other."""

    subjects: Integers
    shares: Floats
    features: Floats  # by place
    parts: Floats  # by part and place
    gaps: list[tuple[int, int]]  # its code, and which adaptations of its dimension the place offers, as flags
    keys: Integers  # the different ones of the reasons, one by row
    which: Integers  # of them each reason has; those of each place stand with the weightiest first
    weights: Floats  # by reason
    ends: Integers  # how many shares, gaps and reasons there are before and with each place


def told(*facts: Any) -> Told:
    """Return what `tell` says of the facts, by the quickest way there is."""
    return Told(*_quickest(telling.tell, telling.HELPERS)(*facts))


def asked(*facts: Any) -> tuple[Integers, list[int]]:
    """Return what `ask` says of the facts, by the quickest way there is."""
    found: tuple[Integers, list[int]] = _quickest(questions.ask, questions.HELPERS)(*facts)
    return found


def _quickest(loop: Loop, helpers: tuple[Loop, ...]) -> Loop:
    return _interpreted(loop) if loops() is plain else _compiled(loop, helpers)


def _interpreted(loop: Loop) -> Loop:
    return lambda *facts: loop(*_listed(facts))


@cache
def _compiled(loop: Loop, helpers: tuple[Loop, ...]) -> Loop:
    """Compiled code is kept beside this file, or in the user's cache where that folder cannot be written."""
    for helper in helpers:
        import_module(f"{COMPILER}.extending").register_jitable(helper)
    compiler: Any = import_module(COMPILER)
    compiled: Loop = compiler.njit(cache=True, nogil=True, error_model="numpy")(loop)
    return compiled


def _listed(facts: Any) -> Any:
    """Plain Python reads lists three times as quickly as arrays."""
    if type(facts) is tuple:  # and not one with names
        return tuple(map(_listed, facts))
    return facts.tolist() if isinstance(facts, np.ndarray) else facts
