"""Times and places written as a person would say them. Unknown is an empty text."""

from collections.abc import Iterable
from datetime import date

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from stdnum.se import orgnr

from aktema.core.markup import minute_of_day
from aktema.employers.models import Workplace
from aktema.employers.queries import locality_name
from aktema.employers.rules import weekdays_of
from aktema.employers.words import WEEKDAYS

LEAST_RUN = 3  # from three days in a row, first and last are enough


def hours_range(least: int | None, most: int | None) -> str:
    """10–25, for where the unit is said once."""
    if least is None or most is None or least == most:
        known = most if least is None else least
        return "" if known is None else _hours(known)
    return f"{_hours(least)}–{_hours(most)}"


def hours_text(least: int | None, most: int | None) -> str:
    """10–25 timmar i veckan."""
    if least is None and most is None:
        return ""
    if least is None or most is None:
        return _("minst %(n)s timmar i veckan", n=_hours(least)) if most is None else _most(most)
    if least == most:
        return _("%(n)s timmar i veckan", n=_hours(least))
    return _("%(least)s–%(most)s timmar i veckan", least=_hours(least), most=_hours(most))


def _most(most: int) -> str:
    return _("högst %(n)s timmar i veckan", n=_hours(most))


def _hours(minutes: int | None) -> str:
    return format_decimal(round((minutes or 0) / 60, 2))


def weekdays_text(bits: int | None) -> str:
    """måndag–fredag, or måndag, onsdag."""
    days = weekdays_of(bits)
    names = [str(WEEKDAYS[day]).lower() for day in days]
    if len(days) >= LEAST_RUN and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def day_text(starts_at: int | None, ends_at: int | None) -> str:
    """08:00–16:00."""
    start, end = minute_of_day(starts_at), minute_of_day(ends_at)
    if start and end:
        return f"{start}–{end}"
    if start:
        return _("tidigast %(time)s", time=start)
    return _("senast %(time)s", time=end) if end else ""


def period_text(first: date | None, last: date | None) -> str:
    """2026-03-09–2026-06-12, or tills vidare."""
    if first and last:
        return _("%(first)s till %(last)s", first=first.isoformat(), last=last.isoformat())
    if first:
        return _("från %(first)s, tills vidare", first=first.isoformat())
    return _("till %(last)s", last=last.isoformat()) if last else _("tills vidare")


def places_text(places: int) -> str:
    """2 platser samtidigt."""
    return ngettext("%(num)s person i taget", "%(num)s personer samtidigt", places)


def towns_text(workplaces: Iterable[Workplace]) -> str:
    """The localities of the workplaces, each once."""
    return ", ".join(dict.fromkeys(name for one in workplaces if (name := locality_name(one.locality_id))))


def organisation_number_text(number: str | None) -> str:
    """556036-0793."""
    return orgnr.format(number) if number else ""
