"""The words of what happens between a person's yes and an employer's."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message
from aktema.pathway.rules.card import CalledBy, Field


class EmployerAnswer(StrEnum):
    YES = "yes"
    NOT_NOW = "not_now"
    NO = "no"

    @property
    def label(self) -> Message:
        return EMPLOYER_ANSWER_LABELS[self]


class EmployerReason(StrEnum):
    """Why an employer says no. None of them is about the person: whoever is asked has only seen a card."""

    NO_TIME = "no_time"
    NO_SUPERVISOR = "no_supervisor"
    NO_TASKS = "no_tasks"
    TAKEN = "taken"
    DOES_NOT_FIT = "does_not_fit"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return EMPLOYER_REASON_LABELS[self]


class CloseReason(StrEnum):
    """Why an introduction came to an end."""

    PERSON_SAID_NO = "person_said_no"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    EMPLOYER_SAID_NO = "employer_said_no"
    EMPLOYER_SILENT = "employer_silent"
    TRIAL_OVER = "trial_over"
    GOT_OTHER_PLACE = "got_other_place"
    GOT_JOB = "got_job"
    PLACE_GONE = "place_gone"
    VISIT_NOT_FOR_PERSON = "visit_not_for_person"
    VISIT_NOT_FOR_EMPLOYER = "visit_not_for_employer"
    TRAVEL = "travel"
    HEALTH = "health"
    ASKED_BY_MISTAKE = "asked_by_mistake"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return CLOSE_REASON_LABELS[self]


BY_HAND = tuple(CloseReason)[tuple(CloseReason).index(CloseReason.GOT_OTHER_PLACE) :]
"""What a worker chooses among; the others follow from what somebody answered, or did not."""

EMPLOYER_ANSWER_LABELS: dict[EmployerAnswer, Message] = {
    EmployerAnswer.YES: _l("Ja, kom gärna"),
    EmployerAnswer.NOT_NOW: _l("Inte nu"),
    EmployerAnswer.NO: _l("Nej"),
}
EMPLOYER_REASON_LABELS: dict[EmployerReason, Message] = {
    EmployerReason.NO_TIME: _l("Vi hinner inte ta emot någon"),
    EmployerReason.NO_SUPERVISOR: _l("Ingen hos oss kan vara handledare"),
    EmployerReason.NO_TASKS: _l("Vi har inga uppgifter nu"),
    EmployerReason.TAKEN: _l("Platsen är redan tagen"),
    EmployerReason.DOES_NOT_FIT: _l("Det passar inte hos oss"),
    EmployerReason.OTHER: _l("Något annat"),
}
CLOSE_REASON_LABELS: dict[CloseReason, Message] = {
    CloseReason.PERSON_SAID_NO: _l("Personen sa nej"),
    CloseReason.CONSENT_WITHDRAWN: _l("Personen tog tillbaka sitt ja till kortet"),
    CloseReason.EMPLOYER_SAID_NO: _l("Arbetsgivaren sa nej"),
    CloseReason.EMPLOYER_SILENT: _l("Arbetsgivaren svarade inte"),
    CloseReason.TRIAL_OVER: _l("Provplatsen är slut"),
    CloseReason.GOT_OTHER_PLACE: _l("Personen har fått en annan plats"),
    CloseReason.GOT_JOB: _l("Personen har fått jobb"),
    CloseReason.PLACE_GONE: _l("Platsen finns inte längre"),
    CloseReason.VISIT_NOT_FOR_PERSON: _l("Personen ville inte efter besöket"),
    CloseReason.VISIT_NOT_FOR_EMPLOYER: _l("Arbetsgivaren ville inte efter besöket"),
    CloseReason.TRAVEL: _l("Resan dit fungerar inte"),
    CloseReason.HEALTH: _l("Hälsan"),
    CloseReason.ASKED_BY_MISTAKE: _l("Frågan ställdes av misstag"),
    CloseReason.OTHER: _l("Något annat"),
}
CALLED_LABELS: dict[CalledBy, Message] = {
    CalledBy.FIRST_NAME: _l("Förnamnet"),
    CalledBy.CODE: _l("En kod i stället för namn"),
}
FIELD_LABELS: dict[Field, Message] = {
    Field.HOURS: _l("Hur mycket personen vill jobba"),
    Field.DAYS: _l("Vilka dagar och tider"),
    Field.LIKES: _l("Vad personen tycker om att göra"),
    Field.ADAPTATIONS: _l("Vad som hjälper"),
    Field.CONTACT: _l("Vem på kommunen de kan fråga"),
    Field.WORDS: _l("Personens egna ord"),
    Field.PHOTO: _l("Ett foto"),
}
EASY_FIELD_LABELS: dict[Field, tuple[str, Message]] = {
    Field.HOURS: ("23F3", lazy_pgettext("easy", "Hur mycket jag vill jobba")),
    Field.DAYS: ("1F4C5", lazy_pgettext("easy", "Mina dagar och tider")),
    Field.LIKES: ("1F44D", lazy_pgettext("easy", "Det jag tycker om")),
    Field.ADAPTATIONS: ("1F64B", lazy_pgettext("easy", "Det som hjälper mig")),
    Field.CONTACT: ("1F4DE", lazy_pgettext("easy", "Vem de kan fråga")),
    Field.WORDS: ("1F4AC", lazy_pgettext("easy", "Mina egna ord")),
    Field.PHOTO: ("1F5BC", lazy_pgettext("easy", "Ett foto")),
}
"""Picture and words of each field, as the person meets it."""
EASY_STATES: dict[str, Message] = {
    "yes": lazy_pgettext("easy", "Du har sagt ja."),
    "consented": lazy_pgettext("easy", "Ditt kort är klart."),
    "sent": lazy_pgettext("easy", "Vi har frågat arbetsplatsen."),
    "employer_not_now": lazy_pgettext("easy", "Arbetsplatsen vill vänta."),
    "employer_yes": lazy_pgettext("easy", "Arbetsplatsen sa ja!"),
    "visit": lazy_pgettext("easy", "Du ska besöka arbetsplatsen."),
    "agreed": lazy_pgettext("easy", "Du ska få prova!"),
}
"""How a question stands, as the person is told; the first answer is still waited for where nothing is said."""
ENDED: Message = lazy_pgettext("easy", "Frågan om platsen är slut.")
EASY_CLOSED: dict[CloseReason, Message] = {
    CloseReason.PERSON_SAID_NO: lazy_pgettext("easy", "Du sa nej till platsen."),
    CloseReason.CONSENT_WITHDRAWN: lazy_pgettext("easy", "Du tog tillbaka kortet. Frågan är slut."),
    CloseReason.EMPLOYER_SAID_NO: lazy_pgettext("easy", "Platsen sa nej den här gången."),
    CloseReason.EMPLOYER_SILENT: lazy_pgettext("easy", "Vi fick inget svar från platsen."),
    CloseReason.TRIAL_OVER: lazy_pgettext("easy", "Du är klar på platsen."),
    CloseReason.GOT_OTHER_PLACE: lazy_pgettext("easy", "Du har fått en annan plats."),
    CloseReason.GOT_JOB: lazy_pgettext("easy", "Du har fått jobb!"),
    CloseReason.PLACE_GONE: lazy_pgettext("easy", "Platsen är borta."),
}
"""What the person is told of how it ended; where nothing is said here: that the question is over."""
