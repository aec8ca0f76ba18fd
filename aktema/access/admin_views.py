"""Accounts and units, for unit managers and system administrators.

/konton                         accounts
/konton/nytt                    invite
/konton/<id>                    account
/konton/<id>/roller             give_role
/konton/<id>/roller/slut        end_role
/konton/<id>/lank               new_link
/konton/<id>/inloggningar/slut  end_sessions
/konton/<id>/stang              disable_account
/konton/<id>/oppna              reopen_account
/enheter                        units
/enheter/ny                     new_unit
/enheter/<id>                   unit
"""

from collections.abc import Callable
from datetime import date

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access import operations, queries
from aktema.access.admin_forms import ExistingUnitForm, InviteForm, RoleForm, UnitForm
from aktema.access.authority import may_change_roles, may_hand_out, may_manage, roles_to_hand_out
from aktema.access.blueprint import bp
from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.models import Account, Membership, Unit
from aktema.access.permissions import (
    CREATE_STAFF,
    DISABLE_ACCOUNT,
    MANAGE_OUTBOX,
    READ_ACCOUNTS,
    REVOKE_SESSION,
    UPDATE_ROLE,
    UPDATE_UNIT,
)
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.editing import expect_version
from aktema.core.errors import MissingError
from aktema.core.forms import BaseForm, ConflictError, attempted
from aktema.core.http import see
from aktema.core.paging import cursor_of_request


@bp.get("/konton")
@permits(READ_ACCOUNTS)
def accounts() -> ResponseReturnValue:
    page = queries.list_accounts(current_identity(), READ_ACCOUNTS, cursor_of_request())
    seen = queries.last_seen([account.id for account in page.items])
    identity = current_identity()
    return render_template(
        "access/accounts.html",
        page=page,
        seen=seen,
        today=clock.today(),
        may_see_units=is_granted(identity, UPDATE_UNIT),
        may_see_outbox=is_granted(identity, MANAGE_OUTBOX),
    )


@bp.route("/konton/nytt", methods=["GET", "POST"])
@permits(CREATE_STAFF)
def invite() -> ResponseReturnValue:
    identity = current_identity()
    units = queries.units_to_hand_out(identity)
    form = InviteForm(roles=roles_to_hand_out(identity), units=units)
    if form.validate_on_submit():
        invited = attempted(
            form,
            lambda: operations.invite_staff(
                identity,
                name=str(form.name.data),
                email=str(form.email.data),
                role=form.chosen_role,
                unit_id=form.chosen_unit_id,
            ),
        )
        if invited is not None:
            return _link_page(invited.account, invited.token)
    return render_template("access/invite.html", form=form), 422 if form.errors else 200


def _link_page(account: Account, token: str) -> str:
    """The link's only showing: it is in this answer and nowhere else."""
    settings = current_app.extensions["settings"]
    link = f"{settings.base_url.rstrip('/')}{url_for('access.accept_invitation', token=token)}"
    return render_template("access/link.html", account=account, link=link, days=settings.invitation_days)


@bp.get("/konton/<id:public_id>")
@permits(READ_ACCOUNTS)
def account(public_id: str) -> ResponseReturnValue:
    found = queries.get_account(current_identity(), READ_ACCOUNTS, public_id)
    return _account_page(found, _role_form(), BaseForm())


def _role_form() -> RoleForm:
    identity = current_identity()
    return RoleForm(roles=roles_to_hand_out(identity), units=queries.units_to_hand_out(identity))


def _account_page(account: Account, form: RoleForm, act: BaseForm) -> ResponseReturnValue:
    """One account with what the reader may do to it. `act` carries the refusal of an act without fields."""
    identity, today, held = current_identity(), clock.today(), operations.held_posts(account)
    may_change = may_change_roles(identity, account.id, held)
    page = render_template(
        "access/account.html",
        account=account,
        seen=queries.last_seen([account.id]).get(account.id),
        form=form,
        act=act,
        open_ones=[one for one in account.memberships if one.is_open(today)],
        ended=[one for one in account.memberships if not one.is_open(today)],
        endable={
            one.id
            for one in account.memberships
            if may_change and may_hand_out(identity, one.role, one.unit_id)
        },
        may_change=may_change,
        may_manage=may_manage(identity, account.id, held),
    )
    return page, 422 if form.errors or act.errors else 200


