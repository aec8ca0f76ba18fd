"""A follow-up with a point about work unanswered is closed by nobody: not by the database's own language either."""

import importlib.util
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, combinations, product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aktema.app import create_app
from aktema.core import clock, schema
from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.core.paths import MIGRATIONS
from aktema.plans import guards, plan_guards
from aktema.plans.codes import PointAnswer, WorkPoint
from aktema.plans.follow_up_queries import lacks_of
from aktema.plans.models import Decision, FollowUp, WorkPointAnswer
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.people_builders import a_participant
from tests.support.plans import ALL_ANSWERED, a_decision, a_follow_up, an_answer

ALL = {**dict.fromkeys(WorkPoint, PointAnswer.NO), **ALL_ANSWERED}
CLOSE = "update follow_up set closed_on = :day, conclusion = 'continue' where id = :id"


@pytest.fixture
def decision(session: Session) -> Decision:
    return a_decision(a_participant())


def is_done(session: Session, statement: str, **values: object) -> bool:
    """Whether the database lets the statement through; nothing of it stays."""
    attempt = session.begin_nested()
    try:
        session.execute(text(statement), {"day": clock.today(), **values})
    except IntegrityError:
        return False
    else:
        return True
    finally:
        attempt.rollback()


def subsets() -> Iterator[Mapping[WorkPoint, PointAnswer]]:
    """Every choice of points that are answered."""
    for size in range(len(ALL) + 1):
        for chosen in combinations(WorkPoint, size):
            yield {point: ALL[point] for point in chosen}


def test_sql_closes_a_follow_up_when_all_six_points_are_answered_and_never_else(
    session: Session, decision: Decision
) -> None:
    follow_ups = [(a_follow_up(decision, answers=answers), len(answers)) for answers in subsets()]
    closed = [answered for row, answered in follow_ups if is_done(session, CLOSE, id=row.id)]
    assert (len(follow_ups), closed) == (64, [6])


def every_answer() -> Iterator[tuple[WorkPoint, str, dict[str, Any]]]:
    """Each point with each answer there is and one there is not, with and without all that can belong to it."""
    parts = product((None, clock.today()), (None, "Ring bageriet\nKim"), (None, "speech", "guess"))
    kinds = [{"on_date": on_date, "words": words, "channel": channel} for on_date, words, channel in parts]
    return product(WorkPoint, (*PointAnswer, "not_asked"), kinds)


def test_the_database_and_the_product_ask_the_same_of_an_answer(session: Session, decision: Decision) -> None:
    disagree, closed = [], 0
    rows = {point: an_answer(point, answer) for point, answer in ALL.items()}
    follow_up = a_follow_up(decision)
    follow_up.points = list(rows.values())
    for point, answer, parts in every_answer():
        row = rows[point]
        kept = {name: getattr(row, name) for name in ("answer", *parts)}
        for name, value in {"answer": answer, **parts}.items():
            setattr(row, name, value)
        session.flush()
        by_sql, by_rule = is_done(session, CLOSE, id=follow_up.id), not lacks_of(follow_up)
        closed += by_sql
        if by_sql != by_rule:
            disagree.append((point, answer, parts))
        for name, value in kept.items():
            setattr(row, name, value)
    assert disagree == []
    assert closed > 60


def test_a_follow_up_cannot_be_added_closed(session: Session, decision: Decision) -> None:
    insert = """insert into follow_up (public_id, created_at, participant_id, decision_id, kind, has_work_points,
        held_on, conclusion, closed_on, account_id, version)
        values (:public_id, :now, :person, :decision, 'plan', :has_points, :day, :conclusion, :closed, :account, 1)"""
    values = {
        "public_id": new_public_id(),
        "now": clock.now(),
        "person": decision.participant_id,
        "decision": decision.id,
        "account": decision.account_id,
    }
    closed = {"conclusion": "continue", "closed": clock.today()}
    still_open = {"conclusion": None, "closed": None}
    done = [
        is_done(session, insert, **values, **state, has_points=has_points)
        for state, has_points in ((still_open, True), (closed, True), (closed, False))
    ]
    assert done == [True, False, False]


def test_saying_that_it_has_no_points_does_not_close_a_follow_up_of_day_activity(
    session: Session, decision: Decision
) -> None:
    follow_up = a_follow_up(decision)
    statement = CLOSE.replace("set ", "set has_work_points = false, ")
    assert not is_done(session, statement, id=follow_up.id)


def test_another_support_measure_is_closed_without_points(session: Session) -> None:
    decision = a_decision(a_participant(), support_measure="companion")
    follow_up = a_follow_up(decision, has_work_points=False)
    assert is_done(session, CLOSE, id=follow_up.id)


CHANGES = (
    "update follow_up set closed_on = null, conclusion = null where id = :id",
    "update follow_up set summary_sealed = null where id = :id",
    "update follow_up set held_on = held_on where id = :id",
    "update work_point_answer set answer = 'yes' where follow_up_id = :id",
    "update work_point_answer set follow_up_id = :other where follow_up_id = :id",
    "update work_point_answer set follow_up_id = :id where follow_up_id = :other",
    "delete from work_point_answer where follow_up_id = :id",
    """insert into work_point_answer (public_id, created_at, follow_up_id, point, answer)
    values ('a', :now, :id, 'another', 'yes')""",
)


