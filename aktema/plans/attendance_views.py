"""The pages of attendance: one day of the group, one person's weeks, and the month's file for the allowance."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted, is_granted_in_no_unit
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.http import see
from aktema.core.markup import hours as hours_text
from aktema.core.tabular import write_csv
from aktema.people.queries import get_participant
from aktema.plans import attendance_operations as operations
from aktema.plans import attendance_queries as queries
from aktema.plans.attendance_forms import AttendanceForm, DayForm, attendance_form, hours_name, how_name
from aktema.plans.blueprint import bp
from aktema.plans.permissions import READ_ATTENDANCE, READ_ORDERS, RECORD_ATTENDANCE
from aktema.plans.rules.attendance import Direction, Trend, trend_of
from aktema.plans.rules.calendar import add_days, is_working_day

HALF_HOUR = 30


@bp.route("/narvaro", methods=["GET", "POST"])
@permits(RECORD_ATTENDANCE)
def attendance() -> ResponseReturnValue:
    identity, day_form = current_identity(), DayForm(request.args)
    day = _chosen_day(day_form)
    group = queries.group_of(identity, day)
    form = attendance_form(group)
    if is_saved(
        form,
        queries.newest_id(group),
        lambda: attendance_form(group, formdata=None),
        lambda: operations.record_day(identity, day, form.marks()),
    ):
        flash(_("Närvaron %(day)s är sparad.", day=day.isoformat()), "success")
        return see("plans.attendance", dag=day.isoformat())
    return _day_page(day, day_form, group, form)


def _chosen_day(form: DayForm) -> date:
    """The day the address asks for; today where it asks for none that can be read."""
    chosen: date | None = form.dag.data if form.validate() else None
    form.dag.data = chosen or clock.today()
    return chosen or clock.today()


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRow:
    """One of the group on the page, by the names of the two fields."""

    name: str
    person_id: str
    is_on_trial: bool
    whole_day: str
    how: str
    hours: str
    is_written: bool
    reporter: str


def _day_page(
    day: date, day_form: DayForm, group: Sequence[queries.Expected], form: AttendanceForm
) -> ResponseReturnValue:
    today = clock.today()
    return shown(
        "plans/attendance.html",
        form,
        day=day,
        day_form=day_form,
        rows=[_group_row(one) for one in group],
        is_free=not is_working_day(day),
        is_written=any(one.standing is not None and one.trial_id is None for one in group),
        is_coming=day > today,
        before=add_days(day, -1),
        after=add_days(day, 1) if day < today else None,
        may_read=is_granted(current_identity(), READ_ATTENDANCE),
        may_read_orders=is_granted(current_identity(), READ_ORDERS),
        today=today,
    )


def _group_row(one: queries.Expected) -> GroupRow:
    return GroupRow(
        name=one.order.participant.name,
        person_id=one.order.participant.public_id,
        is_on_trial=one.trial_id is not None,
        whole_day=hours_text(one.planned) if one.planned else "",
        how=how_name(one),
        hours=hours_name(one),
        is_written=one.standing is not None,
        reporter=queries.reporter_of(one.standing) if one.standing else "",
    )


@bp.get("/deltagare/<id:public_id>/narvaro")
@permits(READ_ATTENDANCE)
def hours(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_ATTENDANCE, public_id)
    weeks = queries.weeks_of(identity, participant)
    return render_template(
        "plans/hours.html",
        participant=participant,
        rows=[_week_row(week) for week in reversed(weeks)],
        is_empty=all(week.granted is None and week.delivered is None for week in weeks),
        trend=_trend_words(trend_of([week.delivered for week in weeks[:-1]])),
        is_own_only=not is_granted_in_no_unit(identity, READ_ATTENDANCE),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekRow:
    """One week in words. `share` is how much of what was granted was delivered, 0 to 1; None is not known."""

    label: str
    granted: str
    planned: str
    delivered: str
    share: float | None
    reporters: str


def _week_row(week: queries.Week) -> WeekRow:
    granted, delivered = week.granted, week.delivered
    words = hours_text(granted) or "–"
    planned = hours_text(week.planned)
    known = granted and delivered is not None
    return WeekRow(
        label=_("Vecka %(number)s", number=week.monday.isocalendar().week),
        granted=_("%(hours)s (schablon)", hours=words) if week.is_template else words,
        planned=_("%(hours)s (efter beslutet)", hours=planned) if week.is_by_grant else planned,
        delivered="–" if delivered is None else hours_text(delivered),
        share=min(1.0, (delivered or 0) / granted) if known and granted else None,
        reporters=", ".join(week.reporters),
    )


def _trend_words(trend: Trend) -> str:
    """Where the hours are going, as something seen: never as something asked for."""
    before, now = (hours_text(int(one / HALF_HOUR + 0.5) * HALF_HOUR) for one in (trend.before, trend.now))
    words = {
        Direction.MORE: _("Mot heltid: tiden har ökat, från i snitt %(before)s i veckan till %(now)s."),
        Direction.SAME: _("Mot heltid: tiden är ungefär som förut, i snitt %(now)s i veckan."),
        Direction.LESS: _("Mot heltid: tiden har minskat, från i snitt %(before)s i veckan till %(now)s."),
        Direction.UNKNOWN: _("Mot heltid: det finns för få veckor för att se åt vilket håll tiden går."),
    }
    return words[trend.direction] % {"before": before, "now": now}


@bp.get("/narvaro/underlag.csv")
@permits(READ_ATTENDANCE)
def attendance_file() -> ResponseReturnValue:
    month = _chosen_month(request.args.get("manad", ""))
    people = queries.days_by_person(current_identity(), month)
    headings = (_("Namn"), _("Född"), _("Månad"), _("Dagar med minst 5 timmar"), _("Dagar under 5 timmar"))
    rows = [
        (one.name, one.birth_date.isoformat(), f"{month:%Y-%m}", str(one.days.full), str(one.days.part))
        for one in people
    ]
    answer = make_response(write_csv(headings, rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="narvaro-{month:%Y-%m}.csv"'
    return answer


def _chosen_month(typed: str) -> date:
    """The month's first day; this month where none is asked for. Raises MissingError where it is no month."""
    if not typed:
        return clock.today().replace(day=1)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", typed) is None:
        raise MissingError
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise MissingError from error
