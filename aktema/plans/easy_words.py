"""Facts of a plan in easy-read words, said to the person: who was there, when, how far the plan has come."""

from datetime import date

from flask_babel import format_date, lazy_pgettext, pgettext

from aktema.core.errors import Message
from aktema.plans.codes import Channel, PointAnswer
from aktema.plans.plan_codes import ConfirmedHow, PartHow, PartRole, WeekPattern
from aktema.plans.rules.document import Participant, Pattern

WORKDAYS, ALL_DAYS = 0b0011111, 0b1111111

DAYS: tuple[Message, ...] = (
    lazy_pgettext("easy", "måndagar"),
    lazy_pgettext("easy", "tisdagar"),
    lazy_pgettext("easy", "onsdagar"),
    lazy_pgettext("easy", "torsdagar"),
    lazy_pgettext("easy", "fredagar"),
    lazy_pgettext("easy", "lördagar"),
    lazy_pgettext("easy", "söndagar"),
)
WEEKS: dict[str, Message] = {
    WeekPattern.ODD: lazy_pgettext("easy", "Du gör det varannan vecka. Det är veckor med udda nummer."),
    WeekPattern.EVEN: lazy_pgettext("easy", "Du gör det varannan vecka. Det är veckor med jämna nummer."),
}
ROLES: dict[PartRole, Message] = {
    PartRole.PERSON: lazy_pgettext("easy", "Du"),
    PartRole.GUARDIAN: lazy_pgettext("easy", "Den som talar för dig"),
    PartRole.RELATIVE: lazy_pgettext("easy", "Någon i din familj"),
    PartRole.COORDINATOR: lazy_pgettext("easy", "Din koordinator"),
    PartRole.JOB_COACH: lazy_pgettext("easy", "Din jobbcoach"),
    PartRole.HANDLER: lazy_pgettext("easy", "Din handläggare"),
    PartRole.STAFF: lazy_pgettext("easy", "Någon i personalen"),
    PartRole.OTHER: lazy_pgettext("easy", "En annan person"),
}
TOOK_PART: dict[PartHow, Message] = {
    PartHow.MET: lazy_pgettext("easy", "%(who)s var med på mötet."),
    PartHow.PHONE: lazy_pgettext("easy", "%(who)s var med på telefon."),
    PartHow.WRITING: lazy_pgettext("easy", "%(who)s skrev."),
    PartHow.PICTURES: lazy_pgettext("easy", "%(who)s visade med bilder."),
    PartHow.SIGNS: lazy_pgettext("easy", "%(who)s visade med tecken."),
    PartHow.THROUGH_OTHERS: lazy_pgettext("easy", "%(who)s fick hjälp att berätta."),
    PartHow.DID_NOT_WANT: lazy_pgettext("easy", "%(who)s sa nej till att vara med."),
}
CONFIRMED: dict[ConfirmedHow, Message] = {
    ConfirmedHow.SIGNATURE: lazy_pgettext("easy", "%(who)s skrev under planen."),
    ConfirmedHow.SPOKEN: lazy_pgettext("easy", "%(who)s sa ja till planen."),
    ConfirmedHow.PICTURES: lazy_pgettext("easy", "%(who)s visade ja med bilder."),
    ConfirmedHow.OWN_PAGE: lazy_pgettext("easy", "%(who)s sa ja på Min sida."),
    ConfirmedHow.LENT_SCREEN: lazy_pgettext("easy", "%(who)s sa ja på Min sida."),
    ConfirmedHow.NOT_POSSIBLE: lazy_pgettext("easy", "%(who)s fick frågan. Svaret saknas."),
    ConfirmedHow.DID_NOT_WANT: lazy_pgettext("easy", "%(who)s sa nej till planen."),
}
WISHES: dict[PointAnswer, Message] = {
    PointAnswer.YES: lazy_pgettext("easy", "Du svarade ja."),
    PointAnswer.MAYBE: lazy_pgettext("easy", "Du svarade kanske."),
    PointAnswer.NO: lazy_pgettext("easy", "Du svarade nej."),
    PointAnswer.DOES_NOT_KNOW_YET: lazy_pgettext("easy", "Du är osäker än."),
    PointAnswer.DID_NOT_WANT_TO_ANSWER: lazy_pgettext("easy", "Du ville slippa svara."),
    PointAnswer.COULD_NOT_BE_ASKED: lazy_pgettext("easy", "Vi ska fråga dig en annan gång."),
}
CHANNELS: dict[Channel, Message] = {
    Channel.SPEECH: lazy_pgettext("easy", "Du sa det."),
    Channel.PICTURES: lazy_pgettext("easy", "Du visade med bilder."),
    Channel.SIGNS: lazy_pgettext("easy", "Du tecknade."),
    Channel.WRITING: lazy_pgettext("easy", "Du skrev det."),
    Channel.INTERPRETED: lazy_pgettext("easy", "Någon hjälpte dig att berätta."),
}


