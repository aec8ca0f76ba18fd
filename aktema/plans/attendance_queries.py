"""Readers of attendance. Of the rows of one order and day the newest counts; a unit reads what it wrote itself.

What was written of a trial's day is counted for itself: a morning at the unit and an afternoon on a trial add up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

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
from aktema.plans.plan_document import pattern_of
from aktema.plans.plan_models import Plan
from aktema.plans.rules import attendance as rules
from aktema.plans.rules.calendar import add_days, add_months, is_working_day
from aktema.plans.rules.document import Pattern
from aktema.plans.rules.extents import extent_on, period_of
from aktema.plans.rules.planned import PlannedDay, has_times, minutes_of_week

WEEK = timedelta(days=7)
WEEKS_SHOWN = 12
Plans = Mapping[int, Sequence[Plan]]
"""The fixed versions of plans by order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """Somebody of the group of one day: how long their whole day is, and what has been written of the day.

    `usual` is what was written of the same weekday the week before. A trial's day that is written up stands for
    itself, with its `trial_id`: what is put right about it is of the trial too.
    """

    order: ServiceOrder
    planned: int | None
    standing: Attendance | None
    usual: Attendance | None
    trial_id: int | None = None
    is_on_trial: bool = False
    """Whether a trial's day stands beside the unit's own."""

    @property
    def is_off(self) -> bool:
        """Whether the person was on a trial, or not to be at the unit on this weekday the week before."""
        return self.is_on_trial or (self.usual is not None and self.usual.absence == Absence.NOT_PLANNED)


def group_of(identity: Identity, day: date) -> Sequence[Expected]:
    """Those who had begun by the day and had not ended, by name, each read recorded. Four statements."""
    last_week = add_days(day, -WEEK.days)
    orders = db.session.scalars(_group(identity, day)).unique().all()
    newest = newest_rows([order.id for order in orders], (day, last_week))
    audit.record_reads(RECORD_ATTENDANCE, {order.participant_id for order in orders})
    return [
        one
        for order in orders
        for one in _expected(
            order, day, newest.get((order.id, day), ()), newest.get((order.id, last_week), ())
        )
    ]


def _expected(
    order: ServiceOrder, day: date, rows: Sequence[Attendance], before: Sequence[Attendance]
) -> Iterator[Expected]:
    """The person's day at the unit, then those of trials that are written up."""
    of_trials = [row for row in rows if row.trial_id is not None]
    yield Expected(
        order=order,
        planned=_whole_day(order, day),
        standing=_own(rows),
        usual=_own(before),
        is_on_trial=bool(of_trials),
    )
    for row in of_trials:
        yield Expected(order=order, planned=None, standing=row, usual=None, trial_id=row.trial_id)


def _own(rows: Iterable[Attendance]) -> Attendance | None:
    return next((row for row in rows if row.trial_id is None), None)


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


def newest_rows(
    order_ids: Iterable[int], days: Iterable[date]
) -> Mapping[tuple[int | None, date], Sequence[Attendance]]:
    """What stands of each of the orders and days, at the unit and of each trial, with who reported it."""
    where = Attendance.order_id.in_(order_ids) & Attendance.day.in_(days)
    found: dict[tuple[int | None, date], list[Attendance]] = defaultdict(list)
    for row in db.session.scalars(
        _with_reporter(_newest(where)).order_by(Attendance.trial_id, Attendance.id)
    ):
        found[row.order_id, row.day].append(row)
    return found


def _newest(where: ColumnElement[bool]) -> Select[Attendance]:
    one_day = (Attendance.order_id, Attendance.trial_id, Attendance.day)
    last = select(func.max(Attendance.id)).where(where).group_by(*one_day)
    return select(Attendance).where(Attendance.id.in_(last)).options(raiseload("*"))


def _counted(rows: Iterable[Attendance]) -> Sequence[Attendance]:
    """Those that are summed: that somebody was away on a trial adds nothing to what the trial's day says itself."""
    listed = list(rows)
    told = {(row.order_id, row.day) for row in listed if row.trial_id is not None}
    return [row for row in listed if not (_says_elsewhere(row) and (row.order_id, row.day) in told)]


def _says_elsewhere(row: Attendance) -> bool:
    return row.trial_id is None and row.absence == Absence.ELSEWHERE


def _with_reporter(rows: Select[Attendance]) -> Select[Attendance]:
    return rows.options(joinedload(Attendance.account).raiseload("*"))


def reporter_of(row: Attendance) -> str:
    """Who said how the day was: a worker by name, else the person or the workplace of a trial."""
    said = {"person": _("personen själv"), "employer": _("arbetsplatsen")}
    return said.get(row.source, row.account.name)


def newest_id(group: Iterable[Expected]) -> int:
    """The version of a day's page: the id of the newest row; 0 where nothing is written."""
    return max((one.standing.id for one in group if one.standing is not None), default=0)


def day_orders_of(participant_id: int) -> Sequence[ServiceOrder]:
    """The person's orders of day activity that were begun, for days that are written up elsewhere. One statement."""
    begun = ServiceOrder.first_day.is_not(None) & (newest_answer() == OrderAnswer.ACCEPTED)
    theirs = _day_activity().where(ServiceOrder.participant_id == participant_id, begun)
    return db.session.scalars(theirs.options(raiseload("*")).order_by(ServiceOrder.id)).all()


