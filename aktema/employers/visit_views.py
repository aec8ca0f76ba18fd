"""Leads, the log of an employer, and job analyses at the workplace; views lists the addresses."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.policy import is_granted
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError
from aktema.core.forms import attempted
from aktema.core.http import see
from aktema.core.paging import PAGE_SIZE, cursor_of_request
from aktema.employers import visit_operations as operations
from aktema.employers import visit_queries as queries
from aktema.employers.blueprint import bp
from aktema.employers.employer_queries import get_employer
from aktema.employers.merge_views import warn_of_double
from aktema.employers.models import Placement
from aktema.employers.permissions import ANALYSE_JOB, CREATE_EMPLOYER, READ_NOTES, WRITE_LOG
from aktema.employers.placement_queries import get_placement
from aktema.employers.visit_codes import SilenceReason, VisitKind
from aktema.employers.visit_forms import (
    AnalysisForm,
    AskedWhyForm,
    LeadForm,
    SeenForm,
    VisitForm,
    adaptation_field_of,
    log_form_of,
    seen_form,
)
from aktema.employers.visit_models import EmployerVisit
from aktema.employers.visit_operations import Seen
from aktema.vocabulary.queries import dimension_groups
from aktema.vocabulary.words import DimensionGroup


@bp.route("/arbetsgivare/tips", methods=["GET", "POST"])
@permits(CREATE_EMPLOYER)
def new_lead() -> ResponseReturnValue:
    form = LeadForm()
    if form.validate_on_submit():
        employer = attempted(form, lambda: operations.register_lead(form.facts()))
        if employer is not None:
            flash(_("%(name)s är sparad som tips.", name=employer.name), "success")
            warn_of_double(employer)
            return see("employers.employer", employer_id=employer.public_id)
    return shown("employers/new_lead.html", form)


@bp.get("/arbetsgivare/<id:employer_id>/logg")
@permits(READ_NOTES)
def log(employer_id: str) -> ResponseReturnValue:
    employer = get_employer(employer_id)
    page = queries.log_of(employer.id, cursor_of_request(), PAGE_SIZE)
    may_write = is_granted(current_identity(), WRITE_LOG)
    return render_template(
        "employers/log.html", employer=employer, page=page, may_write=may_write, **_words()
    )


def _words() -> dict[str, object]:
    """What templates write a log with."""
    return {"kinds": VisitKind, "reasons": SilenceReason}


@bp.route("/arbetsgivare/<id:employer_id>/logg/ny", methods=["GET", "POST"])
@permits(WRITE_LOG)
def new_visit(employer_id: str) -> ResponseReturnValue:
    employer = get_employer(employer_id)
    form = VisitForm(employer=employer)
    if form.validate_on_submit():
        visit = attempted(form, lambda: operations.write_visit(employer, form.facts()))
        if visit is not None:
            flash(_("Sparat i loggen."), "success")
            return see("employers.log", employer_id=employer.public_id)
    return shown("employers/edit_visit.html", form, employer=employer, visit=None)


@bp.route("/arbetsgivare/<id:employer_id>/logg/tystnad", methods=["GET", "POST"])
@permits(WRITE_LOG)
def asked_why(employer_id: str) -> ResponseReturnValue:
    """Why they have not answered: what helps depends on the reason, so the page goes on to where it is mended."""
    employer = get_employer(employer_id)
    form = AskedWhyForm(employer=employer)
    if form.validate_on_submit():
        not_before = form.not_before.data
        visit = attempted(form, lambda: operations.ask_why(employer, form.facts(), not_before))
        if visit is not None:
            flash(_advice(SilenceReason(form.reason.data)), "success")
            return see("employers.employer", employer_id=employer.public_id)
    return shown("employers/asked_why.html", form, employer=employer)


def _advice(reason: SilenceReason) -> str:
    match reason:
        case SilenceReason.WRONG_PERSON:
            return _("Sparat. Lägg till rätt kontakt, så går nästa fråga dit.")
        case SilenceReason.NOT_RECEIVED:
            return _("Sparat. Se efter att kontaktens e-postadress stämmer.")
        case SilenceReason.NO_LONGER:
            return _("Sparat. Stäng arbetsgivaren om de inte vill vara med längre.")
        case _:
            return _("Sparat. Tack för att du frågade.")


@bp.route("/arbetsgivare/<id:employer_id>/logg/<id:visit_id>", methods=["GET", "POST"])
@permits(WRITE_LOG)
def edit_visit(employer_id: str, visit_id: str) -> ResponseReturnValue:
    visit = queries.get_visit(employer_id, visit_id)
    employer = get_employer(employer_id)
    filled_in = partial(log_form_of(VisitKind(visit.kind)), employer=employer, data=_written(visit))
    form, current = filled_in(), partial(filled_in, formdata=None)
    if is_saved(form, visit.version, current, lambda: operations.change_visit(visit, form.facts())):
        flash(_("Sparat."), "success")
        return see("employers.log", employer_id=employer.public_id)
    return shown("employers/edit_visit.html", form, employer=employer, visit=visit)


def _written(visit: EmployerVisit) -> dict[str, object]:
    """What the row says, by the fields of its form."""
    names = ("kind", "happened_on", "minutes", "was_reached", "reason", "line")
    contact = visit.contact.public_id if visit.contact else ""
    return {**{name: getattr(visit, name) for name in names}, "contact": contact}


@bp.route("/platser/<id:placement_id>/arbetsanalys", methods=["GET", "POST"])
@permits(ANALYSE_JOB)
def new_analysis(placement_id: str) -> ResponseReturnValue:
    placement = get_placement(placement_id)
    form = AnalysisForm(employer=placement.employer)
    if form.validate_on_submit():
        visit = attempted(form, lambda: operations.begin_analysis(placement, form.facts()))
        if visit is not None:
            return redirect(_part_url(placement, visit, dimension_groups()[0]), 303)
    return shown("employers/new_analysis.html", form, placement=placement, groups=dimension_groups())


@bp.route("/platser/<id:placement_id>/arbetsanalys/<id:visit_id>/<group_code>", methods=["GET", "POST"])
@permits(ANALYSE_JOB)
def analysis_part(placement_id: str, visit_id: str, group_code: str) -> ResponseReturnValue:
    """One group of dimensions at a time: what was seen is saved, and the next group follows."""
    placement = get_placement(placement_id)
    visit = queries.get_analysis(placement, visit_id)
    group, following = _group_and_next(group_code)
    form = _seen_form(placement, visit, group)
    current = partial(_seen_form, placement, visit, group, formdata=None)
    if is_saved(form, placement.version, current, lambda: _save(visit, placement, group, form)):
        return redirect(_part_url(placement, visit, following), 303)
    placement = get_placement(placement_id)  # a refused act has set the row back
    return shown(
        "employers/analysis_part.html",
        form,
        placement=placement,
        group=group,
        groups=dimension_groups(),
        questions=[
            (one, {str(anchor.level): anchor.demand() for anchor in one.anchors}) for one in group.dimensions
        ],
        adaptation_field_of=adaptation_field_of,
        skip_url=_part_url(placement, visit, following),
    )


def _seen_form(
    placement: Placement, visit: EmployerVisit, group: DimensionGroup, **options: object
) -> SeenForm:
    seen = Seen(
        levels={row.dimension_id: row.level for row in visit.seen_demands},
        adaptations={row.adaptation_id: row.is_possible for row in visit.seen_adaptations},
    )
    standing = {row.dimension_id: row.level for row in placement.demands}
    return seen_form(group.dimensions, seen, standing, **options)


def _save(visit: EmployerVisit, placement: Placement, group: DimensionGroup, form: SeenForm) -> None:
    operations.note_seen(visit, placement, form.seen(group.dimensions))


def _part_url(placement: Placement, visit: EmployerVisit, group: DimensionGroup | None) -> str:
    """The group's page, or the placement's after the last one."""
    if group is None:
        return url_for("employers.placement", placement_id=placement.public_id)
    place, seen = placement.public_id, visit.public_id
    return url_for("employers.analysis_part", placement_id=place, visit_id=seen, group_code=group.code)


def _group_and_next(code: str) -> tuple[DimensionGroup, DimensionGroup | None]:
    groups = dimension_groups()
    pairs = zip(groups, (*groups[1:], None), strict=True)
    found = next((pair for pair in pairs if pair[0].code == code), None)
    if found is None:
        raise MissingError
    return found
