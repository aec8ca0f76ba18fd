"""Personal numbers: looked for by exact match, masked, and shown only for a reason."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.people.duplicates import SEARCHES_PER_HOUR, number_index, responsible_for
from aktema.people.models import Participant, PersonalNumberSearch
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment

Browser = Callable[[Account], PageClient]
DIGITS = "199603092389"
SEARCH = "/deltagare/personnummer"


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit, name="Kim Coach")


def numbered(**values: object) -> Participant:
    person = a_participant(personal_number_index=number_index(DIGITS), **values)  # type: ignore[arg-type]  # a builder's values
    person.personal_number = DIGITS
    return person


def look_for(browser: PageClient, number: str = "19960309-2389") -> Page:
    return browser.submit(SEARCH, {"personal_number": number, "reason": "authority"})


def test_a_coach_learns_only_that_the_person_is_in_the_unit_and_who_is_responsible(
    sign_in: Browser, coach: Account, unit: Unit
) -> None:
    person = numbered(coach=coach, unit=unit)
    page = look_for(sign_in(an_account(Role.JOB_COACH, unit)))
    assert "Ansvarig är Kim Coach" in page.words
    assert person.name not in page.words
    assert not page.select(f"a[href*='{person.public_id}']")


@pytest.mark.parametrize("who", ["coach", "manager"])
def test_whoever_may_open_the_person_gets_the_way_there(
    sign_in: Browser, coach: Account, unit: Unit, who: str
) -> None:
    person = numbered(coach=coach, unit=unit)
    account = coach if who == "coach" else an_account(Role.UNIT_MANAGER, unit)
    assert look_for(sign_in(account)).select(f"a[href='/deltagare/{person.public_id}']")


def test_a_person_elsewhere_and_nobody_at_all_answer_alike(sign_in: Browser, coach: Account) -> None:
    numbered(coach=an_account(Role.JOB_COACH, a_unit()))
    browser = sign_in(coach)
    assert "Ingen på din enhet har det numret" in look_for(browser).words
    assert "Ingen på din enhet har det numret" in look_for(browser, "19960309-2397").words


@pytest.mark.parametrize("typed", ["960309-2389", "19960309", "19960309-2388", "", "Alva Ek"])
def test_only_a_whole_number_is_looked_for(
    sign_in: Browser, coach: Account, session: Session, typed: str
) -> None:
    assert look_for(sign_in(coach), typed).status == 422
    assert session.scalar(select(func.count()).select_from(PersonalNumberSearch)) == 0


def test_the_search_and_its_reason_are_logged(sign_in: Browser, coach: Account, session: Session) -> None:
    person = numbered(coach=coach)
    look_for(sign_in(coach))
    entry = session.scalars(select(AccessEntry).where(AccessEntry.act == "participant.search_by_pnr")).one()
    assert (entry.participant_id, entry.detail, entry.account_id) == (person.id, "authority", coach.id)


def test_after_twenty_searches_in_an_hour_there_are_no_more(
    sign_in: Browser, coach: Account, session: Session
) -> None:
    session.add_all(
        PersonalNumberSearch(account_id=coach.id, reason="asked") for _ in range(SEARCHES_PER_HOUR)
    )
    session.flush()
    page = look_for(sign_in(coach))
    assert page.status == 422
    assert "20 gånger den senaste timmen" in page.words


def test_registering_counts_as_searching(sign_in: Browser, coach: Account, session: Session) -> None:
    typed = {"first_name": "A", "last_name": "B", "birth_date": "1996-03-09", "personal_number": DIGITS}
    sign_in(coach).submit("/deltagare/ny/namn", typed)
    assert [search.reason for search in session.scalars(select(PersonalNumberSearch))] == ["registration"]


def test_the_coordinator_is_asked_where_there_is_no_coach(session: Session, unit: Unit) -> None:
    person = numbered()
    assert responsible_for(person) == ""
    an_assignment(person, kind="handler", account=an_account(Role.LSS_HANDLER, name="Hanna Handläggare"))
    an_assignment(person, kind="provider", unit=unit)
    assert responsible_for(person) == "Hanna Handläggare"
    an_assignment(
        person, kind="coordinator", account=an_account(Role.COORDINATOR, unit, name="Koko Ordinator")
    )
    assert responsible_for(person) == "Koko Ordinator"


def test_a_number_is_masked_until_somebody_says_why(
    sign_in: Browser, coach: Account, session: Session
) -> None:
    person = numbered(coach=coach)
    browser, path = sign_in(coach), f"/deltagare/{person.public_id}/uppgifter"
    masked = browser.get(path)
    shown = browser.submit(path, {"reason": "asked"}, css="form[action$=personnummer]")
    assert "19960309-****" in masked.words
    assert "19960309-2389" in shown.words
    entries = session.scalars(
        select(AccessEntry).where(AccessEntry.act == "participant.read_personal_number")
    )
    assert "asked" in {entry.detail for entry in entries}


def test_a_reason_from_nowhere_shows_nothing(sign_in: Browser, coach: Account) -> None:
    person = numbered(coach=coach)
    path = f"/deltagare/{person.public_id}/uppgifter"
    page = sign_in(coach).submit(path, {"reason": "nyfiken"}, css="form[action$=personnummer]")
    assert page.status == 422
    assert "2389" not in page.words


def test_a_handler_sees_the_number_and_that_is_logged(sign_in: Browser, session: Session) -> None:
    handler, person = an_account(Role.LSS_HANDLER), numbered()
    an_assignment(person, kind="handler", account=handler)
    page = sign_in(handler).get(f"/deltagare/{person.public_id}/uppgifter")
    entries = session.scalars(
        select(AccessEntry).where(AccessEntry.act == "participant.read_personal_number")
    ).all()
    assert "19960309-2389" in page.words
    assert len(entries) == 1
