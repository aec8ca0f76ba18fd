"""The way from Idag to a step: the button, the person, one line."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.steps.permissions import CREATE_STEP
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


def test_the_coachs_own_people_stand_there_by_name(sign_in: SignIn, coach: Account, session: Session) -> None:
    people = [a_participant(coach=coach, first_name=name) for name in ("Berit", "Alva")]
    a_participant(first_name="Främling")
    a_participant(coach=coach, first_name="Avslutad", closed_on=clock.today())
    session.commit()
    page = sign_in(coach).get("/steg")
    assert [link.get_text(strip=True) for link in page.select("a.task-title")] == ["Alva Ek", "Berit Ek"]
    read = session.scalars(
        select(AccessEntry.participant_id).where(AccessEntry.act == CREATE_STEP.code)
    ).all()
    assert set(read) == {person.id for person in people}


def test_idag_leads_there(sign_in: SignIn, coach: Account) -> None:
    assert sign_in(coach).get("/").select("main a[href='/steg']")


def test_who_writes_no_steps_has_no_way_there(sign_in: SignIn, session: Session) -> None:
    browser = sign_in(an_account(Role.LSS_HANDLER))
    assert (browser.get("/").select("main a[href='/steg']"), browser.get("/steg").status) == ([], 403)


def test_an_empty_list_says_what_comes(sign_in: SignIn, coach: Account) -> None:
    assert "När du arbetar med någon" in sign_in(coach).get("/steg").words


@pytest.mark.parametrize("amount", [5, 120])
def test_it_takes_a_constant_number_of_statements(
    sign_in: SignIn, coach: Account, session: Session, queries: QueryCount, amount: int
) -> None:
    for number in range(amount):
        a_participant(coach=coach, first_name=f"Person{number:03}")
    session.commit()
    session.expire_all()
    browser = sign_in(coach)
    queries.statements.clear()
    page = browser.get("/steg")
    assert len(page.select("a.task-title")) == min(amount, 100)
    assert len(queries) <= 6, queries.statements


def test_only_pages_of_those_who_write_steps_hold_a_key_to_waiting_ones(
    sign_in: SignIn, page: PageClient, coach: Account
) -> None:
    held = [browser.get("/om").select("[data-step-queue]") for browser in (sign_in(coach), page)]
    handler = sign_in(an_account(Role.LSS_HANDLER)).get("/om")
    assert [len(found[0]["data-key"]) for found in held] == [64, 0]
    assert handler.select("[data-step-queue]") == []


def test_two_workers_never_share_a_key(sign_in: SignIn, coach: Account) -> None:
    colleague = an_account(Role.JOB_COACH, coach.memberships[0].unit)
    keys = {
        sign_in(one).get("/om").select("[data-step-queue]")[0]["data-key"]
        for one in (coach, coach, colleague)
    }
    assert len(keys) == 2
