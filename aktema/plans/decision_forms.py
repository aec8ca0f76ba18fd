"""The forms of decisions, their hours, ends and interruptions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from aktema.core import clock
from aktema.core.errors import Message
from aktema.core.forms import (
    BaseForm,
    DateField,
    HoursField,
    LineField,
    ParagraphField,
    Required,
    WholeNumberField,
    choices,
)
from aktema.plans.codes import DecisionEnd, HoursBasis, InterruptionReason, LawBasis, SupportMeasure
from aktema.plans.decision_operations import Hours, HoursChange, NewDecision, Pause, faults_of
from aktema.plans.models import Decision
from aktema.plans.rules.extents import day_after, newest

DATE_HINT = _l("ÅÅÅÅ-MM-DD")
CHOOSE = _l("Välj ett av svaren.")
MOST_HOURS = 168
DIGITS = {"inputmode": "numeric"}
GROUPS: tuple[tuple[str, Message], ...] = (
    ("", _l("Ingen, beslutet är enligt socialtjänstlagen")),
    ("1", _l("Personkrets 1: intellektuell funktionsnedsättning eller autism")),
    ("2", _l("Personkrets 2: hjärnskada i vuxen ålder")),
    ("3", _l("Personkrets 3: annan stor och varaktig funktionsnedsättning")),
)
"""LSS (1993:387) 1 § 1-3, in short."""
WHOLE, PARTLY = "whole", "partly"


class DecisionForm(BaseForm):
    """A decision as it was made."""

    support_measure = RadioField(
        _l("Insats"),
        [Required(CHOOSE)],
        choices=choices((one.value, one.label) for one in SupportMeasure),
        default=SupportMeasure.DAY_ACTIVITY.value,
    )
    law_basis = RadioField(
        _l("Enligt"),
        [Required(CHOOSE)],
        choices=choices((one.value, one.label) for one in LawBasis),
        default=LawBasis.LSS_9_10.value,
    )
    eligibility_group = RadioField(_l("Personkrets"), [Optional()], choices=choices(GROUPS), default="1")
    needs = ParagraphField(_l("Behov"), description=_l("Vad personen behöver stöd med, enligt utredningen."))
    wishes = ParagraphField(_l("Önskemål"), description=_l("Vad personen själv vill, helst med egna ord."))
    goals = ParagraphField(_l("Mål"), description=_l("Vad insatsen ska leda till. Ett mål per rad."))
    hours_basis = RadioField(
        _l("Tid"),
        [Required(CHOOSE)],
        choices=choices((one.value, one.label) for one in HoursBasis),
        default=HoursBasis.GRANTED.value,
        description=_l("Nya beslut har faktisk tid. Schablontid finns bara i äldre beslut."),
    )
    weekly_minutes = HoursField(
        _l("Beviljade timmar i veckan"),
        most_hours=MOST_HOURS,
        description=_l("Till exempel 20 eller 22,5. Lämna tomt bara när beslutet har schablontid."),
    )
    days_per_week = WholeNumberField(_l("Dagar i veckan"), least=1, most=7, render_kw=DIGITS)
    template_minutes = HoursField(
        _l("Schablontimmar i veckan"),
        most_hours=MOST_HOURS,
        description=_l("Bara när beslutet har schablontid och du vet hur många timmar den räknades som."),
    )
    from_date = DateField(_l("Från och med"), [Required()], description=DATE_HINT)
    to_date = DateField(_l("Till och med"), description=_l("Lämna tomt när beslutet gäller tills vidare."))
    decided_on = DateField(_l("Beslutat den"), [Required()], description=DATE_HINT)
    decision_maker = LineField(
        _l("Beslutsfattare"), [Required()], description=_l("Namn, eller nämnd och delegat.")
    )
    appeal_given_on = DateField(
        _l("Fick veta hur man överklagar den"), description=_l("Lämna tomt om det inte är gjort än.")
    )

    def __init__(self, *, is_successor: bool = False, **options: Any) -> None:
        """A decision that continues another has granted hours, so they are not chosen but asked for."""
        super().__init__(**options)
        if is_successor:
            del self.hours_basis
            del self.template_minutes
            self.weekly_minutes.validators = [Required()]
            self.weekly_minutes.flags.required = True
            self.weekly_minutes.description = _l("Till exempel 20 eller 22,5.")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Fields by themselves, then whether they go together."""
        if not super().validate(extra_validators):
            return False
        for fault in faults_of(self.facts):
            self.reject(fault)
        return not self.errors

    @property
    def facts(self) -> NewDecision:
        """What was typed; only after each field has been found valid."""
        group = self.eligibility_group.data
        return NewDecision(
            support_measure=SupportMeasure(self.support_measure.data),
            law_basis=LawBasis(self.law_basis.data),
            eligibility_group=int(group) if group else None,
            hours=self._hours,
            from_date=self.from_date.data,
            to_date=self.to_date.data,
            decided_on=self.decided_on.data,
            decision_maker=str(self.decision_maker.data),
            needs=self.needs.data or "",
            wishes=self.wishes.data or "",
            goals=self.goals.data or "",
            appeal_given_on=self.appeal_given_on.data,
        )

    @property
    def _hours(self) -> Hours:
        weekly, days = self.weekly_minutes.data, self.days_per_week.data
        if not self.hours_basis:
            return Hours(weekly_minutes=weekly, days_per_week=days)
        return Hours(
            basis=HoursBasis(self.hours_basis.data),
            weekly_minutes=weekly,
            days_per_week=days,
            template_minutes=self.template_minutes.data,
        )


