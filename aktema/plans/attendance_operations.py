"""Writing up a day: rows are only added, and only where something is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans.attendance_queries import Expected
from aktema.plans.codes import Absence
from aktema.plans.models import Attendance
from aktema.plans.permissions import RECORD_ATTENDANCE

OLDEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """How long one of the group was there, and why not all day where that is said."""

    expected: Expected
    minutes: int
    absence: Absence | None = None

    @property
    def is_new(self) -> bool:
        """Whether it says anything else than what stands."""
        standing = self.expected.standing
        return standing is None or (standing.minutes, standing.absence) != (self.minutes, self.absence)


def record_day(identity: Identity, day: date, marks: Iterable[Mark]) -> int:
    """Write up the group's day. Returns how many people something new was written of. Raises DomainError."""
    if not clock.today() - OLDEST <= day <= clock.today():
        raise DomainError(_("Skriv närvaro för en dag som har varit, högst ett år tillbaka."))
    new = [mark for mark in marks if mark.is_new]
    db.session.add_all(_rows(identity, day, new))
    audit.record_writes(RECORD_ATTENDANCE, {mark.expected.order.participant_id for mark in new})
    return len(new)


def _rows(identity: Identity, day: date, marks: Iterable[Mark]) -> Sequence[Attendance]:
    return [
        Attendance(
            participant_id=mark.expected.order.participant_id,
            order_id=mark.expected.order.id,
            day=day,
            minutes=mark.minutes,
            absence=mark.absence.value if mark.absence else None,
            trial_id=mark.expected.trial_id,
            account_id=identity.account_id,
        )
        for mark in marks
    ]
