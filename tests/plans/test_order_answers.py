"""What a unit answers, who co-ordinates, the first day and the last, and what they make of the order."""

from datetime import date
from itertools import product

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from aktema.access.roles import Role
from aktema.core.errors import DomainError, MissingError
from aktema.people.models import Assignment
from aktema.plans import order_operations, order_queries
from aktema.plans.codes import OrderAnswer, OrderEnd, OrderState
from aktema.plans.models import OrderReply, ServiceOrder
from aktema.plans.order_operations import Reply
from aktema.plans.permissions import ANSWER_ORDER, READ_ORDERS
from tests.support.orders import (
    DAY,
    TODAY,
    Browser,
    World,
    a_world,
    accepted,
    answer,
    holder,
    ordered,
    orders_of,
    path_of,
    the_order,
)
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import an_assignment
from tests.support.plans import a_decision, an_order

# Answering


def test_a_yes_makes_the_unit_and_its_coordinator_responsible_from_the_day(
    one_world: World, session: Session
) -> None:
    order, day = an_order(one_world.decision, one_world.unit), TODAY + 7 * DAY
    order_operations.answer_order(act_as(one_world.manager), order, accepted(one_world, day))
    made = session.execute(
        select(Assignment.kind, Assignment.account_id, Assignment.from_date)
        .where(Assignment.unit_id == one_world.unit.id)
        .order_by(Assignment.kind)
    ).all()
    assert made == [("coordinator", one_world.coordinator.id, day), ("provider", None, day)]


def test_the_unit_that_has_the_person_already_gets_no_second_assignment(
    one_world: World, session: Session
) -> None:
    an_assignment(one_world.person, kind="provider", unit=one_world.unit, from_date=TODAY - 9 * DAY)
    old = an_account(Role.COORDINATOR, one_world.unit, name="Åke Förre")
    before = an_assignment(
        one_world.person, kind="coordinator", account=old, unit=one_world.unit, from_date=TODAY - 9 * DAY
    )
    order = an_order(one_world.decision, one_world.unit)
    order_operations.answer_order(act_as(one_world.manager), order, accepted(one_world))
    kinds = sorted(one.kind for one in order_queries.unit_assignments(order))
    assert (kinds, before.to_date) == (["coordinator", "coordinator", "provider"], TODAY - DAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"answer": "declined", "reason": " "}, "Skriv varför"),
        ({"answer": "waiting"}, "Skriv varför"),
        ({"answer": "waiting", "reason": "Fullt.", "look_again_on": "2020-01-01"}, "som kommer"),
        ({"answer": "waiting", "reason": "Fullt.", "look_again_on": "9999-01-01"}, "inom ett år"),
        ({"answer": "accepted", "coordinator": ""}, "Välj vem på enheten"),
        ({"answer": "accepted", "coordinator": "x"}, ""),
        ({"answer": "accepted", "starts_on": ""}, "Skriv vilken dag"),
        ({"answer": "accepted", "starts_on": "2020-01-01"}, "Beslutet gäller från"),
        ({"answer": "accepted", "starts_on": "9999-12-31"}, "inom ett år"),
        ({"answer": "kanske", "starts_on": "x"}, "ÅÅÅÅ-MM-DD"),
    ],
)
def test_an_answer_that_lacks_something_is_told_so(
    sign_in: Browser, one_world: World, typed: dict[str, str], said: str
) -> None:
    order = an_order(one_world.decision, one_world.unit)
    page = answer(sign_in(one_world.coordinator), order, **typed)
    assert (page.status, said in page.words, the_order(one_world).answers) == (422, True, [])


@pytest.mark.parametrize(
    "reply",
    [
        Reply(answer=OrderAnswer.DECLINED),
        Reply(answer=OrderAnswer.WAITING),
        Reply(answer=OrderAnswer.ACCEPTED, day=TODAY),
    ],
)
def test_an_answer_without_its_reason_or_coordinator_is_refused_by_the_act_itself(
    one_world: World, reply: Reply
) -> None:
    order = an_order(one_world.decision, one_world.unit)
    with pytest.raises(DomainError):
        order_operations.answer_order(act_as(one_world.manager), order, reply)


def test_a_yes_without_a_day_is_refused_by_the_act_itself(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit)
    reply = Reply(answer=OrderAnswer.ACCEPTED, coordinator=holder(one_world))
    with pytest.raises(DomainError):
        order_operations.answer_order(act_as(one_world.manager), order, reply)


def test_a_coordinator_of_another_unit_can_not_be_named(one_world: World) -> None:
    other = a_world()
    order = an_order(one_world.decision, one_world.unit)
    reply = Reply(answer=OrderAnswer.ACCEPTED, day=TODAY, coordinator=holder(other))
    with pytest.raises(DomainError):
        order_operations.answer_order(act_as(one_world.manager), order, reply)


