"""What a person sees when something went wrong: what happened, what was kept, what to do."""

from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase

from aktema.core.db import db
from aktema.core.errors import MissingError, RefusedError, SignInNeededError, StaleActError
from aktema.core.forms import ConflictError
from aktema.core.http import page_before
from aktema.core.ids import new_public_id
from aktema.core.logs import log

RETRY_SECONDS = "5"
PASSWORDS = frozenset({"password", "old", "new", "again"})
OWN_FIELDS = frozenset({"csrf_token", "version", "idempotency_key"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """The words of one error page."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One field of a stale form: what was typed and what stands now."""

    label: str
    typed: str
    current: str


def _fault(status: int) -> Fault:
    faults = {
        400: (
            _("Något i adressen eller formuläret gick inte att läsa"),
            _("Inget har ändrats. Gå tillbaka och försök igen."),
        ),
        403: (
            _("Den här sidan hör inte till din roll"),
            _("Inget har ändrats. Fråga din enhetschef om du behöver den."),
        ),
        404: (
            _("Sidan finns inte"),
            _("Den kan ha tagits bort, eller så hör den inte till ditt uppdrag. Gå till startsidan."),
        ),
        405: (
            _("Så går det inte att öppna sidan"),
            _("Inget har ändrats. Gå till startsidan och börja därifrån."),
        ),
        409: (
            _("Någon annan har ändrat samma sak"),
            _("Gå tillbaka, ladda om sidan och se vad som ändrats."),
        ),
        413: (
            _("Det som skickades är för stort"),
            _("Inget har ändrats. Dela upp det och skicka en del i taget."),
        ),
        429: (_("Många försök på kort tid"), _("Vänta några minuter och försök igen.")),
        503: (
            _("Systemet är upptaget just nu"),
            _("Inget har ändrats. Vänta några sekunder och försök igen."),
        ),
    }
    broken = (
        _("Något gick fel hos oss"),
        _("Inget har ändrats. Försök igen om en stund. Fortsätter det, ange numret nedan."),
    )
    title, text = faults.get(status, broken)
    return Fault(title=title, text=text)


def _page(status: int) -> ResponseReturnValue:
    db.session.rollback()
    headers = {"Retry-After": RETRY_SECONDS} if status in (429, 503) else {}
    page = render_template(
        "error.html",
        status=status,
        fault=_fault(status),
        request_id=g.get("request_id", ""),
        sent=_sent() if status == 503 else [],
    )
    return page, status, headers


def _sent() -> list[tuple[str, str]]:
    """Everything a form carried, token and all, to be sent again as it was; nothing with a password or a file."""
    with suppress(HTTPException):  # a form that can't be read can't be sent again either
        if request.method == "POST" and not request.files and PASSWORDS.isdisjoint(request.form):
            return list(request.form.items(multi=True))
    return []


def _on_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    original = getattr(error, "original_exception", None)
    if isinstance(original, OperationalError):
        status = 503
    if status >= 500:
        log.error("failed", id=g.get("request_id"), route=request.endpoint, exc_info=original or error)
    if status < 400:
        return error.get_response()
    return _page(status)


def _on_sign_in_needed(_error: SignInNeededError) -> ResponseReturnValue:
    where = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("access.sign_in", next=where), 303)


def _on_conflict(error: ConflictError) -> ResponseReturnValue:
    """Both versions side by side. The view has read and changed nothing: the trace of its reading is kept."""
    form, current = error.form, error.current
    form.carry(error.version)
    form.idempotency_key.data = new_public_id()
    pairs = [(field, current[field.name]) for field in form.visible_fields() if field.name in current]
    differences = [
        Difference(label=str(typed.label.text), typed=shown(typed), current=shown(now))
        for typed, now in pairs
        if shown(typed) != shown(now)
    ]
    return render_template("conflict.html", form=form, differences=differences, typed=_typed()), 409


def _on_stale_act(_error: StaleActError) -> ResponseReturnValue:
    flash(_("Inget har ändrats: någon annan hann före. Så här är det nu."), "warning")
    return redirect(page_before(), 303)


def shown(field: Field) -> str:
    """The field's value as a person would read it."""
    data = field.data
    if isinstance(field, SelectFieldBase):
        labels = {str(value): str(label) for value, label, *_rest in field.iter_choices()}
        chosen = data if isinstance(data, list) else [data]
        return ", ".join(labels.get(str(one), str(one)) for one in chosen if one not in (None, ""))
    if isinstance(data, bool):
        return _("ja") if data else _("nej")
    write = getattr(field, "_value", None)
    return str(write()) if callable(write) else str(data or "")


def _typed() -> list[tuple[str, str]]:
    """Everything the request carried but the form's own bookkeeping, to be sent again."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in OWN_FIELDS]


def _on_unknown_host(_error: SecurityError) -> ResponseReturnValue:
    """A request for a host that is not ours gets no page: no address on it could be written."""
    return Response(_("Adressen hör inte till den här tjänsten."), 400, mimetype="text/plain")


def install(app: Flask) -> None:
    app.register_error_handler(SecurityError, _on_unknown_host)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(CSRFError, lambda _error: _page(400))
    app.register_error_handler(MissingError, lambda _error: _page(404))
    app.register_error_handler(RefusedError, lambda _error: _page(403))
    app.register_error_handler(StaleDataError, lambda _error: _page(409))
    app.register_error_handler(OperationalError, lambda _error: _page(503))
    app.register_error_handler(SignInNeededError, _on_sign_in_needed)
    app.register_error_handler(ConflictError, _on_conflict)
    app.register_error_handler(StaleActError, _on_stale_act)
