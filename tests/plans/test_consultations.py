"""Licensed staff are asked about everyday work; what comes of it is a working method, never a condition."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.people.models import Participant
from aktema.plans import consultation_operations as operations
from aktema.plans import consultation_queries as queries
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_models import Consultation
from aktema.plans.consultation_operations import ConsultationFacts
from tests.conftest import QueryCount
from tests.support.access import traces
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant

TODAY = clock.today()
DAY = timedelta(days=1)
TYPED = {"area": "task", "profession": "occupational_therapist", "asked": "Ann Arbetsterapeut"}


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


def facts(asked_on: date = TODAY, answered_on: date | None = None, advice: str = "") -> ConsultationFacts:
    return ConsultationFacts(
        asked_on=asked_on,
        area=QuestionArea.TASK,
        profession=Profession.SPEECH_THERAPIST,
        asked="Ann",
        answered_on=answered_on,
        advice=advice,
    )


def test_a_question_is_logged_and_answered_later(coach: Identity, person: Participant) -> None:
    row = operations.ask(coach, person, facts(TODAY - DAY))
    operations.answer(row, None, "En bild i taget.")
    assert (row.answered_on, row.advice) == (TODAY, "En bild i taget.")
    assert queries.advice_of(person.id) == [row]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"asked_on": TODAY + DAY}, "asked_on"),
        ({"answered_on": TODAY}, "advice"),
        ({"advice": "Så.", "answered_on": TODAY - DAY}, "answered_on"),
        ({"advice": "Så.", "answered_on": TODAY + DAY}, "answered_on"),
    ],
)
def test_days_and_advice_belong_together(
    coach: Identity, person: Participant, values: dict[str, object], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        operations.ask(coach, person, facts(**values))  # type: ignore[arg-type]  # its own arguments
    assert refused.value.field == field


def test_an_answer_stands(coach: Identity, person: Participant) -> None:
    row = operations.ask(coach, person, facts(advice="Så gör vi."))
    with pytest.raises(DomainError):
        operations.answer(row, TODAY, "Annat.")


def test_no_column_holds_a_condition() -> None:
    columns = {column.name for column in Consultation.__table__.columns}
    assert columns == {
        "id",
        "public_id",
        "created_at",
        "participant_id",
        "asked_on",
        "area",
        "profession",
        "asked_sealed",
        "answered_on",
        "advice_sealed",
        "account_id",
        "version",
    }


@pytest.fixture
def browser(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, person: Participant
) -> PageClient:
    session.commit()
    return sign_in(account)


def test_the_field_says_that_health_is_kept_elsewhere(browser: PageClient, person: Participant) -> None:
    page = browser.get(f"/deltagare/{person.public_id}/radfragningar/ny")
    assert "hör hemma i vårdens journal, inte här" in page.words


def test_it_is_asked_answered_and_read(session: Session, browser: PageClient, person: Participant) -> None:
    path = f"/deltagare/{person.public_id}/radfragningar"
    assert "Ingen har frågats än" in browser.get(path).words
    page = browser.submit(f"{path}/ny", TYPED)
    assert "Väntar på svar" in page.words
    row = session.scalars(select(Consultation)).one()
    page = browser.submit(f"{path}/{row.public_id}", {"advice": "Sitt på en ståstol."})
    assert "Sitt på en ståstol." in page.words
    assert "Sitt på en ståstol." in browser.get(f"{path}/{row.public_id}").words
    assert {one[2] for one in traces("write")} >= {"ask", "answer"}


def test_an_empty_question_is_not_kept(browser: PageClient, person: Participant) -> None:
    page = browser.submit(f"/deltagare/{person.public_id}/radfragningar/ny", {})
    assert (page.status, "Välj vem ni frågade" in page.words) == (422, True)


def test_the_list_takes_a_constant_number_of_statements(
    session: Session, browser: PageClient, coach: Identity, person: Participant, queries: QueryCount
) -> None:
    for _number in range(60):
        operations.ask(coach, person, facts(advice="Så."))
    session.commit()
    queries.statements.clear()
    page = browser.get(f"/deltagare/{person.public_id}/radfragningar")
    assert page.status == 200
    assert len(queries) <= 12, queries.statements


def test_a_consultation_of_another_person_is_missing(
    session: Session, browser: PageClient, coach: Identity, account: Account, person: Participant
) -> None:
    row = operations.ask(coach, a_participant(coach=account, first_name="Bo"), facts())
    session.commit()
    page = browser.get(f"/deltagare/{person.public_id}/radfragningar/{row.public_id}")
    assert page.status == 404
