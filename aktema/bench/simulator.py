"""Invented towns in which we know what suits whom, and people who choose from lists: our own, assumptions open.

- A town has placements and people, drawn at random and without any real data. What is true of a person is known
  in full here; the engine is told seven facts in ten.
- What suits a person is the engine's features of all the facts, times the world's own coefficients, and a taste
  that no feature tells.
- A choice is made from ten places: the best nine by the rules among those open that month, and one from further
  down. A place is looked at more seldom the lower it stands; of those looked at, one of the better is taken.
- Each coach sees it a little differently, and how strongly position counts is not what the ranker is told.
- A trial goes well the more often the better the place suits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import Self

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine import (
    Activity,
    Capacity,
    Dimension,
    MatchIndex,
    Person,
    Place,
    Vocabulary,
    Weights,
)
from aktema.matching.engine.feedback import propensity_at
from aktema.matching.engine.rankers import FEATURES, RULES, Coefficients, Floats, RulesPrior, gains_of

Integers = NDArray[np.int64]
LISTED = 10
# A place at rank r is looked at r to the power of minus this often, where the ranker is told the square root.
TRUE_BIAS = (0.3, 0.8)
# How sharply people choose: a score of 0.04 more makes a place about e times as likely.
SHARPNESS = 25.0
KNOWN = 0.7
COACHES = 10
COACH_SPREAD = 0.3
# The taste that no feature tells, against the spread of what the features tell.
TASTE = 0.3
# Three to a line: one group of activities each.
TASKS = (
    *("packa", "sortera", "märka"),
    *("städa", "diska", "baka"),
    *("servera", "plantera", "vattna"),
    *("kratta", "mata", "borsta"),
    *("måla", "snickra", "skruva"),
    *("tvätta", "stryka", "sy"),
    *("kopiera", "skanna", "hälsa"),
    *("visa", "köra", "lyfta"),
)
LETTERS = ("R", "C", "RC", "S", "SE", "A", "I", "")
VOCABULARY = Vocabulary(
    dimensions=tuple(Dimension(id=1 + number) for number in range(10)),
    activities=tuple(
        Activity(id=101 + number, group=1 + number // 3, riasec=LETTERS[number // 3], label=task)
        for number, task in enumerate(TASKS)
    ),
    preferences=frozenset(range(201, 207)),
)
DIMENSIONS = tuple(dimension.id for dimension in VOCABULARY.dimensions)
ACTIVITIES = {activity.id: activity.label for activity in VOCABULARY.activities}
PREFERENCES = tuple(sorted(VOCABULARY.preferences))


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    placements: int = 400
    open_at_once: int = 80
    learners: int = 120
    held_out: int = 60


@dataclass(frozen=True, kw_only=True)
class Town:
    """People against all placements: told is what the engine sees, true is with every fact; person, place, feature."""

    told: Floats
    true: Floats
    employers: Integers
    held_out: int
    open_at_once: int

    @classmethod
    def of(cls, size: Size, seed: int) -> Self:
        random = Random(seed)  # noqa: S311 - invented towns, nothing to guess
        places = [_place(key, random) for key in range(1, size.placements + 1)]
        people = [_person(key, random) for key in range(1, size.learners + size.held_out + 1)]
        index = MatchIndex(places, vocabulary=VOCABULARY)
        ids = [place.id for place in places]
        return cls(
            told=np.stack([index.features(_as_told(person, random), ids) for person in people]),
            true=np.stack([index.features(person, ids) for person in people]),
            employers=np.array([place.employer_id for place in places]),
            held_out=size.held_out,
            open_at_once=size.open_at_once,
        )

    @cached_property
    def by_the_rules(self) -> Floats:
        """Return the score of every place for every person by the rules."""
        return np.stack([RulesPrior().predict(one) for one in self.told])


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A town and what is true there. is_random: choices and trials follow nothing at all."""

    town: Town
    coefficients: Coefficients
    worth: Floats  # person by place
    bias: float
    is_random: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """Rows for a ranker's `fit`, in its words."""

    x: Floats
    y: Floats
    lists: Integers
    propensity: Floats
    source: Integers

    def first(self, lists: int) -> Self:
        rows = self.lists < lists
        return type(self)(
            x=self.x[rows],
            y=self.y[rows],
            lists=self.lists[rows],
            propensity=self.propensity[rows],
            source=self.source[rows],
        )

    def joined(self, other: Self) -> Self:
        """Return these and the other's as further lists."""
        after = int(self.lists.max(initial=-1)) + 1
        return type(self)(
            x=np.concatenate([self.x, other.x]),
            y=np.concatenate([self.y, other.y]),
            lists=np.concatenate([self.lists, other.lists + after]),
            propensity=np.concatenate([self.propensity, other.propensity]),
            source=np.concatenate([self.source, other.source]),
        )


