"""Who stays in day activity by routine is seen, with the reason in words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans import lock_in_queries as queries
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.lock_in_queries import Counts, Order, UnitOrder
from aktema.plans.rules.lock_in import Sign, signs, whole_years
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, a_follow_up

TODAY = clock.today()
DAY = date(2026, 3, 9)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def somebody(account: Account, name: str = "Alva", days: int = 100, **values: Any) -> Participant:
    person = a_participant(coach=account, first_name=name, **values)
    a_decision(person, from_date=ago(days))
    return person


def tried(coach: Identity, person: Participant, days: int = 10) -> None:
    facts = StepFacts(
        contact_type=ContactType.ON_SITE_SUPPORT,
        happened_on=ago(days),
        minutes=60,
        place=StepPlace.WORKPLACE,
        line="Hej",
    )
    log_step(coach, person, facts)


def names(coach: Identity, order: Order = Order.TRIED) -> list[str]:
    return [one.participant.first_name for one in queries.stays(coach, order, 0, 50)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"tried_on": None}, ()),
        ({"tried_on": None, "since": date(2023, 3, 9)}, (Sign.YEARS_UNTRIED,)),
        ({"tried_on": None, "since": date(2023, 3, 10)}, ()),
        ({"since": date(2010, 1, 1)}, ()),
        ({"tried_on": None, "from_school": True}, (Sign.SCHOOL_UNTRIED,)),
        ({"tried_on": None, "from_school": True, "age": 30}, ()),
        ({"from_school": True}, ()),
        ({"asked_on": None}, (Sign.NEVER_ASKED,)),
        (
            {"tried_on": None, "asked_on": None, "from_school": True, "since": date(2020, 1, 1)},
            (Sign.YEARS_UNTRIED, Sign.SCHOOL_UNTRIED, Sign.NEVER_ASKED),
        ),
    ],
)
def test_who_stands_out_and_why(changes: dict[str, Any], expected: tuple[Sign, ...]) -> None:
    usual = {"since": date(2025, 1, 1), "tried_on": DAY, "asked_on": DAY, "from_school": False, "age": 25}
    assert signs(**{**usual, **changes}, today=DAY) == expected


@pytest.mark.parametrize(
    ("since", "years"), [(DAY, 0), (date(2023, 3, 9), 3), (date(2023, 3, 10), 2), (date(2027, 1, 1), 0)]
)
def test_years_are_whole(since: date, years: int) -> None:
    assert whole_years(since, DAY) == years


def test_each_fact_is_read_where_it_is_written(coach: Identity, account: Account) -> None:
    person = somebody(account, days=500)
    tried(coach, person, days=20)
    decision = a_decision(person, from_date=ago(900), ended_on=ago(501), end_reason="new_decision")
    answers = {
        WorkPoint.JOB_CONSULTANT: PointAnswer.YES,
        WorkPoint.EMPLOYMENT_SERVICE: PointAnswer.OFFERED_NO_THANKS,
        WorkPoint.SOCIAL_INSURANCE: PointAnswer.YES,
        WorkPoint.WISH_FOR_WORK: PointAnswer.DID_NOT_WANT_TO_ANSWER,
    }
    a_follow_up(decision, answers=answers, held_on=ago(60))
    one = queries.stays(coach, Order.TRIED, 0, 50)[0]
    assert (one.since, one.tried_on, one.asked_on) == (ago(900), ago(20), ago(60))
    assert (one.coach_on, one.employment_service_on, one.social_insurance_on) == (ago(60), None, ago(60))


def test_who_could_not_be_asked_was_not_asked(coach: Identity, account: Account) -> None:
    decision = a_decision(a_participant(coach=account))
    a_follow_up(decision, answers={WorkPoint.WISH_FOR_WORK: PointAnswer.COULD_NOT_BE_ASKED})
    assert queries.stays(coach, Order.TRIED, 0, 50)[0].asked_on is None


def test_never_comes_before_long_ago_and_of_equals_the_longest_stay_first(
    coach: Identity, account: Account
) -> None:
    tried(coach, somebody(account, "Provade", days=2000))
    somebody(account, "Kort", days=50)
    somebody(account, "Länge", days=1500)
    assert names(coach) == ["Länge", "Kort", "Provade"]


@pytest.mark.parametrize("order", Order)
def test_every_column_orders_the_list(coach: Identity, account: Account, order: Order) -> None:
    somebody(account, "Aldrig", days=600)
    asked = somebody(account, "Har", days=300)
    tried(coach, asked)
    yes = dict.fromkeys(WorkPoint, PointAnswer.YES)
    a_follow_up(a_decision(asked, from_date=ago(300)), answers=yes)
    assert names(coach, order) == ["Aldrig", "Har"]


@pytest.mark.parametrize(
    "values",
    [
        {"to_date": ago(1)},
        {"ended_on": ago(1), "end_reason": "work"},
        {"support_measure": "companion"},
        {"from_date": TODAY + timedelta(days=1)},
    ],
)
def test_who_is_in_no_day_activity_today_is_not_in_the_list(
    coach: Identity, account: Account, values: dict[str, Any]
) -> None:
    a_decision(a_participant(coach=account), **{"from_date": ago(100), **values})
    assert names(coach) == []


def test_nobody_elses_people_are_named_or_counted(coach: Identity, session: Session) -> None:
    somebody(an_account(Role.JOB_COACH, a_unit()), days=2000)
    assert (names(coach), queries.counts(coach).people) == ([], 0)


def test_those_who_stand_out_are_counted(coach: Identity, account: Account) -> None:
    somebody(account, days=2000)
    somebody(account, days=10, came_from="school", birth_date=ago(365 * 20))
    somebody(account, days=10, came_from="school", birth_date=ago(365 * 40))
    tried(coach, somebody(account, days=2000))
    assert queries.counts(coach) == Counts(people=4, years_untried=1, school_untried=1)


def test_the_page_says_why_and_leaves_a_trace(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account
) -> None:
    somebody(account, days=1200, came_from="school", birth_date=ago(365 * 22))
    session.commit()
    words = sign_in(account).get("/uppfoljning/inlasning").words
    assert "3 år utan att ha fått prova arbete." in words
    assert "Kom direkt från skolan, har aldrig fått prova arbete." in words
    assert ("follow_up.read_due", "", "") in traces("read")


def test_an_odd_order_is_the_usual_one(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account
) -> None:
    somebody(account)
    session.commit()
    page = sign_in(account).get("/uppfoljning/inlasning?ordning=udda&sida=99")
    assert [one.get_text() for one in page.select(".tabs [aria-current]")] == ["Provat arbete"]


def test_an_empty_list_says_what_will_stand_there(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account
) -> None:
    session.commit()
    assert "Ingen i daglig verksamhet än" in sign_in(account).get("/uppfoljning/inlasning").words


def test_the_page_takes_as_many_statements_for_sixty_people_as_for_one(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, queries: QueryCount
) -> None:
    somebody(account)
    session.commit()
    browser, taken = sign_in(account), []
    for more in (0, 60):
        for _number in range(more):
            somebody(account)
        session.commit()
        queries.statements.clear()
        page = browser.get("/uppfoljning/inlasning")
        taken.append(len(queries))
    assert (taken[0], len(page.select("main tbody tr"))) == (taken[1], 50)
    assert taken[0] <= 12


def at_unit(person: Participant, unit: Unit) -> None:
    an_assignment(person, kind="provider", unit=unit)


def test_a_unit_counts_who_was_asked_and_who_has_tried(coach: Identity, account: Account) -> None:
    unit, other = a_unit("Linden"), a_unit("Solrosen")
    first, second, third = (somebody(account, name) for name in ("Alva", "Bo", "Cia"))
    for person in (first, second):
        at_unit(person, unit)
    at_unit(third, other)
    tried(coach, first)
    decision = a_decision(second, from_date=ago(90))
    a_follow_up(decision, answers={WorkPoint.WISH_FOR_WORK: PointAnswer.NO}, held_on=ago(20))
    found = {
        one.name: (one.people, one.asked, one.tried, one.never)
        for one in queries.units(coach, UnitOrder.NAME)
    }
    assert found == {unit.name: (2, 1, 1, 1), other.name: (1, 0, 0, 1)}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (UnitOrder.NEVER, ["Solrosen", "Linden"]),
        (UnitOrder.TRIED, ["Linden", "Solrosen"]),
        (UnitOrder.PEOPLE, ["Solrosen", "Linden"]),
        (UnitOrder.NAME, ["Linden", "Solrosen"]),
    ],
)
def test_units_are_ordered_by_every_figure(
    coach: Identity, account: Account, order: UnitOrder, expected: list[str]
) -> None:
    linden, solrosen = a_unit("Linden"), a_unit("Solrosen")
    person = somebody(account)
    tried(coach, person)
    at_unit(person, linden)
    for name in ("Bo", "Cia"):
        at_unit(somebody(account, name), solrosen)
    assert [one.name.split()[0] for one in queries.units(coach, order)] == expected


def test_a_unit_s_link_leads_to_its_own_people(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account
) -> None:
    unit = a_unit("Linden")
    at_unit(somebody(account, "Alva"), unit)
    somebody(account, "Bo")
    session.commit()
    browser = sign_in(account)
    page = browser.get("/uppfoljning/inlasning")
    link = next(one["href"] for one in page.select("tbody a") if unit.name in one.get_text())
    shown = browser.get(str(link)).words
    assert ("Alva" in shown, "Bo Ek" in shown) == (True, False)


def test_people_are_ordered_by_name_too(coach: Identity, account: Account) -> None:
    for name in ("Cia", "Alva", "Bo"):
        somebody(account, name)
    assert names(coach, Order.NAME) == ["Alva", "Bo", "Cia"]
