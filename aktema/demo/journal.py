"""What happened between a person's yes and a job, as the log keeps facts: each on its day, by whoever did it."""

from datetime import date

from aktema.core.db import db
from aktema.demo.days import moment, rng_for
from aktema.demo.lives import Life
from aktema.employers.models import Placement
from aktema.steps.codes import Actor, ContactType, StepPlace
from aktema.steps.models import Step
from aktema.steps.rules import phase_of


def note(
    life: Life,
    on: date,
    kind: ContactType,
    line: str,
    own_line: str = "",
    *,
    placement: Placement | None = None,
    actor: Actor = Actor.STAFF,
) -> None:
    """Write a fact in two wordings to the person's steps."""
    step = Step(
        participant_id=life.participant.id,
        account_id=life.writer.id,
        placement_id=placement.id if placement else None,
        phase=phase_of(kind),
        contact_type=kind.value,
        happened_on=on,
        minutes=0,
        place=StepPlace.OFFICE.value,
        actor=actor.value,
        created_at=moment(on, rng_for("fact", life.number, kind, line)),
    )
    step.line, step.own_line = line, own_line
    db.session.add(step)
