"""What is granted a person today, in one statement: for pages that show a little of much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from aktema.core.db import db
from aktema.plans.codes import HoursBasis, SupportMeasure
from aktema.plans.models import Decision, DecisionExtent
from aktema.plans.rules.extents import DecisionState, state_of


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantedToday:
    """A decision in force and its extent; minutes are a week's, None while the hours are a standard's."""

    decision_id: str
    measure: SupportMeasure
    basis: HoursBasis
    weekly_minutes: int | None
    days_per_week: int | None
    to_date: date | None


def granted_on(participant_id: int, day: date) -> Sequence[GrantedToday]:
    """The person's decisions in force on the day, each with the extent that holds."""
    newest = func.row_number().over(
        partition_by=DecisionExtent.decision_id, order_by=DecisionExtent.from_date.desc()
    )
    held = (
        select(DecisionExtent.id.label("id"), newest.label("place"))
        .where(DecisionExtent.from_date <= day)
        .subquery()
    )
    found = (
        select(Decision, DecisionExtent)
        .join(DecisionExtent, DecisionExtent.decision_id == Decision.id)
        .join(held, (held.c.id == DecisionExtent.id) & (held.c.place == 1))
        .where(Decision.participant_id == participant_id)
        .order_by(Decision.from_date, Decision.id)
    )
    rows = db.session.execute(found).unique()
    return [_granted(*row) for row in rows if state_of(row[0], day) is DecisionState.IN_FORCE]


def _granted(decision: Decision, extent: DecisionExtent) -> GrantedToday:
    return GrantedToday(
        decision_id=decision.public_id,
        measure=SupportMeasure(decision.support_measure),
        basis=HoursBasis(extent.hours_basis),
        weekly_minutes=extent.weekly_minutes,
        days_per_week=extent.days_per_week,
        to_date=decision.to_date,
    )