# How far the coefficients of a world lie from those of its family: mostly within a quarter.
SPREAD = 0.25
# A town where the rules forget what matters: gaps, journeys and surroundings more, own votes less, words not.
OTHERWISE: Mapping[str, float] = {
    "own": 0.4,
    "group": 0.4,
    "kind": 0.2,
    "words": 0.0,
    "fit": 1.0,
    "large_gap": 2.0,
    "preferences": 2.0,
    "travel": 3.0,
    "hours": 2.0,
    "days": 1.0,
}


def world_where(family: str, town: Town, seed: int) -> World:
    """Return a world of the town.

    family: "right" where the rules hold but for the spread, "exact" where they hold to the letter, "wrong" where
    other things matter, "random" where the rules hold but choices and trials follow nothing.
    """
    rng = np.random.default_rng([seed, 1])
    base = [OTHERWISE[name] for name in FEATURES] if family == "wrong" else RULES
    spread = SPREAD if family in ("right", "wrong") else 0.0
    coefficients = tuple((np.exp(rng.normal(0, spread, len(FEATURES))) * base).tolist())
    worth = town.true @ np.array(gains_of(coefficients, Weights()))
    worth = worth + TASTE * worth.std(axis=1, keepdims=True) * rng.normal(size=worth.shape)
    bias = float(rng.uniform(*TRUE_BIAS))
    return World(town=town, coefficients=coefficients, worth=worth, bias=bias, is_random=family == "random")


def decisions(
    world: World, count: int, seed: int, *, source: int | None = None, pull: Floats | None = None
) -> Answers:
    """Return so many lists with one choice each.

    With a source, all are made by it; with a pull (person by place) it takes the one with the highest pull.
    """
    rng = np.random.default_rng([seed, 2])
    views = np.exp(rng.normal(0, COACH_SPREAD, (COACHES, len(FEATURES))))
    made = [_decision(world, rng, views, source, pull) for _ in range(count)]
    return _as_answers(world, made)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Decision:
    person: int
    shown: Integers
    chosen: int  # a position in what was shown
    source: int


def _decision(
    world: World, rng: np.random.Generator, views: Floats, source: int | None, pull: Floats | None
) -> _Decision:
    town = world.town
    person = int(rng.integers(len(town.told) - town.held_out))
    coach = int(rng.integers(COACHES)) if source is None else source
    shown = _shown(town, person, rng)
    if pull is not None:
        return _Decision(person=person, shown=shown, chosen=int(np.argmax(pull[person, shown])), source=coach)
    ranks = np.arange(1, LISTED + 1)
    looked_at = rng.random(LISTED) < ranks**-world.bias
    gains = np.array(gains_of(world.coefficients, Weights()))
    seen = world.worth[person, shown] + town.true[person, shown] @ (gains * (views[coach % COACHES] - 1))
    appeal = (0.0 if world.is_random else SHARPNESS) * seen + rng.gumbel(size=LISTED)
    chosen = int(np.argmax(np.where(looked_at, appeal, -np.inf)))
    return _Decision(person=person, shown=shown, chosen=chosen, source=coach)


