"""Who stays in day activity, and when work was last asked about, tried and talked of. Every figure is a fact's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, func, or_, select, union_all
from sqlalchemy.orm import raiseload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.people.codes import AssignmentKind, CameFrom
from aktema.people.models import Assignment, Participant
from aktema.people.queries import live_assignment, visible
from aktema.people.rules import age_on
from aktema.plans.codes import WISH_ANSWERS, PointAnswer, SupportMeasure, WorkPoint
from aktema.plans.follow_up_queries import was_tried
from aktema.plans.models import Decision, FollowUp, WorkPointAnswer
from aktema.plans.permissions import READ_DUE
from aktema.plans.plan_models import Plan
from aktema.plans.rules import lock_in
from aktema.plans.wish_models import OwnWorkWish
from aktema.steps.models import Step


class Order(StrEnum):
    """By which fact the list is ordered; in its address, so in Swedish."""

    TRIED = "provat"
    SINCE = "tid"
    ASKED = "fragad"
    COACH = "jobbcoach"
    EMPLOYMENT_SERVICE = "arbetsformedlingen"
    SOCIAL_INSURANCE = "forsakringskassan"
    NAME = "namn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """A person in day activity: since when, and the days of what was done about work. None is never."""

    participant: Participant
    since: date
    tried_on: date | None
    asked_on: date | None
    coach_on: date | None
    employment_service_on: date | None
    social_insurance_on: date | None

    def signs(self, today: date) -> tuple[lock_in.Sign, ...]:
        """Why the person stands out."""
        return lock_in.signs(
            since=self.since,
            tried_on=self.tried_on,
            asked_on=self.asked_on,
            from_school=self.participant.came_from == CameFrom.SCHOOL,
            age=age_on(self.participant.birth_date, today),
            today=today,
        )


class UnitOrder(StrEnum):
    """By which figure the units are ordered; in the page's address, so in Swedish."""

    NEVER = "aldrig"
    PEOPLE = "personer"
    ASKED = "fragade"
    TRIED = "provade"
    NAME = "namn"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitStay:
    """A unit's people in reach: how many, asked within a year, tried within three years, and never tried."""

    public_id: str
    name: str
    people: int
    asked: int
    tried: int
    never: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many there are in reach, and how many of them have never tried work for three years or since school."""

    people: int
    years_untried: int
    school_untried: int


def _since() -> Subquery:
    """The first day in day activity, by person."""
    day_activity = Decision.support_measure == SupportMeasure.DAY_ACTIVITY.value
    first = select(Decision.participant_id, func.min(Decision.from_date).label("since")).where(day_activity)
    return first.group_by(Decision.participant_id).subquery()


def _tried() -> Subquery:
    last = select(Step.participant_id, func.max(Step.happened_on).label("tried_on")).where(was_tried())
    return last.group_by(Step.participant_id).subquery()


def _asked() -> Subquery:
    """When the person was last asked about work: in a follow-up, on their own page or for a plan."""
    followed_up = (
        select(FollowUp.participant_id, FollowUp.held_on.label("on_day"))
        .join(WorkPointAnswer, WorkPointAnswer.follow_up_id == FollowUp.id)
        .where(
            WorkPointAnswer.point == WorkPoint.WISH_FOR_WORK.value,
            WorkPointAnswer.answer != PointAnswer.COULD_NOT_BE_ASKED.value,
        )
    )
    on_own_page = select(OwnWorkWish.participant_id, func.date(OwnWorkWish.created_at, type_=Date)).where(
        OwnWorkWish.said_by == "person"
    )
    every = union_all(followed_up, on_own_page, _asked_for_a_plan()).subquery()
    last = select(every.c.participant_id, func.max(every.c.on_day).label("asked_on"))
    return last.group_by(every.c.participant_id).subquery()


def _asked_for_a_plan() -> Select[int, date]:
    """When it was answered, or confirmed as it stands."""
    day = func.coalesce(Plan.confirmed_on, func.date(Plan.work_wish_at, type_=Date), type_=Date)
    return select(Plan.participant_id, day).where(
        Plan.work_wish.in_([answer.value for answer in WISH_ANSWERS])
    )


def _talked() -> Subquery:
    """When there last was contact with each party, by person."""
    point, answer = WorkPointAnswer.point, WorkPointAnswer.answer
    contacts = {
        "coach_on": WorkPoint.JOB_CONSULTANT,
        "employment_service_on": WorkPoint.EMPLOYMENT_SERVICE,
        "social_insurance_on": WorkPoint.SOCIAL_INSURANCE,
    }
    columns = [
        func.max(
            case((and_(point == one.value, answer == PointAnswer.YES.value), WorkPointAnswer.on_date))
        ).label(name)
        for name, one in contacts.items()
    ]
    joined = select(FollowUp.participant_id, *columns).join(
        WorkPointAnswer, WorkPointAnswer.follow_up_id == FollowUp.id
    )
    return joined.group_by(FollowUp.participant_id).subquery()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    """The four tables of facts that people are joined with."""

    since: Subquery
    tried: Subquery
    asked: Subquery
    talked: Subquery

    def about(self, identity: Identity, *columns: Any, unit: str = "") -> Select[Any]:
        """The columns about everybody in reach whose day activity goes on today, in the unit where one is named."""
        everybody = (
            select(*columns)
            .select_from(Participant)
            .join(self.since, self.since.c.participant_id == Participant.id)
            .outerjoin(self.tried, self.tried.c.participant_id == Participant.id)
            .outerjoin(self.asked, self.asked.c.participant_id == Participant.id)
            .outerjoin(self.talked, self.talked.c.participant_id == Participant.id)
            .where(visible(identity, READ_DUE), Participant.closed_on.is_(None), _goes_on())
        )
        return everybody.where(_in_unit(unit)) if unit else everybody

    @property
    def columns(self) -> Mapping[Order, ColumnElement[date]]:
        """What the list tells of everybody, in the order of `_stay`."""
        return {
            Order.TRIED: self.tried.c.tried_on,
            Order.SINCE: self.since.c.since,
            Order.ASKED: self.asked.c.asked_on,
            Order.COACH: self.talked.c.coach_on,
            Order.EMPLOYMENT_SERVICE: self.talked.c.employment_service_on,
            Order.SOCIAL_INSURANCE: self.talked.c.social_insurance_on,
        }


def _facts() -> _Facts:
    return _Facts(since=_since(), tried=_tried(), asked=_asked(), talked=_talked())


def _goes_on() -> ColumnElement[bool]:
    """Whether a decision of day activity is in force today."""
    today = clock.today()
    in_force = select(Decision.participant_id).where(
        Decision.support_measure == SupportMeasure.DAY_ACTIVITY.value,
        Decision.from_date <= today,
        or_(Decision.to_date.is_(None), Decision.to_date >= today),
        or_(Decision.ended_on.is_(None), Decision.ended_on >= today),
    )
    return Participant.id.in_(in_force)


def _working() -> Subquery:
    """Which unit works with whom today."""
    kinds = (AssignmentKind.PROVIDER.value, AssignmentKind.COORDINATOR.value)
    found = select(Assignment.participant_id, Assignment.unit_id).distinct()
    return found.where(Assignment.kind.in_(kinds), live_assignment()).subquery()


def _in_unit(public_id: str) -> ColumnElement[bool]:
    working = _working()
    there = select(working.c.participant_id).join(Unit, Unit.id == working.c.unit_id)
    return Participant.id.in_(there.where(Unit.public_id == public_id))


def units(identity: Identity, order: UnitOrder) -> Sequence[UnitStay]:
    """Every unit that works with somebody in reach, with its figures; by name where the figures are the same."""
    facts, working, today = _facts(), _working(), clock.today()
    asked, tried = facts.asked.c.asked_on, facts.tried.c.tried_on
    conditions = (asked >= lock_in.year_ago(today), tried >= lock_in.long_ago(today), tried.is_(None))
    sums = [func.sum(case((one, 1), else_=0)) for one in conditions]
    found = facts.about(identity, Unit.public_id, Unit.name, func.count(), *sums)
    joined = found.join(working, working.c.participant_id == Participant.id)
    grouped = joined.join(Unit, Unit.id == working.c.unit_id).group_by(
        Unit.id, Unit.public_id, Unit.name, Unit.sort_key
    )
    rows = [
        UnitStay(public_id=public_id, name=name, people=people, asked=asked, tried=tried, never=never)
        for public_id, name, people, asked, tried, never in db.session.execute(
            grouped.order_by(Unit.sort_key)
        )
    ]
    return sorted(rows, key=lambda one: -_figure(one, order))


def _figure(one: UnitStay, order: UnitOrder) -> int:
    """What the unit is ordered by, the greatest first; nothing where it is the name."""
    figures = {
        UnitOrder.NEVER: one.never,
        UnitOrder.PEOPLE: one.people,
        UnitOrder.ASKED: one.asked,
        UnitOrder.TRIED: one.tried,
    }
    return figures.get(order, 0)


def counts(identity: Identity, unit: str = "") -> Counts:
    """How many people in reach there are, and how many stand out; in the unit where one is named."""
    facts, today = _facts(), clock.today()
    untried = facts.tried.c.tried_on.is_(None)
    born_after = lock_in.born_after(today)
    long_untried = and_(untried, facts.since.c.since <= lock_in.long_ago(today))
    from_school = and_(
        untried, Participant.came_from == CameFrom.SCHOOL.value, Participant.birth_date > born_after
    )
    people, years, school = db.session.execute(
        facts.about(
            identity,
            func.count(),
            *(func.sum(case((one, 1), else_=0)) for one in (long_untried, from_school)),
            unit=unit,
        )
    ).one()
    return Counts(people=people, years_untried=years or 0, school_untried=school or 0)


def stays(identity: Identity, order: Order, start: int, size: int, unit: str = "") -> Sequence[Stay]:
    """People in reach from `start` on: never comes before long ago, and of equals the longest in day activity."""
    facts = _facts()
    columns = facts.columns
    found = facts.about(identity, Participant, *columns.values(), unit=unit).options(raiseload("*"))
    first = Participant.sort_key if order is Order.NAME else columns[order].asc().nulls_first()
    ordered = found.order_by(first, columns[Order.SINCE], Participant.id)
    rows = db.session.execute(ordered.limit(size).offset(start)).all()
    audit.record_reads(READ_DUE, [row[0].id for row in rows])
    return [_stay(*row) for row in rows]


def _stay(
    participant: Participant,
    tried_on: date | None,
    since: date,
    asked_on: date | None,
    coach_on: date | None,
    employment_service_on: date | None,
    social_insurance_on: date | None,
) -> Stay:
    return Stay(
        participant=participant,
        since=since,
        tried_on=tried_on,
        asked_on=asked_on,
        coach_on=coach_on,
        employment_service_on=employment_service_on,
        social_insurance_on=social_insurance_on,
    )
