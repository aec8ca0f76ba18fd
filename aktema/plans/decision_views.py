"""The pages of decisions: what a person is granted, its hours, ends and interruptions, and what is to convert."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.importing.kinds import ImportKind
from aktema.access.importing.views import add_pages
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import next_page, see
from aktema.core.ids import is_public_id
from aktema.core.paging import cursor_of_request
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold, may
from aktema.plans import decision_imports
from aktema.plans import decision_operations as operations
from aktema.plans import decision_page as words
from aktema.plans import decision_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.case_queries import cases_where
from aktema.plans.codes import DecisionEnd
from aktema.plans.decision_columns import COLUMNS
from aktema.plans.decision_forms import (
    DecisionForm,
    EndForm,
    EndInterruptionForm,
    HoursForm,
    InterruptionForm,
    first_values,
    values_after,
)
from aktema.plans.models import Decision
from aktema.plans.order_queries import coordinators_of, open_orders_of
from aktema.plans.permissions import CONVERT, DECIDE, INTERRUPT, READ_DECISIONS, SEND_ORDER
from aktema.plans.rules.extents import (
    DecisionState,
    first_free_day,
    is_to_convert,
    last_day,
    newest,
    state_of,
)

PERSON = "/deltagare/<id:public_id>/beslut"
ONE = f"{PERSON}/<id:decision_id>"
GET_POST = ("GET", "POST")

DECISIONS = ImportKind(
    code="decisions",
    section="plans",
    home="plans.template_decisions",
    title=_l("Läs in beslut från fil"),
    lead=_l("För beslut som redan finns i ett kalkylblad eller ett annat system."),
    counted=lambda number: ngettext("%(num)s beslut", "%(num)s beslut", number),
    columns=COLUMNS,
    permission=DECIDE,
    check=decision_imports.check,
    prepare=decision_imports.prepare,
    undo=decision_imports.undo,
)
add_pages(bp, "/beslut/import", DECISIONS)


def _person(permission: Permission, public_id: str) -> Participant:
    """The person, held where something about them is about to be changed."""
    participant = get_participant(current_identity(), permission, public_id)
    if request.method == "POST":
        hold(participant)
    return participant


def _see_decision(public_id: str, decision: Decision) -> ResponseReturnValue:
    return see("plans.decision", public_id=public_id, decision_id=decision.public_id)


@bp.get(PERSON)
@permits(READ_DECISIONS)
def decisions(public_id: str) -> ResponseReturnValue:
    participant = _person(READ_DECISIONS, public_id)
    return render_template(
        "plans/decisions.html",
        participant=participant,
        summaries=words.summaries(queries.decisions_of(participant.id)),
        may_decide=may(current_identity(), DECIDE, participant),
    )


@bp.route(f"{PERSON}/nytt", methods=GET_POST)
@permits(DECIDE)
def new_decision(public_id: str) -> ResponseReturnValue:
    identity, participant = current_identity(), _person(DECIDE, public_id)
    earlier = _followed(participant)
    values = values_after(earlier, identity.name) if earlier else first_values(identity.name)
    form = DecisionForm(data=values, is_successor=earlier is not None)
    if form.validate_on_submit():
        made = attempted(form, lambda: operations.decide(identity, participant, form.facts, follows=earlier))
        if made is not None:
            flash(_("Beslutet är sparat."), "success")
            return _see_decision(public_id, made)
    return shown("plans/decision_form.html", form, participant=participant, earlier=earlier)


def _followed(participant: Participant) -> Decision | None:
    """The decision that the address says the new one continues. Raises MissingError where it is another person's."""
    public_id = request.args.get("foljer", "")
    if not public_id:
        return None
    if not is_public_id(public_id):
        raise MissingError
    return queries.get_decision(participant.id, public_id)


@bp.get(ONE)
@permits(READ_DECISIONS)
def decision(public_id: str, decision_id: str) -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    participant = _person(READ_DECISIONS, public_id)
    found = queries.get_decision(participant.id, decision_id)
    shows_inquiry = queries.may_read_inquiry(identity, participant)
    orders = queries.orders_shown(identity, found)
    return render_template(
        "plans/decision.html",
        participant=participant,
        decision=found,
        title=words.title_of(found),
        tags=words.tags_of(found, today),
        hours=words.hours_now(found, today),
        coming=words.coming_hours(found, today),
        facts=words.facts_of(found, shows_inquiry=shows_inquiry),
        texts=words.texts_of(found, shows_inquiry=shows_inquiry),
        history=words.history(found, shows_inquiry=shows_inquiry),
        due=words.due_rows(cases_where(Decision.id == found.id)[0], today),
        earlier=queries.predecessor_of(found),
        later=queries.successor_of(found),
        orders=words.order_lines(orders, coordinators_of(orders), today),
        interruptions=words.interruption_lines(found, today),
        has_open_order=bool(open_orders_of(found)),
        is_template=is_to_convert(found.extents),
        goes_on=last_day(found) is None,
        has_ended=state_of(found, today) is DecisionState.ENDED,
        may_decide=may(identity, DECIDE, participant),
        may_interrupt=may(identity, INTERRUPT, participant),
        may_order=may(identity, SEND_ORDER, participant),
    )


