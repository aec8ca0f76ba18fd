"""
Parsers of cells: from what people write to one typed value. All raise CellProblem; none sees an empty cell.

Those that need a limit or a choice are made by a call, such as `text(100)`; the others are used as they are.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import TypeVar

from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.se import orgnr

from aktema.core.errors import Message
from aktema.core.importing import CellProblem
from aktema.core.personal_number import PersonalNumberError, parse_personal_number
from aktema.core.swedish import fold, to_ascii

_DATE = re.compile(r"(\d{4})(-?)(\d{2})\2(\d{2})(?: \d{2}:\d{2})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_HOURS = re.compile(r"(\d{1,4})(?:[.,](\d{1,6})|:([0-5]\d))?", re.ASCII)
_HOUR_WORD = re.compile(r"\s*(?:h|tim|tim\.|timme|timmar)(?:/v\w*| per vecka| i veckan)?$", re.IGNORECASE)
_CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?(?::\d{2})?", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(?:\.[^\s@<>,;\".]+)+")
_PHONE = re.compile(r"(?:\+[1-9]|0[1-9])\d{5,13}", re.ASCII)
_MOBILE_WITHOUT_ZERO = re.compile(r"7\d{8}", re.ASCII)
_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3

_YES = frozenset({"ja", "j", "x", "1", "sant", "yes", "true"})
_NO = frozenset({"nej", "n", "0", "falskt", "no", "false"})
_DAYS = ("mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
_WORKDAYS, _ALL_DAYS = range(5), range(7)
_TO_DAY = re.compile(r"\s*[-–]\s*|\s+till?\s+")
_DAY_GROUPS = {
    "vardagar": _WORKDAYS,
    "alla vardagar": _WORKDAYS,
    "alla dagar": _ALL_DAYS,
    "varje dag": _ALL_DAYS,
}

T = TypeVar("T")
C = TypeVar("C", bound=str)


def text(longest: int) -> Callable[[str], str]:
    """A parser of text of at most so many characters."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise CellProblem(_("Texten är för lång. Skriv högst %(count)s tecken.", count=longest))
        return cell

    return parse


def day(cell: str) -> date:
    """A date written ÅÅÅÅ-MM-DD or ÅÅÅÅMMDD; a time of day after it, as Excel may add, is left out."""
    match = _DATE.fullmatch(cell)
    if match is None:
        raise CellProblem(_("Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-03-09."))
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError as error:
        raise CellProblem(_("Datumet finns inte i almanackan. Skriv ett annat.")) from error


def integer(smallest: int, largest: int) -> Callable[[str], int]:
    """A parser of whole numbers between two, both included."""

    def parse(cell: str) -> int:
        digits = cell.replace(" ", "")
        if _NUMBER.fullmatch(digits) and len(digits) < 20 and smallest <= int(digits) <= largest:
            return int(digits)
        raise CellProblem(
            _("Skriv ett heltal från %(least)s till %(most)s.", least=smallest, most=largest),
        )

    return parse


def choice(options: Mapping[str, T], also: Mapping[str, T] | None = None) -> Callable[[str], T]:
    """A parser of one of some words, written with any case, spaces and signs; gives the word's value.

    The words of `also` are understood too, but not named when something else is written.
    """
    by_word = {_bare(word): value for word, value in {**(also or {}), **options}.items()}
    words = ", ".join(options)

    def parse(cell: str) -> T:
        if _bare(cell) not in by_word:
            raise CellProblem(_("Skriv något av: %(words)s.", words=words))
        return by_word[_bare(cell)]

    return parse


def labelled(options: Mapping[C, Message]) -> Callable[[str], C]:
    """A parser of one of some labels, in Swedish or in the reader's language, or of the code that it stands for."""
    stored = {str(code): code for code in options}

    @cache
    def parsers(_locale: str) -> tuple[Mapping[str, C], Callable[[str], C]]:
        words = {str(label): code for code, label in options.items()}
        with force_locale("sv"):  # files come from Swedish systems, whatever language the reader has chosen
            swedish = {str(label): code for code, label in options.items()}
        return {**stored, **swedish, **words}, choice(words, also=swedish)

    def parse(cell: str) -> C:
        exact, loosely = parsers(str(get_locale()))  # labels are translated once, not for every cell
        return exact[cell] if cell in exact else loosely(cell)

    return parse


