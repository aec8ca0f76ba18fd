"""Readers of implementation plans. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.ids import is_public_id
from aktema.plans.codes import OrderState
from aktema.plans.models import ServiceOrder
from aktema.plans.order_queries import state_clause
from aktema.plans.plan_models import Goal, Participation, Plan, PlanLine, PlannedActivity

Row = TypeVar("Row")
TO_PLAN = (OrderState.ACCEPTED.value, OrderState.RUNNING.value)


def _of(participant_id: int) -> Select[Plan]:
    """The person's plans with their orders, and who wrote and fixed them; without what they say."""
    loaded = (
        joinedload(Plan.participant),
        joinedload(Plan.order).options(
            joinedload(ServiceOrder.unit),
            joinedload(ServiceOrder.coordinator),
            joinedload(ServiceOrder.decision),
        ),
        joinedload(Plan.account),
        joinedload(Plan.fixed_by),
    )
    return select(Plan).where(Plan.participant_id == participant_id).options(*loaded, raiseload("*"))


def _whole(participant_id: int) -> Select[Plan]:
    """The person's plans with everything they say."""
    return _of(participant_id).options(
        selectinload(Plan.goals),
        selectinload(Plan.activities),
        selectinload(Plan.lines),
        selectinload(Plan.participations),
    )


def get_plan(participant_id: int, public_id: str) -> Plan:
    """One version of a plan of the person with everything it says. Raises MissingError where it is none of theirs."""
    return _one(_whole(participant_id).where(Plan.public_id == public_id))


def get_cover(participant_id: int, public_id: str) -> Plan:
    """One version without its goals, activities, lines and participations. Raises MissingError."""
    return _one(_of(participant_id).where(Plan.public_id == public_id))


def _one(found: Select[Plan]) -> Plan:
    plan = db.session.scalar(found, execution_options={"populate_existing": True})
    if plan is None:
        raise MissingError
    return plan


def plans_of(participant_id: int) -> Sequence[Plan]:
    """Every version of the person's plans, the newest first, without what they say."""
    return db.session.scalars(_of(participant_id).order_by(Plan.id.desc())).all()


def find_plan_in_force(participant_id: int) -> Plan | None:
    """The newest fixed version of an order that is being carried out today, with everything it says, or None."""
    running = state_clause(clock.today()) == OrderState.RUNNING.value
    fixed = _whole(participant_id).join(Plan.order).where(Plan.fixed_on.is_not(None), running)
    return db.session.scalars(fixed.order_by(Plan.id.desc()).limit(1)).first()


def get_with_before(participant_id: int, public_id: str) -> tuple[Plan | None, Plan]:
    """The version that one continues (or None) and the one itself, with all they say. Raises MissingError."""
    one = select(Plan.follows_id).where(Plan.public_id == public_id).scalar_subquery()
    both = _whole(participant_id).where(or_(Plan.public_id == public_id, Plan.id == one))
    found = db.session.scalars(both.order_by(Plan.id.desc())).all()
    if not found or found[0].public_id != public_id:
        raise MissingError
    return found[1] if len(found) > 1 else None, found[0]


def find_newest(order: ServiceOrder) -> Plan | None:
    """The order's newest version, fixed or not, with everything it says, or None."""
    theirs = _whole(order.participant_id).where(Plan.order_id == order.id)
    return db.session.scalars(theirs.order_by(Plan.number.desc()).limit(1)).first()


def is_replaced(plan: Plan) -> bool:
    """Whether a later version of the same order is fixed."""
    later = aliased(Plan)
    same = (later.order_id == plan.order_id) & (later.number > plan.number)
    return bool(db.session.scalar(select(exists().where(same, later.fixed_on.is_not(None)))))


def orders_to_plan(participant_id: int) -> Sequence[ServiceOrder]:
    """The person's orders that a unit has accepted and carries out or is to begin, the newest first."""
    accepted = select(ServiceOrder).where(
        ServiceOrder.participant_id == participant_id, state_clause(clock.today()).in_(TO_PLAN)
    )
    loaded = (joinedload(ServiceOrder.unit), joinedload(ServiceOrder.decision), raiseload("*"))
    return db.session.scalars(accepted.options(*loaded).order_by(ServiceOrder.id.desc())).all()


# One part of a version: what it takes to write it, and no more


def get_goal(plan: Plan, key: str) -> Goal:
    """One goal of the version. Raises MissingError."""
    return _part(select(Goal).where(Goal.plan_id == plan.id), Goal.key == key, key)


def get_activity(plan: Plan, key: str) -> PlannedActivity:
    """One activity of the version. Raises MissingError."""
    return _part(
        select(PlannedActivity).where(PlannedActivity.plan_id == plan.id), PlannedActivity.key == key, key
    )


def get_participation(plan: Plan, public_id: str) -> Participation:
    """Somebody who took part. Raises MissingError."""
    theirs = select(Participation).where(Participation.plan_id == plan.id)
    return _part(theirs, Participation.public_id == public_id, public_id)


def _part(rows: Select[Row], is_it: ColumnElement[bool], key: str) -> Row:
    found = db.session.scalar(rows.where(is_it)) if is_public_id(key) else None
    if found is None:
        raise MissingError
    return found


def goals_of(plan: Plan) -> Sequence[Goal]:
    """The version's goals in their order."""
    found = select(Goal).where(Goal.plan_id == plan.id).options(raiseload("*"))
    return db.session.scalars(found.order_by(Goal.position, Goal.id)).all()


def activities_of(plan: Plan, goal_key: str) -> Sequence[PlannedActivity]:
    """The activities of one goal of the version in their order."""
    of_goal = (PlannedActivity.plan_id == plan.id) & (PlannedActivity.goal_key == goal_key)
    found = select(PlannedActivity).where(of_goal).options(raiseload("*"))
    return db.session.scalars(found.order_by(PlannedActivity.position, PlannedActivity.id)).all()


def participations_of(plan: Plan) -> Sequence[Participation]:
    """Who took part in making the version, in the order they were written."""
    found = select(Participation).where(Participation.plan_id == plan.id).options(raiseload("*"))
    return db.session.scalars(found.order_by(Participation.id)).all()


def lines_at(plan: Plan, *places: str) -> Mapping[tuple[str, str], PlanLine]:
    """What the version says in the places, by place and field."""
    found = select(PlanLine).where(PlanLine.plan_id == plan.id, PlanLine.place.in_(places))
    return {(line.place, line.field): line for line in db.session.scalars(found.options(raiseload("*")))}


def answered_in_plan_since(
    participant_id: SQLColumnExpression[int], moment: SQLColumnExpression[datetime | None]
) -> ColumnElement[bool]:
    """The where-clause of people who have answered the question about work for a plan since the moment."""
    later = aliased(Plan)
    return exists().where(later.participant_id == participant_id, later.work_wish_at > moment)
