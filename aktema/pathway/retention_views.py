"""The queue of jobs to follow up, and one moment of one job.

The address of a moment names the job and not the person: whoever it falls to may have the person no longer.
"""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import by_link, permits
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.pathway import retention_operations as operations
from aktema.pathway import retention_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.outcome_codes import DUE_LABELS
from aktema.pathway.permissions import FOLLOW_UP_JOB, READ_OUTCOMES
from aktema.pathway.retention_forms import EmployerForm, RetentionForm
from aktema.pathway.retention_page import employer_says, moments_of, person_says, task_of
from aktema.pathway.rules import retention as rules
from aktema.people.queries import may

MOST_SHOWN = 100


@bp.get("/uppfoljning/jobb")
@permits(READ_OUTCOMES)
def retention() -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    found = queries.owed_checks(identity, today)
    shown_ones = found[:MOST_SHOWN]
    audit.record_reads(READ_OUTCOMES, sorted({one.employment.participant_id for one in shown_ones}))
    return render_template(
        "pathway/retention.html",
        now=[task_of(one, today) for one in shown_ones if one.due_on <= today],
        soon=[task_of(one, today) for one in shown_ones if one.due_on > today],
        has_more=len(found) > MOST_SHOWN,
        counts=queries.counts(identity, READ_OUTCOMES, today),
        labels=DUE_LABELS,
    )


@bp.route("/uppfoljning/jobb/<id:employment_id>", methods=["GET", "POST"])
@permits(FOLLOW_UP_JOB)
def retention_check(employment_id: str) -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    job = queries.get_followed_up(identity, employment_id)
    due = rules.current(job.from_date, job.to_date, today)
    if due is None:
        raise MissingError
    check = queries.find_check(job, due)
    form = RetentionForm(job=job, check=check, due=due)
    if is_saved(
        form,
        check.version if check else 0,
        lambda: RetentionForm(job=job, check=check, due=due, formdata=None),
        lambda: operations.record_check(identity, job, form.moment(), form.facts()),
    ):
        flash(_("Sparat."), "success")
        return see("pathway.retention")
    return shown(
        "pathway/retention_check.html",
        form,
        job=job,
        participant=job.participant,
        label=DUE_LABELS[due],
        is_answered=check is not None and check.is_still_employed is not None,
        moments=moments_of(job, today),
        person_says=person_says(check),
        employer_says=employer_says(check),
        may_ask_employer=job.outcome.trial_id is not None,
        may_read=may(identity, READ_OUTCOMES, job.participant),
    )


@bp.post("/uppfoljning/jobb/<id:employment_id>/fraga-arbetsgivaren")
@permits(FOLLOW_UP_JOB)
def ask_employer(employment_id: str) -> ResponseReturnValue:
    identity, form = current_identity(), BaseForm()
    job = queries.get_followed_up(identity, employment_id)
    asked = attempted(form, lambda: operations.ask_employer(identity, job)) if form.validate() else None
    for problem in form.form_errors:
        flash(problem, "warning")
    if asked is not None:
        flash(_("Länken är på väg till %(name)s.", name=asked.name), "success")
    return see("pathway.retention_check", employment_id=employment_id)


@bp.route("/jobbet/<token>", methods=["GET", "POST"])
@by_link(Purpose.RETENTION)
def retention_by_link(link: Link) -> ResponseReturnValue:
    """The employer's one tap. Opening the page answers nothing, and it says nothing of the person."""
    job, form = queries.employment_by_id(link.subject_id), EmployerForm()
    if not queries.may_be_asked_about(job):
        raise MissingError
    if form.validate_on_submit():
        attempted(form, lambda: operations.answer_by_link(link, job, is_well=form.is_well))
        if not form.form_errors:
            flash(_("Tack! Vi har fått svaret."), "success")
            return see(str(request.endpoint), **(request.view_args or {}))
    audit.record_read(FOLLOW_UP_JOB, job.participant_id)
    due = queries.owed_now(job)
    check = queries.find_check(job, due) if due else None
    return shown(
        "pathway/employer_retention.html",
        form,
        workplace=job.workplace,
        began=job.from_date,
        is_open=due is not None,
        said=check.employer_says_well if check else None,
    )
