"""The nine questions of the pulse, their five answers, and how much the worker believes in a job within a year.

The questions are our own wording of what BIP found to matter: wish, belief, aim, skill, company, strength, daily life,
help and say.
"""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message


class Question(StrEnum):
    """In the order they are asked: the wish first, the say last."""

    WISH = "wish"
    BELIEF = "belief"
    AIM = "aim"
    SKILL = "skill"
    COMPANY = "company"
    STRENGTH = "strength"
    MORNING = "morning"
    HELP = "help"
    SAY = "say"

    @property
    def label(self) -> Message:
        return QUESTION_LABELS[self]

    @property
    def picture(self) -> str:
        """An OpenMoji code."""
        return PICTURES[self]


class Answer(StrEnum):
    """From no to yes in five steps, each with a face; and the answer that is no step."""

    NO = "0"
    RATHER_NO = "1"
    BETWEEN = "2"
    RATHER_YES = "3"
    YES = "4"
    DID_NOT_WANT_TO_ANSWER = "did_not_want_to_answer"

    @property
    def label(self) -> Message:
        return ANSWER_LABELS[self]

    @property
    def level(self) -> int | None:
        return int(self.value) if self.value.isdigit() else None


class Belief(StrEnum):
    """Whether the person can have a job within a year, as the worker sees it. Words, never a probability."""

    NO = "0"
    HARDLY = "1"
    MAYBE = "2"
    PROBABLY = "3"
    YES = "4"

    @property
    def label(self) -> Message:
        return BELIEF_LABELS[self]


class PulseSource(StrEnum):
    """With whom the person answered."""

    TOGETHER = "together"
    OWN = "own"

    @property
    def label(self) -> Message:
        return SOURCE_LABELS[self]


QUESTION_LABELS: dict[Question, Message] = {
    Question.WISH: lazy_pgettext("easy", "Vill du ha ett jobb?"),
    Question.BELIEF: lazy_pgettext("easy", "Tror du att du kan få ett jobb?"),
    Question.AIM: lazy_pgettext("easy", "Vet du vad du vill jobba med?"),
    Question.SKILL: lazy_pgettext("easy", "Är du bra på dina uppgifter?"),
    Question.COMPANY: lazy_pgettext("easy", "Trivs du med de andra?"),
    Question.STRENGTH: lazy_pgettext("easy", "Orkar du hela dagen?"),
    Question.MORNING: lazy_pgettext("easy", "Går det bra på morgonen?"),
    Question.HELP: lazy_pgettext("easy", "Får du den hjälp du behöver?"),
    Question.SAY: lazy_pgettext("easy", "Får du vara med och bestämma?"),
}
PICTURES: dict[Question, str] = {
    Question.WISH: "1F9F0",
    Question.BELIEF: "1F331",
    Question.AIM: "1F9ED",
    Question.SKILL: "1F450",
    Question.COMPANY: "1F465",
    Question.STRENGTH: "1F50B",
    Question.MORNING: "23F0",
    Question.HELP: "1F64B",
    Question.SAY: "1F5E3",
}
ANSWER_LABELS: dict[Answer, Message] = {
    Answer.NO: lazy_pgettext("easy", "Nej"),
    Answer.RATHER_NO: lazy_pgettext("easy", "Mest nej"),
    Answer.BETWEEN: lazy_pgettext("easy", "Mitt emellan"),
    Answer.RATHER_YES: lazy_pgettext("easy", "Mest ja"),
    Answer.YES: lazy_pgettext("easy", "Ja"),
    Answer.DID_NOT_WANT_TO_ANSWER: lazy_pgettext("easy", "Vill slippa svara"),
}
FACES: dict[str, str] = {"0": "1F641", "1": "1F615", "2": "1F610", "3": "1F642", "4": "1F603"}
"""The OpenMoji code of each step's face."""
BELIEF_LABELS: dict[Belief, Message] = {
    Belief.NO: _l("Nej, inte inom ett år"),
    Belief.HARDLY: _l("Knappast"),
    Belief.MAYBE: _l("Kanske"),
    Belief.PROBABLY: _l("Troligen"),
    Belief.YES: _l("Ja"),
}
SOURCE_LABELS: dict[PulseSource, Message] = {
    PulseSource.TOGETHER: _l("Tillsammans med personal"),
    PulseSource.OWN: _l("På egen hand"),
}
