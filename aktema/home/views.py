"""The start page, and the pages anyone may read.

/                    start
/deltagare/<id>      participant
/tema.css            theme
/health              health
/tillganglighet      accessibility
/om                  about
/help/components     components
/min-arbetsplats     my_workplace (employer_views)
/register            register
/register/<id>       register_employer
"""

import shutil
from functools import lru_cache

from flask import Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from aktema.access.guard import permits, public
from aktema.access.identity import current_identity, find_identity
from aktema.access.policy import is_granted
from aktema.access.roles import STAFF_ROLES, Role
from aktema.core import clock, schema
from aktema.core.db import db, reading
from aktema.core.gallery import build_gallery
from aktema.core.http import see
from aktema.core.theme import theme_css
from aktema.home import digest as digest  # its chore
from aktema.home import employer_views, register_page_views
from aktema.home.blueprint import bp
from aktema.home.overview import overview
from aktema.home.permissions import READ_COMPONENTS
from aktema.home.queries import MOST_PER_KIND, worklist
from aktema.home.way_page import way_tasks
from aktema.matching.models_in_use import in_use
from aktema.pathway.codes import STATE_LABELS, STATE_TONES
from aktema.people.permissions import LIST, READ_IDENTITY
from aktema.people.queries import get_participant
from aktema.steps.permissions import CREATE_STEP

__all__ = ["bp", "employer_views", "register_page_views"]

LEAST_FREE_BYTES = 500_000_000
OWN_PAGES = (Role.PARTICIPANT, Role.REPRESENTATIVE)
"""The roles whose start page is that of a participant."""


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    identity = find_identity()
    if identity is None:
        return render_template("home/welcome.html")
    if identity.has(*OWN_PAGES) and not identity.has(*STAFF_ROLES):
        return see("own.start")
    if identity.has(Role.EMPLOYER) and not identity.has(*STAFF_ROLES):
        return see("home.my_workplace")
    return render_template(
        "home/today.html",
        work=worklist(identity),
        way=way_tasks(identity, clock.today(), MOST_PER_KIND),
        has_people=is_granted(identity, LIST),
        may_log=is_granted(identity, CREATE_STEP),
        model=in_use() if identity.has(Role.SYSTEM_ADMIN) else None,
        today=clock.today(),
    )


@bp.get("/deltagare/<id:public_id>")
@permits(READ_IDENTITY)
def participant(public_id: str) -> ResponseReturnValue:
    identity = current_identity()
    found = get_participant(identity, READ_IDENTITY, public_id)
    shown = overview(identity, found)
    return render_template(
        "home/participant.html", participant=found, overview=shown, labels=STATE_LABELS, tones=STATE_TONES
    )


@bp.get("/tema.css")
@public
def theme() -> ResponseReturnValue:
    settings = current_app.extensions["settings"]
    css = _theme(settings.primary_colour, settings.accent_colour)
    return Response(css, mimetype="text/css", headers={"Cache-Control": "public, max-age=3600"})


@lru_cache
def _theme(primary: str, accent: str) -> str:
    return theme_css(primary, accent)


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Whether the installation works: 200 with `ok`, or 503. It says nothing more to anybody."""
    is_well = (
        _is_migrated()
        and shutil.disk_usage(current_app.extensions["settings"].data_folder).free > LEAST_FREE_BYTES
    )
    return jsonify(ok=is_well), 200 if is_well else 503


def _is_migrated() -> bool:
    with reading():
        return schema.is_current(db.session.connection())


@bp.get("/tillganglighet")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@bp.get("/om")
@public
def about() -> ResponseReturnValue:
    return render_template("home/about.html")


@bp.get("/help/components")
@permits(READ_COMPONENTS)
def components() -> ResponseReturnValue:
    return render_template("help/components.html", gallery=build_gallery())
