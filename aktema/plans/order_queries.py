"""Readers of orders, scoped to who asks: a case handler's own people's, and those sent to the own unit.

A unit's reach is the order's: it begins when the order is sent and ends with it. Orders of other units are missing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import Account, Membership, Unit
from aktema.access.policy import Permission, Scope, grants_for
from aktema.access.queries import live_membership
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import hold, live_assignment, visible
from aktema.plans.codes import OrderAnswer, OrderState
from aktema.plans.models import Decision, OrderReply, ServiceOrder
from aktema.plans.permissions import READ_ORDERS

OLDEST_FIRST = Keyset[ServiceOrder](public_id=ServiceOrder.public_id, order=(ServiceOrder.sent_on,))
NEWEST_FIRST = replace(OLDEST_FIRST, newest_first=True)
ENDED = (OrderState.DECLINED, OrderState.CLOSED)
ANSWERING = (Role.COORDINATOR, Role.UNIT_MANAGER)
"""Who in a unit can answer an order."""


def reached(
    identity: Identity, permission: Permission, *, ended_since: date | None = None
) -> ColumnElement[bool]:
    """The where-clause over ServiceOrder of the orders the permission reaches for the identity.

    A unit's orders are those that have not ended before the day; today where none is given.
    """
    granted = grants_for(identity, permission)
    caseload = tuple(post for post, grant in granted if grant.scope is Scope.OWN_CASELOAD)
    units = {post.unit_id for post, grant in granted if grant.scope is not Scope.OWN_CASELOAD}
    mine = visible(replace(identity, posts=caseload), permission)
    sent_here = ServiceOrder.unit_id.in_(units - {None}) & holds_on(ended_since or clock.today())
    return or_(ServiceOrder.participant_id.in_(select(Participant.id).where(mine)), sent_here)


def holds_on(day: date) -> ColumnElement[bool]:
    """The where-clause of orders that have not ended before the day."""
    return ServiceOrder.closed_on.is_(None) | (ServiceOrder.closed_on >= day)


def newest_answer() -> ColumnElement[str]:
    """What the unit answered last, or null."""
    theirs = select(OrderReply.answer).where(OrderReply.order_id == ServiceOrder.id)
    return theirs.order_by(OrderReply.id.desc()).limit(1).correlate(ServiceOrder).scalar_subquery()


def state_clause(today: date) -> ColumnElement[str]:
    """Where an order stands, as the database computes it: the same as `state_of`."""
    answer, closed = func.coalesce(newest_answer(), ""), ServiceOrder.closed_on
    return case(
        (answer == OrderAnswer.DECLINED, OrderState.DECLINED.value),
        (
            closed.is_not(None) & ((answer != OrderAnswer.ACCEPTED) | (closed < today)),
            OrderState.CLOSED.value,
        ),
        (and_(answer == OrderAnswer.ACCEPTED, ServiceOrder.first_day.is_(None)), OrderState.ACCEPTED.value),
        (answer == OrderAnswer.ACCEPTED, OrderState.RUNNING.value),
        (answer == OrderAnswer.WAITING, OrderState.WAITING.value),
        else_=OrderState.UNANSWERED.value,
    )


def state_of(order: ServiceOrder, today: date) -> OrderState:
    """Where the order stands on the day; the last day of a running one still runs."""
    answer = order.answers[-1].answer if order.answers else ""
    if answer == OrderAnswer.DECLINED:
        return OrderState.DECLINED
    if order.closed_on is not None and (answer != OrderAnswer.ACCEPTED or order.closed_on < today):
        return OrderState.CLOSED
    if answer == OrderAnswer.ACCEPTED:
        return OrderState.ACCEPTED if order.first_day is None else OrderState.RUNNING
    return OrderState.WAITING if answer == OrderAnswer.WAITING else OrderState.UNANSWERED


def is_open(order: ServiceOrder, today: date) -> bool:
    """Whether the unit is to answer, or carries it out."""
    return state_of(order, today) not in ENDED


def count_orders(identity: Identity) -> Mapping[OrderState, int]:
    """How many orders in reach stand where."""
    stands = (
        select(state_clause(clock.today()).label("state")).where(reached(identity, READ_ORDERS)).subquery()
    )
    counted = select(stands.c.state, func.count()).group_by(stands.c.state)
    found = {OrderState(state): number for state, number in db.session.execute(counted)}
    return {state: found.get(state, 0) for state in OrderState}


def list_orders(identity: Identity, state: OrderState, cursor: Cursor) -> Page[ServiceOrder]:
    """A page of the orders in reach that stand so, each read recorded.

    What waits for somebody comes with the longest wait first, the others with the newest first.
    """
    where = (reached(identity, READ_ORDERS), state_clause(clock.today()) == state.value)
    keyset = NEWEST_FIRST if state in (OrderState.RUNNING, *ENDED) else OLDEST_FIRST
    page = keyset.page(_loaded().where(*where).options(raiseload("*")), cursor)
    audit.record_reads(READ_ORDERS, {order.participant_id for order in page.items})
    return page


def _loaded() -> Select[ServiceOrder]:
    """Orders with those named in them, their answers and the decision's hours."""
    return select(ServiceOrder).options(
        joinedload(ServiceOrder.participant),
        joinedload(ServiceOrder.unit),
        joinedload(ServiceOrder.coordinator),
        joinedload(ServiceOrder.account),
        joinedload(ServiceOrder.decision).selectinload(Decision.extents),
        selectinload(ServiceOrder.answers).joinedload(OrderReply.account),
    )


