"""Decisions with all that their deadlines follow from, read as plain values in a constant number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from aktema.access.models import Unit
from aktema.core.db import db
from aktema.plans.codes import FollowUpKind, InterruptionReason, LawBasis, OrderAnswer, SupportMeasure
from aktema.plans.models import Decision, DecisionExtent, FollowUp, Interruption, OrderReply, ServiceOrder
from aktema.plans.plan_models import Plan
from aktema.plans.rules.deadlines import DecisionFacts, ExtentFacts, InterruptionFacts, OrderFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCase:
    public_id: str
    unit_id: int
    unit_name: str
    is_declined: bool
    facts: OrderFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    reason: InterruptionReason
    facts: InterruptionFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A decision with all that its deadlines follow from."""

    public_id: str
    participant_id: int
    support_measure: SupportMeasure
    law_basis: LawBasis
    facts: DecisionFacts
    orders: Sequence[OrderCase]
    breaks: Sequence[Break]
    begun: Mapping[FollowUpKind, str]
    """The public ids of follow-ups that are not closed yet."""

    def open_orders(self, today: date) -> Sequence[OrderCase]:
        """Those that a unit carries out, or is to answer; a no ends an order, and so does closing it before a yes."""
        return [order for order in self.orders if not order.is_declined and _goes_on(order.facts, today)]


def _goes_on(order: OrderFacts, today: date) -> bool:
    return order.closed_on is None or (order.is_accepted and order.closed_on >= today)


def is_followed() -> ColumnElement[bool]:
    """Whether a later decision of the same measure is there."""
    later = aliased(Decision)
    same = (later.participant_id == Decision.participant_id) & (
        later.support_measure == Decision.support_measure
    )
    return exists().where(same, later.from_date > Decision.from_date).correlate(Decision)


