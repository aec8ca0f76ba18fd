"""What is granted a person today, in one statement: for pages that show a little of much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from aktema.core.db import db
from aktema.plans.codes import HoursBasis, SupportMeasure
from aktema.plans.models import Decision, DecisionExtent
from aktema.plans.rules.extents import DecisionState, extent_on, state_of


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
    found = (
        select(Decision)
        .where(Decision.participant_id == participant_id)
        .options(joinedload(Decision.extents), raiseload("*"))
        .order_by(Decision.from_date, Decision.id)
    )
    in_force = [
        one for one in db.session.scalars(found).unique() if state_of(one, day) is DecisionState.IN_FORCE
    ]
    held = [(one, extent_on(one.extents, day)) for one in in_force]
    return [_granted(decision, extent) for decision, extent in held if extent is not None]


def _granted(decision: Decision, extent: DecisionExtent) -> GrantedToday:
    return GrantedToday(
        decision_id=decision.public_id,
        measure=SupportMeasure(decision.support_measure),
        basis=HoursBasis(extent.hours_basis),
        weekly_minutes=extent.weekly_minutes,
        days_per_week=extent.days_per_week,
        to_date=decision.to_date,
    )
