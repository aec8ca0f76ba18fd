"""The Swedish calendar: working days, months that end on a day that exists, quarters.

Sources: lagen (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid, which counts months to
the day of the same number or the month's last, and lets Midsummer's Eve, Christmas Eve and New Year's Eve stand beside
Saturdays and red days. As in Swedish practice these three eves are therefore no working days here either.
"""

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

SATURDAY = 5
MONTHS = 12
NATIONAL_DAY_SINCE = 2005  # it took the place of Whit Monday
ONE_DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden = year % 19
    century, within = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    weekday = (32 + 2 * rest + 2 * (within // 4) - epact - within % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def free_days(year: int) -> frozenset[date]:
    """The red days of the year, and the three eves that count as such."""
    easter = easter_sunday(year)
    fixed = {(1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
    from_easter = {-2, 0, 1, 39, 49}  # Good Friday, Easter, Easter Monday, Ascension, Whit Sunday
    if year >= NATIONAL_DAY_SINCE:
        fixed.add((6, 6))
    else:
        from_easter.add(50)
    midsummer = _saturday_from(date(year, 6, 20))
    moving = {midsummer - ONE_DAY, midsummer, _saturday_from(date(year, 10, 31))}
    on_dates = {date(year, month, day) for month, day in fixed}
    return frozenset(on_dates | moving | {add_days(easter, days) for days in from_easter})


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def is_working_day(day: date) -> bool:
    """Monday to Friday, but for red days and the eves of Midsummer, Christmas and the New Year."""
    return day.weekday() < SATURDAY and day not in free_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that many after the day, which is not counted itself; with 0 the day as it is."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def add_days(day: date, days: int) -> date:
    """The day that many later, or earlier, within what a date can be."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last where it is shorter; never beyond the last date there is."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class Quarter(NamedTuple):
    """A quarter of a calendar year, numbered from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def code(self) -> str:
        """2026-4, as it stands in addresses."""
        return f"{self.year:04}-{self.number}"

    def before(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