def first_values(decision_maker: str) -> dict[str, Any]:
    """What a form for somebody's first decision holds."""
    return {"decided_on": clock.today(), "decision_maker": decision_maker}


def values_after(earlier: Decision, decision_maker: str) -> dict[str, Any]:
    """What a form for the decision that continues an earlier one holds."""
    extent = newest(earlier.extents)
    return {
        **first_values(decision_maker),
        "support_measure": earlier.support_measure,
        "law_basis": earlier.law_basis,
        "eligibility_group": str(earlier.eligibility_group or ""),
        "needs": earlier.needs,
        "wishes": earlier.wishes,
        "goals": earlier.goals,
        "weekly_minutes": extent.weekly_minutes,
        "days_per_week": extent.days_per_week,
        "from_date": day_after(earlier),
    }


class HoursForm(BaseForm):
    """Granted hours from a day on, and why."""

    weekly_minutes = HoursField(
        _l("Beviljade timmar i veckan"),
        [Required()],
        most_hours=MOST_HOURS,
        description=_l("Så många timmar som personen faktiskt får, till exempel 20 eller 22,5."),
    )
    days_per_week = WholeNumberField(_l("Dagar i veckan"), least=1, most=7, render_kw=DIGITS)
    from_date = DateField(_l("Från och med"), [Required()], description=DATE_HINT)
    reason = ParagraphField(
        _l("Varför?"),
        [Required()],
        description=_l("Till exempel: Personen orkar mer och vill vara med fyra dagar."),
    )

    @property
    def change(self) -> HoursChange:
        hours = Hours(weekly_minutes=self.weekly_minutes.data, days_per_week=self.days_per_week.data)
        return HoursChange(from_date=self.from_date.data, hours=hours, reason=str(self.reason.data))


class EndForm(BaseForm):
    """The last day, and why."""

    last_day = DateField(_l("Sista dagen"), [Required()], description=DATE_HINT)
    reason = RadioField(
        _l("Varför slutar det?"),
        [Required(CHOOSE)],
        choices=choices((one.value, one.label) for one in DecisionEnd),
    )

    @property
    def last(self) -> date:
        last: date = self.last_day.data
        return last


class InterruptionForm(BaseForm):
    """Days on which the support is not given, or not all of it."""

    from_date = DateField(_l("Från och med"), [Required()], description=DATE_HINT)
    to_date = DateField(_l("Till och med"), description=_l("Lämna tomt om du inte vet än."))
    share = RadioField(
        _l("Hur mycket uteblir?"),
        [Required(CHOOSE)],
        choices=choices([(WHOLE, _l("Allt")), (PARTLY, _l("En del"))]),
        default=WHOLE,
    )
    weekly_minutes_left = HoursField(
        _l("Timmar i veckan som blir kvar"),
        most_hours=MOST_HOURS,
        description=_l("Bara när en del uteblir."),
    )
    reason = SelectField(
        _l("Varför?"),
        [Required(CHOOSE)],
        choices=choices([("", _l("Välj")), *((one.value, one.label) for one in InterruptionReason)]),
    )

    def validate_weekly_minutes_left(self, field: HoursField) -> None:
        if self.share.data == PARTLY and not field.data and not field.errors:
            raise ValidationError(_("Fyll i hur många timmar som blir kvar."))
        if self.share.data == WHOLE and field.data:
            raise ValidationError(_("Lämna tomt när allt uteblir, eller välj En del."))

    @property
    def pause(self) -> Pause:
        return Pause(
            from_date=self.from_date.data,
            to_date=self.to_date.data,
            weekly_minutes_left=self.weekly_minutes_left.data or 0,
            reason=InterruptionReason(self.reason.data),
        )


class EndInterruptionForm(BaseForm):
    """The last day of an interruption."""

    last_day = DateField(
        _l("Sista dagen med avbrott"),
        [Required()],
        description=_l("Dagen innan stödet är igång som vanligt igen."),
    )

    @property
    def last(self) -> date:
        last: date = self.last_day.data
        return last
