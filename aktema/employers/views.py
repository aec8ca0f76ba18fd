"""Employers with their contacts and workplaces, and placements.

    /arbetsgivare                                     employers
    /arbetsgivare/ny                                  new_employer
    /arbetsgivare/<id>                                employer
    /arbetsgivare/<id>/andra                          edit_employer
    /arbetsgivare/<id>/anteckning                     note
    /arbetsgivare/<id>/stang                          close_employer
    /arbetsgivare/<id>/oppna                          reopen_employer
    /arbetsgivare/<id>/kontakter/ny                   new_contact
    /arbetsgivare/<id>/kontakter/<id>                 edit_contact
    /arbetsgivare/<id>/kontakter/<id>/slutat          contact_left
    /arbetsgivare/<id>/arbetsplatser/ny               new_workplace
    /arbetsgivare/<id>/arbetsplatser/<id>             edit_workplace
    /arbetsgivare/tips                                new_lead
    /arbetsgivare/<id>/logg                           log
    /arbetsgivare/<id>/logg/ny                        new_visit
    /arbetsgivare/<id>/logg/tystnad                   asked_why
    /arbetsgivare/<id>/logg/<id>                      edit_visit
    /arbetsgivare/dubbletter                          duplicates
    /arbetsgivare/<id>/dubblett                       find_duplicate
    /arbetsgivare/<id>/sla-ihop/<id>                  merge
    /ny-lank                                          new_link (link_views)
    /platser                                          placements
    /platser/ny                                       new_placement
    /platser/ny/uppgifter                             draft_placement
    /platser/<id>                                     placement
    /platser/<id>/<part>                              edit_placement
    /platser/<id>/lage                                move_placement
    /platser/<id>/arbetsanalys                        new_analysis
    /platser/<id>/arbetsanalys/<id>/<group>           analysis_part
    /platser/import/...                               imports and what follows (access.importing.views)

The addresses under /platser are answered in placement_views; what employers do themselves, and how they are let in,
in employer_views and posting_views; leads, the log and job analyses in visit_views, and
employers that stand there twice in merge_views.
"""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.editing import expect_version, is_saved, shown
from aktema.core.errors import RefusedError
from aktema.core.forms import attempted
from aktema.core.http import next_page, see
from aktema.core.paging import Cursor, cursor_of_request
from aktema.employers import employer_queries as queries
from aktema.employers import (
    employer_views,  # noqa: F401  # its routes hang on the blueprint
    import_views,  # noqa: F401  # as above
    link_views,  # noqa: F401  # as above
    merge_views,
    operations,
    placement_page,
    placement_views,
    posting_views,  # noqa: F401  # as above
    texts,
    visit_views,  # noqa: F401  # as above
    words,
)
from aktema.employers.blueprint import bp
from aktema.employers.forms import ContactForm, EmployerFilterForm, EmployerForm, NoteForm, WorkplaceForm
from aktema.employers.permissions import CREATE_EMPLOYER, READ_EMPLOYER, READ_NOTES, UPDATE_EMPLOYER
from aktema.employers.placement_operations import close_employer as close_with_placements
from aktema.employers.placement_queries import PlacementFilter, list_placements
from aktema.employers.visit_codes import VisitKind
from aktema.employers.visit_queries import last_visit_to

__all__ = ["bp", "placement_views"]


@bp.get("/arbetsgivare")
@permits(READ_EMPLOYER)
def employers() -> ResponseReturnValue:
    form = EmployerFilterForm(request.args)
    page = queries.list_employers(form.chosen(), cursor_of_request())
    counts = queries.count_published(page.items)
    may_add = is_granted(current_identity(), CREATE_EMPLOYER)
    may_read_notes = is_granted(current_identity(), READ_NOTES)
    may = {"may_add": may_add, "may_read_notes": may_read_notes}
    context = {"counts": counts, "words": words, "texts": texts}
    return render_template("employers/employers.html", form=form, page=page, **may, **context)


@bp.route("/arbetsgivare/ny", methods=["GET", "POST"])
@permits(CREATE_EMPLOYER)
def new_employer() -> ResponseReturnValue:
    form = EmployerForm()
    if form.validate_on_submit():
        employer = attempted(form, lambda: operations.register_employer(form.facts()))
        if employer is not None:
            flash(_("%(name)s är registrerad. Lägg till en arbetsplats.", name=employer.name), "success")
            merge_views.warn_of_double(employer)
            return see("employers.new_workplace", employer_id=employer.public_id)
    return shown("employers/edit_employer.html", form, employer=None)


@bp.get("/arbetsgivare/<id:employer_id>")
@permits(READ_EMPLOYER)
def employer(employer_id: str) -> ResponseReturnValue:
    identity, employer = current_identity(), queries.get_employer(employer_id)
    if employer.public_id != employer_id:  # it stood there twice
        return see("employers.employer", employer_id=employer.public_id)
    may_read_notes = is_granted(identity, READ_NOTES)
    return render_template(
        "employers/employer.html",
        employer=employer,
        placements=list_placements(PlacementFilter(employer_id=employer.id), Cursor()),
        may_edit=is_granted(identity, UPDATE_EMPLOYER),
        may_read_notes=may_read_notes,
        last_visit=last_visit_to(employer.id) if may_read_notes else None,
        visit_kinds=VisitKind,
        words=words,
        texts=texts,
        about=placement_page,
    )


