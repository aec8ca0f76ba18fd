"""What can be handed over to a new unit, and who said yes to it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from aktema.core.errors import Message


class FieldGroup(StrEnum):
    """What the person lets pass on, or keeps: one choice each."""

    CONTACT = "contact"
    COMMUNICATION = "communication"
    PLAN = "plan"
    INTERESTS = "interests"
    CAPACITIES = "capacities"
    ADAPTATIONS = "adaptations"
    FOLLOW_UPS = "follow_ups"
    NEXT_STEP = "next_step"

    @property
    def label(self) -> Message:
        return GROUP_LABELS[self]

    @property
    def easy(self) -> Message:
        return GROUP_EASY[self]


class ConsentBy(StrEnum):
    """Whose yes it is. Staff can't say it in somebody's stead."""

    PERSON = "person"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> Message:
        return BY_LABELS[self]


class HandoverState(StrEnum):
    """Where a packet stands, in the order of its steps."""

    CHOSEN = "chosen"
    CONSENTED = "consented"
    SENT = "sent"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"

    @property
    def label(self) -> Message:
        return STATE_LABELS[self]

    @property
    def tone(self) -> str:
        return STATE_TONES[self]


GROUP_LABELS: dict[FieldGroup, Message] = {
    FieldGroup.CONTACT: _l("Kontaktuppgifter och företrädare"),
    FieldGroup.COMMUNICATION: _l("Sätt att kommunicera, och bilder som personen kan"),
    FieldGroup.PLAN: _l("Planen som gäller"),
    FieldGroup.INTERESTS: _l("Intressen"),
    FieldGroup.CAPACITIES: _l("Förmågor"),
    FieldGroup.ADAPTATIONS: _l("Anpassningar och arbetssätt"),
    FieldGroup.FOLLOW_UPS: _l("Hur uppföljningarna slutade"),
    FieldGroup.NEXT_STEP: _l("Nästa steg"),
}
GROUP_EASY: dict[FieldGroup, Message] = {
    FieldGroup.CONTACT: lazy_pgettext("easy", "Mitt telefonnummer och vem som hjälper mig"),
    FieldGroup.COMMUNICATION: lazy_pgettext("easy", "Mina ord och bilder"),
    FieldGroup.PLAN: lazy_pgettext("easy", "Min plan"),
    FieldGroup.INTERESTS: lazy_pgettext("easy", "Det jag gillar"),
    FieldGroup.CAPACITIES: lazy_pgettext("easy", "Det jag kan"),
    FieldGroup.ADAPTATIONS: lazy_pgettext("easy", "Det som gör det lättare för mig"),
    FieldGroup.FOLLOW_UPS: lazy_pgettext("easy", "Hur det har gått för mig"),
    FieldGroup.NEXT_STEP: lazy_pgettext("easy", "Mitt nästa steg"),
}
BY_LABELS: dict[ConsentBy, Message] = {
    ConsentBy.PERSON: _l("Personen själv"),
    ConsentBy.REPRESENTATIVE: _l("God man eller förvaltare"),
}
STATE_LABELS: dict[HandoverState, Message] = {
    HandoverState.CHOSEN: _l("Väntar på samtycke"),
    HandoverState.CONSENTED: _l("Klar att skicka"),
    HandoverState.SENT: _l("Skickad, inte kvitterad"),
    HandoverState.RECEIVED: _l("Kvitterad"),
    HandoverState.WITHDRAWN: _l("Samtycket är återtaget"),
    HandoverState.REFUSED: _l("Personen sa nej"),
}
STATE_TONES: dict[HandoverState, str] = {
    HandoverState.CHOSEN: "warning",
    HandoverState.CONSENTED: "info",
    HandoverState.SENT: "info",
    HandoverState.RECEIVED: "success",
    HandoverState.WITHDRAWN: "neutral",
    HandoverState.REFUSED: "neutral",
}
