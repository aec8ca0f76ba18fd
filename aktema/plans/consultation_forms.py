"""The forms of a consultation. They have no field for a condition, and say where such things are kept."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from aktema.core import clock
from aktema.core.forms import BaseForm, DateField, LineField, ParagraphField, Required, choices
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_operations import ConsultationFacts

LONGEST_ADVICE = 2000
NOT_HERE = _l(
    "Skriv bara hur ni gör i arbetet. Diagnoser, mediciner och vårdbesök hör hemma i vårdens journal, inte här."
)


class AdviceForm(BaseForm):
    """What came of it, in words that everybody at the workplace can use."""

    advice = ParagraphField(
        _l("Så gör vi: anpassning eller arbetssätt"),
        [Required()],
        longest=LONGEST_ADVICE,
        description=NOT_HERE,
    )
    answered_on = DateField(_l("Vilken dag fick ni svaret?"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date


class ConsultationForm(BaseForm):
    """Who was asked about what; the advice where it has come already."""

    area = RadioField(
        _l("Vad gäller frågan?"),
        [InputRequired(_l("Välj vad frågan gäller."))],
        choices=choices((one.value, one.label) for one in QuestionArea),
    )
    profession = RadioField(
        _l("Vem frågade ni?"),
        [InputRequired(_l("Välj vem ni frågade."))],
        choices=choices((one.value, one.label) for one in Profession),
    )
    asked = LineField(_l("Namn"), [Required()], longest=120)
    asked_on = DateField(_l("Vilken dag frågade ni?"), [Required()], default=clock.today)  # type: ignore[arg-type]  # the data of a date field is a date
    advice = ParagraphField(
        _l("Så gör vi: anpassning eller arbetssätt"), longest=LONGEST_ADVICE, description=NOT_HERE
    )
    answered_on = DateField(
        _l("Vilken dag fick ni svaret?"), description=_l("Lämna tomt om ni inte har fått något svar än.")
    )

    def facts(self) -> ConsultationFacts:
        """What was typed; only after the form has been found valid."""
        asked_on: Any = self.asked_on.data
        return ConsultationFacts(
            asked_on=asked_on,
            area=QuestionArea(self.area.data),
            profession=Profession(self.profession.data),
            asked=self.asked.data or "",
            answered_on=self.answered_on.data,
            advice=self.advice.data or "",
        )
