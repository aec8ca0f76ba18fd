"""Readers of handovers: the sending unit's own, and those sent to an order that the reader's unit has.

Another unit that works with the same person finds none of them.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import units_granted
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import live_assignment
from aktema.plans.codes import OrderState
from aktema.plans.handover_models import Handover
from aktema.plans.models import ServiceOrder
from aktema.plans.order_queries import ENDED, reached, state_clause
from aktema.plans.permissions import RECEIVE_HANDOVER, SEND_HANDOVER
from aktema.plans.plan_codes import PlanField
from aktema.plans.plan_models import Goal, Plan, PlanLine, PlannedActivity

MOST_SHOWN = 50


def _loaded() -> Select[Handover]:
    return select(Handover).options(
        joinedload(Handover.participant),
        joinedload(Handover.order).joinedload(ServiceOrder.unit),
        joinedload(Handover.from_unit),
        joinedload(Handover.account),
        joinedload(Handover.received_by),
        raiseload("*"),
    )


def _sent_from_own_unit(identity: Identity) -> ColumnElement[bool]:
    return Handover.from_unit_id.in_(units_granted(identity, SEND_HANDOVER))


def handovers_of(identity: Identity, participant_id: int) -> Sequence[Handover]:
    """The person's handovers from the reader's own unit, the newest first."""
    theirs = _loaded().where(Handover.participant_id == participant_id, _sent_from_own_unit(identity))
    return db.session.scalars(theirs.order_by(Handover.id.desc()).limit(MOST_SHOWN)).all()


def get_handover(identity: Identity, participant_id: int, public_id: str) -> Handover:
    """One handover of the person from the reader's own unit. Raises MissingError where it is none."""
    theirs = _loaded().where(Handover.participant_id == participant_id, Handover.public_id == public_id)
    found = db.session.scalar(theirs.where(_sent_from_own_unit(identity)))
    if found is None:
        raise MissingError
    return found


def _is_open_to_receiver() -> ColumnElement[bool]:
    """Sent, not taken back, and the unit has not said no to the person."""
    still_theirs = state_clause(clock.today()).not_in([state.value for state in ENDED])
    return Handover.sent_on.is_not(None) & Handover.withdrawn_on.is_(None) & still_theirs


def sent_to_order(order: ServiceOrder) -> Sequence[Handover]:
    """What was sent to the order's unit with it, without being opened. The order has been read before."""
    sent = select(Handover).join(Handover.order).where(Handover.order_id == order.id, _is_open_to_receiver())
    named = sent.options(joinedload(Handover.from_unit), raiseload("*"))
    return db.session.scalars(named.order_by(Handover.id).limit(MOST_SHOWN)).all()


def open_handover(identity: Identity, order_id: str, public_id: str) -> Handover:
    """What was sent with an order to the reader's unit, the reading recorded.

    Raises MissingError where it is another unit's, not sent yet, or the consent was taken back.
    """
    mine = (
        _loaded()
        .join(Handover.order)
        .where(
            Handover.public_id == public_id,
            ServiceOrder.public_id == order_id,
            reached(identity, RECEIVE_HANDOVER),
            _is_open_to_receiver(),
        )
    )
    found = db.session.scalar(mine)
    if found is None:
        raise MissingError
    audit.record_read(RECEIVE_HANDOVER, found.participant_id)
    return found


def receiving_orders(identity: Identity, participant_id: int) -> Sequence[ServiceOrder]:
    """The person's orders to other units than the reader's own that have not ended, the newest first."""
    own = units_granted(identity, SEND_HANDOVER)
    open_states = [state.value for state in OrderState if state not in ENDED]
    others = select(ServiceOrder).where(
        ServiceOrder.participant_id == participant_id,
        ServiceOrder.unit_id.not_in(own),
        state_clause(clock.today()).in_(open_states),
    )
    named = others.join(ServiceOrder.unit).options(contains_eager(ServiceOrder.unit), raiseload("*"))
    return db.session.scalars(named.order_by(ServiceOrder.id.desc()).limit(MOST_SHOWN)).all()


def sending_unit(identity: Identity, participant: Participant) -> int:
    """The reader's unit that works with the person today; where none does, the first they hold the right in."""
    own = units_granted(identity, SEND_HANDOVER)
    kinds = (AssignmentKind.PROVIDER.value, AssignmentKind.COORDINATOR.value, AssignmentKind.COACH.value)
    working = select(Assignment.unit_id).where(
        Assignment.participant_id == participant.id,
        Assignment.unit_id.in_(own),
        Assignment.kind.in_(kinds),
        live_assignment(),
    )
    found = db.session.scalar(working.order_by(Assignment.id.desc()).limit(1))
    return own[0] if found is None else found


def lines_in_force(participant_id: int) -> Sequence[tuple[PlanLine, PlannedActivity | None]]:
    """What the newest fixed version of a running order's plan says, each line with its activity where it is about one.

    First about the plan, then goal by goal, the goal before its activities. One statement.
    """
    running = state_clause(clock.today()) == OrderState.RUNNING.value
    fixed = select(Plan.id).join(Plan.order).where(Plan.participant_id == participant_id, running)
    newest = fixed.where(Plan.fixed_on.is_not(None)).order_by(Plan.id.desc()).limit(1).scalar_subquery()
    activity = (PlannedActivity.plan_id == PlanLine.plan_id) & (PlannedActivity.key == PlanLine.place)
    goal_key = func.coalesce(PlannedActivity.goal_key, PlanLine.place)
    found = (
        select(PlanLine, PlannedActivity)
        .outerjoin(PlannedActivity, activity)
        .outerjoin(Goal, (Goal.plan_id == PlanLine.plan_id) & (Goal.key == goal_key))
        .where(PlanLine.plan_id == newest)
        .options(raiseload("*"))
    )
    places = (Goal.position, Goal.id, PlannedActivity.position, PlannedActivity.id)
    fields = case({field.value: number for number, field in enumerate(PlanField)}, value=PlanLine.field)
    ordered = found.order_by(*(one.asc().nulls_first() for one in places), fields)
    return [(line, about) for line, about in db.session.execute(ordered)]
