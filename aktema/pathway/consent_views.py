"""The card for an employer, made together with a worker: chosen, looked at as the employer sees it, and said yes to."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.editing import expect_version, shown
from aktema.core.forms import BaseForm, ConflictError, attempted
from aktema.core.http import see
from aktema.pathway import introduction_page
from aktema.pathway.blueprint import bp
from aktema.pathway.consent_forms import StaffCardForm
from aktema.pathway.consent_operations import share_card, take_back_card
from aktema.pathway.consent_queries import draw_card, offered_fields, usual_until
from aktema.pathway.introduction_views import PATH, read
from aktema.pathway.permissions import RECORD_CONSENT, REVOKE_CONSENT
from aktema.pathway.queries import IntroductionView
from aktema.people.models import Participant
from aktema.people.photo_queries import list_photos

GIVE = "give"


@bp.route(f"{PATH}/kort", methods=["GET", "POST"])
@permits(RECORD_CONSENT)
def card(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(RECORD_CONSENT, public_id, introduction_id)
    form = _card_form(participant, view)
    if not form.is_submitted():
        form = _as_it_stands(participant, view)
    elif form.validate():
        if not form.expects(view.introduction.version):
            raise ConflictError(form, _as_it_stands(participant, view), view.introduction.version)
        if request.form.get("act") == GIVE and _is_given(participant, view, form):
            flash(_given(view), "success")
            return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
        drawn = draw_card(participant, view.introduction, form.choice())
        form.seen.data = drawn.digest()
        page = introduction_page.card_page(drawn)
        return shown("pathway/make_card.html", form, participant=participant, view=view, card=page)
    return shown("pathway/make_card.html", form, participant=participant, view=view, card=None)


def _card_form(participant: Participant, view: IntroductionView, **options: None) -> StaffCardForm:
    offered = offered_fields(participant, view.introduction)
    return StaffCardForm(
        offered=offered,
        photos=list_photos(participant),
        usual_until=usual_until(view.introduction),
        **options,
    )


def _as_it_stands(participant: Participant, view: IntroductionView) -> StaffCardForm:
    form = _card_form(participant, view, formdata=None)
    form.carry(view.introduction.version)
    form.begin_from(view.card)
    form.until.data = form.usual_until
    return form


def _is_given(participant: Participant, view: IntroductionView, form: StaffCardForm) -> bool:
    attempted(
        form,
        lambda: share_card(
            current_identity(),
            RECORD_CONSENT,
            participant,
            view,
            form.choice(),
            seen=str(form.seen.data),
            given_by=str(form.given_by.data),
            channel=form.heard(),
        ),
    )
    return not form.errors and not form.form_errors


def _given(view: IntroductionView) -> str:
    if view.introduction.sent_on or view.introduction.agreed_on:
        return _("Kortet är klart. Arbetsgivaren ser det nu.")
    return _("Kortet är klart. Nu kan ni fråga arbetsgivaren.")


@bp.post(f"{PATH}/kort/ta-tillbaka")
@permits(REVOKE_CONSENT)
def withdraw_card(public_id: str, introduction_id: str) -> ResponseReturnValue:
    participant, view = read(REVOKE_CONSENT, public_id, introduction_id)
    expect_version(view.introduction.version)
    form = BaseForm()
    attempted(form, lambda: take_back_card(REVOKE_CONSENT, participant, view))
    for problem in form.form_errors:
        flash(problem, "warning")
    if not form.form_errors:
        flash(_("Kortet är taget tillbaka. Arbetsgivaren ser det inte längre."), "success")
    return see("pathway.introduction", public_id=public_id, introduction_id=introduction_id)
