"""A plan is owed within four weeks of the first day, by the coordinator, until a version is fixed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.due_queries import Due, due
from aktema.plans.models import ServiceOrder
from aktema.plans.rules.deadlines import DueKind
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account, identity_for
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

TODAY = clock.today()
MANY = 100


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


@pytest.fixture
def manager(unit: Unit) -> Account:
    return an_account(Role.UNIT_MANAGER, unit)


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant()


def begun(person: Participant, unit: Unit, coordinator: Account, days_ago: int) -> ServiceOrder:
    """An order that began so many days ago."""
    first = TODAY - timedelta(days=days_ago)
    decision = a_decision(person, from_date=first)
    return an_order(decision, unit, answer="accepted", coordinator=coordinator, first_day=first)


def owed(account: Account) -> list[Due]:
    return [one for one in due(identity_for(account), TODAY, MANY) if one.kind is DueKind.PLAN]


def days(account: Account) -> list[tuple[date, bool]]:
    return [(one.due_on, one.is_late) for one in owed(account)]


@pytest.mark.parametrize(("days_ago", "is_late"), [(0, False), (28, False), (29, True)])
def test_a_plan_is_owed_four_weeks_after_the_first_day(
    person: Participant, unit: Unit, coordinator: Account, days_ago: int, is_late: bool
) -> None:
    begun(person, unit, coordinator, days_ago)
    assert days(coordinator) == [(TODAY + timedelta(days=28 - days_ago), is_late)]


def test_a_draft_is_no_plan_yet_and_a_fixed_version_is(
    person: Participant, unit: Unit, coordinator: Account
) -> None:
    first = a_plan(begun(person, unit, coordinator, 10))
    assert len(owed(coordinator)) == 1
    first.confirmed_on, first.confirmed_by, first.confirmed_how = TODAY, "person", "spoken"
    first.fixed_on, first.fixed_by_id = TODAY, coordinator.id
    assert owed(coordinator) == []


def test_a_plan_of_an_earlier_order_does_not_do_for_the_next(
    person: Participant, unit: Unit, coordinator: Account
) -> None:
    earlier = begun(person, unit, coordinator, 100)
    a_plan(earlier, fixed_on=TODAY)
    an_order(earlier.decision, unit, answer="accepted", first_day=TODAY)
    assert len(owed(coordinator)) == 1


def test_a_late_plan_is_seen_to_by_the_manager(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    begun(person, unit, coordinator, 28)
    other = a_participant(first_name="Bo")
    begun(other, unit, coordinator, 29)
    assert [(one.participant.first_name, one.is_mine) for one in owed(manager)] == [("Bo", False)]


@pytest.mark.parametrize("path", ["/", "/uppfoljning"])
def test_the_coordinator_meets_it_on_the_day_and_comes_to_the_plan(
    session: Session,
    sign_in: Callable[[Account], PageClient],
    person: Participant,
    unit: Unit,
    coordinator: Account,
    path: str,
) -> None:
    begun(person, unit, coordinator, 20)
    session.commit()
    browser = sign_in(coordinator)
    page = browser.get(path)
    link = next(one for one in page.select(".task a") if "Gör genomförandeplanen" in one.get_text())
    assert "Ingen plan än" in browser.get(str(link["href"])).words


def test_the_person_and_the_order_have_a_way_to_the_plan(
    session: Session,
    sign_in: Callable[[Account], PageClient],
    person: Participant,
    unit: Unit,
    coordinator: Account,
) -> None:
    order = begun(person, unit, coordinator, 20)
    session.commit()
    browser, place = sign_in(coordinator), f"/deltagare/{person.public_id}/planer"
    for path in (f"/deltagare/{person.public_id}", f"/bestallningar/{order.public_id}"):
        assert browser.get(path).select(f"main a[href='{place}']")
