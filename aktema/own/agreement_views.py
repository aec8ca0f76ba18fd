"""The person's own agreement: read in their own form, and signed with one press."""

from dataclasses import dataclass

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.editing import act_form
from aktema.core.errors import Message, MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.own.agreement_page import agreement_reading
from aktema.own.blueprint import bp
from aktema.own.own_page import shown
from aktema.own.permissions import READ_OWN_TRIAL, SIGN_OWN
from aktema.own.plan_queries import form_for
from aktema.own.queries import Own, get_own
from aktema.own.trial_queries import is_readable
from aktema.own.words import FORM_WORDS
from aktema.pathway.signature_operations import SignatureFacts, sign
from aktema.pathway.signature_queries import signature_of
from aktema.pathway.trial_codes import OnBehalfReason, SignedHow
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_queries import awaits, get_trial, in_force, newest
from aktema.pathway.trial_states import Party
from aktema.people.queries import hold
from aktema.plans.plan_codes import PlanForm
from aktema.plans.plan_page import FORMS

WRITTEN = {form: written for written, form in FORMS.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementDoor:
    """A way to the same agreement in another form."""

    label: Message
    href: str
    picture: str


def own_trial_of(permission: Permission, public_id: str, trial_id: str) -> tuple[Own, Trial]:
    """A trial of the person with something to read, held where something is sent. Raises MissingError."""
    own = get_own(current_identity(), permission, public_id)
    if request.method == "POST":
        hold(own.participant)
    trial = get_trial(own.participant.id, trial_id)
    if not is_readable(trial):
        raise MissingError
    return own, trial


@bp.get("/min-sida/<id:public_id>/overenskommelse/<id:trial_id>")
@permits(READ_OWN_TRIAL)
def agreement(public_id: str, trial_id: str) -> ResponseReturnValue:
    own, trial = own_trial_of(READ_OWN_TRIAL, public_id, trial_id)
    return _page(own, trial, form_for(own.participant))


@bp.get("/min-sida/<id:public_id>/overenskommelse/<id:trial_id>/<any(vanlig, lattlast, bilder):form>")
@permits(READ_OWN_TRIAL)
def agreement_in(public_id: str, trial_id: str, form: str) -> ResponseReturnValue:
    own, trial = own_trial_of(READ_OWN_TRIAL, public_id, trial_id)
    return _page(own, trial, FORMS[form])


def _read(trial: Trial) -> Agreement:
    """The newest version that was sent; a later draft is nobody's to read yet."""
    last = newest(trial)
    return last if last.asked_at is not None else in_force(trial) or last


def _page(own: Own, trial: Trial, form: PlanForm) -> ResponseReturnValue:
    read, today = _read(trial), clock.today()
    return shown(
        "agreement",
        own,
        act_form(read.id),
        trial=trial,
        agreement=read,
        reading=agreement_reading(trial, read, form, today),
        forms=_doors(own.participant.public_id, trial, form),
        is_to_sign=Party.PERSON in awaits(trial, today),
        signed=signature_of(read, Party.PERSON),
        sign_permission=SIGN_OWN,
    )


def _doors(public_id: str, trial: Trial, current: PlanForm) -> list[AgreementDoor]:
    return [
        AgreementDoor(
            label=FORM_WORDS[form].word,
            href=url_for(
                "own.agreement_in", public_id=public_id, trial_id=trial.public_id, form=WRITTEN[form]
            ),
            picture=FORM_WORDS[form].picture,
        )
        for form in PlanForm
        if form is not current
    ]


@bp.post("/min-sida/<id:public_id>/overenskommelse/<id:trial_id>/ja")
@permits(SIGN_OWN)
def sign_agreement(public_id: str, trial_id: str) -> ResponseReturnValue:
    identity = current_identity()
    own, trial = own_trial_of(SIGN_OWN, public_id, trial_id)
    form, facts = BaseForm(), _facts(identity, own)
    if form.validate() and form.expects(newest(trial).id):
        attempted(form, lambda: sign(trial, facts, SIGN_OWN))
        if form.errors:
            flash(pgettext("easy", "Du kan säga ja senare. Prata med din coach."), "warning")
        else:
            flash(pgettext("easy", "Tack. Vi har sparat ditt ja."), "success")
    else:
        flash(pgettext("easy", "Något är nytt. Titta igen."), "warning")
    return see("own.agreement", public_id=public_id, trial_id=trial_id)


def _facts(identity: Identity, own: Own) -> SignatureFacts:
    """The person signs in their own name; whoever represents them in theirs, which is said."""
    return SignatureFacts(
        party=Party.PERSON,
        how=SignedHow.LENT_SCREEN if identity.is_on_lent_screen else SignedHow.OWN_PAGE,
        name=own.participant.name if own.is_self else identity.name,
        account_id=identity.account_id,
        on_behalf=None if own.is_self else OnBehalfReason.REPRESENTATIVE,
    )
