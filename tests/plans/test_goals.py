"""Each goal is told by the person and by the staff, side by side; both answers are needed to close a follow-up."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import DomainError
from aktema.plans import follow_up_operations as operations
from aktema.plans import goal_queries as queries
from aktema.plans.codes import Channel, Conclusion, PointAnswer, WorkPoint
from aktema.plans.follow_up_operations import FollowUpFacts
from aktema.plans.goal_codes import GoalAnswer
from aktema.plans.goal_forms import goal_field
from aktema.plans.goal_models import GoalResult
from aktema.plans.goal_operations import GoalFacts, write_results
from aktema.plans.goal_page import GoalRow, goals_shown
from aktema.plans.models import FollowUp, ServiceOrder
from aktema.plans.plan_models import Plan
from tests.conftest import QueryCount
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plan import a_plan
from tests.support.plans import ALL_ANSWERED, a_decision, a_follow_up, an_order

TODAY = clock.today()
LONG_AGO = TODAY - timedelta(days=400)
ALL = {**dict.fromkeys(WorkPoint, PointAnswer.NO), **ALL_ANSWERED}
BOTH = {"person": GoalAnswer.HALFWAY, "channel": Channel.PICTURES, "staff": GoalAnswer.ALMOST}


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def account(unit: Unit) -> Account:
    return an_account(Role.COORDINATOR, unit)


@pytest.fixture
def order(account: Account, unit: Unit) -> ServiceOrder:
    decision = a_decision(a_participant(), from_date=LONG_AGO)
    return an_order(decision, unit, answer="accepted", coordinator=account, first_day=LONG_AGO)


@pytest.fixture
def plan(order: ServiceOrder) -> Plan:
    return a_plan(order, goals=2, fixed_on=LONG_AGO)


@pytest.fixture
def follow_up(order: ServiceOrder, plan: Plan) -> FollowUp:
    return a_follow_up(order.decision, kind="plan", order_id=order.id, answers=ALL)


def told(follow_up: FollowUp, **changes: object) -> None:
    """Every goal answered alike."""
    facts = {**BOTH, **changes}
    write_results(
        follow_up,
        [GoalFacts(key=one.key, **facts) for one in queries.goals_of(follow_up)],  # type: ignore[arg-type]  # its own fields
    )


def shown(follow_up: FollowUp) -> Sequence[GoalRow]:
    return goals_shown(queries.followed_goals(follow_up))


def is_closed_by_sql(session: Session, follow_up: FollowUp) -> bool:
    statement = text("update follow_up set closed_on = :day, conclusion = 'continue' where id = :id")
    session.flush()
    attempt = session.begin_nested()
    try:
        session.execute(statement, {"day": TODAY, "id": follow_up.id})
    except IntegrityError:
        return False
    else:
        return True
    finally:
        attempt.rollback()


# --- which goals ---


def test_the_goals_are_those_of_the_newest_fixed_version(order: ServiceOrder, follow_up: FollowUp) -> None:
    newest = a_plan(order, goals=3, number=2, fixed_on=TODAY)
    a_plan(order, goals=1, number=3)
    assert [one.key for one in queries.goals_of(follow_up)] == [goal.key for goal in newest.goals]


def test_without_a_fixed_plan_there_are_no_goals(session: Session, order: ServiceOrder) -> None:
    a_plan(order)
    follow_up = a_follow_up(order.decision, kind="plan", order_id=order.id, answers=ALL)
    assert (list(queries.goals_of(follow_up)), list(queries.goal_lacks_of(follow_up))) == ([], [])
    assert is_closed_by_sql(session, follow_up)


def test_a_goal_says_what_the_plan_says(follow_up: FollowUp) -> None:
    goal = queries.goals_of(follow_up)[0]
    assert (goal.text, goal.easy, goal.measure) == ("text i planen", "text enkelt", "measure i planen")


# --- what it lacks ---


LEVELS = [one for one in GoalAnswer if one.level is not None]
REFUSED, NOT_ASKED = GoalAnswer.DID_NOT_WANT_TO_ANSWER, GoalAnswer.COULD_NOT_BE_ASKED


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({}, []),
        *(({"person": level, "staff": level}, []) for level in LEVELS),
        ({"person": None}, ["person"]),
        ({"staff": None}, ["staff"]),
        ({"person": None, "staff": None}, ["person", "staff"]),
        ({"channel": None}, ["channel"]),
        ({"person": REFUSED, "channel": None}, []),
        ({"person": NOT_ASKED}, ["words"]),
        ({"person": NOT_ASKED, "words": "Var sjuk."}, []),
        ({"staff": REFUSED}, []),
        ({"staff": NOT_ASKED}, ["staff_words"]),
        ({"staff": NOT_ASKED, "staff_words": "Ny här."}, []),
    ],
)
def test_the_database_and_the_product_ask_the_same_of_a_goal(
    session: Session, follow_up: FollowUp, changes: dict[str, object], lacking: list[str]
) -> None:
    told(follow_up, **changes)
    session.flush()
    assert [one.part for one in queries.goal_lacks_of(follow_up)] == lacking * 2
    assert is_closed_by_sql(session, follow_up) is (lacking == [])


def test_a_follow_up_with_a_goal_left_is_not_closed_and_says_which(follow_up: FollowUp) -> None:
    with pytest.raises(DomainError) as refused:
        operations.close(follow_up, Conclusion.CONTINUE)
    assert "text i planen" in str(refused.value.message)


def test_a_follow_up_with_every_goal_told_is_closed(follow_up: FollowUp) -> None:
    told(follow_up)
    assert operations.close(follow_up, Conclusion.CONTINUE).closed_on == TODAY


@pytest.mark.parametrize("has_plan", [True, False])
def test_a_follow_up_of_the_decision_asks_the_goals_of_a_fixed_plan(
    session: Session, order: ServiceOrder, has_plan: bool
) -> None:
    if has_plan:
        a_plan(order, goals=2, fixed_on=LONG_AGO)
    follow_up = a_follow_up(order.decision, answers=ALL)
    assert (len(queries.goals_of(follow_up)), is_closed_by_sql(session, follow_up)) == (
        2 * has_plan,
        not has_plan,
    )
    told(follow_up)
    assert is_closed_by_sql(session, follow_up)
    assert operations.close(follow_up, Conclusion.CONTINUE).closed_on == TODAY


@pytest.mark.parametrize(("ended", "goals"), [(None, 3), (TODAY, 3), (TODAY - timedelta(days=1), 0)])
def test_a_follow_up_of_the_decision_asks_the_newest_plan_of_each_order_that_is_running(
    session: Session, order: ServiceOrder, plan: Plan, unit: Unit, ended: date | None, goals: int
) -> None:
    a_plan(order, goals=3, number=2, fixed_on=TODAY)
    a_plan(order, goals=4, number=3)
    other = an_order(order.decision, unit, answer="accepted", first_day=LONG_AGO)
    a_plan(other, goals=1, fixed_on=LONG_AGO)
    order.closed_on = ended
    session.flush()
    follow_up = a_follow_up(order.decision, answers=ALL)
    assert len(queries.goals_of(follow_up)) == goals + 1
    theirs = [one.key for one in queries.goals_of(follow_up)][-1:]
    write_results(follow_up, [GoalFacts(key=key, **BOTH) for key in theirs])  # type: ignore[arg-type]  # its own fields
    assert is_closed_by_sql(session, follow_up) is (goals == 0)


def test_goals_of_another_decision_are_not_asked(session: Session, order: ServiceOrder, plan: Plan) -> None:
    follow_up = a_follow_up(a_decision(order.participant), answers=ALL)
    assert list(queries.goal_lacks_of(follow_up)) == []
    assert is_closed_by_sql(session, follow_up)


CHANGES = (
    "update goal_result set person = '4' where follow_up_id = :id",
    "delete from goal_result where follow_up_id = :id",
    """insert into goal_result (public_id, created_at, follow_up_id, goal_id, goal_key)
    select 'a', created_at, follow_up_id, goal_id, 'another' from goal_result where follow_up_id = :id""",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_results_of_a_closed_follow_up_are_changed_by_nobody(
    session: Session, follow_up: FollowUp, statement: str
) -> None:
    told(follow_up)
    session.flush()
    operations.close(follow_up, Conclusion.CONTINUE)
    session.flush()
    attempt = session.begin_nested()
    with pytest.raises(IntegrityError):
        session.execute(text(statement), {"id": follow_up.id})
    attempt.rollback()


# --- side by side ---


@pytest.mark.parametrize(
    ("person", "staff", "difference"),
    [
        (GoalAnswer.HALFWAY, GoalAnswer.HALFWAY, ""),
        (GoalAnswer.REACHED, GoalAnswer.A_LITTLE, "Personen ser mer framsteg än personalen, 3 steg isär."),
        (GoalAnswer.NOT_BEGUN, GoalAnswer.A_LITTLE, "Personalen ser mer framsteg än personen, 1 steg isär."),
        (REFUSED, GoalAnswer.A_LITTLE, ""),
        (None, GoalAnswer.A_LITTLE, ""),
    ],
)
def test_a_difference_is_told_and_never_averaged(
    session: Session, follow_up: FollowUp, person: GoalAnswer | None, staff: GoalAnswer, difference: str
) -> None:
    told(follow_up, person=person, staff=staff)
    session.flush()
    assert {one.difference for one in shown(follow_up)} == {difference}


def test_a_follow_up_of_the_decision_shows_its_own_answers(
    session: Session, order: ServiceOrder, follow_up: FollowUp
) -> None:
    told(follow_up)
    handlers = a_follow_up(order.decision)
    told(handlers, words="Jag kan nu.")
    session.flush()
    assert [(str(one.person), one.words) for one in shown(handlers)] == [("Halvvägs", "Jag kan nu.")] * 2


def test_a_closed_follow_up_keeps_the_goals_it_was_about(
    session: Session, order: ServiceOrder, follow_up: FollowUp
) -> None:
    told(follow_up)
    session.flush()
    operations.close(follow_up, Conclusion.CONTINUE)
    session.flush()
    a_plan(order, goals=1, number=2, fixed_on=TODAY)
    assert len(shown(follow_up)) == 2


def test_what_is_taken_back_is_no_answer(session: Session, follow_up: FollowUp) -> None:
    told(follow_up)
    session.flush()
    told(follow_up, person=None)
    session.flush()
    assert set(session.scalars(select(GoalResult.person))) == {None}


def test_nothing_is_kept_of_goals_nobody_has_told(session: Session, follow_up: FollowUp) -> None:
    facts = FollowUpFacts(
        held_on=TODAY, goals=[GoalFacts(key=one.key) for one in queries.goals_of(follow_up)]
    )
    operations.write(follow_up, facts)
    assert session.scalars(select(GoalResult)).all() == []


# --- pages ---


@pytest.fixture
def browser(
    session: Session, sign_in: Callable[[Account], PageClient], account: Account, follow_up: FollowUp
) -> PageClient:
    session.commit()
    return sign_in(account)


def page_of(follow_up: FollowUp, rest: str = "") -> str:
    return f"/deltagare/{follow_up.participant.public_id}/uppfoljningar/{follow_up.public_id}{rest}"


def typed(follow_up: FollowUp, person: str, staff: str) -> dict[str, str]:
    answers = {"person": person, "channel": "pictures", "staff": staff}
    goals = queries.goals_of(follow_up)
    return {goal_field(part, one.key): value for one in goals for part, value in answers.items()}


def test_goals_are_asked_saved_and_shown_again(
    session: Session, browser: PageClient, follow_up: FollowUp
) -> None:
    page = browser.submit(page_of(follow_up), {**typed(follow_up, "1", "3"), "go": "close"})
    assert "Ser olika" in page.words
    browser.submit(page_of(follow_up, "/avsluta"), {"conclusion": "continue"})
    page = browser.get(page_of(follow_up))
    assert "Personalen ser mer framsteg än personen, 2 steg isär." in page.words


def test_who_handles_the_case_is_asked_the_goals_too(
    session: Session, sign_in: Callable[[Account], PageClient], order: ServiceOrder, plan: Plan
) -> None:
    handler = an_account(Role.LSS_HANDLER)
    an_assignment(order.participant, kind="handler", account=handler)
    follow_up = a_follow_up(order.decision, answers=ALL, account=handler)
    session.commit()
    browser = sign_in(handler)
    browser.submit(page_of(follow_up), typed(follow_up, "1", "3"))
    browser.submit(page_of(follow_up, "/avsluta"), {"conclusion": "continue"})
    assert "2 steg isär" in browser.get(page_of(follow_up)).words


def test_the_page_for_closing_leads_to_the_goal_that_is_left(
    browser: PageClient, follow_up: FollowUp
) -> None:
    page = browser.get(page_of(follow_up, "/avsluta"))
    places = [str(link["href"]).partition("#")[2] for link in page.select(".ds-alert a")]
    assert places[0] == goal_field("person", queries.goals_of(follow_up)[0].key)


def test_words_without_an_answer_are_not_thrown_away(browser: PageClient, follow_up: FollowUp) -> None:
    key = queries.goals_of(follow_up)[0].key
    page = browser.submit(page_of(follow_up), {goal_field("staff_words", key): "Vi ser att det går bra."})
    assert page.status == 422
    assert "Vi ser att det går bra." in page.text


def test_the_pages_take_a_constant_number_of_statements(
    browser: PageClient, order: ServiceOrder, session: Session, follow_up: FollowUp, queries: QueryCount
) -> None:
    a_plan(order, goals=12, number=2, fixed_on=TODAY)
    session.commit()
    for path in [page_of(follow_up, rest) for rest in ("", "/avsluta")]:
        queries.statements.clear()
        browser.get(path)
        assert len(queries) <= 12, (len(queries), [one[:90] for one in queries.statements])
