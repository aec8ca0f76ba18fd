"""The pages of a handover: chosen, said yes to and sent by one unit, opened and signed for by another."""

from collections.abc import Callable, Sequence

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold
from aktema.plans import handover_operations as operations
from aktema.plans import handover_packet as packets
from aktema.plans import handover_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.codes import Channel
from aktema.plans.handover_codes import ConsentBy
from aktema.plans.handover_forms import ConsentForm, HandoverForm
from aktema.plans.handover_models import Handover
from aktema.plans.permissions import RECEIVE_HANDOVER, SEND_HANDOVER

WORDS = {"by_of": ConsentBy, "how_of": Channel, "taken_back": operations.TAKEN_BACK}


@bp.get("/deltagare/<id:public_id>/overlamningar")
@permits(SEND_HANDOVER)
def handovers(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, SEND_HANDOVER, public_id)
    return render_template(
        "plans/handovers.html",
        participant=participant,
        handovers=queries.handovers_of(identity, participant.id),
        has_receiver=bool(queries.receiving_orders(identity, participant.id)),
    )


@bp.route("/deltagare/<id:public_id>/overlamningar/ny", methods=["GET", "POST"])
@permits(SEND_HANDOVER)
def new_handover(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, SEND_HANDOVER, public_id)
    orders = queries.receiving_orders(identity, participant.id)
    form = HandoverForm(orders=orders, is_protected=participant.has_protected_identity)
    if form.validate_on_submit():
        order = next(one for one in orders if one.public_id == form.order.data)
        made = operations.choose(identity, participant, order, form.chosen, form.purpose.data or "")
        return see("plans.handover_consent", public_id=public_id, handover_id=made.public_id)
    return shown("plans/new_handover.html", form, participant=participant, has_receiver=bool(orders))


def _own(public_id: str, handover_id: str) -> tuple[Participant, Handover]:
    """The person and a handover from the reader's unit, held where it is about to be changed."""
    identity = current_identity()
    participant = get_participant(identity, SEND_HANDOVER, public_id)
    if request.method == "POST":
        hold(participant)
    return participant, queries.get_handover(identity, participant.id, handover_id)


@bp.route("/deltagare/<id:public_id>/overlamningar/<id:handover_id>/samtycke", methods=["GET", "POST"])
@permits(SEND_HANDOVER)
def handover_consent(public_id: str, handover_id: str) -> ResponseReturnValue:
    participant, found = _own(public_id, handover_id)
    form = ConsentForm()
    if is_saved(
        form,
        found.version,
        lambda: ConsentForm(formdata=None),
        lambda: operations.consent(found, form.given),
    ):
        return see("plans.handover", public_id=public_id, handover_id=handover_id)
    return shown(
        "plans/handover_consent.html",
        form,
        participant=participant,
        handover=found,
        groups=operations.groups_of(found),
    )


@bp.get("/deltagare/<id:public_id>/overlamningar/<id:handover_id>")
@permits(SEND_HANDOVER)
def handover(public_id: str, handover_id: str) -> ResponseReturnValue:
    """What will be sent as it stands now; once it is sent, what was. After the yes is taken back, no contents."""
    participant, found = _own(public_id, handover_id)
    return render_template(
        "plans/handover.html",
        participant=participant,
        handover=found,
        groups=operations.groups_of(found),
        sections=_sections(found),
        **WORDS,
    )


def _sections(found: Handover) -> Sequence[packets.Section]:
    if found.state in operations.TAKEN_BACK:
        return ()
    groups = operations.groups_of(found)
    if found.packet_json is not None:
        return packets.sent(found.packet_json, groups, found.participant)
    return packets.packet_of(found.participant, groups)


def _done(act: Callable[[], None], told: str) -> None:
    """Do what a button asks for, and tell how it went."""
    form = BaseForm()
    attempted(form, act)
    if form.form_errors:
        flash(str(form.form_errors[0]), "warning")
    else:
        flash(told, "success")


@bp.post("/deltagare/<id:public_id>/overlamningar/<id:handover_id>/skicka")
@permits(SEND_HANDOVER)
def send_handover(public_id: str, handover_id: str) -> ResponseReturnValue:
    _participant, found = _own(public_id, handover_id)
    expect_version(found.version)
    packet = packets.packet_of(found.participant, operations.groups_of(found))
    _done(lambda: operations.send(found, packets.written(packet)), _("Överlämningen är skickad."))
    return see("plans.handover", public_id=public_id, handover_id=handover_id)


@bp.post("/deltagare/<id:public_id>/overlamningar/<id:handover_id>/ta-tillbaka")
@permits(SEND_HANDOVER)
def withdraw_handover(public_id: str, handover_id: str) -> ResponseReturnValue:
    _participant, found = _own(public_id, handover_id)
    expect_version(found.version)
    _done(lambda: operations.withdraw(found), _("Personens nej är sparat. Ingen kan öppna överlämningen."))
    return see("plans.handover", public_id=public_id, handover_id=handover_id)


@bp.get("/bestallningar/<id:order_id>/overlamningar/<id:handover_id>")
@permits(RECEIVE_HANDOVER)
def received_handover(order_id: str, handover_id: str) -> ResponseReturnValue:
    """What was sent, for the unit that has the order."""
    found = queries.open_handover(current_identity(), order_id, handover_id)
    return render_template(
        "plans/received_handover.html",
        participant=found.participant,
        handover=found,
        sections=_sections(found),
        **WORDS,
    )


@bp.post("/bestallningar/<id:order_id>/overlamningar/<id:handover_id>/kvittera")
@permits(RECEIVE_HANDOVER)
def receive_handover(order_id: str, handover_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.open_handover(identity, order_id, handover_id)
    expect_version(found.version)
    _done(lambda: operations.receive(identity, found), _("Tack. Den som skickade ser att ni har fått det."))
    return see("plans.received_handover", order_id=order_id, handover_id=handover_id)
