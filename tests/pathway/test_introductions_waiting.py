"""What of the introductions waits for staff: the next thing to do, and the news to tell."""

from datetime import timedelta

import pytest
import time_machine

from aktema.core import clock
from aktema.core.db import db
from aktema.pathway import introduction_queries as queries
from aktema.pathway.consent_queries import usual_until
from aktema.pathway.introduction_codes import CloseReason
from aktema.pathway.introduction_operations import close
from aktema.pathway.introduction_page import introduction_tasks
from aktema.pathway.trial_states import Whose
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from tests.support.introductions import (
    NO,
    Asked,
    a_choice,
    a_question,
    a_sent_question,
    an_agreed_question,
    answered,
    chased_on,
    consented,
    employer_said,
    later,
)
from tests.support.trials import a_trial

pytestmark = pytest.mark.usefixtures("session")


def titles(asked: Asked, days: int = 0) -> list[str]:
    day = clock.today() + timedelta(days=days)
    return [task.title for task in introduction_tasks(asked.identity, day, 25)]


@pytest.mark.parametrize(
    ("build", "days", "title"),
    [
        (lambda: answered(a_question()), 0, "Gör ett kort med Alva för Lindas bageri"),
        (lambda: consented(answered(a_question())), 0, "Fråga Lindas bageri om Alva"),
        (a_sent_question, 14, "Ring Lindas bageri: de har inte svarat"),
        (lambda: employer_said(a_sent_question()), 0, "Boka besök för Alva hos Lindas bageri"),
        (lambda: employer_said(a_sent_question(), later(30)), 30, "Fråga Lindas bageri igen om Alva"),
    ],
    ids=["card", "send", "call", "visit", "again"],
)
def test_what_comes_next_waits_for_the_coach(build: object, days: int, title: str) -> None:
    asked = build()  # type: ignore[operator]  # a builder of the table above
    assert titles(asked, days) == [title]


@pytest.mark.parametrize(
    "build",
    [a_question, a_sent_question, an_agreed_question, lambda: employer_said(a_sent_question(), later(30))],
    ids=["asked", "sent", "agreed", "waits"],
)
def test_nothing_waits_while_somebody_else_is_to_answer(build: object) -> None:
    asked = build()  # type: ignore[operator]  # a builder of the table above
    assert titles(asked) == []


UNTOLD = "Berätta för Alva: det blev inget hos Lindas bageri"


def test_a_coach_hears_that_a_question_ended() -> None:
    asked = a_sent_question()
    chased_on("closing", asked)
    closed_on = asked.introduction.closed_on
    assert closed_on is not None
    days = (closed_on - clock.today()).days + 1
    assert titles(asked, days) == [UNTOLD]


def talked(asked: Asked, **changes: object) -> None:
    facts: dict[str, object] = {
        "contact_type": ContactType.TALK_WITH_PERSON,
        "happened_on": clock.today(),
        "minutes": 20,
        "place": StepPlace.OFFICE,
        "line": "Pratade om bageriet.",
        **changes,
    }
    log_step(asked.identity, asked.person, StepFacts(**facts))  # type: ignore[arg-type]  # its own fields


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, True),
        ({"place": StepPlace.PHONE}, True),
        ({"was_reached": False}, False),
        ({"contact_type": ContactType.SOCIAL_INSURANCE}, False),
        ({"contact_type": ContactType.OUTREACH}, False),
        ({"happened_on": clock.today() - timedelta(days=1)}, False),
    ],
    ids=["met", "by phone", "not reached", "with others", "sought", "the day before"],
)
def test_the_person_has_been_told_when_somebody_has_talked_with_them(
    changes: dict[str, object], is_told: bool
) -> None:
    asked = employer_said(a_sent_question(), NO)
    talked(asked, **changes)
    assert titles(asked) == ([] if is_told else [UNTOLD])


def test_a_talk_before_the_no_of_the_same_day_told_nobody_of_it() -> None:
    asked = a_sent_question()
    talked(asked)
    assert titles(employer_said(asked, NO)) == [UNTOLD]


def a_trial_that_outlasts_the_card() -> Asked:
    """Agreed, and signed for half a year: twice as long as a card holds."""
    asked = an_agreed_question()
    stay = a_trial(asked.person, asked.placement, to_date=clock.today() + timedelta(days=180), days=False)
    stay.introduction_id = asked.introduction.id
    db.session.flush()
    return asked


def test_a_coach_asks_again_for_a_card_that_ends_before_the_trial_does() -> None:
    asked = a_trial_that_outlasts_the_card()
    assert (titles(asked, 75), titles(asked, 77)) == ([], ["Fråga Alva om kortet till Lindas bageri igen"])


def test_nobody_is_asked_about_the_card_of_a_closed_question() -> None:
    asked = a_trial_that_outlasts_the_card()
    close(asked.view, CloseReason.OTHER, Whose.NOBODY)
    assert titles(asked, 77) == []


def test_the_card_given_again_lasts_as_long_as_the_employer_reaches_the_trial() -> None:
    asked = a_trial_that_outlasts_the_card()
    with time_machine.travel(clock.now() + timedelta(days=100), tick=False):
        assert queries.cards_for_employer([asked.introduction.id], clock.today()) == {}
        until = usual_until(asked.introduction)
        consented(asked, a_choice(until=until))
        db.session.flush()
        assert set(queries.cards_for_employer([asked.introduction.id], clock.today())) == {
            asked.introduction.id
        }
        assert (until - clock.today()).days == 80 + 7 * 12
