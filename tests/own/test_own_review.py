"""The person says how it was by pressing pictures, one question at a time."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core.db import db
from aktema.pathway.review_codes import Question, ReviewedHow, Voice
from aktema.pathway.review_models import Review
from aktema.steps.models import Step
from tests.support.own import Someone, a_representative, someone
from tests.support.page import Page, PageClient
from tests.support.reviews import Over, a_review, a_trial_over

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def who(session: Session) -> Someone:
    return someone()


@pytest.fixture
def over(who: Someone) -> Over:
    return a_trial_over(person=who.person, coach=who.coach)


@pytest.fixture
def path(who: Someone, over: Over) -> str:
    return who.page(f"/hur-var-det/{over.trial.public_id}")


@pytest.fixture
def browser(sign_in: SignIn, who: Someone) -> PageClient:
    return sign_in(who.account)


def pressed(browser: PageClient, path: str, **answers: str) -> Page:
    """The page after each of the pictures has been pressed in turn."""
    page = browser.get(path)
    for name, answer in answers.items():
        page = browser.post(path, {**_carried(page), name: answer})
    return page


def _carried(page: Page) -> Mapping[str, str]:
    """What the form of the pictures carries along."""
    return page.hidden(".own-page form[data-submit-once]")


def stored() -> list[Review]:
    return list(db.session.scalars(select(Review)))


ALL = {"completion": "completed", **{one.value: "4" for one in Question}}


def test_the_door_leads_to_the_first_question(browser: PageClient, who: Someone, path: str) -> None:
    doors = browser.get(who.page())
    assert "Hur var jobbet?" in doors.words
    assert doors.select(f'a[href="{path}"]') != []


def test_one_question_is_asked_at_a_time(browser: PageClient, path: str) -> None:
    assert "Var du där alla dagar?" in browser.get(path).words
    assert "Var det roligt?" in pressed(browser, path, completion="completed").words


def test_the_answers_are_kept_together_at_the_end(browser: PageClient, path: str) -> None:
    last = pressed(browser, path, **ALL)
    assert "Vill du säga något mer?" in last.words
    browser.post(path, {**_carried(last), "words": "Jag bakade bullar!"})
    review = stored()[0]
    assert (review.voice, review.how, review.completion, len(review.answers), review.words) == (
        "person",
        "own_page",
        "completed",
        6,
        "Jag bakade bullar!",
    )


def test_nobody_has_to_write(browser: PageClient, path: str) -> None:
    last = pressed(browser, path, **ALL)
    assert "Vi har sparat dina svar" in browser.post(path, {**_carried(last), "words": ""}).words


def test_why_is_asked_only_of_what_broke_off(browser: PageClient, path: str) -> None:
    broken_off = {**ALL, "completion": "partly"}
    page = pressed(browser, path, **broken_off)
    assert "Varför blev det så?" in page.words
    browser.post(path, {**_carried(page), "reason": "high_pace", "stop": "1"})
    assert stored()[0].reason == "high_pace"


def test_of_no_day_only_why_is_asked(browser: PageClient, path: str) -> None:
    page = pressed(browser, path, completion="never_started")
    assert "Varför blev det så?" in page.words
    last = browser.post(path, {**_carried(page), "reason": "travel"})
    browser.post(path, {**_carried(last), "words": ""})
    review = stored()[0]
    assert (review.completion, review.reason, review.answers) == ("never_started", "travel", [])


def test_a_question_can_be_passed_over(browser: PageClient, path: str) -> None:
    skip = "did_not_want_to_answer"
    page = pressed(browser, path, completion=skip, joy="4", tasks=skip)
    browser.post(path, {**_carried(page), "stop": "1"})
    assert [(row.question, row.answer) for row in stored()[0].answers] == [("joy", 4)]


def test_who_stops_without_an_answer_leaves_nothing(browser: PageClient, path: str) -> None:
    browser.post(path, {**_carried(browser.get(path)), "stop": "1"})
    assert stored() == []


@pytest.mark.parametrize("answer", ["5", "x", "\0", "-1"])
def test_what_is_no_answer_is_asked_again(browser: PageClient, path: str, answer: str) -> None:
    assert "Var du där alla dagar?" in pressed(browser, path, completion=answer).words


def test_words_that_are_too_long_are_kept_on_the_page(browser: PageClient, path: str) -> None:
    last = pressed(browser, path, **ALL)
    page = browser.post(path, {**_carried(last), "words": "ord " * 300})
    assert page.status == 422
    assert page.soup.select_one("textarea").get_text().startswith("ord ord")


def test_the_door_closes_when_the_person_has_answered(browser: PageClient, who: Someone, over: Over) -> None:
    a_review(over.trial, Voice.PERSON)
    assert "Hur var jobbet?" not in browser.get(who.page()).words


def test_the_person_says_it_again_over_what_staff_wrote_down(
    browser: PageClient, path: str, over: Over
) -> None:
    a_review(over.trial, Voice.PERSON, how=ReviewedHow.IN_TALK, answers={Question.JOY: 0})
    page = pressed(browser, path, completion="completed", joy="4")
    browser.post(path, {**_carried(page), "stop": "1"})
    assert (stored()[0].how, stored()[0].answers[0].answer) == ("own_page", 4)


def test_the_timeline_says_that_the_person_said_it(browser: PageClient, path: str) -> None:
    page = pressed(browser, path, completion="completed")
    browser.post(path, {**_carried(page), "stop": "1"})
    step = db.session.scalars(select(Step)).one()
    assert (step.actor, step.own_line) == ("person", "Du har sagt hur jobbet var.")


def test_a_trial_to_come_has_nothing_to_say(browser: PageClient, who: Someone) -> None:
    coming = a_trial_over(days_ago=-20, person=who.person, coach=who.coach)
    assert browser.get(who.page(f"/hur-var-det/{coming.trial.public_id}")).status == 404


def test_a_representative_does_not_answer_for_the_person(sign_in: SignIn, who: Someone, path: str) -> None:
    _row, account = a_representative(who.person)
    assert sign_in(account).get(path).status == 403


def test_another_persons_trial_is_missing(browser: PageClient, who: Someone) -> None:
    other = a_trial_over()
    assert browser.get(who.page(f"/hur-var-det/{other.trial.public_id}")).status == 404
