"""The pages of a trial while it runs, for staff: how it goes, who wants to talk, whether it could be a job."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import shown
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.pathway import check_in_operations as operations
from aktema.pathway import check_in_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.check_in_codes import CheckInAnswer, JobAnswer, ToldHow
from aktema.pathway.check_in_forms import JobQuestionForm, NotedCheckInForm
from aktema.pathway.check_in_operations import CheckInFacts
from aktema.pathway.permissions import CHECK_IN
from aktema.pathway.signature_views import TRIAL_PATH, do, trial_of
from aktema.pathway.trial_states import Party
from aktema.steps.codes import Actor


@bp.post(f"{TRIAL_PATH}/avstamning")
@permits(CHECK_IN)
def note_check_in(public_id: str, trial_id: str) -> ResponseReturnValue:
    """What one side told a worker, on the telephone or in passing."""
    identity = current_identity()
    trial = trial_of(identity, CHECK_IN, public_id, trial_id)
    form = NotedCheckInForm()
    if form.validate():
        facts = CheckInFacts(
            party=Party(str(form.party.data)),
            answer=CheckInAnswer(str(form.answer.data)),
            how=ToldHow.STAFF,
            account_id=identity.account_id,
            actor=Actor.STAFF,
        )
        do(lambda: operations.check_in(trial, facts, CHECK_IN), _("Avstämningen är sparad."))
    return see("pathway.trial", public_id=public_id, trial_id=trial_id)


@bp.post(f"{TRIAL_PATH}/avstamning/<id:check_in_id>/pratat")
@permits(CHECK_IN)
def have_talked(public_id: str, trial_id: str, check_in_id: str) -> ResponseReturnValue:
    trial = trial_of(current_identity(), CHECK_IN, public_id, trial_id)
    found = queries.get_check_in(trial, check_in_id)
    do(lambda: operations.mark_talked(trial, found), _("Bra. Det är markerat att ni har pratat."))
    return see("pathway.trial", public_id=public_id, trial_id=trial_id)


@bp.post(f"{TRIAL_PATH}/avstamning/lank")
@permits(CHECK_IN)
def send_check_in_link(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial, form = trial_of(identity, CHECK_IN, public_id, trial_id), BaseForm()
    sent = (
        attempted(form, lambda: operations.send_check_in_link(trial, account_id=identity.account_id))
        if form.validate()
        else None
    )
    if sent is None:
        flash(_("Ingen handledare med e-post är angiven, eller så vill hen inte ha sådana mejl."), "warning")
    else:
        flash(_("Länken är på väg till %(name)s.", name=sent.name), "success")
    return see("pathway.trial", public_id=public_id, trial_id=trial_id)


@bp.route(f"{TRIAL_PATH}/jobbfragan", methods=["GET", "POST"])
@permits(CHECK_IN)
def job_question(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, CHECK_IN, public_id, trial_id)
    form = JobQuestionForm()
    if form.validate_on_submit():
        answer, words = JobAnswer(form.answer.data), form.words.data or ""
        attempted(
            form,
            lambda: operations.answer_job_question(trial, answer, words, account_id=identity.account_id),
        )
        if not form.errors:
            flash(_("Svaret är sparat."), "success")
            return see("pathway.trial", public_id=public_id, trial_id=trial_id)
    return shown("pathway/job_question.html", form, trial=trial)
