"""What learning gains over the rules, in towns of our own where we know what suits whom: see the simulator.

Each family of worlds is drawn anew for every seed. What counts is the order of all placements for people who
were not learned from: hundredths of NDCG at 10, with gains of 2 to the power of 5 times the worth brought to 0..1,
minus 1. "low" and "high" are the ends of the 95 % interval of the mean gain over worlds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from aktema.bench.report import Figure
from aktema.bench.simulator import Answers, Size, Town, World, decisions, trials, world_where
from aktema.matching.engine.learning import ChoiceRanker, LearningRanker, OutcomeRanker
from aktema.matching.engine.rankers import FEATURES, Floats, Ranker, RulesPrior

TOP, MOVED_TOP, MOST_MOVED = 10, 50, 5
STEEPNESS = 5
LOUD = 99
# What learning may cost while there is too little to learn from, and from how many answers on it has to gain.
LEAST = -1.0
ENOUGH = 1000
RANKERS: tuple[tuple[str, type[LearningRanker], Callable[[World, int, int], Answers]], ...] = (
    ("choices", ChoiceRanker, decisions),
    ("outcomes", OutcomeRanker, trials),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """families: of worlds, as `world_where` knows them. others: answers beside the thousand of one source."""

    seeds: int = 10
    answers: Sequence[int] = (0, 50, 200, 1000, 3000)
    families: Sequence[str] = ("right", "wrong", "exact", "random")
    robustness_seeds: int = 4
    others: Sequence[int] = (0, 50, 200, 1000)
    size: Size = field(default_factory=Size)


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """A mean over worlds and its 95 % interval, by Student's t."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Interval":
        from scipy.stats import t

        mean = float(np.mean(values))
        reach = 0.0
        if len(values) > 1:
            reach = float(t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / sqrt(len(values)))
        return cls(mean=mean, low=mean - reach, high=mean + reach)


def measure(scale: Scale | None = None) -> list[Figure]:
    """The gains of learning over the rules, and how far one source can move the lists."""
    scale = scale or Scale()
    towns = [Town.of(scale.size, seed) for seed in range(scale.seeds)]
    gains = [figure for family in scale.families for figure in _family(family, towns, scale)]
    return [*gains, *_robustness(towns[: scale.robustness_seeds], scale.others)]


def _family(family: str, towns: Sequence[Town], scale: Scale) -> Iterator[Figure]:
    worlds = [world_where(family, town, seed) for seed, town in enumerate(towns)]
    for name, ranker, told in RANKERS:
        gains = [_gains(world, seed, ranker, told, scale.answers) for seed, world in enumerate(worlds)]
        for count, column in zip(scale.answers, zip(*gains, strict=True), strict=True):
            yield from _figures(f"{count} {name}, rules {family}", family, count, Interval.of(column))


def _gains(
    world: World,
    seed: int,
    ranker: type[LearningRanker],
    told: Callable[[World, int, int], Answers],
    counts: Sequence[int],
) -> list[float]:
    """Return what the ranker gains over the rules after each number of answers."""
    answers, rules = told(world, max(counts), seed), ndcg(world, RulesPrior())
    return [ndcg(world, fitted(ranker, answers.first(count))) - rules for count in counts]


def fitted(ranker: type[LearningRanker], answers: Answers) -> LearningRanker:
    return ranker().fit(
        answers.x, answers.y, lists=answers.lists, propensity=answers.propensity, source=answers.source
    )


def ndcg(world: World, ranker: Ranker) -> float:
    """Return the mean over the people held out, in hundredths."""
    return 100 * float(np.mean([_ndcg(worth, ranker.predict(told)) for told, worth in _held_out(world)]))


def _held_out(world: World) -> Iterator[tuple[Floats, Floats]]:
    first = len(world.town.told) - world.town.held_out
    return zip(world.town.told[first:], world.worth[first:], strict=True)


def _ndcg(worth: Floats, score: Floats) -> float:
    gain = 2 ** (STEEPNESS * (worth - worth.min()) / (worth.max() - worth.min())) - 1
    discount = 1 / np.log2(np.arange(2, TOP + 2))
    found, best = gain[np.argsort(-score, kind="stable")[:TOP]], np.sort(gain)[::-1][:TOP]
    return float(found @ discount[: len(found)] / (best @ discount[: len(best)]))


def _figures(name: str, family: str, count: int, gain: Interval) -> Iterator[Figure]:
    """The mean and both ends of its interval; where the rules are wrong, the lower end has to be a gain too."""
    bar = 0.0 if count >= ENOUGH and family in ("right", "wrong") else LEAST
    surely = 0.0 if count >= ENOUGH and family == "wrong" else LEAST
    for what, value, least in (("gain", gain.mean, bar), ("low", gain.low, surely), ("high", gain.high, bar)):
        yield Figure(name=f"{name}, {what}", value=value, unit="hundredths", op=">=", bar=least)


def _robustness(towns: Sequence[Town], counts: Sequence[int]) -> Iterator[Figure]:
    """How far a thousand answers of one source move anything in the top 50, at most over all held-out people."""
    for others in counts:
        moved = max(
            _moved_by_one(world_where("wrong", town, seed), seed, others) for seed, town in enumerate(towns)
        )
        name = f"a thousand answers of one source beside {others}, moved in the top {MOVED_TOP}"
        yield Figure(name=name, value=moved, unit="places", op="<=", bar=MOST_MOVED)


def _moved_by_one(world: World, seed: int, others: int) -> int:
    honest = decisions(world, others, seed)
    before = fitted(ChoiceRanker, honest)
    moved = 0
    for pull in _pulls(world):
        loud = honest.joined(decisions(world, 1000, seed + 100, source=LOUD, pull=pull))
        moved = max(moved, most_moved(world, before, fitted(ChoiceRanker, loud)))
    return moved


def _pulls(world: World) -> Iterator[Floats]:
    """What one source can follow, always: the least fitting, against the rules, the nearest, half so the nearest."""
    nearness = world.town.true[:, :, FEATURES.index("travel")]
    yield -world.worth
    yield -world.town.by_the_rules
    yield nearness
    yield world.worth + 0.5 * world.worth.std() / nearness.std() * nearness


def most_moved(world: World, before: Ranker, after: Ranker) -> int:
    """Return by how many places something in a top 50 moved at most."""
    return max(_moved(before.predict(told), after.predict(told)) for told, _worth in _held_out(world))


def _moved(before: Floats, after: Floats) -> int:
    old, new = (np.argsort(np.argsort(-np.round(score, 12), kind="stable")) for score in (before, after))
    top = old < MOVED_TOP
    return int(np.abs(new - old)[top].max())
