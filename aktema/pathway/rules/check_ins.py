"""When both sides are asked how a trial goes: on its first day, and after one, two and four weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

OPEN_FOR = timedelta(days=14)
"""How long a check-in is asked for where none comes after it."""

EVERY = timedelta(weeks=4)


class CheckInDue(StrEnum):
    DAY_1 = "day_1"
    WEEK_1 = "week_1"
    WEEK_2 = "week_2"
    WEEK_4 = "week_4"


AFTER: Mapping[CheckInDue, timedelta] = {
    CheckInDue.DAY_1: timedelta(0),
    CheckInDue.WEEK_1: timedelta(weeks=1),
    CheckInDue.WEEK_2: timedelta(weeks=2),
    CheckInDue.WEEK_4: timedelta(weeks=4),
}


def due_days(from_date: date, to_date: date) -> Sequence[tuple[CheckInDue, date]]:
    """Which check-ins a trial has, each with its day: after the last day the review asks instead."""
    days = [(due, from_date + after) for due, after in AFTER.items()]
    return [(due, day) for due, day in days if day <= to_date]


def asked_now(from_date: date, to_date: date, today: date) -> CheckInDue | None:
    """The check-in that is asked for on the day: a later one takes the place of the one before."""
    if today > to_date:
        return None
    begun = [(due, day) for due, day in due_days(from_date, to_date) if day <= today]
    if not begun or today - begun[-1][1] >= OPEN_FOR:
        return None
    return begun[-1][0]


def letter_due(from_date: date, to_date: date, today: date) -> str | None:
    """What the employer gets a letter for on the day, as a code: a check-in; later, every four weeks, the days alone.

    A link lives for a month: so whoever writes up the days has one that opens as long as the trial lasts.
    """
    asked = asked_now(from_date, to_date, today)
    if asked is not None:
        return asked.value
    weeks = (today - from_date) // EVERY * (EVERY // timedelta(weeks=1))
    return (
        f"week_{weeks}"
        if today <= to_date and weeks > AFTER[CheckInDue.WEEK_4] // timedelta(weeks=1)
        else None
    )
