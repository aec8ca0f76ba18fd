"""Small vocabularies, places and people for the engine's tests, made by hand or drawn.

Hypothesis draws one number per person and place and the rest follows from it: drawing each of forty facts by
itself shrinks better, but takes ten times as long as what is tested.
"""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from aktema.matching.engine import Activity, Capacity, Dimension, Person, Place, Vocabulary

LETTERS = ("R", "RA", "", "ES", "C", "R", "S", "A")
VOCABULARY = Vocabulary(
    dimensions=(
        Dimension(id=1, is_core=True, adaptations=(101, 102)),
        Dimension(id=2, is_core=True, adaptations=(103,)),
        Dimension(id=3),
        Dimension(id=4, adaptations=(104,)),
    ),
    activities=tuple(
        Activity(id=11 + number, group=51 + number // 3, riasec=letters, label=f"syssla{number}")
        for number, letters in enumerate(LETTERS)
    ),
    preferences=frozenset({31, 32, 33}),
    constraints=frozenset({41, 42}),
)
DIMENSIONS = [dimension.id for dimension in VOCABULARY.dimensions]
ACTIVITIES = [activity.id for activity in VOCABULARY.activities]
PREFERENCES = sorted(VOCABULARY.preferences)
CONSTRAINTS = sorted(VOCABULARY.constraints)
# Ids that no vocabulary holds, such as those of a word that was taken out of use.
STRANGE = 999
WORDS = ("packa", "varor", "kök", "trädgård", "djur", "hund", "städa", "lager", "Ö", "x")


def drawn(*arguments, **keywords):
    """`given` in a size for every day, and without a clock: that of a busy machine proves nothing."""
    sized = settings(max_examples=50, deadline=None)
    return lambda test: sized(given(*arguments, **keywords)(test))


class Drawing:
    """Draws facts, each known with a probability of its own for the whole person or place."""

    def __init__(self, seed):
        self.random = Random(seed)
        self.known = self.random.choice((0.0, 0.3, 0.7, 1.0))

    def is_known(self):
        return self.random.random() < self.known

    def number(self, low, high):
        return self.random.randint(low, high) if self.is_known() else None

    def some(self, keys):
        return [key for key in keys if self.is_known()]

    def days(self):
        return frozenset(self.some(range(7))) if self.is_known() else None

    def votes(self, keys):
        return {key: self.random.randint(-2, 2) for key in self.some(keys)}

    def text(self):
        return " ".join(self.random.choices(WORDS, k=self.random.randint(0, 5)))

    def degrees(self, low, high):
        return self.random.uniform(low, high) if self.is_known() else None


def person_from(seed):
    draw = Drawing(seed)
    random = draw.random
    return Person(
        id=random.randint(1, 50),
        votes=draw.votes([*ACTIVITIES, STRANGE]),
        wish_text=draw.text(),
        capacities={
            key: Capacity(level=random.randint(0, 4), is_dated=draw.is_known())
            for key in draw.some(DIMENSIONS)
        },
        preferences=draw.votes(PREFERENCES),
        needs=frozenset(random.sample([*CONSTRAINTS, STRANGE], random.choice((0, 0, 1)))),
        weekly_minutes=draw.number(600, 2400),
        max_minutes_per_day=draw.number(120, 480),
        weekdays=draw.days(),
        earliest_start=draw.number(360, 600),
        latest_end=draw.number(800, 1200),
        max_travel_minutes=draw.number(30, 120),
        latitude=draw.degrees(58.0, 58.5),
        longitude=draw.degrees(15.0, 15.9),
        declined=frozenset(random.sample(range(1, 13), random.choice((0, 0, 1)))),
        seen={key: random.randint(0, 3) for key in draw.some(range(1, 13))},
    )


def place_from(seed):
    draw = Drawing(seed)
    random = draw.random
    return Place(
        id=random.randint(1, 12),
        employer_id=1,
        title=draw.text(),
        description=draw.text(),
        activities=tuple(random.choices([*ACTIVITIES, STRANGE], k=random.randint(0, 4))),
        demands={key: random.randint(0, 4) for key in draw.some([*DIMENSIONS, STRANGE])},
        preferences=draw.votes([*PREFERENCES, STRANGE]),
        constraints={key: random.random() < 0.7 for key in draw.some(CONSTRAINTS)},
        min_minutes_per_week=draw.number(60, 1200),
        max_minutes_per_week=draw.number(1200, 2400),
        minutes_per_day=draw.number(30, 300),
        weekdays=draw.days(),
        min_days=draw.number(0, 3),
        start_minute=draw.number(300, 700),
        end_minute=draw.number(700, 1300),
        places_left=random.choice((0, 1, 1, 2, 3)),
        is_live=random.random() < 0.9,
        latitude=draw.degrees(58.0, 58.5),
        longitude=draw.degrees(15.0, 15.9),
        adaptations=frozenset(draw.some([101, 102, 103, 104, STRANGE])),
        earlier_trials=random.randint(0, 5),
        employer_readiness=random.choice((0.0, 0.5, 1.0)),
    )


_seeds = st.integers(0, 2**32)
people = _seeds.map(person_from)
places = _seeds.map(place_from)
stocks = st.lists(_seeds, max_size=9).map(lambda seeds: [place_from(seed) for seed in seeds])


def make_place(place_id=1, **facts):
    return Place(id=place_id, employer_id=1, **facts)


def make_person(**facts):
    return Person(id=1, **facts)
