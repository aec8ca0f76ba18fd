"""The pages of plans: the versions, a new one, one as it stands, what is another in it, confirmed and fixed."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.policy import Permission
from aktema.core.editing import shown
from aktema.core.errors import DomainError, MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold, may
from aktema.plans import plan_operations as operations
from aktema.plans import plan_page
from aktema.plans import plan_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import BEGIN_PLAN, FIX_PLAN, READ_PLAN, WRITE_PLAN
from aktema.plans.plan_codes import ConfirmedHow, PartHow, PartRole
from aktema.plans.plan_document import document_of
from aktema.plans.plan_forms import ConfirmForm, NewPlanForm
from aktema.plans.plan_models import Plan
from aktema.plans.rules.plan import DRAFT, lacks_of


@bp.get("/deltagare/<id:public_id>/planer")
@permits(READ_PLAN)
def plans(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_PLAN, public_id)
    found = queries.plans_of(participant.id)
    may_begin = may(identity, BEGIN_PLAN, participant)
    orders = queries.orders_to_plan(participant.id) if may_begin else ()
    rows = plan_page.version_rows(found)
    return render_template(
        "plans/plans.html",
        participant=participant,
        drafts=[row for row in rows if row.state == DRAFT],
        fixed=[row for row in rows if row.state != DRAFT],
        begin_label=plan_page.begin_label(found, orders),
        has_no_order=may_begin and not orders,
    )


@bp.route("/deltagare/<id:public_id>/planer/ny", methods=["GET", "POST"])
@permits(BEGIN_PLAN)
def new_plan(public_id: str) -> ResponseReturnValue:
    """The first version of an order, or the next one."""
    identity = current_identity()
    participant = _held(identity, BEGIN_PLAN, public_id)
    orders = queries.orders_to_plan(participant.id)
    form = NewPlanForm(orders=orders)
    if form.validate_on_submit():
        order = next(one for one in orders if one.public_id == form.order.data)
        made = attempted(form, lambda: operations.begin(identity, order))
        if made is not None:
            return see("plans.plan", public_id=public_id, plan_id=made.public_id)
    return shown("plans/plan_new.html", form, participant=participant, has_order=bool(orders))


def _held(identity: Identity, permission: Permission, public_id: str) -> Participant:
    """The person, held where something about them is about to be changed."""
    participant = get_participant(identity, permission, public_id)
    if request.method == "POST":
        hold(participant)
    return participant


@bp.get("/deltagare/<id:public_id>/planer/<id:plan_id>")
@permits(READ_PLAN)
def plan(public_id: str, plan_id: str) -> ResponseReturnValue:
    """The version with its parts: a way to write each while it is worked on, to be read by everybody else."""
    identity = current_identity()
    participant = get_participant(identity, READ_PLAN, public_id)
    found = queries.get_plan(participant.id, plan_id)
    document = document_of(found)
    is_fixed = found.fixed_on is not None
    may_write = may(identity, WRITE_PLAN, participant)
    state = plan_page.plan_state(found, is_replaced=is_fixed and queries.is_replaced(found))
    return render_template(
        "plans/plan.html",
        participant=participant,
        plan=found,
        document=document,
        state=state,
        tone=plan_page.TONES[state],
        may_write=may_write and not is_fixed,
        may_continue=may_write and is_fixed,
        lacks=[] if is_fixed else plan_page.missing(found, lacks_of(document)),
        page=plan_page,
        readings=plan_page.reading_links(found),
        **_words(),
    )


def _words() -> dict[str, Any]:
    """What templates write plans with."""
    return {"role_of": PartRole, "how_of": PartHow, "confirmed_of": ConfirmedHow}


@bp.get("/deltagare/<id:public_id>/planer/<id:plan_id>/skillnader")
@permits(READ_PLAN)
def plan_changes(public_id: str, plan_id: str) -> ResponseReturnValue:
    """What is another than in the version before."""
    participant = get_participant(current_identity(), READ_PLAN, public_id)
    before, found = queries.get_with_before(participant.id, plan_id)
    if before is None:
        raise MissingError
    parts = plan_page.changed_parts(document_of(before), document_of(found))
    return render_template(
        "plans/plan_changes.html", participant=participant, plan=found, before=before, parts=parts
    )


@bp.route("/deltagare/<id:public_id>/planer/<id:plan_id>/faststall", methods=["GET", "POST"])
@permits(FIX_PLAN)
def fix_plan(public_id: str, plan_id: str) -> ResponseReturnValue:
    """What lacks; then the person's word on it; then it is fixed."""
    identity = current_identity()
    participant = _held(identity, FIX_PLAN, public_id)
    found = queries.get_plan(participant.id, plan_id)
    form = BaseForm()
    if form.validate_on_submit() and _is_as_read(form, found):
        attempted(form, lambda: operations.fix(identity, found))
        if not form.errors:
            flash(_("Planen är fastställd."), "success")
            return see("plans.plan", public_id=public_id, plan_id=plan_id)
    return _fix_page(participant, found, form)


@bp.post("/deltagare/<id:public_id>/planer/<id:plan_id>/godkann")
@permits(FIX_PLAN)
def confirm_plan(public_id: str, plan_id: str) -> ResponseReturnValue:
    """The person's word on the plan, or that of whoever speaks for the person."""
    participant = _held(current_identity(), FIX_PLAN, public_id)
    found, form = queries.get_plan(participant.id, plan_id), ConfirmForm()
    if form.validate() and _is_as_read(form, found):
        attempted(form, lambda: operations.confirm(found, form.confirmation()))
        if not form.errors:
            return see("plans.fix_plan", public_id=public_id, plan_id=plan_id)
    return _fix_page(participant, found, form)


def _is_as_read(form: BaseForm, plan: Plan) -> bool:
    """Whether nobody has written in the plan since the page was drawn; else the form says so."""
    if not form.expects(plan.version):
        form.reject(DomainError(_("Någon har ändrat i planen medan du läste. Läs den igen först.")))
    return not form.errors


def _fix_page(participant: Participant, found: Plan, form: BaseForm) -> ResponseReturnValue:
    if form.errors:
        found = queries.get_plan(participant.id, found.public_id)  # a refused act has set the row back
    elif found.fixed_on is not None:
        return see("plans.plan", public_id=participant.public_id, plan_id=found.public_id)
    is_confirmed = found.confirmed_on is not None
    if not is_confirmed and not isinstance(form, ConfirmForm):
        form = _confirm_form(form)
    form.carry(found.version)
    return shown(
        "plans/plan_fix.html",
        form,
        participant=participant,
        plan=found,
        lacks=plan_page.missing(found, lacks_of(document_of(found))),
        is_confirming=isinstance(form, ConfirmForm),
        **_words(),
    )


def _confirm_form(refused: BaseForm) -> ConfirmForm:
    """The form that comes first, with what was refused."""
    form = ConfirmForm(formdata=None)
    form.form_errors.extend(refused.form_errors)
    return form
