"""Pictures: searched among, shown, and read in as packs."""

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.access.guard import permits, signed_in
from aktema.access.importing.kinds import ImportKind
from aktema.access.importing.views import add_pages
from aktema.access.permissions import UPDATE_UNIT
from aktema.core.editing import expect_version
from aktema.core.errors import DomainError
from aktema.core.http import see
from aktema.vocabulary import symbol_imports, symbol_operations, symbol_queries
from aktema.vocabulary.blueprint import bp
from aktema.vocabulary.permissions import READ_VOCABULARY
from aktema.vocabulary.symbol_forms import PackForm, searched_for

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
KEPT_A_YEAR = "private, max-age=31536000, immutable"
PACKS = ImportKind(
    code="symbols",
    section="vocabulary",
    home="vocabulary.packs",
    title=_l("Läs in bilder"),
    lead=_l("Bilder med ord, till exempel en samling som kommunen har licens för."),
    counted=lambda number: ngettext("%(num)s bild", "%(num)s bilder", number),
    columns=symbol_imports.COLUMNS,
    found=(symbol_imports.FILE,),
    permission=UPDATE_UNIT,
    check=symbol_imports.check,
    prepare=symbol_operations.prepare,
    undo=symbol_operations.undo,
    open=symbol_imports.open_pack,
    form=PackForm,
    templates={
        "start": "vocabulary/symbol_new.html",
        "columns": "vocabulary/symbol_columns.html",
        "checked": "vocabulary/symbol_checked.html",
        "done": "vocabulary/symbol_done.html",
    },
)
add_pages(bp, "/symboler/ny", PACKS)


@bp.get("/symboler")
@permits(UPDATE_UNIT)
def packs() -> ResponseReturnValue:
    return render_template("vocabulary/symbols.html", packs=symbol_queries.list_packs())


@bp.get("/symboler/paket/<id:pack_id>")
@permits(UPDATE_UNIT)
def pack(pack_id: str) -> ResponseReturnValue:
    shown = symbol_queries.get_pack(pack_id)
    pictures = symbol_queries.pictures_of_pack(shown)
    return render_template("vocabulary/symbol_pack.html", pack=shown, pictures=pictures)


@bp.post("/symboler/paket/<id:pack_id>/<any(visa, dolj):act>")
@permits(UPDATE_UNIT)
def switch_pack(pack_id: str, act: str) -> ResponseReturnValue:
    switched = symbol_queries.get_pack(pack_id)
    expect_version(switched.version)
    try:
        symbol_operations.switch(switched, is_on=act == "visa")
        flash(_("Det är sparat."), "success")
    except DomainError as problem:
        flash(str(problem.message), "warning")
    return see("vocabulary.pack", pack_id=pack_id)


@bp.get("/symboler/<id:symbol_id>")
@signed_in
def symbol_image(symbol_id: str) -> ResponseReturnValue:
    """The picture itself: never changed once it is read in."""
    content, media_type = symbol_queries.get_symbol_content(symbol_id)
    answer = make_response(content)
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.headers["Cache-Control"] = KEPT_A_YEAR
    return answer


@bp.get("/bilder/val")
@permits(READ_VOCABULARY)
def picture_choices() -> ResponseReturnValue:
    """What a script puts under a field of pictures in a form about nobody."""
    name, typed = searched_for(request.args)
    pictures = symbol_queries.find_pictures(typed)
    return render_template("vocabulary/symbol_choices.html", name=name, pictures=pictures, typed=typed)
