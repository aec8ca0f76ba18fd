"""Readers of decisions. The person has been read, scope and trace, before a decision of theirs is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload, raiseload, selectinload

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.access.models import Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.people.queries import live_assignment, may, visible
from aktema.plans.codes import HoursBasis
from aktema.plans.models import Decision, DecisionExtent, Interruption, ServiceOrder
from aktema.plans.order_queries import reached
from aktema.plans.permissions import CONVERT, READ_DECISIONS, READ_ORDERS
from aktema.plans.rules.extents import DecisionState, state_of

OLDEST_FIRST = Keyset[Decision](public_id=Decision.public_id, order=(Decision.from_date,))
STATE_ORDER = (DecisionState.IN_FORCE, DecisionState.COMING, DecisionState.ENDED)
READ_INQUIRY = replace(
    READ_DECISIONS,
    grants={role: grant for role, grant in READ_DECISIONS.grants.items() if not grant.condition},
)
"""Reading decisions with what was found out before them: for those whom the table grants it without a condition."""


def may_read_inquiry(identity: Identity, participant: Participant) -> bool:
    """Whether the person's needs, goals and the reasons behind the hours are the reader's to see."""
    return may(identity, READ_INQUIRY, participant)


def _loaded() -> Select[Decision]:
    extents, orders = selectinload(Decision.extents), selectinload(Decision.orders)
    return select(Decision).options(
        extents.joinedload(DecisionExtent.account),
        orders.joinedload(ServiceOrder.unit),
        orders.joinedload(ServiceOrder.coordinator),
        orders.selectinload(ServiceOrder.answers),
        selectinload(Decision.interruptions),
    )


def get_decision(participant_id: int, public_id: str) -> Decision:
    """One of the person's decisions with extents, orders and interruptions. Raises MissingError where it is none."""
    named = (Decision.public_id == public_id) & (Decision.participant_id == participant_id)
    found = db.session.scalar(_loaded().where(named))
    if found is None:
        raise MissingError
    return found


def decisions_of(participant_id: int) -> Sequence[Decision]:
    """The person's decisions with all that hangs on them: in force, then coming, then ended, newest first."""
    found = db.session.scalars(_loaded().where(Decision.participant_id == participant_id)).all()
    today = clock.today()
    newest_first = sorted(found, key=lambda one: (one.from_date, one.id), reverse=True)
    return sorted(newest_first, key=lambda one: STATE_ORDER.index(state_of(one, today)))


def successor_of(decision: Decision) -> Decision | None:
    """The decision that continues this one."""
    return db.session.scalar(select(Decision).where(Decision.follows_id == decision.id))


def predecessor_of(decision: Decision) -> Decision | None:
    """The decision that this one continues."""
    return None if decision.follows_id is None else db.session.get_one(Decision, decision.follows_id)


def others_of_measure(participant_id: int, support_measure: str) -> Sequence[Decision]:
    """The person's decisions of the support measure, the oldest first."""
    same = (Decision.participant_id == participant_id) & (Decision.support_measure == support_measure)
    return db.session.scalars(select(Decision).where(same).order_by(Decision.from_date)).all()


def get_interruption(decision: Decision, public_id: str) -> Interruption:
    """One of the decision's interruptions. Raises MissingError where it is none."""
    found = next((one for one in decision.interruptions if one.public_id == public_id), None)
    if found is None:
        raise MissingError
    return found


def orders_shown(identity: Identity, decision: Decision) -> Sequence[ServiceOrder]:
    """The decision's orders that are the reader's to see: all for who sends them, a unit's own for who works there."""
    here = ServiceOrder.decision_id == decision.id
    seen = set(db.session.scalars(select(ServiceOrder.id).where(here, reached(identity, READ_ORDERS))))
    return [order for order in decision.orders if order.id in seen]


def version_of(decision: Decision) -> int:
    """A number that grows with whatever is changed in the decision or added to it, for forms to compare."""
    return decision.version + len(decision.extents) + len(decision.interruptions)


