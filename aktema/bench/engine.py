"""The engine against its rivals: suggestions with reasons, memory, a whole country, and a crowd of people.

Every figure that has a bar is a ratio within this run, or bytes. The first bar is the one to pass; the one to
reach stands in the figure's name.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from aktema.bench.engine_contenders import MAKERS, Makers, contenders_in
from aktema.bench.engine_crowd import PROCESSES, measure_crowd
from aktema.bench.engine_exact import wrong_lists
from aktema.bench.engine_pipeline import PlainPipeline
from aktema.bench.engine_postgres import PostgresRival
from aktema.bench.engine_rivals import RivalAbsentError
from aktema.bench.engine_timing import OURS, WARM_UP, Contender, Timing, alone, in_turn, ours, timing
from aktema.bench.engine_world import World, without_limit
from aktema.bench.machine import machine, table
from aktema.bench.report import Figure
from aktema.matching.engine import MatchIndex, Person
from aktema.matching.engine.loops import loops

MEBI = 1024**2
PER = 100_000
COUNTRY_IS_TEN_TIMES = (100_000, 1_000_000)
MOST_P95 = 2.0
RIVAL_BARS: Mapping[tuple[int, str], tuple[float, float]] = {
    (1_000, PlainPipeline.name): (60, 100),
    (100_000, PlainPipeline.name): (40, 100),
    (100_000, PostgresRival.name): (50, 120),
}
"""At so many places, so many times as fast as this one: the bar and the goal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How many places and people. Rivals are left out above `rivals_up_to`, as filling them takes long."""

    sizes: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    rivals_up_to: int = 100_000
    alone: int = 200
    in_turn: int = 20
    exact_sizes: tuple[int, ...] = (1_000, 10_000)
    exact_people: int = 1_000
    crowd: int = 40_000
    crowd_places: int = 10_000
    makers: Makers = MAKERS


QUICK = Scale(sizes=(1_000, 10_000), alone=50, in_turn=6, exact_sizes=(1_000,), exact_people=100, crowd=2_000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What was measured; `absent` says which rivals this machine could not run, and why."""

    figures: list[Figure] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The times and what was left out, for the screen."""
        times = [
            f"{one.places:>9} places  {one.name:<28} p50 {one.p50:>9.2f} ms  p95 {one.p95:>9.2f} ms  "
            f"{one.ratio:>8.2f} times ours"
            for one in self.timings
        ]
        return [*times, *(f"Left out: {reason}" for reason in self.absent)]

    def markdown(self) -> str:
        """The machine, the times and the figures as Markdown."""
        times = [
            (
                f"{one.places:,}".replace(",", " "),
                one.name,
                f"{one.p50:.2f}",
                f"{one.p95:.2f}",
                f"{one.ratio:.2f}",
            )
            for one in self.timings
        ]
        bars = [
            (one.name, f"{one.value:.2f}", f"{one.op} {one.bar:g} {one.unit}", "yes" if one.passes else "no")
            for one in self.figures
        ]
        sections = (
            f"Machine: {machine()}. Loops over rows: {loops().__name__.rpartition('.')[2]}.",
            table(("places", "who", "p50 ms", "p95 ms", "times ours"), times),
            table(("figure", "measured", "bar", "passes"), bars),
            *(f"Left out: {reason}" for reason in self.absent),
        )
        return "\n\n".join(sections)


def measure(scale: Scale | None = None) -> Result:
    """Everything, smallest size first."""
    scale, result = scale or Scale(), Result()
    for size in scale.sizes:
        _measure_size(World(size), scale, result)
        gc.collect()
    result.figures.extend(_growth(result.timings))
    try:
        result.figures.extend(_exactness(scale))
    except RivalAbsentError as missing:
        result.absent.append(f"exactness: {missing}")
    result.figures.append(_crowd(scale))
    return result


def _measure_size(world: World, scale: Scale, result: Result) -> None:
    index = MatchIndex(world.places(), vocabulary=world.vocabulary)
    people = world.people(WARM_UP + scale.alone)
    quiet = alone(ours(index), people)
    own = timing(world.size, OURS, quiet, quiet)
    result.timings.append(own)
    result.figures.extend(_own_figures(own, index))
    if world.size == max(COUNTRY_IS_TEN_TIMES):
        result.figures.append(_unordered(index, world, scale))
    far = alone(ours(index), without_limit(people))
    result.timings.append(timing(world.size, f"{OURS}, no travel limit", far, quiet))
    if world.size <= scale.rivals_up_to:
        rivals = _rivals(index, world, scale, result.absent)
        result.timings.extend(rivals)
        result.figures.extend(_rival_figures(rivals))


def _own_figures(own: Timing, index: MatchIndex) -> Iterator[Figure]:
    if own.places != PER:
        return
    yield _at_most(f"{PER} places, p95 in p50", own.p95 / own.p50, "times", MOST_P95)
    for name, held, bar in (
        ("structure", index.nbytes.structure, 10),
        ("text (goal 150)", index.nbytes.text, 250),
    ):
        yield _at_most(f"memory per {PER} places, {name}", held / MEBI, "MiB", bar)


def _unordered(index: MatchIndex, world: World, scale: Scale) -> Figure:
    """The same index, first told to look at every place."""
    seconds = in_turn(
        [_scanning(index, ordered=order) for order in (True, False)], world.people(1 + scale.in_turn)
    )
    near, every = (median(seconds[name]) for name in seconds)
    index.ordered = True
    return _at_most("a whole country, in an unordered scan (goal 0.3)", near / every, "times", 0.6)


def _scanning(index: MatchIndex, *, ordered: bool) -> Contender:
    def ready(person: Person) -> Callable[[], object]:
        index.ordered = ordered
        return lambda: index.suggest(person, limit=20)

    return Contender(name=f"ordered: {ordered}", ready=ready)


def _rivals(index: MatchIndex, world: World, scale: Scale, absent: list[str]) -> list[Timing]:
    people = world.people(1 + scale.in_turn, first=1 + WARM_UP + scale.alone)
    with contenders_in(world, absent, scale.makers) as rivals:
        seconds = in_turn([ours(index), *rivals], people)
    return [timing(world.size, rival.name, seconds[rival.name], seconds[OURS]) for rival in rivals]


def _rival_figures(timings: Sequence[Timing]) -> Iterator[Figure]:
    for one in timings:
        bar, goal = RIVAL_BARS.get((one.places, one.name), (None, None))
        if bar is not None:
            name = f"{one.places} places, {one.name} in ours (goal {goal:g})"
            yield Figure(name=name, value=one.ratio, unit="times", op=">=", bar=bar)


def _growth(timings: Sequence[Timing]) -> Iterator[Figure]:
    p50 = {one.places: one.p50 for one in timings if one.name == OURS}
    less, more = COUNTRY_IS_TEN_TIMES
    if less in p50 and more in p50:
        yield _at_most(f"{more} places, in {less} of the same density", p50[more] / p50[less], "times", 12)


def _exactness(scale: Scale) -> Iterator[Figure]:
    for size in scale.exact_sizes:
        name = f"{size} places, of {scale.exact_people} people with another top 20 than the reference"
        wrong = wrong_lists(World(size), scale.exact_people)
        yield Figure(name=name, value=wrong, unit="people", op="==", bar=0)


def _crowd(scale: Scale) -> Figure:
    crowd = measure_crowd(scale.crowd, scale.crowd_places)
    name = f"{crowd.people} people x {crowd.places} places in {PROCESSES} processes, in the product (goal 7)"
    return _at_most(name, crowd.ours / crowd.product, "times", 20)


def _at_most(name: str, value: float, unit: str, bar: float) -> Figure:
    return Figure(name=name, value=value, unit=unit, op="<=", bar=bar)
