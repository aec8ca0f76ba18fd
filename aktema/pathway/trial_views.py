"""The pages of a person's trials: begun at a placement, as they stand, longer or shorter, ended before their day."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.core.paging import Cursor
from aktema.employers.placement_queries import PlacementFilter, get_placement, list_placements
from aktema.employers.states import State
from aktema.pathway import agreement_operations as agreements
from aktema.pathway import agreement_page, trial_page
from aktema.pathway import trial_operations as operations
from aktema.pathway import trial_queries as queries
from aktema.pathway.blueprint import bp
from aktema.pathway.check_in_page import check_ins_view, job_view
from aktema.pathway.outcome_page import outcome_section
from aktema.pathway.permissions import BEGIN_TRIAL, END_TRIAL, READ_REVIEWS, READ_TRIALS, WRITE_TRIAL
from aktema.pathway.queries import introductions_of
from aktema.pathway.review_page import review_section
from aktema.pathway.signature_page import signing_of
from aktema.pathway.states import OPEN_STATES, IntroductionState
from aktema.pathway.trial_codes import EndReason, ExtendReason
from aktema.pathway.trial_day_page import days_view
from aktema.pathway.trial_forms import (
    BeginForm,
    CancelForm,
    ExtendForm,
    InterruptForm,
    PlaceSearchForm,
    ShortenForm,
)
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_states import OVER, Act, TrialStatus
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold, may, reaching


@bp.get("/deltagare/<id:public_id>/provplatser")
@permits(READ_TRIALS)
def trials(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_TRIALS, public_id)
    return render_template(
        "pathway/trials.html",
        participant=participant,
        rows=trial_page.rows_of(queries.trials_of(participant.id), clock.today()),
        may_begin=may(identity, BEGIN_TRIAL, participant),
    )


@bp.get("/deltagare/<id:public_id>/provplatser/ny")
@permits(BEGIN_TRIAL)
def choose_place(public_id: str) -> ResponseReturnValue:
    """Where: a place the person has been asked about, or any other."""
    participant = get_participant(current_identity(), BEGIN_TRIAL, public_id)
    form = PlaceSearchForm(request.args)
    typed = form.q.data if form.validate() else ""
    found = list_placements(PlacementFilter(typed=typed, state=State.PUBLISHED), Cursor()) if typed else None
    begun = {one.introduction_id for one in queries.trials_of(participant.id) if one.cancelled_on is None}
    wanted = [
        view
        for view in introductions_of(participant.id)
        if view.introduction.answer == "yes" and view.introduction.id not in begun
    ]
    return render_template(
        "pathway/choose_place.html",
        participant=participant,
        views=sorted(
            (view for view in wanted if view.state in OPEN_STATES),
            key=lambda view: view.state is not IntroductionState.AGREED,
        ),
        agreed=IntroductionState.AGREED,
        form=form,
        found=found.items if found else (),
        typed=typed,
    )


@bp.route("/deltagare/<id:public_id>/provplatser/ny/<id:placement_id>", methods=["GET", "POST"])
@permits(BEGIN_TRIAL)
def begin_trial(public_id: str, placement_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = _held(BEGIN_TRIAL, public_id)
    placement = get_placement(placement_id)
    form = BeginForm()
    if form.validate_on_submit():
        begun = attempted(
            form, lambda: operations.begin_trial(identity, participant, placement, form.facts())
        )
        if begun is not None:
            flash(_("Provplatsen är påbörjad. Skriv nu dagar och tider."), "success")
            return see("pathway.schedule", public_id=public_id, trial_id=begun.public_id)
        placement = get_placement(placement_id)  # a refused act has set the row back
    return shown("pathway/begin_trial.html", form, participant=participant, placement=placement)


@bp.get("/deltagare/<id:public_id>/provplatser/<id:trial_id>")
@permits(READ_TRIALS)
def trial(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, READ_TRIALS, public_id)
    found, today = queries.get_trial(participant.id, trial_id), clock.today()
    reached = reaching(identity, participant, WRITE_TRIAL, END_TRIAL, READ_REVIEWS)
    agreed, last = queries.in_force(found), queries.newest(found)
    acts = trial_page.acts_of(found, today) if WRITE_TRIAL in reached else frozenset()
    return render_template(
        "pathway/trial.html",
        participant=participant,
        trial=found,
        row=trial_page.row_of(found, today),
        is_over=queries.status(found, today) in OVER,
        acts=acts,
        act=Act,
        may_end=END_TRIAL in reached,
        agreement=agreed or last,
        draft=last if last.asked_at is None else None,
        changing=last if queries.is_changing(found) else None,
        lines=agreement_page.staff_lines(agreed or last),
        is_text_to_be_read=bool(acts) and agreement_page.is_text_to_be_read_through(last),
        changes=agreement_page.differences(agreed, last) if agreed and agreed is not last else (),
        ending=trial_page.ending_facts(found),
        lacks=trial_page.lacks_of(found) if last.asked_at is None and acts else (),
        **_sections(identity, found, shows_review=READ_REVIEWS in reached),
    )


def _sections(identity: Identity, found: Trial, *, shows_review: bool) -> dict[str, object]:
    """What signatures, days, check-ins, reviews and outcomes add to the page; None where they have nothing to say."""
    today = clock.today()
    return {
        "signing": signing_of(identity, found, today),
        "check_ins": check_ins_view(identity, found, today),
        "job": job_view(identity, found, today),
        "days": days_view(identity, found, today),
        "review_section": review_section(found, today) if shows_review else None,
        "outcome_section": outcome_section(identity, found, today),
    }


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/forlang", methods=["GET", "POST"])
@permits(WRITE_TRIAL)
def extend_trial(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = _held(WRITE_TRIAL, public_id)
    found = queries.get_trial(participant.id, trial_id)
    form = ExtendForm()
    if is_saved(
        form,
        found.version,
        lambda: ExtendForm(formdata=None, data=_last_day(found)),
        lambda: agreements.extend(
            identity, found, form.to_date.data, ExtendReason(form.reason.data), form.words.data or ""
        ),
    ):
        return _written(found)
    return _change_page("pathway/extend_trial.html", form, participant, trial_id)


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/korta", methods=["GET", "POST"])
@permits(WRITE_TRIAL)
def shorten_trial(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = _held(WRITE_TRIAL, public_id)
    found = queries.get_trial(participant.id, trial_id)
    form = ShortenForm()
    if is_saved(
        form,
        found.version,
        lambda: ShortenForm(formdata=None, data=_last_day(found)),
        lambda: agreements.shorten(
            identity, found, form.to_date.data, EndReason(form.reason.data), form.words.data or ""
        ),
    ):
        return _written(found)
    return _change_page("pathway/shorten_trial.html", form, participant, trial_id)


def _last_day(found: Trial) -> dict[str, object]:
    return {"to_date": (queries.in_force(found) or queries.newest(found)).to_date}


def _written(found: Trial) -> ResponseReturnValue:
    flash(_("Ändringen är skriven. Läs igenom den och be alla skriva under."), "success")
    return see("pathway.trial", public_id=found.participant.public_id, trial_id=found.public_id)


def _change_page(
    template: str, form: BaseForm, participant: Participant, trial_id: str
) -> ResponseReturnValue:
    found = queries.get_trial(participant.id, trial_id)  # a refused act has set the row back
    return shown(
        template,
        form,
        participant=participant,
        trial=found,
        row=trial_page.row_of(found, clock.today()),
        replaced=queries.newest(found).to_date if queries.is_changing(found) else None,
    )


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/avsluta", methods=["GET", "POST"])
@permits(END_TRIAL)
def end_trial(public_id: str, trial_id: str) -> ResponseReturnValue:
    """Called off before it begins; broken off once it runs."""
    participant = _held(END_TRIAL, public_id)
    found = queries.get_trial(participant.id, trial_id)
    is_running = queries.status(found, clock.today()) is TrialStatus.RUNNING
    kind = InterruptForm if is_running else CancelForm
    form = kind()
    if is_saved(form, found.version, lambda: kind(formdata=None), lambda: _end(found, form)):
        flash(_("Provplatsen är avslutad."), "success")
        return see("pathway.trial", public_id=public_id, trial_id=trial_id)
    return _change_page("pathway/end_trial.html", form, participant, trial_id)


def _end(found: Trial, form: InterruptForm | CancelForm) -> None:
    if isinstance(form, InterruptForm):
        operations.interrupt_trial(found, form.facts(), form.day.data)
    else:
        operations.cancel_trial(found, form.facts())


def _held(permission: Permission, public_id: str) -> Participant:
    """The person; while something is sent nobody else writes about them meanwhile."""
    participant = get_participant(current_identity(), permission, public_id)
    if request.method == "POST":
        hold(participant)
    return participant
