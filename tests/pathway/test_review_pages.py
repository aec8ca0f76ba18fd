"""The review's pages for staff: side by side, taken down, and what was seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.pathway.review_codes import AdaptationEffect, Completion, Question, ReviewedHow, Voice
from aktema.pathway.review_models import Review
from aktema.people.models import InterestVote, Rating
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import an_assignment
from tests.support.reviews import Over, a_card, a_result, a_review, a_trial_over, an_adaptation

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def over(session: Session) -> Over:
    return a_trial_over(demands={"focus": 3})


@pytest.fixture
def browser(sign_in: SignIn, over: Over) -> PageClient:
    return sign_in(over.coach)


def test_before_anybody_has_spoken_the_page_says_what_to_do(browser: PageClient, over: Over) -> None:
    words = browser.get(over.page).words
    assert "Ingen har svarat än" in words
    assert "Skicka en länk till Linda Ask" in words


def without_mail(over: Over) -> None:
    over.contact.email = ""


def who_has_left(over: Over) -> None:
    over.contact.left_on = clock.today()


def with_an_ended_consent(over: Over) -> None:
    a_card(over, to_date=clock.today() - timedelta(days=1))


@pytest.mark.parametrize(
    ("supervisor", "why"),
    [
        (without_mail, "Linda Ask har ingen e-postadress"),
        (who_has_left, "Ingen handledare är vald"),
        (with_an_ended_consent, "Arbetsgivaren kan inte svara med en länk nu."),
    ],
)
def test_where_no_link_can_be_sent_the_page_says_why(
    browser: PageClient, over: Over, session: Session, supervisor: Callable[[Over], None], why: str
) -> None:
    supervisor(over)
    session.commit()
    words = browser.get(over.page).words
    assert why in words
    assert ("ring arbetsgivaren" in words, "Skicka en länk" in words) == (True, False)


def test_two_voices_stand_side_by_side_and_the_difference_is_flagged(browser: PageClient, over: Over) -> None:
    a_review(over.trial, Voice.PERSON, answers={Question.PACE: 0, Question.TASKS: 4}, words="För snabbt!")
    a_review(over.trial, Voice.EMPLOYER, answers={Question.PACE: 4, Question.TASKS: 4})
    page = browser.get(over.page)
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert "Tempot Säger olika Nej Ja –" in rows
    assert "Uppgifterna Ja Ja –" in rows
    assert "Prata med båda om: tempot." in page.words


def test_nothing_is_averaged(browser: PageClient, over: Over) -> None:
    a_review(over.trial, Voice.PERSON, answers={Question.PACE: 0})
    a_review(over.trial, Voice.EMPLOYER, answers={Question.PACE: 4})
    assert "Både och" not in browser.get(over.page).words


def test_the_coach_writes_their_own(browser: PageClient, over: Over) -> None:
    agreed = an_adaptation(over.trial, "short_spells", "focus")
    data = {
        "completion": "partly",
        "reason": "high_pace",
        "tasks": "2",
        "words": "Bra start.",
        f"effect_{agreed.id}": "helped",
    }
    page = browser.submit(f"{over.page}/coachen", data)
    assert "Bra start." in page.words
    assert "Kortare pass och fler pauser" in page.words


def test_a_review_without_its_reason_keeps_what_was_typed(browser: PageClient, over: Over) -> None:
    page = browser.submit(f"{over.page}/coachen", {"completion": "partly", "words": "Bra start."})
    assert page.status == 422
    assert page.soup.select_one("[name=words]").get_text().strip() == "Bra start."


@pytest.mark.parametrize(
    ("way", "voice", "how"),
    [("personen", "person", "in_talk"), ("arbetsgivaren", "employer", "by_phone")],
)
def test_what_others_say_is_taken_down_and_marked(
    browser: PageClient, over: Over, way: str, voice: str, how: str
) -> None:
    page = browser.submit(f"{over.page}/{way}", {"tasks": "4"})
    review = db.session.scalars(select(Review)).one()
    assert (review.voice, review.how) == (voice, how)
    assert "nedskrivet av jobbcoachen" in page.words


def test_what_the_employer_said_themselves_is_not_written_over(browser: PageClient, over: Over) -> None:
    a_review(over.trial, Voice.EMPLOYER, how=ReviewedHow.LINK)
    page = browser.submit(f"{over.page}/arbetsgivaren", {"tasks": "0"})
    assert page.status == 422
    assert "svarat själva" in page.words


def test_two_who_write_at_once_see_each_other(browser: PageClient, over: Over) -> None:
    a_review(over.trial, Voice.COACH, words="Först")
    mine = browser.get(f"{over.page}/coachen").hidden()
    browser.submit(f"{over.page}/coachen", {"words": "Sedan"}, follow=False)
    page = browser.post(f"{over.page}/coachen", {**mine, "words": "Mina ord"})
    assert page.status == 409
    assert "Mina ord" in page.words


def test_a_link_is_sent_and_only_then(browser: PageClient, over: Over) -> None:
    action = f"{over.page}/lank"
    page = browser.submit(over.page, {}, css=f'form[action="{action}"]')
    assert "på väg till Linda Ask" in page.words
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1


def test_what_was_seen_is_kept_line_by_line(browser: PageClient, over: Over) -> None:
    a_review(over.trial, Voice.PERSON, answers={Question.JOY: 4, Question.TASKS: 3})
    assert "Titta och bekräfta" in browser.get(over.page).words
    path = f"{over.page}/sett-pa-platsen"
    focus = browser.get(path).soup.select_one("[name=levels]")["value"]
    browser.submit(path, {"levels": [focus]}, follow=False)
    ratings, votes = (db.session.scalars(select(model)).all() for model in (Rating, InterestVote))
    assert ([one.level for one in ratings], list(votes)) == ([3], [])


@pytest.mark.parametrize("levels", [["999"], ["x\0"], []])
def test_only_what_was_proposed_can_be_confirmed(browser: PageClient, over: Over, levels: list[str]) -> None:
    a_review(over.trial, Voice.PERSON, answers={Question.TASKS: 4})
    page = browser.submit(f"{over.page}/sett-pa-platsen", {"levels": levels})
    assert page.status == 422


def test_where_nothing_new_was_seen_the_page_says_so(browser: PageClient, over: Over) -> None:
    assert "Inget nytt att spara" in browser.get(f"{over.page}/sett-pa-platsen").words


def test_a_level_reached_with_an_adaptation_says_so(browser: PageClient, over: Over) -> None:
    agreed = an_adaptation(over.trial, "short_spells", "focus")
    review = a_review(over.trial, Voice.COACH, completion=Completion.COMPLETED, answers={Question.TASKS: 4})
    a_result(review, agreed, AdaptationEffect.CLOSED)
    assert "(med anpassning)" in browser.get(f"{over.page}/sett-pa-platsen").words


def test_a_manager_reads_and_does_not_write(sign_in: SignIn, over: Over) -> None:
    unit = a_unit()
    an_assignment(over.person, kind="provider", unit=unit)
    manager = sign_in(an_account(Role.UNIT_MANAGER, unit))
    db.session.commit()
    page = manager.get(over.page)
    assert page.status == 200
    assert "Skriv din utvärdering" not in page.words
    assert manager.get(f"{over.page}/coachen").status == 403


def test_somebody_elses_person_is_missing(sign_in: SignIn, over: Over) -> None:
    stranger = sign_in(an_account(Role.JOB_COACH, a_unit()))
    ways = ("", "/coachen", "/sett-pa-platsen")
    assert {stranger.get(over.page + way).status for way in ways} == {404}


def test_another_persons_trial_is_missing(browser: PageClient, over: Over) -> None:
    other = a_trial_over()
    path = over.page.replace(over.trial.public_id, other.trial.public_id)
    assert browser.get(path).status == 404


def test_when_it_is_over_the_trials_page_begins_with_how_it_went(browser: PageClient, over: Over) -> None:
    headings = [
        one.get_text().strip() for one in browser.get(over.page.removesuffix("/utvardering")).select("h2")
    ]
    assert headings[:2] == ["Utvärdering", "Vad det ledde till"]