@bp.route("/arbetsgivare/<id:employer_id>/andra", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def edit_employer(employer_id: str) -> ResponseReturnValue:
    employer = queries.get_employer(employer_id)
    form = EmployerForm(obj=employer)
    current = partial(EmployerForm, formdata=None, obj=employer)
    if is_saved(form, employer.version, current, lambda: operations.change_employer(employer, form.facts())):
        flash(_("Sparat."), "success")
        return see("employers.employer", employer_id=employer_id)
    return shown("employers/edit_employer.html", form, employer=employer)


@bp.route("/arbetsgivare/<id:employer_id>/anteckning", methods=["GET", "POST"])
@permits(READ_NOTES)
def note(employer_id: str) -> ResponseReturnValue:
    employer, may_edit = queries.get_employer(employer_id), is_granted(current_identity(), UPDATE_EMPLOYER)
    form = NoteForm(obj=employer)
    if form.is_submitted() and not may_edit:
        raise RefusedError(UPDATE_EMPLOYER.code)
    if is_saved(
        form,
        employer.version,
        partial(NoteForm, formdata=None, obj=employer),
        lambda: operations.write_note(employer, form.internal_note.data or ""),
    ):
        flash(_("Anteckningen är sparad."), "success")
        return see("employers.employer", employer_id=employer_id)
    return shown("employers/note.html", form, employer=employer, may_edit=may_edit)


@bp.post("/arbetsgivare/<id:employer_id>/stang")
@permits(UPDATE_EMPLOYER)
def close_employer(employer_id: str) -> ResponseReturnValue:
    employer = queries.get_employer(employer_id)
    expect_version(employer.version)
    closed = close_with_placements(employer)
    flash(_("%(name)s är stängd. Platser som stängdes: %(n)s.", name=employer.name, n=closed), "success")
    return see("employers.employer", employer_id=employer_id)


@bp.post("/arbetsgivare/<id:employer_id>/oppna")
@permits(UPDATE_EMPLOYER)
def reopen_employer(employer_id: str) -> ResponseReturnValue:
    employer = queries.get_employer(employer_id)
    expect_version(employer.version)
    operations.reopen_employer(employer)
    flash(_("%(name)s är öppen igen. Platserna öppnar du en och en.", name=employer.name), "success")
    return see("employers.employer", employer_id=employer_id)


@bp.route("/arbetsgivare/<id:employer_id>/kontakter/ny", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def new_contact(employer_id: str) -> ResponseReturnValue:
    employer, form = queries.get_employer(employer_id), ContactForm()
    if form.validate_on_submit():
        operations.add_contact(employer, form.facts())
        flash(_("Kontakten är tillagd."), "success")
        return see("employers.employer", employer_id=employer_id)
    return shown("employers/edit_contact.html", form, employer=employer, contact=None)


@bp.route("/arbetsgivare/<id:employer_id>/kontakter/<id:contact_id>", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def edit_contact(employer_id: str, contact_id: str) -> ResponseReturnValue:
    contact = queries.get_contact(employer_id, contact_id)
    form = ContactForm(obj=contact)
    current = partial(ContactForm, formdata=None, obj=contact)
    if is_saved(form, contact.version, current, lambda: operations.change_contact(contact, form.facts())):
        flash(_("Sparat."), "success")
        return see("employers.employer", employer_id=employer_id)
    return shown("employers/edit_contact.html", form, employer=contact.employer, contact=contact)


@bp.post("/arbetsgivare/<id:employer_id>/kontakter/<id:contact_id>/slutat")
@permits(UPDATE_EMPLOYER)
def contact_left(employer_id: str, contact_id: str) -> ResponseReturnValue:
    contact = queries.get_contact(employer_id, contact_id)
    expect_version(contact.version)
    is_back = request.form.get("answer") == "back"
    operations.mark_contact_left(contact, None if is_back else clock.today())
    flash(_("Sparat."), "success")
    return see("employers.employer", employer_id=employer_id)


@bp.route("/arbetsgivare/<id:employer_id>/arbetsplatser/ny", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def new_workplace(employer_id: str) -> ResponseReturnValue:
    employer, form = queries.get_employer(employer_id), WorkplaceForm()
    if form.validate_on_submit():
        operations.add_workplace(employer, form.facts())
        flash(_("%(name)s är tillagd.", name=form.name.data), "success")
        return redirect(next_page(url_for("employers.employer", employer_id=employer_id)), 303)
    return shown("employers/edit_workplace.html", form, employer=employer, workplace=None)


@bp.route("/arbetsgivare/<id:employer_id>/arbetsplatser/<id:workplace_id>", methods=["GET", "POST"])
@permits(UPDATE_EMPLOYER)
def edit_workplace(employer_id: str, workplace_id: str) -> ResponseReturnValue:
    workplace = queries.get_workplace(employer_id, workplace_id)
    form = WorkplaceForm(obj=workplace)
    current = partial(WorkplaceForm, formdata=None, obj=workplace)
    if is_saved(
        form, workplace.version, current, lambda: operations.change_workplace(workplace, form.facts())
    ):
        flash(_("Sparat."), "success")
        return see("employers.employer", employer_id=employer_id)
    return shown("employers/edit_workplace.html", form, employer=workplace.employer, workplace=workplace)
