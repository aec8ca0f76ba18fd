"""What somebody types in a form, kept as a draft while they do: for every page that saves between two requests."""

from contextlib import suppress

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from aktema.core import clock
from aktema.core.drafts import find_draft, save_draft

BOOKKEEPING = ("csrf_token", "idempotency_key")


def answer_typing(account_id: int, place: str, *left_out: str) -> ResponseReturnValue:
    """Keep what is typed so far, but for the fields left out, and tell the page's script when."""
    try:
        _keep(account_id, place, left_out)
    except ValueError:
        return jsonify(message=_("Texten är för lång för att sparas medan du skriver.")), 413
    return jsonify(saved=f"{clock.local(clock.now()):%H.%M}")


def keep_what_fits(account_id: int, place: str, *left_out: str) -> None:
    """Keep what was sent, unless it is far too long for any field: the page has it still."""
    with suppress(ValueError):
        _keep(account_id, place, left_out)


def typed_before(account_id: int, place: str) -> MultiDict[str, str] | None:
    """What was typed and not saved, as a form would send it, or None."""
    typed = find_draft(account_id, place)
    return MultiDict((name, value) for name, values in typed.items() for value in values) if typed else None


def _keep(account_id: int, place: str, left_out: tuple[str, ...]) -> None:
    unkept = {*BOOKKEEPING, *left_out}
    save_draft(
        account_id, place, {name: values for name, values in request.form.lists() if name not in unkept}
    )
