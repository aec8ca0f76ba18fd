"""The pages of a question: for staff, and for an employer by link and signed in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.pathway.consent_operations import take_back_card
from aktema.pathway.permissions import REVOKE_CONSENT
from aktema.pathway.rules.card import Field
from aktema.people.models import Participant
from aktema.people.photo_operations import add_photo
from aktema.plans.rules.calendar import add_months
from tests.conftest import QueryCount
from tests.support.employers import a_contact, an_employer_account
from tests.support.introductions import (
    Asked,
    a_choice,
    a_question,
    a_sent_question,
    an_agreed_question,
    answered,
    consented,
    employer_said,
    sent,
)
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant
from tests.support.symbols import a_picture

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(unit=a_unit())


@pytest.fixture
def browser(sign_in: SignIn, coach: Account) -> PageClient:
    return sign_in(coach)


# Staff


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (a_question, "Skriv svaret"),
        (lambda **by: answered(a_question(**by)), "Gör kortet"),
        (lambda **by: consented(answered(a_question(**by))), "Fråga arbetsgivaren"),
        (a_sent_question, "Skriv arbetsgivarens svar"),
        (lambda **by: employer_said(a_sent_question(**by)), "Boka besök"),
        (an_agreed_question, "Överens"),
    ],
    ids=["asked", "yes", "consented", "sent", "employer yes", "agreed"],
)
def test_the_page_says_what_comes_next(
    session: Session, browser: PageClient, coach: Account, build: Callable[..., Asked], words: str
) -> None:
    asked = build(coach=coach)
    session.commit()
    assert words in browser.get(asked.path).words


def test_a_card_is_looked_at_before_it_is_agreed_to(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = answered(a_question(coach=coach))
    session.commit()
    typed = {"called": "first_name", "words": "Jag gillar bröd.", "channel": "speech", "act": "show"}
    shown = browser.submit(f"{asked.path}/kort", typed)
    assert "Så här ser arbetsgivaren kortet" in shown.words
    assert asked.introduction.consent_id is None


def test_a_yes_to_the_card_that_was_shown_is_kept(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = answered(a_question(coach=coach))
    session.commit()
    typed = {"called": "first_name", "words": "Jag gillar bröd.", "channel": "speech"}
    shown = browser.submit(f"{asked.path}/kort", {**typed, "act": "show"})
    browser.post(
        f"{asked.path}/kort",
        {**shown.hidden(), **typed, "until": day(60), "given_by": "person", "act": "give"},
    )
    session.refresh(asked.introduction)
    assert asked.view.card is not None
    assert asked.view.card.words == "Jag gillar bröd."


def test_what_was_changed_after_the_card_was_shown_is_shown_again_first(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = answered(a_question(coach=coach))
    session.commit()
    typed = {"called": "first_name", "words": "Jag gillar bröd.", "channel": "speech"}
    shown = browser.submit(f"{asked.path}/kort", {**typed, "act": "show"})
    changed = {**typed, "words": "Jag gillar kakor.", "until": day(60), "given_by": "person", "act": "give"}
    again = browser.post(f"{asked.path}/kort", {**shown.hidden(), **changed})
    assert "Kortet har ändrats sedan du tittade på det" in again.words
    session.refresh(asked.introduction)
    assert asked.introduction.consent_id is None


def day(ahead: int) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def form_to(path: str) -> str:
    return f"main form[action='{path}']"


def test_a_card_without_a_name_or_code_is_refused(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = answered(a_question(coach=coach))
    session.commit()
    assert browser.submit(f"{asked.path}/kort", {"channel": "speech", "act": "show"}).status == 422


def test_after_a_yes_the_only_answer_left_is_a_no(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = a_sent_question(coach=coach)
    session.commit()
    page = browser.get(f"{asked.path}/svar")
    assert [one["value"] for one in page.select("[name=answer]")] == ["no"]


def test_a_question_is_sent_from_its_page(session: Session, browser: PageClient, coach: Account) -> None:
    asked = consented(answered(a_question(coach=coach)))
    session.commit()
    browser.submit(f"{asked.path}/skicka", {"contact": asked.contact.public_id})
    session.refresh(asked.introduction)
    assert asked.introduction.sent_on == clock.today()


def test_an_employer_without_an_address_is_called_instead(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = consented(answered(a_question(coach=coach)))
    asked.contact.email = ""
    session.commit()
    assert "Ingen att mejla" in browser.get(f"{asked.path}/skicka").words


def test_an_answer_on_the_telephone_is_written_down(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = a_sent_question(coach=coach)
    session.commit()
    browser.submit(f"{asked.path}/arbetsgivarens-svar", {"answer": "no", "reason": "no_tasks"})
    session.refresh(asked.introduction)
    assert (asked.introduction.employer_answer, asked.introduction.employer_reason) == ("no", "no_tasks")


def test_a_visit_is_booked_and_agreed_upon(session: Session, browser: PageClient, coach: Account) -> None:
    asked = employer_said(a_sent_question(coach=coach))
    session.commit()
    page = browser.submit(f"{asked.path}/besok", {"visit_on": day(3), "visit_at": "9.30"})
    assert "Besök bokat" in page.words
    browser.post(f"{asked.path}/overens", page.hidden(form_to(f"{asked.path}/overens")))
    session.refresh(asked.introduction)
    assert asked.introduction.agreed_on == clock.today()


def test_a_question_is_closed_with_why_and_whose(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = a_sent_question(coach=coach)
    session.commit()
    page = browser.submit(f"{asked.path}/avsluta", {"closed_reason": "travel", "closed_by": "nobody"})
    assert "Resan dit fungerar inte" in page.words


def test_a_card_that_is_changed_begins_as_it_is(
    session: Session, browser: PageClient, coach: Account
) -> None:
    asked = consented(answered(a_question(coach=coach)), a_choice(words="Jag gillar bröd."))
    session.commit()
    page = browser.get(f"{asked.path}/kort")
    ticked = [one["value"] for one in page.select("main input[checked]")]
    assert ticked == ["first_name", "contact", "person"]
    assert [one.get_text().strip() for one in page.select("textarea[name=words]")] == ["Jag gillar bröd."]


def test_a_card_is_taken_back_from_its_page(session: Session, browser: PageClient, coach: Account) -> None:
    asked = consented(answered(a_question(coach=coach)))
    session.commit()
    path = f"{asked.path}/kort/ta-tillbaka"
    assert (
        "Kortet är taget tillbaka" in browser.post(path, browser.get(asked.path).hidden(form_to(path))).words
    )


def test_somebody_elses_question_is_missing(session: Session, browser: PageClient) -> None:
    asked = a_sent_question()
    session.commit()
    assert browser.get(asked.path).status == 404


def test_a_persons_questions_cost_the_same_however_many(
    session: Session, browser: PageClient, coach: Account, queries: QueryCount
) -> None:
    asked = a_sent_question(coach=coach)
    for _number in range(5):
        a_question(asked.person, coach=coach, placement=None)
    session.commit()
    path = f"/deltagare/{asked.person.public_id}/fragor"
    browser.get(path)
    queries.statements.clear()
    browser.get(path)
    assert len(queries) <= 12


# Employers


def test_whoever_opens_the_link_sees_the_card_and_changes_nothing(session: Session, page: PageClient) -> None:
    asked = a_sent_question(a_choice(words="Jag gillar bröd."))
    path = f"/svara/{asked.token()}"
    assert "Jag gillar bröd." in page.get(path).words
    assert (page.get(path).status, asked.introduction.employer_answer) == (200, None)


@pytest.mark.parametrize(
    ("choice", "answer"), [("yes", "yes"), ("not_now:3", "not_now"), ("no:no_time", "no")]
)
def test_an_employer_answers_with_one_press(
    session: Session, page: PageClient, choice: str, answer: str
) -> None:
    asked = a_sent_question()
    shown = page.submit(f"/svara/{asked.token()}", {"choice": choice})
    session.refresh(asked.introduction)
    assert (asked.introduction.employer_answer, "Vi har fått ert svar" in shown.words) == (answer, True)


def test_not_now_holds_back_every_question_there_unless_the_box_is_emptied(
    session: Session, page: PageClient
) -> None:
    asked = a_sent_question()
    path = f"/svara/{asked.token()}"
    page.submit(path, {"choice": "not_now:3"})
    session.refresh(asked.employer)
    assert asked.employer.not_before == add_months(clock.today(), 3)
    page.submit(path, {"choice": "not_now:1", "is_for_all": ""})
    session.refresh(asked.employer)
    assert asked.employer.not_before is None


def test_a_yes_after_not_now_lets_others_be_asked_again(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    path = f"/svara/{asked.token()}"
    for choice in ("not_now:6", "yes"):
        page.submit(path, {"choice": choice})
    session.refresh(asked.employer)
    assert (asked.employer.not_before, asked.introduction.employer_answer) == (None, "yes")


@pytest.mark.parametrize(
    "choice", ["", "maybe", "no", "no:because", "not_now", "not_now:2", "yes\x00", "x" * 50_000]
)
def test_what_is_no_answer_is_refused(session: Session, page: PageClient, choice: str) -> None:
    asked = a_sent_question()
    assert page.submit(f"/svara/{asked.token()}", {"choice": choice}).status == 422
    assert asked.introduction.employer_answer is None


def test_an_answer_sent_twice_is_kept_once(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    path = f"/svara/{asked.token()}"
    typed = {**page.get(path).hidden(), "choice": "yes"}
    page.post(path, typed)
    again = page.post(path, {**typed, "idempotency_key": "another-key-of-a-form1"})
    assert "har redan svarat" in again.words


def test_an_answer_by_link_is_traced_without_an_account(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    page.submit(f"/svara/{asked.token()}", {"choice": "yes"})
    found = select(AccessEntry).where(AccessEntry.act == "match.answer_proposal")
    entry = session.scalars(found).one()
    assert (entry.account_id, entry.detail) == (None, "link:answer_introduction yes")


def test_a_link_shows_nothing_once_the_card_is_taken_back(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    token = asked.token()
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    session.commit()
    assert asked.person.first_name not in page.get(f"/svara/{token}").words


def test_an_employer_who_is_signed_in_answers_on_their_own_page(session: Session, sign_in: SignIn) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(asked.employer))
    path = f"/min-arbetsplats/fragor/{asked.introduction.public_id}"
    assert "Vi har fått ert svar" in browser.submit(path, {"choice": "yes"}).words


def test_a_no_closes_the_page_of_an_employer_who_is_signed_in(session: Session, sign_in: SignIn) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(asked.employer))
    path = f"/min-arbetsplats/fragor/{asked.introduction.public_id}"
    assert "Vi har fått ert svar" in browser.submit(path, {"choice": "no:no_time"}).words
    assert browser.get(path).status == 404


def test_what_is_no_answer_is_refused_of_whoever_is_signed_in(session: Session, sign_in: SignIn) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(asked.employer))
    path = f"/min-arbetsplats/fragor/{asked.introduction.public_id}"
    assert browser.submit(path, {"choice": "maybe"}).status == 422


def test_another_employer_does_not_see_the_question(session: Session, sign_in: SignIn) -> None:
    asked = a_sent_question()
    browser = sign_in(an_employer_account(a_contact().employer))
    assert browser.get(f"/min-arbetsplats/fragor/{asked.introduction.public_id}").status == 404


@pytest.fixture
def with_photo(session: Session) -> Asked:
    """A question whose card has a photo on it."""
    asked = answered(a_question())
    photo = add_photo(asked.identity, asked.person, content=a_picture("JPEG"), word="Jag bakar")
    return sent(consented(asked, a_choice(frozenset({Field.PHOTO}), photo=photo.public_id)))


def test_a_chosen_photo_is_on_the_card(page: PageClient, with_photo: Asked) -> None:
    token = with_photo.token()
    assert page.client.get(f"/svara/{token}/foto").mimetype == "image/jpeg"


def test_no_other_photo_opens_by_the_link(session: Session, page: PageClient) -> None:
    asked = a_sent_question()
    add_photo(asked.identity, asked.person, content=a_picture("JPEG"), word="Jag bakar")
    assert page.client.get(f"/svara/{asked.token()}/foto").status_code == 404


def test_a_photo_of_somebody_else_is_not_on_the_card(session: Session) -> None:
    asked = answered(a_question())
    other: Participant = a_participant(coach=asked.coach)
    photo = add_photo(asked.identity, other, content=a_picture("JPEG"), word="Buss")
    consented(asked, a_choice(frozenset({Field.PHOTO}), photo=photo.public_id))
    assert asked.view.card is not None
    assert asked.view.card.photo == ""


def test_the_link_is_no_address_to_send_on(app: Flask, page: PageClient, session: Session) -> None:
    answer = page.client.get(f"/svara/{a_sent_question().token()}")
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_question_that_is_not_sent_cannot_be_answered_by_any_link(
    session: Session, page: PageClient
) -> None:
    asked = consented(answered(a_question()))
    assert "inte öppen" in page.get(f"/svara/{asked.token()}").words


def test_no_stage_can_be_jumped_over(session: Session) -> None:
    with pytest.raises(DomainError):
        employer_said(a_question())
