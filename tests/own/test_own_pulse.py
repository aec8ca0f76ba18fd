"""The pulse on Min sida: one question at a time, stopped whenever, and the person's alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.plans.pulse_codes import Question
from aktema.plans.pulse_models import Pulse
from tests.support.own import Someone, a_representative, someone
from tests.support.page import Page, PageClient
from tests.support.plans import a_decision

SignIn = Callable[[Account], PageClient]
DOOR = "Hur går det?"
QUESTION = "form:has(ul.picture-keys)"
STOP = ".own-foot form"


@pytest.fixture
def who(session: Session) -> Someone:
    found = someone()
    a_decision(found.person, from_date=clock.today() - timedelta(days=200))
    session.commit()
    return found


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


def send(browser: PageClient, who: Someone, page: Page, css: str = QUESTION, **said: str) -> Page:
    """Press a picture of the question on the page, or the button that stops."""
    return browser.post(who.page("/hur-gar-det"), {**page.hidden(css), **said})


def rounds(session: Session) -> list[tuple[str, str | None, dict[str, str]]]:
    return [
        (one.source, one.channel, {answer.question: answer.answer for answer in one.answers})
        for one in session.scalars(select(Pulse))
    ]


def test_nine_pictures_make_a_round_and_the_door_goes(
    browser: PageClient, who: Someone, session: Session
) -> None:
    assert DOOR in browser.get(who.page()).words
    page = browser.get(who.page("/hur-gar-det"))
    for question in Question:
        assert str(question.label) in page.words
        page = send(browser, who, page, **{question.value: "3"})
    assert rounds(session) == [("own", None, {one.value: "3" for one in Question})]
    assert ("Vi har sparat dina svar" in page.words, DOOR in page.words) == (True, False)


def test_who_stops_keeps_what_was_answered(browser: PageClient, who: Someone, session: Session) -> None:
    page = send(browser, who, browser.get(who.page("/hur-gar-det")), wish="4")
    page = send(browser, who, page, belief="did_not_want_to_answer")
    send(browser, who, page, STOP)
    assert rounds(session) == [("own", None, {"wish": "4", "belief": "did_not_want_to_answer"})]


def test_who_stops_at_once_has_answered_nothing(browser: PageClient, who: Someone, session: Session) -> None:
    page = send(browser, who, browser.get(who.page("/hur-gar-det")), STOP)
    assert (rounds(session), DOOR in page.words) == ([], True)


def test_what_is_no_answer_is_asked_again(browser: PageClient, who: Someone, session: Session) -> None:
    page = send(browser, who, browser.get(who.page("/hur-gar-det")), wish="9")
    assert (str(Question.WISH.label) in page.words, rounds(session)) == (True, [])


def test_who_is_in_no_day_activity_has_no_door(sign_in: SignIn, session: Session) -> None:
    other = someone()
    browser = sign_in(other.account)
    assert DOOR not in browser.get(other.page()).words
    assert "Hej " in browser.get(other.page("/hur-gar-det")).words


def test_a_representative_answers_nothing_about_how_it_goes(sign_in: SignIn, who: Someone) -> None:
    _row, account = a_representative(who.person)
    browser = sign_in(account)
    assert DOOR not in browser.get(who.page()).words
    assert browser.get(who.page("/hur-gar-det")).status in (403, 404)
