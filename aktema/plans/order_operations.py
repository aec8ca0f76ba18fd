"""What happens to orders: sent, answered, begun, ended. An answer gives the unit its people and an end takes them back.

Whoever changes an order holds the person first (`order_queries.hold_order`), so that of two answers one stands.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import flag_modified

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment
from aktema.people.queries import Holder
from aktema.plans.codes import OrderAnswer, OrderEnd, OrderState
from aktema.plans.models import Decision, OrderReply, ServiceOrder
from aktema.plans.order_queries import (
    ENDED,
    OrderUnit,
    open_orders_of,
    other_open_orders,
    state_of,
    unit_assignments,
)
from aktema.plans.permissions import ANSWER_ORDER, CLOSE_ORDER, SEND_ORDER
from aktema.plans.rules import extents
from aktema.plans.rules.calendar import add_days

FURTHEST = 366  # days ahead
ACCEPTED = (OrderState.ACCEPTED, OrderState.RUNNING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """What the unit has to know, and no more."""

    need: str
    included: str
    goals: str
    wanted_from: date
    transport: str = ""
    risks: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the unit answers.

    `day` is when the person is welcome, or when the unit looks at its waiting list again.
    """

    answer: OrderAnswer
    day: date | None = None
    coordinator: Holder | None = None
    reason: str = ""


def send_order(identity: Identity, decision: Decision, unit: OrderUnit, need: Need) -> ServiceOrder:
    """An order to the unit to carry the decision out. Raises DomainError by field."""
    _check_unit(decision, unit)
    _check_within(decision, need.wanted_from, "wanted_from")
    last = extents.last_day(decision)
    if last is not None and last < clock.today():
        raise DomainError(_("Beslutet har slutat gälla. Det går inte att beställa på det."))
    order = ServiceOrder(
        decision=decision,
        participant_id=decision.participant_id,
        unit_id=unit.id,
        sent_on=clock.today(),
        wanted_from=need.wanted_from,
        account_id=identity.account_id,
    )
    order.need, order.included, order.goals = need.need, need.included, need.goals
    order.transport, order.risks = need.transport, need.risks
    db.session.add(order)
    db.session.flush()  # the audit row needs its id
    _trace(SEND_ORDER, order, "sent")
    return order


def _check_unit(decision: Decision, unit: OrderUnit) -> None:
    if not unit.can_answer:
        raise DomainError(
            _(
                "Enheten har ingen koordinator eller chef i Aktema som kan svara. Be systemadministratören ordna det."
            ),
            "unit",
        )
    if any(order.unit_id == unit.id for order in open_orders_of(decision)):
        raise DomainError(_("Enheten har redan en beställning på det här beslutet."), "unit")


def _check_within(decision: Decision, day: date, field: str) -> None:
    """Raises DomainError where the decision doesn't hold on the day, or the day is far ahead."""
    last = extents.last_day(decision)
    if day > add_days(max(clock.today(), decision.from_date), FURTHEST):
        raise DomainError(_("Skriv en dag inom ett år."), field)
    if day < decision.from_date:
        raise DomainError(_("Beslutet gäller från %(day)s.", day=decision.from_date.isoformat()), field)
    if last is not None and day > last:
        raise DomainError(_("Beslutet gäller till %(day)s.", day=last.isoformat()), field)


def answer_order(identity: Identity, order: ServiceOrder, reply: Reply) -> None:
    """The unit's answer. Raises DomainError by field, also where the order has got its answer already."""
    if state_of(order, clock.today()) not in (OrderState.UNANSWERED, OrderState.WAITING):
        raise DomainError(_("Beställningen har redan fått sitt svar. Ladda om sidan och se hur det blev."))
    _check_reply(order, reply)
    answer = OrderReply(
        answer=reply.answer.value,
        answered_on=clock.today(),
        starts_on=reply.day,
        account_id=identity.account_id,
    )
    answer.reason = reply.reason
    order.answers.append(answer)
    flag_modified(order, "sent_on")  # an answer makes the order another one: its version says so
    if reply.answer is OrderAnswer.DECLINED:
        order.closed_on, order.close_reason = clock.today(), OrderEnd.DECLINED.value
    if reply.coordinator is not None and reply.day is not None:
        order.coordinator_id = reply.coordinator.account_id
        _begin_work(order, reply.day, reply.coordinator)
    _trace(ANSWER_ORDER, order, reply.answer.value)


