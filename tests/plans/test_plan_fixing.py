"""The pages of plans: confirmed, fixed, compared with the version before; who may open them, at what cost."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_models import Plan
from aktema.plans.plan_operations import begin
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plan_pages import (
    activity_code,
    an_order_to_plan,
    fix,
    goal_code,
    newest,
    part_of,
    path_of,
)
from tests.support.plans import an_order

SignIn = Callable[[Account], PageClient]
TODAY = clock.today()
MOST_STATEMENTS = 12


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.COORDINATOR, a_unit(), name="Omar Koordinator")


@pytest.fixture
def person(session: Session) -> Participant:
    return a_participant()


@pytest.fixture
def order(person: Participant, account: Account) -> ServiceOrder:
    return an_order_to_plan(person, account)


@pytest.fixture
def plan(order: ServiceOrder) -> Plan:
    return a_plan(order, activities=2, easy=False)


@pytest.fixture
def browser(session: Session, sign_in: SignIn, account: Account, plan: Plan) -> PageClient:
    session.commit()
    return sign_in(account)


# Confirmed and fixed


CONFIRMED = {"confirmed_by": "person", "confirmed_how": "pictures", "confirmed_on": TODAY.isoformat()}


def test_a_plan_that_lacks_something_says_what_with_a_way_to_each_place(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    plan.work_wish = plan.work_by = None
    session.commit()
    page = browser.get(path_of(plan, "/faststall"))
    ways = [str(one["href"]) for one in page.select("main .notice a")]
    assert [way.partition("#")[2] for way in ways] == ["work_wish", "work_by"]
    target = browser.get(ways[0])
    assert len(target.select("#work_wish")) == 1


def test_a_whole_plan_is_confirmed_and_then_fixed(session: Session, browser: PageClient, plan: Plan) -> None:
    page = browser.submit(path_of(plan, "/faststall"), CONFIRMED)
    assert "Svaret är sparat: Visade ja med bilder" in page.words
    page = browser.submit(path_of(plan, "/faststall"), {})
    assert "Planen är fastställd" in page.words or "Fastställd" in page.words
    assert newest(session).fixed_on == TODAY


def test_a_confirmation_of_what_somebody_has_changed_meanwhile_is_asked_for_again(
    browser: PageClient, plan: Plan
) -> None:
    held = browser.get(path_of(plan, "/faststall")).hidden()
    browser.submit(part_of(plan, "ord"), {"own_words": "Nytt"})
    page = browser.post(path_of(plan, "/godkann"), {**held, **CONFIRMED})
    assert page.status == 422
    assert "Läs den igen först" in page.words
    assert len(page.select("[value=pictures][checked]")) == 1


def test_a_plan_changed_after_it_was_confirmed_is_not_fixed(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    browser.submit(path_of(plan, "/faststall"), CONFIRMED)
    held = browser.get(path_of(plan, "/faststall")).hidden()
    assert "behöver den godkännas igen" in browser.get(part_of(plan, "ord")).words
    browser.submit(part_of(plan, "ord"), {"own_words": "Nytt"})
    assert browser.post(path_of(plan, "/faststall"), held).status == 422
    assert newest(session).fixed_on is None


def test_a_fixed_plan_is_read_and_no_longer_written(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    fix(session, plan)
    page = browser.get(path_of(plan))
    assert "Omar Koordinator" in page.words or "Fastställd" in page.words
    assert page.select("main a[href*='/delar/'], main form[action*='/delar/']") == []
    for rest in ("/delar/ord", "/faststall", "/medverkan"):
        assert browser.get(path_of(plan, rest), follow=False).location.endswith(path_of(plan))


def test_buttons_on_an_old_page_of_a_fixed_plan_do_nothing_and_say_why(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    held = browser.get(part_of(plan, "ord")).hidden()
    fix(session, plan)
    who = plan.participations[0].public_id
    for path in (part_of(plan, activity_code(plan), "/flytta"), path_of(plan, f"/medverkan/{who}/ta-bort")):
        page = browser.post(path, {"csrf_token": held["csrf_token"]})
        assert "går inte att ändra" in page.soup.get_text()
    assert len(newest(session).participations) == 1


def test_the_next_version_begins_at_the_fixed_one_and_tells_what_is_another(
    session: Session, browser: PageClient, plan: Plan
) -> None:
    fix(session, plan)
    page = browser.submit(path_of(plan), {}, css="main form[action$='/planer/ny']")
    assert "Version 2" in page.words
    second = newest(session)
    assert "Allt står som i versionen före" in browser.get(path_of(second, "/skillnader")).words
    browser.submit(part_of(second, goal_code(second)), {"text": "Prova kafé", "target_date": "2027-03-09"})
    browser.submit(part_of(second, activity_code(second), "/ta-bort"), {})
    browser.submit(part_of(second, activity_code(newest(session))), {"support_level": "4", "starts_at": "8"})
    changed = browser.get(path_of(second, "/skillnader")).words
    for told in (
        "Mål text i planen Prova kafé",
        "När målet ska vara nått – 2027-03-09",
        "Borttagen",
        "Stöd Någon visar eller hjälper till att komma igång Någon är med hela tiden",
        "måndag–fredag, 09:00–12:00, varje vecka måndag–fredag, 08:00–12:00, varje vecka",
    ):
        assert told in changed


def test_the_first_version_has_none_before_it(browser: PageClient, plan: Plan) -> None:
    assert browser.get(path_of(plan, "/skillnader")).status == 404


def test_the_list_says_which_version_holds(
    session: Session, browser: PageClient, plan: Plan, account: Account
) -> None:
    fix(session, plan)
    second = begin(act_as(account), plan.order)
    a_third = f"/deltagare/{plan.participant.public_id}/planer"
    session.commit()
    assert "Arbetsversion" not in browser.get(a_third).words
    assert "Version 2" in browser.get(a_third).words
    assert second.number == 2


# Who may, and at what cost


@pytest.mark.parametrize("role", [Role.LSS_HANDLER, Role.UNIT_MANAGER])
def test_others_read_the_plan_and_do_not_write_it(
    session: Session, sign_in: SignIn, plan: Plan, account: Account, role: Role
) -> None:
    reader = an_account(role, account.memberships[0].unit if role is Role.UNIT_MANAGER else None)
    if role is Role.LSS_HANDLER:
        an_assignment(plan.participant, kind="handler", account=reader)
    session.commit()
    browser = sign_in(reader)
    assert browser.get(path_of(plan)).select("main form") == []
    assert browser.get(f"/deltagare/{plan.participant.public_id}/planer").status == 200
    assert browser.get(part_of(plan, "ord")).status == 403


def test_another_units_coordinator_finds_no_plan(session: Session, sign_in: SignIn, plan: Plan) -> None:
    other = an_account(Role.COORDINATOR, a_unit())
    session.commit()
    assert sign_in(other).get(path_of(plan)).status == 404


def test_a_plan_of_another_person_is_missing(
    session: Session, browser: PageClient, plan: Plan, account: Account
) -> None:
    other = a_participant()
    an_assignment(other, kind="coordinator", account=account, unit=account.memberships[0].unit)
    session.commit()
    assert browser.get(f"/deltagare/{other.public_id}/planer/{plan.public_id}").status == 404
    assert browser.get(f"/deltagare/{other.public_id}/planer/{plan.public_id}/skillnader").status == 404


@pytest.mark.parametrize(
    "rest",
    ["", "/faststall", "/medverkan", "/skillnader", "/delar/activity", "/delar/goal", "/delar/goal/ta-bort"],
)
def test_a_plan_of_forty_activities_takes_as_few_statements_as_one_of_two(
    session: Session, sign_in: SignIn, account: Account, order: ServiceOrder, queries: QueryCount, rest: str
) -> None:
    first = a_plan(order, fixed_on=TODAY)
    few = a_plan(order, number=2, follows_id=first.id, activities=2)
    other = an_order(order.decision, order.unit, answer="accepted", first_day=TODAY)
    before = a_plan(other, fixed_on=TODAY)
    many = a_plan(other, number=2, follows_id=before.id, goals=4, activities=10)
    session.commit()
    browser, counts = sign_in(account), []
    for plan in (few, many):
        path = path_of(plan, rest.replace("activity", activity_code(plan)).replace("goal", goal_code(plan)))
        browser.get(path)
        queries.statements.clear()
        assert browser.get(path).status == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_STATEMENTS
