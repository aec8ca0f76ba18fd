"""An employer's first page: what waits for it, who is there, and nothing of anybody but the card."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.db import db
from aktema.pathway.consent_operations import take_back_card
from aktema.pathway.permissions import REVOKE_CONSENT
from aktema.pathway.review_codes import Voice
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party
from tests.conftest import QueryCount
from tests.support.employers import a_placement, a_workplace, an_employer, an_employer_account
from tests.support.introductions import Asked, a_sent_question, an_agreed_question
from tests.support.page import Page, PageClient
from tests.support.people_builders import a_participant
from tests.support.reviews import a_review
from tests.support.trials import a_trial, sign

SignIn = Callable[[Account], PageClient]
WEEK = timedelta(days=7)


@pytest.fixture
def opened(sign_in: SignIn, session: Session) -> Callable[[Asked], Page]:
    """The first page of somebody at the employer of the question."""

    def first_page(asked: Asked) -> Page:
        account = an_employer_account(asked.employer)
        session.commit()
        return sign_in(account).get("/min-arbetsplats")

    return first_page


def led_to(asked: Asked, **values: Any) -> Trial:
    """The trial that the question led to."""
    trial = a_trial(asked.person, asked.placement, account=asked.coach, **values)
    trial.introduction = asked.introduction
    db.session.flush()
    return trial


def test_a_question_waits_with_its_last_day(opened: Callable[[Asked], Page], session: Session) -> None:
    asked = a_sent_question()
    page = opened(asked)
    assert asked.person.first_name in page.words
    assert "Att svara på" in page.words
    assert page.select(f"a[href='/min-arbetsplats/fragor/{asked.introduction.public_id}']")


def test_who_is_there_is_called_what_the_card_says(opened: Callable[[Asked], Page], session: Session) -> None:
    asked = an_agreed_question()
    trial = led_to(asked)
    asked.person.last_name = "Öst"  # what no random key of the page happens to spell
    page = opened(asked)
    assert page.select(f"a[href='/min-arbetsplats/provplatser/{trial.public_id}']")
    assert asked.person.last_name not in page.text


def test_a_trial_that_no_question_led_to_names_nobody(sign_in: SignIn, session: Session) -> None:
    employer = an_employer()
    person = a_participant()
    a_trial(person, a_placement(a_workplace(employer)))
    account = an_employer_account(employer)
    session.commit()
    page = sign_in(account).get("/min-arbetsplats")
    assert "En person på prov" in page.words
    assert person.first_name not in page.text


def test_an_agreement_waits_to_be_signed(opened: Callable[[Asked], Page], session: Session) -> None:
    asked = an_agreed_question()
    trial = a_trial(
        asked.person,
        asked.placement,
        account=asked.coach,
        signed=False,
        introduction_id=asked.introduction.id,
    )
    sign(trial.agreements[-1], Party.PERSON, Party.COACH)
    session.expire(trial)
    assert "Att skriva under" in opened(asked).words


def test_a_trial_that_is_over_waits_for_five_answers(
    opened: Callable[[Asked], Page], session: Session
) -> None:
    asked = an_agreed_question()
    begun = clock.today() - 3 * WEEK
    led_to(asked, from_date=begun, to_date=begun + WEEK)
    assert "Fem frågor" in opened(asked).words


def test_what_was_answered_is_found_again_while_it_can_be_changed(
    opened: Callable[[Asked], Page], session: Session
) -> None:
    asked = an_agreed_question()
    begun = clock.today() - 3 * WEEK
    trial = led_to(asked, from_date=begun, to_date=begun + WEEK)
    a_review(trial, Voice.EMPLOYER)
    page = opened(asked)
    assert page.select(f"a[href='/min-arbetsplats/utvardera/{trial.public_id}']")
    assert ("Ni har svarat och kan ändra svaren" in page.words, "Fem frågor" in page.words) == (True, False)


def test_nothing_is_left_when_the_person_takes_the_yes_back(
    opened: Callable[[Asked], Page], session: Session
) -> None:
    asked = a_sent_question()
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    page = opened(asked)
    assert "Inga frågor just nu." in page.words
    assert asked.person.first_name not in page.text


def test_another_employer_sees_nothing_of_it(sign_in: SignIn, session: Session) -> None:
    a_sent_question()
    account = an_employer_account(an_employer("Andra"))
    session.commit()
    assert "Inga frågor just nu." in sign_in(account).get("/min-arbetsplats").words


def test_whom_the_page_names_is_traced(opened: Callable[[Asked], Page], session: Session) -> None:
    asked = a_sent_question()
    opened(asked)
    read = select(AccessEntry.participant_id).where(
        AccessEntry.kind == "read", AccessEntry.act == "match.read_proposal"
    )
    assert set(session.scalars(read)) == {asked.person.id}


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_costs_as_many_statements_however_much_there_is(
    sign_in: SignIn, session: Session, queries: QueryCount, count: int
) -> None:
    workplace = a_workplace(an_employer())
    for number in range(count):
        placement = a_placement(workplace, title=f"Plats {number}")
        a_trial(a_participant(), placement)
    account = an_employer_account(workplace.employer)
    session.commit()
    browser = sign_in(account)
    session.expunge_all()
    queries.statements.clear()
    browser.get("/min-arbetsplats")
    assert len(queries) <= 30
