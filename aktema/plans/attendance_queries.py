"""Readers of attendance. Of the rows of one order and day the newest counts; a unit reads what it wrote itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, raiseload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.people.queries import visible
from aktema.plans.codes import Absence, OrderAnswer, SupportMeasure
from aktema.plans.decision_queries import decisions_of
from aktema.plans.models import Attendance, Decision, DecisionExtent, ServiceOrder
from aktema.plans.order_queries import holds_on, newest_answer, reached
from aktema.plans.permissions import READ_ATTENDANCE, RECORD_ATTENDANCE
from aktema.plans.rules import attendance as rules
from aktema.plans.rules.calendar import add_days, add_months, is_working_day
from aktema.plans.rules.extents import extent_on, period_of

WEEK = timedelta(days=7)
WEEKS_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """Somebody of the group of one day: how long their whole day is, and what has been written of the day.

    `usual` is what was written of the same weekday the week before.
    """

    order: ServiceOrder
    planned: int | None
    standing: Attendance | None
    usual: Attendance | None

    @property
    def is_off(self) -> bool:
        """Whether the person was not to be there on this weekday the week before."""
        return self.usual is not None and self.usual.absence == Absence.NOT_PLANNED


def group_of(identity: Identity, day: date) -> Sequence[Expected]:
    """Those who had begun by the day and had not ended, by name, each read recorded. Four statements."""
    last_week = add_days(day, -WEEK.days)
    orders = db.session.scalars(_group(identity, day)).unique().all()
    newest = newest_rows([order.id for order in orders], (day, last_week))
    audit.record_reads(RECORD_ATTENDANCE, {order.participant_id for order in orders})
    return [
        Expected(
            order=order,
            planned=_whole_day(order, day),
            standing=newest.get((order.id, day)),
            usual=newest.get((order.id, last_week)),
        )
        for order in orders
    ]


def _group(identity: Identity, day: date) -> Select[ServiceOrder]:
    begun = (ServiceOrder.first_day <= day) & (newest_answer() == OrderAnswer.ACCEPTED)
    return (
        _day_activity()
        .join(ServiceOrder.participant)
        .where(reached(identity, RECORD_ATTENDANCE), visible(identity, RECORD_ATTENDANCE))
        .where(begun, holds_on(day))
        .options(
            contains_eager(ServiceOrder.participant),
            contains_eager(ServiceOrder.decision).selectinload(Decision.extents),
            raiseload("*"),
        )
        .order_by(Participant.sort_key, ServiceOrder.id)
    )


def _day_activity() -> Select[ServiceOrder]:
    """Orders of day activity: the measure whose hours are written up day by day."""
    measure = Decision.support_measure == SupportMeasure.DAY_ACTIVITY
    return select(ServiceOrder).join(ServiceOrder.decision).where(measure)


def _whole_day(order: ServiceOrder, day: date) -> int | None:
    extent = extent_on(order.decision.extents, day)
    return None if extent is None else rules.day_minutes(weekly_minutes(extent), extent.days_per_week)


def weekly_minutes(extent: DecisionExtent) -> int | None:
    """The minutes granted a week; what a template came to where it is still to be converted."""
    return extent.template_minutes if extent.weekly_minutes is None else extent.weekly_minutes


def newest_rows(order_ids: Iterable[int], days: Iterable[date]) -> Mapping[tuple[int, date], Attendance]:
    """What stands of each of the orders and days."""
    where = Attendance.order_id.in_(order_ids) & Attendance.day.in_(days)
    return {(row.order_id, row.day): row for row in db.session.scalars(_newest(where))}


def _newest(where: ColumnElement[bool]) -> Select[Attendance]:
    last = select(func.max(Attendance.id)).where(where).group_by(Attendance.order_id, Attendance.day)
    return select(Attendance).where(Attendance.id.in_(last))


def newest_id(group: Iterable[Expected]) -> int:
    """The version of a day's page: the id of the newest row; 0 where nothing is written."""
    return max((one.standing.id for one in group if one.standing is not None), default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """Minutes granted, planned and delivered in one week. None is not known, or nothing written."""

    monday: date
    granted: int | None
    is_template: bool
    planned: int
    delivered: int | None


def weeks_of(identity: Identity, participant: Participant) -> Sequence[Week]:
    """The person's last twelve weeks of day activity with this one, the oldest first."""
    measured = [
        one for one in decisions_of(participant.id) if SupportMeasure(one.support_measure).has_work_points
    ]
    mine = ServiceOrder.participant_id == participant.id
    found = _day_activity().where(mine, reached(identity, READ_ATTENDANCE))
    orders = db.session.scalars(found.where(ServiceOrder.first_day.is_not(None))).unique().all()
    first = rules.monday_of(clock.today()) - (WEEKS_SHOWN - 1) * WEEK
    by_week = _delivered_since(first, [order.id for order in orders])
    mondays = [first + number * WEEK for number in range(WEEKS_SHOWN)]
    return [_week(monday, measured, orders, by_week.get(monday)) for monday in mondays]


def _delivered_since(first: date, order_ids: Sequence[int]) -> Mapping[date, int]:
    """Minutes by the Monday of their week, where anything is written."""
    by_week: dict[date, int] = {}
    since = Attendance.order_id.in_(order_ids) & (Attendance.day >= first)
    for row in db.session.scalars(_newest(since)):
        monday = rules.monday_of(row.day)
        by_week[monday] = by_week.get(monday, 0) + row.minutes
    return by_week


def _week(
    monday: date, decisions: Sequence[Decision], orders: Sequence[ServiceOrder], delivered: int | None
) -> Week:
    days = [monday + timedelta(days=number) for number in range(7)]
    holding = [extent for day in days if (extent := _granted_on(decisions, day)) is not None]
    newest = holding[-1] if holding else None
    served = [day for day in days if is_working_day(day) and any(_serves(order, day) for order in orders)]
    rates = [_rate(decisions, day) for day in served]
    return Week(
        monday=monday,
        granted=None if newest is None else weekly_minutes(newest),
        is_template=newest is not None and newest.weekly_minutes is None,
        planned=rules.planned_minutes(rates, newest.days_per_week if newest else None),
        delivered=delivered,
    )


def _granted_on(decisions: Iterable[Decision], day: date) -> DecisionExtent | None:
    holding = (one for one in decisions if period_of(one).holds_on(day))
    return next((extent_on(one.extents, day) for one in holding), None)


def _serves(order: ServiceOrder, day: date) -> bool:
    has_begun = order.first_day is not None and order.first_day <= day
    return has_begun and (order.closed_on is None or order.closed_on >= day)


def _rate(decisions: Iterable[Decision], day: date) -> int:
    """The minutes a week that can be given on the day: what is granted, or less where it is interrupted."""
    holding = [one for one in decisions if period_of(one).holds_on(day)]
    extent = _granted_on(holding, day)
    granted = 0 if extent is None else weekly_minutes(extent) or 0
    left = [
        one.weekly_minutes_left
        for decision in holding
        for one in decision.interruptions
        if one.from_date <= day and (one.to_date is None or one.to_date >= day)
    ]
    return min([granted, *left])


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What somebody's habilitation allowance of a month is paid by."""

    name: str
    birth_date: date
    days: rules.DayCount


def days_by_person(identity: Identity, month: date) -> Sequence[Allowance]:
    """The days of the month by person in reach, by name, each read recorded. `month` is its first day.

    A unit's file holds those who left it since the month before this one began too: they are paid after they left.
    """
    since = add_months(clock.today().replace(day=1), -1)
    orders = _day_activity().where(reached(identity, READ_ATTENDANCE, ended_since=since))
    within = (Attendance.day >= month) & (Attendance.day < add_months(month, 1))
    ids = orders.with_only_columns(ServiceOrder.id)
    by_person: dict[int, dict[date, int]] = {}
    for row in db.session.scalars(_newest(within & Attendance.order_id.in_(ids))):
        days = by_person.setdefault(row.participant_id, {})
        days[row.day] = days.get(row.day, 0) + row.minutes
    people = select(Participant).where(Participant.id.in_(by_person)).options(raiseload("*"))
    found = db.session.scalars(people.order_by(Participant.sort_key, Participant.id)).all()
    audit.record_reads(READ_ATTENDANCE, by_person)
    return [
        Allowance(name=one.name, birth_date=one.birth_date, days=rules.count_days(by_person[one.id].values()))
        for one in found
    ]
