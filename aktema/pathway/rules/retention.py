"""When somebody with a job is asked how it is: 1 week, 1, 3, 6, 12 and 24 months after the first day.

The moments are the founders' (domain.md §2 row 13). The newest that has come is owed until it is answered; one that
nobody answered before the next came is missed for good, and stays so in the figures.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from aktema.plans.rules.calendar import add_days, add_months

WEEK = 7
OPENS_BEFORE = timedelta(days=14)
FIRST_OPENS_BEFORE = timedelta(days=3)
"""A visit rarely falls on the very day: what is learnt shortly before counts for the moment."""
LATE_AFTER = timedelta(days=14)


class RetentionDue(StrEnum):
    WEEK_1 = "week_1"
    MONTH_1 = "month_1"
    MONTH_3 = "month_3"
    MONTH_6 = "month_6"
    MONTH_12 = "month_12"
    MONTH_24 = "month_24"


MONTHS: Mapping[RetentionDue, int] = {
    RetentionDue.MONTH_1: 1,
    RetentionDue.MONTH_3: 3,
    RetentionDue.MONTH_6: 6,
    RetentionDue.MONTH_12: 12,
    RetentionDue.MONTH_24: 24,
}
COUNTED = (RetentionDue.MONTH_3, RetentionDue.MONTH_6, RetentionDue.MONTH_12, RetentionDue.MONTH_24)
"""The moments at which it is counted who is still there."""


def due_on(from_date: date, due: RetentionDue) -> date:
    """The day of the moment for a job that began on the day."""
    if due is RetentionDue.WEEK_1:
        return add_days(from_date, WEEK)
    return add_months(from_date, MONTHS[due])


def opens_on(from_date: date, due: RetentionDue) -> date:
    """From when an answer counts for the moment."""
    before = FIRST_OPENS_BEFORE if due is RetentionDue.WEEK_1 else OPENS_BEFORE
    return due_on(from_date, due) - before


def current(from_date: date, to_date: date | None, today: date) -> RetentionDue | None:
    """The moment that can be answered today: the newest that has opened; None before the first, or after the end."""
    if to_date is not None and to_date < today:
        return None
    opened = [one for one in RetentionDue if opens_on(from_date, one) <= today]
    return opened[-1] if opened else None


def latest_start(due: RetentionDue, today: date) -> date:
    """The latest first day of a job whose moment has opened today.

    Months are of different length: several first days can have their moment on the same day.
    """
    before = FIRST_OPENS_BEFORE if due is RetentionDue.WEEK_1 else OPENS_BEFORE
    day = (
        add_days(today + before, -WEEK)
        if due is RetentionDue.WEEK_1
        else add_months(today + before, -MONTHS[due])
    )
    while opens_on(add_days(day, 1), due) <= today:
        day = add_days(day, 1)
    return day


def owed(
    from_date: date, to_date: date | None, answered: Collection[str], today: date
) -> RetentionDue | None:
    """The moment that somebody is to ask about now, or can soon; None where none is."""
    newest = current(from_date, to_date, today)
    return None if newest is None or newest in answered else newest


def is_late(from_date: date, due: RetentionDue, today: date) -> bool:
    return today > due_on(from_date, due) + LATE_AFTER


class Standing(StrEnum):
    """Whether somebody was still in the job at a moment."""

    STILL = "still"
    ENDED = "ended"
    NOT_ASKED = "not_asked"


def standing(
    from_date: date, to_date: date | None, still_at: Mapping[str, bool], due: RetentionDue, today: date
) -> Standing | None:
    """How it was at the moment; None where the moment has not come.

    A job that goes on past a later answer was there at the earlier one too. Without any answer nobody knows.
    """
    day = due_on(from_date, due)
    if day > today:
        return None
    if to_date is not None and to_date < day:
        return Standing.ENDED
    later = [one for one in RetentionDue if due_on(from_date, one) >= day]
    is_known = to_date is not None or any(still_at.get(one) for one in later)
    return Standing.STILL if is_known else Standing.NOT_ASKED


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """Of the jobs that began so long ago: how many are still there, have ended, and nobody has asked about."""

    due: RetentionDue
    still: int
    ended: int
    not_asked: int


def counted(due: RetentionDue, standings: Collection[Standing | None]) -> Count:
    """The standings at one moment, counted; what has not come yet counts nowhere."""
    found = list(standings)
    return Count(
        due=due,
        still=found.count(Standing.STILL),
        ended=found.count(Standing.ENDED),
        not_asked=found.count(Standing.NOT_ASKED),
    )
