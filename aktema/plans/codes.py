"""The words of decisions, orders and follow-ups."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message


class SupportMeasure(StrEnum):
    """What the municipality grants. Only day activity has work points."""

    DAY_ACTIVITY = "day_activity"
    COMPANION = "companion"
    CONTACT_PERSON = "contact_person"
    SHORT_STAY = "short_stay"
    HOUSING = "housing"

    @property
    def label(self) -> Message:
        return MEASURE_LABELS[self]

    @property
    def has_work_points(self) -> bool:
        return self is SupportMeasure.DAY_ACTIVITY


class LawBasis(StrEnum):
    LSS_9_10 = "lss_9_10"
    LSS_9 = "lss_9"
    SOL = "sol"

    @property
    def label(self) -> Message:
        return LAW_LABELS[self]


class HoursBasis(StrEnum):
    """Hours somebody was in fact granted, or an old standard that is still to be converted."""

    GRANTED = "granted"
    TEMPLATE = "template"

    @property
    def label(self) -> Message:
        return HOURS_LABELS[self]


class DecisionEnd(StrEnum):
    PERSON_WANTED = "person_wanted"
    MOVED = "moved"
    WORK = "work"
    STUDIES = "studies"
    NEW_DECISION = "new_decision"
    NO_LONGER_ENTITLED = "no_longer_entitled"
    DECEASED = "deceased"

    @property
    def label(self) -> Message:
        return END_LABELS[self]


class OrderAnswer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WAITING = "waiting"

    @property
    def label(self) -> Message:
        return ORDER_LABELS[self]


class OrderState(StrEnum):
    """Where an order stands, in the order in which somebody has to do something about it."""

    UNANSWERED = "unanswered"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RUNNING = "running"
    DECLINED = "declined"
    CLOSED = "closed"

    @property
    def label(self) -> Message:
        return STATE_LABELS[self]


class OrderEnd(StrEnum):
    """Why a unit no longer carries out an order."""

    PERSON_WANTED = "person_wanted"
    OTHER_UNIT = "other_unit"
    UNIT_CANNOT = "unit_cannot"
    WORK = "work"
    STUDIES = "studies"
    MOVED = "moved"
    DECEASED = "deceased"
    DECISION_ENDED = "decision_ended"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"

    @property
    def label(self) -> Message:
        return ORDER_END_LABELS[self]


class Absence(StrEnum):
    """Why somebody was not there all day. A day that was never planned is no absence, and has its own word."""

    ILL = "ill"
    CARE_OF_RELATIVE = "care_of_relative"
    HOLIDAY = "holiday"
    PLANNING_DAY = "planning_day"
    PROVIDER_CLOSED = "provider_closed"
    MEDICAL_VISIT = "medical_visit"
    ELSEWHERE = "elsewhere"
    TRANSPORT_FAILED = "transport_failed"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    NOT_PLANNED = "not_planned"

    @property
    def label(self) -> Message:
        return ABSENCE_LABELS[self]


class InterruptionReason(StrEnum):
    """Why granted support is not given, or not all of it. The provider's side counts as much as the person's."""

    PERSON_ILL = "person_ill"
    PERSON_WANTED = "person_wanted"
    NO_PLACE = "no_place"
    NO_STAFF = "no_staff"
    NO_TRANSPORT = "no_transport"
    CLOSED = "closed"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return INTERRUPTION_LABELS[self]


class FollowUpKind(StrEnum):
    """A decision is followed up by the case handler, a plan by the coordinator."""

    DECISION = "decision"
    PLAN = "plan"

    @property
    def label(self) -> Message:
        return KIND_LABELS[self]


class WorkPoint(StrEnum):
    """The questions about work that every follow-up of day activity answers, in the order they are asked."""

    JOB_CONSULTANT = "job_consultant"
    EMPLOYMENT_SERVICE = "employment_service"
    SOCIAL_INSURANCE = "social_insurance"
    OTHER_OCCUPATION = "other_occupation"
    WISH_FOR_WORK = "wish_for_work"
    NEXT_STEP = "next_step"

    @property
    def label(self) -> Message:
        return POINT_LABELS[self]

    @property
    def is_own_answer(self) -> bool:
        """Whether the answer is the person's alone, and so says how it was given."""
        return self in {WorkPoint.OTHER_OCCUPATION, WorkPoint.WISH_FOR_WORK}


