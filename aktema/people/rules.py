"""What follows from what is known about a person: ages, whose vote counts, which rating counts, how full a profile is.

Pure: plain values in, plain values out; the day comes in as an argument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Protocol, TypeVar

FEBRUARY = 2
OWN = "own"
WEEK = range(7)


class AgeProblem(Enum):
    """Why a birth date does not fit the ages the municipality works with."""

    NOT_BORN = auto()
    TOO_YOUNG = auto()
    TOO_OLD = auto()


def age_on(birth_date: date, day: date) -> int:
    """Full years of age on the day; who is born on 29 February has the birthday on 1 March in other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


def find_age_problem(birth_date: date, day: date, *, youngest: int, oldest: int) -> AgeProblem | None:
    """What is wrong with the age on the day; both limits are included."""
    if birth_date > day:
        return AgeProblem.NOT_BORN
    age = age_on(birth_date, day)
    if age < youngest:
        return AgeProblem.TOO_YOUNG
    return AgeProblem.TOO_OLD if age > oldest else None


def is_near_birth_date(a: date, b: date) -> bool:
    """Whether two birth dates could be the same one mistyped: two parts agree, or day and month changed places."""
    agreeing = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    return agreeing >= 2 or (a.year == b.year and (a.month, a.day) == (b.day, b.month))


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Something said: `value` None takes an earlier word of the same source back; `order` breaks ties of one day."""

    value: int | None
    source: str
    said_on: date
    order: int


def newest_by_source(said: Iterable[Said]) -> dict[str, Said]:
    """The newest word of each source, taken-back ones too."""
    newest: dict[str, Said] = {}
    for word in sorted(said, key=lambda word: (word.said_on, word.order)):
        newest[word.source] = word
    return newest


def effective_vote(said: Iterable[Said]) -> Said | None:
    """The word that counts: the person's own newest before others', else the newest."""
    standing = {source: word for source, word in newest_by_source(said).items() if word.value is not None}
    if OWN in standing:
        return standing[OWN]
    return max(standing.values(), key=lambda word: (word.said_on, word.order), default=None)


def is_dated(said_on: date, day: date) -> bool:
    """Whether a rating is older than twelve months on the day (domain.md §4)."""
    last_day = date(
        said_on.year + 1, said_on.month, min(said_on.day, 28 if said_on.month == FEBRUARY else 31)
    )
    return last_day < day


class Rated(Protocol):
    """What is asked of a rating to tell whether it counts."""

    @property
    def level(self) -> int | None: ...

    @property
    def with_aids(self) -> bool: ...

    @property
    def is_dated(self) -> bool: ...


R = TypeVar("R", bound=Rated)


def counting_rating(newest: Iterable[R]) -> R:
    """Which counts of the newest ratings without and with aids: with aids, since aids come along to work.

    A known level goes before "not known yet", and one of the last twelve months before an older one.
    Raises ValueError where there is no rating.
    """
    return min(newest, key=lambda one: (one.level is None, one.is_dated, not one.with_aids))


def days_of_bits(bits: int) -> frozenset[int]:
    """The weekdays (0 is Monday) of a stored bit mask (1 is Monday, 64 Sunday)."""
    return frozenset(day for day in WEEK if bits & 1 << day)


def bits_of_days(days: Iterable[int]) -> int:
    """The stored bit mask of weekdays."""
    return sum(1 << day for day in set(days))


class Part(Enum):
    """The parts of a profile, in the order in which they are filled in."""

    INTERESTS = auto()
    CAPACITIES = auto()
    PREFERENCES = auto()
    NEEDS = auto()
    TIMES = auto()
    WISH = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class PartDone:
    """How far one part has come: `done` of `total` questions have an answer."""

    part: Part
    done: int
    total: int

    @property
    def is_begun(self) -> bool:
        return self.done > 0

    @property
    def is_done(self) -> bool:
        return self.done >= self.total


@dataclass(frozen=True, slots=True)
class Completeness:
    """How full a profile is; every part weighs the same."""

    parts: Sequence[PartDone]

    @property
    def share(self) -> float:
        """From 0, nothing, to 1, everything."""
        shares = [min(1.0, part.done / part.total) if part.total else 1.0 for part in self.parts]
        return sum(shares) / len(shares) if shares else 0.0

    @property
    def next_part(self) -> Part | None:
        """What to fill in next: the first part not begun, else the first not done."""
        waiting = [part for part in self.parts if not part.is_done]
        not_begun = [part for part in waiting if not part.is_begun]
        return next((part.part for part in (*not_begun, *waiting)), None)
