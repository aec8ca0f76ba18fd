"""The pages of reviews: side by side for staff, taken down by the coach, and given by an employer.

The person's own is under /min-sida.
"""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.guard import by_link, permits
from aktema.access.identity import Identity, current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_models import Link
from aktema.access.link_operations import mark_used
from aktema.core import clock
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.employers.company_queries import contact_of
from aktema.pathway import review_operations as operations
from aktema.pathway import review_page
from aktema.pathway.agreement_page import days_words
from aktema.pathway.blueprint import bp
from aktema.pathway.permissions import READ_REVIEWS, REVIEW_AS_EMPLOYER, WRITE_REVIEW
from aktema.pathway.review_codes import ReviewedHow, Voice
from aktema.pathway.review_forms import ReviewForm, SeenForm, review_form
from aktema.pathway.review_operations import Giver
from aktema.pathway.review_queries import ended_on, find_review, may_be_reviewed
from aktema.pathway.signature_page import WRITTEN
from aktema.pathway.signature_queries import card_of, find_supervisor, get_company_trial, open_trial
from aktema.pathway.signature_views import TRIAL_PATH, trial_of
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import in_force
from aktema.people.permissions import UPDATE_PROFILE
from aktema.people.queries import reaching
from aktema.plans.pulse_codes import FACES
from aktema.steps.codes import Actor

REVIEW_PATH = f"{TRIAL_PATH}/utvardering"
VOICES = {written: Voice(party) for party, written in WRITTEN.items()}
TAKEN_DOWN = {Voice.PERSON: ReviewedHow.IN_TALK, Voice.EMPLOYER: ReviewedHow.BY_PHONE}


@bp.get(REVIEW_PATH)
@permits(READ_REVIEWS)
def review(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, READ_REVIEWS, public_id, trial_id)
    today, reached = clock.today(), reaching(identity, trial.participant, WRITE_REVIEW, UPDATE_PROFILE)
    contact = find_supervisor(trial)
    return render_template(
        "pathway/review.html",
        participant=trial.participant,
        trial=trial,
        told=review_page.side_by_side(trial, today),
        voices=Voice,
        written=WRITTEN,
        may_write=WRITE_REVIEW in reached,
        seen=review_page.seen_at(trial) if UPDATE_PROFILE in reached else None,
        contact=contact,
        why_no_link=review_page.why_no_link(trial, contact, today),
    )


@bp.route(f"{REVIEW_PATH}/<any(personen, arbetsgivaren, coachen):who>", methods=["GET", "POST"])
@permits(WRITE_REVIEW)
def write_review(public_id: str, trial_id: str, who: str) -> ResponseReturnValue:
    """The coach's own, or what another voice told the coach."""
    identity = current_identity()
    trial = trial_of(identity, WRITE_REVIEW, public_id, trial_id)
    form, is_kept = _asked(trial, _written_by(identity, VOICES[who]))
    if is_kept:
        flash(_("Utvärderingen är sparad."), "success")
        return see("pathway.review", public_id=public_id, trial_id=trial_id)
    return shown(
        "pathway/write_review.html",
        form,
        participant=trial.participant,
        trial=trial,
        voice=VOICES[who],
        voices=Voice,
        faces=FACES,
    )


def _written_by(identity: Identity, voice: Voice) -> Giver:
    return Giver(
        voice=voice,
        how=TAKEN_DOWN.get(voice, ReviewedHow.SIGNED_IN),
        permission=WRITE_REVIEW,
        actor=Actor.STAFF,
        account_id=identity.account_id,
    )


def _asked(trial: Trial, giver: Giver) -> tuple[ReviewForm, bool]:
    """The voice's form, and whether what it says has been kept."""
    before = find_review(trial, giver.voice)
    agreed = review_page.agreed_adaptations(trial) if giver.voice is Voice.COACH else ()
    form = review_form(giver.voice, before, agreed)
    is_kept = is_saved(
        form,
        before.version if before is not None else 0,
        lambda: review_form(giver.voice, before, agreed, formdata=None),
        lambda: operations.give_review(trial, giver, form.facts()),
    )
    return form, is_kept