class PointAnswer(StrEnum):
    """`not asked` is no answer: a follow-up with such a point can't be closed."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    DOES_NOT_KNOW_YET = "does_not_know_yet"
    OFFERED_NO_THANKS = "offered_no_thanks"
    NOT_OFFERED = "not_offered"
    DID_NOT_WANT_TO_ANSWER = "did_not_want_to_answer"
    COULD_NOT_BE_ASKED = "could_not_be_asked"

    @property
    def label(self) -> Message:
        return ANSWER_LABELS[self]

    @property
    def needs_reason(self) -> bool:
        return self in {PointAnswer.NOT_OFFERED, PointAnswer.COULD_NOT_BE_ASKED}


class Conclusion(StrEnum):
    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"

    @property
    def label(self) -> Message:
        return CONCLUSION_LABELS[self]


CONTACT_ANSWERS = (PointAnswer.YES, PointAnswer.OFFERED_NO_THANKS, PointAnswer.NOT_OFFERED)
WISH_ANSWERS = (PointAnswer.YES, PointAnswer.MAYBE, PointAnswer.NO, PointAnswer.DOES_NOT_KNOW_YET)
REFUSALS = (PointAnswer.DID_NOT_WANT_TO_ANSWER, PointAnswer.COULD_NOT_BE_ASKED)
ANSWERS_TO: dict[WorkPoint, tuple[PointAnswer, ...]] = {
    WorkPoint.JOB_CONSULTANT: (*CONTACT_ANSWERS, *REFUSALS),
    WorkPoint.EMPLOYMENT_SERVICE: (*CONTACT_ANSWERS, *REFUSALS),
    WorkPoint.SOCIAL_INSURANCE: (*CONTACT_ANSWERS, *REFUSALS),
    WorkPoint.OTHER_OCCUPATION: (*WISH_ANSWERS, *REFUSALS),
    WorkPoint.WISH_FOR_WORK: (*WISH_ANSWERS, *REFUSALS),
    WorkPoint.NEXT_STEP: (PointAnswer.YES, PointAnswer.NO, *REFUSALS),
}
"""Which answers each point takes."""
WORK_WANTED = (PointAnswer.YES, PointAnswer.MAYBE)

MEASURE_LABELS: dict[SupportMeasure, Message] = {
    SupportMeasure.DAY_ACTIVITY: _l("Daglig verksamhet"),
    SupportMeasure.COMPANION: _l("Ledsagarservice"),
    SupportMeasure.CONTACT_PERSON: _l("Kontaktperson"),
    SupportMeasure.SHORT_STAY: _l("Korttidsvistelse"),
    SupportMeasure.HOUSING: _l("Bostad med särskild service"),
}
LAW_LABELS: dict[LawBasis, Message] = {
    LawBasis.LSS_9_10: _l("LSS 9 § 10"),
    LawBasis.LSS_9: _l("LSS 9 §, annan insats"),
    LawBasis.SOL: _l("Socialtjänstlagen"),
}
HOURS_LABELS: dict[HoursBasis, Message] = {
    HoursBasis.GRANTED: _l("Faktisk beviljad tid"),
    HoursBasis.TEMPLATE: _l("Schablontid, ska omvandlas"),
}
END_LABELS: dict[DecisionEnd, Message] = {
    DecisionEnd.PERSON_WANTED: _l("Personen ville sluta"),
    DecisionEnd.MOVED: _l("Flyttade"),
    DecisionEnd.WORK: _l("Började arbeta"),
    DecisionEnd.STUDIES: _l("Började studera"),
    DecisionEnd.NEW_DECISION: _l("Ersattes av ett nytt beslut"),
    DecisionEnd.NO_LONGER_ENTITLED: _l("Har inte längre rätt till insatsen"),
    DecisionEnd.DECEASED: _l("Avled"),
}
ORDER_LABELS: dict[OrderAnswer, Message] = {
    OrderAnswer.ACCEPTED: _l("Ja, vi tar emot"),
    OrderAnswer.DECLINED: _l("Nej, vi kan inte"),
    OrderAnswer.WAITING: _l("Väntelista"),
}
STATE_LABELS: dict[OrderState, Message] = {
    OrderState.UNANSWERED: _l("Väntar på svar"),
    OrderState.WAITING: _l("Väntelista"),
    OrderState.ACCEPTED: _l("Ska börja"),
    OrderState.RUNNING: _l("Pågår"),
    OrderState.DECLINED: _l("Fick nej"),
    OrderState.CLOSED: _l("Avslutat"),
}
ORDER_END_LABELS: dict[OrderEnd, Message] = {
    OrderEnd.PERSON_WANTED: _l("Personen ville sluta"),
    OrderEnd.OTHER_UNIT: _l("Byter till en annan enhet"),
    OrderEnd.UNIT_CANNOT: _l("Enheten kan inte fortsätta"),
    OrderEnd.WORK: _l("Började arbeta"),
    OrderEnd.STUDIES: _l("Började studera"),
    OrderEnd.MOVED: _l("Flyttade"),
    OrderEnd.DECEASED: _l("Avled"),
    OrderEnd.DECISION_ENDED: _l("Beslutet tog slut"),
    OrderEnd.WITHDRAWN: _l("Beställningen togs tillbaka"),
    OrderEnd.DECLINED: _l("Enheten sa nej"),
}
ABSENCE_LABELS: dict[Absence, Message] = {
    Absence.ILL: _l("Sjuk"),
    Absence.CARE_OF_RELATIVE: _l("Vård av närstående"),
    Absence.HOLIDAY: _l("Ledig"),
    Absence.PLANNING_DAY: _l("Planeringsdag"),
    Absence.PROVIDER_CLOSED: _l("Verksamheten var stängd"),
    Absence.MEDICAL_VISIT: _l("Vårdbesök"),
    Absence.ELSEWHERE: _l("På studiebesök eller praktik"),
    Absence.TRANSPORT_FAILED: _l("Resan fungerade inte"),
    Absence.DECLINED: _l("Ville inte komma"),
    Absence.UNKNOWN: _l("Vet inte varför"),
    Absence.NOT_PLANNED: _l("Skulle inte vara här"),
}
INTERRUPTION_LABELS: dict[InterruptionReason, Message] = {
    InterruptionReason.PERSON_ILL: _l("Personen är sjuk"),
    InterruptionReason.PERSON_WANTED: _l("Personen vill vara ledig"),
    InterruptionReason.NO_PLACE: _l("Det finns ingen plats"),
    InterruptionReason.NO_STAFF: _l("Det saknas personal"),
    InterruptionReason.NO_TRANSPORT: _l("Resan går inte att ordna"),
    InterruptionReason.CLOSED: _l("Verksamheten är stängd"),
    InterruptionReason.OTHER: _l("Annat"),
}
KIND_LABELS: dict[FollowUpKind, Message] = {
    FollowUpKind.DECISION: _l("Uppföljning av beslutet"),
    FollowUpKind.PLAN: _l("Uppföljning av planen"),
}
POINT_LABELS: dict[WorkPoint, Message] = {
    WorkPoint.JOB_CONSULTANT: _l("Kontakt med arbetskonsulent eller jobbcoach"),
    WorkPoint.EMPLOYMENT_SERVICE: _l("Kontakt med Arbetsförmedlingen"),
    WorkPoint.SOCIAL_INSURANCE: _l("Kontakt med Försäkringskassan om ersättningen"),
    WorkPoint.OTHER_OCCUPATION: _l("Vill du göra något annat på dagarna?"),
    WorkPoint.WISH_FOR_WORK: _l("Vill du arbeta?"),
    WorkPoint.NEXT_STEP: _l("Nästa steg mot arbete"),
}
ANSWER_LABELS: dict[PointAnswer, Message] = {
    PointAnswer.YES: _l("Ja"),
    PointAnswer.MAYBE: _l("Kanske"),
    PointAnswer.NO: _l("Nej"),
    PointAnswer.DOES_NOT_KNOW_YET: _l("Vet inte än"),
    PointAnswer.OFFERED_NO_THANKS: _l("Erbjöds, tackade nej"),
    PointAnswer.NOT_OFFERED: _l("Har inte erbjudits"),
    PointAnswer.DID_NOT_WANT_TO_ANSWER: _l("Ville inte svara"),
    PointAnswer.COULD_NOT_BE_ASKED: _l("Gick inte att fråga"),
}
CONCLUSION_LABELS: dict[Conclusion, Message] = {
    Conclusion.CONTINUE: _l("Fortsätter som nu"),
    Conclusion.CHANGE: _l("Ska ändras"),
    Conclusion.END: _l("Ska avslutas"),
}


class Channel(StrEnum):
    """How the person said it. Nobody else's guess is an answer."""

    SPEECH = "speech"
    PICTURES = "pictures"
    SIGNS = "signs"
    WRITING = "writing"
    INTERPRETED = "interpreted"

    @property
    def label(self) -> Message:
        return CHANNEL_LABELS[self]


