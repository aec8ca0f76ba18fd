"""The forms of a trial while it runs: how it goes, and whether it could be a job."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import AnyOf

from aktema.core.forms import BaseForm, ParagraphField, Required, choices
from aktema.pathway.check_in_codes import CheckInAnswer, JobAnswer
from aktema.pathway.trial_states import Party

LONGEST = 1000


class CheckInForm(BaseForm):
    """One of two buttons, and words for whoever has some. The buttons are the field: nothing hidden stands for it."""

    answer = RadioField(
        validators=[Required(_l("Välj ett svar."))],
        choices=choices((one.value, one.label) for one in CheckInAnswer),
    )
    words = ParagraphField(
        _l("Vill du skriva något till oss?"),
        longest=LONGEST,
        description=_l("Skriv inget om personens hälsa."),
    )

    @property
    def given(self) -> CheckInAnswer:
        """What was pressed; only after the form has been found valid."""
        return CheckInAnswer(str(self.answer.data))


class NotedCheckInForm(BaseForm):
    """What one side told a worker."""

    party = HiddenField(validators=[AnyOf([Party.PERSON.value, Party.EMPLOYER.value])])
    answer = HiddenField(validators=[AnyOf([one.value for one in CheckInAnswer])])


class JobQuestionForm(BaseForm):
    """What person, employer and coach came to."""

    answer = RadioField(
        _l("Kan platsen bli ett jobb?"),
        [Required(_l("Välj ett svar."))],
        choices=choices((one.value, one.label) for one in JobAnswer),
    )
    words = ParagraphField(
        _l("Vad sa ni?"),
        longest=LONGEST,
        description=_l("Vad personen ville, vad arbetsgivaren sa, och vad som händer nu."),
    )
