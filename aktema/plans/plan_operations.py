"""A version of a plan as a whole: begun, confirmed, fixed, continued by the next. What is fixed stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans.codes import SupportMeasure
from aktema.plans.models import ServiceOrder
from aktema.plans.permissions import BEGIN_PLAN, FIX_PLAN
from aktema.plans.plan_codes import ConfirmedHow
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Goal, Plan, PlanLine, PlannedActivity
from aktema.plans.plan_queries import find_newest
from aktema.plans.rules.plan import lacks_of

Row = TypeVar("Row")
GOAL_KEPT = ("key", "position", "life_area", "target_date")
ACTIVITY_KEPT = (
    "goal_key",
    "key",
    "position",
    "weekdays",
    "week_pattern",
    "starts_at",
    "ends_at",
    "from_date",
    "to_date",
    "support_level",
    "is_toward_work",
)
LINE_KEPT = ("place", "field", "standard", "easy", "told", "pictures_json")
PLAN_KEPT = ("work_wish", "work_wish_at", "work_wish_channel", "work_by", "own_words_channel")
"""What the next version begins with; who took part is told anew for each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """That the plan is as agreed: when, by whom (the person or a representative) and how they said so."""

    on: date
    is_by_person: bool
    how: ConfirmedHow


def begin(identity: Identity, order: ServiceOrder) -> Plan:
    """A version to work on: the order's first, or the next one with what the fixed one says.

    Raises DomainError where one is being worked on already.
    """
    before = find_newest(order)
    if before is not None and before.fixed_on is None:
        raise DomainError(_("Det finns redan en arbetsversion av planen. Fortsätt på den."))
    plan = Plan(
        participant_id=order.participant_id,
        order=order,
        number=before.number + 1 if before else 1,
        follows_id=before.id if before else None,
        has_work_part=SupportMeasure(order.decision.support_measure).has_work_points,
        account_id=identity.account_id,
    )
    if before is not None:
        _continue(plan, before)
    db.session.add(plan)
    db.session.flush()  # the audit row needs its id
    record(BEGIN_PLAN, plan, "plan", plan.id, f"version {plan.number}")
    return plan


def _continue(plan: Plan, before: Plan) -> None:
    """Everything the earlier version says, under the same keys."""
    _copy(before, plan, PLAN_KEPT)
    plan.goals = [_copy(one, Goal(), GOAL_KEPT) for one in before.goals]
    plan.activities = [_copy(one, PlannedActivity(), ACTIVITY_KEPT) for one in before.activities]
    plan.lines = [_copy(one, PlanLine(), LINE_KEPT) for one in before.lines]


def _copy(earlier: Row, row: Row, names: Sequence[str]) -> Row:
    for name in names:
        setattr(row, name, getattr(earlier, name))
    return row


def confirm(plan: Plan, confirmation: Confirmation) -> None:
    """The person, or who speaks for the person, has said that it is as agreed. Raises DomainError by field."""
    check_open(plan)
    _check_whole(plan)
    if confirmation.on > clock.today():
        raise DomainError(_("Skriv en dag som har varit."), "confirmed_on")
    plan.confirmed_on, plan.confirmed_how = confirmation.on, confirmation.how.value
    plan.confirmed_by = "person" if confirmation.is_by_person else "representative"
    record(FIX_PLAN, plan, "plan", plan.id, f"confirmed {plan.confirmed_how}")


def fix(identity: Identity, plan: Plan) -> None:
    """From now on the version stands as it is. Raises DomainError where it lacks something or is not confirmed."""
    check_open(plan)
    _check_whole(plan)
    if plan.confirmed_on is None:
        raise DomainError(_("Planen är inte godkänd av personen eller en företrädare än."))
    plan.fixed_on, plan.fixed_by_id = clock.today(), identity.account_id
    record(FIX_PLAN, plan, "plan", plan.id, "fixed")


def check_open(plan: Plan) -> None:
    """Raises DomainError where the version is fixed."""
    if plan.fixed_on is not None:
        raise DomainError(_("Planen är fastställd och går inte att ändra. Börja på nästa version i stället."))


def touch(plan: Plan) -> None:
    """Something in the version is another than before: it has to be confirmed anew.

    Raises DomainError where it is fixed.
    """
    check_open(plan)
    plan.saved_at = clock.now()
    plan.confirmed_on = plan.confirmed_by = plan.confirmed_how = None


def _check_whole(plan: Plan) -> None:
    if lacks_of(document_of(plan)):
        raise DomainError(_("Något fattas i planen. Skriv det först."))


def record(permission: Permission, plan: Plan, kind: str, object_id: int | None, detail: str) -> None:
    """Trace a change of the version, in codes alone."""
    audit.record_write(
        permission,
        participant_id=plan.participant_id,
        object_kind=kind,
        object_id=object_id,
        detail=detail,
    )
