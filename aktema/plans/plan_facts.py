"""What a plan knows beside its texts, told in usual words and in easy-read ones: who, when, how much, how far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, pgettext

from aktema.core.errors import Message
from aktema.core.markup import long_day, minute_of_day
from aktema.employers.texts import weekdays_text
from aktema.plans import easy_words
from aktema.plans.codes import Channel, PointAnswer
from aktema.plans.plan_codes import (
    PATTERN_LABELS,
    SUPPORT_EASY,
    SUPPORT_LABELS,
    ConfirmedHow,
    PartHow,
    PartRole,
    PlanForm,
    WeekPattern,
)
from aktema.plans.rules.document import ActivityPart, Document, GoalPart, Participant, Pattern


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """Something the plan knows: told where it has lines."""

    key: str
    title: str
    lines: tuple[str, ...]
    times: tuple[int, ...] = ()


def _fact(key: str, title: Message, *lines: str, times: tuple[int, ...] = ()) -> Fact:
    return Fact(key=key, title=str(title), lines=tuple(line for line in lines if line), times=times)


def times_of(pattern: Pattern) -> tuple[int, ...]:
    """When it begins and ends, as far as that is set."""
    return tuple(minutes for minutes in (pattern.starts_at, pattern.ends_at) if minutes is not None)


class Voice:
    """How facts are told to those who read ordinary text."""

    about: Message = _l("Om planen")
    order: Message = _l("Det här bygger planen på")
    own: Message = _l("Personens egna ord")
    work: Message = _l("På väg mot arbete")
    people: Message = _l("Så gjordes planen")
    agreed: Message = _l("Så långt har planen kommit")

    def goal(self, number: int, area: str) -> str:
        return _("Mål %(number)s: %(area)s", number=number, area=area)

    def activity(self, number: int) -> str:
        return _("Aktivitet %(number)s", number=number)

    def facts_about(self, document: Document) -> Iterator[Fact]:
        yield _fact("about.unit", _("Enhet"), document.unit)
        yield _fact("about.coordinator", _("Koordinator"), document.coordinator)

    def facts_of_own_words(self, document: Document) -> Iterator[Fact]:
        if document.own_words_channel:
            label = Channel(document.own_words_channel).label
            yield _fact("own.channel", _("Så sa personen det"), str(label))

    def facts_of_work(self, document: Document) -> Iterator[Fact]:
        if document.has_work_part:
            answer = self._answer(document.work_wish)
            channel = str(Channel(document.work_wish_channel).label) if document.work_wish_channel else ""
            title = _("På frågan om personen vill arbeta")
            yield _fact("work.wish", title, " · ".join(filter(None, (answer, channel))))
            yield _fact("work.by", _("Nästa steg tas senast"), long_day(document.work_by))

    def _answer(self, wish: str) -> str:
        return str(PointAnswer(wish).label) if wish else _("Inget svar än")

    def facts_of_goal(self, goal: GoalPart) -> Iterator[Fact]:
        yield _fact(f"{goal.key}.target_date", _("Målet ska vara nått"), long_day(goal.target_date))

    def facts_of_activity(self, activity: ActivityPart) -> Iterator[Fact]:
        pattern, level = activity.pattern, activity.support_level
        yield _fact(f"{activity.key}.when", _("När"), self.when(pattern), times=times_of(pattern))
        if level is not None:
            yield _fact(f"{activity.key}.support", _("Stöd"), str(SUPPORT_LABELS[level]))
        if activity.is_toward_work:
            yield _fact(f"{activity.key}.toward_work", _("Arbete"), _("Ett steg på vägen mot arbete"))

    def when(self, pattern: Pattern) -> str:
        """Days, times, weeks and dates in one line."""
        parts = [
            weekdays_text(pattern.weekdays or None),
            "–".join(map(minute_of_day, times_of(pattern))),
            str(PATTERN_LABELS[WeekPattern(pattern.week_pattern)]).lower() if pattern.weekdays else "",
            _("från %(day)s", day=long_day(pattern.from_date)) if pattern.from_date else "",
            _("till %(day)s", day=long_day(pattern.to_date)) if pattern.to_date else "",
        ]
        return ", ".join(filter(None, parts))

    def facts_of_people(self, document: Document) -> Iterator[Fact]:
        lines = [self._took_part(one) for one in document.participants]
        yield _fact("people.took_part", _("Var med och gjorde planen"), *lines)

    def _took_part(self, one: Participant) -> str:
        who = " ".join(filter(None, (str(PartRole(one.role).label), one.name)))
        return f"{who}: {PartHow(one.how).label}"

    def facts_of_agreement(self, document: Document) -> Iterator[Fact]:
        yield _fact("agreed.confirmed", _("Godkännande"), *self._confirmed(document))
        yield _fact("agreed.fixed", _("Fastställd"), self._fixed(document.fixed_on))

    def _confirmed(self, document: Document) -> Iterator[str]:
        if document.confirmed_on is None:
            yield _("Ingen har godkänt planen än.")
            return
        is_own = document.confirmed_by == "person"
        who = _("Personen själv") if is_own else _("Företrädaren")
        yield f"{who}: {ConfirmedHow(document.confirmed_how).label}"
        yield long_day(document.confirmed_on)

    def _fixed(self, day: date | None) -> str:
        return long_day(day) or _("Det här är en arbetsversion. Den är inte fastställd.")


class EasyVoice(Voice):
    """How facts are told in easy-read, to the person whose plan it is."""

    about = lazy_pgettext("easy", "Här är du")
    order = lazy_pgettext("easy", "Ditt beslut")
    own = lazy_pgettext("easy", "Det här säger du")
    work = lazy_pgettext("easy", "På väg mot jobb")
    people = lazy_pgettext("easy", "De här har gjort planen")
    agreed = lazy_pgettext("easy", "Är planen klar?")

    def goal(self, number: int, area: str) -> str:
        return pgettext("easy", "Mål %(number)s. %(area)s", number=number, area=area)

    def activity(self, number: int) -> str:
        return pgettext("easy", "Uppgift %(number)s", number=number)

    def facts_about(self, document: Document) -> Iterator[Fact]:
        yield _fact("about.unit", pgettext("easy", "Din plats"), document.unit)
        yield _fact("about.coordinator", pgettext("easy", "Din koordinator"), document.coordinator)

    def facts_of_own_words(self, document: Document) -> Iterator[Fact]:
        if document.own_words_channel:
            said = easy_words.CHANNELS[Channel(document.own_words_channel)]
            yield _fact("own.channel", pgettext("easy", "Så sa du det"), str(said))

    def facts_of_work(self, document: Document) -> Iterator[Fact]:
        if not document.has_work_part:
            return
        channel = document.work_wish_channel
        said = str(easy_words.CHANNELS[Channel(channel)]) if channel else ""
        title = pgettext("easy", "Vill du ha ett arbete?")
        yield _fact("work.wish", title, self._answer(document.work_wish), said)
        if document.work_by:
            day = easy_words.easy_day(document.work_by)
            line = pgettext("easy", "Det ska vara klart %(day)s.", day=day)
            yield _fact("work.by", pgettext("easy", "När är nästa steg klart?"), line)

    def _answer(self, wish: str) -> str:
        return str(easy_words.WISHES[PointAnswer(wish)]) if wish else pgettext("easy", "Vi ska fråga dig.")

    def facts_of_goal(self, goal: GoalPart) -> Iterator[Fact]:
        if goal.target_date:
            day = easy_words.easy_day(goal.target_date)
            line = pgettext("easy", "Målet ska vara klart %(day)s.", day=day)
            yield _fact(f"{goal.key}.target_date", pgettext("easy", "När är målet klart?"), line)

    def facts_of_activity(self, activity: ActivityPart) -> Iterator[Fact]:
        pattern, level = activity.pattern, activity.support_level
        lines = easy_words.easy_pattern(pattern)
        yield _fact(f"{activity.key}.when", pgettext("easy", "När"), *lines, times=times_of(pattern))
        if level is not None:
            line = f"{SUPPORT_EASY[level]}."
            yield _fact(f"{activity.key}.support", pgettext("easy", "Hjälp"), line)
        if activity.is_toward_work:
            line = pgettext("easy", "Det här är ett steg mot jobb.")
            yield _fact(f"{activity.key}.toward_work", pgettext("easy", "Jobb"), line)

    def facts_of_people(self, document: Document) -> Iterator[Fact]:
        lines = map(easy_words.easy_participant, document.participants)
        yield _fact("people.took_part", pgettext("easy", "Så var vi med"), *lines)

    def facts_of_agreement(self, document: Document) -> Iterator[Fact]:
        yield _fact(
            "agreed.confirmed", pgettext("easy", "Vad tycker du om planen?"), *self._confirmed(document)
        )
        yield _fact("agreed.fixed", pgettext("easy", "Klar"), self._fixed(document.fixed_on))

    def _confirmed(self, document: Document) -> Iterator[str]:
        if document.confirmed_on is None:
            yield pgettext("easy", "Du ska få säga ja eller nej till planen.")
            return
        yield easy_words.easy_confirmation(document.confirmed_how, document.confirmed_by)
        yield pgettext("easy", "Det var %(day)s.", day=easy_words.easy_day(document.confirmed_on))

    def _fixed(self, day: date | None) -> str:
        if day is None:
            return pgettext("easy", "Vi jobbar med planen än.")
        return pgettext("easy", "Planen blev klar %(day)s.", day=easy_words.easy_day(day))


STANDARD, EASY = Voice(), EasyVoice()


def voice_of(form: PlanForm) -> Voice:
    """Usual words for the standard form, easy ones for the other two."""
    return STANDARD if form is PlanForm.STANDARD else EASY
