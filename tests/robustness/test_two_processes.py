"""Reminders, time-outs and letters go out once: with two server processes, across restarts and a clock set back."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from aktema.access.link_codes import Purpose
from aktema.access.models import AccessEntry
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core import clock
from aktema.core.db import Base, db
from aktema.core.outbox import OutboxMessage
from aktema.core.settings import Settings
from aktema.core.timed import TimedAct
from aktema.employers.models import PlacementStateChange
from aktema.pathway.models import Introduction
from aktema.pathway.trial_states import DRAFT_LASTS, Party
from aktema.steps.models import Step
from aktema.vocabulary.operations import load_vocabulary
from tests.conftest import settings_for_tests
from tests.support.database import fresh_database
from tests.support.employers import a_contact, a_placement, a_workplace
from tests.support.introductions import a_sent_question
from tests.support.links import a_link
from tests.support.people import an_account
from tests.support.processes import look_after
from tests.support.reviews import a_card, a_trial_over
from tests.support.signatures import a_stay
from tests.support.trials import sign

pytestmark = pytest.mark.database


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What was sent by kind, what stands on timelines by kind, who was traced doing what, and how matters ended.

    paused: the states positions came into. weeks: those whose digest a manager has been promised.
    """

    sent: Counter[str]
    steps: Counter[str]
    traced: Counter[str]
    closed: list[str | None]
    paused: list[str]
    weeks: int


def an_old_draft() -> None:
    """An agreement that the person signed and the employer was asked to, and that twelve weeks have not finished."""
    draft = a_stay(signed=False).trial
    sign(draft.agreements[0], Party.PERSON)
    draft.begun_on = clock.today() - DRAFT_LASTS


def an_expiring_position() -> None:
    """A position of which somebody is to say, within ten days, whether it still holds."""
    workplace = a_workplace()
    a_contact(workplace.employer, email="ola@bageriet.example")
    a_placement(workplace, expires_on=clock.today() + timedelta(days=10))
    a_link(Purpose.POST_PLACEMENT, workplace.employer_id)


def seed() -> None:
    a_sent_question()
    an_account(Role.UNIT_MANAGER, a_stay().who.unit)
    a_card(a_trial_over(days_ago=1))
    an_old_draft()
    an_expiring_position()


@contextmanager
def installed(folder: Path, name: str) -> Iterator[Settings]:
    """An installation where much falls due: an answer, a trial that runs, one that is over, a draft, a position."""
    with fresh_database(folder, f"aktema_{name}_{os.getpid()}") as url:
        settings = settings_for_tests(folder, url)
        app = create_app(settings)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            load_vocabulary()
            with app.test_request_context("/"):
                seed()
            db.session.commit()
            yield settings
            db.session.remove()
            db.engine.dispose()


def told() -> Told:
    writes = select(AccessEntry).where(AccessEntry.kind == "write")
    found = Told(
        sent=Counter(db.session.scalars(select(OutboxMessage.kind))),
        steps=Counter(db.session.scalars(select(Step.contact_type))),
        traced=Counter(f"{one.act} {one.object_kind} {one.detail}" for one in db.session.scalars(writes)),
        closed=list(db.session.scalars(select(Introduction.closed_reason).order_by(Introduction.id))),
        paused=list(db.session.scalars(select(PlacementStateChange.state))),
        weeks=len(db.session.scalars(select(TimedAct.key).where(TimedAct.key.startswith("digest:"))).all()),
    )
    db.session.rollback()  # nobody else could write meanwhile
    return found


def test_two_processes_tell_what_one_would(tmp_path: Path) -> None:
    with installed(tmp_path, "one") as settings:
        before = told()
        look_after(settings, 0, 9, 40, count=1)
        expected = told()
    with installed(tmp_path, "two") as settings:
        look_after(settings, 0, 9, count=2)
        look_after(settings, 0, 40, count=2)  # started again, with a clock that has been set back
        assert told() == expected
    assert {"introduction_reminder", "check_in", "review"} <= {*(expected.sent - before.sent)}
    assert "employer_silent" in expected.closed
    _each_happened_once(before, expected)


def _each_happened_once(before: Told, after: Told) -> None:
    """A position is asked about and paused; a draft and two trials end; a manager has a digest for each week."""
    sent = after.sent - before.sent
    assert (sent["position_expires"], after.paused) == (1, ["paused"])
    assert ((after.steps - before.steps)["trial_ended"], sent["trial_stopped"]) == (3, 1)
    assert sent["digest"] == after.weeks > 1