def yes_no(cell: str) -> bool:
    """Yes or no: ja, nej, j, n, x, 1, 0, sant, falskt."""
    word = fold(cell)
    if word not in _YES | _NO:
        raise CellProblem(_("Skriv ja eller nej."))
    return word in _YES


def hours(largest: int) -> Callable[[str], int]:
    """A parser of hours up to a limit, such as 20, 20,5, 20:30 or 20 timmar; gives whole minutes."""

    def parse(cell: str) -> int:
        match = _HOURS.fullmatch(_HOUR_WORD.sub("", cell))
        if match is None:
            raise CellProblem(_("Skriv antalet timmar, till exempel 20, 20,5 eller 20:30."))
        whole, decimals, minutes = match.groups()
        parted = int(minutes) if minutes else round(Decimal(f"0.{decimals or 0}") * 60)
        total = int(whole) * 60 + parted
        if total > largest * 60:
            raise CellProblem(_("Skriv högst %(count)s timmar.", count=largest))
        return total

    return parse


def clock_time(cell: str) -> time:
    """A time of day such as 8, 08:30, 8.30 or kl 8."""
    match = _CLOCK.fullmatch(cell)
    try:
        if match is not None:
            return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        pass
    raise CellProblem(_("Skriv klockslaget som 08:30."))


def weekdays(cell: str) -> tuple[int, ...]:
    """Days of the week, such as mån-fre, "mån, ons" or vardagar: numbers from 0, Monday, in order."""
    plain = to_ascii(cell.casefold()).strip()
    if plain in _DAY_GROUPS:
        return tuple(_DAY_GROUPS[plain])
    parts = [part for part in re.split(r"[,;/&+\s]+|\boch\b", _TO_DAY.sub("-", plain)) if part]
    found = {weekday for part in parts for weekday in _span(part)}
    if not found:
        raise _no_weekday()
    return tuple(sorted(found))


def personal_number(today: date) -> Callable[[str], str]:
    """A parser of personal and coordination numbers; gives twelve digits."""

    def parse(cell: str) -> str:
        try:
            return parse_personal_number(cell, today).digits
        except PersonalNumberError as error:
            raise CellProblem(str(error)) from error

    return parse


def organisation_number(cell: str) -> str:
    """An organisation number; gives ten digits, without the 16 that registers may put before them."""
    digits = orgnr.compact(cell)
    try:
        return str(orgnr.validate(digits[2:] if len(digits) == 12 and digits.startswith("16") else digits))
    except ValidationError as error:
        raise CellProblem(_("Organisationsnumret stämmer inte. Skriv det som 556036-0793.")) from error


def email(cell: str) -> str:
    """An e-mail address, as written."""
    if _EMAIL.fullmatch(cell) is None or len(cell) > _LONGEST_EMAIL:
        raise CellProblem(_("Skriv en e-postadress, till exempel namn@exempel.se."))
    return cell


def phone(cell: str) -> str:
    """A phone number; gives digits from the area code's 0, or from + and the country code."""
    number = re.sub(r"[\s()./–-]", "", cell.replace("(0)", "")).removeprefix("tel:")
    number = re.sub(r"^00", "+", number)
    if _MOBILE_WITHOUT_ZERO.fullmatch(number):  # spreadsheets take the number for a sum and drop the zero
        number = f"0{number}"
    if _PHONE.fullmatch(number) is None:
        raise CellProblem(_("Skriv numret med riktnummer eller landsnummer, till exempel 070-123 45 67."))
    return number


def _bare(word: str) -> str:
    return fold(word).replace(" ", "")


def _span(part: str) -> list[int]:
    """The days of "man", "mandagar" or "fre-man", which goes over the weekend."""
    first, _dash, last = part.partition("-")
    start = _weekday(first)
    return [(start + step) % 7 for step in range((_weekday(last or first) - start) % 7 + 1)]


def _weekday(name: str) -> int:
    stem = re.sub(r"(ar|arna|en)$", "", name.removesuffix("."))
    for number, full in enumerate(_DAYS):
        if len(stem) >= 2 and full.startswith(stem):
            return number
    raise _no_weekday()


def _no_weekday() -> CellProblem:
    return CellProblem(_("Skriv veckodagarna som mån-fre eller mån, ons."))
