"""The pages on which the days of a trial are laid out, and one week of them."""

from collections.abc import Sequence
from datetime import date

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core import clock
from aktema.core.editing import shown
from aktema.core.errors import DomainError, MissingError
from aktema.core.forms import ConflictError, attempted
from aktema.core.http import see
from aktema.employers.placement_page import times_of
from aktema.pathway import agreement_operations as operations
from aktema.pathway import schedule_page, trial_page
from aktema.pathway import trial_queries as queries
from aktema.pathway.agreement_forms import WEEKDAY_NAMES, OneWeekForm, ScheduleForm, WeekForm, shown_week
from aktema.pathway.agreement_views import to_write
from aktema.pathway.blueprint import bp
from aktema.pathway.permissions import WRITE_TRIAL
from aktema.pathway.rules.kinds import LAWS
from aktema.pathway.rules.schedule import (
    DayTimes,
    WeekTimes,
    copy_week,
    lay_out,
    monday_of,
    weeks_of,
    within,
)
from aktema.pathway.schedule_page import first_open, open_days, seven_from
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import TrialKind
from aktema.people.models import Participant
from aktema.people.queries import may
from aktema.plans.permissions import READ_DECISIONS

WEEK = 7


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/schema", methods=["GET", "POST"])
@permits(WRITE_TRIAL)
def schedule(public_id: str, trial_id: str) -> ResponseReturnValue:
    """From when to when, and the week that is laid out over it."""
    identity = current_identity()
    participant, found = to_write(public_id, trial_id)
    form = _schedule_form(found)
    if request.method == "GET":
        form.carry(found.version)
    elif form.validate() and _is_current(form, found, _schedule_form(found, formdata=None)):
        attempted(form, lambda: _lay_out(identity, found, form))
        if not form.errors:
            flash(_("Dagarna är utlagda. Öppna en vecka om något är annorlunda där."), "success")
            return see("pathway.schedule", public_id=public_id, trial_id=trial_id)
    return _schedule_page(participant, queries.get_trial(participant.id, trial_id), form)


def _is_current(form: WeekForm, found: Trial, current: WeekForm) -> bool:
    """True; raises ConflictError where the form was drawn from another version."""
    if not form.expects(found.version):
        raise ConflictError(form, current, found.version)
    return True


def _schedule_form(found: Trial, **options: None) -> ScheduleForm:
    last = queries.newest(found)
    weeks = weeks_of(queries.days_of(last))
    habit = shown_week(max(weeks, key=lambda week: len(week.days)).days) if weeks else {}
    return ScheduleForm(
        is_sent=last.asked_at is not None,
        longest_day=_longest_day(found),
        data={
            **habit,
            "from_date": last.from_date,
            "to_date": last.to_date,
            "since": first_open(found, clock.today()),
        },
        **options,
    )


def _longest_day(found: Trial) -> int:
    return LAWS[TrialKind(found.kind)].longest_day


def _lay_out(identity: Identity, found: Trial, form: ScheduleForm) -> None:
    first, last = form.from_date.data, form.to_date.data
    opens = first_open(found, clock.today()) or first
    since = max(first, form.since.data or first, opens if opens <= clock.today() else first)
    operations.check_period(found, first, last)
    kept = [one for one in queries.days_of(queries.newest(found)) if one.day < since]
    laid_out = _days_of(form.week(), since, last)
    operations.write_days(
        identity, found, [*kept, *laid_out], from_date=first, to_date=last, change=form.changed
    )


def _days_of(week: WeekTimes, first: date, last: date) -> Sequence[DayTimes]:
    """The week laid out. Raises DomainError where that gives no day."""
    if not week:
        raise DomainError(_("Skriv tider för minst en dag."), "monday")
    laid_out = lay_out(week, first, last)
    if not laid_out:
        raise DomainError(
            _("Det blir inga dagar. De här veckodagarna är röda, eller finns inte före den sista dagen."),
            "monday",
        )
    return laid_out


def _schedule_page(participant: Participant, found: Trial, form: ScheduleForm) -> ResponseReturnValue:
    shows_granted = may(current_identity(), READ_DECISIONS, participant)
    last = queries.newest(found)
    return shown(
        "pathway/schedule.html",
        form,
        participant=participant,
        trial=found,
        row=trial_page.row_of(found, clock.today()),
        weeks=schedule_page.week_rows(found, last, clock.today(), shows_granted=shows_granted),
        shows_granted=shows_granted,
        place_times=times_of(found.placement),
    )


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/schema/<monday>", methods=["GET", "POST"])
@permits(WRITE_TRIAL)
def schedule_week(public_id: str, trial_id: str, monday: str) -> ResponseReturnValue:
    """One week, day by day, and the weeks that are to be like it."""
    identity = current_identity()
    participant, found = to_write(public_id, trial_id)
    week = _week_of(found, monday)
    form = _week_form(found, week)
    if request.method == "GET":
        form.carry(found.version)
    elif form.validate() and _is_current(form, found, _week_form(found, week, formdata=None)):
        attempted(form, lambda: _write_week(identity, found, week, form))
        if not form.errors:
            flash(_("Veckan är sparad."), "success")
            return see("pathway.schedule", public_id=public_id, trial_id=trial_id)
    return shown(
        "pathway/schedule_week.html",
        form,
        participant=participant,
        trial=queries.get_trial(participant.id, trial_id),
        monday=monday,
        label=schedule_page.week_label(monday_of(week[0])),
        days=[(day, form[WEEKDAY_NAMES[day.weekday()]]) for day in week],
    )


def _week_of(found: Trial, typed: str) -> Sequence[date]:
    """The days of the week that lie in the trial and can be written. Raises MissingError where there is none."""
    try:
        monday = date.fromisoformat(typed)
    except ValueError as error:
        raise MissingError from error
    if monday.weekday() != 0 or monday.year >= date.max.year:
        raise MissingError
    days = open_days(found, monday, clock.today())
    if not days:
        raise MissingError
    return days


def _week_form(found: Trial, week: Sequence[date], **options: None) -> OneWeekForm:
    last = queries.newest(found)
    inside = within(queries.days_of(last), week[0], week[-1])
    form = OneWeekForm(
        is_sent=last.asked_at is not None, longest_day=_longest_day(found), data=shown_week(inside), **options
    )
    form.leave_out(set(seven_from(monday_of(week[0]))) - set(week))
    return form


def _write_week(identity: Identity, found: Trial, week: Sequence[date], form: OneWeekForm) -> None:
    last = queries.newest(found)
    if last.from_date is None or last.to_date is None:
        raise DomainError(_("Skriv först från och till vilken dag."))
    before = queries.days_of(last)
    times = form.week()
    written = [DayTimes(day=day, times=times[day.weekday()]) for day in week if day.weekday() in times]
    days = tuple(one for one in before if one.day not in week)
    days = (*days, *written)
    for target in _targets(form.copy_to.data, week[0], last.to_date):
        days = copy_week(days, week[0], target)
    inside = sorted(within(days, last.from_date, last.to_date), key=lambda one: one.day)
    operations.write_days(
        identity, found, inside, from_date=last.from_date, to_date=last.to_date, change=form.changed
    )


def _targets(how_far: str, day: date, last: date) -> list[date]:
    """The Mondays of the weeks that are to be like the day's."""
    mondays = range(monday_of(day).toordinal() + WEEK, last.toordinal() + 1, WEEK)
    found = [date.fromordinal(number) for number in mondays]
    return found[: {"next": 1, "rest": len(found)}.get(how_far, 0)]
