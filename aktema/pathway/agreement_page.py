"""What the pages of an agreement say: its parts, what another version changed, and its easy-read words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import force_locale, format_date, get_locale, ngettext, pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.core.markup import hours, long_day
from aktema.core.swedish import LANGUAGE
from aktema.pathway.agreement_words import easy_days, tells
from aktema.pathway.rules.kinds import Part
from aktema.pathway.rules.schedule import DayTimes, Times, lay_out, weeks_of
from aktema.pathway.trial_codes import AgreementChange, EndReason, ExtendReason, Insurance, TrialGoal
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import days_of, missing_parties

PART_LABELS: Mapping[Part, Message] = {
    Part.FROM_DATE: _l("Första dagen"),
    Part.TO_DATE: _l("Sista dagen"),
    Part.DAYS: _l("Dagar och tider"),
    Part.TASKS: _l("Uppgifter"),
    Part.GOAL: _l("Mål"),
    Part.SUPERVISOR: _l("Handledare"),
    Part.SUPPORT: _l("Stöd"),
    Part.SAFETY: _l("Säkerhet"),
    Part.SAFETY_INTRODUCTION_ON: _l("Dag för säkerheten"),
    Part.INSURANCE: _l("Försäkring"),
    Part.STOP_RULES: _l("När det inte fungerar"),
    Part.EASY: _l("Texten som personen läser"),
}
MOST_DAYS_TOLD = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing that one version says and the other doesn't."""

    label: Message
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionRow:
    """A version, what it was there for, and what it changed."""

    agreement: Agreement
    title: Message
    lead: Message
    is_signed: bool
    differences: Sequence[Difference]


def lines_of(agreement: Agreement) -> Sequence[tuple[Message, str]]:
    """What the version says, label by label; what it leaves out is left out here."""
    told = (
        (_("Från och till"), period_words(agreement)),
        (_("Dagar och tider"), habit_words(days_of(agreement))),
        (_("Tid sammanlagt"), _total(days_of(agreement))),
        (_("Uppgifter"), agreement.tasks or ""),
        (_("Mål"), str(TrialGoal(agreement.goal).label) if agreement.goal else ""),
        (_("Handledare"), agreement.supervisor.name if agreement.supervisor else ""),
        (_("Anpassningar"), ", ".join(adaptation_words(agreement))),
        (_("Stöd"), agreement.support or ""),
        (_("Säkerhet"), agreement.safety or ""),
        (_("Gås igenom"), long_day(agreement.safety_introduction_on)),
        (_("Försäkring"), str(Insurance(agreement.insurance).label) if agreement.insurance else ""),
        (_("När det inte fungerar"), agreement.stop_rules or ""),
        (_("Daglig verksamhet"), _return_words(agreement)),
    )
    return [(label, text) for label, text in told if text]


def staff_lines(agreement: Agreement) -> Sequence[tuple[Message, str]]:
    """The same with what the person reads instead, as it stands."""
    own = [(PART_LABELS[Part.EASY], agreement.easy)] if agreement.easy else []
    return [*lines_of(agreement), *own]


def is_text_to_be_read_through(agreement: Agreement) -> bool:
    """Whether the person's text says the days in words of its own, which nothing holds to the version."""
    return bool(agreement.easy) and not tells(agreement.easy or "", easy_days(agreement))


def _return_words(agreement: Agreement) -> Message:
    return _("Platsen finns kvar") if agreement.has_return_right else _("Platsen finns inte kvar")


def _total(days: Sequence[DayTimes]) -> str:
    if not days:
        return ""
    count = ngettext("%(num)s dag", "%(num)s dagar", len(days))
    return _("%(hours)s på %(days)s", hours=hours(sum(one.minutes for one in days)), days=count)


def adaptation_words(agreement: Agreement) -> Sequence[str]:
    english = _is_english()
    return [one.adaptation.label_en if english else one.adaptation.label_sv for one in agreement.adaptations]


def period_words(agreement: Agreement) -> str:
    """The days of the version, as `days_words`."""
    return days_words(agreement.from_date, agreement.to_date)


def days_words(first: date | None, last: date | None) -> str:
    """From one day to another; one day where it is only one; empty where nothing is said."""
    if first is None or last is None:
        return ""
    if first == last:
        return long_day(first)
    beginning = format_date(first, "d MMMM" if first.year == last.year else "d MMMM y")
    return _("%(first)s till %(last)s", first=beginning, last=format_date(last, "d MMMM y"))


def habit_words(days: Sequence[DayTimes]) -> str:
    """The week that the days follow, in words; the usual one where they do not all follow the same."""
    weeks = weeks_of(days)
    if not weeks:
        return ""
    whole = {weekday: times for week in weeks for weekday, times in week.habit.items()}
    if lay_out(whole, days[0].day, days[-1].day) == tuple(days):
        return times_words(whole)
    habits = [week.habit for week in weeks]
    usual = max(habits, key=lambda habit: (habits.count(habit), len(habit)))
    return _("%(times)s, men inte alla veckor är lika", times=times_words(usual))


