"""The forms of the pulse: nine questions with faces, and one about what the worker believes."""

from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, Required, choices
from aktema.plans.codes import Channel
from aktema.plans.pulse_codes import Answer, Belief, Question
from aktema.plans.pulse_operations import PulseFacts


class PulseForm(BaseForm):
    """One field for each question, named by its code; nobody has to answer all."""

    said_on = DateField(_l("Vilken dag?"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date
    channel = RadioField(
        _l("Hur gav personen sina svar?"),
        [InputRequired(_l("Välj hur personen svarade."))],
        choices=choices((one.value, one.label) for one in Channel),
    )

    def facts(self) -> PulseFacts:
        """What was answered; only after the form has been found valid."""
        return PulseFacts(
            said_on=cast("date", self.said_on.data),
            channel=Channel(self.channel.data),
            answers={one: Answer(self[one.value].data) for one in Question if self[one.value].data},
        )


def pulse_form(**options: Any) -> PulseForm:
    """The form with its nine questions."""
    answers = [(one.value, one.label) for one in Answer]
    fields = {one.value: RadioField(one.label, [Optional()], choices=choices(answers)) for one in Question}
    made = cast("type[PulseForm]", type("PulseForm", (PulseForm,), fields))
    return made(**options)


class BeliefForm(BaseForm):
    """What the worker believes, asked apart from the person."""

    belief = RadioField(
        _l("Tror du att personen kan ha ett jobb inom ett år?"),
        [InputRequired(_l("Välj det som stämmer bäst."))],
        choices=choices((one.value, one.label) for one in reversed(Belief)),
        description=_l("Svara på känsla. Svaret styr ingenting, men det går att följa hur det ändras."),
    )

    @property
    def chosen(self) -> Belief:
        return Belief(self.belief.data)


def question_about(name: str) -> str:
    """The worker's question with the person's name in it."""
    return _("Tror du att %(name)s kan ha ett jobb inom ett år?", name=name)
