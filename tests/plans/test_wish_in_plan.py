"""A wish for work that was said for a plan reaches a coach, counts as asked, and stands on the person's own page."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.plans import lock_in_queries
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.follow_up_queries import WorkWish, wishes_for_work
from aktema.plans.models import ServiceOrder
from aktema.plans.permissions import READ_FOLLOW_UPS
from aktema.plans.plan_models import Plan
from aktema.plans.wish_models import OwnWorkWish
from aktema.plans.wish_queries import find_own_wish, own_wishes_for_work, planned_wishes_for_work
from aktema.steps.codes import ContactType, StepPlace
from aktema.steps.operations import StepFacts, log_step
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, a_follow_up, an_order

TODAY = clock.today()
HOUR = timedelta(hours=1)
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def coach(account: Account) -> Identity:
    return act_as(account)


def ordered(account: Account, **values: Any) -> ServiceOrder:
    return an_order(a_decision(a_participant(coach=account, **values)), a_unit(), answer="accepted")


@pytest.fixture
def order(account: Account) -> ServiceOrder:
    return ordered(account)


def ago(hours: int) -> datetime:
    return clock.now() - hours * HOUR


def planned(order: ServiceOrder, answer: PointAnswer | None, hours: int = 2, **values: Any) -> Plan:
    """The person's answer stands in a version that was written so many hours ago."""
    return a_plan(order, work_wish=answer.value if answer else None, work_wish_at=ago(hours), **values)


def on_own_page(order: ServiceOrder, answer: PointAnswer, hours: int = 1, said_by: str = "person") -> None:
    row = OwnWorkWish(participant_id=order.participant_id, answer=answer.value, said_by=said_by)
    row.created_at, row.account_id = ago(hours), order.account_id
    db.session.add(row)
    db.session.flush()


def in_follow_up(order: ServiceOrder, answer: PointAnswer, hours: int = 1) -> None:
    row = a_follow_up(order.decision, answers={WorkPoint.WISH_FOR_WORK: answer}, held_on=TODAY)
    row.points[0].created_at = ago(hours)
    db.session.flush()


def met(identity: Identity, person: Participant) -> None:
    facts = StepFacts(
        contact_type=ContactType.TALK_WITH_PERSON,
        happened_on=TODAY,
        minutes=20,
        place=StepPlace.OFFICE,
        line="Vi talade",
    )
    log_step(identity, person, facts)


def wishes(identity: Identity) -> Sequence[WorkWish]:
    return planned_wishes_for_work(identity, READ_FOLLOW_UPS, 25)


def from_all(identity: Identity) -> list[PointAnswer]:
    sources = (planned_wishes_for_work, own_wishes_for_work, wishes_for_work)
    return [one.answer for source in sources for one in source(identity, READ_FOLLOW_UPS, 25)]


@pytest.mark.parametrize("answer", [PointAnswer.YES, PointAnswer.MAYBE])
def test_a_wish_in_a_plan_reaches_the_coach_with_the_plan(
    coach: Identity, order: ServiceOrder, answer: PointAnswer
) -> None:
    plan = planned(order, answer, hours=0)
    assert [
        (one.participant, one.answered_on, one.answer, one.plan_id, one.has_coach) for one in wishes(coach)
    ] == [(order.participant, TODAY, answer, plan.public_id, True)]


@pytest.mark.parametrize("answer", [None, *sorted(set(PointAnswer) - {PointAnswer.YES, PointAnswer.MAYBE})])
def test_another_answer_in_a_plan_is_no_wish(
    coach: Identity, order: ServiceOrder, answer: PointAnswer | None
) -> None:
    planned(order, answer)
    assert wishes(coach) == []


@pytest.mark.parametrize("say_it", [on_own_page, in_follow_up])
@pytest.mark.parametrize("answer", [PointAnswer.YES, PointAnswer.MAYBE, PointAnswer.NO])
@pytest.mark.parametrize("hours", [1, 3])
def test_of_all_sources_the_newest_answer_counts_and_once(
    coach: Identity, order: ServiceOrder, say_it: Callable[..., None], answer: PointAnswer, hours: int
) -> None:
    planned(order, PointAnswer.YES)
    say_it(order, answer, hours)
    newest = answer if hours == 1 else PointAnswer.YES
    assert from_all(coach) == ([] if newest is PointAnswer.NO else [newest])


def test_a_no_in_a_later_plan_ends_a_wish_said_elsewhere(coach: Identity, order: ServiceOrder) -> None:
    in_follow_up(order, PointAnswer.YES, 5)
    on_own_page(order, PointAnswer.MAYBE, 4)
    planned(order, PointAnswer.NO)
    assert from_all(coach) == []


