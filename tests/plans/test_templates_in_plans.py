"""A plan is begun from a template: its goals are put in, with their easy-read words and pictures."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans import template_operations as operations
from aktema.plans import template_queries as queries
from aktema.plans.plan_document import document_of
from aktema.plans.plan_models import Plan
from aktema.plans.plan_queries import get_plan
from aktema.plans.rules.template_content import Kind
from aktema.plans.template_models import SharedTemplate
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order
from tests.support.templates import (
    BUS,
    a_goal,
    a_plan_template,
    a_sheet,
    a_template,
    an_activity,
)

Browser = Callable[[Account], PageClient]


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def page(sign_in: Browser, coach: Account) -> PageClient:
    return sign_in(coach)


@pytest.fixture
def held(coach: Account) -> SharedTemplate:
    return a_template(act_as(coach))


@pytest.fixture
def plan(coach: Account) -> Plan:
    unit = db.session.get(Unit, coach.memberships[0].unit_id)
    assert unit is not None
    person = a_participant()
    an_assignment(person, kind="coach", account=coach, unit=unit)
    an_assignment(person, kind="provider", unit=unit)
    decision = a_decision(person, an_account(Role.LSS_HANDLER), from_date=clock.today() - timedelta(days=9))
    order = an_order(decision, unit, coordinator=an_account(Role.COORDINATOR, unit))
    return a_plan(order, goals=1, activities=0, number=1)


def whole(plan: Plan) -> Plan:
    db.session.expire_all()
    return get_plan(plan.participant_id, plan.public_id)


def test_a_templates_goals_are_put_into_the_plan(coach: Account, held: SharedTemplate, plan: Plan) -> None:
    act_as(coach)
    operations.put_into_plan(plan, held)
    goal = document_of(whole(plan)).goals[-1]
    said = {one.field: (one.standard, one.easy) for one in goal.statements}
    assert (goal.life_area, said["text"]) == ("d8", ("Prova ett kafé", "Jag provar ett kafé."))
    assert [(one.pattern.weekdays, one.support_level, one.is_toward_work) for one in goal.activities] == [
        (5, 2, True)
    ]


def test_an_easy_read_text_from_a_template_is_not_old(
    coach: Account, held: SharedTemplate, plan: Plan
) -> None:
    act_as(coach)
    operations.put_into_plan(plan, held)
    goal = document_of(whole(plan)).goals[-1]
    assert not any(one.is_easy_old for one in (*goal.statements, *goal.activities[0].statements))


def test_a_picture_from_a_pack_that_is_not_here_is_its_word_alone(coach: Account, plan: Plan) -> None:
    what = an_activity().words | {
        "how": an_activity().words["how"].__class__(standard="Buss", pictures=(BUS,))
    }
    held = a_template(act_as(coach), a_plan_template("Åka buss", a_goal("g", "Åka", an_activity(words=what))))
    operations.put_into_plan(plan, held)
    statements = document_of(whole(plan)).goals[-1].activities[0].statements
    assert [(one.ref, one.word) for said in statements for one in said.pictures] == [
        ("moji:1F373", "kök"),
        ("", "buss"),
    ]


def test_only_the_goals_that_are_chosen_are_put_in(coach: Account, plan: Plan) -> None:
    two = a_plan_template("Två", a_goal("g1", "Det ena"), a_goal("g2", "Det andra", an_activity("a2")))
    held = a_template(act_as(coach), two)
    operations.put_into_plan(plan, held, ["g2"])
    texts = [one.statements[0].standard for one in document_of(whole(plan)).goals[1:]]
    assert texts == ["Det andra"]


@pytest.mark.parametrize("only", [[], ["ingen"]])
def test_no_goal_is_refused(coach: Account, held: SharedTemplate, plan: Plan, only: list[str]) -> None:
    act_as(coach)
    with pytest.raises(DomainError):
        operations.put_into_plan(plan, held, only)


def test_a_sheet_is_no_beginning_of_a_plan(coach: Account, plan: Plan) -> None:
    held = a_template(act_as(coach), a_sheet())
    with pytest.raises(DomainError):
        operations.put_into_plan(plan, held)


def test_a_plan_is_begun_from_its_own_page(page: PageClient, held: SharedTemplate, plan: Plan) -> None:
    db.session.commit()
    start = f"/deltagare/{plan.participant.public_id}/planer/{plan.public_id}/mallar"
    link = next(one["href"] for one in page.get(start).select("main a") if held.public_id in one["href"])
    answer = page.submit(link, {"goals": "g1"})
    assert (answer.status, "Prova ett kafé" in answer.words) == (200, True)
    assert len(document_of(whole(plan)).goals) == 2


def test_a_fixed_plan_takes_no_template(
    page: PageClient, coach: Account, held: SharedTemplate, plan: Plan
) -> None:
    plan.confirmed_on, plan.confirmed_by, plan.confirmed_how = clock.today(), "person", "spoken"
    plan.fixed_on, plan.fixed_by_id = clock.today(), coach.id
    db.session.commit()
    start = f"/deltagare/{plan.participant.public_id}/planer/{plan.public_id}/mallar/{held.public_id}"
    assert page.submit(start, {"goals": "g1"}).status == 422


def test_whoever_has_no_right_to_the_person_sees_no_templates_for_the_plan(
    sign_in: Browser, plan: Plan
) -> None:
    stranger = sign_in(an_account(Role.JOB_COACH, a_unit()))
    path = f"/deltagare/{plan.participant.public_id}/planer/{plan.public_id}/mallar"
    assert stranger.get(path).status == 404


def test_putting_a_template_in_leaves_a_trace_on_the_person(
    coach: Account, held: SharedTemplate, plan: Plan
) -> None:
    act_as(coach)
    operations.put_into_plan(plan, held)
    rows = select(AccessEntry.detail).where(AccessEntry.participant_id == plan.participant_id)
    assert f"from template {held.id} version 1" in set(db.session.scalars(rows))


def test_an_unknown_sort_has_no_templates(session: Session) -> None:
    assert queries.count_templates() == dict.fromkeys(Kind, 0)
