"""How a workbook's numbers become text: what the cell shows matters, not how it is stored."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from aktema.core.tabular.archive import damaged

EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001  # a serial day number has no zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001  # as above; workbooks from old Macs

_LAST_SERIAL = 2_957_000  # in the year 9999, counted from either epoch
_LEAP_BUG = 60  # Excel believes that 1900-02-29, day 60, was a day
_EXACT_DIGITS = 15  # what Excel keeps and shows of a number
_LONGEST_NUMBER = 40  # characters as stored
_LONGEST_CODE = 255  # characters of a format code, Excel's own limit

# ECMA-376 part 1, 18.8.30: the built-in formats that mean dates and times in every language
BUILT_IN = {
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
    22: "yyyy-mm-dd h:mm",
}
_NOT_CODES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ZERO_FILLED = re.compile(r"0[0\- ]*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a cell's number format says of the number: a day, a time of day or duration, or zeros to fill."""

    has_day: bool = False
    has_time: bool = False
    zeros: str = ""

    @classmethod
    def parse(cls, code: str) -> "NumberFormat":
        """Read a format code such as yyyy-mm-dd, [h]:mm or 000000-0000."""
        if code == "General" or len(code) > _LONGEST_CODE:
            return cls()
        letters = set(_NOT_CODES.sub("", code.split(";")[0]).lower())
        has_time = bool(letters & set("hs"))
        has_day = bool(letters & set("yd")) or ("m" in letters and not has_time)
        return cls(has_day, has_time, code if _ZERO_FILLED.fullmatch(code) else "")


GENERAL = NumberFormat()


def unescaped(text: str) -> str:
    """Undo _xHHHH_, by which workbooks write characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def number_text(stored: str, number_format: NumberFormat, epoch: datetime) -> str:
    """Return a stored number as a date, a time, hours:minutes or a plain number, as its format says."""
    if number_format == GENERAL and stored.isdecimal() and stored[0] != "0" and len(stored) <= _EXACT_DIGITS:
        return stored
    value = float(stored) if len(stored) <= _LONGEST_NUMBER else math.nan
    if not math.isfinite(value):
        raise damaged()
    if 0 <= value < _LAST_SERIAL and (number_format.has_day or number_format.has_time):
        return _moment_text(value, number_format, epoch)
    return _plain_number(value, number_format.zeros)


def iso_text(stored: str) -> str:
    """Return an ISO 8601 cell as the same canonical text: midnight is left out, and seconds."""
    return re.sub(r":\d\d(\.\d+)?Z?$", "", stored.replace("T", " ", 1)).removesuffix(" 00:00")


def _moment_text(value: float, number_format: NumberFormat, epoch: datetime) -> str:
    minutes = round(value * 24 * 60)
    if not number_format.has_day:
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if epoch == EPOCH_1900 and 0 < value < _LEAP_BUG:
        minutes += 24 * 60
    moment = epoch + timedelta(minutes=minutes)
    has_time = number_format.has_time and (moment.hour or moment.minute)
    return f"{moment:%Y-%m-%d %H:%M}" if has_time else moment.date().isoformat()


def _plain_number(value: float, zeros: str) -> str:
    if value.is_integer() and abs(value) < 10**_EXACT_DIGITS:
        whole = int(value)
        return _filled(whole, zeros) if zeros and whole >= 0 else str(whole)
    return format(Decimal(f"{value:.{_EXACT_DIGITS}g}"), "f")


def _filled(value: int, zeros: str) -> str:
    """A number shown through zeros, as personal numbers (000000-0000) and postal codes (000 00) are."""
    places = zeros.count("0")
    digits = str(value).zfill(places)
    extra = len(digits) - places
    rest = iter(digits[extra:])
    return digits[:extra] + "".join(next(rest) if sign == "0" else sign for sign in zeros)
