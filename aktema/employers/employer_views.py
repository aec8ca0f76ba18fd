"""An employer's own pages about its company, and how coaches let employers in and look through what they post.

/min-arbetsplats/platser/<id>                       position
/min-arbetsplats/platser/<id>/galler                refresh_position (POST)
/min-arbetsplats/platser/<id>/lage                  move_position (POST)
/min-arbetsplats/onskemal                           own_wishes
/min-arbetsplats/kollegor                           colleagues, POST asks one in
/min-arbetsplats/kollegor/<id>/ut                   put_out_colleague (POST)
/min-arbetsplats/kollegor/<id>/ansvarig             make_admin (POST)
/arbetsgivare/<id>/onskemal                         wishes
/arbetsgivare/<id>/kontakter/<id>/lank              send_posting_link (POST)
/arbetsgivare/<id>/kontakter/<id>/konto             let_in_contact (POST)
/platser/<id>/genomgangen                           look_through (POST)
/platser/<id>/galler                                refresh_placement (POST)

The employer's first page, /min-arbetsplats, is put together in the home slice; new positions in posting_views.
"""

from collections.abc import Callable
from functools import partial

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.link_queries import url_of
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.errors import RefusedError
from aktema.core.forms import BaseForm, attempted
from aktema.core.http import see
from aktema.employers import company_operations as operations
from aktema.employers import placement_operations, placement_page, texts, words
from aktema.employers.blueprint import bp
from aktema.employers.company_forms import ColleagueForm, WishesForm
from aktema.employers.company_queries import accounts_of, company_of, contact_of, get_position
from aktema.employers.employer_queries import get_contact, get_employer
from aktema.employers.models import Contact, Employer, Placement
from aktema.employers.permissions import (
    ASK_IN_COLLEAGUE,
    LET_IN_EMPLOYER,
    LIST_POSITIONS,
    PUT_OUT_COLLEAGUE,
    READ_COMPANY,
    UPDATE_COMPANY,
    UPDATE_EMPLOYER,
    UPDATE_PLACEMENT,
    UPDATE_POSITION,
)
from aktema.employers.placement_forms import MoveForm
from aktema.employers.placement_operations import By
from aktema.employers.placement_queries import get_placement
from aktema.employers.posting_letters import send_posting_link as send_link_to
from aktema.employers.states import Move, State, open_moves

OWN = By(permission=UPDATE_POSITION)


@bp.get("/min-arbetsplats/platser/<id:position_id>")
@permits(LIST_POSITIONS)
def position(position_id: str) -> ResponseReturnValue:
    found = get_position(company_of(current_identity()), position_id)
    return render_template(
        "employers/position.html",
        position=found,
        moves=open_moves(State(found.state)),
        words=words,
        texts=texts,
        about=placement_page,
    )


@bp.post("/min-arbetsplats/platser/<id:position_id>/galler")
@permits(UPDATE_POSITION)
def refresh_position(position_id: str) -> ResponseReturnValue:
    found = get_position(company_of(current_identity()), position_id)
    _acted(found, lambda: placement_operations.refresh(found, OWN), _("Tack. Platsen gäller."))
    return see("employers.position", position_id=position_id)


@bp.post("/min-arbetsplats/platser/<id:position_id>/lage")
@permits(UPDATE_POSITION)
def move_position(position_id: str) -> ResponseReturnValue:
    found, form = get_position(company_of(current_identity()), position_id), MoveForm()
    if form.validate():
        step = Move(form.move.data)
        _acted(found, lambda: placement_operations.move(found, step, OWN), _("Sparat."))
    return see("employers.position", position_id=position_id)


def _acted(placement: Placement, act: Callable[[], object], done: str) -> None:
    """Do the act of a button that was drawn from this version, and say what came of it."""
    expect_version(placement.version)
    form = BaseForm()
    attempted(form, act)
    for messages in form.errors.values():
        flash(" ".join(str(message) for message in messages), "danger")
    if not form.errors:
        flash(done, "success")


@bp.route("/min-arbetsplats/onskemal", methods=["GET", "POST"])
@permits(UPDATE_COMPANY)
def own_wishes() -> ResponseReturnValue:
    employer = company_of(current_identity())
    back = url_for("home.my_workplace")
    return _wishes(
        employer, lambda form: operations.set_wishes(employer, form.wishes(), UPDATE_COMPANY), back
    )


