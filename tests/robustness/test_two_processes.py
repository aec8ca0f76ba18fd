"""Reminders, time-outs and letters go out once: with two server processes, across restarts and a clock set back."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from aktema.app import create_app
from aktema.core.db import Base, db
from aktema.core.outbox import OutboxMessage
from aktema.core.settings import Settings
from aktema.pathway.models import Introduction
from aktema.steps.models import Step
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.introductions import a_sent_question
from tests.support.processes import look_after
from tests.support.reviews import a_card, a_trial_over
from tests.support.signatures import a_stay

pytestmark = pytest.mark.database
Told = tuple[Counter[str], Counter[str], list[str | None]]


@contextmanager
def installed(folder: Path, name: str) -> Iterator[Settings]:
    """An installation where an employer owes an answer, a trial runs, and another is over."""
    with fresh_database(folder, f"aktema_{name}_{os.getpid()}") as url:
        settings = settings_for_tests(folder, url)
        app = create_app(settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            with app.test_request_context("/"):
                a_sent_question()
                a_stay()
                a_card(a_trial_over(days_ago=1))
            db.session.commit()
            yield settings
            db.session.remove()
            db.engine.dispose()


def told() -> Told:
    """What was sent by kind, what stands on timelines by kind, and how questions ended."""
    sent = Counter(db.session.scalars(select(OutboxMessage.kind)))
    steps = Counter(db.session.scalars(select(Step.contact_type)))
    closed = list(db.session.scalars(select(Introduction.closed_reason).order_by(Introduction.id)))
    db.session.rollback()  # nobody else could write meanwhile
    return sent, steps, closed


def test_two_processes_tell_what_one_would(tmp_path: Path) -> None:
    with installed(tmp_path, "one") as settings:
        before = told()
        look_after(settings, 0, 9, 40, count=1)
        expected = told()
    with installed(tmp_path, "two") as settings:
        look_after(settings, 0, 9, count=2)
        look_after(settings, 1, 40, count=2)  # started again, with a clock that has been set back
        assert told() == expected
    assert {"introduction_reminder", "check_in", "review"} <= {*(expected[0] - before[0])}
    assert "employer_silent" in expected[2]
