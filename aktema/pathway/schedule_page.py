"""What the page of days says: week by week, beside what has been granted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from aktema.core.markup import hours
from aktema.pathway.agreement_page import times_words
from aktema.pathway.rules.schedule import WeekTotal, days_between, monday_of, weeks_of
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import days_of, live_trials_of, newest, status, times_taken
from aktema.pathway.trial_states import TrialStatus
from aktema.plans.attendance_queries import weekly_minutes
from aktema.plans.codes import SupportMeasure
from aktema.plans.decision_queries import decisions_of
from aktema.plans.rules.extents import extent_on, period_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekRow:
    """A week of the agreement; `granted` is empty where it is not known, `is_over` where more is written than that.

    A week that has been `is_past`: its days stand as they were agreed.
    """

    monday: date
    is_past: bool
    label: str
    times: str
    hours: str
    granted: str
    is_over: bool


def week_rows(trial: Trial, agreement: Agreement, today: date, *, shows_granted: bool) -> Sequence[WeekRow]:
    """The version's weeks, with what is granted where the reader may know it. A constant number of statements."""
    weeks = weeks_of(days_of(agreement))
    mondays = [week.monday for week in weeks]
    granted = granted_minutes(trial.participant_id, mondays) if shows_granted else {}
    elsewhere = _minutes_elsewhere(trial, today) if shows_granted else {}
    return [
        _week_row(
            week,
            granted.get(week.monday),
            elsewhere.get(week.monday, 0),
            is_past=not open_days(trial, week.monday, today),
        )
        for week in weeks
    ]


def first_open(trial: Trial, today: date) -> date | None:
    """The first day that can be written anew: today once it runs."""
    return today if status(trial, today) is TrialStatus.RUNNING else newest(trial).from_date


def open_days(trial: Trial, monday: date, today: date) -> Sequence[date]:
    """The days of the week that lie in the newest version and can be written."""
    last, opens = newest(trial), first_open(trial, today)
    if last.from_date is None or last.to_date is None or opens is None:
        return []
    first = max(opens, last.from_date)
    return [day for day in seven_from(monday) if first <= day <= last.to_date]


def seven_from(monday: date) -> Sequence[date]:
    return tuple(days_between(monday, monday + 6 * ONE_DAY))


def _week_row(week: WeekTotal, granted: int | None, elsewhere: int, *, is_past: bool) -> WeekRow:
    return WeekRow(
        monday=week.monday,
        is_past=is_past,
        label=week_label(week.monday),
        times=times_words(week.habit),
        hours=hours(week.minutes),
        granted=hours(granted),
        is_over=granted is not None and week.minutes + elsewhere > granted,
    )


def week_label(monday: date) -> str:
    """Vecka 48, 23–29 november."""
    sunday = monday + 6 * ONE_DAY
    begins = format_date(monday, "d" if monday.month == sunday.month else "d MMMM")
    return _(
        "Vecka %(number)s, %(first)s–%(last)s",
        number=monday.isocalendar().week,
        first=begins,
        last=format_date(sunday, "d MMMM"),
    )


def granted_minutes(participant_id: int, mondays: Collection[date]) -> Mapping[date, int]:
    """What the person's day activity has been granted in each of the weeks where anything is."""
    decisions = [
        one for one in decisions_of(participant_id) if one.support_measure == SupportMeasure.DAY_ACTIVITY
    ]
    found: dict[date, int] = {}
    for monday in mondays:
        holding = [one for one in decisions if period_of(one).holds_on(monday)]
        extents = [extent_on(one.extents, monday) for one in holding]
        minutes = [weekly_minutes(extent) for extent in extents if extent is not None]
        known = [amount for amount in minutes if amount is not None]
        if known:
            found[monday] = max(known)
    return found


def _minutes_elsewhere(trial: Trial, today: date) -> Mapping[date, int]:
    """How long the person is at other placements, by week."""
    found: dict[date, int] = {}
    for other in live_trials_of(trial.participant_id, today, but=trial.id):
        for one in times_taken(other):
            monday = monday_of(one.day)
            found[monday] = found.get(monday, 0) + one.minutes
    return found
