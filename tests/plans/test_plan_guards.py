"""A fixed plan stands: the database lets nobody change it either."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aktema.core import clock
from aktema.plans import plan_guards
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_models import Plan
from tests.support.people import a_unit
from tests.support.people_builders import a_participant
from tests.support.plan import a_plan
from tests.support.plans import a_decision, an_order

TABLES = tuple(plan_guards.PARTS)
WRITTEN = (
    "update {table} set public_id = public_id where plan_id = :id",
    "delete from {table} where plan_id = :id",
)
MOVED = "update {table} set plan_id = :to where plan_id = :id"
ALL = ("plan", *TABLES)


@pytest.fixture
def order(session: Session) -> ServiceOrder:
    return an_order(a_decision(a_participant()), a_unit(), answer="accepted", first_day=clock.today())


@pytest.fixture
def fixed(order: ServiceOrder) -> Plan:
    return a_plan(order, fixed_on=clock.today())


@pytest.fixture
def draft(fixed: Plan) -> Plan:
    return a_plan(fixed.order, number=2, follows_id=fixed.id)


def is_done(session: Session, statement: str, **values: object) -> bool:
    """Whether the database lets the statement through; nothing of it stays."""
    attempt = session.begin_nested()
    used = {name: value for name, value in values.items() if f":{name}" in statement}
    try:
        session.execute(text(statement), used)
    except IntegrityError:
        return False
    else:
        return True
    finally:
        attempt.rollback()


def own(table: str) -> str:
    return "id" if table == "plan" else "plan_id"


@pytest.mark.parametrize("table", ALL)
@pytest.mark.parametrize(
    "statement",
    [
        "update {table} set id = id where {own} = :id",
        "update {table} set public_id = 'a' where {own} = :id",
        "delete from {table} where {own} = :id",
    ],
)
def test_what_a_fixed_plan_says_is_changed_by_nobody(
    session: Session, fixed: Plan, table: str, statement: str
) -> None:
    assert not is_done(session, statement.format(table=table, own=own(table)), id=fixed.id)


@pytest.mark.parametrize("table", TABLES)
def test_a_draft_is_written_and_taken_away(session: Session, draft: Plan, table: str) -> None:
    done = [is_done(session, statement.format(table=table), id=draft.id) for statement in WRITTEN]
    assert done == [True, True]


@pytest.mark.parametrize("table", TABLES)
def test_nothing_moves_into_or_out_of_a_fixed_plan(
    session: Session, fixed: Plan, draft: Plan, table: str
) -> None:
    statement = MOVED.format(table=table)
    moved = [
        is_done(session, statement, id=one.id, to=other.id) for one, other in ((fixed, draft), (draft, fixed))
    ]
    assert moved == [False, False]


INSERTS = (
    """insert into plan_line (public_id, created_at, plan_id, place, field)
    values ('a', :now, :id, '', 'another')""",
    """insert into goal (public_id, created_at, plan_id, key, position, life_area, saved_at, version)
    values ('a', :now, :id, 'a', 9, 'd8', :now, 1)""",
    """insert into planned_activity (public_id, created_at, plan_id, goal_key, key, position, week_pattern,
    is_toward_work, saved_at, version) values ('a', :now, :id, 'a', 'a', 9, 'every', false, :now, 1)""",
    """insert into plan_participation (public_id, created_at, plan_id, role, how)
    values ('a', :now, :id, 'person', 'met')""",
)


@pytest.mark.parametrize("statement", INSERTS)
def test_nothing_is_added_to_a_fixed_plan(session: Session, fixed: Plan, draft: Plan, statement: str) -> None:
    done = [is_done(session, statement, id=one.id, now=clock.now()) for one in (fixed, draft)]
    assert done == [False, True]


def test_a_plan_cannot_be_added_fixed(session: Session, order: ServiceOrder) -> None:
    plan = Plan(
        participant_id=order.participant_id,
        order_id=order.id,
        number=1,
        has_work_part=True,
        account_id=order.account_id,
        confirmed_on=clock.today(),
        confirmed_by="person",
        confirmed_how="spoken",
        fixed_on=clock.today(),
        fixed_by_id=order.account_id,
    )
    attempt = session.begin_nested()
    session.add(plan)
    with pytest.raises(IntegrityError):
        session.flush()
    attempt.rollback()


REPLACED = {
    "sqlite": "insert or replace into {table} select * from {table} where {own} = :id",
    "postgresql": """insert into {table} select * from {table} where {own} = :id
        on conflict (id) do update set public_id = excluded.public_id""",
}


@pytest.mark.parametrize("table", ALL)
def test_what_is_fixed_is_not_replaced(session: Session, fixed: Plan, table: str) -> None:
    statement = REPLACED[session.get_bind().dialect.name].format(table=table, own=own(table))
    assert not is_done(session, statement, id=fixed.id)


IN_THE_PLACE_OF_ANOTHER = {
    "sqlite": """insert or replace into plan_line (id, public_id, created_at, plan_id, place, field)
        select id, 'a', created_at, :to, 'elsewhere', 'what' from plan_line where plan_id = :id limit 1""",
    "postgresql": """insert into plan_line (id, public_id, created_at, plan_id, place, field)
        select id, 'a', created_at, :to, 'elsewhere', 'what' from plan_line where plan_id = :id limit 1
        on conflict (id) do update set plan_id = excluded.plan_id""",
}


def test_a_row_of_a_draft_does_not_take_the_place_of_one_that_is_fixed(
    session: Session, fixed: Plan, draft: Plan
) -> None:
    statement = IN_THE_PLACE_OF_ANOTHER[session.get_bind().dialect.name]
    assert not is_done(session, statement, id=fixed.id, to=draft.id)
    assert is_done(session, statement, id=draft.id, to=draft.id)
