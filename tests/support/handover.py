"""Handovers for tests: a person with a coordinator in one unit, ordered from another."""

from dataclasses import dataclass

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans import handover_operations as operations
from aktema.plans.codes import Channel
from aktema.plans.handover_codes import ConsentBy, FieldGroup
from aktema.plans.handover_models import Handover
from aktema.plans.handover_operations import Consent
from aktema.plans.handover_packet import packet_of, written
from aktema.plans.models import ServiceOrder
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision, an_order

YES = Consent(by=ConsentBy.PERSON, how=Channel.PICTURES, on=clock.today(), words="Ja.")


@dataclass(frozen=True, kw_only=True)
class Move:
    """Who sends and who receives, and the order by which the person moves on."""

    person: Participant
    sender: Account
    receiver: Account
    order: ServiceOrder


def a_move() -> Move:
    """A person whom the sender's unit works with, and an order to the receiver's that nobody has answered."""
    here, there = a_unit("Solrosen"), a_unit("Linden")
    sender = an_account(Role.COORDINATOR, here, name="Kalle Koordinator")
    receiver = an_account(Role.COORDINATOR, there, name="Rut Mottagare")
    decision = a_decision(a_participant())
    an_order(decision, here, answer="accepted", coordinator=sender, first_day=clock.today())
    order = an_order(decision, there)
    return Move(person=decision.participant, sender=sender, receiver=receiver, order=order)


def a_handover(move: Move, *groups: FieldGroup, consented: bool = True, sent: bool = True) -> Handover:
    """What the sender hands over: chosen, said yes to and sent, as far as is asked for."""
    identity = act_as(move.sender)
    made = operations.choose(identity, move.person, move.order, groups or (FieldGroup.CONTACT,), "Ny enhet")
    if consented:
        operations.consent(made, YES)
    if consented and sent:
        send(made)
    return made


def send(handover: Handover) -> None:
    """Send what the chosen groups say now."""
    packet = packet_of(handover.participant, operations.groups_of(handover))
    operations.send(handover, written(packet))
