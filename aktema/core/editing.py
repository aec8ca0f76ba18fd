"""How a page that changes something answers: the form, its version, one act."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue

from aktema.core.errors import StaleActError
from aktema.core.forms import BaseForm, ConflictError, attempted


def is_saved(
    form: BaseForm, version: int, current: Callable[[], BaseForm], save: Callable[[], object]
) -> bool:
    """Whether the form was sent and its act is done; a form that is only shown gets to carry the version.

    Raises ConflictError, with the `current` form to compare, where it was drawn from another version.
    """
    if not form.is_submitted():
        form.carry(version)
        return False
    if not form.validate():
        return False
    if not form.expects(version):
        raise ConflictError(form, current(), version)
    attempted(form, save)
    return not form.errors


def act_form(version: int | None = None) -> BaseForm:
    """The form of a button that does one act, to the row of this version where the act changes a row."""
    form = BaseForm(formdata=None)
    if version is not None:
        form.carry(version)
    return form


def expect_version(version: int) -> None:
    """Check that the button pressed was drawn from this version. Raises StaleActError."""
    if not BaseForm().expects(version):
        raise StaleActError


def shown(template: str, form: BaseForm, **context: object) -> ResponseReturnValue:
    """The page with the form; 422 where it is shown again because something was wrong."""
    return render_template(template, form=form, **context), 422 if form.errors else 200
