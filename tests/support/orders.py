"""A person, a handler and a unit that is asked to carry a decision out, for the tests of orders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.people.queries import Holder, holders_of_role
from aktema.plans.codes import OrderAnswer
from aktema.plans.models import Decision, ServiceOrder
from aktema.plans.order_operations import Reply
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision

Browser = Callable[[Account], PageClient]
TODAY, DAY = clock.today(), timedelta(days=1)
NEED = {"need": "Lugn start på dagen.", "included": "Stöd i köket.", "goals": "Laga en lunch själv."}
PERSON_PAGES = ("uppgifter", "profil", "narvaro", "tidslinje")


@dataclass(frozen=True)
class World:
    """A person with a handler and a decision, and a unit that knows nothing of the person yet."""

    person: Participant
    decision: Decision
    handler: Account
    unit: Unit
    coordinator: Account
    manager: Account

    @property
    def new_order_path(self) -> str:
        return f"/deltagare/{self.person.public_id}/beslut/{self.decision.public_id}/bestall"


def a_world(kind: str = "municipal") -> World:
    unit, handler = a_unit("Solrosen", kind), an_account(Role.LSS_HANDLER, name="Ester Handläggare")
    unit.provider = "Ekbacka kommun" if kind == "municipal" else "Omsorg AB"
    person = a_participant(first_name="Alva", last_name="Ek")
    an_assignment(person, kind="handler", account=handler)
    decision = a_decision(person, handler, from_date=TODAY - 30 * DAY)
    coordinator = an_account(Role.COORDINATOR, unit, name="Kalle Koordinator")
    manager = an_account(Role.UNIT_MANAGER, unit, name="Maja Chef")
    return World(person, decision, handler, unit, coordinator, manager)


def ordered(sign_in: Browser, world: World) -> ServiceOrder:
    sign_in(world.handler).submit(world.new_order_path, {"unit": world.unit.public_id, **NEED})
    return the_order(world)


def the_order(world: World) -> ServiceOrder:
    return next(one for one in orders_of(world.decision) if one.unit_id == world.unit.id)


def orders_of(decision: Decision) -> list[ServiceOrder]:
    found = select(ServiceOrder).where(ServiceOrder.decision_id == decision.id).order_by(ServiceOrder.id)
    return list(db.session.scalars(found, execution_options={"populate_existing": True}))


def path_of(order: ServiceOrder, act: str = "") -> str:
    return f"/bestallningar/{order.public_id}{act}"


def holder(world: World) -> Holder:
    return holders_of_role(Role.COORDINATOR, [world.unit.id])[0]


def accepted(world: World, day: date = TODAY) -> Reply:
    return Reply(answer=OrderAnswer.ACCEPTED, day=day, coordinator=holder(world))


def answer(browser: PageClient, order: ServiceOrder, answer: str, **typed: str) -> Page:
    return browser.submit(path_of(order, f"/svara?svar={answer}"), typed)


def statuses(browser: PageClient, person: Participant) -> set[int]:
    return {browser.get(f"/deltagare/{person.public_id}/{page}").status for page in PERSON_PAGES}