def cases_where(where: ColumnElement[bool]) -> Sequence[Case]:
    """The decisions (joined with their people) with their facts. Five statements, however many they are."""
    chosen = select(Decision.id).join(Decision.participant).where(where)
    people = select(Decision.participant_id).join(Decision.participant).where(where)
    around = _Around(
        orders=_orders(chosen), extents=_extents(chosen), breaks=_breaks(chosen), talks=_talks(people)
    )
    rows = db.session.execute(
        select(
            Decision.id,
            Decision.public_id,
            Decision.participant_id,
            Decision.support_measure,
            Decision.law_basis,
            Decision.from_date,
            Decision.decided_on,
            Decision.to_date,
            Decision.ended_on,
            is_followed().label("is_followed"),
        )
        .join(Decision.participant)
        .where(where)
    )
    return [_case(row, around) for row in rows]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Talks:
    """When each kind of follow-up was held about each person and measure, and those begun but not closed.

    One that is still open is not done.
    """

    held: Mapping[tuple[FollowUpKind, int, str], list[date]]
    begun: Mapping[int, dict[FollowUpKind, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Around:
    """What hangs on decisions, by their ids."""

    orders: Mapping[int, list[OrderCase]]
    extents: Mapping[int, list[ExtentFacts]]
    breaks: Mapping[int, list[Break]]
    talks: _Talks


def _case(row: Row[*tuple[Any, ...]], around: _Around) -> Case:
    orders, breaks = around.orders.get(row.id, ()), around.breaks.get(row.id, ())
    about = (row.participant_id, row.support_measure)
    return Case(
        public_id=row.public_id,
        participant_id=row.participant_id,
        support_measure=SupportMeasure(row.support_measure),
        law_basis=LawBasis(row.law_basis),
        orders=orders,
        breaks=breaks,
        begun=around.talks.begun.get(row.id, {}),
        facts=DecisionFacts(
            from_date=row.from_date,
            decided_on=row.decided_on,
            to_date=row.to_date,
            ended_on=row.ended_on,
            is_followed=bool(row.is_followed),
            orders=[order.facts for order in orders],
            extents=around.extents.get(row.id, ()),
            interruptions=[one.facts for one in breaks],
            held=around.talks.held.get((FollowUpKind.DECISION, *about), ()),
            held_of_plan=around.talks.held.get((FollowUpKind.PLAN, *about), ()),
        ),
    )


def _orders(chosen: Select[int]) -> Mapping[int, list[OrderCase]]:
    """The orders of each decision with the last answer, in the order they were sent."""
    same = aliased(OrderReply)
    newest = select(func.max(same.id)).where(same.order_id == ServiceOrder.id).correlate(ServiceOrder)
    found: dict[int, list[OrderCase]] = defaultdict(list)
    rows = db.session.execute(
        select(
            ServiceOrder.decision_id,
            ServiceOrder.public_id,
            ServiceOrder.unit_id,
            Unit.name,
            ServiceOrder.sent_on,
            ServiceOrder.wanted_from,
            ServiceOrder.first_day,
            ServiceOrder.closed_on,
            _plan_fixed_on().label("plan_fixed_on"),
            OrderReply.answer,
            OrderReply.answered_on,
            OrderReply.starts_on,
        )
        .join(ServiceOrder.unit)
        .outerjoin(
            OrderReply,
            and_(OrderReply.order_id == ServiceOrder.id, OrderReply.id == newest.scalar_subquery()),
        )
        .where(ServiceOrder.decision_id.in_(chosen))
        .order_by(ServiceOrder.id)
    )
    for row in rows:
        facts = OrderFacts(
            sent_on=row.sent_on,
            wanted_from=row.wanted_from,
            answered_on=row.answered_on,
            is_accepted=row.answer == OrderAnswer.ACCEPTED,
            starts_on=row.starts_on,
            first_day=row.first_day,
            plan_fixed_on=row.plan_fixed_on,
            closed_on=row.closed_on,
        )
        found[row.decision_id].append(
            OrderCase(
                public_id=row.public_id,
                unit_id=row.unit_id,
                unit_name=row.name,
                is_declined=row.answer == OrderAnswer.DECLINED,
                facts=facts,
            )
        )
    return found


def _plan_fixed_on() -> ColumnElement[date | None]:
    """The day the order's plan was fixed for the first time, or null."""
    theirs = select(func.min(Plan.fixed_on)).where(Plan.order_id == ServiceOrder.id)
    return theirs.correlate(ServiceOrder).scalar_subquery()


def _extents(chosen: Select[int]) -> Mapping[int, list[ExtentFacts]]:
    """What each decision grants; of a template what it came to, where that is known."""
    minutes = func.coalesce(DecisionExtent.weekly_minutes, DecisionExtent.template_minutes)
    found: dict[int, list[ExtentFacts]] = defaultdict(list)
    granted = select(DecisionExtent.decision_id, DecisionExtent.from_date, minutes)
    for decision_id, from_date, weekly in db.session.execute(
        granted.where(DecisionExtent.decision_id.in_(chosen))
    ):
        found[decision_id].append(ExtentFacts(from_date=from_date, weekly_minutes=weekly))
    return found


def _breaks(chosen: Select[int]) -> Mapping[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    columns = select(
        Interruption.decision_id,
        Interruption.from_date,
        Interruption.to_date,
        Interruption.weekly_minutes_left,
        Interruption.reason,
    )
    for row in db.session.execute(
        columns.where(Interruption.decision_id.in_(chosen)).order_by(Interruption.id)
    ):
        facts = InterruptionFacts(
            from_date=row.from_date, to_date=row.to_date, weekly_minutes_left=row.weekly_minutes_left
        )
        found[row.decision_id].append(Break(reason=InterruptionReason(row.reason), facts=facts))
    return found


def _talks(people: Select[int]) -> _Talks:
    talks = _Talks(held=defaultdict(list), begun=defaultdict(dict))
    columns = select(
        FollowUp.kind,
        FollowUp.participant_id,
        FollowUp.decision_id,
        FollowUp.public_id,
        FollowUp.held_on,
        FollowUp.closed_on,
        Decision.support_measure,
    )
    for row in db.session.execute(
        columns.join(FollowUp.decision).where(FollowUp.participant_id.in_(people)).order_by(FollowUp.id)
    ):
        kind = FollowUpKind(row.kind)
        if row.closed_on is None:
            talks.begun[row.decision_id][kind] = row.public_id
        else:
            talks.held[kind, row.participant_id, row.support_measure].append(row.held_on)
    return talks
