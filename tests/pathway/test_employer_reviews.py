"""An employer says how it went, by a link or signed in, and sees nothing but the card."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.link_codes import Purpose
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.outbox import OutboxMessage
from aktema.pathway.agreement_page import period_words
from aktema.pathway.review_codes import Question, ReviewedHow, Voice
from aktema.pathway.review_models import Review
from tests.support.lines import last_line
from tests.support.links import a_link
from tests.support.page import PageClient
from tests.support.people import an_account
from tests.support.reviews import Over, a_card, a_review, a_trial_over

SignIn = Callable[[Account], PageClient]
NO_KEY_HOLDS = ("Åsa", "Öst")
"""A name that no random key of a link happens to spell."""


@pytest.fixture
def over(session: Session) -> Over:
    return a_trial_over()


@pytest.fixture
def path(over: Over) -> str:
    _link, token = a_link(Purpose.REVIEW, over.trial.id, contact=over.contact, account=over.coach)
    db.session.commit()
    return f"/utvardera/{token}"


def stored() -> list[Review]:
    return list(db.session.scalars(select(Review)))


def test_an_employer_answers_five_questions_by_a_link(page: PageClient, path: str, over: Over) -> None:
    answers = {one.value: "3" for one in Question if one is not Question.JOY}
    answered = page.submit(path, {"completion": "completed", "words": "Gärna igen.", **answers})
    assert "Era svar är sparade" in answered.words
    review = stored()[0]
    assert (review.how, review.contact_id, review.account_id, len(review.answers)) == (
        "link",
        over.contact.id,
        None,
        5,
    )


def test_the_page_says_which_days_it_is_about(page: PageClient, path: str, over: Over) -> None:
    assert period_words(over.trial.agreements[0]) in page.get(path).words


def test_opening_the_link_changes_nothing(page: PageClient, path: str) -> None:
    for _time in range(2):
        page.get(path)
    assert stored() == []


def test_the_answer_by_link_is_audited_without_an_account(page: PageClient, path: str, over: Over) -> None:
    page.submit(path, {"tasks": "4"})
    entry = db.session.scalars(select(AccessEntry).where(AccessEntry.object_kind == "review")).one()
    assert (entry.account_id, entry.participant_id, entry.detail) == (None, over.person.id, "link:review")


def test_an_employer_corrects_the_answer(page: PageClient, path: str) -> None:
    page.submit(path, {"tasks": "4"})
    assert "Vi har fått era svar" in page.get(path).words
    page.submit(path, {"tasks": "1"})
    assert [row.answer for row in stored()[0].answers] == [1]


def test_an_empty_answer_is_asked_again(page: PageClient, path: str) -> None:
    answered = page.submit(path, {})
    assert answered.status == 422
    assert "Svara på minst en fråga" in answered.words


@pytest.mark.parametrize("data", [{"tasks": "5"}, {"tasks": "\0"}, {"reason": "health", "tasks": "1"}])
def test_what_is_not_asked_is_not_answered(page: PageClient, path: str, data: dict[str, str]) -> None:
    assert page.submit(path, data).status == 422
    assert stored() == []


def test_what_was_taken_down_by_phone_is_shown_to_be_corrected(
    page: PageClient, path: str, over: Over
) -> None:
    a_review(over.trial, Voice.EMPLOYER, how=ReviewedHow.BY_PHONE, words="Gick bra.")
    shown = page.get(path)
    assert "Så skrev jobbcoachen ner era svar" in shown.words
    assert "Gick bra." in shown.text


def test_the_same_form_sent_twice_is_kept_once(page: PageClient, path: str) -> None:
    form = {**page.get(path).hidden(), "reason": "", "tasks": "4"}
    answers = [page.post(path, form, follow=False) for _time in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert stored()[0].version == 1


def test_a_link_for_something_else_opens_nothing(page: PageClient, over: Over) -> None:
    _link, token = a_link(Purpose.CHECK_IN, over.trial.id, contact=over.contact)
    db.session.commit()
    assert page.get(f"/utvardera/{token}").status == 404


def test_a_lost_link_is_sent_anew(page: PageClient, over: Over) -> None:
    _link, token = a_link(Purpose.REVIEW, over.trial.id, contact=over.contact, expired=True)
    _link.created_at = clock.now() - timedelta(days=31)
    db.session.commit()
    page.submit(f"/utvardera/{token}", {})
    assert [one.kind for one in db.session.scalars(select(OutboxMessage))] != []
    asked = f"Frågade {over.contact.name} hur det gick på ”{over.placement.title}”"
    assert last_line() == ("employer", asked, "Vi har frågat jobbet hur det gick.")


# What the employer sees of the person


def test_without_an_agreed_card_nobody_is_named(page: PageClient, path: str, over: Over) -> None:
    over.person.first_name, over.person.last_name = NO_KEY_HOLDS
    db.session.commit()
    text = page.get(path).text
    assert not any(name in text for name in NO_KEY_HOLDS)


def test_with_a_card_the_person_is_called_as_they_chose(page: PageClient, path: str, over: Over) -> None:
    a_card(over, "A 7")
    assert "A 7 hos er" in page.get(path).words


def test_when_consent_ends_the_page_is_gone(page: PageClient, path: str, over: Over) -> None:
    a_card(over, to_date=clock.today() - timedelta(days=1))
    assert page.get(path).status == 404


def test_twelve_weeks_after_the_end_the_page_is_gone(page: PageClient, session: Session) -> None:
    old = a_trial_over(days_ago=85)
    _link, token = a_link(Purpose.REVIEW, old.trial.id, contact=old.contact)
    db.session.commit()
    assert page.get(f"/utvardera/{token}").status == 404


HIDDEN = ("first_name", "last_name", "communication", "came_from", "phone", "communication_note")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(HIDDEN), value=st.text("abcdefåäö", min_size=1, max_size=12))
def test_what_is_hidden_of_the_person_changes_no_byte(
    page: PageClient, path: str, over: Over, name: str, value: str
) -> None:
    if over.trial.introduction_id is None:
        a_card(over, "A 7")
    before = _bare(page.get(path).text)
    setattr(over.person, name, value)
    db.session.commit()
    assert _bare(page.get(path).text) == before


def _bare(text: str) -> str:
    """The page without the keys that are new each time it is drawn."""
    return "\n".join(
        line for line in text.splitlines() if "csrf_token" not in line and "idempotency" not in line
    )


# Signed in


@pytest.fixture
def employer(sign_in: SignIn, over: Over) -> PageClient:
    account = an_account(Role.EMPLOYER)
    over.contact.account_id = account.id
    db.session.commit()
    return sign_in(account)


def test_an_employer_who_is_signed_in_answers_as_well(employer: PageClient, over: Over) -> None:
    path = f"/min-arbetsplats/utvardera/{over.trial.public_id}"
    assert "Era svar är sparade" in employer.submit(path, {"again": "4"}).words
    assert (stored()[0].how, stored()[0].account_id) == ("signed_in", over.contact.account_id)


def test_another_employers_trial_is_missing(employer: PageClient) -> None:
    other = a_trial_over()
    assert employer.get(f"/min-arbetsplats/utvardera/{other.trial.public_id}").status == 404


def test_a_coach_does_not_answer_as_the_employer(sign_in: SignIn, over: Over) -> None:
    path = f"/min-arbetsplats/utvardera/{over.trial.public_id}"
    assert sign_in(over.coach).get(path).status == 403


def test_an_employer_who_left_answers_nothing(employer: PageClient, over: Over) -> None:
    over.contact.left_on = clock.today()
    db.session.commit()
    assert employer.get(f"/min-arbetsplats/utvardera/{over.trial.public_id}").status == 404
