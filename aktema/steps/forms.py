"""The thirty-second form: what happened, one line, what comes next."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, ValidationError

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, LineField, Required, WholeNumberField, choices
from aktema.steps.codes import WRITTEN_BY_HAND, ContactType, Phase, StepPlace
from aktema.steps.operations import NextStepFacts, StepFacts

LONGEST_LINE = 500
USUAL_DAYS_AHEAD = 14
FRIDAY = 4


class StepForm(BaseForm):
    contact_type = RadioField(
        _l("Vad gjorde du?"),
        choices=choices((kind.value, kind.label) for kind in WRITTEN_BY_HAND),
        default=ContactType.TALK_WITH_PERSON.value,
    )
    line = LineField(
        _l("Vad hände? En rad räcker."),
        [Required(_l("Skriv en rad om vad som hände."))],
        longest=LONGEST_LINE,
    )
    minutes = WholeNumberField(
        _l("Hur många minuter?"), [Required()], most=1440, default=15, render_kw={"inputmode": "numeric"}
    )
    place = RadioField(
        _l("Var?"),
        choices=choices((place.value, place.label) for place in StepPlace),
        default=StepPlace.OFFICE.value,
    )
    was_reached = BooleanField(_l("Jag nådde den jag sökte"), default=True)
    happened_on = DateField(_l("Dag"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date
    phase = SelectField(
        _l("Hör till"),
        choices=choices(
            [("", _l("Bestäms av vad du gjorde")), *((phase.value, phase.label) for phase in Phase)]
        ),
    )
    own_line = LineField(_l("Personens egna ord om det"), longest=LONGEST_LINE)

    def facts(self) -> StepFacts:
        """The typed step; only after the form has been found valid."""
        return StepFacts(
            contact_type=ContactType(self.contact_type.data),
            happened_on=self.happened_on.data,
            minutes=self.minutes.data,
            place=StepPlace(self.place.data),
            line=str(self.line.data),
            own_line=self.own_line.data or "",
            was_reached=self.was_reached.data,
            phase=self.phase.data or "",
        )


class LogStepForm(StepForm):
    """A new step, with what comes next."""

    is_next_done = BooleanField(_l("Det som skulle göras är gjort"))
    next_line = LineField(
        _l("Nästa steg"), longest=LONGEST_LINE, description=_l("Till exempel: Ring bageriet om studiebesök.")
    )
    next_due_on = DateField(_l("Senast den"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if not self.is_submitted() and not self.next_due_on.data:
            self.next_due_on.data = _workday_from(clock.today() + timedelta(days=USUAL_DAYS_AHEAD))

    def validate_next_due_on(self, field: DateField) -> None:
        if self.next_line.data and field.data is None and not field.errors:
            raise ValidationError(_("Skriv vilken dag nästa steg ska vara gjort."))

    def next_step(self) -> NextStepFacts | None:
        """What comes next, or None where nothing was typed."""
        return (
            NextStepFacts(line=self.next_line.data, due_on=self.next_due_on.data)
            if self.next_line.data
            else None
        )


def _workday_from(day: date) -> date:
    """The day itself, or the Monday after it where it falls on a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > FRIDAY else 0)