def test_what_a_representative_answers_does_not_end_the_persons_wish(
    coach: Identity, order: ServiceOrder
) -> None:
    planned(order, PointAnswer.YES)
    on_own_page(order, PointAnswer.NO, said_by="representative")
    assert len(wishes(coach)) == 1


def test_a_coach_who_has_met_the_person_since_has_heard_it(coach: Identity, order: ServiceOrder) -> None:
    planned(order, PointAnswer.YES)
    met(coach, order.participant)
    assert wishes(coach) == []


def test_a_meeting_before_the_plan_does_not_answer_it(coach: Identity, order: ServiceOrder) -> None:
    met(coach, order.participant)
    planned(order, PointAnswer.YES, hours=-1)
    assert len(wishes(coach)) == 1


def test_a_version_that_repeats_the_one_before_brings_no_met_wish_back(
    coach: Identity, order: ServiceOrder
) -> None:
    first = planned(order, PointAnswer.YES, hours=3)
    met(coach, order.participant)
    planned(order, PointAnswer.YES, hours=3, number=2, follows_id=first.id, saved_at=ago(-1))
    assert wishes(coach) == []


@pytest.mark.parametrize(("first", "then", "count"), [("yes", "no", 0), ("no", "yes", 1)])
def test_the_version_that_says_something_else_counts(
    coach: Identity, order: ServiceOrder, first: str, then: str, count: int
) -> None:
    before = planned(order, PointAnswer(first), hours=3)
    planned(order, PointAnswer(then), number=2, follows_id=before.id)
    assert len(wishes(coach)) == count


def test_nobody_elses_and_no_closed_people_are_named(coach: Identity, order: ServiceOrder) -> None:
    planned(ordered(an_account(Role.JOB_COACH, a_unit())), PointAnswer.YES)
    planned(order, PointAnswer.YES)
    order.participant.closed_on = TODAY
    assert wishes(coach) == []


def test_wishes_take_one_statement_for_any_number(
    session: Session, coach: Identity, account: Account, queries: QueryCount
) -> None:
    for _number in range(5):
        planned(ordered(account), PointAnswer.YES)
    session.flush()
    queries.statements.clear()
    assert ([one.participant.name for one in wishes(coach)], len(queries)) == (["Alva Ek"] * 5, 1)


def test_idag_leads_to_the_plan(
    sign_in: Callable[[Account], PageClient], session: Session, account: Account, order: ServiceOrder
) -> None:
    plan = planned(order, PointAnswer.YES)
    session.commit()
    page = sign_in(account).get("/")
    path = f"/deltagare/{order.participant.public_id}/planer/{plan.public_id}"
    assert ("Alva vill arbeta" in page.words, len(page.select(f'a[href="{path}"]'))) == (True, 1)


def test_the_own_page_knows_what_was_said_for_the_plan(order: ServiceOrder) -> None:
    on_own_page(order, PointAnswer.NO, 3)
    planned(order, PointAnswer.MAYBE)
    assert find_own_wish(order.participant_id, "person") is PointAnswer.MAYBE
    assert find_own_wish(order.participant_id, "representative") is None


def asked_on(coach: Identity) -> object:
    return lock_in_queries.stays(coach, lock_in_queries.Order.TRIED, 0, 50)[0].asked_on


def test_who_answered_on_the_own_page_or_for_a_plan_was_asked(coach: Identity, order: ServiceOrder) -> None:
    assert asked_on(coach) is None
    planned(order, PointAnswer.NO, hours=24 * 7)
    assert asked_on(coach) == ago(24 * 7).date()
    on_own_page(order, PointAnswer.NO, 48)
    assert asked_on(coach) == ago(48).date()


def test_a_plan_was_asked_about_on_the_day_it_was_confirmed(coach: Identity, order: ServiceOrder) -> None:
    planned(order, PointAnswer.YES, hours=0, fixed_on=LAST_WEEK)
    assert asked_on(coach) == LAST_WEEK


@pytest.mark.parametrize("answer", [None, PointAnswer.COULD_NOT_BE_ASKED, PointAnswer.DID_NOT_WANT_TO_ANSWER])
def test_a_plan_without_the_persons_answer_asked_nothing(
    coach: Identity, order: ServiceOrder, answer: PointAnswer | None
) -> None:
    planned(order, answer)
    on_own_page(order, PointAnswer.YES, said_by="representative")
    assert asked_on(coach) is None
