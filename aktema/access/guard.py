"""The door of every route: it is public, or it names the permission or the kind of link it needs; nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, render_template, request
from werkzeug.wrappers import Response

from aktema.access import audit
from aktema.access.identity import current_identity
from aktema.access.link_codes import Purpose
from aktema.access.link_queries import get_link
from aktema.access.models import SignInAttempt
from aktema.access.policy import Permission, is_granted
from aktema.access.queries import attempts_since
from aktema.core.crypto import blind_index
from aktema.core.db import db
from aktema.core.errors import MissingError, RefusedError

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed_in"
MOST_MISSES = 30
"""So many keys that open nothing may be tried from one address in five minutes."""
LINK_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
_MARK = "aktema_access"


def permits(permission: Permission) -> Callable[[View], View]:
    """Only for those to whom the table grants the permission; the scope is the query's business."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not is_granted(current_identity(), permission):
                raise RefusedError(permission.code)
            return view(*args, **kwargs)

        setattr(guarded, _MARK, permission)
        return cast("View", guarded)

    return decorate


def public(view: View) -> View:
    """For anyone, signed in or not: it shows nothing about anybody."""
    setattr(view, _MARK, PUBLIC)
    return view


def signed_in(view: View) -> View:
    """For whoever is signed in, about themselves only: the own account and its sessions."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        current_identity()
        return view(*args, **kwargs)

    setattr(guarded, _MARK, SIGNED_IN)
    return cast("View", guarded)


def by_link(purpose: Purpose) -> Callable[[View], View]:
    """For whoever holds a link made for the purpose: `<token>` in the address becomes the view's `link`.

    Nobody is signed in there, even where somebody is in the same browser: the page is the same for every holder.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(*args: Any, token: str, **kwargs: Any) -> Any:
            g.identity = None
            try:
                g.link = get_link(purpose, token)
            except MissingError:
                return _dead_link(token)
            return view(*args, link=g.link, **kwargs)

        setattr(opened, _MARK, purpose)
        return cast("View", opened)

    return decorate


def _note_token() -> None:
    """Whoever comes by a link is known by its key when their form is looked for among those sent before."""
    if isinstance(access_of(current_app, str(request.endpoint)), Purpose):
        g.link_token = (request.view_args or {})["token"]


def _dead_link(token: str) -> tuple[str, int]:
    """The way to a new link. A right key always opens: behind a proxy many people may share an address."""
    who = blind_index(request.remote_addr or "", "link")
    if attempts_since(who) >= MOST_MISSES:
        abort(429)
    g.missed_link = who
    return render_template("access/link_dead.html", token=token), 404


def guard_link(response: Response) -> Response:
    """The address holds a key: it must not travel on, or stay anywhere. Keys that open nothing are counted."""
    if isinstance(access_of(current_app, str(request.endpoint)), Purpose):
        response.headers.update(LINK_HEADERS)
    if "missed_link" in g:
        db.session.add(SignInAttempt(email_digest=g.missed_link))
        db.session.commit()
    return response


def access_of(app: Flask, endpoint: str) -> Permission | Purpose | str | None:
    """The permission an endpoint needs, the purpose of its link, PUBLIC, SIGNED_IN, or None: nothing was declared."""
    return getattr(app.view_functions.get(endpoint), _MARK, None)


def check_routes(app: Flask) -> None:
    """Refuse to start with a route that has no declared access. Raises RuntimeError naming them."""
    bare = sorted(
        endpoint
        for endpoint in app.view_functions
        if endpoint != "static" and access_of(app, endpoint) is None
    )
    if bare:
        raise RuntimeError(f"routes without declared access: {', '.join(bare)}")


def record_refusal(response: Response) -> Response:
    """A signed-in person who was refused, or asked for what is not theirs, leaves a trace of it."""
    if (
        g.get("identity") is not None
        and response.status_code in (403, 404)
        and request.endpoint not in (None, "static")
    ):
        mark = access_of(current_app, str(request.endpoint))
        audit.record(
            audit.REFUSED,
            mark.code if isinstance(mark, Permission) else str(mark),
            detail=str(response.status_code),
        )
        db.session.commit()
    return response


def install(app: Flask) -> None:
    app.before_request(_note_token)
    app.after_request(record_refusal)
    app.after_request(guard_link)