def times_words(habit: Mapping[int, Times]) -> str:
    """måndag–onsdag och fredag 09:00–12:00, lördag 10:00–14:00: days with the same times together."""
    groups: dict[Times, list[int]] = {}
    for weekday in sorted(habit):
        groups.setdefault(habit[weekday], []).append(weekday)
    return ", ".join(f"{_days_words(weekdays)} {span_words(times)}" for times, weekdays in groups.items())


def _days_words(weekdays: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return format_list([span for run in runs for span in _spans(run)], locale=get_locale() or LANGUAGE)


def _spans(run: Sequence[int]) -> Sequence[str]:
    """Three days or more in a row are said by the first and the last."""
    names = [weekday_names()[weekday] for weekday in run]
    return names if len(names) < 3 else [f"{names[0]}–{names[-1]}"]


def weekday_names() -> Mapping[int, str]:
    """The names of the days in the reader's language, 0 is Monday."""
    return get_day_names("wide", locale=get_locale() or LANGUAGE)


def span_words(times: Times) -> str:
    """09:00–12:00, with the break where there is one."""
    span = "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (times.starts_at, times.ends_at))
    if not times.break_minutes:
        return span
    return _("%(span)s med %(minutes)s minuters rast", span=span, minutes=times.break_minutes)


def _is_english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"


def differences(earlier: Agreement, later: Agreement) -> Sequence[Difference]:
    """What the later version says otherwise, in the order of the agreement."""
    before, after = dict(lines_of(earlier)), dict(lines_of(later))
    labels = [*before, *(label for label in after if label not in before)]
    found = [
        Difference(label=label, before=before.get(label, "–"), after=after.get(label, "–"))
        for label in labels
        if before.get(label) != after.get(label)
    ]
    return [*found, *_easy_difference(earlier, later), *_day_difference(days_of(earlier), days_of(later))]


def _easy_difference(earlier: Agreement, later: Agreement) -> Iterable[Difference]:
    if earlier.easy != later.easy:
        label = PART_LABELS[Part.EASY]
        yield Difference(label=label, before=earlier.easy or "–", after=later.easy or "–")


def _day_difference(earlier: Sequence[DayTimes], later: Sequence[DayTimes]) -> Iterable[Difference]:
    """Which days went, came, or got other times: told one by one where they are few."""
    before, after = ({one.day: one.times for one in days} for days in (earlier, later))
    changed = sorted(day for day in before.keys() | after.keys() if before.get(day) != after.get(day))
    for day in changed if len(changed) <= MOST_DAYS_TOLD else ():
        yield Difference(label=long_day(day), before=_on_day(before, day), after=_on_day(after, day))
    if len(changed) > MOST_DAYS_TOLD:
        yield Difference(
            label=ngettext("%(num)s dag är annorlunda", "%(num)s dagar är annorlunda", len(changed)),
            before=_of_those(earlier, changed),
            after=_of_those(later, changed),
        )


def _of_those(days: Sequence[DayTimes], changed: Collection[date]) -> str:
    return habit_words([one for one in days if one.day in changed]) or _("Ledig")


def _on_day(times: Mapping[date, Times], day: date) -> str:
    return span_words(times[day]) if day in times else _("Ledig")


def versions_of(trial: Trial) -> Sequence[VersionRow]:
    """The trial's versions, the newest first, each with what it changed in the one before."""
    pairs = zip([None, *trial.agreements], trial.agreements, strict=False)
    rows = [
        VersionRow(
            agreement=later,
            title=_("Version %(number)s", number=later.number),
            lead=change_words(later),
            is_signed=not missing_parties(later),
            differences=differences(earlier, later) if earlier else (),
        )
        for earlier, later in pairs
    ]
    return rows[::-1]


def change_words(agreement: Agreement) -> Message:
    """What the version was there for, and why where somebody said so."""
    if agreement.number == 1:
        return _("Den första överenskommelsen.")
    what = str(AgreementChange(agreement.change).label) if agreement.change else _("Ändrad")
    return ". ".join(filter(None, (what, _why(agreement), agreement.change_words)))


def _why(agreement: Agreement) -> str:
    if not agreement.change_reason:
        return ""
    reasons = ExtendReason if agreement.change == AgreementChange.EXTENDED else EndReason
    return str(reasons(agreement.change_reason).label)


@force_locale(LANGUAGE)
def easy_text(trial: Trial, agreement: Agreement) -> str:
    """A first wording of what the person reads, from what has been written; whoever writes it goes on from there."""
    lines = [pgettext("easy", "Du får prova ett jobb.")]
    lines.append(pgettext("easy", "Det är på %(place)s.", place=trial.placement.employer.name))
    lines += easy_days(agreement)
    if agreement.supervisor is not None:
        lines.append(pgettext("easy", "%(name)s hjälper dig där.", name=agreement.supervisor.name))
    lines.append(pgettext("easy", "Du kan säga stopp när du vill."))
    if agreement.has_return_right:
        lines.append(pgettext("easy", "Din plats på daglig verksamhet finns kvar."))
    return "\n".join(lines)
