"""What the person's text of an agreement says of the days, and how it follows when they change."""

from collections.abc import Collection, Sequence
from datetime import date

from flask_babel import force_locale, format_date, pgettext

from aktema.core.swedish import LANGUAGE
from aktema.pathway.trial_models import Agreement


@force_locale(LANGUAGE)
def easy_days(agreement: Agreement) -> list[str]:
    """The first day, the days of the week and the last day in easy words, of what has been written."""
    first, last, days = agreement.from_date, agreement.to_date, [one.day for one in agreement.days]
    lines = []
    if first is not None:
        lines.append(pgettext("easy", "Du börjar %(day)s.", day=_day(first)))
    if days:
        lines.append(pgettext("easy", "Du är där på %(days)s.", days=_weekdays(days)))
    if last is not None and last != first:
        lines.append(pgettext("easy", "Sista dagen är %(day)s.", day=_day(last)))
    return lines


def _day(day: date) -> str:
    return format_date(day, "EEEE d MMMM")


def _weekdays(days: Collection[date]) -> str:
    names = {day.weekday(): format_date(day, "EEEE") for day in days}
    return ", ".join(names[weekday] for weekday in sorted(names))


def retold(text: str, before: Sequence[str], after: Sequence[str]) -> str:
    """The text with its lines of the days told anew. One in which somebody has worded them otherwise stays as it is."""
    lines = text.splitlines()
    if not before or not tells(text, before):
        return text
    at = min(lines.index(one) for one in before)
    rest = [line for line in lines if line not in before]
    return "\n".join((*rest[:at], *after, *rest[at:]))


def tells(text: str, said: Sequence[str]) -> bool:
    """Whether all that is said stands in the text, each on a line of its own."""
    return set(said) <= set(text.splitlines())
