"""What is owed, by whom and since when: facts read in a constant number of statements, deadlines computed from them.

Nothing here is stored, so nothing goes stale: whoever has taken over a person today owes what is owed today.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, exists, func, or_, select

from aktema.access.identity import Identity
from aktema.access.models import Account, Membership
from aktema.access.policy import Permission, units_granted
from aktema.access.queries import live_membership
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import visible
from aktema.plans.case_queries import Case, OrderCase, cases_where, is_followed
from aktema.plans.codes import FollowUpKind, InterruptionReason, LawBasis, SupportMeasure
from aktema.plans.models import Decision, ServiceOrder
from aktema.plans.permissions import ANSWER_ORDER, READ_DUE
from aktema.plans.rules.calendar import Quarter, add_days
from aktema.plans.rules.deadlines import Deadline, DueKind, InterruptionFacts, Periods, deadlines_of_order
from aktema.plans.rules.execution import Span, deadlines_of_decision, reportable, unexecuted_spans

FOLLOWED_UP = {
    DueKind.FOLLOW_UP_DECISION: FollowUpKind.DECISION,
    DueKind.FOLLOW_UP_PLAN: FollowUpKind.PLAN,
}


OWING = (Role.LSS_HANDLER, Role.COORDINATOR, Role.UNIT_MANAGER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One thing owed about a person.

    `owes` is the role whose duty it is, `is_mine` whether the reader is the one: what is late stands on the manager's
    list too. An order that nobody in the unit has answered in time is the case handler's to take up. `follow_up_id` is
    a follow-up that was begun and has to be closed.
    """

    participant: Participant
    kind: DueKind
    opens_on: date
    due_on: date
    is_late: bool
    decision_id: str
    order_id: str | None
    follow_up_id: str | None
    unit_name: str
    owes: Role
    is_mine: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unexecuted:
    """A decision that the quarter's report names: since when, until when it is known, and why."""

    participant_id: int
    decision_id: str
    support_measure: SupportMeasure
    law_basis: LawBasis
    decided_on: date
    since: date
    until: date | None
    is_partial: bool
    reasons: Sequence[InterruptionReason]
    planned_start: date | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class _Owed:
    case: Case
    order: OrderCase | None
    deadline: Deadline


def periods() -> Periods:
    """The municipality's own figures."""
    settings = current_app.extensions["settings"]
    return Periods(**{figure.name: getattr(settings, figure.name) for figure in fields(Periods)})


def due(identity: Identity, today: date, limit: int) -> Sequence[Due]:
    """What can be done now and what is late, for the identity, the soonest first, so many at most.

    Nobody is recorded as read: whoever shows the list records whom it names.
    """
    if not identity.has(*OWING):
        return ()
    where = _reached(identity) & _goes_on(today) & Participant.closed_on.is_(None)
    staff = _staff(where, today)
    found = [
        (owed, role, is_mine)
        for owed in _owed(cases_where(where), today)
        for role, is_mine in _claims(identity, owed, staff, today)
    ]
    found.sort(key=lambda one: (one[0].deadline.due_on, one[0].case.public_id, one[0].deadline.kind))
    people = named_people({owed.case.participant_id for owed, *_rest in found[:limit]})
    return [
        _due(owed, role, is_mine=is_mine, people=people, today=today) for owed, role, is_mine in found[:limit]
    ]


def named_people(ids: Collection[int]) -> Mapping[int, Participant]:
    """The people by id, whom the reader has been found to reach."""
    found = db.session.scalars(select(Participant).where(Participant.id.in_(ids)))
    return {person.id: person for person in found}


