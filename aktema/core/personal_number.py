"""
Swedish personal numbers (personnummer) and coordination numbers (samordningsnummer).

Source of the rules: folkbokföringslagen (1991:481) 18 §, Skatteverket SKV 704 and SKV 707. A coordination
number adds 60 to the day. Where the birth date is not known, its month is 00, its day 60 or the two no real
date: the tax agency's own test numbers hold all three.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import gettext as _
from stdnum import luhn

Sex = Literal["woman", "man"]

_DASHES = str.maketrans("–—−‐‑", "-----")
_WRITTEN = re.compile(r"(1[89]|2\d)?(\d{6})([-+]?)(\d{4})", re.ASCII)
_TEMPORARY = re.compile(r"(\d{2})?\d{6}[-+]?[A-Z]\d{3}", re.ASCII | re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<!\d)(?:(?:19|20)\d{6}[-+]?|\d{6}[-+])\d{4}(?!\d)", re.ASCII)
_COORDINATION = 60


class PersonalNumberError(ValueError):
    """The text is no personal number; the message is one sentence: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number known to be valid; `digits` are its twelve digits, ÅÅÅÅMMDDNNNN."""

    digits: str

    @property
    def is_coordination(self) -> bool:
        """Whether it is a coordination number, given to people not registered in Sweden."""
        return int(self.digits[6:8]) >= _COORDINATION

    @property
    def birth_date(self) -> date | None:
        """The birth date; None for a coordination number of someone whose birth date is not known."""
        year, month, day = int(self.digits[:4]), int(self.digits[4:6]), int(self.digits[6:8])
        try:
            return date(year, month, day % _COORDINATION)
        except ValueError:
            return None

    @property
    def sex(self) -> Sex:
        """The sex in the population register, told by the last digit but one."""
        return "man" if int(self.digits[-2]) % 2 else "woman"

    def formatted(self) -> str:
        """The number as people write it: ÅÅÅÅMMDD-NNNN."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    def masked(self) -> str:
        """The number as it may be shown: 19900101-****."""
        return f"{self.digits[:8]}-****"

    def __repr__(self) -> str:
        return f"PersonalNumber({self.masked()!r})"  # logs and error pages show objects


def parse_personal_number(text: str, today: date) -> PersonalNumber:
    """
    Return the number written with ten or twelve digits, with or without - or +.

    Ten digits mean the latest such year that is not after this year, or the one before it with a plus sign.
    Raises PersonalNumberError, a ValueError.
    """
    written = text.strip().translate(_DASHES)
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise _unreadable(written)
    century, six, sign, last = match.groups()
    digits = (century or _century(int(six[:2]), sign == "+", today)) + six + last
    number = PersonalNumber(digits)
    _check_date(number, today)
    if number.digits[8:11] == "000" or not luhn.is_valid(digits[2:]):
        raise PersonalNumberError(_("De fyra sista siffrorna i personnumret stämmer inte. Kontrollera dem."))
    return number


def holds_personal_number(text: str, today: date) -> bool:
    """Whether a valid number stands in the text; ten digits in a row may be a telephone number and are none."""
    return any(_is_valid(found[0], today) for found in _IN_TEXT.finditer(text.translate(_DASHES)))


def _is_valid(written: str, today: date) -> bool:
    try:
        parse_personal_number(written, today)
    except PersonalNumberError:
        return False
    return True


def _century(year: int, is_over_hundred: bool, today: date) -> str:
    latest = today.year - 100 if is_over_hundred else today.year
    return str((latest - (latest - year) % 100) // 100)


def _check_date(number: PersonalNumber, today: date) -> None:
    born, month, day = number.birth_date, int(number.digits[4:6]), int(number.digits[6:8])
    if born is None and not (month <= 12 and _COORDINATION <= day <= _COORDINATION + 31):
        raise PersonalNumberError(_("Personnumret har ett datum som inte finns. Kontrollera siffrorna."))
    if int(number.digits[:4]) > today.year or (born is not None and born > today):
        raise PersonalNumberError(_("Personnumret har ett födelsedatum i framtiden. Kontrollera siffrorna."))


def _unreadable(written: str) -> PersonalNumberError:
    if _TEMPORARY.fullmatch(written):
        return PersonalNumberError(
            _("Ett tillfälligt nummer med bokstav kan inte användas. Lämna fältet tomt.")
        )
    if re.fullmatch(r"[\d+-]+", written) and sum(map(str.isdigit, written)) not in (10, 12):
        return PersonalNumberError(
            _("Ett personnummer har 10 eller 12 siffror. Kontrollera hur många du skrev.")
        )
    return PersonalNumberError(_("Skriv personnumret som ÅÅÅÅMMDD-NNNN."))
