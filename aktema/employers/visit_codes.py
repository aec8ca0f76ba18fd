"""The words of an employer's log."""

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


class VisitKind(StrEnum):
    """How the employer was met."""

    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    JOB_ANALYSIS = "job_analysis"
    ASKED_WHY = "asked_why"

    @property
    def label(self) -> Message:
        return KIND_LABELS[self]

    @property
    def icon(self) -> str:
        return KIND_ICONS[self]


class SilenceReason(StrEnum):
    """Why an employer had not answered, in its own words."""

    NO_TIME = "no_time"
    NOT_RECEIVED = "not_received"
    WRONG_PERSON = "wrong_person"
    UNCLEAR = "unclear"
    NOT_NOW = "not_now"
    NO_LONGER = "no_longer"
    OTHER = "other"

    @property
    def label(self) -> Message:
        return SILENCE_LABELS[self]


CHOSEN_BY_HAND = (VisitKind.VISIT, VisitKind.PHONE, VisitKind.MEETING, VisitKind.EMAIL)
"""What somebody chooses among; the others have forms of their own."""
KIND_LABELS: Mapping[VisitKind, Message] = {
    VisitKind.PHONE: _l("Ringde"),
    VisitKind.EMAIL: _l("Mejlade"),
    VisitKind.MEETING: _l("Träffades någon annanstans"),
    VisitKind.VISIT: _l("Besökte arbetsplatsen"),
    VisitKind.JOB_ANALYSIS: _l("Arbetsanalys på plats"),
    VisitKind.ASKED_WHY: _l("Frågade varför de inte har svarat"),
}
KIND_ICONS: Mapping[VisitKind, str] = {
    VisitKind.PHONE: "phone",
    VisitKind.EMAIL: "mail",
    VisitKind.MEETING: "users",
    VisitKind.VISIT: "walk",
    VisitKind.JOB_ANALYSIS: "clipboard-list",
    VisitKind.ASKED_WHY: "help",
}
SILENCE_LABELS: Mapping[SilenceReason, Message] = {
    SilenceReason.NO_TIME: _l("De har inte hunnit"),
    SilenceReason.NOT_RECEIVED: _l("Frågan kom inte fram"),
    SilenceReason.WRONG_PERSON: _l("Frågan gick till fel person"),
    SilenceReason.UNCLEAR: _l("Frågan var svår att förstå"),
    SilenceReason.NOT_NOW: _l("De vill vänta"),
    SilenceReason.NO_LONGER: _l("De vill inte vara med längre"),
    SilenceReason.OTHER: _l("Något annat"),
}
