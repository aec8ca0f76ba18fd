"""Readers of a trial's days: which were agreed, and what has been written of each. The newest row counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, raiseload

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.pathway.rules.schedule import DayTimes
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import days_of, in_force
from aktema.plans.models import Attendance

SOON = timedelta(days=14)
"""How far back person and employer write up days; staff may a year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialDay:
    """An agreed day, and what stands of it."""

    planned: DayTimes
    standing: Attendance | None

    @property
    def day(self) -> date:
        return self.planned.day

    @property
    def minutes(self) -> int:
        """How long the whole day is."""
        return self.planned.minutes

    @property
    def version(self) -> int:
        """The id of the row that stands; 0 where nothing is written."""
        return 0 if self.standing is None else self.standing.id

    @property
    def is_attended(self) -> bool:
        return self.standing is not None and self.standing.minutes > 0

    @property
    def is_whole(self) -> bool:
        return self.standing is not None and self.standing.minutes >= self.minutes


def trial_days(trial: Trial, today: date) -> Sequence[TrialDay]:
    """The agreed days that have come, the newest first; none after it was broken off. One statement."""
    agreed = in_force(trial)
    if agreed is None or trial.cancelled_on is not None:
        return ()
    last = min(today, trial.interrupted_on - timedelta(days=1)) if trial.interrupted_on else today
    planned = [one for one in days_of(agreed) if one.day <= last]
    written = _written(trial)
    return [TrialDay(planned=one, standing=written.get(one.day)) for one in reversed(planned)]


def _written(trial: Trial) -> Mapping[date, Attendance]:
    newest = select(func.max(Attendance.id)).where(Attendance.trial_id == trial.id).group_by(Attendance.day)
    rows = select(Attendance).where(Attendance.id.in_(newest))
    loaded = rows.options(joinedload(Attendance.account).raiseload("*"), raiseload("*"))
    return {row.day: row for row in db.session.scalars(loaded)}


def attended_days(trial: Trial, today: date) -> Sequence[date]:
    """The agreed days that somebody has been there, the newest first."""
    return [one.day for one in trial_days(trial, today) if one.is_attended]


def recent_days(trial: Trial, today: date) -> Sequence[TrialDay]:
    """Those that person and employer can write up."""
    return [one for one in trial_days(trial, today) if today - one.day <= SOON]


def get_day(days: Sequence[TrialDay], typed: str) -> TrialDay:
    """The day of those given that is typed ÅÅÅÅ-MM-DD. Raises MissingError."""
    for one in days:
        if one.day.isoformat() == typed:
            return one
    raise MissingError


def next_day(trial: Trial, today: date) -> DayTimes | None:
    """The first agreed day from today on, or None."""
    agreed = in_force(trial)
    coming = () if agreed is None else days_of(agreed)
    return next((one for one in coming if one.day >= today), None)
