"""The person's own job on Min sida: what was agreed, how it is there, and the way back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.pathway.outcome_models import RetentionCheck
from aktema.steps.models import Step
from aktema.steps.talk_models import TalkRequest
from tests.support.outcomes import a_job
from tests.support.own import Someone, a_representative, someone
from tests.support.page import PageClient

SignIn = Callable[[Account], PageClient]
DOOR = "Mitt jobb"
FACES = "form:has(ul.picture-keys)"
BACK = "form[action$=tillbaka]"


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


def test_who_has_no_job_has_no_door_to_it(browser: PageClient, who: Someone) -> None:
    assert DOOR not in browser.get(who.page()).words
    assert "när du har ett" in browser.get(who.page("/arbete")).words


def test_who_has_a_job_reads_where_and_how_much(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach)
    session.commit()
    assert DOOR in browser.get(who.page()).words
    words = browser.get(who.page("/arbete")).words
    assert ("Lindas bageri" in words, "Du jobbar 20 timmar i veckan." in words) == (True, True)


def test_a_face_is_the_persons_own_answer(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach)
    session.commit()
    page = browser.submit(who.page("/arbete"), {"wellbeing": "4"}, css=FACES)
    assert "Ditt svar" in page.words
    said = session.execute(select(RetentionCheck.wellbeing, RetentionCheck.wellbeing_how)).one()
    assert said == (4, "own_page")
    step = session.scalars(select(Step)).one()
    assert (step.actor, step.own_line) == ("person", "Du har svarat på hur jobbet är.")


def test_an_answer_can_be_changed(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach)
    session.commit()
    for face in ("4", "0"):
        browser.submit(who.page("/arbete"), {"wellbeing": face}, css=FACES)
    assert session.scalars(select(RetentionCheck.wellbeing)).all() == [0]


@pytest.mark.parametrize("face", ["9", "", "\x00"])
def test_what_is_no_face_is_asked_again(
    browser: PageClient, who: Someone, session: Session, face: str
) -> None:
    a_job(who.person, account=who.coach)
    session.commit()
    page = browser.submit(who.page("/arbete"), {"wellbeing": face}, css=FACES)
    assert "Något är nytt" in page.words
    assert session.scalars(select(RetentionCheck)).all() == []


def test_nothing_is_asked_before_the_first_week(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach, from_date=clock.today())
    session.commit()
    page = browser.get(who.page("/arbete"))
    assert "Hur är det på jobbet?" not in page.words
    back = page.hidden(BACK)
    assert "Något är nytt" in browser.post(who.page("/arbete"), {**back, "wellbeing": "4"}).words


def test_a_job_that_is_to_come_is_told_as_such(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach, from_date=clock.today() + timedelta(days=9))
    session.commit()
    page = browser.get(who.page("/arbete"))
    assert "Du ska jobba 20 timmar i veckan." in page.words
    assert ("Du jobbar" in page.words, page.select(BACK)) == (False, [])


def test_without_a_job_there_is_nothing_to_answer(
    browser: PageClient, who: Someone, session: Session
) -> None:
    job = a_job(who.person, account=who.coach)
    session.commit()
    held = browser.get(who.page("/arbete")).hidden(FACES)
    job.to_date, job.end_reason = clock.today() - timedelta(days=1), "other"
    session.commit()
    assert "Något är nytt" in browser.post(who.page("/arbete"), {**held, "wellbeing": "4"}).words


def test_the_way_back_is_one_press_and_somebody_is_told(
    browser: PageClient, who: Someone, session: Session
) -> None:
    job = a_job(who.person, account=who.coach)
    session.commit()
    page = browser.submit(who.page("/arbete"), {}, css=BACK)
    assert "Kim Coach har fått det" in page.words
    assert session.scalars(select(TalkRequest.kind)).all() == ["coach"]
    step = session.scalars(select(Step)).one()
    assert (step.own_line, job.to_date) == ("Du har sagt att du vill tillbaka.", None)


def test_the_way_back_is_told_once(browser: PageClient, who: Someone, session: Session) -> None:
    a_job(who.person, account=who.coach)
    session.commit()
    for _again in range(2):
        browser.submit(who.page("/arbete"), {}, css=BACK)
    assert len(session.scalars(select(Step)).all()) == 1


def test_a_representative_reads_and_answers_nothing_for_the_person(
    sign_in: SignIn, who: Someone, session: Session
) -> None:
    _row, account = a_representative(who.person)
    a_job(who.person, account=who.coach)
    session.commit()
    page = sign_in(account).get(who.page("/arbete"))
    assert ("Lindas bageri" in page.words, page.select(FACES), page.select(BACK)) == (True, [], [])
