"""The stored codes of this slice with the words people read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


class Code(StrEnum):
    """A stored code; `label` is what people read."""

    label: Message

    def __new__(cls, code: str, label: Message = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, Message]]:
        """The codes and labels for a form's field."""
        return [(code.value, code.label) for code in cls]


class Communication(Code):
    """How the person best gets and gives information."""

    SPEECH = "speech", _l("Tal")
    EASY_READ = "easy_read", _l("Lättläst text")
    PICTURES = "pictures", _l("Bilder")
    SIGNS = "signs", _l("Tecken")
    WRITING = "writing", _l("Skrift")
    OTHER = "other", _l("På annat sätt")


class CameFrom(Code):
    """What the person did before."""

    SCHOOL = "school", _l("Skola")
    WORK = "work", _l("Arbete")
    DAY_ACTIVITY = "day_activity", _l("Daglig verksamhet")
    NOTHING = "nothing", _l("Ingen sysselsättning")
    OTHER = "other", _l("Något annat")


class Sex(Code):
    WOMAN = "woman", _l("Kvinna")
    MAN = "man", _l("Man")


class Source(Code):
    """Whose word it is."""

    OWN = "own", _l("Personen själv")
    STAFF = "staff", _l("Personal")
    RELATIVE = "relative", _l("Anhörig")
    OBSERVED = "observed", _l("Sett i arbetet")


VOICES = (Source.OWN, Source.STAFF, Source.RELATIVE)
"""Who is asked what somebody wants. What was seen at work is nobody's word: it is proposed where a trial is over."""


class Confidence(Code):
    """How sure a rating is; stored as the number."""

    LOW = "1", _l("Osäkert")
    MEDIUM = "2", _l("Ganska säkert")
    HIGH = "3", _l("Säkert")


class MandateArea(Code):
    """What a mandate covers: the three parts of a guardian's task (föräldrabalken 12:2)."""

    RIGHTS = "rights", _l("Bevaka rätt: till exempel läsa beslut och planer")
    PROPERTY = "property", _l("Förvalta egendom: pengar och ekonomi")
    PERSON = "person", _l("Sörja för person: hur vardagen blir bra")


class RepresentativeKind(Code):
    GUARDIAN = "guardian", _l("God man")
    TRUSTEE = "trustee", _l("Förvaltare")
    PARENT = "parent", _l("Förälder")
    RELATIVE = "relative", _l("Annan anhörig")
    PROXY = "proxy", _l("Ombud med fullmakt")


class AssignmentKind(Code):
    """Why somebody works with the person."""

    COACH = "coach", _l("Jobbcoach")
    HANDLER = "handler", _l("LSS-handläggare")
    COORDINATOR = "coordinator", _l("Koordinator")
    PROVIDER = "provider", _l("Utförare")
    PLACED_WITH = "placed_with", _l("Plats hos arbetsgivare")


class NumberReason(Code):
    """Why somebody looks at, or looks for, a personal number."""

    RIGHT_PERSON = "right_person", _l("Jag vill vara säker på att det är rätt person")
    AUTHORITY = "authority", _l("Kontakt med en myndighet")
    AGREEMENT = "agreement", _l("Beställning eller avtal")
    ASKED = "asked", _l("Personen eller företrädaren har frågat")


class Weekday(Code):
    """The days by their number, 0 is Monday."""

    MONDAY = "0", _l("Måndag")
    TUESDAY = "1", _l("Tisdag")
    WEDNESDAY = "2", _l("Onsdag")
    THURSDAY = "3", _l("Torsdag")
    FRIDAY = "4", _l("Fredag")
    SATURDAY = "5", _l("Lördag")
    SUNDAY = "6", _l("Söndag")


VOTE_LABELS: Mapping[int, Message] = {
    2: _l("Jättegärna"),
    1: _l("Gärna"),
    0: _l("Kanske"),
    -1: _l("Helst inte"),
    -2: _l("Nej"),
}
