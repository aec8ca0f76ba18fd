"""Trials teach the ranker how it went, and count where something new is to get its turn."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.core.db import db
from aktema.employers.models import Placement
from aktema.matching.current import current_index
from aktema.matching.queries import earlier_trials
from aktema.matching.training import lessons
from aktema.pathway.models import Introduction
from aktema.pathway.outcome_models import Outcome
from aktema.pathway.review_codes import Completion, Voice
from tests.support.lists import a_list, a_verdict
from tests.support.reviews import Over, a_review, a_trial_over
from tests.support.trials import a_trial

PARTLY = Completion.PARTLY


@pytest.fixture
def over(session: Session) -> Over:
    """A trial of a place that was accepted in a list."""
    made = a_trial_over()
    a_verdict(a_list(made.person, made.coach, {made.placement: {}}), made.placement)
    return made


def said_yes(over: Over) -> None:
    db.session.add(
        Introduction(
            participant_id=over.person.id,
            placement_id=over.placement.id,
            account_id=over.coach.id,
            asked_on=clock.today(),
            answer="yes",
            answered_on=clock.today(),
        )
    )
    db.session.flush()


def an_outcome(over: Over, kind: str) -> None:
    db.session.add(
        Outcome(
            participant_id=over.person.id,
            trial_id=over.trial.id,
            kind=kind,
            happened_on=clock.today(),
            account_id=over.coach.id,
        )
    )
    db.session.flush()


def taught() -> list[float]:
    return list(lessons().outcomes.y.tolist())


def test_how_the_trial_went_weighs_more_than_the_answer_before_it(over: Over) -> None:
    said_yes(over)
    a_review(over.trial, Voice.COACH, completion=PARTLY, reason="wrong_tasks")
    assert taught() == [0.0]


def test_a_trial_that_says_nothing_of_the_match_leaves_the_answer(over: Over) -> None:
    said_yes(over)
    a_review(over.trial, Voice.COACH, completion=PARTLY, reason="health")
    assert taught() == [1.0]


def test_a_trial_teaches_without_an_answer(over: Over) -> None:
    a_review(over.trial, Voice.EMPLOYER)
    assert taught() == [1.0]


def test_where_voices_differ_the_coachs_counts(over: Over) -> None:
    a_review(over.trial, Voice.COACH, completion=PARTLY, reason="high_pace")
    a_review(over.trial, Voice.EMPLOYER)
    a_review(over.trial, Voice.PERSON)
    assert taught() == [0.0]


def test_what_it_led_to_weighs_most(over: Over) -> None:
    a_review(over.trial, Voice.COACH, completion=PARTLY, reason="high_pace")
    an_outcome(over, "job")
    assert taught() == [1.0]


def test_a_trial_nobody_spoke_of_teaches_nothing(over: Over) -> None:
    an_outcome(over, "back")
    assert taught() == []


def test_the_last_trial_of_a_place_counts(over: Over) -> None:
    a_review(over.trial, Voice.COACH)
    again = a_trial_over(person=over.person, coach=over.coach, placement=over.placement, days_ago=1)
    a_review(again.trial, Voice.COACH, completion=PARTLY, reason="travel")
    assert taught() == [0.0]


# Earlier trials


def counted(placement: Placement) -> int:
    return earlier_trials(clock.today()).get(placement.id, 0)


def test_only_signed_trials_that_have_begun_count(over: Over) -> None:
    today, day = clock.today(), timedelta(days=1)
    for first in (today, today + 5 * day):
        a_trial(over.person, over.placement, from_date=first)
    a_trial(over.person, over.placement, from_date=today - 3 * day, signed=False)
    a_trial(over.person, over.placement, from_date=today - day, cancelled_on=today, cancelled_by="person")
    assert counted(over.placement) == 1


def test_trials_are_counted_for_the_places_that_are_asked_for(over: Over) -> None:
    other = a_trial_over()
    assert dict(earlier_trials(clock.today(), [other.placement.id])) == {other.placement.id: 1}


def test_the_index_knows_how_many_have_tried(over: Over) -> None:
    place = current_index().get_place(over.placement.id)
    assert place.earlier_trials == 1
