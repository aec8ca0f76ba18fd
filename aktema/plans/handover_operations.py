"""A handover's steps: chosen, said yes to, sent, signed for; and the person's right to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans.codes import Channel
from aktema.plans.handover_codes import ConsentBy, FieldGroup, HandoverState
from aktema.plans.handover_models import Handover
from aktema.plans.handover_queries import sending_unit
from aktema.plans.models import ServiceOrder
from aktema.plans.permissions import RECEIVE_HANDOVER, SEND_HANDOVER

TAKEN_BACK = (HandoverState.WITHDRAWN, HandoverState.REFUSED)
PREPARED = (HandoverState.CHOSEN, HandoverState.CONSENTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """Whose yes it is, how and when it was said, and the words where some were."""

    by: ConsentBy
    how: Channel
    on: date
    words: str = ""


def choose(
    identity: Identity,
    participant: Participant,
    order: ServiceOrder,
    groups: Sequence[FieldGroup],
    purpose: str,
) -> Handover:
    """What is to be handed over, to whom and why: not sent before the person has said yes."""
    handover = Handover(
        participant_id=participant.id,
        order_id=order.id,
        from_unit_id=sending_unit(identity, participant),
        groups=" ".join(groups),
        account_id=identity.account_id,
    )
    handover.purpose = purpose
    db.session.add(handover)
    db.session.flush()  # the audit row needs its id
    _record(SEND_HANDOVER, handover, "choose")
    return handover


def groups_of(handover: Handover) -> list[FieldGroup]:
    """The groups chosen, in their usual order."""
    return [group for group in FieldGroup if group in handover.groups.split()]


def consent(handover: Handover, given: Consent) -> None:
    """Keep the yes. Raises DomainError where the day is ahead or the packet has left."""
    if handover.state not in PREPARED:
        raise DomainError(_("Överlämningen är redan skickad."))
    if given.on > clock.today():
        raise DomainError(_("Skriv en dag som har varit."), "on")
    handover.consented_by, handover.consented_how = given.by.value, given.how.value
    handover.consented_on, handover.consent_words = given.on, given.words
    _record(SEND_HANDOVER, handover, "consent")


def send(handover: Handover, packet: str) -> None:
    """Fix what the chosen groups say today, for the receiving unit to open. Raises DomainError without a yes."""
    if handover.state is not HandoverState.CONSENTED:
        raise DomainError(_("Det går att skicka när personen har sagt ja, och bara en gång."))
    handover.packet_json = packet
    handover.sent_on = clock.today()
    _record(SEND_HANDOVER, handover, "send")


def withdraw(handover: Handover) -> None:
    """The person takes the yes back, or says no: nobody opens the packet any more. Raises DomainError a second time."""
    if handover.state in TAKEN_BACK:
        raise DomainError(_("Samtycket är redan återtaget."))
    handover.withdrawn_on = clock.today()
    _record(SEND_HANDOVER, handover, "withdraw")


def receive(identity: Identity, handover: Handover) -> None:
    """The receiving unit signs for it. Raises DomainError if somebody there already has."""
    if handover.state is not HandoverState.SENT:
        raise DomainError(_("Överlämningen är redan kvitterad."))
    handover.received_at, handover.received_by_id = clock.now(), identity.account_id
    _record(RECEIVE_HANDOVER, handover, "receive")


def _record(permission: Permission, handover: Handover, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=handover.participant_id,
        object_kind="handover",
        object_id=handover.id,
        detail=detail,
    )
