"""The list of people: who is in it, in what order, how it is narrowed, and how fast it comes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.people import caseload
from aktema.people.caseload import Filters
from aktema.people.codes import Source
from aktema.people.profile_operations import NewRating, cast_interest_votes, rate_capacities
from aktema.vocabulary.queries import activities, dimensions
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

Browser = Callable[[Account], PageClient]


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


@pytest.fixture
def manager(unit: Unit) -> Account:
    return an_account(Role.UNIT_MANAGER, unit)


def names(page: Page) -> list[str]:
    return [link.get_text().strip() for link in page.select("tbody th a")]


def people(amount: int, coach: Account, unit: Unit) -> None:
    for number in range(amount):
        a_participant(coach=coach, unit=unit, first_name=f"Person{number:03}")


def test_names_come_in_swedish_order(sign_in: Browser, coach: Account) -> None:
    for first in ("Östen", "Adam", "Åke", "Zara", "Ärla"):
        a_participant(coach=coach, first_name=first)
    assert [name.split()[0] for name in names(sign_in(coach).get("/deltagare"))] == [
        "Adam",
        "Zara",
        "Åke",
        "Ärla",
        "Östen",
    ]


def test_a_coach_sees_the_own_people_and_a_manager_the_units(
    sign_in: Browser, coach: Account, manager: Account, unit: Unit
) -> None:
    a_participant(coach=coach, unit=unit, first_name="Alva")
    a_participant(coach=an_account(Role.JOB_COACH, unit), unit=unit, first_name="Bo")
    a_participant(coach=an_account(Role.JOB_COACH, a_unit()), first_name="Cilla")
    assert names(sign_in(coach).get("/deltagare")) == ["Alva Ek"]
    assert names(sign_in(manager).get("/deltagare")) == ["Alva Ek", "Bo Ek"]


def test_each_person_shown_is_recorded_as_read(
    sign_in: Browser, coach: Account, unit: Unit, session: Session
) -> None:
    people(3, coach, unit)
    sign_in(coach).get("/deltagare")
    reads = select(func.count()).select_from(AccessEntry).where(AccessEntry.act == "participant.list")
    assert session.scalar(reads) == 3


def test_an_empty_list_says_what_to_do_first(sign_in: Browser, coach: Account, manager: Account) -> None:
    assert "Registrera en deltagare" in sign_in(coach).get("/deltagare").words
    assert "Här är ingen än" in sign_in(manager).get("/deltagare").words


def test_a_system_administrator_sees_no_list(sign_in: Browser) -> None:
    assert sign_in(an_account(Role.SYSTEM_ADMIN)).get("/deltagare").status == 403


def test_pages_follow_each_other_both_ways(sign_in: Browser, coach: Account, unit: Unit) -> None:
    people(caseload.PAGE_SIZE + 2, coach, unit)
    browser = sign_in(coach)
    first = browser.get("/deltagare")
    second = browser.get(first.select(".pager a")[0]["href"])
    back = browser.get(second.select(".pager a")[0]["href"])
    assert len(names(first)) == caseload.PAGE_SIZE
    assert len(names(second)) == 2
    assert names(back) == names(first)


@pytest.mark.parametrize("amount", [50, 500])
def test_the_list_takes_the_same_few_statements_however_long_it_is(
    sign_in: Browser, coach: Account, unit: Unit, queries: Any, amount: int
) -> None:
    people(amount, coach, unit)
    browser = sign_in(coach)
    browser.get("/deltagare")
    queries.statements.clear()
    browser.get("/deltagare")
    assert len(queries) <= 12, queries.statements


def test_a_search_takes_the_same_few_statements(
    sign_in: Browser, coach: Account, unit: Unit, queries: Any
) -> None:
    people(120, coach, unit)
    browser = sign_in(coach)
    browser.get("/deltagare")
    queries.statements.clear()
    browser.submit("/deltagare", {"name": "person"}, css="form[action$=sok]")
    assert len(queries) <= 24, queries.statements  # the list, which holds the form, and the answer


# Narrowing


def found(account: Account, **filters: Any) -> list[str]:
    page = caseload.list_people(act_as(account), Filters(**filters), caseload.Cursor())
    return [person.first_name for person in page.items]


def test_the_list_can_be_narrowed(coach: Account, manager: Account, unit: Unit) -> None:
    other = an_account(Role.JOB_COACH, unit)
    a_participant(coach=coach, unit=unit, first_name="Alva", came_from="school")
    a_participant(coach=other, unit=unit, first_name="Bo", came_from="work")
    lonely = a_participant(first_name="Cilla")
    an_assignment(lonely, kind="provider", unit=unit)
    a_participant(coach=coach, unit=unit, first_name="Didrik", closed_on=date(2026, 1, 1))
    assert found(manager) == ["Alva", "Bo", "Cilla"]
    assert found(manager, came_from="work") == ["Bo"]
    assert found(manager, coach=coach.public_id) == ["Alva"]
    assert found(manager, unit=unit.public_id) == ["Alva", "Bo", "Cilla"]
    assert found(manager, unit=a_unit().public_id) == []
    assert found(manager, without_coach=True) == ["Cilla"]
    assert found(manager, closed=True) == ["Didrik"]


def test_the_address_narrows_the_list(sign_in: Browser, manager: Account, coach: Account, unit: Unit) -> None:
    a_participant(coach=coach, unit=unit, first_name="Alva", came_from="school")
    browser = sign_in(manager)
    nobody = browser.get("/deltagare?kom_fran=work")
    assert "Ingen passar det du valde" in nobody.words
    assert names(browser.get(f"/deltagare?kom_fran=school&coach={coach.public_id}&visa=")) == ["Alva Ek"]


@pytest.mark.parametrize(
    "query", ["kom_fran=x", "enhet=%00", "coach=%F0%9F%98%80", "visa=allt", "efter=nej", "fore=%00"]
)
def test_an_address_nobody_made_narrows_nothing(sign_in: Browser, coach: Account, query: str) -> None:
    a_participant(coach=coach)
    page = sign_in(coach).get(f"/deltagare?{query}")
    assert page.status == 200


# Searching


@pytest.mark.parametrize("typed", ["Åsa", "asa", "Öberg", "oberg", "Åsa Öbreg", "öb"])
def test_a_name_is_found_with_letters_missed(sign_in: Browser, coach: Account, typed: str) -> None:
    a_participant(coach=coach, first_name="Åsa", last_name="Öberg")
    a_participant(coach=coach, first_name="Nils", last_name="Lind")
    page = sign_in(coach).submit("/deltagare", {"name": typed}, css="form[action$=sok]")
    assert names(page) == ["Åsa Öberg"]


def test_a_search_never_reaches_others_people(sign_in: Browser, coach: Account) -> None:
    a_participant(coach=an_account(Role.JOB_COACH, a_unit()), first_name="Cilla")
    page = sign_in(coach).submit("/deltagare", {"name": "Cilla"}, css="form[action$=sok]")
    assert "Ingen av dina deltagare heter så" in page.words


def test_a_search_is_recorded_for_those_it_shows(sign_in: Browser, coach: Account, session: Session) -> None:
    shown, hidden = (
        a_participant(coach=coach, first_name="Cilla"),
        a_participant(coach=coach, first_name="Nils"),
    )
    sign_in(coach).submit("/deltagare/ny/namn", {})
    caseload.search_people(act_as(coach), "cilla")
    reads = session.scalars(
        select(AccessEntry.participant_id).where(AccessEntry.act == "participant.list")
    ).all()
    assert reads == [shown.id]
    assert hidden.id not in reads


@pytest.mark.parametrize("typed", ["", "   ", "%", "Cilla\0", "x" * 5000])
def test_an_odd_search_finds_nobody(sign_in: Browser, coach: Account, typed: str) -> None:
    a_participant(coach=coach, first_name="Cilla")
    assert names(sign_in(coach).submit("/deltagare", {"name": typed}, css="form[action$=sok]")) == []


# What to do next


def test_the_hint_says_what_to_do_next(session: Session, coach: Account, unit: Unit) -> None:
    identity = act_as(coach)
    asked, core = activities()[0].id, dimensions(core_only=True)

    def hint(person: Any) -> str:
        session.flush()
        session.expire(person, ["assignments"])
        return str(caseload.rows_of([person])[0].hint.text)

    person = a_participant()
    assert hint(person) == "Behöver en jobbcoach"
    an_assignment(person, account=coach, unit=unit)
    assert hint(person) == "Fråga om intressen"
    cast_interest_votes(identity, person, Source.OWN, {asked: 2})
    assert hint(person) == "0 av 15 förmågor besvarade"
    today = caseload.clock.today()
    rate_capacities(
        identity,
        person,
        [
            NewRating(
                dimension_id=one.id,
                level=None,
                source=Source.STAFF,
                said_on=today,
                with_aids=False,
                confidence=2,
            )
            for one in core
        ],
    )
    assert hint(person) == "Ifylld"
    person.closed_on = today
    assert hint(person) == "Avslutad"


def test_a_coach_who_has_left_is_not_named(coach: Account) -> None:
    person = a_participant()
    an_assignment(person, account=coach, from_date=date(2020, 1, 1), to_date=date(2020, 12, 31))
    assert caseload.rows_of([person])[0].coach == ""