CHANNEL_LABELS: dict[Channel, Message] = {
    Channel.SPEECH: _l("Sa det"),
    Channel.PICTURES: _l("Visade med bilder"),
    Channel.SIGNS: _l("Tecknade"),
    Channel.WRITING: _l("Skrev det"),
    Channel.INTERPRETED: _l("Genom någon som tolkar"),
}
EASY_QUESTIONS: dict[WorkPoint, Message] = {
    WorkPoint.JOB_CONSULTANT: lazy_pgettext("easy", "Har du träffat en jobbcoach?"),
    WorkPoint.EMPLOYMENT_SERVICE: lazy_pgettext("easy", "Har du pratat med Arbetsförmedlingen?"),
    WorkPoint.SOCIAL_INSURANCE: lazy_pgettext("easy", "Har du pratat med Försäkringskassan om dina pengar?"),
    WorkPoint.OTHER_OCCUPATION: lazy_pgettext("easy", "Vill du göra något annat på dagarna?"),
    WorkPoint.WISH_FOR_WORK: lazy_pgettext("easy", "Vill du ha ett arbete?"),
    WorkPoint.NEXT_STEP: lazy_pgettext("easy", "Vad ska vi göra nu? Vem hjälper dig?"),
}
"""The questions in easy-read, to be said to the person as they stand."""
