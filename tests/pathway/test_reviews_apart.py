"""Where person and employer have seen different things, the coach is told until they have spoken after both."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.home.way_page import way_tasks
from aktema.pathway.permissions import WRITE_REVIEW
from aktema.pathway.review_codes import Completion, Question, Voice
from aktema.pathway.review_models import Review
from aktema.pathway.review_page import PAIR, review_tasks, side_by_side
from aktema.pathway.review_queries import reviews_awaited
from aktema.pathway.task import Task
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.reviews import Over, a_review, a_trial_over

SignIn = Callable[[Account], PageClient]
NO, BOTH, MOSTLY, YES = 0, 2, 3, 4
DAY = timedelta(days=1)


@pytest.fixture
def over(session: Session) -> Over:
    return a_trial_over()


def told(over: Over) -> Sequence[Task]:
    return [task for task in review_tasks(over.act(), clock.today(), 10) if task.tag == "Säger olika"]


def they_differ(over: Over) -> None:
    a_review(over.trial, Voice.PERSON, answers={Question.PACE: NO})
    a_review(over.trial, Voice.EMPLOYER, answers={Question.PACE: YES})


def test_the_coach_is_told_on_idag_with_the_way_to_both_answers(over: Over, sign_in: SignIn) -> None:
    they_differ(over)
    link = sign_in(over.coach).get("/").soup.select_one(f'a[href="{over.page}"]')
    assert link.get_text(strip=True) == (
        "Prata med Alva och arbetsgivaren: de såg olika på ”Hjälpa till i bageriet”"
    )


SAID: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"answers": {Question.PACE: NO}}, {"answers": {Question.PACE: BOTH}}),
    ({"answers": {Question.PACE: YES}}, {"answers": {Question.PACE: MOSTLY}}),
    ({"answers": {Question.PACE: NO}}, {"answers": {Question.TASKS: YES}}),
    ({"completion": Completion.PARTLY}, {"completion": Completion.COMPLETED}),
    ({"completion": None}, {"completion": Completion.COMPLETED}),
    ({"reason": "high_pace"}, {"reason": "travel"}),
    ({"reason": "high_pace"}, {}),
    ({}, {}),
]


@pytest.mark.parametrize(("person", "employer"), SAID)
def test_the_list_tells_of_those_whose_page_says_that_they_differ(
    over: Over, person: dict[str, Any], employer: dict[str, Any]
) -> None:
    a_review(over.trial, Voice.PERSON, **person)
    a_review(over.trial, Voice.EMPLOYER, **employer)
    page = side_by_side(over.again(), clock.today())
    assert bool(told(over)) is bool(page.apart)


@pytest.mark.parametrize("voice", PAIR)
def test_one_voice_alone_differs_from_nobody(over: Over, voice: Voice) -> None:
    a_review(over.trial, voice, answers={Question.PACE: NO})
    a_review(over.trial, Voice.COACH, answers={Question.PACE: YES})
    assert told(over) == []


HOURS = (9, 10, 11)


@pytest.mark.parametrize(
    ("order", "is_told"),
    [
        ((Voice.PERSON, Voice.EMPLOYER, Voice.COACH), False),
        ((Voice.COACH, Voice.PERSON, Voice.EMPLOYER), True),
        ((Voice.EMPLOYER, Voice.COACH, Voice.PERSON), True),
    ],
)
def test_what_the_coach_wrote_before_both_had_spoken_settles_nothing(
    session: Session, order: Sequence[Voice], is_told: bool
) -> None:
    over, today = a_trial_over(), clock.today()
    for hour, voice in zip(HOURS, order, strict=True):
        with time_machine.travel(datetime(today.year, today.month, today.day, hour, tzinfo=UTC)):
            a_review(over.trial, voice, answers={Question.PACE: YES if voice is Voice.EMPLOYER else NO})
    assert bool(told(over)) is is_told


def test_what_the_coach_writes_anew_after_both_settles_it(over: Over) -> None:
    own = a_review(over.trial, Voice.COACH)
    they_differ(over)
    before = bool(told(over))
    own.words = "De menade olika veckor."
    db.session.commit()
    assert (before, told(over)) == (True, [])


def test_a_voice_that_answers_anew_on_a_later_day_is_told_again(over: Over) -> None:
    they_differ(over)
    a_review(over.trial, Voice.COACH)
    settled = told(over)
    later = update(Review).where(Review.voice == Voice.PERSON.value)
    db.session.execute(later.values(reviewed_on=clock.today() + DAY))
    db.session.commit()
    assert (settled, len(told(over))) == ([], 1)


def test_a_trial_whose_voices_differ_waits_once(over: Over) -> None:
    they_differ(over)
    assert (len(told(over)), len(review_tasks(over.act(), clock.today(), 10))) == (1, 1)


def test_two_who_differ_come_before_those_who_have_not_answered(over: Over) -> None:
    longer_over = a_trial_over(days_ago=30, coach=over.coach, person=a_participant(coach=over.coach))
    they_differ(over)
    first, second = reviews_awaited(longer_over.act(), WRITE_REVIEW, clock.today(), 10)
    assert (first.is_apart, second.is_apart) == (True, False)


@pytest.mark.parametrize(("days_ago", "is_told"), [(0, True), (83, True), (85, False)])
def test_after_twelve_weeks_nobody_is_told_any_longer(session: Session, days_ago: int, is_told: bool) -> None:
    over = a_trial_over(days_ago=days_ago)
    they_differ(over)
    assert bool(told(over)) is is_told


def test_another_coach_is_told_of_nobody(over: Over) -> None:
    they_differ(over)
    stranger = act_as(an_account(Role.JOB_COACH, a_unit()))
    assert reviews_awaited(stranger, WRITE_REVIEW, clock.today(), 10) == []


def test_whoever_is_named_leaves_a_trace(over: Over, session: Session) -> None:
    they_differ(over)
    identity = over.act()
    way_tasks(identity, clock.today(), 10)
    session.flush()
    traces = session.query(AccessEntry).filter_by(participant_id=over.person.id, kind="read")
    assert traces.count() == 1


def test_the_list_takes_as_many_statements_for_ten_as_for_one(over: Over, queries: QueryCount) -> None:
    they_differ(over)
    db.session.expire_all()
    identity = over.act()
    queries.statements.clear()
    assert len(review_tasks(identity, clock.today(), 50)) == 1
    alone = len(queries)
    for _number in range(9):
        they_differ(a_trial_over(coach=over.coach, person=a_participant(coach=over.coach)))
    identity = over.act()
    db.session.expunge_all()
    queries.statements.clear()
    assert len(review_tasks(identity, clock.today(), 50)) == 10
    assert len(queries) <= alone
