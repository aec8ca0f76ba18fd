"""What is written in the step log. Upper slices write their facts here as typed steps."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import update

from aktema.access import audit
from aktema.access.identity import Identity, find_identity
from aktema.access.roles import STAFF_ROLES
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.swedish import LANGUAGE
from aktema.people.models import Participant
from aktema.steps import rules
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.models import NextStep, Step
from aktema.steps.permissions import CREATE_STEP
from aktema.steps.queries import brought_by_question, find_next_step


@dataclass(frozen=True, kw_only=True, slots=True)
class StepFacts:
    """What happened: kind, day, minutes, where, whether the one sought was reached, and one line about it."""

    contact_type: ContactType
    happened_on: date
    minutes: int
    place: StepPlace
    line: str
    own_line: str = ""
    was_reached: bool = True
    phase: str = ""
    placement_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStepFacts:
    line: str
    due_on: date


def log_step(
    identity: Identity,
    participant: Participant,
    facts: StepFacts,
    *,
    next_step: NextStepFacts | None = None,
    is_next_done: bool = False,
    actor: Actor = Actor.STAFF,
) -> Step:
    """Add a step, and what comes next where it is said. Raises DomainError where a date can't be.

    What a worker says comes next takes the place of what was planned. What follows by itself from a question about a
    placement takes the place of what that question brought before, and gives way to anything else that is planned.
    """
    _check(facts, next_step)
    step = _add(identity, participant, facts, actor=actor)
    if next_step is not None or is_next_done:
        close_next_step(participant.id, asked_about=None if step.is_by_hand else step.placement_id)
    if next_step is not None and find_next_step(participant.id) is None:
        _plan(identity, participant, step, next_step)
    audit.record_write(
        CREATE_STEP,
        participant_id=participant.id,
        object_kind="step",
        object_id=step.id,
        detail=facts.contact_type,
    )
    return step


def record_fact(account_id: int, participant_id: int, facts: StepFacts, actor: Actor = Actor.STAFF) -> Step:
    """Write a fact of an upper slice to the person's timeline; the audit row is that of the act itself.

    The account is who answers for the row: where the person, an employer or a time-out did it, whoever asked them.
    Where staff did it, it is whoever is signed in.
    """
    worker = find_identity() if actor is Actor.STAFF else None
    if worker is not None and worker.has(*STAFF_ROLES):
        account_id = worker.account_id
    step = _row(account_id, participant_id, facts, actor)
    db.session.add(step)
    return step


def correct_step(identity: Identity, participant: Participant, step: Step, facts: StepFacts) -> Step:
    """Add a new version of a step; the old one stays readable. Raises DomainError where the date can't be."""
    _check(facts, None)
    correction = _add(identity, participant, facts, corrects=step)
    audit.record_write(
        CREATE_STEP,
        participant_id=participant.id,
        object_kind="step",
        object_id=correction.id,
        detail="correction",
    )
    return correction


def close_next_step(participant_id: int, *, asked_about: int | None = None) -> None:
    """What was to come next is done, or gives way to something else.

    `asked_about`: only what the question about the placement with the id brought.
    """
    closing = (NextStep.participant_id == participant_id) & NextStep.closed_on.is_(None)
    if asked_about is not None:
        closing &= NextStep.step_id.in_(brought_by_question(participant_id, asked_about))
    db.session.execute(update(NextStep).where(closing).values(closed_on=clock.today()))


def _check(facts: StepFacts, next_step: NextStepFacts | None) -> None:
    today = clock.today()
    if not rules.may_have_happened(facts.happened_on, today):
        raise DomainError(_("Skriv en dag som har varit, högst ett år tillbaka."), "happened_on")
    if next_step is not None and not rules.may_come_next(next_step.due_on, today):
        raise DomainError(_("Nästa steg ska vara idag eller senare, högst ett år fram."), "next_due_on")


def _add(
    identity: Identity,
    participant: Participant,
    facts: StepFacts,
    *,
    corrects: Step | None = None,
    actor: Actor = Actor.STAFF,
) -> Step:
    step = _row(identity.account_id, participant.id, facts, actor)
    if corrects is not None:
        step.placement_id, step.corrects_id = corrects.placement_id, corrects.id
    db.session.add(step)
    db.session.flush()  # the next step and the audit row need its id
    return step


def _row(account_id: int, participant_id: int, facts: StepFacts, actor: Actor) -> Step:
    step = Step(
        participant_id=participant_id,
        account_id=account_id,
        placement_id=facts.placement_id,
        phase=facts.phase or rules.phase_of(facts.contact_type),
        contact_type=facts.contact_type.value,
        happened_on=facts.happened_on,
        minutes=facts.minutes,
        place=facts.place.value,
        was_reached=facts.was_reached,
        actor=actor.value,
    )
    with force_locale(LANGUAGE):
        step.line, step.own_line = str(facts.line), str(facts.own_line)
    return step


def _plan(identity: Identity, participant: Participant, step: Step, facts: NextStepFacts) -> None:
    plan = NextStep(
        participant_id=participant.id, step_id=step.id, account_id=identity.account_id, due_on=facts.due_on
    )
    with force_locale(LANGUAGE):
        plan.line = str(facts.line)
    db.session.add(plan)
