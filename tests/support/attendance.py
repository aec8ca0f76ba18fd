"""People at a unit and what is written of their days, for tests."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.plans import attendance_queries
from aktema.plans.models import Attendance, ServiceOrder
from tests.support.people import act_as
from tests.support.people_builders import a_participant
from tests.support.plans import a_decision, an_order

TODAY, DAY = clock.today(), timedelta(days=1)
BEGAN = TODAY - 120 * DAY
SIX_HOURS = 360


def somebody(
    unit: Unit, coordinator: Account | None = None, name: str = "Alva", **values: Any
) -> ServiceOrder:
    """Somebody who has been at the unit since long, 30 hours on five days where nothing else is said."""
    person = a_participant(first_name=name)
    decision = a_decision(person, from_date=BEGAN, **values)
    return an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=BEGAN)


def written(session: Session) -> list[tuple[int, str | None]]:
    rows = session.scalars(select(Attendance).order_by(Attendance.id))
    return [(row.minutes, row.absence) for row in rows]


def write(
    order: ServiceOrder, day: date, minutes: int, absence: str | None = None, account_id: int | None = None
) -> None:
    db.session.add(
        Attendance(
            participant_id=order.participant_id,
            order_id=order.id,
            day=day,
            minutes=minutes,
            absence=absence,
            account_id=account_id or order.account_id,
        )
    )
    db.session.flush()


def weeks(order: ServiceOrder, reader: Account) -> list[attendance_queries.Week]:
    return list(attendance_queries.weeks_of(act_as(reader), order.participant))