def _check_reply(order: ServiceOrder, reply: Reply) -> None:
    if reply.answer is not OrderAnswer.ACCEPTED:
        if not reply.reason:
            raise DomainError(_("Skriv varför, så att handläggaren kan gå vidare."), "reason")
        if reply.day is not None and not clock.today() <= reply.day <= add_days(clock.today(), FURTHEST):
            raise DomainError(_("Skriv en dag som kommer, inom ett år."), "look_again_on")
        return
    if reply.coordinator is None or reply.coordinator.unit_id != order.unit_id:
        raise DomainError(_("Välj vem på enheten som blir koordinator."), "coordinator")
    if reply.day is None:
        raise DomainError(_("Skriv vilken dag personen kan börja."), "starts_on")
    _check_within(order.decision, reply.day, "starts_on")


def _begin_work(order: ServiceOrder, day: date, coordinator: Holder) -> None:
    """From the day on the unit works with the person, through the coordinator alone."""
    live = [one for one in unit_assignments(order) if one.to_date is None or one.to_date >= day]
    held = {one.account_id for one in live if one.kind == AssignmentKind.COORDINATOR}
    for one in live:
        if one.kind == AssignmentKind.COORDINATOR and one.account_id != coordinator.account_id:
            _end(one, add_days(day, -1))
    if not any(one.kind == AssignmentKind.PROVIDER for one in live):
        _assign(order, AssignmentKind.PROVIDER, day, None)
    if coordinator.account_id not in held:
        _assign(order, AssignmentKind.COORDINATOR, day, coordinator.account_id)


def _assign(order: ServiceOrder, kind: AssignmentKind, day: date, account_id: int | None) -> None:
    db.session.add(
        Assignment(
            participant_id=order.participant_id,
            kind=kind.value,
            account_id=account_id,
            unit_id=order.unit_id,
            from_date=day,
        )
    )


def _end(assignment: Assignment, last: date) -> None:
    """It holds to the last day; one that had not begun by then never held."""
    if assignment.from_date > last:
        last = min(last, add_days(clock.today(), -1))
        assignment.from_date = last
    assignment.to_date = last


def record_first_day(order: ServiceOrder, day: date) -> None:
    """The person was there for the first time: the decision is carried out. Raises DomainError by field."""
    if state_of(order, clock.today()) not in ACCEPTED:
        raise DomainError(_("Svara ja på beställningen först."))
    if day > clock.today():
        raise DomainError(_("Dagen har inte varit än. Skriv dagen när personen har varit där."), "first_day")
    _check_within(order.decision, day, "first_day")
    order.first_day = day
    for assignment in unit_assignments(order):
        if assignment.to_date is None:  # whoever came earlier than agreed was theirs from that day
            assignment.from_date = min(assignment.from_date, day)
    _trace(ANSWER_ORDER, order, "first_day")


def close_order(order: ServiceOrder, last_day: date, reason: OrderEnd) -> None:
    """The unit's work with the order ends with the day. Raises DomainError by field.

    An order that nobody has accepted ends at once.
    """
    today = clock.today()
    state = state_of(order, today)
    if state in ENDED:
        raise DomainError(_("Beställningen är redan avslutad."))
    if state not in ACCEPTED:
        last_day = today
    if last_day < max(order.sent_on, order.first_day or order.sent_on):
        raise DomainError(_("Sista dagen kan inte vara före första dagen eller beställningen."), "last_day")
    if last_day > add_days(today, FURTHEST):
        raise DomainError(_("Skriv en dag inom ett år."), "last_day")
    _close(order, last_day, reason)


def close_orders_of(decision: Decision, last_day: date) -> int:
    """End what the units carry out of the decision, with its last day. Returns how many orders that were.

    One that ends earlier anyway keeps its day.
    """
    orders = [one for one in open_orders_of(decision) if one.closed_on is None or one.closed_on > last_day]
    for order in orders:
        _close(order, max(last_day, order.sent_on), OrderEnd.DECISION_ENDED)
    return len(orders)


def _close(order: ServiceOrder, last_day: date, reason: OrderEnd) -> None:
    before, order.closed_on, order.close_reason = order.closed_on, last_day, reason.value
    if not other_open_orders(order, last_day):
        for assignment in unit_assignments(order):
            if assignment.to_date is None or assignment.to_date > last_day or assignment.to_date == before:
                _end(assignment, last_day)
    _trace(CLOSE_ORDER, order, reason.value)


def _trace(permission: Permission, order: ServiceOrder, detail: str) -> None:
    audit.record_write(
        permission,
        participant_id=order.participant_id,
        object_kind="service_order",
        object_id=order.id,
        detail=detail,
    )