def get_order(identity: Identity, permission: Permission, public_id: str) -> ServiceOrder:
    """One order in reach, the read recorded. Raises MissingError where it is none, or another unit's."""
    named = ServiceOrder.public_id == public_id
    found = db.session.scalar(_loaded().where(named, reached(identity, permission)))
    if found is None:
        raise MissingError
    audit.record_read(permission, found.participant_id)
    return found


def hold_order(order: ServiceOrder) -> None:
    """Nobody else who holds the person writes until this request is done; the order is as it is now."""
    hold(order.participant)
    anew = _loaded().where(ServiceOrder.id == order.id)
    db.session.scalars(anew, execution_options={"populate_existing": True}).one()


def coordinators_of(orders: Collection[ServiceOrder]) -> Mapping[int, str]:
    """The name of who co-ordinates each accepted order in its unit today, by the order's id.

    It is whoever has the live assignment; where nobody has, whoever was named when the order was accepted.
    """
    held = (Assignment.kind == AssignmentKind.COORDINATOR) & live_assignment()
    found = select(Assignment).join(Assignment.account).options(contains_eager(Assignment.account))
    people = Assignment.participant_id.in_({order.participant_id for order in orders})
    newest_last = found.where(people, held).order_by(Assignment.from_date, Assignment.id)
    named = {(a.participant_id, a.unit_id): a.account for a in db.session.scalars(newest_last)}
    accounts = {
        order.id: named.get((order.participant_id, order.unit_id), order.coordinator) for order in orders
    }
    return {number: account.name for number, account in accounts.items() if account is not None}


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderUnit:
    """A unit an order can be sent to. `can_answer` is whether anybody there is to see it."""

    id: int
    public_id: str
    name: str
    provider: str
    can_answer: bool


def units_to_order_from() -> Sequence[OrderUnit]:
    """Every open unit, municipal and private alike, by name. One statement."""
    staffed = exists().where(
        Membership.unit_id == Unit.id,
        Membership.role_code.in_([role.value for role in ANSWERING]),
        live_membership(),
        Membership.account_id == Account.id,
        Account.disabled_at.is_(None),
    )
    is_open_unit = Unit.closed_on.is_(None) | (Unit.closed_on > clock.today())
    rows = db.session.execute(select(Unit, staffed).where(is_open_unit).order_by(Unit.sort_key, Unit.id))
    return tuple(
        OrderUnit(
            id=unit.id,
            public_id=unit.public_id,
            name=unit.name,
            provider=unit.provider,
            can_answer=can_answer,
        )
        for unit, can_answer in rows
    )


def open_orders_of(decision: Decision) -> Sequence[ServiceOrder]:
    """The decision's orders that the units are to answer, or carry out."""
    today = clock.today()
    return [order for order in decision.orders if is_open(order, today)]


def other_open_orders(order: ServiceOrder, day: date) -> Sequence[ServiceOrder]:
    """Other accepted orders about the person that the same unit carries out after the day."""
    same = (ServiceOrder.participant_id == order.participant_id) & (ServiceOrder.unit_id == order.unit_id)
    after = ServiceOrder.closed_on.is_(None) | (ServiceOrder.closed_on > day)
    others = select(ServiceOrder).where(same, after, ServiceOrder.id != order.id)
    return db.session.scalars(others.where(newest_answer() == OrderAnswer.ACCEPTED)).all()


def unit_assignments(order: ServiceOrder) -> Sequence[Assignment]:
    """The unit's own assignments with the person, those that have ended too."""
    kinds = (AssignmentKind.PROVIDER.value, AssignmentKind.COORDINATOR.value)
    theirs = (Assignment.participant_id == order.participant_id) & (Assignment.unit_id == order.unit_id)
    found = select(Assignment).where(theirs, Assignment.kind.in_(kinds)).order_by(Assignment.id)
    return db.session.scalars(found).all()
