"""A wish for work reaches a coach the same day, and stays until a coach has met the person."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.follow_up_queries import WorkWish, wishes_for_work
from aktema.plans.models import FollowUp
from aktema.plans.permissions import READ_FOLLOW_UPS
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from tests.conftest import QueryCount
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, a_follow_up

TODAY = clock.today()
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


def said(person: Participant, answer: PointAnswer, held_on: date = TODAY) -> FollowUp:
    """What the person said about work that day, a minute ago by the clock."""
    decision = a_decision(person, from_date=held_on)
    follow_up = a_follow_up(decision, answers={WorkPoint.WISH_FOR_WORK: answer}, held_on=held_on)
    follow_up.points[0].created_at = clock.now() - (TODAY - held_on) - timedelta(minutes=1)
    return follow_up


def met(identity: Identity, person: Participant, on: date = TODAY, **values: Any) -> None:
    facts = {
        "contact_type": ContactType.TALK_WITH_PERSON,
        "minutes": 20,
        "place": StepPlace.OFFICE,
        "line": "Vi talade",
    }
    log_step(identity, person, StepFacts(happened_on=on, **{**facts, **values}))


def wishes(identity: Identity) -> Sequence[WorkWish]:
    return wishes_for_work(identity, READ_FOLLOW_UPS, 25)


@pytest.mark.parametrize("answer", [PointAnswer.YES, PointAnswer.MAYBE])
@pytest.mark.parametrize("is_closed", [True, False])
def test_a_wish_reaches_the_coach_the_same_day_closed_or_not(
    coach: Identity, person: Participant, answer: PointAnswer, is_closed: bool
) -> None:
    answers = {WorkPoint.WISH_FOR_WORK: answer}
    follow_up = a_follow_up(a_decision(person), answers=answers, closed_on=TODAY if is_closed else None)
    found = wishes(coach)
    assert [(one.participant, one.answered_on, one.answer, one.has_coach) for one in found] == [
        (person, TODAY, answer, True)
    ]
    assert found[0].follow_up_id == follow_up.public_id


@pytest.mark.parametrize("answer", sorted(set(PointAnswer) - {PointAnswer.YES, PointAnswer.MAYBE}))
def test_another_answer_is_no_wish(coach: Identity, person: Participant, answer: PointAnswer) -> None:
    said(person, answer)
    assert wishes(coach) == []


def test_a_yes_to_another_question_is_no_wish(coach: Identity, person: Participant) -> None:
    a_follow_up(a_decision(person), answers={WorkPoint.OTHER_OCCUPATION: PointAnswer.YES})
    assert wishes(coach) == []


@pytest.mark.parametrize(
    ("first", "then", "count"), [(PointAnswer.YES, PointAnswer.NO, 0), (PointAnswer.NO, PointAnswer.YES, 1)]
)
def test_the_newest_answer_counts(
    coach: Identity, person: Participant, first: PointAnswer, then: PointAnswer, count: int
) -> None:
    said(person, then, TODAY)
    said(person, first, LAST_WEEK)
    assert len(wishes(coach)) == count


def test_of_two_answers_on_one_day_the_later_counts(coach: Identity, person: Participant) -> None:
    said(person, PointAnswer.YES)
    said(person, PointAnswer.NO)
    assert wishes(coach) == []


@pytest.mark.parametrize("held_on", [LAST_WEEK, TODAY])
def test_a_coach_who_has_met_the_person_since_has_heard_it(
    coach: Identity, person: Participant, held_on: date
) -> None:
    said(person, PointAnswer.YES, held_on)
    met(coach, person, TODAY)
    assert wishes(coach) == []


def test_a_meeting_before_the_answer_does_not_answer_it(coach: Identity, person: Participant) -> None:
    met(coach, person, LAST_WEEK)
    said(person, PointAnswer.YES)
    assert len(wishes(coach)) == 1


def test_a_meeting_earlier_the_same_day_does_not_answer_it(coach: Identity, person: Participant) -> None:
    met(coach, person, TODAY)
    follow_up = said(person, PointAnswer.YES)
    follow_up.points[0].created_at = clock.now() + timedelta(minutes=1)
    assert len(wishes(coach)) == 1


def test_a_coach_who_reached_nobody_has_not_heard_it(coach: Identity, person: Participant) -> None:
    said(person, PointAnswer.YES, LAST_WEEK)
    met(coach, person, was_reached=False)
    assert len(wishes(coach)) == 1


def test_somebody_else_who_meets_the_person_is_no_coach_of_theirs(
    coach: Identity, person: Participant, account: Account
) -> None:
    said(person, PointAnswer.YES, LAST_WEEK)
    coordinator = an_account(Role.COORDINATOR, a_unit())
    an_assignment(person, kind="coordinator", account=coordinator)
    met(act_as(coordinator), person)
    assert len(wishes(act_as(account))) == 1


def test_a_wish_nobody_has_as_coach_says_so(session: Session) -> None:
    person, handler = a_participant(), an_account(Role.LSS_HANDLER)
    an_assignment(person, kind="handler", account=handler)
    said(person, PointAnswer.YES)
    assert [one.has_coach for one in wishes(act_as(handler))] == [False]


def test_what_the_former_coach_did_does_not_answer_it(coach: Identity, person: Participant) -> None:
    said(person, PointAnswer.YES, LAST_WEEK)
    former = an_account(Role.JOB_COACH, a_unit())
    an_assignment(person, account=former, from_date=LAST_WEEK, to_date=TODAY - timedelta(days=1))
    met(act_as(former), person)
    assert len(wishes(coach)) == 1


def test_nobody_elses_people_are_named(coach: Identity, session: Session) -> None:
    said(a_participant(coach=an_account(Role.JOB_COACH, a_unit())), PointAnswer.YES)
    assert wishes(coach) == []


def test_a_person_who_is_closed_waits_for_nobody(coach: Identity, person: Participant) -> None:
    said(person, PointAnswer.YES)
    person.closed_on = TODAY
    assert wishes(coach) == []


def test_the_newest_comes_first_within_the_limit(coach: Identity, account: Account) -> None:
    people = [a_participant(coach=account) for _number in range(3)]
    for number, one in enumerate(people):
        said(one, PointAnswer.YES, TODAY - timedelta(days=number))
    assert [one.participant for one in wishes_for_work(coach, READ_FOLLOW_UPS, 2)] == people[:2]


def test_wishes_take_one_statement_for_any_number(
    session: Session, coach: Identity, account: Account, queries: QueryCount
) -> None:
    for _number in range(20):
        said(a_participant(coach=account), PointAnswer.YES)
    session.flush()
    queries.statements.clear()
    found = wishes(coach)
    assert ([one.participant.name for one in found], len(queries)) == (["Alva Ek"] * 20, 1)
