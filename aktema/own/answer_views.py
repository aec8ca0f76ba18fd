"""Questions that the person answers by pressing a picture: about a job to try, and about work at all."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import JobAnswerForm, WorkWishForm
from aktema.own.job_queries import get_job, jobs_of
from aktema.own.operations import answer_job
from aktema.own.own_page import shown
from aktema.own.permissions import (
    ANSWER,
    GIVE_CONSENT,
    READ_OWN_MATCHES,
    SAY_WORK_WISH,
    WITHDRAW_CONSENT,
)
from aktema.own.queries import get_own
from aktema.own.words import JOB_CHOICES, WISH_CHOICES
from aktema.pathway.codes import Answer
from aktema.plans.codes import PointAnswer
from aktema.plans.wish_operations import say_work_wish
from aktema.plans.wish_queries import find_own_wish

CARD_PERMISSIONS = {"consent_permission": GIVE_CONSENT, "withdraw_permission": WITHDRAW_CONSENT}


@bp.get("/min-sida/<id:public_id>/jobb")
@permits(READ_OWN_MATCHES)
def jobs(public_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), READ_OWN_MATCHES, public_id)
    return shown("jobs", own, jobs=jobs_of(own.participant.id))


@bp.get("/min-sida/<id:public_id>/jobb/<id:introduction_id>")
@permits(READ_OWN_MATCHES)
def job(public_id: str, introduction_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), READ_OWN_MATCHES, public_id)
    found = get_job(own.participant, introduction_id)
    form = JobAnswerForm(formdata=None)
    form.carry(found.introduction.version)
    return shown(
        "job", own, form, job=found, choices=JOB_CHOICES, answer_permission=ANSWER, **CARD_PERMISSIONS
    )


@bp.post("/min-sida/<id:public_id>/jobb/<id:introduction_id>")
@permits(ANSWER)
def answer(public_id: str, introduction_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, ANSWER, public_id)
    found = get_job(own.participant, introduction_id)
    form = JobAnswerForm()
    if form.validate() and form.expects(found.introduction.version):
        given = Answer(str(form.answer.data))
        if attempted(form, lambda: answer_job(identity, own.participant, found, given)):
            flash(pgettext("easy", "Tack. Vi har sparat ditt svar."), "success")
            return see("own.jobs", public_id=public_id)
    flash(pgettext("easy", "Något är nytt. Titta igen."), "warning")
    return see("own.job", public_id=public_id, introduction_id=introduction_id)


@bp.route("/min-sida/<id:public_id>/mitt-val", methods=["GET", "POST"])
@permits(SAY_WORK_WISH)
def work_wish(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own = get_own(identity, SAY_WORK_WISH, public_id)
    form = WorkWishForm()
    if form.validate_on_submit():
        said = PointAnswer(str(form.answer.data))
        say_work_wish(identity, SAY_WORK_WISH, own.participant, said, said_by=own.said_by)
        flash(pgettext("easy", "Tack. Vi har sparat ditt svar."), "success")
        return see("own.work_wish", public_id=public_id)
    said_before = find_own_wish(own.participant.id, own.said_by)
    return shown("work_wish", own, form, choices=WISH_CHOICES, said=said_before)
