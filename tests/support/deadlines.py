"""Decisions that have run for some time, for tests of what is due."""

from datetime import date, timedelta

from aktema.access.models import Account, Unit
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.models import Decision
from aktema.plans.rules.calendar import add_months
from tests.support.plans import a_decision, an_order


def months_ago(months: int, days: int = 0) -> date:
    """So many months and days before today."""
    return add_months(clock.today(), -months) - timedelta(days=days)


def running(person: Participant, unit: Unit, since: date, coordinator: Account | None = None) -> Decision:
    """A decision that the unit has carried out from its first day on."""
    decision = a_decision(person, from_date=since)
    an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=since)
    return decision
