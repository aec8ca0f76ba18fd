"""The words of check-ins, of a trial's days, and of the question whether a placement could be a job."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message
from aktema.pathway.rules.check_ins import CheckInDue
from aktema.pathway.trial_states import Whose
from aktema.plans.codes import Absence


class CheckInAnswer(StrEnum):
    WELL = "well"
    TALK = "talk"

    @property
    def label(self) -> Message:
        return ANSWER_LABELS[self]


class ToldHow(StrEnum):
    """How an answer came in."""

    OWN_PAGE = "own_page"
    LENT_SCREEN = "lent_screen"
    SIGNED_IN = "signed_in"
    LINK = "link"
    STAFF = "staff"

    @property
    def label(self) -> Message:
        return TOLD_LABELS[self]


class Presence(StrEnum):
    """How somebody was there on a planned day."""

    PRESENT = "present"
    PART = "part"
    ABSENT = "absent"

    @property
    def label(self) -> Message:
        return PRESENCE_LABELS[self]


class DaySource(StrEnum):
    """Who said how a day was."""

    STAFF = "staff"
    PERSON = "person"
    EMPLOYER = "employer"

    @property
    def label(self) -> Message:
        return SOURCE_LABELS[self]


class JobAnswer(StrEnum):
    """What came of the question whether the placement could be a job."""

    YES = "yes"
    LATER = "later"
    NOT_HERE = "not_here"
    PERSON_SAID_NO = "person_said_no"

    @property
    def label(self) -> Message:
        return JOB_LABELS[self]


ABSENT_BY: dict[Whose, tuple[Absence, ...]] = {
    Whose.PERSON: (
        Absence.ILL,
        Absence.CARE_OF_RELATIVE,
        Absence.MEDICAL_VISIT,
        Absence.HOLIDAY,
        Absence.DECLINED,
    ),
    Whose.EMPLOYER: (Absence.PROVIDER_CLOSED,),
    Whose.NOBODY: (Absence.TRANSPORT_FAILED, Absence.UNKNOWN),
}
"""Whose reason it is that somebody was not there."""

DUE_LABELS: dict[CheckInDue, Message] = {
    CheckInDue.DAY_1: _l("Första dagen"),
    CheckInDue.WEEK_1: _l("Efter en vecka"),
    CheckInDue.WEEK_2: _l("Efter två veckor"),
    CheckInDue.WEEK_4: _l("Efter fyra veckor"),
}
ANSWER_LABELS: dict[CheckInAnswer, Message] = {
    CheckInAnswer.WELL: _l("Det går bra"),
    CheckInAnswer.TALK: _l("Vill prata"),
}
TOLD_LABELS: dict[ToldHow, Message] = {
    ToldHow.OWN_PAGE: _l("På Min sida"),
    ToldHow.LENT_SCREEN: _l("På Min sida, på personalens skärm"),
    ToldHow.SIGNED_IN: _l("Inloggad"),
    ToldHow.LINK: _l("Med länk"),
    ToldHow.STAFF: _l("Till personalen"),
}
PRESENCE_LABELS: dict[Presence, Message] = {
    Presence.PRESENT: _l("Här hela tiden"),
    Presence.PART: _l("Här en del av tiden"),
    Presence.ABSENT: _l("Inte här"),
}
SOURCE_LABELS: dict[DaySource, Message] = {
    DaySource.STAFF: _l("Personalen"),
    DaySource.PERSON: _l("Personen"),
    DaySource.EMPLOYER: _l("Arbetsgivaren"),
}
JOB_LABELS: dict[JobAnswer, Message] = {
    JobAnswer.YES: _l("Ja, vi arbetar för en anställning"),
    JobAnswer.LATER: _l("Kanske längre fram"),
    JobAnswer.NOT_HERE: _l("Inte här, vi söker någon annanstans"),
    JobAnswer.PERSON_SAID_NO: _l("Personen vill inte ha ett jobb här"),
}
WHOSE_REASON: dict[Whose, Message] = {
    Whose.PERSON: _l("Personens skäl"),
    Whose.EMPLOYER: _l("Arbetsplatsens skäl"),
    Whose.NOBODY: _l("Ingens skäl"),
}
TOLD_ABSENCES: dict[Absence, Message] = {
    Absence.ILL: _l("Sjuk"),
    Absence.CARE_OF_RELATIVE: _l("Något i familjen"),
    Absence.MEDICAL_VISIT: _l("Besök i vården"),
    Absence.HOLIDAY: _l("Ledig"),
    Absence.DECLINED: _l("Ville inte komma"),
    Absence.PROVIDER_CLOSED: _l("Arbetsplatsen kunde inte ta emot"),
    Absence.TRANSPORT_FAILED: _l("Resan dit fungerade inte"),
    Absence.UNKNOWN: _l("Vet inte varför"),
}
"""Why not, as it is said on a workplace: the unit's own words are about the unit."""


def absence_label(why: Absence) -> Message:
    """Why somebody was not at a workplace, in its own words where it has any."""
    return TOLD_ABSENCES.get(why) or why.label
