"""When somebody stays in day activity by routine: never tried at work for years, or ever since school."""

from datetime import date
from enum import StrEnum

from aktema.plans.rules.calendar import MONTHS, add_months

LONG_YEARS = 3
"""So many years without ever having tried work stand out."""
YOUNG_UNTIL = 30
"""The age until which the benefit for young people is given (aktivitetsersättning, 19-29 years)."""


class Sign(StrEnum):
    """Why somebody stands out."""

    YEARS_UNTRIED = "years_untried"
    SCHOOL_UNTRIED = "school_untried"
    NEVER_ASKED = "never_asked"


def whole_years(since: date, today: date) -> int:
    """How many whole years have passed; 0 for a day ahead."""
    return max(0, today.year - since.year - ((today.month, today.day) < (since.month, since.day)))


def long_ago(today: date) -> date:
    """The last day from which three years have passed."""
    return add_months(today, -LONG_YEARS * MONTHS)


def year_ago(today: date) -> date:
    """Who was asked on this day or later has been asked within a year."""
    return add_months(today, -MONTHS)


def signs(
    *, since: date, tried_on: date | None, asked_on: date | None, from_school: bool, age: int, today: date
) -> tuple[Sign, ...]:
    """Why the person stands out; nothing where work was tried and asked about."""
    found = {
        Sign.YEARS_UNTRIED: tried_on is None and since <= long_ago(today),
        Sign.SCHOOL_UNTRIED: tried_on is None and from_school and age < YOUNG_UNTIL,
        Sign.NEVER_ASKED: asked_on is None,
    }
    return tuple(sign for sign, is_shown in found.items() if is_shown)


def born_after(today: date) -> date:
    """Who was born later than this day has not turned thirty."""
    return add_months(today, -YOUNG_UNTIL * MONTHS)
