"""The person's card for an employer, on their own page: chosen, looked at as the employer sees it, and said yes to."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.own_page import shown
from aktema.own.permissions import GIVE_CONSENT, WITHDRAW_CONSENT
from aktema.own.queries import Own, get_own
from aktema.pathway.codes import Channel
from aktema.pathway.consent_forms import CardForm
from aktema.pathway.consent_operations import share_card, take_back_card
from aktema.pathway.consent_queries import draw_card, offered_fields, usual_until
from aktema.pathway.introduction_codes import EASY_FIELD_LABELS
from aktema.pathway.introduction_page import card_page
from aktema.pathway.introduction_queries import hold
from aktema.pathway.queries import IntroductionView, get_introduction
from aktema.pathway.rules.card import CalledBy, Card
from aktema.people.photo_queries import list_photos
from aktema.steps.codes import Actor

GIVE, CHANGE = "give", "change"


@bp.route("/min-sida/<id:public_id>/jobb/<id:introduction_id>/kort", methods=["GET", "POST"])
@permits(GIVE_CONSENT)
def job_card(public_id: str, introduction_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), GIVE_CONSENT, public_id)
    view = get_introduction(own.participant.id, introduction_id)
    hold(view.introduction)
    offered, photos = offered_fields(own.participant, view.introduction), list_photos(own.participant)
    until = usual_until(view.introduction)
    form, drawn = CardForm(offered=offered, photos=photos, usual_until=until), None
    if not form.is_submitted():
        form.carry(view.introduction.version)
        form.begin_from(view.card)
    elif form.validate() and request.form.get("act") != CHANGE:
        if request.form.get("act") == GIVE and _is_given(own, view, form):
            flash(pgettext("easy", "Tack. Ditt kort är klart."), "success")
            return see("own.job", public_id=public_id, introduction_id=introduction_id)
        drawn = draw_card(own.participant, view.introduction, form.choice())
    return _page(own, form, view, drawn)


def _is_given(own: Own, view: IntroductionView, form: CardForm) -> bool:
    if not form.expects(view.introduction.version):
        form.form_errors.append(pgettext("easy", "Något är nytt. Titta igen."))
        form.carry(view.introduction.version)
        return False
    identity = current_identity()
    attempted(
        form,
        lambda: share_card(
            identity,
            GIVE_CONSENT,
            own.participant,
            view,
            form.choice(),
            seen=str(form.seen.data),
            given_by=own.said_by,
            channel=Channel.LENT_SCREEN if identity.is_on_lent_screen else Channel.OWN_PAGE,
        ),
    )
    return not form.errors and not form.form_errors


def _page(own: Own, form: CardForm, view: IntroductionView, drawn: Card | None) -> ResponseReturnValue:
    if drawn is not None:
        form.seen.data = drawn.digest()
    return shown(
        "job_card",
        own,
        form,
        view=view,
        card=card_page(drawn) if drawn else None,
        called=CalledBy,
        labels=EASY_FIELD_LABELS,
        photos=list_photos(own.participant),
        until=form.usual_until,
    )


@bp.post("/min-sida/<id:public_id>/jobb/<id:introduction_id>/kort/ta-tillbaka")
@permits(WITHDRAW_CONSENT)
def withdraw_job_card(public_id: str, introduction_id: str) -> ResponseReturnValue:
    own = get_own(current_identity(), WITHDRAW_CONSENT, public_id)
    view = get_introduction(own.participant.id, introduction_id)
    hold(view.introduction)
    form = BaseForm()
    if form.expects(view.introduction.version):
        actor = Actor.PERSON if own.is_self else Actor.REPRESENTATIVE
        attempted(form, lambda: take_back_card(WITHDRAW_CONSENT, own.participant, view, actor))
    else:
        form.form_errors.append(pgettext("easy", "Något är nytt. Titta igen."))
    for problem in form.form_errors:
        flash(problem, "warning")
    if not form.form_errors:
        flash(pgettext("easy", "Klart. Ingen ser ditt kort nu."), "success")
    return see("own.job", public_id=public_id, introduction_id=introduction_id)