def _newest_basis() -> ColumnElement[str]:
    """The basis of the hours that hold in the end."""
    later = aliased(DecisionExtent)
    of_same = later.decision_id == Decision.id
    return (
        select(later.hours_basis)
        .where(of_same)
        .order_by(later.from_date.desc())
        .limit(1)
        .correlate(Decision)
        .scalar_subquery()
    )


def _goes_on() -> ColumnElement[bool]:
    """The where-clause of decisions that have not ended: they hold today or will."""
    today = clock.today()
    in_time = or_(Decision.to_date.is_(None), Decision.to_date >= today)
    return in_time & or_(Decision.ended_on.is_(None), Decision.ended_on >= today)


def _is_to_convert() -> ColumnElement[bool]:
    return (_newest_basis() == HoursBasis.TEMPLATE) & _goes_on()


def _is_converted() -> ColumnElement[bool]:
    once = Decision.extents.any(DecisionExtent.hours_basis == HoursBasis.TEMPLATE)
    return (_newest_basis() == HoursBasis.GRANTED) & once


def _handled(identity: Identity) -> ColumnElement[bool]:
    reached = select(Participant.id).where(visible(identity, CONVERT))
    return Decision.participant_id.in_(reached)


def template_decisions(identity: Identity, cursor: Cursor) -> Page[Decision]:
    """A page of the decisions still to convert, the oldest first, with people and extents; each person is traced."""
    loaded = select(Decision).options(
        joinedload(Decision.participant).raiseload("*"),
        selectinload(Decision.extents).raiseload("*"),
        raiseload("*"),
    )
    page = OLDEST_FIRST.page(loaded.where(_handled(identity), _is_to_convert()), cursor)
    audit.record_reads(CONVERT, [one.participant_id for one in page.items])
    return page


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversion:
    """How many decisions of a unit's people still have template hours, and how many had. `unit` is empty for none."""

    unit: str
    left: int
    converted: int

    @property
    def total(self) -> int:
        return self.left + self.converted


def conversion_by_unit(identity: Identity) -> Sequence[Conversion]:
    """How far the conversion has come in the handler's units, by name; those without a unit last. One statement.

    An ended decision that never was converted is no longer work to do, and is counted nowhere.
    """
    serving = _serving_unit().subquery()
    counting = (
        select(Unit.name, _is_to_convert().label("is_left"), func.count())
        .select_from(Decision)
        .outerjoin(serving, serving.c.participant_id == Decision.participant_id)
        .outerjoin(Unit, Unit.id == serving.c.unit_id)
        .where(_handled(identity), or_(_is_to_convert(), _is_converted()))
        .group_by(Unit.name, Unit.sort_key, "is_left")
        .order_by(Unit.name.is_(None), Unit.sort_key)
    )
    counts: dict[str, dict[bool, int]] = {}
    for name, is_left, number in db.session.execute(counting):
        counts.setdefault(name or "", {})[bool(is_left)] = number
    return [
        Conversion(unit=name, left=found.get(True, 0), converted=found.get(False, 0))
        for name, found in counts.items()
    ]


def _serving_unit() -> Select[int, int | None]:
    """The unit that serves each person today; the first of them where there are several."""
    serving = (Assignment.kind == AssignmentKind.PROVIDER) & live_assignment()
    return (
        select(Assignment.participant_id, func.min(Assignment.unit_id).label("unit_id"))
        .where(serving)
        .group_by(Assignment.participant_id)
    )


def units_serving(participant_ids: Sequence[int]) -> Mapping[int, str]:
    """The name of the unit that serves each of the people today; those without one are left out."""
    serving = _serving_unit().where(Assignment.participant_id.in_(participant_ids)).subquery()
    named = select(serving.c.participant_id, Unit.name).join(Unit, Unit.id == serving.c.unit_id)
    return {row[0]: row[1] for row in db.session.execute(named)}
