"""Working days in the past, and decks that texts and names are drawn from."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Generic, TypeVar

from aktema.core.clock import STOCKHOLM

SEED = "Ekbacka"
CLOSED = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
"""Month and day of the public holidays that fall on the same date every year."""
SATURDAY = 5
OPENS, CLOSES = 8 * 60, 16 * 60

T = TypeVar("T")


def rng_for(*about: object) -> Random:
    """A generator of its own for each subject, so that a change to one leaves the others as they were."""
    return Random("/".join(map(str, (SEED, *about))))


def workday(day: date) -> date:
    """The day, or the nearest working day before it."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in CLOSED:
        day -= timedelta(days=1)
    return day


def next_workday(day: date) -> date:
    """The day, or the nearest working day after it."""
    while workday(day) != day:
        day += timedelta(days=1)
    return day


def moment(day: date, rng: Random) -> datetime:
    """Some time in the working hours of the day, in UTC."""
    minute = rng.randrange(OPENS, CLOSES)
    return at(day, time(minute // 60, minute % 60))


def at(day: date, hour: time) -> datetime:
    """The moment when Swedish clocks show the hour on the day, in UTC."""
    return datetime.combine(day, hour, STOCKHOLM).astimezone(UTC)


def spread(first: date, last: date, count: int, rng: Random) -> list[date]:
    """That many working days in order, about evenly far apart, from the first day to the last."""
    days = (last - first).days
    drawn = [
        first + timedelta(days=int(days * (place + rng.uniform(0.1, 0.9)) / count)) for place in range(count)
    ]
    return [workday(day) for day in drawn]


class Deck(Generic[T]):
    """Cards in random order; each is drawn once."""

    def __init__(self, cards: Iterable[T], rng: Random) -> None:
        self._cards = list(cards)
        rng.shuffle(self._cards)

    def draw(self) -> T | None:
        """The next card, or None when all are gone."""
        return self._cards.pop() if self._cards else None
