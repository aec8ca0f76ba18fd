"""A person's weeks: what was granted, planned and delivered, side by side."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.plans.models import Interruption, ServiceOrder
from aktema.plans.rules.attendance import monday_of
from tests.conftest import QueryCount
from tests.support.attendance import BEGAN, DAY, TODAY, somebody, weeks, write
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan, fix
from tests.support.plans import an_order

Browser = Callable[[Account], PageClient]


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


@pytest.fixture
def order(unit: Unit, coordinator: Account) -> ServiceOrder:
    return somebody(unit, coordinator)


def test_a_week_shows_what_was_granted_planned_and_delivered(
    coordinator: Account, order: ServiceOrder
) -> None:
    monday = monday_of(TODAY) - 7 * DAY
    write(order, monday, 200)
    write(order, monday, 100)
    write(order, monday + DAY, 60)
    write(order, monday - DAY, 999)
    week = weeks(order, coordinator)[-2]
    assert (week.granted, week.delivered) == (1800, 160)
    assert 0 < week.planned <= 1800


def test_a_week_nobody_wrote_of_has_no_delivered_hours(coordinator: Account, order: ServiceOrder) -> None:
    assert {week.delivered for week in weeks(order, coordinator)} == {None}


def test_an_interruption_leaves_what_can_be_given(
    coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    for from_date, left in ((TODAY - 60 * DAY, 600), (monday_of(TODAY), 0)):
        order.decision.interruptions.append(
            Interruption(
                from_date=from_date, weekly_minutes_left=left, reason="no_staff", account_id=order.account_id
            )
        )
    session.flush()
    found = weeks(order, coordinator)
    assert found[-1].planned == 0
    assert found[-2].planned <= 600


def full_week(order: ServiceOrder, coordinator: Account, number: int = -2) -> tuple[int, bool]:
    week = weeks(order, coordinator)[number]
    return week.planned, week.is_by_grant


def test_planned_hours_are_those_of_the_plan_in_force(coordinator: Account, order: ServiceOrder) -> None:
    a_plan(order, goals=2, activities=2, fixed_on=BEGAN)
    later = a_plan(order, number=2)
    later.activities[0].ends_at = 600
    fix(later, monday_of(TODAY))
    a_plan(order, goals=1, number=3)
    assert [full_week(order, coordinator, number) for number in (-2, -1)] == [(900, False), (300, False)]


def test_planned_hours_come_from_the_grant_where_no_plan_with_times_is_fixed(
    coordinator: Account, order: ServiceOrder
) -> None:
    plan = a_plan(order)
    by_grant = full_week(order, coordinator)
    plan.activities[0].starts_at = plan.activities[0].ends_at = None
    fix(plan, BEGAN)
    assert by_grant[1]
    assert full_week(order, coordinator) == by_grant


def test_a_week_in_which_one_of_two_units_has_no_plan_is_planned_by_the_grant(
    coordinator: Account, order: ServiceOrder, unit: Unit
) -> None:
    a_plan(order, fixed_on=BEGAN)
    an_order(order.decision, unit, answer="accepted", coordinator=coordinator, first_day=BEGAN)
    assert full_week(order, coordinator)[1]


def test_nothing_is_planned_by_the_plan_on_days_that_are_interrupted(
    coordinator: Account, order: ServiceOrder, session: Session
) -> None:
    a_plan(order, fixed_on=BEGAN)
    tuesday = monday_of(TODAY) - 6 * DAY
    values = {"reason": "no_staff", "account_id": order.account_id}
    order.decision.interruptions.append(Interruption(from_date=tuesday, to_date=tuesday, **values))
    session.flush()
    assert full_week(order, coordinator) == (720, False)


@pytest.mark.parametrize("is_fixed", [True, False])
def test_the_page_says_where_the_planned_hours_come_from(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, is_fixed: bool
) -> None:
    if is_fixed:
        a_plan(order, fixed_on=BEGAN)
    page = sign_in(coordinator).get(f"/deltagare/{order.participant.public_id}/narvaro")
    cells = [cell.get_text().strip() for cell in page.select("td[data-label=Planerat]")]
    assert {"(efter beslutet)" in one for one in cells} == {not is_fixed}


def test_the_weeks_take_a_constant_number_of_statements(
    coordinator: Account, order: ServiceOrder, unit: Unit, queries: QueryCount
) -> None:
    counts = []
    for number in range(1, 4):
        a_plan(order, goals=3 * number, number=number, fixed_on=BEGAN)
        order.participant.name  # noqa: B018  # read here, so that it isn't counted
        queries.statements.clear()
        weeks(order, coordinator)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_template_hours_say_that_they_are(sign_in: Browser, coordinator: Account, unit: Unit) -> None:
    order = somebody(unit, coordinator, weekly_minutes=None, template_minutes=1500)
    page = sign_in(coordinator).get(f"/deltagare/{order.participant.public_id}/narvaro")
    assert "25 timmar (schablon)" in page.words


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (600, 900, "har ökat"),
        (900, 600, "har minskat"),
        (900, 910, "ungefär som förut"),
        (None, 900, "för få veckor"),
    ],
)
def test_the_way_toward_full_time_is_told_as_a_trend(
    sign_in: Browser, coordinator: Account, order: ServiceOrder, before: int | None, now: int, said: str
) -> None:
    for number in range(1, 9):
        minutes = now if number <= 4 else before
        if minutes is not None:
            write(order, monday_of(TODAY) - 7 * number * DAY, minutes)
    page = sign_in(coordinator).get(f"/deltagare/{order.participant.public_id}/narvaro")
    assert said in page.words


def test_somebody_without_a_decision_has_nothing_to_show(
    sign_in: Browser, coordinator: Account, unit: Unit
) -> None:
    person = a_participant()
    an_assignment(person, kind="provider", unit=unit)
    assert "Inget att visa än" in sign_in(coordinator).get(f"/deltagare/{person.public_id}/narvaro").words


def test_a_person_out_of_reach_has_no_page_of_hours(sign_in: Browser, order: ServiceOrder) -> None:
    other = an_account(Role.COORDINATOR, a_unit("Björken"))
    assert sign_in(other).get(f"/deltagare/{order.participant.public_id}/narvaro").status == 404
