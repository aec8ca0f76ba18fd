"""The words of introductions."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.pathway.states import IntroductionState


class Answer(StrEnum):
    YES = "yes"
    LATER = "later"
    NO = "no"

    @property
    def label(self) -> Message:
        return ANSWER_LABELS[self]


class Channel(StrEnum):
    """How the person said it; the staff's guess is not an answer."""

    SPEECH = "speech"
    PICTURES = "pictures"
    SIGNS = "signs"
    WRITING = "writing"
    INTERPRETED = "interpreted"
    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"

    @property
    def label(self) -> Message:
        return CHANNEL_LABELS[self]


ON_OWN_PAGE = (Channel.OWN_PAGE, Channel.LENT_SCREEN)
HEARD = tuple(channel for channel in Channel if channel not in ON_OWN_PAGE)
"""The channels of an answer that somebody else writes down."""

ANSWER_LABELS: dict[Answer, Message] = {
    Answer.YES: _l("Ja, jag vill prova"),
    Answer.LATER: _l("Inte nu, fråga igen"),
    Answer.NO: _l("Nej"),
}
CHANNEL_LABELS: dict[Channel, Message] = {
    Channel.SPEECH: _l("Sa det"),
    Channel.PICTURES: _l("Visade med bilder"),
    Channel.SIGNS: _l("Tecknade"),
    Channel.WRITING: _l("Skrev det"),
    Channel.INTERPRETED: _l("Genom någon som tolkar"),
    Channel.OWN_PAGE: _l("På Min sida"),
    Channel.LENT_SCREEN: _l("På Min sida, på personalens skärm"),
}
STATE_LABELS: dict[IntroductionState, Message] = {
    IntroductionState.ASKED: _l("Frågan är ställd"),
    IntroductionState.LATER: _l("Inte nu"),
    IntroductionState.YES: _l("Vill prova"),
    IntroductionState.CONSENTED: _l("Kortet är klart"),
    IntroductionState.SENT: _l("Arbetsgivaren är frågad"),
    IntroductionState.EMPLOYER_NOT_NOW: _l("Arbetsgivaren vill vänta"),
    IntroductionState.EMPLOYER_YES: _l("Arbetsgivaren sa ja"),
    IntroductionState.VISIT: _l("Besök bokat"),
    IntroductionState.AGREED: _l("Överens"),
    IntroductionState.NO: _l("Sa nej"),
    IntroductionState.CLOSED: _l("Avslutad"),
}
STATE_TONES: dict[IntroductionState, str] = {
    IntroductionState.ASKED: "info",
    IntroductionState.LATER: "warning",
    IntroductionState.YES: "success",
    IntroductionState.CONSENTED: "success",
    IntroductionState.SENT: "info",
    IntroductionState.EMPLOYER_NOT_NOW: "warning",
    IntroductionState.EMPLOYER_YES: "success",
    IntroductionState.VISIT: "success",
    IntroductionState.AGREED: "success",
    IntroductionState.NO: "neutral",
    IntroductionState.CLOSED: "neutral",
}
