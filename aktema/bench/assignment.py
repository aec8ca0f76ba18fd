"""How long a plan for many people takes against a dense solver of the same matrix, and how good it is.

The solver's time is counted from the lists as columns to the pairs, its sparse matrix included; the dense matrix is
made beforehand. Reading the lists themselves is a figure of its own.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sqlalchemy import select

from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, temporary_installation
from aktema.bench.people import add_people
from aktema.bench.report import Figure
from aktema.bench.town import Town
from aktema.core.db import db
from aktema.matching.current import current_index
from aktema.matching.engine.assign import (
    SCALE,
    Edges,
    Shortlists,
    best_plan,
    edges_of,
    first_come,
    seats_of,
    solve,
)
from aktema.matching.gather import all_known_of
from aktema.people.models import Participant

Worth = NDArray[np.float64]
LIST_LENGTH = 50
LEAST_OF_OPTIMUM = 0.999
MOST_OF_DENSE = 1.0
MOST_LIST_MILLISECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    people: int = 2_000
    placements: int = 1_000
    rounds: int = 11


@dataclass(frozen=True, kw_only=True, slots=True)
class Crowd:
    """Everybody's lists, how many the places can take, and how long a list took to make, in seconds."""

    lists: Shortlists
    seats: Mapping[int, int]
    seconds_per_list: float


def measure(scale: Scale | None = None) -> list[Figure]:
    """The figures with the places' own seats, and with one seat each. Times are medians of runs in turn."""
    scale = scale or Scale()
    crowd = _crowd(scale)
    edges = edges_of(list(crowd.lists.values()), crowd.seats)
    one_seat = replace(edges, capacity=np.minimum(edges.capacity, 1))
    name = f"{scale.people} people, {scale.placements} places"
    return [
        Figure(
            name=f"list of {LIST_LENGTH} for one person",
            value=1000 * crowd.seconds_per_list,
            unit="ms",
            op="<=",
            bar=MOST_LIST_MILLISECONDS,
        ),
        *_against_dense(name, edges, scale),
        *_against_dense(f"{name} with one seat each", one_seat, scale),
        _gain(crowd),
    ]


def _crowd(scale: Scale) -> Crowd:
    with temporary_installation():
        unit = add_unit("Enheten")
        coach = add_account("Coachen", Role.JOB_COACH, unit)
        Town().grow_placements(scale.placements)
        add_people(scale.people, coach, unit.id)
        db.session.commit()
        people = [known.person for known in all_known_of(db.session.scalars(select(Participant.id)).all())]
        index = current_index()
        begun = time.perf_counter()
        made = index.shortlist_many(people, limit=LIST_LENGTH)
        seconds = time.perf_counter() - begun
        lists = {person.id: one for person, one in zip(people, made, strict=True)}
        return Crowd(
            lists=lists, seats=seats_of(index, lists), seconds_per_list=seconds / max(len(people), 1)
        )


def _against_dense(name: str, edges: Edges, scale: Scale) -> list[Figure]:
    worth = dense_worth(edges, scale.people)
    pairs = [
        (_seconds(lambda: solve(edges, scale.people)), _seconds(lambda: linear_sum_assignment(worth, True)))
        for _ in range(scale.rounds)
    ]
    ours, dense = median(one for one, _ in pairs), median(two for _, two in pairs)
    return [
        Figure(
            name=f"plan for {name}, of the optimum",
            value=_of_optimum(edges, worth),
            unit="times",
            op=">=",
            bar=LEAST_OF_OPTIMUM,
        ),
        Figure(
            name=f"plan for {name}, of a dense solver's time",
            value=ours / dense,
            unit="times",
            op="<=",
            bar=MOST_OF_DENSE,
        ),
    ]


def dense_worth(edges: Edges, people: int) -> Worth:
    """What every person at every seat is worth, one person with a place more than any sum; 0 is no wish."""
    by_place = np.zeros((people, len(edges.capacity)))
    by_place[edges.people, edges.places] = edges.worth + _bonus(people)
    return np.repeat(by_place, edges.capacity, axis=1)


def _bonus(people: int) -> int:
    return (people + 1) * SCALE


def _of_optimum(edges: Edges, worth: Worth) -> float:
    """How many people get a place, or the sum of their scores, whichever is the smaller share of a dense plan's."""
    people, place_ids = solve(edges, len(worth))
    first_seats = np.cumsum(edges.capacity) - edges.capacity
    ours = worth[people, first_seats[np.searchsorted(edges.place_ids, place_ids)]]
    best = worth[linear_sum_assignment(worth, True)]
    best, bonus = best[best > 0], _bonus(len(worth))
    return float(min(len(ours) / len(best), (ours - bonus).sum() / (best - bonus).sum()))


def _gain(crowd: Crowd) -> Figure:
    plan, queue = best_plan(crowd.lists, crowd.seats), first_come(crowd.lists, crowd.seats)
    return Figure(
        name=f"sum of scores for {len(plan.pairings)} people, of that of first come for {len(queue.pairings)}",
        value=plan.total / queue.total,
        unit="times",
        op=">=",
        bar=1.0,
    )


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
