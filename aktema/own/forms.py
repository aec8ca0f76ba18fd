"""What is sent from a participant's own pages: the button that was pressed, and words where somebody wants to write."""

from collections.abc import Mapping
from typing import cast

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField
from wtforms.validators import AnyOf, Regexp

from aktema.access.admin_forms import ADDRESS
from aktema.core.forms import BaseForm, LineField, ParagraphField, Required
from aktema.own.rules import Outcome
from aktema.own.words import WELLBEING_CHOICES
from aktema.pathway.codes import Answer
from aktema.plans.codes import WISH_ANSWERS
from aktema.plans.pulse_codes import Answer as PulseAnswer
from aktema.plans.pulse_codes import Question

NO_WORDS = lazy_pgettext("easy", "Skriv något först.")


class ChoiceForm(BaseForm):
    """One of two pictures, both or none."""

    first = HiddenField(default="")
    second = HiddenField(default="")
    outcome = HiddenField(validators=[AnyOf([one.value for one in Outcome])])


class JobAnswerForm(BaseForm):
    answer = HiddenField(validators=[AnyOf([one.value for one in Answer])])


class WorkWishForm(BaseForm):
    answer = HiddenField(validators=[AnyOf([one.value for one in WISH_ANSWERS])])


class WellbeingForm(BaseForm):
    """How it is at work: one of five faces."""

    wellbeing = HiddenField(validators=[AnyOf([one.code for one in WELLBEING_CHOICES])])

    def level(self) -> int:
        """0 to 4; only after the form has been found valid."""
        return int(str(self.wellbeing.data))


class PulseForm(BaseForm):
    """One field for each question that has been answered, named by its code; `stop` where the person ends it."""

    stop = HiddenField(default="")

    def answers(self) -> Mapping[Question, PulseAnswer]:
        """What was answered, by question; what is no answer was not answered."""
        sent = {one: self[one.value].data for one in Question}
        return {one: PulseAnswer(answer) for one, answer in sent.items() if answer in tuple(PulseAnswer)}


def pulse_form() -> PulseForm:
    """The form with its nine questions."""
    fields = {one.value: HiddenField(default="") for one in Question}
    return cast("type[PulseForm]", type("PulseForm", (PulseForm,), fields))()


class TalkForm(BaseForm):
    kind = HiddenField(default="")


class OwnWordsForm(BaseForm):
    words = ParagraphField(lazy_pgettext("easy", "Mina egna ord"), [Required(NO_WORDS)], longest=1000)


class LetInForm(BaseForm):
    """The address a representative will sign in with."""

    email = LineField(
        _l("E-postadress"),
        [Required(), Regexp(ADDRESS, message=_l("Skriv en hel adress, till exempel kim@kommunen.se."))],
        render_kw={"inputmode": "email", "autocomplete": "off"},
    )
