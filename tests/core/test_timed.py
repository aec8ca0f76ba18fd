"""What the clock asks for is done once: by two processes, across restarts, and whatever happens to the clock."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core import clock, jobs
from aktema.core.db import db
from aktema.core.outbox import Channel, OutboxMessage, send
from aktema.core.timed import TimedAct, once

ROUNDS = 20


def remind() -> None:
    """A reminder that is due."""
    if once("review:12:day3"):
        send("review_reminder", channel=Channel.EMAIL, address="a@b.se", subject="Påminnelse", body="Hej!")


@pytest.fixture
def chores(monkeypatch: pytest.MonkeyPatch) -> list[jobs.Chore]:
    """The chores of a test alone."""
    mine: list[jobs.Chore] = []
    monkeypatch.setattr(jobs, "_chores", mine)
    return mine


def test_a_key_is_good_for_one_time(session: Session) -> None:
    assert [once("a"), once("a"), once("b")] == [True, False, True]


def test_a_key_is_good_again_for_a_day_after_it_was_used(session: Session) -> None:
    today, day = clock.today(), timedelta(days=1)
    assert once("a", since=today)
    assert [once("a", since=today), once("a", since=today - day), once("a")] == [False, False, False]
    with time_machine.travel(clock.now() + day, tick=False):
        assert [once("a", since=today), once("a", since=today + day)] == [False, True]
        assert not once("a", since=today + day)


def test_an_act_that_failed_is_done_the_next_time(session: Session) -> None:
    assert once("a")
    session.rollback()
    assert once("a")


def test_a_clock_that_is_set_back_does_nothing_again(
    session: Session, chores: list[jobs.Chore], monkeypatch: pytest.MonkeyPatch
) -> None:
    chores.append(remind)
    jobs.do_chores()
    yesterday = clock.now() - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: yesterday)
    jobs.do_chores()
    assert len(session.scalars(select(OutboxMessage.id)).all()) == 1


def test_a_chore_that_breaks_stops_no_other(session: Session, chores: list[jobs.Chore]) -> None:
    def break_down() -> None:
        once("half done")
        raise ValueError

    chores.extend([break_down, remind])
    jobs.do_chores()
    assert session.scalars(select(TimedAct.key)).all() == ["review:12:day3"]


def test_the_worker_looks_again_after_an_hour_whatever_the_clock_says(
    app: Flask, chores: list[jobs.Chore], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    chores.append(lambda: done.append(1))
    seconds = iter((0.0, 1.0, 1.0, 1800.0, 3602.0, 3602.0))
    monkeypatch.setattr(jobs, "elapsed", lambda: next(seconds))
    worker = jobs.Worker(app)
    with app.app_context():
        for _look in range(3):
            worker._look()
        db.session.remove()
    assert len(done) == 2


@pytest.mark.database
def test_two_processes_at_once_send_one_reminder(apart: tuple[Flask, Flask]) -> None:
    def all_rounds(app: Flask, gate: threading.Barrier) -> None:
        for turn in range(ROUNDS):
            gate.wait(30)
            with app.app_context():
                if once(f"turn:{turn}"):
                    send("digest", channel=Channel.EMAIL, address="a@b.se", subject="Läget", body=f"{turn}")
                db.session.commit()
                db.session.remove()

    gate = threading.Barrier(2)
    threads = [threading.Thread(target=all_rounds, args=(app, gate)) for app in apart]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with apart[0].app_context():
        bodies = [message.body for message in db.session.scalars(select(OutboxMessage))]
    assert sorted(bodies, key=lambda body: int(body or "")) == [str(turn) for turn in range(ROUNDS)]


@pytest.mark.database
def test_a_process_that_starts_again_does_nothing_twice(
    apart: tuple[Flask, Flask], chores: list[jobs.Chore]
) -> None:
    chores.append(remind)
    for app in apart:
        with app.app_context():
            jobs.do_chores()
            db.session.remove()
    with apart[1].app_context():
        assert len(db.session.scalars(select(OutboxMessage.id)).all()) == 1
