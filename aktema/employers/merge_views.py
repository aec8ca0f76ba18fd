"""The pages on which one organisation that stands there twice is made one; views lists the addresses."""

from functools import partial

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup, escape

from aktema.access.guard import permits
from aktema.core.editing import is_saved, shown
from aktema.core.errors import MissingError, StaleActError
from aktema.core.http import see
from aktema.core.paging import cursor_of_request
from aktema.employers import merge_queries as queries
from aktema.employers import texts, words
from aktema.employers.blueprint import bp
from aktema.employers.employer_queries import EmployerFilter, get_employer, list_employers
from aktema.employers.forms import EmployerFilterForm
from aktema.employers.merge_forms import MergeForm
from aktema.employers.merge_operations import merge as merge_two
from aktema.employers.models import Employer
from aktema.employers.permissions import MERGE_EMPLOYERS


@bp.get("/arbetsgivare/dubbletter")
@permits(MERGE_EMPLOYERS)
def duplicates() -> ResponseReturnValue:
    return render_template(
        "employers/duplicates.html", groups=queries.duplicate_groups(), texts=texts, words=words
    )


@bp.get("/arbetsgivare/<id:employer_id>/dubblett")
@permits(MERGE_EMPLOYERS)
def find_duplicate(employer_id: str) -> ResponseReturnValue:
    """First which other row it is: those of the same name, or whatever is searched for."""
    employer = get_employer(employer_id)
    form = EmployerFilterForm(request.args)
    found = (
        list_employers(EmployerFilter(typed=form.chosen().typed), cursor_of_request())
        if form.q.data
        else None
    )
    return render_template(
        "employers/find_duplicate.html",
        employer=employer,
        likely=queries.likely_same(employer),
        found=[one for one in found.items if one.id != employer.id] if found else None,
        form=form,
        texts=texts,
        words=words,
    )


@bp.route("/arbetsgivare/<id:employer_id>/sla-ihop/<id:other_id>", methods=["GET", "POST"])
@permits(MERGE_EMPLOYERS)
def merge(employer_id: str, other_id: str) -> ResponseReturnValue:
    employer, other = get_employer(employer_id), get_employer(other_id)
    if employer.id == other.id:
        raise MissingError
    pair, labelled = (employer, other), [(one, _label_of(one)) for one in (employer, other)]
    data = {"kept": _better(pair).public_id, "other_version": str(other.version)}
    form = MergeForm(employers=labelled, data=data)
    current = partial(MergeForm, employers=labelled, data=data, formdata=None)
    if form.is_submitted() and form.other_version.data != str(other.version):
        raise StaleActError
    if is_saved(form, employer.version, current, lambda: merge_two(*form.kept_and_gone())):
        kept, gone = form.kept_and_gone()
        flash(_("%(gone)s har slagits ihop med %(kept)s.", gone=gone.name, kept=kept.name), "success")
        return see("employers.employer", employer_id=kept.public_id)
    held = [(label, queries.holdings_of(one)) for one, label in labelled]
    return shown(
        "employers/merge.html",
        form,
        employer=employer,
        held=held,
        back=url_for("employers.find_duplicate", employer_id=employer.public_id),
    )


def warn_of_double(employer: Employer) -> None:
    """Say so on the next page where a new employer may stand there already."""
    likely = queries.likely_same(employer)
    if likely:
        address = url_for("employers.merge", employer_id=employer.public_id, other_id=likely[0].public_id)
        there = Markup('<a class="link" href="{}">{}</a>').format(
            address, _("Jämför med %(name)s", name=likely[0].name)
        )
        told = _("Det finns redan en arbetsgivare med nästan samma namn. Se efter om det är samma.")
        flash(escape(told) + " " + there, "warning")


def _better(pair: tuple[Employer, Employer]) -> Employer:
    """The one that is proposed to stay: open before closed, with a number before without, else the older."""
    return min(pair, key=lambda one: (one.closed_on is not None, one.organisation_number is None, one.id))


def _label_of(employer: Employer) -> str:
    """The name with what tells it from its double: the number, and where it is."""
    number = texts.organisation_number_text(employer.organisation_number)
    facts = (employer.name, number or _("inget nummer"), texts.towns_text(employer.workplaces))
    return " · ".join(filter(None, facts))
