"""How staff open a person's own pages: the card, its code, the screen handed over, a representative's sign-in."""

import segno
from flask import current_app, flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from aktema.access import card_operations, sessions
from aktema.access.card_forms import PictureCodeForm
from aktema.access.card_models import PersonalCard
from aktema.access.card_queries import find_live_card, is_resting
from aktema.access.codes import CODE_LENGTH, CODE_PICTURES
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.permissions import HAND_OVER, LET_IN_REPRESENTATIVE, MAKE_CARD
from aktema.core.errors import MissingError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.own.blueprint import bp
from aktema.own.forms import LetInForm
from aktema.own.operations import account_of
from aktema.own.operations import let_in as let_in_representative
from aktema.people.models import Participant
from aktema.people.queries import get_participant, get_representative


@bp.get("/deltagare/<id:public_id>/kort")
@permits(MAKE_CARD)
def card(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), MAKE_CARD, public_id)
    found = _find_card(participant)
    return render_template(
        "own/card.html", participant=participant, card=found, rests=found is not None and is_resting(found)
    )


def _find_card(participant: Participant) -> PersonalCard | None:
    return None if participant.account_id is None else find_live_card(participant.account_id)


def _get_card(participant: Participant) -> PersonalCard:
    """The person's card. Raises MissingError where there is none."""
    found = _find_card(participant)
    if found is None:
        raise MissingError
    return found


@bp.post("/deltagare/<id:public_id>/kort/nytt")
@permits(MAKE_CARD)
def new_card(public_id: str) -> ResponseReturnValue:
    """The card's only showing: its key is in this answer and nowhere else."""
    identity = current_identity()
    participant = get_participant(identity, MAKE_CARD, public_id)
    made = card_operations.make_card(identity, account_of(participant), participant.id)
    address = (
        f"{current_app.extensions['settings'].base_url.rstrip('/')}"
        f"{url_for('access.card_sign_in', token=made.token)}"
    )
    return render_template(
        "own/card_print.html",
        participant=participant,
        card=made.card,
        address=address,
        qr=_qr(address),
    )


def _qr(address: str) -> Markup:
    """The address as a picture; the drawing holds nothing but black squares."""
    code = segno.make_qr(address, error="m")
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=4, light="#fff")
    return Markup(drawn)  # noqa: S704  # made by segno from an address of ours, and escaped by it


@bp.route("/deltagare/<id:public_id>/kort/kod", methods=["GET", "POST"])
@permits(MAKE_CARD)
def card_code(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), MAKE_CARD, public_id)
    found, form = _get_card(participant), PictureCodeForm()
    keys = form.keys if form.validate_on_submit() else ()
    if len(keys) == CODE_LENGTH and not form.picture.data:  # they have been shown once more
        attempted(form, lambda: card_operations.choose_code(found, participant.id, keys))
        flash(_("Bildkoden är sparad. Nu går det att logga in med kortet."), "success")
        return see("own.card", public_id=public_id)
    form.carry_on(keys)
    chosen = {picture.key: picture for picture in CODE_PICTURES}
    return render_template(
        "own/card_code.html",
        participant=participant,
        form=form,
        pictures=CODE_PICTURES,
        chosen=[chosen[key] for key in keys],
        length=CODE_LENGTH,
    ), 422 if form.errors else 200


@bp.post("/deltagare/<id:public_id>/kort/stang")
@permits(MAKE_CARD)
def end_card(public_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), MAKE_CARD, public_id)
    card_operations.end_card(_get_card(participant), participant.id)
    flash(_("Kortet är stängt. Ingen kan logga in med det."), "success")
    return see("own.card", public_id=public_id)


@bp.route("/deltagare/<id:public_id>/lamna-over", methods=["GET", "POST"])
@permits(HAND_OVER)
def hand_over(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    participant = get_participant(identity, HAND_OVER, public_id)
    form = BaseForm()
    if not form.validate_on_submit():
        minutes = current_app.extensions["settings"].handed_over_minutes
        return render_template("own/hand_over.html", participant=participant, form=form, minutes=minutes)
    key = card_operations.hand_over(identity, account_of(participant), participant.id)
    session.clear()  # the worker's anti-forgery token goes with the worker
    answer = sessions.give_cookie(see("own.start"), key)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/deltagare/<id:public_id>/foretradare/<id:representative_id>/inloggning", methods=["GET", "POST"])
@permits(LET_IN_REPRESENTATIVE)
def let_in(public_id: str, representative_id: str) -> ResponseReturnValue:
    participant = get_participant(current_identity(), LET_IN_REPRESENTATIVE, public_id)
    speaker = get_representative(participant, representative_id)
    form = LetInForm(data={"email": speaker.email or ""})
    if form.validate_on_submit():
        email = str(form.email.data)
        found = attempted(form, lambda: let_in_representative(participant, speaker, email))
        if found is not None:
            return _let_in_page(participant, speaker.name, found.token)
    return render_template(
        "own/let_in.html", participant=participant, form=form, name=speaker.name
    ), 422 if form.errors else 200


def _let_in_page(participant: Participant, name: str, token: str) -> str:
    """The link's only showing, where the representative has no password yet."""
    settings = current_app.extensions["settings"]
    link = (
        f"{settings.base_url.rstrip('/')}{url_for('access.accept_invitation', token=token)}" if token else ""
    )
    return render_template(
        "own/let_in_done.html", participant=participant, name=name, link=link, days=settings.invitation_days
    )
