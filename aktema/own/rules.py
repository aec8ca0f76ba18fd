"""From choices between pictures to how much somebody wants each thing. Pure arithmetic on plain values.

Bradley and Terry (1952): each thing has a strength p > 0, and i is chosen before j with chance p_i / (p_i + p_j).
The strengths are found by the MM algorithm of Hunter (2004), "MM algorithms for generalized Bradley-Terry models":
p_i = W_i / sum_j n_ij / (p_i + p_j), over and over, where W_i counts i's wins and n_ij how often i and j met.

Beside the things there is one that nobody sees, NEUTRAL, with strength 1. Each thing has met it once without winner
(half a win each): that regularises, so that every strength is finite and there is one answer however few the choices.
"Both" is a win of each over NEUTRAL and half a win of each over the other; "none" is a win of NEUTRAL over each.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import inf

NEUTRAL = 0
"""The key of what nobody sees: keys of things are above it."""
HALF = 0.5
CLOSE_ENOUGH = 1e-9
MOST_ROUNDS = 10_000
VOTE_FROM = ((0.78, 2), (0.58, 1), (0.42, 0), (0.22, -1))
"""From which chance against NEUTRAL a thing gets which vote; below the last one -2."""
LEAST_SEEN_FOR_NO = 2
"""So often must a thing have been passed over before that says anything against it."""


class Outcome(StrEnum):
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """Two things that were shown side by side, and which one was wanted."""

    first: int
    second: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: int


Games = dict[tuple[int, int], float]
"""By two keys: how many wins the first has over the second."""


def _games(choices: Iterable[Choice]) -> Games:
    wins: Games = defaultdict(float)
    for choice in choices:
        a, b = choice.first, choice.second
        match choice.outcome:
            case Outcome.FIRST:
                wins[a, b] += 1
            case Outcome.SECOND:
                wins[b, a] += 1
            case Outcome.BOTH:
                wins[a, NEUTRAL] += 1
                wins[b, NEUTRAL] += 1
                wins[a, b] += HALF
                wins[b, a] += HALF
            case Outcome.NONE:
                wins[NEUTRAL, a] += 1
                wins[NEUTRAL, b] += 1
    for key in {key for choice in choices for key in (choice.first, choice.second)}:
        wins[key, NEUTRAL] += HALF
        wins[NEUTRAL, key] += HALF
    return wins


def strengths(choices: Sequence[Choice]) -> Mapping[int, float]:
    """The strength of everything that has been shown, where NEUTRAL is 1. The same choices give the same strengths."""
    wins = _games(choices)
    met: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    total: dict[int, float] = defaultdict(float)
    for (winner, loser), count in wins.items():
        met[winner][loser] += count
        met[loser][winner] += count
        total[winner] += count
    strength = dict.fromkeys(sorted(met), 1.0)
    for _round in range(MOST_ROUNDS):
        before = strength
        strength = {key: _next(key, before, met[key], total[key]) for key in before}
        scale = strength[NEUTRAL] if strength else 1.0
        strength = {key: value / scale for key, value in strength.items()}
        if all(abs(strength[key] - before[key]) <= CLOSE_ENOUGH * before[key] for key in before):
            break
    return {key: value for key, value in strength.items() if key != NEUTRAL}


def _next(key: int, strength: Mapping[int, float], met: Mapping[int, float], wins: float) -> float:
    """Hunter's step for one thing."""
    return wins / sum(count / (strength[key] + strength[other]) for other, count in met.items())


def chance(one: float, other: float = 1.0) -> float:
    """How likely something of the one strength is chosen before something of the other."""
    return one / (one + other)


def votes(choices: Sequence[Choice]) -> Mapping[int, int]:
    """A vote from -2 to +2 for what has been shown, by key; nothing for what the choices say too little about.

    To be passed over is no "no": a vote below 0 needs at least two of them, or that the person said "none". A vote of
    -2 needs "none".
    """
    refused = {key for one in choices if one.outcome is Outcome.NONE for key in (one.first, one.second)}
    seen: dict[int, int] = defaultdict(int)
    for one in choices:
        seen[one.first] += 1
        seen[one.second] += 1
    cast: dict[int, int] = {}
    for key, strength in strengths(choices).items():
        vote = _vote(chance(strength))
        if vote < 0 and key not in refused:
            if seen[key] < LEAST_SEEN_FOR_NO:
                continue
            vote = -1
        cast[key] = vote
    return cast


def _vote(against_neutral: float) -> int:
    return next((vote for least, vote in VOTE_FROM if against_neutral >= least), -2)


def next_pair(things: Sequence[int], choices: Sequence[Choice]) -> Pair | None:
    """The two things to show next, or None where every two have met.

    Shown is the pair from whose answer most is learnt: the one whose answer is most open, p (1 - p), times how unsure
    the two strengths are, each 1 / (what its meetings so far have told about it). Among equals the order of `things`
    decides, so that the same choices always lead to the same pair.
    """
    strength = dict.fromkeys(things, 1.0) | dict(strengths(choices))
    unsure = _unsureness(strength, choices)
    met = {frozenset((one.first, one.second)) for one in choices}
    best, most = None, -inf
    for first, second in combinations(things, 2):
        if frozenset((first, second)) in met:
            continue
        open_one = chance(strength[first], strength[second])
        learnt = open_one * (1 - open_one) * (unsure[first] + unsure[second])
        if learnt > most + CLOSE_ENOUGH:
            best, most = Pair(first, second), learnt
    return best


def _unsureness(strength: Mapping[int, float], choices: Sequence[Choice]) -> Mapping[int, float]:
    """About the variance of each strength's logarithm: one over the Fisher information of its meetings."""
    told = {key: chance(value) * (1 - chance(value)) for key, value in strength.items()}
    for (winner, loser), count in _games(choices).items():
        p = chance(strength.get(winner, 1.0), strength.get(loser, 1.0))
        for key in (winner, loser):
            if key in told and NEUTRAL not in (winner, loser):
                told[key] += count * p * (1 - p)
    return {key: 1 / value for key, value in told.items()}


def pool(
    groups: Sequence[Sequence[int]], made: int, *, first: int = 16, per_choices: int = 3
) -> tuple[int, ...]:
    """The things to choose among after so many choices: one of each group first, then one more for every few choices.

    Few at a time are met often enough to be told apart; whoever goes on meets new ones.
    """
    rounds = max((len(group) for group in groups), default=0)
    ordered = [group[turn] for turn in range(rounds) for group in groups if turn < len(group)]
    return tuple(ordered[: first + made // per_choices])