def _due(owed: _Owed, role: Role, *, is_mine: bool, people: Mapping[int, Participant], today: date) -> Due:
    kind, order = owed.deadline.kind, owed.order or next(reversed(owed.case.open_orders(today)), None)
    return Due(
        participant=people[owed.case.participant_id],
        kind=kind,
        opens_on=owed.deadline.opens_on,
        due_on=owed.deadline.due_on,
        is_late=owed.deadline.is_late(today),
        decision_id=owed.case.public_id,
        order_id=owed.order.public_id if owed.order else None,
        follow_up_id=owed.case.begun.get(FOLLOWED_UP[kind]) if kind in FOLLOWED_UP else None,
        unit_name=order.unit_name if order else "",
        owes=role,
        is_mine=is_mine,
    )


def _owed(cases: Sequence[Case], today: date) -> Iterator[_Owed]:
    """What can be done by now, of all cases."""
    figures = periods()
    for case in cases:
        for deadline in deadlines_of_decision(case.facts, today, figures):
            if deadline.is_open(today):
                yield _Owed(case, None, deadline)
        for order in case.orders:
            for deadline in deadlines_of_order(case.facts, order.facts, today, figures):
                if deadline.is_open(today):
                    yield _Owed(case, order, deadline)


# Whose it is


@dataclass(frozen=True, slots=True)
class _Staff:
    """Who works with the people today.

    `coordinators` are those who still hold their post in the unit; one whose work with the person begins later is
    named already.
    """

    handlers: Mapping[int, set[int]]
    coordinators: Mapping[tuple[int, int], set[int]]
    units: Mapping[int, set[int]]


def _claims(identity: Identity, owed: _Owed, staff: _Staff, today: date) -> Iterator[tuple[Role, bool]]:
    """By which role the reader has it on the list, if at all, and whether it is the reader's own to do."""
    is_late = owed.deadline.is_late(today)
    mine = _own_claim(identity, owed, staff, is_late=is_late)
    if mine is not None:
        yield mine, True
    elif is_late and _is_managed(identity, owed, staff, today):
        yield _duty(owed), False


def _own_claim(identity: Identity, owed: _Owed, staff: _Staff, *, is_late: bool) -> Role | None:
    kind, order = owed.deadline.kind, owed.order
    person_id = owed.case.participant_id
    handles = identity.has(Role.LSS_HANDLER) and identity.account_id in staff.handlers.get(person_id, ())
    if order is None:
        return Role.LSS_HANDLER if handles else None
    if kind is DueKind.ANSWER_ORDER and handles and is_late:
        return Role.LSS_HANDLER
    coordinates = order.unit_id in identity.units(Role.COORDINATOR)
    manages = order.unit_id in identity.units(Role.UNIT_MANAGER)
    if kind is DueKind.ANSWER_ORDER:
        return Role.COORDINATOR if coordinates else Role.UNIT_MANAGER if manages else None
    named = staff.coordinators.get((person_id, order.unit_id), ())
    if named:
        return Role.COORDINATOR if coordinates and identity.account_id in named else None
    return Role.UNIT_MANAGER if manages else None


def _duty(owed: _Owed) -> Role:
    """The role that somebody else holds whose duty it is."""
    return Role.LSS_HANDLER if owed.order is None else Role.COORDINATOR


def _is_managed(identity: Identity, owed: _Owed, staff: _Staff, today: date) -> bool:
    """Whether it is the reader's unit that works with the person, and carries the decision out where any does."""
    managed = set(identity.units(Role.UNIT_MANAGER))
    if owed.order is not None:
        return owed.order.unit_id in managed
    working = managed & staff.units.get(owed.case.participant_id, set())
    carrying = {order.unit_id for order in owed.case.open_orders(today)}
    return bool(working & carrying if carrying else working)


