"""The pages on which an agreement is written: what it says, its days, its versions, and sent to be signed."""

from collections.abc import Callable

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from aktema.access.guard import permits
from aktema.access.identity import Identity, current_identity
from aktema.core import clock
from aktema.core.drafts import drop_draft
from aktema.core.editing import expect_version, shown
from aktema.core.errors import Message, MissingError
from aktema.core.forms import BaseForm, ConflictError, attempted
from aktema.core.http import see
from aktema.core.typed import answer_typing, keep_what_fits, typed_before
from aktema.pathway import agreement_operations as operations
from aktema.pathway import agreement_page, trial_page
from aktema.pathway import trial_queries as queries
from aktema.pathway.adaptation_memory import remembered_for, words_by_adaptation
from aktema.pathway.agreement_forms import (
    AgreementForm,
    told,
)
from aktema.pathway.blueprint import bp
from aktema.pathway.permissions import READ_TRIALS, WRITE_TRIAL
from aktema.pathway.signature_queries import contacts_at
from aktema.pathway.trial_models import Agreement, Trial
from aktema.pathway.trial_states import Act, TrialKind
from aktema.people.models import Participant
from aktema.people.queries import get_participant, hold
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.words import Adaptation

WEEK = 7


def to_write(public_id: str, trial_id: str) -> tuple[Participant, Trial]:
    """The person and the trial, which nobody else writes in meanwhile. Raises MissingError where it can't be edited."""
    participant = get_participant(current_identity(), WRITE_TRIAL, public_id)
    if request.method == "POST":
        hold(participant)
    found = queries.get_trial(participant.id, trial_id)
    if Act.EDIT not in trial_page.acts_of(found, clock.today()):
        raise MissingError
    return participant, found


@bp.route("/deltagare/<id:public_id>/provplatser/<id:trial_id>/overenskommelse", methods=["GET", "POST"])
@permits(WRITE_TRIAL)
def agreement(public_id: str, trial_id: str) -> ResponseReturnValue:
    """What is agreed, but for the days: it can be saved as far as it has come."""
    identity = current_identity()
    participant, found = to_write(public_id, trial_id)
    if request.method == "GET":
        return _agreement_page(participant, found, _drawn(identity, found))
    form = _form(found)
    if form.validate():
        if not form.expects(found.version):
            keep_what_fits(identity.account_id, _place(found))
            raise ConflictError(form, _form(found, formdata=None), found.version)
        attempted(form, lambda: operations.write_content(identity, found, form.content()))
    if form.errors:
        keep_what_fits(identity.account_id, _place(found))
        return _agreement_page(participant, queries.get_trial(participant.id, trial_id), form)
    drop_draft(identity.account_id, _place(found))
    flash(_("Överenskommelsen är sparad."), "success")
    return see("pathway.trial", public_id=public_id, trial_id=trial_id)


@bp.post("/deltagare/<id:public_id>/provplatser/<id:trial_id>/overenskommelse/utkast")
@permits(WRITE_TRIAL)
def save_agreement_draft(public_id: str, trial_id: str) -> ResponseReturnValue:
    """What is typed so far, with the version it was typed on: a session may end, nothing is lost."""
    _participant, found = to_write(public_id, trial_id)
    return answer_typing(current_identity().account_id, _place(found))


def _place(found: Trial) -> str:
    return f"agreement:{found.public_id}"


def _drawn(identity: Identity, found: Trial) -> AgreementForm:
    """The form with what was typed and not saved, else with what stands."""
    typed = typed_before(identity.account_id, _place(found))
    if typed is None:
        form = _form(found, formdata=None)
        form.carry(found.version)
        return form
    return _form(found, formdata=typed)


def _form(found: Trial, **options: MultiDict[str, str] | None) -> AgreementForm:
    last = queries.newest(found)
    near, others = _adaptations(found, last)
    easy = last.easy or agreement_page.easy_text(found, last)
    return AgreementForm(
        is_sent=last.asked_at is not None,
        kind=TrialKind(found.kind),
        contacts=contacts_at(found),
        near=near,
        others=others,
        data={**told(last, [one.code for one, _text in near]), "easy": easy},
        **options,
    )


def _adaptations(found: Trial, last: Agreement) -> tuple[list[tuple[Adaptation, Message]], list[Adaptation]]:
    """Those that are agreed, offered there or helped with the same gaps, with how they helped; and the others."""
    known = vocabulary().adaptations
    gaps = found.introduction.gaps if found.introduction else ()
    dimensions = {one.dimension_id for one in (*last.adaptations, *gaps) if one.dimension_id is not None}
    helped = words_by_adaptation(remembered_for(found.placement, dimensions))
    chosen = {one.adaptation_id for one in last.adaptations}
    offered = {one.adaptation_id for one in found.placement.adaptations}
    near = chosen | offered | helped.keys()
    shown_first = [
        (word, ". ".join(filter(None, (str(word), helped.get(key, "")))))
        for key, word in known.items()
        if key in near
    ]
    return shown_first, [word for key, word in known.items() if key not in near]


def _agreement_page(participant: Participant, found: Trial, form: AgreementForm) -> ResponseReturnValue:
    return shown(
        "pathway/agreement.html",
        form,
        participant=participant,
        trial=found,
        row=trial_page.row_of(found, clock.today()),
    )


def _pressed(found: Trial, act: Callable[[], object], done: Message) -> ResponseReturnValue:
    """Do what the button stands for; a refusal is said on the trial's page."""
    form = BaseForm()
    attempted(form, act)
    flash(form.form_errors[0] if form.form_errors else done, "warning" if form.form_errors else "success")
    return see("pathway.trial", public_id=found.participant.public_id, trial_id=found.public_id)


@bp.post("/deltagare/<id:public_id>/provplatser/<id:trial_id>/be-om-underskrift")
@permits(WRITE_TRIAL)
def ask_to_sign(public_id: str, trial_id: str) -> ResponseReturnValue:
    _participant, found = to_write(public_id, trial_id)
    expect_version(found.version)
    done = _("Nu kan ni skriva under. Arbetsgivaren får länken när personen har gjort det.")
    return _pressed(found, lambda: operations.ask_to_sign(found), done)


@bp.post("/deltagare/<id:public_id>/provplatser/<id:trial_id>/slang-andring")
@permits(WRITE_TRIAL)
def drop_change(public_id: str, trial_id: str) -> ResponseReturnValue:
    _participant, found = to_write(public_id, trial_id)
    expect_version(found.version)
    return _pressed(found, lambda: operations.drop_change(found), _("Ändringen är borta."))


@bp.get("/deltagare/<id:public_id>/provplatser/<id:trial_id>/versioner")
@permits(READ_TRIALS)
def agreement_versions(public_id: str, trial_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), READ_TRIALS, public_id)
    found = queries.get_trial(participant.id, trial_id)
    return render_template(
        "pathway/agreement_versions.html",
        participant=participant,
        trial=found,
        row=trial_page.row_of(found, clock.today()),
        versions=agreement_page.versions_of(found),
    )
