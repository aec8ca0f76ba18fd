"""The pages of a plan for tests: where they are, and what stands in the database after them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_models import Plan
from tests.support.plans import a_decision, an_order


def an_order_to_plan(person: Participant, coordinator: Account) -> ServiceOrder:
    """An order that the coordinator's unit carries out from today, and what it says."""
    unit = coordinator.memberships[0].unit
    assert unit is not None
    today = clock.today()
    order = an_order(a_decision(person), unit, answer="accepted", coordinator=coordinator, first_day=today)
    order.need = "Behöver en lugn start."
    return order


def path_of(plan: Plan, rest: str = "") -> str:
    return f"/deltagare/{plan.participant.public_id}/planer/{plan.public_id}{rest}"


def part_of(plan: Plan, code: str, rest: str = "") -> str:
    return path_of(plan, f"/delar/{code}{rest}")


def goal_code(plan: Plan) -> str:
    return f"mal-{plan.goals[0].key}"


def activity_code(plan: Plan) -> str:
    return f"aktivitet-{plan.activities[0].key}"


def newest(session: Session) -> Plan:
    """The version made last, as it is stored."""
    session.expire_all()
    return session.scalars(select(Plan).order_by(Plan.id.desc())).first()  # type: ignore[return-value]  # there is one


def fix(session: Session, plan: Plan) -> None:
    """As if the person had said yes and somebody had fixed it today."""
    plan.confirmed_on, plan.confirmed_by, plan.confirmed_how = clock.today(), "person", "spoken"
    plan.fixed_on, plan.fixed_by_id = clock.today(), plan.account_id
    session.commit()
