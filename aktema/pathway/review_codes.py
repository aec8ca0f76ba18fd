"""The words of reviews: who speaks, what is asked, what became of the adaptations.

A question is one matter with a wording for each voice, so that two voices can be laid side by side.
"""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message
from aktema.pathway.trial_codes import EndReason


class Voice(StrEnum):
    PERSON = "person"
    EMPLOYER = "employer"
    COACH = "coach"

    @property
    def label(self) -> Message:
        return VOICE_LABELS[self]


class Completion(StrEnum):
    COMPLETED = "completed"
    PARTLY = "partly"
    NEVER_STARTED = "never_started"

    @property
    def label(self) -> Message:
        return COMPLETION_LABELS[self]


class Question(StrEnum):
    """In the order they are asked."""

    JOY = "joy"
    TASKS = "tasks"
    PACE = "pace"
    COMPANY = "company"
    SUPPORT = "support"
    AGAIN = "again"

    @property
    def label(self) -> Message:
        """What it is about, for whoever compares."""
        return QUESTION_LABELS[self]

    @property
    def picture(self) -> str:
        """An OpenMoji code."""
        return PICTURES[self]


class ReviewedHow(StrEnum):
    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"
    LINK = "link"
    SIGNED_IN = "signed_in"
    BY_PHONE = "by_phone"
    IN_TALK = "in_talk"

    @property
    def label(self) -> Message:
        return HOW_LABELS[self]


class AdaptationEffect(StrEnum):
    """Whether an agreed adaptation closed its gap."""

    CLOSED = "closed"
    HELPED = "helped"
    NO_HELP = "no_help"
    NOT_USED = "not_used"

    @property
    def label(self) -> Message:
        return EFFECT_LABELS[self]


TAKEN_DOWN = (ReviewedHow.BY_PHONE, ReviewedHow.IN_TALK)
"""Said by the voice, written by the coach."""
EMPLOYER_QUESTIONS = tuple(question for question in Question if question is not Question.JOY)
"""Whether it was fun is the person's to say."""
EMPLOYER_REASONS = tuple(
    reason
    for reason in EndReason
    if reason not in (EndReason.HEALTH, EndReason.BENEFIT_RULES, EndReason.MISREGISTERED)
)
"""What an employer can know: illness and income are not asked of them."""
OWN_REASONS = (
    EndReason.WRONG_TASKS,
    EndReason.HIGH_PACE,
    EndReason.ENVIRONMENT,
    EndReason.RELATION,
    EndReason.TRAVEL,
    EndReason.HEALTH,
    EndReason.SUPPORT_MISSING,
    EndReason.PERSON_SAID_NO,
    EndReason.EMPLOYER_CHANGED,
    EndReason.OTHER,
)
"""What the person chooses among, with pictures, where it did not go to the end."""

VOICE_LABELS: dict[Voice, Message] = {
    Voice.PERSON: _l("Personen"),
    Voice.EMPLOYER: _l("Arbetsgivaren"),
    Voice.COACH: _l("Jobbcoachen"),
}
COMPLETION_LABELS: dict[Completion, Message] = {
    Completion.COMPLETED: _l("Hela tiden"),
    Completion.PARTLY: _l("En del av tiden"),
    Completion.NEVER_STARTED: _l("Kom aldrig i gång"),
}
QUESTION_LABELS: dict[Question, Message] = {
    Question.JOY: _l("Roligt"),
    Question.TASKS: _l("Uppgifterna"),
    Question.PACE: _l("Tempot"),
    Question.COMPANY: _l("De andra på jobbet"),
    Question.SUPPORT: _l("Stöd och anpassningar"),
    Question.AGAIN: _l("En gång till"),
}
OWN_WORDINGS: dict[Question, Message] = {
    Question.JOY: lazy_pgettext("easy", "Var det roligt?"),
    Question.TASKS: lazy_pgettext("easy", "Gick det bra med uppgifterna?"),
    Question.PACE: lazy_pgettext("easy", "Var farten bra för dig?"),
    Question.COMPANY: lazy_pgettext("easy", "Trivdes du med de andra?"),
    Question.SUPPORT: lazy_pgettext("easy", "Fick du den hjälp du behövde?"),
    Question.AGAIN: lazy_pgettext("easy", "Vill du jobba där igen?"),
}
STAFF_WORDINGS: dict[Question, Message] = {
    Question.JOY: _l("Var det roligt?"),
    Question.TASKS: _l("Gick uppgifterna bra?"),
    Question.PACE: _l("Fungerade tempot?"),
    Question.COMPANY: _l("Fungerade det med de andra på jobbet?"),
    Question.SUPPORT: _l("Räckte stödet och anpassningarna?"),
    Question.AGAIN: _l("Skulle ni ta emot personen igen?"),
}
"""The employer's, and the coach's but for the last."""
COACH_AGAIN = _l("Passar personen och arbetsplatsen ihop?")
PICTURES: dict[Question, str] = {
    Question.JOY: "1F603",
    Question.TASKS: "1F450",
    Question.PACE: "23F1",
    Question.COMPANY: "1F465",
    Question.SUPPORT: "1F64B",
    Question.AGAIN: "1F9F0",
}
LEVEL_LABELS: dict[int, Message] = {
    0: _l("Nej"),
    1: _l("Mest nej"),
    2: _l("Både och"),
    3: _l("Mest ja"),
    4: _l("Ja"),
}
HOW_LABELS: dict[ReviewedHow, Message] = {
    ReviewedHow.OWN_PAGE: _l("På Min sida"),
    ReviewedHow.LENT_SCREEN: _l("På Min sida, på personalens skärm"),
    ReviewedHow.LINK: _l("Med länk"),
    ReviewedHow.SIGNED_IN: _l("Inloggad"),
    ReviewedHow.BY_PHONE: _l("På telefon, nedskrivet av jobbcoachen"),
    ReviewedHow.IN_TALK: _l("I samtal, nedskrivet av jobbcoachen"),
}
EFFECT_LABELS: dict[AdaptationEffect, Message] = {
    AdaptationEffect.CLOSED: _l("Löste det"),
    AdaptationEffect.HELPED: _l("Hjälpte en del"),
    AdaptationEffect.NO_HELP: _l("Hjälpte inte"),
    AdaptationEffect.NOT_USED: _l("Användes inte"),
}