@pytest.mark.parametrize("second", ["accepted", "declined"])
def test_the_waiting_list_can_become_another_answer(sign_in: Browser, world: World, second: str) -> None:
    order, browser = ordered(sign_in, world), sign_in(world.coordinator)
    answer(browser, order, answer="waiting", reason="Fullt.")
    assert f"I kö sedan {TODAY}" in browser.get("/bestallningar?lage=waiting").words
    answer(browser, order, answer=second, reason="Fullt.", starts_on=TODAY.isoformat())
    assert [one.answer for one in the_order(world).answers] == ["waiting", second]


def test_of_two_who_answer_at_once_the_second_is_asked(sign_in: Browser, world: World) -> None:
    order, first, second = ordered(sign_in, world), sign_in(world.coordinator), sign_in(world.manager)
    path = path_of(order, "/svara?svar=declined")
    held = second.get(path).hidden("main form")
    answer(first, order, answer="waiting", reason="Fullt.")
    page = second.post(path, {**held, "reason": "Nej."})
    assert (page.status, [one.answer for one in the_order(world).answers]) == (409, ["waiting"])


def test_an_accepted_order_is_never_accepted_again(one_world: World) -> None:
    order, identity = an_order(one_world.decision, one_world.unit), act_as(one_world.coordinator)
    order_operations.answer_order(identity, order, accepted(one_world))
    with pytest.raises(DomainError):
        order_operations.answer_order(identity, order, accepted(one_world))


def test_a_unit_without_a_coordinator_hears_what_to_do_first(sign_in: Browser, session: Session) -> None:
    world, unit = a_world(), a_unit("Björken")
    order, manager = an_order(world.decision, unit), an_account(Role.UNIT_MANAGER, unit)
    assert "Enheten har ingen koordinator" in sign_in(manager).get(path_of(order, "/svara")).words


# The coordinator


def test_the_coordinator_of_an_order_is_whoever_holds_the_assignment_now(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit, answer="accepted", coordinator=one_world.coordinator)
    new = an_account(Role.COORDINATOR, one_world.unit, name="Nils Ny")
    for old in order_queries.unit_assignments(order):
        old.to_date = TODAY if old.kind == "provider" else TODAY - DAY
        old.from_date = TODAY - 9 * DAY
    an_assignment(one_world.person, kind="coordinator", account=new, unit=one_world.unit)
    assert order_queries.coordinators_of([order]) == {order.id: "Nils Ny"}


def test_where_nobody_holds_it_the_coordinator_is_the_one_named(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit)
    order.coordinator = one_world.coordinator
    assert order_queries.coordinators_of([order]) == {order.id: "Kalle Koordinator"}


# The first day and the last


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - 31 * DAY])
def test_the_first_day_has_been_and_is_within_the_decision(one_world: World, day: date) -> None:
    order = an_order(one_world.decision, one_world.unit, answer="accepted", coordinator=one_world.coordinator)
    act_as(one_world.coordinator)
    with pytest.raises(DomainError):
        order_operations.record_first_day(order, day)


def test_an_order_nobody_accepted_has_no_first_day(one_world: World) -> None:
    act_as(one_world.coordinator)
    with pytest.raises(DomainError):
        order_operations.record_first_day(an_order(one_world.decision, one_world.unit), TODAY)


def test_whoever_came_earlier_than_agreed_is_the_units_from_that_day(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit)
    order_operations.answer_order(act_as(one_world.manager), order, accepted(one_world, TODAY + 7 * DAY))
    order_operations.record_first_day(order, TODAY)
    assert {one.from_date for one in order_queries.unit_assignments(order)} == {TODAY}


def test_the_first_day_can_be_put_right(sign_in: Browser, one_world: World) -> None:
    order = an_order(
        one_world.decision,
        one_world.unit,
        answer="accepted",
        coordinator=one_world.coordinator,
        first_day=TODAY,
    )
    browser = sign_in(one_world.coordinator)
    browser.submit(path_of(order, "/forsta-dagen"), {"first_day": (TODAY - DAY).isoformat()})
    assert the_order(one_world).first_day == TODAY - DAY


@pytest.mark.parametrize("last", [TODAY - 31 * DAY, TODAY - 6 * DAY, TODAY + 400 * DAY])
def test_a_last_day_that_can_not_be_is_refused(one_world: World, last: date) -> None:
    order = an_order(
        one_world.decision,
        one_world.unit,
        answer="accepted",
        coordinator=one_world.coordinator,
        first_day=TODAY - 5 * DAY,
    )
    act_as(one_world.handler)
    with pytest.raises(DomainError):
        order_operations.close_order(order, last, OrderEnd.WORK)


