"""What helped before is offered again: counted, without names, and only where five have tried."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.employers.models import Placement
from aktema.pathway.adaptation_memory import Remembered, remembered_for
from aktema.pathway.models import Introduction, IntroductionGap
from aktema.pathway.review_codes import AdaptationEffect, Voice
from aktema.people.models import Participant
from aktema.vocabulary.queries import dimension_by_code
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import an_account
from tests.support.people_builders import a_participant
from tests.support.reviews import a_result, a_review, a_trial_over, an_adaptation
from tests.support.trials import a_trial

CLOSED, NO_HELP, NOT_USED = AdaptationEffect.CLOSED, AdaptationEffect.NO_HELP, AdaptationEffect.NOT_USED


@pytest.fixture
def bakery(session: Session) -> Placement:
    return a_placement(activities=("bake",))


def tried(placement: Placement, effect: AdaptationEffect, person: Participant | None = None) -> None:
    """Somebody has tried there with shorter spells."""
    over = a_trial_over(placement=placement, person=person)
    agreed = an_adaptation(over.trial, "short_spells", "focus")
    a_result(a_review(over.trial, Voice.COACH), agreed, effect)


def told(placement: Placement, dimension: str = "focus") -> list[Remembered]:
    return list(remembered_for(placement, [dimension_by_code(dimension).id]))


def test_five_people_make_a_count(bakery: Placement) -> None:
    for effect in (CLOSED, CLOSED, AdaptationEffect.HELPED, NO_HELP, NO_HELP):
        tried(bakery, effect)
    assert [(one.adaptation.code, one.helped, one.used) for one in told(bakery)] == [("short_spells", 3, 5)]


def test_it_is_told_in_words(bakery: Placement) -> None:
    for _number in range(5):
        tried(bakery, CLOSED)
    assert [one.words for one in told(bakery)] == ["Hjälpte 5 av 5 gånger vid liknande uppgifter"]


def test_four_people_are_too_few_to_be_counted(bakery: Placement) -> None:
    for _number in range(4):
        tried(bakery, CLOSED)
    assert told(bakery) == []


def test_one_person_who_tries_often_is_one(bakery: Placement) -> None:
    person = a_participant()
    for _number in range(6):
        tried(bakery, CLOSED, person)
    assert told(bakery) == []


def test_what_was_not_used_says_nothing(bakery: Placement) -> None:
    for effect in (CLOSED, CLOSED, CLOSED, CLOSED, NOT_USED):
        tried(bakery, effect)
    assert told(bakery) == []


def test_other_kinds_of_tasks_and_other_gaps_are_not_counted(bakery: Placement) -> None:
    for _number in range(5):
        tried(bakery, CLOSED)
    garden = a_placement(activities=("plant_weed",))
    assert (told(garden), told(bakery, "stamina")) == ([], [])


def test_similar_tasks_at_another_employer_count(bakery: Placement) -> None:
    for _number in range(5):
        tried(bakery, CLOSED)
    assert len(told(a_placement(activities=("bake",)))) == 1


def test_a_gap_of_the_question_that_nothing_was_named_for_is_offered_what_has_helped(
    sign_in: Callable[[Account], PageClient], bakery: Placement, session: Session
) -> None:
    for _number in range(5):
        tried(bakery, CLOSED)
    coach = an_account()
    person = a_participant(coach=coach)
    gap = IntroductionGap(dimension_id=dimension_by_code("focus").id, size=2)
    asked = Introduction(
        participant_id=person.id,
        placement_id=bakery.id,
        account_id=coach.id,
        asked_on=clock.today(),
        gaps=[gap],
    )
    trial = a_trial(person, bakery, account=coach, signed=False)
    path = f"/deltagare/{person.public_id}/provplatser/{trial.public_id}/overenskommelse"
    browser, words = sign_in(coach), "Hjälpte 5 av 5 gånger vid liknande uppgifter"
    assert words not in browser.get(path).words
    trial.introduction = asked
    session.commit()
    assert words in browser.get(path).words
