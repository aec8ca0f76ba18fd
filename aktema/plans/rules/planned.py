"""How long a plan says that somebody is there: minutes of its activities, those at the same time counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from aktema.plans.rules.document import Pattern


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedDay:
    """A day with the patterns of the plans in force on it.

    `left` is how many minutes a week an interruption leaves; None where there is none.
    """

    day: date
    patterns: Sequence[Pattern]
    left: int | None = None


def has_times(patterns: Iterable[Pattern]) -> bool:
    """Whether any of them says both on which weekdays and from when to when."""
    return any(one.weekdays and one.starts_at is not None and one.ends_at is not None for one in patterns)


def minutes_on(patterns: Iterable[Pattern], day: date) -> int:
    """The minutes of the day in which something is done. What has no times has no minutes."""
    spans = sorted(
        (one.starts_at, one.ends_at)
        for one in patterns
        if one.falls_on(day) and one.starts_at is not None and one.ends_at is not None
    )
    total = reached = 0
    for start, end in spans:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def minutes_of_week(days: Sequence[PlannedDay]) -> int:
    """The minutes of the days on which support is given; no more than is left where every day is interrupted."""
    total = sum(minutes_on(one.patterns, one.day) for one in days if one.left != 0)
    left = [one.left for one in days if one.left is not None]
    return min(total, max(left)) if left and len(left) == len(days) else total