def _shown(town: Town, person: int, rng: np.random.Generator) -> Integers:
    """Return nine of the best and one from further down, in the order shown."""
    is_open = rng.choice(town.told.shape[1], town.open_at_once, replace=False)
    ranked = is_open[np.argsort(-town.by_the_rules[person, is_open], kind="stable")]
    return np.append(ranked[: LISTED - 1], rng.choice(ranked[LISTED - 1 : 4 * LISTED]))


def _as_answers(world: World, made: Sequence[_Decision]) -> Answers:
    chosen = np.zeros((len(made), LISTED))
    chosen[np.arange(len(made)), [one.chosen for one in made]] = 1
    told = [world.town.told[one.person, one.shown] for one in made]
    return Answers(
        x=np.concatenate([np.zeros((0, len(FEATURES))), *told]),
        y=chosen.ravel(),
        lists=np.repeat(np.arange(len(made)), LISTED),
        propensity=np.tile([propensity_at(rank) for rank in range(1, LISTED + 1)], len(made)),
        source=np.repeat(np.array([one.source for one in made], dtype=np.int64), LISTED),
    )


def trials(world: World, count: int, seed: int) -> Answers:
    """Return so many trials, each of a place chosen from a list, and whether it went well."""
    rng = np.random.default_rng([seed, 3])
    town, views = world.town, np.ones((COACHES, len(FEATURES)))
    made = [_decision(world, rng, views, None, None) for _ in range(count)]
    people = np.array([one.person for one in made], dtype=np.int64)
    places = np.array([one.shown[one.chosen] for one in made], dtype=np.int64)
    worth = world.worth[people, places]
    better = (0.0 if world.is_random else SHARPNESS) * (worth - worth.mean() if count else worth)
    return Answers(
        x=town.told[people, places],
        y=(rng.random(count) < 1 / (1 + np.exp(-better))).astype(np.float64),
        lists=np.arange(count),
        propensity=np.ones(count),
        source=town.employers[places],
    )


def _person(key: int, random: Random) -> Person:
    votes = {one: random.choice((-2, -1, -1, 0, 1, 1, 2)) for one in ACTIVITIES}
    liked = [ACTIVITIES[one] for one, vote in votes.items() if vote == 2]
    return Person(
        id=key,
        votes=votes,
        wish_text=" ".join(random.sample(liked, min(2, len(liked)))),
        capacities={one: Capacity(level=random.choice((0, 1, 2, 2, 3, 3, 4))) for one in DIMENSIONS},
        preferences={one: random.randint(-2, 2) for one in PREFERENCES},
        weekly_minutes=60 * random.randint(10, 35),
        weekdays=frozenset(random.sample(range(5), random.randint(2, 5))),
        latitude=random.uniform(58.2, 58.6),
        longitude=random.uniform(15.2, 16.0),
    )


def _as_told(person: Person, random: Random) -> Person:
    """Return the person as far as the engine was told: some facts were never asked about."""

    def is_told() -> bool:
        return random.random() < KNOWN

    return replace(
        person,
        votes={key: vote for key, vote in person.votes.items() if is_told()},
        wish_text=person.wish_text if is_told() else "",
        capacities={key: one for key, one in person.capacities.items() if is_told()},
        preferences={key: pole for key, pole in person.preferences.items() if is_told()},
        weekly_minutes=person.weekly_minutes if is_told() else None,
        weekdays=person.weekdays if is_told() else None,
    )


def _place(key: int, random: Random) -> Place:
    activities = tuple(random.sample(sorted(ACTIVITIES), random.randint(1, 4)))
    return Place(
        id=key,
        employer_id=1 + key // 4,
        title=ACTIVITIES[activities[0]],
        description=" ".join(ACTIVITIES[one] for one in activities),
        activities=activities,
        demands={one: random.randint(0, 4) for one in random.sample(DIMENSIONS, random.randint(3, 8))},
        preferences={one: random.randint(-2, 2) for one in random.sample(PREFERENCES, 4)},
        max_minutes_per_week=60 * random.randint(8, 40),
        weekdays=frozenset(random.sample(range(5), random.randint(3, 5))),
        latitude=random.uniform(58.2, 58.6),
        longitude=random.uniform(15.2, 16.0),
    )
