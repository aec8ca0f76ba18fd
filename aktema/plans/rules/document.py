"""A plan as plain values: one structure, from which each form is made. Nothing here knows words of any language."""

from dataclasses import dataclass
from datetime import date

MOST_PICTURES = 3
"""Pictures in a row; more are not read as one statement (domain.md §3)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture and the word under it. `ref` is moji:<code>, symbol:<public id> or photo:<public id>."""

    ref: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One thing the plan says. Every form tells every statement that is not empty."""

    place: str
    """The key of the goal or activity; empty where it is about the plan."""
    field: str
    standard: str = ""
    easy: str = ""
    told: str = ""
    """The standard text as it was when the easy-read text was written."""
    pictures: tuple[Picture, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.standard or self.easy or self.pictures)

    @property
    def is_easy_old(self) -> bool:
        """Whether the easy-read text is older than what it tells."""
        return bool(self.easy) and self.told != self.standard


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """When something is done: weekdays as bits (1 = Monday), minutes after midnight, every, odd or even weeks."""

    weekdays: int = 0
    week_pattern: str = "every"
    starts_at: int | None = None
    ends_at: int | None = None
    from_date: date | None = None
    to_date: date | None = None

    def falls_on(self, day: date) -> bool:
        """Whether the activity is done on the day: weekday, week number (ISO 8601) and dates all fit."""
        is_odd = day.isocalendar().week % 2 == 1
        return (
            bool(self.weekdays & 1 << day.weekday())
            and (self.week_pattern == "every" or (self.week_pattern == "odd") == is_odd)
            and (self.from_date is None or self.from_date <= day)
            and (self.to_date is None or day <= self.to_date)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityPart:
    key: str
    statements: tuple[Statement, ...]
    pattern: Pattern
    support_level: int | None
    is_toward_work: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalPart:
    key: str
    life_area: str
    target_date: date | None
    statements: tuple[Statement, ...]
    activities: tuple[ActivityPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Participant:
    """Who took part, and how: codes, and a name where one was written."""

    role: str
    how: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A version of a plan with everything it says. `statements` are about the plan itself."""

    number: int
    person: str
    unit: str
    coordinator: str
    from_order: tuple[Statement, ...]
    """What the order says: the plan is built on it. Fields need, included and goals."""
    statements: tuple[Statement, ...]
    goals: tuple[GoalPart, ...]
    participants: tuple[Participant, ...]
    work_wish: str
    work_by: date | None
    has_work_part: bool
    confirmed_on: date | None
    confirmed_by: str
    confirmed_how: str
    fixed_on: date | None
    own_words_channel: str = ""
    """How the person said the own words, and gave the answer about work."""
    work_wish_channel: str = ""

    def all_statements(self) -> tuple[Statement, ...]:
        """Every statement that says something, in the order it is read."""
        found = [*self.from_order, *self.statements]
        for goal in self.goals:
            found += goal.statements
            for activity in goal.activities:
                found += activity.statements
        return tuple(one for one in found if not one.is_empty)
