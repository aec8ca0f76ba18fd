"""What is due, and the quarterly list of decisions that were not carried out."""

from collections.abc import Sequence

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from aktema.access import audit
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import Permission, is_granted
from aktema.core import clock
from aktema.core.paging import PAGE_SIZE, NumberedPage
from aktema.plans import due_page, pulse_page
from aktema.plans import due_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import (
    ASK_PULSE,
    CONVERT,
    READ_CALENDAR,
    READ_DUE,
    READ_ORDERS,
    RECORD_ATTENDANCE,
    REPORT_UNEXECUTED,
)
from aktema.plans.pulse_queries import pulses_due

MOST_SHOWN = 100


@bp.get("/uppfoljning")
@permits(READ_DUE)
def due() -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    found = queries.due(identity, today, MOST_SHOWN + 1)
    shown = found[:MOST_SHOWN]
    pulses = pulses_due(identity, ASK_PULSE, today, MOST_SHOWN)
    named = {one.participant.id for one in shown} | {person.id for person, _last_on in pulses}
    audit.record_reads(READ_DUE, sorted(named))
    return render_template(
        "plans/due.html",
        groups=due_page.groups(shown, today),
        has_more=len(found) > MOST_SHOWN,
        pulses=[pulse_page.task_of(person, last_on) for person, last_on in pulses],
        may_read_orders=is_granted(identity, READ_ORDERS),
        may_convert=is_granted(identity, CONVERT),
        may_have_calendar=is_granted(identity, READ_CALENDAR),
        may_record_attendance=is_granted(identity, RECORD_ATTENDANCE),
    )


@bp.get("/uppfoljning/ej-verkstallda")
@permits(READ_DUE)
def unexecuted() -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    quarter = due_page.quarter_asked(request.args.get("kvartal", ""), today)
    found = queries.unexecuted(identity, READ_DUE, quarter, today)
    page = NumberedPage.of_request(PAGE_SIZE, len(found))
    return render_template(
        "plans/unexecuted.html",
        quarter=quarter,
        months=queries.periods().unexecuted_months,
        name=due_page.quarter_name(quarter),
        tabs=due_page.quarter_tabs(quarter, today),
        rows=_shown(found[page.start : page.end]),
        counts=due_page.counts(found, today),
        page=page,
        is_running=quarter.last >= today,
        may_send=is_granted(identity, REPORT_UNEXECUTED),
    )


def _shown(found: Sequence[queries.Unexecuted], permission: Permission = READ_DUE) -> Sequence[due_page.Row]:
    """The rows in words; each person in them is recorded as read."""
    people = queries.named_people({one.participant_id for one in found})
    audit.record_reads(permission, sorted(people))
    return due_page.report_rows(found, people, clock.today())


@bp.get("/uppfoljning/ej-verkstallda.csv")
@permits(REPORT_UNEXECUTED)
def unexecuted_file() -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    quarter = due_page.quarter_asked(request.args.get("kvartal", ""), today)
    rows = _shown(queries.unexecuted(identity, REPORT_UNEXECUTED, quarter, today), REPORT_UNEXECUTED)
    answer = make_response(due_page.report_file(rows))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="ej-verkstallda-{quarter.code}.csv"'
    return answer
