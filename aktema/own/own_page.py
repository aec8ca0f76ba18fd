"""How every page of a participant is shown: whose it is, and who has it before them."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue

from aktema.access.identity import current_identity
from aktema.access.policy import Permission, is_granted
from aktema.core.forms import BaseForm
from aktema.own.queries import Own


def shown(template: str, own: Own, form: BaseForm | None = None, **context: object) -> ResponseReturnValue:
    """The page; 422 where its form is shown again because something was wrong."""
    page = render_template(
        f"own/{template}.html", own=own, person=own.participant, form=form, may=partial(_may, own), **context
    )
    return page, 422 if form is not None and (form.errors or form.form_errors) else 200


def _may(own: Own, permission: Permission) -> bool:
    """Whether whoever reads has the right at all: a representative has fewer than the person."""
    return is_granted(current_identity(), permission) and own.covers(permission)
