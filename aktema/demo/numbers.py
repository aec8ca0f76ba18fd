"""Numbers that look real and belong to nobody."""

from collections.abc import Iterator
from datetime import date

from stdnum import luhn

from aktema.core.personal_number import Sex

SERIES_FROM = date(1976, 1, 1)
SERIES_NUMBERS: dict[Sex, str] = {"woman": "238", "man": "239"}
_GAPS = """
    1976-01-01 1980-01-01 1989-12-20 1990-01-01 1990-01-02 1990-01-04 1990-01-05 1990-01-06 1990-01-08
    1990-01-09 1990-01-13 2000-12-18 2001-03-03 2001-11-04 2002-10-16 2002-12-27 2005-05-09 2007-09-11
    2007-12-28 2010-12-11 2011-12-30
"""
SERIES_GAPS = frozenset(date.fromisoformat(day) for day in _GAPS.split())
"""Days for which the series lacks the number of one sex or both."""

UNUSED_GROUP = "4999"
SERIAL_DIGITS = 5


def personal_number(birth_date: date, sex: Sex) -> str | None:
    """The twelve-digit test number of the date and sex, or None where the tax agency's series has none.

    Skatteverket's series of test numbers (testpersonnummer) holds, from 1976 on, the birth numbers 238 for
    women and 239 for men on every date but a few. For those born earlier it follows no rule.
    """
    if birth_date < SERIES_FROM or birth_date in SERIES_GAPS:
        return None
    digits = f"{birth_date:%Y%m%d}{SERIES_NUMBERS[sex]}"
    return digits + luhn.calc_check_digit(digits[2:])


def organisation_number(serial: int) -> str:
    """Ten digits that pass the check but can be no real organisation's.

    The first digit is the group of the legal form (SKV 709); none has been given the 4, so no authority has
    issued or will come to issue such a number, unlike an unused stretch of the companies' series 559.
    """
    digits = f"{UNUSED_GROUP}{serial:0{SERIAL_DIGITS}d}"
    return digits + luhn.calc_check_digit(digits)


def fictional_phones() -> Iterator[str]:
    """The numbers that the telecom authority PTS keeps for books and films, mobile ones first."""
    yield from (f"070-174 06 {last:02d}" for last in range(5, 100))
    yield from (f"031-390 06 {last:02d}" for last in range(100))
    yield from (f"08-465 004 {last:02d}" for last in range(100))