def test_an_ended_order_is_not_ended_again(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit, answer="declined")
    act_as(one_world.handler)
    with pytest.raises(DomainError):
        order_operations.close_order(order, TODAY, OrderEnd.WORK)


def test_the_last_day_can_be_moved_as_long_as_it_has_not_been(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit, answer="accepted", coordinator=one_world.coordinator)
    act_as(one_world.handler)
    for days in (10, 20):
        order_operations.close_order(order, TODAY + days * DAY, OrderEnd.OTHER_UNIT)
    assert {one.to_date for one in order_queries.unit_assignments(order)} == {TODAY + 20 * DAY}


def test_the_handler_takes_back_what_nobody_has_accepted(sign_in: Browser, one_world: World) -> None:
    order = ordered(sign_in, one_world)
    sign_in(one_world.handler).submit(path_of(order, "/avsluta"), {})
    assert (the_order(one_world).close_reason, order_queries.state_of(the_order(one_world), TODAY)) == (
        "withdrawn",
        OrderState.CLOSED,
    )
    assert (
        sign_in(one_world.coordinator).submit(path_of(order, "/svara"), {"answer": "accepted"}).status == 422
    )


def test_a_unit_answers_and_can_not_take_an_order_back(sign_in: Browser, one_world: World) -> None:
    order = ordered(sign_in, one_world)
    assert sign_in(one_world.coordinator).get(path_of(order, "/avsluta")).status == 404


def test_somebody_agreed_on_who_never_came_is_never_the_units(one_world: World) -> None:
    order = an_order(one_world.decision, one_world.unit)
    order_operations.answer_order(act_as(one_world.manager), order, accepted(one_world, TODAY + 7 * DAY))
    order_operations.close_order(order, TODAY, OrderEnd.PERSON_WANTED)
    assert all(one.to_date and one.to_date < TODAY for one in order_queries.unit_assignments(order))


def test_the_unit_keeps_the_person_while_it_has_another_order(one_world: World) -> None:
    other = a_decision(one_world.person, one_world.handler, support_measure="companion")
    orders = [
        an_order(decision, one_world.unit, answer="accepted", coordinator=one_world.coordinator)
        for decision in (one_world.decision, other)
    ]
    act_as(one_world.handler)
    order_operations.close_order(orders[0], TODAY, OrderEnd.WORK)
    assert {one.to_date for one in order_queries.unit_assignments(orders[0])} == {None}


def test_all_orders_of_a_decision_end_with_it(one_world: World, session: Session) -> None:
    units = [one_world.unit, a_unit("Björken"), a_unit("Granen")]
    orders = [
        an_order(one_world.decision, units[0], answer="accepted", coordinator=one_world.coordinator),
        an_order(one_world.decision, units[1]),
        an_order(one_world.decision, units[2], answer="declined"),
    ]
    session.expire(one_world.decision, ["orders"])
    act_as(one_world.handler)
    assert order_operations.close_orders_of(one_world.decision, TODAY) == 2
    assert [one.close_reason for one in orders] == ["decision_ended", "decision_ended", None]
    assert {one.to_date for one in order_queries.unit_assignments(orders[0])} == {TODAY}


# States, in Python and in SQL


def test_the_database_and_the_pages_agree_on_every_state(one_world: World, session: Session) -> None:
    answers = ("", "waiting", "accepted", "declined", "waiting accepted", "waiting declined")
    days = (None, TODAY - DAY, TODAY, TODAY + DAY)
    for replies, first, last in product(answers, (None, TODAY - 5 * DAY), days):
        order = an_order(one_world.decision, one_world.unit, first_day=first, closed_on=last)
        for reply in replies.split():
            order.answers.append(
                OrderReply(answer=reply, answered_on=TODAY, account_id=one_world.coordinator.id)
            )
    session.flush()
    in_sql = session.execute(
        select(ServiceOrder.id, order_queries.state_clause(TODAY)).where(
            ServiceOrder.decision_id == one_world.decision.id
        )
    )
    computed = {one.id: order_queries.state_of(one, TODAY).value for one in orders_of(one_world.decision)}
    assert {number: str(state) for number, state in in_sql} == computed


def test_somebody_else_who_answered_first_is_seen_after_the_hold(one_world: World, session: Session) -> None:
    order = an_order(one_world.decision, one_world.unit)
    identity = act_as(one_world.coordinator)
    found = order_queries.get_order(identity, ANSWER_ORDER, order.public_id)
    declined = update(ServiceOrder).where(ServiceOrder.id == order.id).values(close_reason="declined")
    session.execute(declined.execution_options(synchronize_session=False))
    order_queries.hold_order(found)
    assert found.close_reason == "declined"


def test_an_order_that_is_none_is_missing(one_world: World) -> None:
    with pytest.raises(MissingError):
        order_queries.get_order(act_as(one_world.handler), READ_ORDERS, "x" * 22)
