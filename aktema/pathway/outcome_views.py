"""The pages of what became of trials, of jobs, and of the way back."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.pathway import outcome_operations as operations
from aktema.pathway import outcome_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.outcome_forms import EndJobForm, JobForm, OutcomeForm, ReturnForm
from aktema.pathway.outcome_models import Outcome
from aktema.pathway.outcome_page import view_of
from aktema.pathway.permissions import FOLLOW_UP_JOB, READ_OUTCOMES, RECORD_OUTCOME
from aktema.pathway.retention_queries import who_asks
from aktema.pathway.rules import outcome as rules
from aktema.pathway.rules.outcome import EmploymentEnd, OutcomeKind
from aktema.pathway.trial_queries import get_trial, status
from aktema.people.models import Participant
from aktema.people.queries import get_participant, may, reaching
from aktema.plans.permissions import READ_DECISIONS
from aktema.plans.queries import granted_on

WITHOUT_A_TRIAL = (OutcomeKind.JOB, OutcomeKind.EDUCATION)
"""What somebody can come to without having tried: the way back has a page of its own."""


@bp.get("/deltagare/<id:public_id>/jobb")
@permits(READ_OUTCOMES)
def outcomes(public_id: str) -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    participant = get_participant(identity, READ_OUTCOMES, public_id)
    return render_template(
        "pathway/outcomes.html",
        participant=participant,
        views=[view_of(one, today) for one in queries.outcomes_of(participant.id)],
        may_record=may(identity, RECORD_OUTCOME, participant),
    )


@bp.get("/deltagare/<id:public_id>/jobb/<id:outcome_id>")
@permits(READ_OUTCOMES)
def outcome(public_id: str, outcome_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_OUTCOMES, public_id)
    reached = reaching(identity, participant, RECORD_OUTCOME, FOLLOW_UP_JOB)
    return render_template(
        "pathway/outcome.html",
        participant=participant,
        view=view_of(queries.get_outcome(participant.id, outcome_id), clock.today()),
        asks=who_asks(participant),
        may_record=RECORD_OUTCOME in reached,
        may_follow_up=FOLLOW_UP_JOB in reached,
    )


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/resultat", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def trial_outcome(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    trial = get_trial(participant.id, trial_id)
    known = queries.find_outcome(trial.id)
    if known is not None:
        return see("pathway.outcome", public_id=public_id, outcome_id=known.public_id)
    kinds = rules.outcomes_of(status(trial, clock.today()))
    form = OutcomeForm(kinds=kinds)
    if form.validate_on_submit():
        found = attempted(form, lambda: operations.record_outcome(identity, participant, form.facts(), trial))
        if found is not None:
            return _written(participant, found)
    return shown("pathway/new_outcome.html", form, participant=participant, trial=trial, kinds=kinds)


@bp.route("/deltagare/<id:public_id>/jobb/nytt", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def new_outcome(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    form = OutcomeForm(kinds=WITHOUT_A_TRIAL)
    if form.validate_on_submit():
        found = attempted(form, lambda: operations.record_outcome(identity, participant, form.facts()))
        if found is not None:
            return _written(participant, found)
    return shown("pathway/new_outcome.html", form, participant=participant, trial=None, kinds=WITHOUT_A_TRIAL)


def _written(participant: Participant, found: Outcome) -> ResponseReturnValue:
    told = (
        _("Sparat. Gå igenom ersättningen innan jobbet börjar.")
        if found.kind == OutcomeKind.JOB
        else _("Sparat.")
    )
    flash(told, "success")
    return see("pathway.outcome", public_id=participant.public_id, outcome_id=found.public_id)


@bp.route("/deltagare/<id:public_id>/jobb/<id:outcome_id>/andra", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def edit_outcome(public_id: str, outcome_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    found = queries.get_outcome(participant.id, outcome_id)
    kinds = rules.outcomes_of(status(found.trial, clock.today())) if found.trial else {*WITHOUT_A_TRIAL}
    kinds = {*kinds, OutcomeKind(found.kind)}
    form = OutcomeForm(kinds=kinds, obj=found)
    if is_saved(
        form,
        found.version,
        lambda: OutcomeForm(kinds=kinds, formdata=None, obj=found),
        lambda: operations.change_outcome(identity, participant, found, form.facts()),
    ):
        flash(_("Ändringen är sparad."), "success")
        return see("pathway.outcome", public_id=public_id, outcome_id=outcome_id)
    return shown("pathway/edit_outcome.html", form, participant=participant, outcome=found)


@bp.route("/deltagare/<id:public_id>/jobb/<id:outcome_id>/anstallning", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def job(public_id: str, outcome_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    found = queries.get_outcome(participant.id, outcome_id)
    form = JobForm(outcome=found)
    if is_saved(
        form,
        found.employment.version if found.employment else 0,
        lambda: JobForm(outcome=found, formdata=None),
        lambda: operations.save_job(identity, participant, found, form.facts()),
    ):
        flash(_("Jobbet är sparat. Aktema säger till när det är dags att fråga hur det går."), "success")
        return see("pathway.outcome", public_id=public_id, outcome_id=outcome_id)
    view = view_of(found, clock.today())
    return shown("pathway/job.html", form, participant=participant, view=view)


@bp.route("/deltagare/<id:public_id>/jobb/<id:outcome_id>/slut", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def end_job(public_id: str, outcome_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    found, employment = queries.get_job(participant.id, outcome_id)
    form = EndJobForm(job=employment)
    if is_saved(
        form,
        employment.version,
        lambda: EndJobForm(job=employment, formdata=None),
        lambda: operations.end_job(identity, employment, form.last_day.data, EmploymentEnd(form.reason.data)),
    ):
        flash(_("Sparat. Historiken finns kvar. Bestäm tillsammans vad som kommer sedan."), "success")
        return see("pathway.outcome", public_id=public_id, outcome_id=outcome_id)
    return shown(
        "pathway/end_job.html",
        form,
        participant=participant,
        outcome=found,
        job=employment,
        is_over=not rules.is_live(employment.from_date, employment.to_date, clock.today()),
    )


@bp.route("/deltagare/<id:public_id>/tillbaka", methods=["GET", "POST"])
@permits(RECORD_OUTCOME)
def return_to_day_activity(public_id: str) -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    participant = get_participant(identity, RECORD_OUTCOME, public_id)
    jobs = queries.live_employments(participant.id, today)
    form = ReturnForm(has_job=bool(jobs))
    if form.validate_on_submit():
        found = attempted(
            form, lambda: operations.return_to_day_activity(identity, participant, form.facts())
        )
        if found is not None:
            flash(_("Sparat. Prata med handläggaren om dagar och timmar."), "success")
            return see("pathway.outcomes", public_id=public_id)
    may_read_decisions = may(identity, READ_DECISIONS, participant)
    return shown(
        "pathway/return.html",
        form,
        participant=participant,
        jobs=jobs,
        granted=granted_on(participant.id, today) if may_read_decisions else None,
    )
