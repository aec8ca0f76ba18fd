"""How far a goal has come. The person's answer and the staff's stand side by side and are never made into one."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message


class GoalAnswer(StrEnum):
    """A level from 0 to 4, or one of the two answers that are no level."""

    NOT_BEGUN = "0"
    A_LITTLE = "1"
    HALFWAY = "2"
    ALMOST = "3"
    REACHED = "4"
    DID_NOT_WANT_TO_ANSWER = "did_not_want_to_answer"
    COULD_NOT_BE_ASKED = "could_not_be_asked"

    @property
    def label(self) -> Message:
        return ANSWER_LABELS[self]

    @property
    def staff_label(self) -> Message:
        """The same from the staff's side: nobody asks them, they judge."""
        return STAFF_LABELS.get(self, self.label)

    @property
    def level(self) -> int | None:
        return int(self.value) if self.value.isdigit() else None


ANSWER_LABELS: dict[GoalAnswer, Message] = {
    GoalAnswer.NOT_BEGUN: _l("Inte börjat än"),
    GoalAnswer.A_LITTLE: _l("Kommit en liten bit"),
    GoalAnswer.HALFWAY: _l("Halvvägs"),
    GoalAnswer.ALMOST: _l("Nästan framme"),
    GoalAnswer.REACHED: _l("Målet är nått"),
    GoalAnswer.DID_NOT_WANT_TO_ANSWER: _l("Ville inte svara"),
    GoalAnswer.COULD_NOT_BE_ASKED: _l("Gick inte att fråga"),
}
STAFF_LABELS: dict[GoalAnswer, Message] = {
    GoalAnswer.DID_NOT_WANT_TO_ANSWER: _l("Vill inte bedöma"),
    GoalAnswer.COULD_NOT_BE_ASKED: _l("Går inte att bedöma"),
}
EASY_QUESTION = lazy_pgettext("easy", "Hur går det med målet?")
"""The question in easy-read, to be said to the person as it stands."""
