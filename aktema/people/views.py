"""Participants: the list, registration, who they are, and their profile.

/deltagare                                       caseload
/deltagare/sok                                   search (POST)
/deltagare/personnummer                          search_by_number
/deltagare/ny                                    register
/deltagare/ny/<namn|bakgrund|hem>                register_step
/deltagare/ny/granska                            review
/deltagare/ny/borja-om                           start_over (POST)
/deltagare/orter                                 localities (suggestions while typing)
/deltagare/import/...                            imports and what follows (access.importing.views)
/deltagare/<id>/uppgifter                        identity
/deltagare/<id>/uppgifter/andra                  update_identity
/deltagare/<id>/uppgifter/personnummer           reveal_number (POST)
/deltagare/<id>/foretradare/ny                   add_representative
/deltagare/<id>/foretradare/<id>/avsluta         end_representative (POST)
/deltagare/<id>/foretradare/<id>/styrkt          see_proof
/deltagare/<id>/ansvarig/<coach|koordinator>     assign
/deltagare/<id>/profil                           profile
/deltagare/<id>/profil/intressen                 interests
/deltagare/<id>/profil/intressen/<grupp>         interest_group
/deltagare/<id>/profil/formagor                  capacities
/deltagare/<id>/profil/formagor/<grupp>          capacity_group
/deltagare/<id>/profil/formagor/historik/<kod>   capacity_history
/deltagare/<id>/profil/trivsel                   preferences
/deltagare/<id>/profil/behov                     needs
/deltagare/<id>/profil/tider                     times
/deltagare/<id>/profil/onskan                    wish
/deltagare/<id>/bilder                           photos
/deltagare/<id>/bilder/ny                        add_photo
/deltagare/<id>/bilder/<id>/ta-bort              remove_photo (POST)
/deltagare/<id>/bilder/kanner-igen               known_pictures
/deltagare/<id>/bilder/val                       picture_choices (for forms with pictures)
/bilder/<id>                                     photo (the picture itself)
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.permissions import RUN_IMPORT
from aktema.access.policy import is_granted
from aktema.core.forms import attempted
from aktema.core.paging import cursor_of_request
from aktema.people import (  # noqa: F401  # their routes hang on the blueprint
    capacity_views,
    identity_views,
    import_views,  # as above
    photo_views,
    profile_views,
    register_views,
)
from aktema.people import caseload as people_list
from aktema.people.blueprint import bp
from aktema.people.codes import NumberReason
from aktema.people.duplicates import look_up_number
from aktema.people.forms import FilterForm, NumberSearchForm, SearchForm
from aktema.people.permissions import CREATE, LIST, SEARCH_BY_NUMBER

__all__ = ["bp"]


@bp.get("/deltagare")
@permits(LIST)
def caseload() -> ResponseReturnValue:
    identity = current_identity()
    units, coaches = people_list.filter_choices(identity)
    filter_form = FilterForm(request.args, units=units, coaches=coaches)
    page = people_list.list_people(identity, filter_form.filters, cursor_of_request())
    return render_template(
        "people/caseload.html",
        page=page,
        rows=people_list.rows_of(page.items),
        filter_form=filter_form,
        search_form=SearchForm(formdata=None),
        is_filtered=filter_form.filters != people_list.Filters(),
        may_register=is_granted(identity, CREATE),
        may_search_by_number=is_granted(identity, SEARCH_BY_NUMBER),
        may_import=is_granted(identity, RUN_IMPORT),
    )


@bp.post("/deltagare/sok")
@permits(LIST)
def search() -> ResponseReturnValue:
    identity, form = current_identity(), SearchForm()
    people = people_list.search_people(identity, form.name.data or "") if form.validate() else []
    page = render_template(
        "people/search.html",
        search_form=form,
        rows=people_list.rows_of(people),
        may_register=is_granted(identity, CREATE),
    )
    return page, 422 if form.errors else 200


@bp.route("/deltagare/personnummer", methods=["GET", "POST"])
@permits(SEARCH_BY_NUMBER)
def search_by_number() -> ResponseReturnValue:
    identity, form, answer = current_identity(), NumberSearchForm(), None
    if form.validate_on_submit():
        reason = NumberReason(form.reason.data)
        answer = attempted(form, lambda: look_up_number(identity, form.digits, reason))
    page = render_template("people/search_by_number.html", form=form, answer=answer)
    return page, 422 if form.errors else 200
