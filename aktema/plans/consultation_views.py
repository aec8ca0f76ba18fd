"""The pages of consultations: what licensed staff were asked, a new question, and what came of it."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import is_saved, shown
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import cursor_of_request
from aktema.people.queries import get_participant, hold, may
from aktema.plans import consultation_operations as operations
from aktema.plans import consultation_queries as queries
from aktema.plans.blueprint import bp
from aktema.plans.consultation_codes import Profession, QuestionArea
from aktema.plans.consultation_forms import AdviceForm, ConsultationForm
from aktema.plans.permissions import CONSULT, READ_CONSULTATIONS


@bp.get("/deltagare/<id:public_id>/radfragningar")
@permits(READ_CONSULTATIONS)
def consultations(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_CONSULTATIONS, public_id)
    return render_template(
        "plans/consultations.html",
        participant=participant,
        page=queries.consultations_of(participant.id, cursor_of_request()),
        area_of=QuestionArea,
        profession_of=Profession,
        may_ask=may(identity, CONSULT, participant),
    )


@bp.route("/deltagare/<id:public_id>/radfragningar/ny", methods=["GET", "POST"])
@permits(CONSULT)
def new_consultation(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, CONSULT, public_id)
    form = ConsultationForm()
    if form.validate_on_submit() and attempted(
        form, lambda: operations.ask(identity, participant, form.facts())
    ):
        flash(_("Rådfrågningen är sparad."), "success")
        return see("plans.consultations", public_id=public_id)
    return shown("plans/new_consultation.html", form, participant=participant)


@bp.route("/deltagare/<id:public_id>/radfragningar/<id:consultation_id>", methods=["GET", "POST"])
@permits(CONSULT)
def consultation(public_id: str, consultation_id: str) -> ResponseReturnValue:
    """What came of it, to be written down when the answer has come; to be read afterwards."""
    participant = get_participant(current_identity(), CONSULT, public_id)
    if request.method == "POST":
        hold(participant)
    found = queries.get_consultation(participant.id, consultation_id)
    form = AdviceForm()
    if is_saved(
        form,
        found.version,
        lambda: AdviceForm(formdata=None),
        lambda: operations.answer(found, form.answered_on.data, form.advice.data or ""),
    ):
        flash(_("Svaret är sparat."), "success")
        return see("plans.consultations", public_id=public_id)
    return shown(
        "plans/consultation.html",
        form,
        participant=participant,
        consultation=found,
        area=QuestionArea(found.area).label,
        profession=Profession(found.profession).label,
    )
