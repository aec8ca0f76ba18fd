"""One process for every unit, municipal or private: ordered, answered, begun, ended, and who sees what meanwhile."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.core.errors import DomainError
from aktema.plans import order_operations, order_queries
from aktema.plans.codes import OrderEnd, OrderState
from aktema.plans.order_operations import Need
from aktema.plans.permissions import READ_ORDERS
from tests.conftest import QueryCount
from tests.support.orders import (
    DAY,
    NEED,
    TODAY,
    Browser,
    World,
    a_world,
    answer,
    ordered,
    orders_of,
    path_of,
    statuses,
    the_order,
)
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

# The whole process


def test_an_order_goes_from_sent_to_ended_the_same_way_in_every_unit(sign_in: Browser, world: World) -> None:
    order, unit_browser = ordered(sign_in, world), sign_in(world.coordinator)
    states = [order_queries.state_of(order, TODAY)]
    answer(unit_browser, order, answer="accepted", starts_on=TODAY.isoformat())
    states.append(order_queries.state_of(the_order(world), TODAY))
    unit_browser.submit(path_of(order, "/forsta-dagen"), {"first_day": TODAY.isoformat()})
    states.append(order_queries.state_of(the_order(world), TODAY))
    unit_browser.submit(path_of(order, "/avsluta"), {"reason": "work"})
    states.append(order_queries.state_of(the_order(world), TODAY + DAY))
    assert states == [OrderState.UNANSWERED, OrderState.ACCEPTED, OrderState.RUNNING, OrderState.CLOSED]


@pytest.mark.parametrize("act", ["", "/svara"])
def test_the_pages_of_an_order_are_word_for_word_the_same_in_every_unit(
    sign_in: Browser, session: Session, act: str
) -> None:
    shown = []
    for kind in ("municipal", "private"):
        world = a_world(kind)
        page = sign_in(world.coordinator).get(path_of(ordered(sign_in, world), act))
        shown.append(page.words.replace(world.unit.name, "X").replace(world.unit.provider, "Y"))
    assert shown[0] == shown[1]


def test_every_unit_has_the_same_time_to_answer(sign_in: Browser, world: World) -> None:
    order = ordered(sign_in, world)
    assert "5 arbetsdagar kvar att svara" in sign_in(world.coordinator).get(path_of(order)).words


def test_the_unit_reads_what_it_has_to_know_and_no_more(sign_in: Browser, world: World) -> None:
    order = ordered(sign_in, world)
    words = sign_in(world.manager).get(path_of(order)).words
    assert "Alva Ek" in words
    assert "1996-03-09" not in words


# Who sees what


def test_before_the_answer_the_persons_pages_are_missing_to_the_unit(sign_in: Browser, world: World) -> None:
    ordered(sign_in, world)
    assert statuses(sign_in(world.coordinator), world.person) == {404}


def test_after_a_yes_the_persons_pages_open_to_the_unit(sign_in: Browser, world: World) -> None:
    order, browser = ordered(sign_in, world), sign_in(world.coordinator)
    page = answer(browser, order, answer="accepted", starts_on=TODAY.isoformat())
    assert f"/deltagare/{world.person.public_id}" in page.text
    assert statuses(browser, world.person) == {200}


def test_after_the_last_day_the_persons_pages_and_the_order_are_missing_again(
    sign_in: Browser, world: World, session: Session
) -> None:
    act_as(world.coordinator)
    order = an_order(
        world.decision,
        world.unit,
        answer="accepted",
        coordinator=world.coordinator,
        first_day=TODAY - 20 * DAY,
    )
    order_operations.close_order(order, TODAY - DAY, OrderEnd.WORK)
    session.commit()
    browser = sign_in(world.coordinator)
    assert statuses(browser, world.person) == {404}
    assert browser.get(path_of(order)).status == 404


def test_a_no_opens_nothing_and_the_handler_reads_why_at_once(sign_in: Browser, world: World) -> None:
    order, browser = ordered(sign_in, world), sign_in(world.coordinator)
    answer(browser, order, answer="declined", reason="Vi har ingen personal.")
    assert statuses(browser, world.person) == {404}
    told = sign_in(world.handler).get(path_of(order)).words
    assert "Vi har ingen personal." in told
    assert "Fick nej" in told


def test_a_unit_never_sees_another_units_order(sign_in: Browser, world: World) -> None:
    order, other = ordered(sign_in, world), an_account(Role.COORDINATOR, a_unit("Björken"))
    browser = sign_in(other)
    found = {browser.get(path_of(order, act)).status for act in ("", "/svara", "/forsta-dagen", "/avsluta")}
    assert found == {404}
    assert "Alva" not in browser.get("/bestallningar").words


def test_a_unit_that_serves_the_person_sees_no_order_to_another_unit(
    sign_in: Browser, one_world: World
) -> None:
    other = an_account(Role.COORDINATOR, a_unit("Björken"))
    an_assignment(one_world.person, kind="provider", unit=other.memberships[0].unit)
    order = ordered(sign_in, one_world)
    assert sign_in(other).get(path_of(order)).status == 404


def test_another_handler_sees_neither_the_order_nor_the_form(sign_in: Browser, one_world: World) -> None:
    order, browser = ordered(sign_in, one_world), sign_in(an_account(Role.LSS_HANDLER))
    assert {browser.get(path).status for path in (path_of(order), one_world.new_order_path)} == {404}


def test_who_reads_an_order_leaves_a_trace(sign_in: Browser, one_world: World, session: Session) -> None:
    order = ordered(sign_in, one_world)
    sign_in(one_world.coordinator).get(path_of(order))
    reads = select(AccessEntry.participant_id).where(
        AccessEntry.act == READ_ORDERS.code, AccessEntry.account_id == one_world.coordinator.id
    )
    assert session.scalars(reads).all() == [one_world.person.id]


# Sending


def test_one_decision_is_ordered_from_two_units_that_answer_on_their_own(
    sign_in: Browser, session: Session
) -> None:
    first = a_world()
    unit = a_unit("Björken", "private")
    second = World(
        first.person,
        first.decision,
        first.handler,
        unit,
        an_account(Role.COORDINATOR, unit),
        an_account(Role.UNIT_MANAGER, unit),
    )
    orders = [ordered(sign_in, one) for one in (first, second)]
    answer(sign_in(first.coordinator), orders[0], answer="declined", reason="Fullt.")
    answer(sign_in(second.coordinator), orders[1], answer="accepted", starts_on=TODAY.isoformat())
    assert [order_queries.state_of(one, TODAY) for one in orders_of(first.decision)] == [
        OrderState.DECLINED,
        OrderState.ACCEPTED,
    ]


def test_a_unit_has_one_open_order_of_a_decision(sign_in: Browser, one_world: World) -> None:
    ordered(sign_in, one_world)
    page = sign_in(one_world.handler).submit(
        one_world.new_order_path, {"unit": one_world.unit.public_id, **NEED}
    )
    assert "Enheten har redan en beställning" in page.words
    assert len(orders_of(one_world.decision)) == 1


def test_a_unit_that_said_no_can_be_asked_again(sign_in: Browser, one_world: World) -> None:
    order = ordered(sign_in, one_world)
    answer(sign_in(one_world.coordinator), order, answer="declined", reason="Fullt.")
    ordered(sign_in, one_world)
    assert len(orders_of(one_world.decision)) == 2


def test_a_unit_where_nobody_can_answer_is_told_and_refused(sign_in: Browser, one_world: World) -> None:
    empty, browser = a_unit("Tomma huset"), sign_in(one_world.handler)
    assert f"{empty.name} (ingen kan svara än)" in browser.get(one_world.new_order_path).words
    page = browser.submit(one_world.new_order_path, {"unit": empty.public_id, **NEED})
    assert "ingen koordinator eller chef" in page.words


def test_the_goals_of_the_decision_are_filled_in(
    sign_in: Browser, one_world: World, session: Session
) -> None:
    one_world.decision.goals = "Prova ett arbete."
    session.commit()
    page = sign_in(one_world.handler).get(one_world.new_order_path)
    assert page.select("textarea[name=goals]")[0].get_text().strip() == "Prova ett arbete."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wanted_from": (TODAY - 90 * DAY).isoformat()}, "Beslutet gäller från"),
        ({"need": ""}, "Fyll i det här"),
        ({"unit": "x"}, ""),
        ({"wanted_from": "i morgon"}, "ÅÅÅÅ-MM-DD"),
    ],
)
def test_an_order_that_can_not_be_keeps_what_was_typed(
    sign_in: Browser, one_world: World, typed: dict[str, str], said: str
) -> None:
    path, data = one_world.new_order_path, {"unit": one_world.unit.public_id, **NEED, **typed}
    page = sign_in(one_world.handler).submit(path, data)
    assert (page.status, said in page.words, "Stöd i köket." in page.text) == (422, True, True)


def test_an_ended_decision_can_not_be_ordered(one_world: World, session: Session) -> None:
    one_world.decision.ended_on, one_world.decision.end_reason = TODAY - DAY, "moved"
    unit = next(one for one in order_queries.units_to_order_from() if one.id == one_world.unit.id)
    need = Need(**NEED, wanted_from=TODAY - 2 * DAY)
    with pytest.raises(DomainError):
        order_operations.send_order(act_as(one_world.handler), one_world.decision, unit, need)


# The list


def test_the_list_opens_where_somebody_has_to_act(sign_in: Browser, one_world: World) -> None:
    an_order(
        one_world.decision,
        one_world.unit,
        answer="accepted",
        coordinator=one_world.coordinator,
        first_day=TODAY,
    )
    page = sign_in(one_world.coordinator).get("/bestallningar")
    assert page.select("a[aria-current=page]")[-1].get_text().startswith("Pågår")


@pytest.mark.parametrize("state", [*OrderState, "påhitt", "%00"])
def test_every_part_of_the_list_opens(sign_in: Browser, one_world: World, state: str) -> None:
    for reply, closed in (
        (None, None),
        ("waiting", None),
        ("accepted", None),
        ("declined", None),
        (None, TODAY),
    ):
        an_order(one_world.decision, one_world.unit, answer=reply, closed_on=closed, close_reason="withdrawn")
    browser = sign_in(one_world.handler)
    assert browser.get(f"/bestallningar?lage={state}").status == 200


@pytest.mark.parametrize(("sent_days_ago", "said"), [(0, "5 arbetsdagar kvar"), (60, "Skulle ha svarats")])
def test_the_list_says_how_long_the_unit_has_left(
    sign_in: Browser, one_world: World, sent_days_ago: int, said: str
) -> None:
    sent = TODAY - sent_days_ago * DAY
    an_order(one_world.decision, one_world.unit, sent_on=sent)
    assert said in sign_in(one_world.coordinator).get("/bestallningar").words


def test_an_empty_list_says_what_to_do_first(sign_in: Browser, one_world: World) -> None:
    assert "Öppna en deltagares beslut" in sign_in(one_world.handler).get("/bestallningar").words
    assert "När en handläggare beställer" in sign_in(one_world.manager).get("/bestallningar").words


def many(world: World, amount: int) -> None:
    for number in range(amount):
        person = a_participant(first_name=f"Person{number:03}")
        an_assignment(person, kind="handler", account=world.handler)
        an_order(
            a_decision(person, world.handler),
            world.unit,
            answer="accepted",
            coordinator=world.coordinator,
            first_day=TODAY,
        )


@pytest.mark.parametrize("who", ["coordinator", "handler"])
@pytest.mark.parametrize("amount", [50, 500])
def test_the_list_takes_a_constant_number_of_statements(
    sign_in: Browser, one_world: World, session: Session, queries: QueryCount, amount: int, who: str
) -> None:
    many(one_world, amount)
    session.commit()
    session.expire_all()
    browser = sign_in(getattr(one_world, who))
    queries.statements.clear()
    page = browser.get("/bestallningar")
    assert (page.status, len(page.select("tbody tr"))) == (200, 50)
    assert len(queries) <= 12, queries.statements