def _staff(where: ColumnElement[bool], today: date) -> _Staff:
    still_there = exists().where(
        Membership.account_id == Assignment.account_id,
        Membership.unit_id == Assignment.unit_id,
        Membership.role_code == Role.COORDINATOR.value,
        live_membership(),
        Account.id == Membership.account_id,
        Account.disabled_at.is_(None),
    )
    held = select(
        Assignment.participant_id,
        Assignment.kind,
        Assignment.account_id,
        Assignment.unit_id,
        Assignment.from_date <= today,
        still_there,
    )
    people = select(Decision.participant_id).join(Decision.participant).where(where)
    not_ended = Assignment.to_date.is_(None) | (Assignment.to_date >= today)
    staff = _Staff(defaultdict(set), defaultdict(set), defaultdict(set))
    for person_id, kind, account_id, unit_id, has_begun, is_there in db.session.execute(
        held.where(Assignment.participant_id.in_(people), not_ended)
    ):
        if has_begun and unit_id is not None:
            staff.units[person_id].add(unit_id)
        if has_begun and kind == AssignmentKind.HANDLER and account_id is not None:
            staff.handlers[person_id].add(account_id)
        if kind == AssignmentKind.COORDINATOR and is_there and unit_id is not None and account_id is not None:
            staff.coordinators[person_id, unit_id].add(account_id)
    return staff


# Where-clauses over decisions joined with their people


def _reached(identity: Identity) -> ColumnElement[bool]:
    """Decisions about people in reach, and those on which an order to an own unit waits for an answer."""
    units = units_granted(identity, ANSWER_ORDER)
    asked = select(ServiceOrder.decision_id).where(
        ServiceOrder.unit_id.in_(units), ServiceOrder.closed_on.is_(None)
    )
    return or_(visible(identity, READ_DUE), Decision.id.in_(asked))


def _goes_on(today: date) -> ColumnElement[bool]:
    """Not ended; or over by its own date, and nobody has said what comes after."""
    in_time = or_(Decision.to_date.is_(None), Decision.to_date >= today, ~is_followed())
    return in_time & or_(Decision.ended_on.is_(None), Decision.ended_on >= today)


# The quarter's report


def unexecuted(
    identity: Identity, permission: Permission, quarter: Quarter, today: date
) -> Sequence[Unexecuted]:
    """The decisions in reach that the quarter's report names, the longest wait first. Nobody is recorded as read."""
    figures = periods()
    day_before = add_days(quarter.first, -1)  # what ended then is told as ended in the quarter
    ended_before = or_(Decision.to_date < day_before, Decision.ended_on < day_before)
    where = (
        visible(identity, permission)
        & (Decision.decided_on <= quarter.last)
        & ~func.coalesce(ended_before, False)
    )
    rows = [
        _unexecuted(case, span, today)
        for case in cases_where(where)
        for span in reportable(unexecuted_spans(case.facts, today), quarter, figures, today)
    ]
    return sorted(rows, key=lambda row: (row.since, row.decision_id))


def _unexecuted(case: Case, span: Span, today: date) -> Unexecuted:
    order = next(reversed(case.open_orders(today)), None)
    return Unexecuted(
        participant_id=case.participant_id,
        decision_id=case.public_id,
        support_measure=case.support_measure,
        law_basis=case.law_basis,
        decided_on=case.facts.decided_on,
        since=span.from_date,
        until=span.to_date,
        is_partial=span.is_partial,
        reasons=list(dict.fromkeys(one.reason for one in case.breaks if _explains(one.facts, span))),
        planned_start=_planned(case, span, order, today),
        unit_name=order.unit_name if order else "",
    )


def _explains(one: InterruptionFacts, span: Span) -> bool:
    begins_in_time = span.to_date is None or one.from_date <= span.to_date
    return begins_in_time and (one.to_date is None or one.to_date >= span.from_date)


def _planned(case: Case, span: Span, order: OrderCase | None, today: date) -> date | None:
    """When an interruption is to be over, or the unit means to receive the person, else when it was asked to."""
    if span.to_date is not None and today <= span.to_date != case.facts.last_day:
        return add_days(span.to_date, 1)
    if order is None or order.facts.first_day is not None:
        return None
    return order.facts.starts_on or order.facts.wanted_from