def easy_day(day: date) -> str:
    """måndag 9 mars 2026."""
    return format_date(day, "EEEE d MMMM y")


def easy_time(minutes: int) -> str:
    """Klockan 9, klockan 9.30."""
    hour, minute = divmod(minutes, 60)
    return pgettext("easy", "klockan %(time)s", time=f"{hour}.{minute:02}" if minute else str(hour))


def easy_times(starts_at: int | None, ends_at: int | None) -> str:
    """Klockan 9 till klockan 12; empty where no time is set."""
    times = [easy_time(minutes) for minutes in (starts_at, ends_at) if minutes is not None]
    if len(times) > 1:
        return pgettext("easy", "%(first)s till %(last)s", first=times[0], last=times[1])
    if starts_at is None and times:
        return pgettext("easy", "till %(last)s", last=times[0])
    return times[0] if times else ""


def easy_weekdays(bits: int) -> str:
    """på måndagar och onsdagar; varje dag; från måndag till fredag. Empty where no day is set."""
    if bits == ALL_DAYS:
        return pgettext("easy", "varje dag")
    if bits == WORKDAYS:
        return pgettext("easy", "från måndag till fredag")
    days = [str(DAYS[day]) for day in range(7) if bits & 1 << day]
    if not days:
        return ""
    first = ", ".join(days[:-1])
    both = pgettext("easy", "%(first)s och %(last)s", first=first, last=days[-1]) if first else days[-1]
    return pgettext("easy", "på %(days)s", days=both)


def easy_pattern(pattern: Pattern) -> tuple[str, ...]:
    """When something is done, one sentence for each thing; nothing where nothing is set."""
    said = (easy_weekdays(pattern.weekdays), easy_times(pattern.starts_at, pattern.ends_at))
    sentences = [f"{words[0].upper()}{words[1:]}." for words in said if words]
    weeks = WEEKS.get(pattern.week_pattern) if pattern.weekdays else None
    return (*sentences, *([str(weeks)] if weeks else []), *_dates(pattern))


def _dates(pattern: Pattern) -> tuple[str, ...]:
    said = []
    if pattern.from_date:
        said.append(pgettext("easy", "Du börjar %(day)s.", day=easy_day(pattern.from_date)))
    if pattern.to_date:
        said.append(pgettext("easy", "Sista dagen är %(day)s.", day=easy_day(pattern.to_date)))
    return tuple(said)


def easy_participant(one: Participant) -> str:
    """Din koordinator Kim Berg var med på mötet."""
    role = PartRole(one.role)
    said = str(TOOK_PART[PartHow(one.how)]) % {"who": _who(role, one.name)}
    if one.name and role is PartRole.GUARDIAN:
        return pgettext("easy", "%(name)s talar för dig. %(said)s", name=one.name, said=said)
    return said


def _who(role: PartRole, name: str) -> str:
    if not name or role is PartRole.PERSON:
        return str(ROLES[role])
    match role:
        case PartRole.OTHER | PartRole.GUARDIAN:
            return name
        case PartRole.STAFF:
            return pgettext("easy", "%(name)s i personalen", name=name)
        case PartRole.RELATIVE:
            return pgettext("easy", "%(name)s i din familj", name=name)
        case _:
            return f"{ROLES[role]} {name}"


def easy_confirmation(how: str, by: str) -> str:
    """Du sa ja till planen."""
    who = ROLES[PartRole.PERSON if by == "person" else PartRole.GUARDIAN]
    return str(CONFIRMED[ConfirmedHow(how)]) % {"who": who}
