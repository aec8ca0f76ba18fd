"""Introductions of a person.

/deltagare/<id>/fragor             introductions
/deltagare/<id>/fragor/<id>        answer
"""

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted
from aktema.core.forms import ConflictError, attempted
from aktema.core.http import see
from aktema.pathway import operations, queries
from aktema.pathway.codes import STATE_LABELS, STATE_TONES
from aktema.pathway.forms import AnswerForm
from aktema.pathway.permissions import READ_INTRODUCTIONS, RECORD_ANSWER
from aktema.pathway.states import OPEN_STATES
from aktema.people.queries import get_participant

bp = Blueprint("pathway", __name__)


@bp.get("/deltagare/<id:public_id>/fragor")
@permits(READ_INTRODUCTIONS)
def introductions(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_INTRODUCTIONS, public_id)
    views = queries.introductions_of(participant.id)
    return render_template(
        "pathway/introductions.html",
        participant=participant,
        views=views,
        may_answer=is_granted(identity, RECORD_ANSWER),
        open_states=OPEN_STATES,
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )


@bp.route("/deltagare/<id:public_id>/fragor/<id:introduction_id>", methods=["GET", "POST"])
@permits(RECORD_ANSWER)
def answer(public_id: str, introduction_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_ANSWER, public_id)
    view = queries.get_introduction(participant.id, introduction_id)
    introduction, title = view.introduction, view.placement_title
    form = AnswerForm()
    if form.validate_on_submit():
        if not form.expects(introduction.version):
            raise ConflictError(form, AnswerForm(formdata=None, obj=introduction), introduction.version)
        facts = form.facts()
        if attempted(
            form,
            lambda: operations.record_answer(
                identity, participant, introduction, facts, placement_title=title
            ),
        ):
            flash(_("Svaret är sparat."), "success")
            return see("home.participant", public_id=public_id)
    if not form.is_submitted():
        form.carry(introduction.version)
    page = render_template(
        "pathway/answer.html",
        form=form,
        participant=participant,
        view=view,
        labels=STATE_LABELS,
        tones=STATE_TONES,
    )
    return page, 422 if form.errors else 200