@bp.post(f"{REVIEW_PATH}/lank")
@permits(WRITE_REVIEW)
def send_review_link(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    trial = trial_of(identity, WRITE_REVIEW, public_id, trial_id)
    form = BaseForm()
    sent_to = attempted(form, lambda: operations.send_review_link(trial, identity.account_id))
    for problem in form.form_errors:
        flash(problem, "warning")
    if sent_to is not None:
        flash(_("Länken är på väg till %(name)s.", name=sent_to.name), "success")
    return see("pathway.review", public_id=public_id, trial_id=trial_id)


@bp.route(f"{REVIEW_PATH}/sett-pa-platsen", methods=["GET", "POST"])
@permits(UPDATE_PROFILE)
def confirm_seen(public_id: str, trial_id: str) -> ResponseReturnValue:
    """What the trial has shown, for the coach to say yes to line by line."""
    identity = current_identity()
    trial = trial_of(identity, UPDATE_PROFILE, public_id, trial_id)
    participant, seen = trial.participant, review_page.seen_at(trial)
    form = SeenForm(levels=seen.level_pairs(), votes=seen.vote_pairs())
    if form.validate_on_submit():
        levels = [one for one in seen.levels if form.has_level(one.dimension_id)]
        votes = {key: vote for key, vote in seen.votes.items() if form.has_vote(key)}
        kept = attempted(
            form,
            lambda: operations.keep_what_was_seen(identity, participant, trial, shown=levels, votes=votes),
        )
        if kept is not None:
            flash(_("Sparat i profilen."), "success")
            return see("pathway.review", public_id=public_id, trial_id=trial_id)
    return shown("pathway/confirm_seen.html", form, participant=participant, trial=trial, seen=seen)


@bp.route("/utvardera/<token>", methods=["GET", "POST"])
@by_link(Purpose.REVIEW)
def review_by_link(link: Link) -> ResponseReturnValue:
    """An employer's five questions. Opening the page changes nothing."""
    trial = open_trial(link.subject_id, clock.today())
    form, is_kept = _asked_of_employer(trial, ReviewedHow.LINK, contact_id=link.contact_id)
    if is_kept:
        mark_used(link)
    return _employer_page(trial, form, is_kept)


@bp.route("/min-arbetsplats/utvardera/<id:trial_id>", methods=["GET", "POST"])
@permits(REVIEW_AS_EMPLOYER)
def review_as_employer(trial_id: str) -> ResponseReturnValue:
    contact = contact_of(current_identity())
    trial = get_company_trial(contact.employer_id, trial_id, clock.today())
    form, is_kept = _asked_of_employer(
        trial, ReviewedHow.SIGNED_IN, contact_id=contact.id, account_id=contact.account_id
    )
    return _employer_page(trial, form, is_kept)


def _asked_of_employer(
    trial: Trial, how: ReviewedHow, *, contact_id: int | None, account_id: int | None = None
) -> tuple[ReviewForm, bool]:
    if not may_be_reviewed(trial, clock.today()):
        raise MissingError
    audit.record_read(REVIEW_AS_EMPLOYER, trial.participant_id)
    giver = Giver(
        voice=Voice.EMPLOYER,
        how=how,
        permission=REVIEW_AS_EMPLOYER,
        actor=Actor.EMPLOYER,
        account_id=account_id,
        contact_id=contact_id,
    )
    return _asked(trial, giver)


def _employer_page(trial: Trial, form: ReviewForm, is_kept: bool) -> ResponseReturnValue:
    """Of the person it tells what stands on the agreed card; of the trial the place and the days."""
    if is_kept:
        flash(_("Tack! Era svar är sparade."), "success")
        return see(str(request.endpoint), **(request.view_args or {}))
    agreed, before = in_force(trial), find_review(trial, Voice.EMPLOYER)
    return shown(
        "pathway/employer_review.html",
        form,
        trial=trial,
        card=card_of(trial, clock.today()),
        period=days_words(agreed.from_date if agreed else None, ended_on(trial)),
        before=before,
        faces=FACES,
        is_taken_down=before is not None and before.how == ReviewedHow.BY_PHONE,
    )
