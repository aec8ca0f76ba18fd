"""Signing in by a personal card: its address, then four pictures, one at a time.

/kort/<token>      card_sign_in
"""

from collections.abc import Sequence

from flask import make_response, render_template, session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from aktema.access import card_operations, sessions
from aktema.access.blueprint import bp
from aktema.access.card_forms import PictureCodeForm
from aktema.access.card_models import PersonalCard
from aktema.access.card_queries import find_card, is_resting
from aktema.access.codes import CODE_LENGTH, CODE_PICTURES
from aktema.access.guard import public
from aktema.access.identity import find_identity
from aktema.core.errors import DomainError
from aktema.core.http import see


@bp.route("/kort/<token>", methods=["GET", "POST"])
@public
def card_sign_in(token: str) -> ResponseReturnValue:
    card = find_card(token)
    if card is None:
        return _closed(render_template("access/card_unknown.html"), 404)
    form = PictureCodeForm()
    if is_resting(card):
        return _closed(
            render_template("access/card_rests.html", words=card_operations.resting_words(card)), 200
        )
    keys = form.keys if form.validate_on_submit() else ()
    return _sign_in(card, form, keys) if len(keys) == CODE_LENGTH else _code_page(form, keys)


def _sign_in(card: PersonalCard, form: PictureCodeForm, keys: Sequence[str]) -> Response:
    """The person's pages, or the first picture again."""
    before = find_identity()
    try:  # not as an act that is taken back: a wrong try is to be remembered
        key = card_operations.sign_in_by_card(card, keys)
    except DomainError as problem:
        if is_resting(card):
            return _closed(render_template("access/card_rests.html", words=problem.message), 422)
        return _code_page(form, (), problem.message)
    if before is not None:
        sessions.end(before.session_id)
    session.clear()  # whoever was here before had an anti-forgery token of their own
    return sessions.give_cookie(see("home.start"), key)


def _code_page(form: PictureCodeForm, keys: Sequence[str], problem: str = "") -> Response:
    form.carry_on(keys)
    page = render_template(
        "access/card.html",
        form=form,
        pictures=CODE_PICTURES,
        pressed=len(keys),
        length=CODE_LENGTH,
        problem=problem,
    )
    return _closed(page, 422 if problem or form.errors else 200)


def _closed(page: str, status: int) -> Response:
    """The address holds a key: it must not travel on in a Referer, only where the page is from may."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
