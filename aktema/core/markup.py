"""How values are written in templates: dates, hours and numbers as Swedish readers expect."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.sentences import sentences_in

NEAR: dict[int, Message] = {0: _l("idag"), -1: _l("igår"), 1: _l("i morgon")}


def day(value: date | None) -> str:
    """2026-03-09, the way dates are typed too."""
    return "" if value is None else value.isoformat()


def long_day(value: date | None) -> str:
    """måndag 9 mars 2026."""
    return "" if value is None else format_date(value, "EEEE d MMMM y")


def near_day(value: date | None) -> str:
    """idag, igår, i morgon, or måndag 9 mars (with the year where it is another one)."""
    if value is None:
        return ""
    today = clock.today()
    near = NEAR.get((value - today).days)
    if near is not None:
        return str(near)
    return format_date(value, "EEEE d MMMM" if value.year == today.year else "d MMMM y")


def moment(value: datetime | None) -> str:
    """2026-03-09 14:05 on the Swedish clock."""
    return "" if value is None else f"{clock.local(value):%Y-%m-%d %H:%M}"


def hours(minutes: int | None) -> str:
    """20 timmar, 20,5 timmar."""
    if minutes is None:
        return ""
    amount = format_decimal(round(minutes / 60, 2))
    return ngettext("%(amount)s timme", "%(amount)s timmar", 1 if minutes == 60 else 2, amount=amount)


def minute_of_day(minutes: int | None) -> str:
    """08:30."""
    return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"


# The first mark that is found names the browser: each of them claims to be the ones below it as well.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android")),
    *(("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
)


def device(agent: str) -> str:
    """Chrome på Windows, from what the browser says of itself; empty where it is unknown."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if not (browser and system):
        return browser or system
    return _("%(browser)s på %(system)s", browser=browser, system=system)


def breakable(address: str) -> Markup:
    """An e-mail address that a narrow screen breaks after its at sign, and not in the middle of a word."""
    return escape(address).replace("@", Markup("@<wbr>"))


def install(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for write in (day, long_day, near_day, moment, hours, minute_of_day, device, breakable):
        app.jinja_env.filters[write.__name__] = write
    app.jinja_env.filters["sentences"] = sentences_in