@bp.route(f"{ONE}/omvandla", methods=GET_POST)
@permits(CONVERT)
def convert(public_id: str, decision_id: str) -> ResponseReturnValue:
    identity, participant = current_identity(), _person(CONVERT, public_id)
    found = queries.get_decision(participant.id, decision_id)
    form = HoursForm(from_date=first_free_day(found.extents, clock.today()))
    if is_saved(
        form,
        queries.version_of(found),
        lambda: _hours_now(found),
        lambda: operations.convert(identity, found, form.change),
    ):
        flash(_("Schablontiden är omvandlad. Det som gällde förut finns kvar i historiken."), "success")
        return _see_next(public_id, found)
    return shown(
        "plans/convert.html",
        form,
        participant=participant,
        decision=found,
        hours=words.hours_words(newest(found.extents)),
        back=next_page(_address(public_id, found)),
    )


def _see_next(public_id: str, decision: Decision) -> ResponseReturnValue:
    """The work list where the form was opened from there, else the decision."""
    return redirect(next_page(_address(public_id, decision)), 303)


def _address(public_id: str, decision: Decision) -> str:
    return url_for("plans.decision", public_id=public_id, decision_id=decision.public_id)


def _hours_now(decision: Decision) -> HoursForm:
    """What stands now, to compare a stale form with."""
    extent = newest(decision.extents)
    return HoursForm(
        formdata=None,
        data={
            "weekly_minutes": extent.weekly_minutes,
            "days_per_week": extent.days_per_week,
            "from_date": extent.from_date,
            "reason": extent.reason,
        },
    )


@bp.route(f"{ONE}/andra-tid", methods=GET_POST)
@permits(DECIDE)
def change_hours(public_id: str, decision_id: str) -> ResponseReturnValue:
    identity, participant = current_identity(), _person(DECIDE, public_id)
    found = queries.get_decision(participant.id, decision_id)
    form = HoursForm(from_date=first_free_day(found.extents, clock.today()))
    if is_saved(
        form,
        queries.version_of(found),
        lambda: _hours_now(found),
        lambda: operations.change_hours(identity, found, form.change),
    ):
        flash(_("Den nya tiden är sparad. Det som gällde förut finns kvar i historiken."), "success")
        return _see_decision(public_id, found)
    hours = words.hours_words(newest(found.extents))
    return shown("plans/hours_form.html", form, participant=participant, decision=found, hours=hours)


@bp.route(f"{ONE}/avsluta", methods=GET_POST)
@permits(DECIDE)
def end_decision(public_id: str, decision_id: str) -> ResponseReturnValue:
    participant = _person(DECIDE, public_id)
    found = queries.get_decision(participant.id, decision_id)
    form = EndForm(last_day=words.likely_end(found, clock.today()), reason=request.args.get("orsak"))
    if is_saved(
        form,
        queries.version_of(found),
        lambda: EndForm(formdata=None, data={"last_day": found.ended_on, "reason": found.end_reason}),
        lambda: operations.end(found, form.last, DecisionEnd(form.reason.data)),
    ):
        flash(_("Beslutet är avslutat från och med dagen efter den sista."), "success")
        if found.end_reason == DecisionEnd.NEW_DECISION:
            return see("plans.new_decision", public_id=public_id, foljer=decision_id)
        return _see_decision(public_id, found)
    return shown("plans/end_decision.html", form, participant=participant, decision=found)


@bp.route(f"{ONE}/avbrott", methods=GET_POST)
@permits(INTERRUPT)
def new_interruption(public_id: str, decision_id: str) -> ResponseReturnValue:
    identity, participant = current_identity(), _person(INTERRUPT, public_id)
    found = queries.get_decision(participant.id, decision_id)
    form = InterruptionForm(from_date=clock.today())
    if is_saved(
        form,
        queries.version_of(found),
        lambda: InterruptionForm(formdata=None),
        lambda: operations.interrupt(identity, found, form.pause),
    ):
        flash(_("Avbrottet är sparat."), "success")
        return _see_decision(public_id, found)
    return shown("plans/interruption.html", form, participant=participant, decision=found, interruption=None)


@bp.route(f"{ONE}/avbrott/<id:interruption_id>/avsluta", methods=GET_POST)
@permits(INTERRUPT)
def end_interruption(public_id: str, decision_id: str, interruption_id: str) -> ResponseReturnValue:
    participant = _person(INTERRUPT, public_id)
    found = queries.get_decision(participant.id, decision_id)
    interruption = queries.get_interruption(found, interruption_id)
    form = EndInterruptionForm(last_day=interruption.to_date or clock.today())
    if is_saved(
        form,
        interruption.version,
        lambda: EndInterruptionForm(formdata=None, last_day=interruption.to_date),
        lambda: operations.end_interruption(interruption, form.last),
    ):
        flash(_("Det är sparat när avbrottet tar slut."), "success")
        return _see_decision(public_id, found)
    return shown(
        "plans/interruption.html", form, participant=participant, decision=found, interruption=interruption
    )


@bp.get("/beslut/schablon")
@permits(CONVERT)
def template_decisions() -> ResponseReturnValue:
    identity = current_identity()
    page = queries.template_decisions(identity, cursor_of_request())
    units = queries.units_serving([one.participant_id for one in page.items])
    return render_template(
        "plans/template_decisions.html",
        page=page,
        rows=words.rows_to_convert(page.items, units),
        progress=words.progress_of(queries.conversion_by_unit(identity)),
    )
