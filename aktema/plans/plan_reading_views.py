"""The pages that a plan is read on: its three forms, the day to come and the week in pictures."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.errors import Message, MissingError
from aktema.people.queries import get_participant
from aktema.plans import plan_queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import READ_PLAN
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_document import document_of
from aktema.plans.plan_page import FORMS
from aktema.plans.plan_reading import reading
from aktema.plans.rules.document import Document
from aktema.plans.week import DAYS_IN_WEEK, day_card, monday_of
from aktema.plans.week import week as week_of

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormTab:
    """A way to the same plan in another form."""

    label: Message
    href: str
    current: bool


@bp.get("/deltagare/<id:public_id>/planer/<id:plan_id>/las/<form>")
@permits(READ_PLAN)
def read_plan(public_id: str, plan_id: str, form: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_PLAN, public_id)
    if form not in FORMS:
        raise MissingError
    plan = plan_queries.get_plan(participant.id, plan_id)
    return render_template(
        "plans/read_plan.html",
        participant=participant,
        plan=plan,
        reading=reading(document_of(plan), FORMS[form]),
        written=form,
        tabs=_tabs(public_id, plan_id, FORMS[form]),
    )


def _tabs(public_id: str, plan_id: str, current: PlanForm) -> list[FormTab]:
    return [
        FormTab(
            label=form.label,
            href=url_for("plans.read_plan", public_id=public_id, plan_id=plan_id, form=written),
            current=form is current,
        )
        for written, form in FORMS.items()
    ]


@bp.get("/deltagare/<id:public_id>/imorgon")
@permits(READ_PLAN)
def tomorrow(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_PLAN, public_id)
    card = day_card(in_force(participant.id), clock.today() + timedelta(days=1))
    return render_template("plans/tomorrow.html", participant=participant, card=card)


@bp.get("/deltagare/<id:public_id>/vecka")
@permits(READ_PLAN)
def week(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_PLAN, public_id)
    monday = monday_of(day_asked_for())
    return render_template(
        "plans/week_schedule.html",
        participant=participant,
        week=week_of(in_force(participant.id), monday),
        today=clock.today(),
        earlier=_week_url(public_id, monday - timedelta(days=DAYS_IN_WEEK)),
        later=_week_url(public_id, monday + timedelta(days=DAYS_IN_WEEK)),
    )


def _week_url(public_id: str, monday: date) -> str:
    return url_for("plans.week", public_id=public_id, fran=monday.isoformat())


def day_asked_for() -> date:
    """The day in the address, or today where there is none, or none that is near our time."""
    with suppress(ValueError):
        day = date.fromisoformat(request.args.get("fran", ""))
        if FIRST_DAY <= day <= LAST_DAY:
            return day
    return clock.today()


def in_force(participant_id: int) -> list[Document]:
    """What the person's plan in force says, where there is one."""
    plan = plan_queries.find_plan_in_force(participant_id)
    return [document_of(plan)] if plan else []
