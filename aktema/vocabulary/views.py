"""The shared words, for staff to look up.

/ordlista                       dimensions
/ordlista/intressen             activities
/ordlista/onskemal              preferences
/ordlista/villkor               constraints
/ordlista/anpassningar          adaptations
/ordlista/yrken                 occupations
/ordlista/yrken/<ssyk>          occupation_group
/ordlista/bilder                pictures
/orter                          localities
/bilder/val                     picture_choices (for forms with pictures)
/symboler                       packs
/symboler/<id>                  symbol_image (the picture itself)
/symboler/paket/<id>            pack
/symboler/paket/<id>/visa|dolj  switch_pack (POST)
/symboler/ny/...                imports and what follows (access.importing.views)
"""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from aktema.access.guard import permits, public
from aktema.access.identity import current_identity
from aktema.access.permissions import UPDATE_UNIT
from aktema.access.policy import is_granted
from aktema.core.errors import Message
from aktema.vocabulary import (
    queries,
    symbol_queries,
    symbol_views,  # noqa: F401  # its routes hang on the blueprint
)
from aktema.vocabulary.blueprint import bp
from aktema.vocabulary.forms import OccupationSearchForm, PictureSearchForm
from aktema.vocabulary.localities import suggest_localities
from aktema.vocabulary.permissions import READ_VOCABULARY

__all__ = ["bp"]
LONGEST_LOCALITY = 100
MOST_PICTURES = 60

PARTS: dict[str, Message] = {
    "dimensions": _l("Förmågor"),
    "activities": _l("Intressen"),
    "preferences": _l("Önskemål"),
    "constraints": _l("Villkor"),
    "adaptations": _l("Anpassningar"),
    "occupations": _l("Yrken"),
    "pictures": _l("Bilder"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: Message
    href: str
    current: bool


def _show(part: str, **shown: object) -> str:
    here = f"vocabulary.{part}"
    tabs = [Tab(label=PARTS[one], href=url_for(f"vocabulary.{one}"), current=one == part) for one in PARTS]
    return render_template(
        f"vocabulary/{part}.html", tabs=tabs, title=PARTS[part], here=url_for(here), **shown
    )


@bp.get("/ordlista")
@permits(READ_VOCABULARY)
def dimensions() -> ResponseReturnValue:
    return _show("dimensions", groups=queries.dimension_groups(), scale=queries.scale_levels())


@bp.get("/ordlista/intressen")
@permits(READ_VOCABULARY)
def activities() -> ResponseReturnValue:
    return _show("activities", groups=queries.activity_groups(), dimensions=queries.vocabulary().dimensions)


@bp.get("/ordlista/onskemal")
@permits(READ_VOCABULARY)
def preferences() -> ResponseReturnValue:
    return _show("preferences", preferences=queries.preferences())


@bp.get("/ordlista/villkor")
@permits(READ_VOCABULARY)
def constraints() -> ResponseReturnValue:
    return _show("constraints", constraints=queries.constraints())


@bp.get("/ordlista/anpassningar")
@permits(READ_VOCABULARY)
def adaptations() -> ResponseReturnValue:
    return _show("adaptations", dimensions=queries.dimensions())


@bp.get("/ordlista/yrken")
@permits(READ_VOCABULARY)
def occupations() -> ResponseReturnValue:
    form = OccupationSearchForm(request.args)
    typed = str(form.q.data or "") if form.validate() else ""
    found = queries.search_occupations(typed)
    return _show("occupations", form=form, typed=typed, found=found, is_filled=queries.has_occupations())


@bp.get("/ordlista/bilder")
@permits(READ_VOCABULARY)
def pictures() -> ResponseReturnValue:
    form = PictureSearchForm(request.args)
    typed = str(form.q.data or "") if form.validate() else ""
    found = symbol_queries.find_pictures(typed, MOST_PICTURES)
    may_read_in = is_granted(current_identity(), UPDATE_UNIT)
    return _show("pictures", form=form, typed=typed, found=found, may_read_in=may_read_in)


@bp.get("/ordlista/yrken/<ssyk>")
@permits(READ_VOCABULARY)
def occupation_group(ssyk: str) -> ResponseReturnValue:
    group = queries.get_occupation_group(ssyk)
    usual = queries.activities_for_ssyk(group.ssyk)
    return render_template("vocabulary/occupation_group.html", group=group, activities=usual)


@bp.get("/orter")
@public
def localities() -> ResponseReturnValue:
    """Options for a half-typed locality, whatever its field is called, to put into the field's list.

    Names of towns are no secret, and employers who hold a link type one without being signed in.
    """
    typed = next(iter(request.args.values()), "")[:LONGEST_LOCALITY]
    return render_template("vocabulary/locality_options.html", localities=suggest_localities(typed))
