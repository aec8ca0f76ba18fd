"""Signing in and out, the own account, and the invitation's link.

/logga-in                  sign_in
/logga-ut                  sign_out
/inbjudan/<token>          accept_invitation
/kort/<token>              card_sign_in (card_views)
/mejl/<token>              notices_by_link (notice_views)
/konto                     own_account
/konto/losenord            change_password
/konto/mejl                notices (notice_views)
/konto/inloggningar/slut   end_other_sessions
"""

from flask import flash, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from aktema.access import admin_views as admin_views  # its routes hang on the blueprint
from aktema.access import card_views as card_views  # as above
from aktema.access import notice_views as notice_views  # as above
from aktema.access import operations, queries, sessions
from aktema.access import outbox_views as outbox_views  # as above
from aktema.access.blueprint import bp
from aktema.access.forms import ChangePasswordForm, NewPasswordForm, OwnProfileForm, SignInForm
from aktema.access.guard import permits, public
from aktema.access.identity import current_identity, find_identity
from aktema.access.permissions import REVOKE_SESSION, UPDATE_OWN
from aktema.core.errors import DomainError
from aktema.core.forms import ConflictError
from aktema.core.http import next_page, see


@bp.route("/logga-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if find_identity() is not None:
        return see("home.start")
    form = SignInForm()
    if form.validate_on_submit():
        try:
            token = operations.sign_in(str(form.email.data), str(form.password.data))
        except DomainError as problem:
            form.reject(problem)
        else:
            return sessions.give_cookie(redirect(next_page(url_for("home.start")), 303), token)
    return render_template("access/sign_in.html", form=form), 422 if form.errors else 200


@bp.post("/logga-ut")
@public
def sign_out() -> ResponseReturnValue:
    identity = find_identity()
    if identity is not None:
        sessions.end(identity.session_id)
    session.clear()  # whoever signs in here next gets an anti-forgery token of their own
    flash(_("Du är utloggad."))
    answer = sessions.drop_cookie(see("access.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/inbjudan/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    invitation = queries.get_invitation(token)
    form = NewPasswordForm()
    if form.validate_on_submit():
        key = operations.accept_invitation(invitation, str(form.new.data))
        flash(_("Välkommen. Ditt konto är klart."))
        return sessions.give_cookie(see("home.start"), key)
    return _without_referrer(
        render_template("access/invitation.html", form=form, name=invitation.account.name), form
    )


def _without_referrer(page: str, form: NewPasswordForm) -> Response:
    """The address holds a key: it must not travel on in a Referer."""
    response = make_response(page, 422 if form.errors else 200)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.route("/konto", methods=["GET", "POST"])
@permits(UPDATE_OWN)
def own_account() -> ResponseReturnValue:
    account = queries.get_own_account(current_identity())
    form = OwnProfileForm(obj=account)
    if form.validate_on_submit():
        if not form.expects(account.version):
            raise ConflictError(form, OwnProfileForm(formdata=None, obj=account), account.version)
        operations.change_own_profile(account, name=str(form.name.data), language=form.language.data)
        flash(_("Dina uppgifter är sparade."))
        return see("access.own_account")
    if not form.is_submitted():
        form.carry(account.version)
    open_sessions = queries.live_sessions(account.id)
    return render_template(
        "access/own_account.html", form=form, account=account, sessions=open_sessions
    ), 422 if form.errors else 200


@bp.route("/konto/losenord", methods=["GET", "POST"])
@permits(UPDATE_OWN)
def change_password() -> ResponseReturnValue:
    identity, form = current_identity(), ChangePasswordForm()
    account = queries.get_own_account(identity)
    if form.validate_on_submit():
        try:  # not as an act that is taken back: a wrong try is to be remembered
            operations.change_password(identity, account, old=str(form.old.data), new=str(form.new.data))
        except DomainError as problem:
            form.reject(problem)
        else:
            flash(_("Lösenordet är bytt. Andra inloggningar är avslutade."))
            return see("access.own_account")
    return render_template("access/change_password.html", form=form), 422 if form.errors else 200


@bp.post("/konto/inloggningar/slut")
@permits(REVOKE_SESSION)
def end_other_sessions() -> ResponseReturnValue:
    identity = current_identity()
    sessions.end_all(identity.account_id, but=identity.session_id)
    flash(_("Alla andra inloggningar är avslutade."))
    return see("access.own_account")
