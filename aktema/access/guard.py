"""The door of every route: it is public, or it names the permission it needs. There is no third kind."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from aktema.access import audit
from aktema.access.identity import current_identity
from aktema.access.policy import Permission, is_granted
from aktema.core.db import db
from aktema.core.errors import RefusedError

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
SIGNED_IN = "signed_in"
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


def access_of(app: Flask, endpoint: str) -> Permission | str | None:
    """The permission an endpoint needs, PUBLIC, SIGNED_IN, or None where nothing was declared."""
    return getattr(app.view_functions[endpoint], _MARK, None)


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
    app.after_request(record_refusal)
