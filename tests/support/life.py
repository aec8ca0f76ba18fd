"""What machines of acts in any order share: a clock they move, chores as days pass, and what is only ever added."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import ClassVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import select, update

from aktema.access.models import AccessEntry, Account, ServerSession
from aktema.core import clock, jobs
from aktema.core.db import db
from aktema.steps.models import Step
from tests.support.page import PageClient
from tests.support.town import Town

DAY = timedelta(days=1)
BEGINS = datetime(2026, 3, 9, 9, tzinfo=UTC)
CHORES_EVERY = 6
"""Days: what is told of within a week is told of. The worker looks every hour."""

Line = tuple[int, str, str | None]


class Life(RuleBasedStateMachine):
    """A town where time passes. `town` is made by the machine's first step."""

    sign_in: ClassVar[Callable[[Account], PageClient]]
    patch: ClassVar[pytest.MonkeyPatch]
    accepted: ClassVar[int] = 0
    """How many acts have changed something: a machine that everybody refuses proves nothing."""
    town: Town

    def at(self, moment: datetime) -> None:
        self.now = moment
        self.patch.setattr(clock, "now", lambda: moment)

    def traces(self) -> int:
        """How many writes have been traced; the ones there were before are all still there."""
        found = db.session.scalars(select(AccessEntry.id).where(AccessEntry.kind == "write")).all()
        traced: frozenset[int] = getattr(self, "traced", frozenset())
        self.traced = frozenset(found)
        assert traced <= self.traced
        return len(found)

    def lines(self) -> int:
        """How many lines the timeline has, each in two wordings; what it said before it says still."""
        steps = db.session.scalars(select(Step).where(Step.participant_id == self.town.who.person.id)).all()
        assert all(one.line and one.own_line for one in steps)
        told: frozenset[Line] = getattr(self, "told", frozenset())
        self.told = frozenset((one.id, one.line, one.own_line) for one in steps)
        assert told <= self.told
        return len(steps)

    def let_days_pass(self, days: int) -> None:
        """So many days go by, with what the worker does meanwhile."""
        for passed in [*range(CHORES_EVERY, days, CHORES_EVERY), days] if days else ():
            self.at(self.now + (passed % CHORES_EVERY or CHORES_EVERY) * DAY)
            do_chores(self.patch)
        # Everybody has signed in anew: nobody is out because months have gone.
        db.session.execute(update(ServerSession).values(created_at=self.now, last_seen_at=self.now))
        db.session.commit()


def do_chores(patch: pytest.MonkeyPatch) -> None:
    """What the worker does every hour, but that a chore which breaks is heard of."""
    broken: list[object] = []
    with patch.context() as patched:
        log = SimpleNamespace(error=lambda _event, chore, **_rest: broken.append(chore))
        patched.setattr(jobs, "log", log)
        jobs.do_chores()
    assert broken == []
