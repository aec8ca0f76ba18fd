"""The pages of orders: sent by the case handler, answered and carried out by the unit. One process for every unit."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.policy import Permission, is_granted, units_granted
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import cursor_of_request
from aktema.people.permissions import ASSIGN, READ_IDENTITY
from aktema.people.queries import get_participant, hold, holders_of_role, may, reaching
from aktema.plans import order_operations as operations
from aktema.plans import order_page
from aktema.plans import order_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.codes import OrderAnswer, OrderEnd, OrderState
from aktema.plans.decision_queries import get_decision
from aktema.plans.handover_queries import sent_to_order
from aktema.plans.models import ServiceOrder
from aktema.plans.order_forms import (
    AcceptForm,
    CloseOrderForm,
    DeclineForm,
    FirstDayForm,
    OrderForm,
    WaitingForm,
)
from aktema.plans.permissions import (
    ANSWER_ORDER,
    CLOSE_ORDER,
    READ_ATTENDANCE,
    READ_DECISIONS,
    READ_ORDERS,
    READ_PLAN,
    RECEIVE_HANDOVER,
    RECORD_ATTENDANCE,
    SEND_HANDOVER,
    SEND_ORDER,
)

WAYS = (SEND_ORDER, ASSIGN, READ_IDENTITY, READ_DECISIONS, READ_ATTENDANCE, READ_PLAN, SEND_HANDOVER)
"""What opens the ways from an order to other pages about the person."""


@bp.route("/deltagare/<id:public_id>/beslut/<id:decision_id>/bestall", methods=["GET", "POST"])
@permits(SEND_ORDER)
def new_order(public_id: str, decision_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, SEND_ORDER, public_id)
    if request.method == "POST":
        hold(participant)
    decision = get_decision(participant.id, decision_id)
    form = OrderForm(units=queries.units_to_order_from(), decision=decision)
    if form.validate_on_submit():
        unit = form.units[form.unit.data]
        order = attempted(form, lambda: operations.send_order(identity, decision, unit, form.need_facts()))
        if order is not None:
            flash(_("Beställningen är skickad till %(unit)s.", unit=unit.name), "success")
            return see("plans.order", order_id=order.public_id)
    return shown("plans/new_order.html", form, participant=participant, decision=decision)


@bp.get("/bestallningar")
@permits(READ_ORDERS)
def orders() -> ResponseReturnValue:
    identity = current_identity()
    counts = queries.count_orders(identity)
    state = order_page.chosen_state(request.args.get("lage", ""), counts)
    page = queries.list_orders(identity, state, cursor_of_request())
    coordinators = queries.coordinators_of(page.items)
    return render_template(
        "plans/orders.html",
        page=page,
        state=state,
        tabs=order_page.tabs(counts, state),
        rows=[order_page.row_of(one, coordinators.get(one.id, "")) for one in page.items],
        is_handler=is_granted(identity, SEND_ORDER),
        may_read_attendance=is_granted(identity, READ_ATTENDANCE),
        may_record=is_granted(identity, RECORD_ATTENDANCE),
        today=clock.today(),
    )


@bp.get("/bestallningar/<id:order_id>")
@permits(READ_ORDERS)
def order(order_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.get_order(identity, READ_ORDERS, order_id)
    today = clock.today()
    state, participant = queries.state_of(found, today), found.participant
    may_reach = reaching(identity, participant, *WAYS)
    left, tone = order_page.time_left(found, today)
    return render_template(
        "plans/order.html",
        order=found,
        participant=participant,
        state=state,
        states=OrderState,
        tone=order_page.TONES[state],
        left=left,
        left_tone=tone,
        facts=order_page.facts_of(found, queries.coordinators_of([found]).get(found.id, "")),
        history=order_page.history_of(found),
        is_sender=SEND_ORDER in may_reach,
        may_answer=_is_own_unit(identity, ANSWER_ORDER, found),
        handovers=sent_to_order(found) if _is_own_unit(identity, RECEIVE_HANDOVER, found) else (),
        may_assign=ASSIGN in may_reach,
        may_read_person=READ_IDENTITY in may_reach,
        may_read_decision=READ_DECISIONS in may_reach,
        may_read_hours=READ_ATTENDANCE in may_reach,
        may_read_plans=READ_PLAN in may_reach,
        may_send_handover=SEND_HANDOVER in may_reach,
    )


def _is_own_unit(identity: Identity, permission: Permission, order: ServiceOrder) -> bool:
    return order.unit_id in units_granted(identity, permission)


def _order_to_change(identity: Identity, permission: Permission, order_id: str) -> ServiceOrder:
    """The order, held where it is about to be changed. Raises MissingError where it is out of reach."""
    found = queries.get_order(identity, permission, order_id)
    if request.method == "POST":
        queries.hold_order(found)
    return found


@bp.route("/bestallningar/<id:order_id>/svara", methods=["GET", "POST"])
@permits(ANSWER_ORDER)
def answer_order(order_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = _order_to_change(identity, ANSWER_ORDER, order_id)
    coordinators = holders_of_role(Role.COORDINATOR, [found.unit_id])
    answer = order_page.chosen_answer(request.args.get("svar", ""))

    def drawn(**options: Any) -> AcceptForm | DeclineForm:
        if answer is not OrderAnswer.ACCEPTED:
            return (WaitingForm if answer is OrderAnswer.WAITING else DeclineForm)(**options)
        own = identity.account_id
        return AcceptForm(order=found, coordinators=coordinators, own_account=own, **options)

    form = drawn()
    if is_saved(
        form,
        found.version,
        lambda: drawn(formdata=None),
        lambda: operations.answer_order(identity, found, form.reply()),
    ):
        flash(_said(found), "success")
        return see("plans.order", order_id=order_id)
    left, tone = order_page.time_left(found, clock.today())
    return shown(
        "plans/answer_order.html",
        form,
        order=found,
        answer=answer,
        tabs=order_page.answer_tabs(found, answer),
        lacks_coordinators=answer is OrderAnswer.ACCEPTED and not coordinators,
        left=left,
        tone=tone,
    )


def _said(order: ServiceOrder) -> str:
    """What has become of the order, for whoever answered it."""
    words = {
        OrderAnswer.ACCEPTED: _("Ni tar emot personen. Skriv första dagen när hen har varit där."),
        OrderAnswer.DECLINED: _("Ert nej är skickat. Handläggaren ser det nu."),
        OrderAnswer.WAITING: _("Personen står på er väntelista. Handläggaren ser det nu."),
    }
    return words[OrderAnswer(order.answers[-1].answer)]


@bp.route("/bestallningar/<id:order_id>/forsta-dagen", methods=["GET", "POST"])
@permits(ANSWER_ORDER)
def first_day(order_id: str) -> ResponseReturnValue:
    found = _order_to_change(current_identity(), ANSWER_ORDER, order_id)
    form = FirstDayForm.of(found)
    if is_saved(
        form,
        found.version,
        lambda: FirstDayForm.of(found, formdata=None),
        lambda: operations.record_first_day(found, form.first_day.data),
    ):
        flash(_("Första dagen är sparad. Beslutet är verkställt."), "success")
        return see("plans.order", order_id=order_id)
    return shown("plans/first_day.html", form, order=found)


@bp.route("/bestallningar/<id:order_id>/avsluta", methods=["GET", "POST"])
@permits(CLOSE_ORDER)
def close_order(order_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = _order_to_change(identity, CLOSE_ORDER, order_id)
    is_accepted = queries.state_of(found, clock.today()) in operations.ACCEPTED
    if not is_accepted and not may(identity, SEND_ORDER, found.participant):
        raise MissingError  # a unit answers what it has not accepted; only who sent it takes it back
    form = CloseOrderForm(order=found)
    if is_saved(
        form,
        found.version,
        lambda: CloseOrderForm(order=found, formdata=None),
        lambda: operations.close_order(found, form.last, OrderEnd(form.reason.data)),
    ):
        told = _("Sparat. Enheten ser inte längre personen efter sista dagen.")
        flash(told if is_accepted else _("Beställningen är tagen tillbaka."), "success")
        return see("plans.orders")
    return shown("plans/close_order.html", form, order=found, is_accepted=is_accepted)
