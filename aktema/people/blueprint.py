"""The blueprint that every page file of the slice hangs its routes on; `views` lists them all."""

from flask import Blueprint, current_app, url_for

bp = Blueprint("people", __name__)


def person_url(public_id: str) -> str:
    """The person on one page, which a slice above composes."""
    endpoint = "home.participant" if "home.participant" in current_app.view_functions else "people.profile"
    return url_for(endpoint, public_id=public_id)


bp.add_app_template_global(person_url, "person_url")
