"""What is due, and for whom it is due."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.settings import Settings, make_key
from aktema.people.models import Assignment, Participant
from aktema.plans import due_page
from aktema.plans.due_queries import Due, due, periods
from aktema.plans.rules.calendar import add_months
from aktema.plans.rules.deadlines import DueKind, Periods
from tests.conftest import QueryCount
from tests.support.deadlines import months_ago, running
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account, identity_for
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, a_follow_up, an_order

SignIn = Callable[[Account], PageClient]
MANY = 1000


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def handler(session: Session) -> Account:
    return an_account(Role.LSS_HANDLER, name="Ester Handläggare")


@pytest.fixture
def coordinator(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit, name="Omar Koordinator")


@pytest.fixture
def manager(unit: Unit) -> Account:
    return an_account(Role.UNIT_MANAGER, unit, name="Lena Chef")


@pytest.fixture
def person(handler: Account) -> Participant:
    person = a_participant(first_name="Alva", last_name="Ek")
    an_assignment(person, kind="handler", account=handler)
    return person


def owed(account: Account) -> list[tuple[DueKind, Role, bool]]:
    """What stands on the account's list: what, whose duty, and whether it is the account's own."""
    return [(one.kind, one.owes, one.is_mine) for one in listed(account)]


def listed(account: Account) -> list[Due]:
    return list(due(identity_for(account), clock.today(), MANY))


FOLLOW_UP = (DueKind.FOLLOW_UP_DECISION, Role.LSS_HANDLER, True)
PLAN_AND_FOLLOW_UP = [
    (DueKind.PLAN, Role.COORDINATOR, True),
    (DueKind.FOLLOW_UP_PLAN, Role.COORDINATOR, True),
]
"""What a unit owes that has never fixed a plan."""


# Whose it is


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ((2, 20), []),
        ((3, 0), [FOLLOW_UP]),
        ((6, 0), [FOLLOW_UP]),
    ],
)
def test_the_case_handler_follows_up_from_the_third_month_on(
    person: Participant,
    unit: Unit,
    handler: Account,
    since: tuple[int, int],
    expected: list[tuple[DueKind, Role, bool]],
) -> None:
    running(person, unit, months_ago(*since))
    assert owed(handler) == expected


def test_a_follow_up_that_is_closed_is_owed_no_more(
    person: Participant, unit: Unit, handler: Account
) -> None:
    decision = running(person, unit, months_ago(4))
    a_follow_up(decision, held_on=clock.today(), closed_on=clock.today())
    assert owed(handler) == []


def test_a_follow_up_that_was_only_begun_is_still_owed_and_leads_on(
    person: Participant, unit: Unit, handler: Account
) -> None:
    begun = a_follow_up(running(person, unit, months_ago(4)))
    assert [one.follow_up_id for one in listed(handler)] == [begun.public_id]


def test_a_follow_up_of_the_decision_before_still_counts_for_the_year(
    person: Participant, unit: Unit, handler: Account
) -> None:
    before = running(person, unit, months_ago(18))
    before.to_date = months_ago(2, 1)
    a_follow_up(before, held_on=months_ago(11, 15), closed_on=months_ago(11, 15))
    running(person, unit, months_ago(2))
    assert [(one.kind, one.due_on) for one in listed(handler)] == [
        (DueKind.FOLLOW_UP_DECISION, add_months(months_ago(11, 15), 12))
    ]


def test_a_decision_about_to_end_is_the_case_handlers(person: Participant, handler: Account) -> None:
    a_decision(person, to_date=clock.today() + timedelta(days=60))
    assert owed(handler) == [(DueKind.DECISION_ENDS, Role.LSS_HANDLER, True)]


def test_a_decision_that_another_follows_does_not_have_to_be_thought_of(
    person: Participant, unit: Unit, handler: Account
) -> None:
    ending = clock.today() + timedelta(days=60)
    running(person, unit, months_ago(1)).to_date = ending
    a_decision(person, from_date=ending + timedelta(days=1))
    assert owed(handler) == []


def test_a_decision_nobody_has_thought_of_stays_after_its_last_day(
    person: Participant, handler: Account
) -> None:
    a_decision(person, from_date=months_ago(30), to_date=months_ago(20))
    assert [(one.kind, one.is_late) for one in listed(handler)] == [(DueKind.DECISION_ENDS, True)]


def test_a_decision_not_carried_out_is_told_a_month_before_ivo_has_to_know(
    person: Participant, handler: Account
) -> None:
    a_decision(person, from_date=months_ago(2, 5))
    assert owed(handler) == [(DueKind.NOT_EXECUTED, Role.LSS_HANDLER, True)]


def test_an_order_is_answered_by_the_unit_it_was_sent_to(
    person: Participant, unit: Unit, handler: Account, coordinator: Account, manager: Account
) -> None:
    an_order(a_decision(person), unit)
    assert owed(coordinator) == [(DueKind.ANSWER_ORDER, Role.COORDINATOR, True)]
    assert owed(manager) == [(DueKind.ANSWER_ORDER, Role.UNIT_MANAGER, True)]
    assert owed(handler) == []


def test_an_order_that_nobody_answers_comes_back_to_who_sent_it(
    person: Participant, unit: Unit, handler: Account
) -> None:
    an_order(a_decision(person), unit, sent_on=clock.today() - timedelta(days=20))
    assert owed(handler) == [(DueKind.ANSWER_ORDER, Role.LSS_HANDLER, True)]


def test_the_first_day_is_the_named_coordinators_and_not_the_managers(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    an_order(a_decision(person), unit, answer="accepted", coordinator=coordinator)
    assert owed(coordinator) == [(DueKind.FIRST_DAY, Role.COORDINATOR, True)]
    assert owed(manager) == []


def test_a_coordinator_whose_work_begins_later_is_named_already(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    an_order(a_decision(person), unit, answer="accepted")
    tomorrow = clock.today() + timedelta(days=1)
    an_assignment(person, kind="coordinator", account=coordinator, unit=unit, from_date=tomorrow)
    assert owed(coordinator) == [(DueKind.FIRST_DAY, Role.COORDINATOR, True)]
    assert owed(manager) == []


def test_what_is_late_before_a_unit_works_with_the_person_is_not_the_managers(
    person: Participant, unit: Unit, manager: Account
) -> None:
    an_order(a_decision(person, from_date=months_ago(4)), unit)
    assert [kind for kind, *_rest in owed(manager)] == [DueKind.ANSWER_ORDER]


def test_a_unit_that_said_no_owes_nothing(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    an_order(a_decision(person, from_date=months_ago(4)), unit, answer="declined")
    assert owed(coordinator) == owed(manager) == []


def test_where_no_coordinator_is_named_it_is_the_managers(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    an_order(a_decision(person), unit, answer="accepted")
    assert owed(manager) == [(DueKind.FIRST_DAY, Role.UNIT_MANAGER, True)]
    assert owed(coordinator) == []


def test_the_plan_is_followed_up_by_the_coordinator(
    person: Participant, unit: Unit, coordinator: Account
) -> None:
    running(person, unit, months_ago(11, 15), coordinator)
    assert owed(coordinator) == PLAN_AND_FOLLOW_UP


def test_what_is_late_stands_on_the_managers_list_too(
    person: Participant, unit: Unit, coordinator: Account, manager: Account
) -> None:
    running(person, unit, months_ago(13), coordinator)
    assert owed(manager) == [
        (DueKind.PLAN, Role.COORDINATOR, False),
        (DueKind.FOLLOW_UP_DECISION, Role.LSS_HANDLER, False),
        (DueKind.FOLLOW_UP_PLAN, Role.COORDINATOR, False),
    ]


def test_a_person_at_no_unit_yet_is_the_managers_who_works_with_them(
    person: Participant, unit: Unit, manager: Account
) -> None:
    an_assignment(person, kind="coach", account=an_account(unit=unit), unit=unit)
    a_decision(person, from_date=months_ago(4))
    assert owed(manager) == [(DueKind.NOT_EXECUTED, Role.LSS_HANDLER, False)]


def test_a_change_of_staff_moves_the_list_to_the_new_one(
    person: Participant, unit: Unit, coordinator: Account
) -> None:
    running(person, unit, months_ago(11, 15), coordinator)
    new = an_account(Role.COORDINATOR, unit)
    for held in person.assignments:
        if held.account_id == coordinator.id:
            held.to_date = clock.today() - timedelta(days=1)
    an_assignment(person, kind="coordinator", account=new, unit=unit)
    assert owed(new) == PLAN_AND_FOLLOW_UP
    assert owed(coordinator) == []


@pytest.mark.parametrize("has_left", ["disabled", "no post"])
def test_what_a_coordinator_who_left_owed_is_the_managers(
    person: Participant, unit: Unit, coordinator: Account, manager: Account, has_left: str
) -> None:
    running(person, unit, months_ago(11, 15), coordinator)
    if has_left == "disabled":
        coordinator.disabled_at = clock.now()
    else:
        coordinator.memberships[0].from_date = months_ago(1)
        coordinator.memberships[0].to_date = clock.today() - timedelta(days=1)
    assert (DueKind.FOLLOW_UP_PLAN, Role.UNIT_MANAGER, True) in owed(manager)


def test_a_new_case_handler_owes_what_the_one_before_did(
    session: Session, person: Participant, unit: Unit, handler: Account
) -> None:
    running(person, unit, months_ago(6))
    session.query(Assignment).filter_by(kind="handler").update({"account_id": an_account().id})
    new = an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=new)
    assert owed(new) == [FOLLOW_UP]
    assert owed(handler) == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_MANAGER])
def test_another_units_people_are_on_nobody_elses_list(
    person: Participant, unit: Unit, coordinator: Account, role: Role
) -> None:
    running(person, unit, months_ago(13), coordinator)
    an_order(a_decision(a_participant()), unit, sent_on=clock.today() - timedelta(days=20))
    assert owed(an_account(role, a_unit("Grannen", "private"))) == []


def test_a_manager_of_a_unit_that_works_with_the_person_sees_nothing_of_another_units_order(
    person: Participant, unit: Unit, coordinator: Account
) -> None:
    running(person, unit, months_ago(13), coordinator)
    other = a_unit("Grannen")
    an_assignment(person, kind="coach", account=an_account(unit=other), unit=other)
    assert owed(an_account(Role.UNIT_MANAGER, other)) == []


def test_another_case_handler_sees_nothing(person: Participant, unit: Unit) -> None:
    running(person, unit, months_ago(6))
    assert owed(an_account(Role.LSS_HANDLER)) == []


def test_nothing_is_owed_about_a_person_who_has_left(
    person: Participant, unit: Unit, handler: Account
) -> None:
    running(person, unit, months_ago(6))
    person.closed_on = clock.today()
    assert owed(handler) == []


def test_the_soonest_comes_first_and_the_list_ends_where_it_is_told(
    person: Participant, unit: Unit, handler: Account
) -> None:
    for months in (6, 8, 7):
        other = a_participant()
        an_assignment(other, kind="handler", account=handler)
        running(other, unit, months_ago(months))
    found = due(identity_for(handler), clock.today(), 2)
    assert [one.due_on for one in found] == [add_months(months_ago(8), 5), add_months(months_ago(7), 5)]


def test_the_list_takes_as_many_statements_for_many_as_for_one(
    person: Participant, unit: Unit, handler: Account, queries: QueryCount
) -> None:
    running(person, unit, months_ago(6))
    assert len(listed(handler)) == 1
    queries.statements.clear()
    listed(handler)
    few = len(queries)
    for _number in range(30):
        other = a_participant()
        an_assignment(other, kind="handler", account=handler)
        running(other, unit, months_ago(6))
    queries.statements.clear()
    assert len(listed(handler)) == 31
    assert len(queries) == few <= 8


# The page


def test_the_page_groups_what_is_late_what_is_now_and_what_is_soon(
    sign_in: SignIn, person: Participant, unit: Unit, handler: Account
) -> None:
    running(person, unit, months_ago(6))
    for since in (months_ago(5) + timedelta(days=5), months_ago(3)):
        other = a_participant()
        an_assignment(other, kind="handler", account=handler)
        running(other, unit, since)
    page = sign_in(handler).get("/uppfoljning")
    assert [heading.get_text() for heading in page.select("main h2")] == ["Försenat", "Nu", "Snart"]


def test_an_empty_page_says_what_does_not_wait(sign_in: SignIn, handler: Account) -> None:
    words = sign_in(handler).get("/uppfoljning").words
    assert "Inga beslut, beställningar eller planer väntar på dig" in words


def test_everybody_on_the_page_is_recorded_as_read(
    session: Session, sign_in: SignIn, person: Participant, unit: Unit, handler: Account
) -> None:
    running(person, unit, months_ago(6))
    sign_in(handler).get("/uppfoljning")
    read = session.query(AccessEntry.participant_id).filter_by(act="follow_up.read_due", kind="read")
    assert [row[0] for row in read] == [person.id]


def test_the_page_takes_few_statements(
    sign_in: SignIn, person: Participant, unit: Unit, handler: Account, queries: QueryCount
) -> None:
    running(person, unit, months_ago(6))
    browser = sign_in(handler)
    browser.get("/uppfoljning")
    queries.statements.clear()
    browser.get("/uppfoljning")
    assert len(queries) <= 12


def test_a_long_list_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, sign_in: SignIn, person: Participant, unit: Unit, handler: Account
) -> None:
    monkeypatch.setattr("aktema.plans.due_views.MOST_SHOWN", 1)
    running(person, unit, months_ago(6)).to_date = clock.today()
    page = sign_in(handler).get("/uppfoljning")
    assert len(page.select(".task")) == 1
    assert "Det finns mer att göra" in page.words


def test_every_line_leads_to_a_page_that_opens(
    sign_in: SignIn, person: Participant, unit: Unit, handler: Account, manager: Account
) -> None:
    running(person, unit, months_ago(13)).to_date = clock.today() + timedelta(days=30)
    late = a_participant(first_name="Bo")
    an_assignment(late, kind="handler", account=handler)
    an_order(a_decision(late, from_date=months_ago(4)), unit)
    for account, lines in ((handler, 4), (manager, 4)):
        browser = sign_in(account)
        links = [str(link["href"]) for link in browser.get("/uppfoljning").select(".task a")]
        assert len(links) == lines
        assert [browser.get(link).status for link in links] == [200] * lines


@pytest.mark.parametrize(
    ("kind", "owes", "is_mine", "begun", "path"),
    [
        (DueKind.FOLLOW_UP_DECISION, Role.LSS_HANDLER, True, None, "/uppfoljningar/ny"),
        (DueKind.FOLLOW_UP_DECISION, Role.LSS_HANDLER, True, "f" * 22, "/uppfoljningar/ffff"),
        (DueKind.FOLLOW_UP_PLAN, Role.COORDINATOR, True, None, "/uppfoljningar/ny"),
        (DueKind.FOLLOW_UP_PLAN, Role.UNIT_MANAGER, True, None, "/beslut/"),
        (DueKind.FOLLOW_UP_DECISION, Role.LSS_HANDLER, False, None, "/beslut/"),
        (DueKind.DECISION_ENDS, Role.LSS_HANDLER, True, None, "/beslut/"),
        (DueKind.NOT_EXECUTED, Role.LSS_HANDLER, True, None, "/beslut/"),
        (DueKind.ANSWER_ORDER, Role.COORDINATOR, True, None, "/bestallningar/"),
        (DueKind.FIRST_DAY, Role.UNIT_MANAGER, True, None, "/bestallningar/"),
        (DueKind.PLAN, Role.COORDINATOR, True, None, "/planer"),
        (DueKind.PLAN, Role.COORDINATOR, False, None, "/bestallningar/"),
        (DueKind.PLAN, Role.UNIT_MANAGER, True, None, "/bestallningar/"),
    ],
)
def test_each_kind_is_done_on_its_own_page(
    person: Participant, kind: DueKind, owes: Role, is_mine: bool, begun: str | None, path: str
) -> None:
    order_id = "o" * 22 if owes is not Role.LSS_HANDLER else None
    assert path in due_page.place_of(a_due(person, kind, owes, is_mine, order_id, begun))


def a_due(
    person: Participant,
    kind: DueKind,
    owes: Role = Role.LSS_HANDLER,
    is_mine: bool = True,
    order_id: str | None = None,
    begun: str | None = None,
) -> Due:
    return Due(
        participant=person,
        kind=kind,
        opens_on=clock.today(),
        due_on=clock.today(),
        is_late=False,
        decision_id="d" * 22,
        order_id=order_id,
        follow_up_id=begun,
        unit_name="Solrosen",
        owes=owes,
        is_mine=is_mine,
    )


@pytest.mark.parametrize("kind", list(DueKind))
def test_every_kind_has_words_for_who_does_it_and_for_who_sees_to_it(
    person: Participant, kind: DueKind
) -> None:
    own, others = (due_page.task_of(a_due(person, kind, is_mine=is_mine)) for is_mine in (True, False))
    assert own.title
    assert "handläggaren ska göra det" in others.due


# Settings


def test_every_figure_is_a_setting_with_the_same_default(session: Session) -> None:
    assert periods() == Periods()
    assert {figure.name for figure in fields(Periods)} <= set(Settings.model_fields)


def test_a_first_follow_up_opens_before_it_is_due() -> None:
    values = {"data_folder": ".", "secret_key": make_key(), "encryption_key": make_key()}
    with pytest.raises(ValueError, match="FIRST_FOLLOW_UP_OPENS_MONTHS"):
        Settings.model_validate({**values, "first_follow_up_opens_months": 5})
