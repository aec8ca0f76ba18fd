"""The forms of an agreement: what it says, the week it follows, and one week of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional

from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    DateField,
    ParagraphField,
    Required,
    TimeSpanField,
    WholeNumberField,
    choices,
)
from aktema.core.markup import hours
from aktema.employers.models import Contact
from aktema.pathway.agreement_operations import Content
from aktema.pathway.rules.kinds import LAWS, Part
from aktema.pathway.rules.schedule import DayTimes, Times, WeekTimes
from aktema.pathway.trial_codes import EDITING, AgreementChange, Insurance, TrialGoal
from aktema.pathway.trial_models import Agreement
from aktema.pathway.trial_states import TrialKind
from aktema.vocabulary.words import Adaptation

LONGEST = 2000
MOST_BREAK = 240
WORKING_WEEK = 5
DAY_HINT = _l("ÅÅÅÅ-MM-DD")


class ChangeForm(BaseForm):
    """What is changed, asked where somebody has been asked to sign what is there."""

    change = RadioField(_l("Vad ändrar du?"), [Optional()], choices=[])

    def __init__(self, *, is_sent: bool, **options: Any) -> None:
        super().__init__(**options)
        self.change.choices = choices((change.value, change.label) for change in EDITING)
        if not is_sent:
            del self.change

    @property
    def changed(self) -> AgreementChange | None:
        """What was said; None where nothing was asked, or answered."""
        said = self.change.data if "change" in self else ""
        return AgreementChange(said) if said else None


class AgreementForm(ChangeForm):
    """What is agreed, but for the days. Everything can wait; before it is signed the kind's own parts are needed."""

    tasks = ParagraphField(
        _l("Vad ska personen göra?"),
        longest=LONGEST,
        description=_l("Skriv som ni säger det på arbetsplatsen. Arbetsgivaren läser det."),
    )
    goal = RadioField(
        _l("Vad är målet?"),
        [Optional()],
        choices=choices((goal.value, goal.label) for goal in TrialGoal),
    )
    supervisor = SelectField(
        _l("Vem är handledare?"),
        choices=[],
        description=_l("Saknas någon? Lägg till kontakten hos arbetsgivaren."),
    )
    adaptations = SelectMultipleField(_l("Vilka anpassningar har ni kommit överens om?"), choices=[])
    more_adaptations = SelectMultipleField(_l("Fler anpassningar"), choices=[])
    support = ParagraphField(
        _l("Vem stöttar, och hur?"),
        longest=LONGEST,
        description=_l("Till exempel: Kim är med de tre första dagarna och ringer varje fredag."),
    )
    safety = ParagraphField(
        _l("Vad ska gås igenom så att det är säkert?"),
        longest=LONGEST,
        description=_l("Till exempel: utgångar, maskiner, skyddskläder, och vem som visar."),
    )
    safety_introduction_on = DateField(_l("När gås det igenom?"), description=DAY_HINT)
    insurance = RadioField(
        _l("Vilken försäkring gäller?"),
        [Optional()],
        choices=choices((one.value, one.label) for one in Insurance),
    )
    stop_rules = ParagraphField(
        _l("Vad gör ni när det inte fungerar?"),
        longest=LONGEST,
        description=_l("Hur personen säger stopp, vem som då gör vad, och vem ni ringer."),
    )
    has_return_right = BooleanField(_l("Platsen på daglig verksamhet finns kvar att komma tillbaka till"))
    easy = ParagraphField(
        _l("Det här läser personen och skriver under"),
        longest=LONGEST,
        description=_l("Korta meningar, ett besked i varje."),
    )

    def __init__(
        self,
        *,
        kind: TrialKind,
        contacts: Sequence[Contact],
        near: Sequence[tuple[Adaptation, Message]],
        others: Sequence[Adaptation],
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.contacts: Mapping[str, Contact] = {one.public_id: one for one in contacts}
        named = [(one.public_id, ", ".join(filter(None, (one.name, one.task)))) for one in contacts]
        self.supervisor.choices = choices([("", _("Ingen vald")), *named])
        self.adaptations.choices = choices((one.code, text) for one, text in near)
        self.more_adaptations.choices = choices((one.code, str(one)) for one in others)
        self.known = {one.code: one.id for one in (*(word for word, _text in near), *others)}
        law = LAWS[kind]
        for part in Part:
            if part.value in self and part not in law.required | law.optional:
                del self[part.value]
        if Part.STOP_RULES not in law.required:
            del self.has_return_right

    def content(self) -> Content:
        """What was typed; only after the form has been found valid."""
        goal, insurance = self._said("goal"), self._said("insurance")
        codes = [*(self.adaptations.data or ()), *(self.more_adaptations.data or ())]
        return Content(
            tasks=self._said("tasks"),
            goal=TrialGoal(goal) if goal else None,
            supervisor=self.contacts.get(self._said("supervisor")),
            support=self._said("support"),
            safety=self._said("safety"),
            safety_introduction_on=self._said("safety_introduction_on") or None,
            insurance=Insurance(insurance) if insurance else None,
            stop_rules=self._said("stop_rules"),
            has_return_right="has_return_right" not in self or self.has_return_right.data,
            easy=self._said("easy"),
            adaptation_ids=frozenset(self.known[code] for code in codes),
            change=self.changed,
        )

    def _said(self, name: str) -> Any:
        return (self[name].data or "") if name in self else ""


def told(agreement: Agreement, near: Collection[str]) -> dict[str, Any]:
    """What the agreement says, as its form shows it. `near`: the codes of adaptations that are shown first."""
    chosen = [one.adaptation.code for one in agreement.adaptations]
    return {
        **{name: getattr(agreement, name) or "" for name in ("tasks", "goal", "support", "safety")},
        **{name: getattr(agreement, name) or "" for name in ("insurance", "stop_rules", "easy")},
        "safety_introduction_on": agreement.safety_introduction_on,
        "has_return_right": agreement.has_return_right,
        "supervisor": agreement.supervisor.public_id if agreement.supervisor else "",
        "adaptations": [code for code in chosen if code in near],
        "more_adaptations": [code for code in chosen if code not in near],
    }


class WeekForm(ChangeForm):
    """The times of a week, one line a day; a day without times is off."""

    monday = TimeSpanField(_l("Måndag"), [Optional()])
    tuesday = TimeSpanField(_l("Tisdag"), [Optional()])
    wednesday = TimeSpanField(_l("Onsdag"), [Optional()])
    thursday = TimeSpanField(_l("Torsdag"), [Optional()])
    friday = TimeSpanField(_l("Fredag"), [Optional()])
    saturday = TimeSpanField(_l("Lördag"), [Optional()])
    sunday = TimeSpanField(_l("Söndag"), [Optional()])
    break_minutes = WholeNumberField(
        _l("Rast i minuter"), [Optional()], most=MOST_BREAK, description=_l("Räknas inte som tid på jobbet.")
    )
    same = BooleanField(_l("Samma tider på alla vardagar som den första"))

    def __init__(self, *, longest_day: int, **options: Any) -> None:
        super().__init__(**options)
        self.longest_day = longest_day

    def weekdays(self) -> list[Any]:
        """The fields of the days, Monday first."""
        return [self[name] for name in WEEKDAY_NAMES if name in self]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether each day is longer than its break, and no longer than the kind of trial lets it be."""
        return super().validate(extra_validators) and self._has_possible_days()

    def _has_possible_days(self) -> bool:
        written = [day for day in self.weekdays() if day.data]
        for day in written:
            day.errors = list(self._problems(_times(day.data, self._break)))
        return not any(day.errors for day in written)

    def _problems(self, times: Times) -> Iterator[str]:
        if not times.is_possible:
            yield _("Rasten är lika lång som dagen, eller längre.")
        elif times.length - times.break_minutes > self.longest_day:
            yield _("Så lång kan dagen inte vara. Högst %(hours)s, utan rast.", hours=hours(self.longest_day))

    @property
    def _break(self) -> int:
        return self.break_minutes.data or 0

    def week(self) -> WeekTimes:
        """The times by weekday; only after the form has been found valid."""
        told = {
            WEEKDAY_NAMES.index(day.name): _times(day.data, self._break)
            for day in self.weekdays()
            if day.data
        }
        if self.same.data and told:
            first = told[min(told)]
            return {**dict.fromkeys(range(WORKING_WEEK), first), **told}
        return told


WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _times(span: tuple[int, int], break_minutes: int) -> Times:
    return Times(starts_at=span[0], ends_at=span[1], break_minutes=break_minutes)


def shown_week(days: Sequence[DayTimes]) -> dict[str, Any]:
    """The days of one week as its form shows them."""
    spans = {WEEKDAY_NAMES[one.day.weekday()]: (one.times.starts_at, one.times.ends_at) for one in days}
    breaks = max((one.times.break_minutes for one in days), default=0)
    return {**spans, "break_minutes": breaks or None}


class ScheduleForm(WeekForm):
    """From when to when the trial is, and the week it follows from a day on."""

    from_date = DateField(_l("Första dagen"), [Required()], description=DAY_HINT)
    to_date = DateField(_l("Sista dagen"), [Required()], description=DAY_HINT)
    since = DateField(
        _l("Från vilken dag gäller veckan?"), description=_l("ÅÅÅÅ-MM-DD. Dagarna innan blir kvar som de är.")
    )


class OneWeekForm(WeekForm):
    """The times of one week, and where else they go."""

    copy_to = RadioField(
        _l("Gör likadant fler veckor?"),
        choices=choices(
            [
                ("", _l("Nej")),
                ("next", _l("Veckan efter")),
                ("rest", _l("Alla veckor efter, till sista dagen")),
            ]
        ),
        default="",
    )

    def leave_out(self, outside: Collection[date]) -> None:
        """Days of the week that lie outside the trial are not asked about."""
        for day in outside:
            del self[WEEKDAY_NAMES[day.weekday()]]