def serving(orders: Iterable[ServiceOrder], day: date) -> ServiceOrder | None:
    """The newest of the orders that had begun by the day and had not ended, or None."""
    return next((order for order in reversed(list(orders)) if _serves(order, day)), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """Minutes granted, planned and delivered in one week. None is not known, or nothing written.

    What is planned comes from the plans in force, or where they don't tell, `is_by_grant`, from what is granted.
    """

    monday: date
    granted: int | None
    is_template: bool
    planned: int
    is_by_grant: bool
    delivered: int | None
    reporters: Sequence[str]
    """The names of those who reported what was delivered, each once, in the order of the days."""


def weeks_of(identity: Identity, participant: Participant) -> Sequence[Week]:
    """The person's last twelve weeks of day activity with this one, the oldest first."""
    measured = [
        one for one in decisions_of(participant.id) if SupportMeasure(one.support_measure).has_work_points
    ]
    mine = ServiceOrder.participant_id == participant.id
    found = _day_activity().where(mine, reached(identity, READ_ATTENDANCE))
    orders = db.session.scalars(found.where(ServiceOrder.first_day.is_not(None))).unique().all()
    first = rules.monday_of(clock.today()) - (WEEKS_SHOWN - 1) * WEEK
    ids = [order.id for order in orders]
    by_week, plans = _written_since(first, ids), _fixed_plans(ids)
    mondays = [first + number * WEEK for number in range(WEEKS_SHOWN)]
    return [_week(monday, measured, orders, plans, by_week.get(monday, ())) for monday in mondays]


def _written_since(first: date, order_ids: Sequence[int]) -> Mapping[date, Sequence[Attendance]]:
    """What stands, day by day, by the Monday of its week, where anything is written."""
    by_week: dict[date, list[Attendance]] = {}
    since = Attendance.order_id.in_(order_ids) & (Attendance.day >= first)
    rows = db.session.scalars(_with_reporter(_newest(since)).order_by(Attendance.day, Attendance.id))
    for row in _counted(rows):
        by_week.setdefault(rules.monday_of(row.day), []).append(row)
    return by_week


def _fixed_plans(order_ids: Sequence[int]) -> Plans:
    """The fixed versions of the orders' plans with their activities, by order, the first first. Two statements."""
    fixed = select(Plan).where(Plan.order_id.in_(order_ids), Plan.fixed_on.is_not(None))
    found: dict[int, list[Plan]] = {}
    loaded = (selectinload(Plan.activities).raiseload("*"), raiseload("*"))
    for plan in db.session.scalars(fixed.options(*loaded).order_by(Plan.number)):
        found.setdefault(plan.order_id, []).append(plan)
    return found


def _patterns_on(plans: Iterable[Plan], day: date) -> Sequence[Pattern]:
    """When things are done by the version in force on the day; nothing before the first was fixed."""
    in_force = [plan for plan in plans if plan.fixed_on is not None and plan.fixed_on <= day]
    return [pattern_of(one) for one in in_force[-1].activities] if in_force else []


def _week(
    monday: date,
    decisions: Sequence[Decision],
    orders: Sequence[ServiceOrder],
    plans: Plans,
    written: Sequence[Attendance],
) -> Week:
    days = [monday + timedelta(days=number) for number in range(7)]
    holding = [extent for day in days if (extent := _granted_on(decisions, day)) is not None]
    newest = holding[-1] if holding else None
    served = [day for day in days if is_working_day(day) and any(_serves(order, day) for order in orders)]
    rates = [_rate(decisions, day) for day in served]
    by_plan = _planned_by_plan(decisions, orders, plans, days)
    room = rules.planned_minutes(rates, newest.days_per_week if newest else None)
    return Week(
        monday=monday,
        granted=None if newest is None else weekly_minutes(newest),
        is_template=newest is not None and newest.weekly_minutes is None,
        planned=room if by_plan is None else by_plan,
        is_by_grant=by_plan is None,
        delivered=sum(row.minutes for row in written) if written else None,
        reporters=list(dict.fromkeys(map(reporter_of, written))),
    )


def _planned_by_plan(
    decisions: Sequence[Decision], orders: Sequence[ServiceOrder], plans: Plans, days: Iterable[date]
) -> int | None:
    """The minutes that the plans say of days with granted support; None where an order has no plan with times then."""
    told = []
    for day in days:
        by_order = [_patterns_on(plans.get(one.id, ()), day) for one in orders if _serves(one, day)]
        if not all(has_times(patterns) for patterns in by_order):
            return None
        if by_order and _granted_on(decisions, day) is not None:
            patterns = list(chain.from_iterable(by_order))
            told.append(PlannedDay(day=day, patterns=patterns, left=_left_on(decisions, day)))
    return minutes_of_week(told) if told else None


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
    left = _left_on(holding, day)
    return granted if left is None else min(granted, left)


def _left_on(decisions: Iterable[Decision], day: date) -> int | None:
    """The minutes a week that interruptions of decisions which hold leave on the day; None where there are none."""
    left = (
        one.weekly_minutes_left
        for decision in decisions
        if period_of(decision).holds_on(day)
        for one in decision.interruptions
        if one.from_date <= day and (one.to_date is None or one.to_date >= day)
    )
    return min(left, default=None)


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
    for row in _counted(db.session.scalars(_newest(within & Attendance.order_id.in_(ids)))):
        days = by_person.setdefault(row.participant_id, {})
        days[row.day] = days.get(row.day, 0) + row.minutes
    people = select(Participant).where(Participant.id.in_(by_person)).options(raiseload("*"))
    found = db.session.scalars(people.order_by(Participant.sort_key, Participant.id)).all()
    audit.record_reads(READ_ATTENDANCE, by_person)
    return [
        Allowance(name=one.name, birth_date=one.birth_date, days=rules.count_days(by_person[one.id].values()))
        for one in found
    ]
