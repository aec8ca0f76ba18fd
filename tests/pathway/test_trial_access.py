"""What an employer reaches of a trial: the card's name while the consent lives, and nothing once it is taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.core import clock
from aktema.core.outbox import OutboxMessage
from aktema.employers.company_operations import shut_out
from aktema.pathway.check_in_operations import ask_employers, send_check_in_link
from aktema.pathway.introduction_operations import chase_employers
from aktema.pathway.signature_queries import awaiting_employer, find_supervisor
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import Party
from tests.support.employers import an_employer_account
from tests.support.introductions import Asked, an_agreed_question
from tests.support.links import a_link
from tests.support.page import PageClient
from tests.support.people import act_as
from tests.support.signatures import a_stay
from tests.support.trials import a_trial, sign

SignIn = Callable[[Account], PageClient]
PAGES = [(Purpose.SIGN_AGREEMENT, "/skriv-under/"), (Purpose.CHECK_IN, "/avstamning/")]


@pytest.fixture
def asked(session: Session) -> Asked:
    return an_agreed_question()


@pytest.fixture
def trial(asked: Asked, session: Session) -> Trial:
    found = a_trial(asked.person, asked.placement, account=asked.coach)
    found.introduction = asked.introduction
    session.commit()
    return found


def address(purpose: Purpose, start: str, asked: Asked, trial: Trial) -> str:
    _link, token = a_link(purpose, trial.id, contact=asked.contact, account=asked.coach)
    return f"{start}{token}"


@pytest.mark.parametrize(("purpose", "start"), PAGES)
def test_the_card_says_what_the_person_is_called(
    page: PageClient, asked: Asked, trial: Trial, session: Session, purpose: Purpose, start: str
) -> None:
    path = address(purpose, start, asked, trial)
    session.commit()
    assert asked.view.card is not None
    assert asked.view.card.called in page.get(path).words


@pytest.mark.parametrize(("purpose", "start"), PAGES)
def test_nothing_opens_once_the_consent_is_taken_back(
    page: PageClient, asked: Asked, trial: Trial, session: Session, purpose: Purpose, start: str
) -> None:
    path = address(purpose, start, asked, trial)
    session.scalars(select(Consent)).one().withdrawn_on = clock.today()
    session.commit()
    assert page.get(path).status == 404


def test_nobody_is_written_to_once_the_consent_is_taken_back(
    asked: Asked, trial: Trial, session: Session
) -> None:
    session.scalars(select(Consent)).one().withdrawn_on = clock.today()
    session.commit()
    ask_employers()
    kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert "check_in" not in kinds


def test_a_question_that_led_to_a_trial_is_not_closed_by_hand(
    sign_in: SignIn, asked: Asked, trial: Trial
) -> None:
    browser, path = sign_in(asked.coach), f"{asked.path}/avsluta"
    said = browser.submit(path, {"closed_reason": "other", "closed_by": "nobody"})
    assert "Avsluta provplatsen, så avslutas frågan av sig själv." in said.words
    assert (asked.view.state, browser.get(asked.path).select(f'a[href="{path}"]')) == ("agreed", [])


def test_a_card_is_taken_back_after_the_trial_too(
    sign_in: SignIn, asked: Asked, trial: Trial, session: Session
) -> None:
    employer = an_employer_account(asked.employer)
    session.commit()
    with time_machine.travel(clock.now() + timedelta(days=10), tick=False):
        chase_employers()
        session.commit()
        seen = sign_in(employer).get("/min-arbetsplats").words
        said = sign_in(asked.coach).submit(asked.path, {}, css='form[action$="/kort/ta-tillbaka"]').words
        left = sign_in(employer).get("/min-arbetsplats").words
    assert "Kortet är taget tillbaka" in said
    assert (asked.person.first_name in seen, asked.person.first_name in left) == (True, False)


def test_whoever_was_asked_first_is_the_supervisor_where_none_is_named(asked: Asked, trial: Trial) -> None:
    assert find_supervisor(trial) is asked.contact


def test_a_supervisor_who_was_shut_out_gets_no_mail_and_no_new_link(
    page: PageClient, session: Session
) -> None:
    stay = a_stay(to_date=clock.today() + timedelta(days=60))
    stay.employer_account()
    token = stay.link(Purpose.CHECK_IN)
    act_as(stay.coach)
    shut_out(stay.supervisor)
    session.commit()
    with time_machine.travel(clock.now() + timedelta(minutes=30), tick=False):
        ask_employers()
        page.submit("/ny-lank", {"token": token})
        page.submit("/ny-lank", {"email": stay.supervisor.email})
    assert session.scalars(select(OutboxMessage)).all() == []


def test_a_supervisor_who_left_gets_nothing(session: Session) -> None:
    stay = a_stay()
    act_as(stay.coach)
    stay.supervisor.left_on = clock.today()
    session.commit()
    assert send_check_in_link(stay.trial, account_id=stay.coach.id) is None


def test_an_employer_has_to_sign_until_it_has(session: Session) -> None:
    stay = a_stay(signed=False)
    assert awaiting_employer(stay.placement.employer_id, clock.today()) == []
    sign(stay.trial.agreements[0], Party.PERSON)
    session.commit()
    session.expire_all()
    assert awaiting_employer(stay.placement.employer_id, clock.today()) == [stay.trial]
    sign(stay.trial.agreements[0], Party.EMPLOYER)
    session.commit()
    session.expire_all()
    assert awaiting_employer(stay.placement.employer_id, clock.today()) == []


def test_a_signature_without_a_paper_has_none_to_read(sign_in: SignIn, session: Session) -> None:
    stay = a_stay()
    browser = sign_in(stay.coach)
    one = stay.trial.agreements[0].signatures[0]
    assert browser.get(stay.path(f"/underskrifter/{one.public_id}")).status == 404
    assert browser.get(stay.path(f"/underskrifter/{stay.person.public_id}")).status == 404


def test_an_unknown_check_in_is_missing(sign_in: SignIn, session: Session) -> None:
    stay = a_stay()
    browser = sign_in(stay.coach)
    token = browser.get("/konto").hidden()["csrf_token"]
    path = stay.path(f"/avstamning/{stay.person.public_id}/pratat")
    assert browser.post(path, {"csrf_token": token}).status == 404
