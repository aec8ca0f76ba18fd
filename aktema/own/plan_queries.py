"""Which of the person's plans is theirs to read, and which one waits for their yes."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.people.codes import Communication
from aktema.people.models import Participant
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Plan
from aktema.plans.plan_queries import find_plan_in_force, get_plan
from aktema.plans.rules.plan import lacks_of

FORM_FOR: Mapping[Communication, PlanForm] = {
    Communication.SPEECH: PlanForm.EASY,
    Communication.EASY_READ: PlanForm.EASY,
    Communication.PICTURES: PlanForm.PICTURES,
    Communication.SIGNS: PlanForm.PICTURES,
    Communication.WRITING: PlanForm.STANDARD,
    Communication.OTHER: PlanForm.EASY,
}
"""The form a person is first shown; the others are one press away."""


def form_for(participant: Participant) -> PlanForm:
    return FORM_FOR[Communication(participant.communication)]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPlan:
    """The plan to read, and whether it waits for the person's yes. A version still being written is not shown."""

    read: Plan | None
    is_proposal: bool
    has_draft: bool


def own_plan(participant_id: int) -> OwnPlan:
    """A proposal that lacks nothing goes before the plan in force: it is what the person is asked about."""
    draft = _find_draft(participant_id)
    if draft is not None and not lacks_of(document_of(draft)):
        return OwnPlan(read=draft, is_proposal=True, has_draft=True)
    in_force = find_plan_in_force(participant_id)
    return OwnPlan(read=in_force, is_proposal=False, has_draft=draft is not None)


def get_draft(participant_id: int) -> Plan:
    """The version that is being worked on. Raises MissingError where there is none."""
    draft = _find_draft(participant_id)
    if draft is None:
        raise MissingError
    return draft


def _find_draft(participant_id: int) -> Plan | None:
    unfixed = select(Plan.public_id).where(Plan.participant_id == participant_id, Plan.fixed_on.is_(None))
    named = db.session.scalar(unfixed.order_by(Plan.id.desc()).limit(1))
    return get_plan(participant_id, named) if named else None
