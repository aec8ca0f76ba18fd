"""Writing down a pulse. It is never changed: a later one stands beside it."""

from collections.abc import Mapping
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
from aktema.plans.permissions import ASK_PULSE
from aktema.plans.pulse_codes import Answer, Belief, PulseSource, Question
from aktema.plans.pulse_models import Pulse, PulseAnswer, PulseBelief


@dataclass(frozen=True, kw_only=True, slots=True)
class PulseFacts:
    """What the person answered, with whom and how. A question that is left out was not answered."""

    said_on: date
    answers: Mapping[Question, Answer]
    source: PulseSource = PulseSource.TOGETHER
    channel: Channel | None = None


def answer_pulse(
    identity: Identity, participant: Participant, facts: PulseFacts, permission: Permission = ASK_PULSE
) -> Pulse:
    """Keep a round of answers. Raises DomainError where nothing is answered or the day is ahead."""
    if not facts.answers:
        raise DomainError(_("Svara på minst en fråga."))
    _check_day(facts.said_on)
    pulse = Pulse(
        participant_id=participant.id,
        said_on=facts.said_on,
        source=facts.source.value,
        channel=facts.channel.value if facts.channel else None,
        account_id=identity.account_id,
    )
    pulse.answers = [
        PulseAnswer(question=question.value, answer=answer.value)
        for question, answer in facts.answers.items()
    ]
    db.session.add(pulse)
    db.session.flush()  # the audit row needs its id
    audit.record_write(permission, participant_id=participant.id, object_kind="pulse", object_id=pulse.id)
    return pulse


def believe(identity: Identity, participant: Participant, belief: Belief, said_on: date) -> PulseBelief:
    """Keep what the worker believes. Raises DomainError where the day is ahead."""
    _check_day(said_on)
    row = PulseBelief(
        participant_id=participant.id,
        said_on=said_on,
        belief=belief.value,
        account_id=identity.account_id,
    )
    db.session.add(row)
    db.session.flush()  # the audit row needs its id
    audit.record_write(ASK_PULSE, participant_id=participant.id, object_kind="pulse_belief", object_id=row.id)
    return row


def _check_day(said_on: date) -> None:
    if said_on > clock.today():
        raise DomainError(_("Skriv en dag som har varit."), "said_on")
