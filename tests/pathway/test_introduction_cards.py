"""The person's card for an employer: what they agreed to, for how long, and that it can be taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.consent_models import Consent
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.pathway import introduction_operations as operations
from aktema.pathway.codes import Channel
from aktema.pathway.consent_operations import share_card, take_back_card
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.permissions import RECORD_CONSENT, REVOKE_CONSENT
from aktema.pathway.rules.card import CalledBy, Field
from aktema.pathway.states import IntroductionState
from aktema.pathway.trial_states import Whose
from tests.support.introductions import (
    Asked,
    a_choice,
    a_question,
    a_sent_question,
    an_agreed_question,
    answered,
    consented,
    mails,
    steps_of,
)

pytestmark = pytest.mark.usefixtures("session")


def test_a_consent_names_the_fields_the_employer_and_the_last_day(session: Session) -> None:
    until = clock.today() + timedelta(days=30)
    asked = consented(answered(a_question()), a_choice(frozenset({Field.CONTACT}), until=until))
    found = session.scalars(select(Consent)).one()
    assert (found.fields, found.receiver_id, found.to_date) == (
        "contact,first_name",
        asked.employer.id,
        until,
    )


def test_a_card_that_was_not_looked_at_is_not_agreed_to() -> None:
    asked = answered(a_question())
    with pytest.raises(DomainError):
        share_card(
            asked.identity,
            RECORD_CONSENT,
            asked.person,
            asked.view,
            a_choice(),
            seen="another card",
            given_by="person",
            channel=Channel.SPEECH,
        )


def test_a_code_in_place_of_the_name_says_nothing_of_the_person() -> None:
    asked = consented(answered(a_question()), a_choice(frozenset(), called=CalledBy.CODE))
    assert asked.view.card is not None
    assert asked.person.first_name not in asked.view.card.to_json()


def test_no_card_of_somebody_with_protected_identity_is_made() -> None:
    asked = answered(a_question())
    asked.person.has_protected_identity = True
    with pytest.raises(DomainError):
        consented(asked)


def test_no_card_is_made_before_the_person_has_said_yes() -> None:
    with pytest.raises(DomainError):
        consented(a_question())


@pytest.mark.parametrize("days", [-1, 400])
def test_a_consent_holds_from_today_for_a_year_at_most(days: int) -> None:
    choice = a_choice(until=clock.today() + timedelta(days=days))
    with pytest.raises(DomainError) as refused:
        consented(answered(a_question()), choice)
    assert refused.value.field == "until"


def test_a_new_card_takes_the_place_of_the_one_before(session: Session) -> None:
    asked = consented(consented(answered(a_question())), a_choice(frozenset()))
    withdrawn = [
        one.withdrawn_on is not None for one in session.scalars(select(Consent).order_by(Consent.id))
    ]
    assert (withdrawn, asked.view.state) == ([True, False], IntroductionState.CONSENTED)


def test_a_card_taken_back_before_it_was_sent_can_be_made_anew() -> None:
    asked = consented(answered(a_question()))
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    assert asked.view.state is IntroductionState.YES


def test_a_card_taken_back_after_it_was_sent_ends_the_question() -> None:
    asked = a_sent_question()
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    assert (asked.introduction.closed_reason, asked.introduction.closed_by) == ("consent_withdrawn", "person")


def test_a_card_taken_back_later_leaves_what_was_agreed() -> None:
    asked = an_agreed_question()
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    assert (asked.view.state, asked.view.card) == (IntroductionState.AGREED, None)


def test_a_card_is_taken_back_of_what_is_closed_and_nothing_else_changes_there() -> None:
    asked = a_sent_question()
    operations.close(asked.view, CloseReason.PLACE_GONE, Whose.NOBODY)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    closed = asked.introduction
    assert (asked.view.card, closed.closed_reason, closed.closed_by) == (None, "place_gone", "nobody")
    assert (closed.closed_on, len(mails())) == (clock.today(), 2)
    assert "Tog tillbaka sitt ja" in steps_of(asked)[-1].line


@pytest.mark.parametrize("build", [an_agreed_question, a_sent_question], ids=["agreed", "closed by it"])
def test_a_card_is_taken_back_once(build: Callable[[], Asked]) -> None:
    asked = build()
    take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    told = len(steps_of(asked))
    with pytest.raises(DomainError):
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    assert len(steps_of(asked)) == told


def test_a_person_whose_card_has_run_out_can_still_end_the_question() -> None:
    asked = a_sent_question(a_choice(until=clock.today()))
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)
    assert asked.introduction.closed_reason == "consent_withdrawn"


def test_there_is_no_card_to_take_back_before_it_is_made() -> None:
    asked = answered(a_question())
    with pytest.raises(DomainError):
        take_back_card(REVOKE_CONSENT, asked.person, asked.view)


def test_a_consent_that_has_run_out_is_asked_for_anew() -> None:
    asked = consented(answered(a_question()), a_choice(until=clock.today()))
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert asked.view.state is IntroductionState.YES
