"""The forms of a question to an employer: whom to ask, what they answer, the visit, and how it ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.core.forms import (
    BaseForm,
    DateField,
    LineField,
    ParagraphField,
    Required,
    TimeOfDayField,
    choices,
)
from aktema.employers.models import Contact
from aktema.pathway.introduction_codes import BY_HAND, CloseReason, EmployerAnswer, EmployerReason
from aktema.pathway.introduction_operations import EmployerReply
from aktema.pathway.trial_codes import WHOSE_LABELS
from aktema.pathway.trial_states import Whose
from aktema.plans.rules.calendar import add_months

WAITS = (1, 3, 6)
"""The months after which an employer who says "not now" can be asked again by one tap."""
WORDS_LENGTH = 500


class SendForm(BaseForm):
    """Who at the employer is asked: those with an e-mail address."""

    contact = RadioField(_l("Vem ska få frågan?"), [InputRequired(_l("Välj vem som ska få frågan."))])

    def __init__(self, *, contacts: Sequence[Contact], **options: Any) -> None:
        super().__init__(**options)
        self.by_id = {one.public_id: one for one in contacts}
        self.contact.choices = choices((one.public_id, _contact_label(one)) for one in contacts)
        if not self.is_submitted() and len(contacts) == 1:
            self.contact.data = contacts[0].public_id

    @property
    def chosen(self) -> Contact:
        """Whoever was chosen; only after the form has been found valid."""
        return self.by_id[str(self.contact.data)]


def _contact_label(contact: Contact) -> str:
    return ", ".join(filter(None, (contact.name, contact.task, contact.email)))


class PressedAnswerForm(BaseForm):
    """An employer's answer by one press: the button says which, and how long or why where that is needed.

    `choice` holds an answer, or an answer with the months or the reason after a colon: not_now:3, no:no_time.
    """

    choice = LineField(_l("Svar"), [Required(_l("Tryck på ett av svaren."))], longest=40)
    is_for_all = BooleanField(_l("Fråga oss inte om någon annan heller innan dess"))
    words = ParagraphField(_l("Vill ni säga något mer?"), longest=WORDS_LENGTH)

    def reply(self) -> EmployerReply:
        """The answer. Raises DomainError where the button is none of the page's."""
        answer, _colon, rest = str(self.choice.data).partition(":")
        words = str(self.words.data or "")
        try:
            return EmployerReply(
                answer=EmployerAnswer(answer),
                not_before=_in_months(rest) if answer == EmployerAnswer.NOT_NOW else None,
                is_for_all=bool(self.is_for_all.data),
                reason=EmployerReason(rest) if answer == EmployerAnswer.NO else None,
                words=words,
            )
        except ValueError as error:
            raise DomainError(_("Tryck på ett av svaren."), "choice") from error


def _in_months(text: str) -> date:
    waits = {str(months): months for months in WAITS}
    if text not in waits:
        raise ValueError(text)
    return add_months(clock.today(), waits[text])


class EmployerAnswerForm(BaseForm):
    """What an employer answered on the telephone, or when somebody met them."""

    answer = RadioField(
        _l("Vad svarade arbetsgivaren?"),
        [InputRequired(_l("Välj vad de svarade."))],
        choices=choices((one.value, one.label) for one in EmployerAnswer),
    )
    not_before = DateField(_l("Fråga igen den"), description=_l("Bara när svaret är ”Inte nu”."))
    is_for_all = BooleanField(_l("De vill inte ha frågor om någon annan heller innan dess"))
    reason = SelectField(
        _l("Varför inte?"),
        description=_l("Bara när svaret är ”Nej”."),
        choices=choices([("", _l("Välj")), *((one.value, one.label) for one in EmployerReason)]),
    )
    words = ParagraphField(_l("Vad sa de?"), longest=WORDS_LENGTH)

    def reply(self) -> EmployerReply:
        """The typed answer; only after the form has been found valid."""
        answer = EmployerAnswer(self.answer.data)
        is_no = answer is EmployerAnswer.NO and self.reason.data
        return EmployerReply(
            answer=answer,
            not_before=self.not_before.data,
            is_for_all=bool(self.is_for_all.data),
            reason=EmployerReason(self.reason.data) if is_no else None,
            words=self.words.data or "",
        )


class VisitForm(BaseForm):
    visit_on = DateField(_l("Vilken dag?"), [Required()], description=_l("ÅÅÅÅ-MM-DD"))
    visit_at = TimeOfDayField(_l("Vilken tid?"))

    @property
    def day(self) -> date:
        """The typed day; only after the form has been found valid."""
        day: date = self.visit_on.data
        return day


class CloseForm(BaseForm):
    """Why the question ends, and whose doing it was: two answers, as a person is not to blame for an employer's."""

    closed_reason = RadioField(
        _l("Varför?"),
        [InputRequired(_l("Välj varför."))],
        choices=choices((one.value, one.label) for one in BY_HAND),
    )
    closed_by = RadioField(
        _l("Vems beslut var det?"),
        [InputRequired(_l("Välj vems beslut det var."))],
        choices=choices((one.value, WHOSE_LABELS[one]) for one in Whose),
    )

    @property
    def why(self) -> CloseReason:
        return CloseReason(str(self.closed_reason.data))

    @property
    def whose(self) -> Whose:
        return Whose(str(self.closed_by.data))
