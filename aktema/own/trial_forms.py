"""What is sent from a person's own trial: the picture that was pressed."""

from wtforms import HiddenField
from wtforms.validators import AnyOf

from aktema.core.forms import BaseForm
from aktema.own.trial_words import ABSENCE_CHOICES, hour_choices
from aktema.pathway.check_in_codes import CheckInAnswer, DaySource, Presence
from aktema.pathway.trial_day_operations import DayMark
from aktema.pathway.trial_day_queries import TrialDay
from aktema.plans.codes import Absence


class OwnCheckInForm(BaseForm):
    answer = HiddenField(validators=[AnyOf([one.value for one in CheckInAnswer])])


class OwnDayForm(BaseForm):
    """How a day was, question by question: what is no answer is asked again."""

    presence = HiddenField(validators=[AnyOf([one.value for one in Presence])])
    minutes = HiddenField(default="")
    absence = HiddenField(default="")

    @property
    def asked(self) -> Presence:
        """What was pressed first; only after the form has been found valid."""
        return Presence(str(self.presence.data))

    def is_whole(self, day: TrialDay) -> bool:
        """Whether nothing more is to be asked."""
        if self.asked is Presence.PART:
            return self.minutes.data in {one.code for one in hour_choices(day.minutes)}
        return self.asked is Presence.PRESENT or self.absence.data in {one.code for one in ABSENCE_CHOICES}

    def mark(self, account_id: int) -> DayMark:
        """What was told; only when it is whole. `account_id` is the worker who answers for the row."""
        return DayMark(
            presence=self.asked,
            source=DaySource.PERSON,
            account_id=account_id,
            minutes=int(str(self.minutes.data)) if self.asked is Presence.PART else None,
            absence=Absence(str(self.absence.data)) if self.asked is Presence.ABSENT else None,
        )