@bp.post("/konton/<id:public_id>/roller")
@permits(UPDATE_ROLE)
def give_role(public_id: str) -> ResponseReturnValue:
    identity, form = current_identity(), _role_form()
    found = queries.get_account(identity, UPDATE_ROLE, public_id)
    if form.validate_on_submit():
        attempted(
            form,
            lambda: operations.give_role(identity, found, role=form.chosen_role, unit_id=form.chosen_unit_id),
        )
    if form.errors:
        return _account_page(found, form, BaseForm())
    flash(_("Rollen gäller från idag."), "success")
    return see("access.account", public_id=public_id)


@bp.post("/konton/<id:public_id>/roller/slut")
@permits(UPDATE_ROLE)
def end_role(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.get_account(identity, UPDATE_ROLE, public_id)
    membership = _open_membership(found, request.form.get("membership", ""))
    return _acted(
        found,
        lambda: operations.end_role(identity, found, membership),
        _("Rollen är avslutad och personen utloggad."),
    )


def _open_membership(account: Account, typed: str) -> Membership:
    """The membership whose button was pressed. Raises MissingError where it is none of the account's open ones."""
    today = clock.today()
    for membership in account.memberships:
        if str(membership.id) == typed and membership.is_open(today):
            return membership
    raise MissingError


def _acted(account: Account, act: Callable[[], None], done: str) -> ResponseReturnValue:
    """Do an act that has no fields, and show the account again: with what was done, or with why it was not."""
    form = BaseForm()
    attempted(form, act)
    if form.errors:
        return _account_page(account, _role_form(), form)
    flash(done, "success")
    return see("access.account", public_id=account.public_id)


@bp.post("/konton/<id:public_id>/lank")
@permits(UPDATE_ROLE)
def new_link(public_id: str) -> ResponseReturnValue:
    identity, form = current_identity(), BaseForm()
    found = queries.get_account(identity, UPDATE_ROLE, public_id)
    expect_version(found.version)
    token = attempted(form, lambda: operations.send_new_invitation(identity, found))
    if token is None:
        return _account_page(found, _role_form(), form)
    return _link_page(found, token)


@bp.post("/konton/<id:public_id>/inloggningar/slut")
@permits(REVOKE_SESSION)
def end_sessions(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.get_account(identity, REVOKE_SESSION, public_id)
    return _acted(
        found, lambda: operations.end_sessions(identity, found), _("Personen är utloggad överallt.")
    )


@bp.post("/konton/<id:public_id>/stang")
@permits(DISABLE_ACCOUNT)
def disable_account(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.get_account(identity, DISABLE_ACCOUNT, public_id)
    expect_version(found.version)
    return _acted(found, lambda: operations.disable_account(identity, found), _("Kontot är stängt."))


@bp.post("/konton/<id:public_id>/oppna")
@permits(DISABLE_ACCOUNT)
def reopen_account(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = queries.get_account(identity, DISABLE_ACCOUNT, public_id)
    expect_version(found.version)
    return _acted(found, lambda: operations.reopen_account(identity, found), _("Kontot är öppet igen."))


@bp.get("/enheter")
@permits(UPDATE_UNIT)
def units() -> ResponseReturnValue:
    return render_template("access/units.html", units=queries.list_all_units())


def _saved(form: UnitForm, unit: Unit, closed_on: date | None = None) -> bool:
    saved = attempted(
        form,
        lambda: operations.save_unit(
            unit,
            name=str(form.name.data),
            kind=form.kind.data,
            provider=form.provider.data or "",
            closed_on=closed_on,
        ),
    )
    return saved is not None


@bp.route("/enheter/ny", methods=["GET", "POST"])
@permits(UPDATE_UNIT)
def new_unit() -> ResponseReturnValue:
    form = UnitForm()
    if form.validate_on_submit() and _saved(form, Unit()):
        flash(_("Enheten är sparad."), "success")
        return see("access.units")
    return render_template("access/unit.html", form=form, unit=None), 422 if form.errors else 200


@bp.route("/enheter/<id:public_id>", methods=["GET", "POST"])
@permits(UPDATE_UNIT)
def unit(public_id: str) -> ResponseReturnValue:
    found = queries.get_unit(public_id)
    form = ExistingUnitForm(obj=found)
    if form.validate_on_submit():
        if not form.expects(found.version):
            raise ConflictError(form, ExistingUnitForm(formdata=None, obj=found), found.version)
        if _saved(form, found, closed_on=form.closed_on.data):
            flash(_("Enheten är sparad."), "success")
            return see("access.units")
    if not form.is_submitted():
        form.carry(found.version)
    return render_template("access/unit.html", form=form, unit=found), 422 if form.errors else 200