@pytest.mark.parametrize("statement", CHANGES)
def test_what_is_closed_is_changed_by_nobody(session: Session, decision: Decision, statement: str) -> None:
    closed = a_follow_up(decision, closed_on=clock.today())
    other = a_follow_up(decision, answers={WorkPoint.NEXT_STEP: PointAnswer.NO})
    values = {
        name: value
        for name, value in {"id": closed.id, "other": other.id, "now": clock.now()}.items()
        if f":{name}" in statement
    }
    assert not is_done(session, statement, **values)


def test_a_closed_follow_up_of_another_measure_is_not_deleted(session: Session) -> None:
    decision = a_decision(a_participant(), support_measure="companion")
    closed = a_follow_up(decision, has_work_points=False)
    closed.closed_on, closed.conclusion = clock.today(), "continue"
    session.flush()
    assert not is_done(session, "delete from follow_up where id = :id", id=closed.id)


def test_an_open_follow_up_is_written_and_taken_away(session: Session, decision: Decision) -> None:
    follow_up = a_follow_up(decision, answers=ALL)
    assert is_done(
        session, "update work_point_answer set answer = 'no' where follow_up_id = :id", id=follow_up.id
    )
    assert is_done(session, "delete from work_point_answer where follow_up_id = :id", id=follow_up.id)


@pytest.mark.parametrize("change", ["weekly_minutes = 60", "reason_sealed = null", "from_date = from_date"])
def test_granted_hours_are_changed_by_nobody(session: Session, decision: Decision, change: str) -> None:
    statement = f"update decision_extent set {change} where decision_id = :id"  # noqa: S608  # the changes above alone
    assert not is_done(session, statement, id=decision.id)


def test_granted_hours_are_taken_away_where_an_import_is_undone(session: Session, decision: Decision) -> None:
    assert is_done(session, "delete from decision_extent where decision_id = :id", id=decision.id)


REPLACED = {
    "sqlite": "insert or replace into {table} select * from {table} where id = :id",
    "postgresql": """insert into {table} select * from {table} where id = :id
        on conflict (id) do update set created_at = excluded.created_at""",
}


@pytest.mark.parametrize("table", ["follow_up", "work_point_answer"])
def test_what_is_closed_is_not_replaced(session: Session, decision: Decision, table: str) -> None:
    closed = a_follow_up(decision, closed_on=clock.today())
    statement = REPLACED[session.get_bind().dialect.name].format(table=table)
    assert not is_done(session, statement, id=closed.id if table == "follow_up" else closed.points[0].id)


def migration() -> ModuleType:
    file = Path(MIGRATIONS) / "versions" / "0013_guards.py"
    spec = importlib.util.spec_from_file_location("follow_up_guards", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_migration_makes_the_guards_of_the_product() -> None:
    made = migration()
    found = {"sqlite": made.FOLLOW_UPS_SQLITE, "postgresql": made.FOLLOW_UPS_POSTGRESQL}
    assert found == guards.GUARDS


def test_the_migration_makes_the_guards_of_plans() -> None:
    made = migration()
    found = {"sqlite": made.PLANS_SQLITE, "postgresql": made.PLANS_POSTGRESQL}
    wanted = {
        dialect: tuple(chain.from_iterable(by_table.values()))
        for dialect, by_table in plan_guards.GUARDS.items()
    }
    assert found == wanted


TRIGGERS = {
    "sqlite": "select name, sql from sqlite_master where type = 'trigger'",
    "postgresql": """select t.tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid)
        from pg_trigger t where not t.tgisinternal""",
}


def triggers(connection: Connection) -> set[tuple[str, str]]:
    return {(name, sql) for name, sql in connection.execute(text(TRIGGERS[connection.dialect.name]))}


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database that was moved up revision by revision."""
    with fresh_database(tmp_path, f"aktema_guards_{os.getpid()}") as url:
        app = create_app(settings_for_tests(tmp_path, url))
        with app.app_context():
            schema.upgrade()
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.mark.database
def test_no_later_migration_has_lost_a_guard(app: Flask, migrated: Flask) -> None:
    found = []
    for one in (app, migrated):
        with one.app_context(), db.engine.connect() as connection:
            found.append(triggers(connection))
    assert found[0] == found[1]
    assert len(found[0]) >= 2


@pytest.mark.database
@pytest.mark.parametrize("closes_first", [True, False])
def test_nobody_closes_a_follow_up_while_another_takes_an_answer_away(
    migrated: Flask, closes_first: bool
) -> None:
    follow_up = a_follow_up(a_decision(a_participant()), answers=ALL)
    values = {"id": follow_up.id, "day": clock.today()}
    db.session.commit()
    acts = [(CLOSE, values), ("delete from work_point_answer where follow_up_id = :id", {"id": values["id"]})]
    first, second = acts if closes_first else acts[::-1]
    with db.engine.connect() as one, db.engine.connect() as other, ThreadPoolExecutor() as pool:
        one.execute(text(first[0]), first[1])
        later = pool.submit(lambda: other.execute(text(second[0]), second[1]))
        with pytest.raises(TimeoutError):
            later.result(timeout=0.3)
        one.commit()
        with pytest.raises(IntegrityError):
            later.result(timeout=5)


def test_an_answer_refused_by_the_database_is_refused_by_the_orm_too(
    session: Session, decision: Decision
) -> None:
    closed = a_follow_up(decision, closed_on=clock.today())
    attempt = session.begin_nested()
    session.add(WorkPointAnswer(follow_up_id=closed.id, point="another", answer="yes"))
    with pytest.raises(IntegrityError):
        session.flush()
    attempt.rollback()
    assert session.get_one(FollowUp, closed.id).conclusion == "continue"
