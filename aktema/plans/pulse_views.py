"""The pages of the pulse: the trend, asking the person, and what the worker believes."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.editing import shown
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.people.queries import get_participant, may
from aktema.plans import pulse_operations as operations
from aktema.plans import pulse_page
from aktema.plans import pulse_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.permissions import ASK_PULSE, READ_PULSE
from aktema.plans.pulse_codes import FACES, Question
from aktema.plans.pulse_forms import BeliefForm, pulse_form, question_about


@bp.get("/deltagare/<id:public_id>/puls")
@permits(READ_PULSE)
def pulse(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_PULSE, public_id)
    rounds, beliefs = queries.pulses_of(participant.id), queries.beliefs_of(participant.id)
    coming = queries.next_pulse(participant.id, clock.today())
    return render_template(
        "plans/pulse.html",
        participant=participant,
        rounds=rounds,
        rows=pulse_page.rows(rounds),
        beliefs=pulse_page.belief_rows(beliefs),
        coming=coming,
        is_due=coming.is_due(clock.today()),
        may_ask=may(identity, ASK_PULSE, participant),
    )


@bp.route("/deltagare/<id:public_id>/puls/fraga", methods=["GET", "POST"])
@permits(ASK_PULSE)
def ask_pulse(public_id: str) -> ResponseReturnValue:
    """The nine questions; then the worker's own."""
    identity = current_identity()
    participant = get_participant(identity, ASK_PULSE, public_id)
    form = pulse_form()
    if form.validate_on_submit() and attempted(
        form, lambda: operations.answer_pulse(identity, participant, form.facts())
    ):
        flash(_("Svaren är sparade."), "success")
        return see("plans.believe", public_id=public_id)
    return shown("plans/ask_pulse.html", form, participant=participant, questions=Question, faces=FACES)


@bp.route("/deltagare/<id:public_id>/puls/tro", methods=["GET", "POST"])
@permits(ASK_PULSE)
def believe(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, ASK_PULSE, public_id)
    form = BeliefForm()
    form.belief.label.text = question_about(participant.first_name)
    if form.validate_on_submit() and attempted(
        form, lambda: operations.believe(identity, participant, form.chosen, clock.today())
    ):
        flash(_("Tack, svaret är sparat."), "success")
        return see("plans.pulse", public_id=public_id)
    return shown("plans/believe.html", form, participant=participant)