@bp.route("/arbetsgivare/<id:employer_id>/onskemal", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def wishes(employer_id: str) -> ResponseReturnValue:
    employer = get_employer(employer_id)
    back = url_for("employers.employer", employer_id=employer_id)
    return _wishes(
        employer, lambda form: operations.set_wishes(employer, form.wishes(), UPDATE_EMPLOYER), back
    )


def _wishes(employer: Employer, save: Callable[[WishesForm], None], back: str) -> ResponseReturnValue:
    form = WishesForm(obj=employer)
    current = partial(WishesForm, formdata=None, obj=employer)
    if is_saved(form, employer.version, current, lambda: save(form)):
        flash(_("Sparat."), "success")
        return redirect(back, 303)
    return shown("employers/wishes.html", form, employer=employer, back=back)


@bp.get("/min-arbetsplats/kollegor")
@permits(READ_COMPANY)
def colleagues() -> ResponseReturnValue:
    return _colleagues_page(contact_of(current_identity()), ColleagueForm())


@bp.post("/min-arbetsplats/kollegor")
@permits(ASK_IN_COLLEAGUE)
def ask_in_colleague() -> ResponseReturnValue:
    acting, form = _admin(ASK_IN_COLLEAGUE.code), ColleagueForm()
    if form.validate() and attempted(
        form,
        lambda: operations.ask_in(
            acting, name=str(form.name.data), email=str(form.email.data), task=form.task.data or ""
        ),
    ):
        flash(_("Klart. Din kontakt på kommunen skickar en inbjudan till kollegan."), "success")
        return see("employers.colleagues")
    return _colleagues_page(acting, form)


def _colleagues_page(acting: Contact, form: ColleagueForm) -> ResponseReturnValue:
    there = [one for one in acting.employer.contacts if one.left_on is None]
    return shown(
        "employers/colleagues.html",
        form,
        acting=acting,
        colleagues=there,
        accounts=accounts_of(acting.employer),
    )


def _admin(act: str) -> Contact:
    """Whoever acts, who lets colleagues in and out. Raises RefusedError where they do not."""
    acting = contact_of(current_identity())
    if not acting.is_admin:
        raise RefusedError(act)
    return acting


@bp.post("/min-arbetsplats/kollegor/<id:contact_id>/ut")
@permits(PUT_OUT_COLLEAGUE)
def put_out_colleague(contact_id: str) -> ResponseReturnValue:
    acting = _admin(PUT_OUT_COLLEAGUE.code)
    colleague = get_contact(acting.employer.public_id, contact_id)
    return _about_colleague(colleague, lambda: operations.put_out(acting, colleague))


@bp.post("/min-arbetsplats/kollegor/<id:contact_id>/ansvarig")
@permits(ASK_IN_COLLEAGUE)
def make_admin(contact_id: str) -> ResponseReturnValue:
    acting = _admin(ASK_IN_COLLEAGUE.code)
    colleague = get_contact(acting.employer.public_id, contact_id)
    return _about_colleague(colleague, lambda: operations.make_admin(colleague))


def _about_colleague(colleague: Contact, act: Callable[[], None]) -> ResponseReturnValue:
    expect_version(colleague.version)
    form = BaseForm()
    attempted(form, act)
    for messages in form.errors.values():
        flash(" ".join(str(message) for message in messages), "danger")
    if not form.errors:
        flash(_("Sparat."), "success")
    return see("employers.colleagues")


@bp.post("/arbetsgivare/<id:employer_id>/kontakter/<id:contact_id>/lank")
@permits(UPDATE_EMPLOYER)
def send_posting_link(employer_id: str, contact_id: str) -> ResponseReturnValue:
    """The link's only showing, to be read out or sent by telephone where there is no mail."""
    contact = get_contact(employer_id, contact_id)
    url, is_mailed = send_link_to(current_identity(), contact)
    return _link_page(contact, url, is_mailed=is_mailed)


@bp.post("/arbetsgivare/<id:employer_id>/kontakter/<id:contact_id>/konto")
@permits(LET_IN_EMPLOYER)
def let_in_contact(employer_id: str, contact_id: str) -> ResponseReturnValue:
    contact, form = get_contact(employer_id, contact_id), BaseForm()
    expect_version(contact.version)
    found = attempted(form, lambda: operations.let_in(contact))
    if found is None:
        for messages in form.errors.values():
            flash(" ".join(str(message) for message in messages), "danger")
        return see("employers.employer", employer_id=employer_id)
    return _link_page(contact, url_of("access.accept_invitation", found.token), is_account=True)


def _link_page(contact: Contact, url: str, *, is_mailed: bool = False, is_account: bool = False) -> Response:
    """The address is in this answer and nowhere else."""
    page = render_template(
        "employers/link.html", contact=contact, url=url, is_mailed=is_mailed, is_account=is_account
    )
    answer = make_response(page)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/platser/<id:placement_id>/genomgangen")
@permits(UPDATE_PLACEMENT)
def look_through(placement_id: str) -> ResponseReturnValue:
    placement = get_placement(placement_id)
    _acted(
        placement, lambda: placement_operations.look_through(placement), _("Tack. Platsen är genomgången.")
    )
    return see("employers.placement", placement_id=placement_id)


@bp.post("/platser/<id:placement_id>/galler")
@permits(UPDATE_PLACEMENT)
def refresh_placement(placement_id: str) -> ResponseReturnValue:
    placement = get_placement(placement_id)
    _acted(placement, lambda: placement_operations.refresh(placement), _("Platsen gäller."))
    return see("employers.placement", placement_id=placement_id)
