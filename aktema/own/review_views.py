"""How a trial was, on the person's own page: pictures to press, one question at a time, until the person stops."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core import clock
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.own_page import shown
from aktema.own.permissions import REVIEW_OWN
from aktema.own.queries import get_own
from aktema.own.review_forms import CHOICES, COMPLETION, REASON, WORDS, OwnReviewForm, own_review_form
from aktema.pathway.review_codes import OWN_WORDINGS, PICTURES, Question, ReviewedHow, Voice
from aktema.pathway.review_operations import Giver, give_review
from aktema.pathway.review_queries import may_be_reviewed
from aktema.pathway.trial_models import Trial
from aktema.pathway.trial_queries import get_trial
from aktema.steps.codes import Actor


@bp.route("/min-sida/<id:public_id>/hur-var-det/<id:trial_id>", methods=["GET", "POST"])
@permits(REVIEW_OWN)
def review(public_id: str, trial_id: str) -> ResponseReturnValue:
    """The next question. The answers so far follow along in the form: they are kept together at the end."""
    identity = current_identity()
    own = get_own(identity, REVIEW_OWN, public_id)
    trial = get_trial(own.participant.id, trial_id)
    if not may_be_reviewed(trial, clock.today()):
        raise MissingError
    form = own_review_form()
    asked = _asked(form)
    if asked is None or (form.stop.data and not form.errors):
        _keep(identity, trial, form)
        return see("own.doors", public_id=public_id)
    given = form.given() if form.is_submitted() and not form.form_errors else {}
    return shown(
        "review",
        own,
        form,
        trial=trial,
        asked=asked,
        title=_title(asked),
        picture=_picture(asked),
        choices=CHOICES.get(asked, ()),
        given=list(given.items()),
    )


def _asked(form: OwnReviewForm) -> str | None:
    """What is asked now: the first question, the next one, or the words again where they can't be kept."""
    if form.validate_on_submit():
        return form.next_question()
    return WORDS if form.words.errors else COMPLETION


def _title(asked: str) -> str:
    if asked == COMPLETION:
        return pgettext("easy", "Var du där alla dagar?")
    if asked == REASON:
        return pgettext("easy", "Varför blev det så?")
    if asked == WORDS:
        return pgettext("easy", "Vill du säga något mer?")
    return str(OWN_WORDINGS[Question(asked)])


def _picture(asked: str) -> str:
    return PICTURES[Question(asked)] if asked in tuple(Question) else "1F4AC"


def _keep(identity: Identity, trial: Trial, form: OwnReviewForm) -> None:
    """Nothing is kept where nothing was answered."""
    giver = Giver(
        voice=Voice.PERSON,
        how=ReviewedHow.LENT_SCREEN if identity.is_on_lent_screen else ReviewedHow.OWN_PAGE,
        permission=REVIEW_OWN,
        actor=Actor.PERSON,
        account_id=identity.account_id,
    )
    facts = form.facts()
    if not facts.is_empty and attempted(form, lambda: give_review(trial, giver, facts)) is not None:
        flash(pgettext("easy", "Tack. Vi har sparat dina svar."), "success")
