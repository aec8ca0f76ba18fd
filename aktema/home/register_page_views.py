"""The employer register: whom we know, how it has gone, and whom nobody has asked; views lists the addresses."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted
from aktema.core import clock
from aktema.core.http import see
from aktema.core.paging import Cursor, cursor_of_request
from aktema.employers.employer_queries import get_employer
from aktema.employers.merge_queries import likely_same, names_before
from aktema.employers.permissions import CREATE_EMPLOYER, MERGE_EMPLOYERS, WRITE_LOG
from aktema.employers.visit_codes import SilenceReason, VisitKind
from aktema.employers.visit_queries import log_of
from aktema.home import register_page
from aktema.home.blueprint import bp
from aktema.home.permissions import READ_REGISTER
from aktema.home.register_forms import RegisterFilterForm
from aktema.home.register_queries import figures_of, list_register, refusals_of

LATEST_CONTACTS = 5


@bp.get("/register")
@permits(READ_REGISTER)
def register() -> ResponseReturnValue:
    identity, today = current_identity(), clock.today()
    form = RegisterFilterForm(request.args)
    chosen = form.chosen()
    page = list_register(chosen, cursor_of_request(), today)
    figures = figures_of(page.items, today)
    return render_template(
        "home/register.html",
        form=form,
        page=page,
        near=chosen.near,
        rows=[register_page.row_of(one, figures[one.id], chosen.near, today) for one in page.items],
        is_narrowed=any(request.args.get(name) for name in ("q", "look", "sector", "near", "km")),
        may_add=is_granted(identity, CREATE_EMPLOYER),
        may_merge=is_granted(identity, MERGE_EMPLOYERS),
    )


@bp.get("/register/<id:employer_id>")
@permits(READ_REGISTER)
def register_employer(employer_id: str) -> ResponseReturnValue:
    identity, today, employer = current_identity(), clock.today(), get_employer(employer_id)
    if employer.public_id != employer_id:
        return see("home.register_employer", employer_id=employer.public_id)
    figures = figures_of([employer], today)[employer.id]
    may_merge = is_granted(identity, MERGE_EMPLOYERS)
    return render_template(
        "home/register_employer.html",
        employer=employer,
        figures=figures,
        replies=register_page.replies_text(figures),
        marks=register_page.marks_of(employer, figures, today),
        refusals=register_page.refusals_list(refusals_of(employer)),
        log=log_of(employer.id, Cursor(), LATEST_CONTACTS),
        names_before=names_before(employer),
        likely=likely_same(employer) if may_merge else (),
        kinds=VisitKind,
        reasons=SilenceReason,
        may_write=is_granted(identity, WRITE_LOG),
    )
