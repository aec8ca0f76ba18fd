"""Small things about requests and answers."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response


def see(endpoint: str, **values: object) -> Response:
    """Send the browser on to a page after a form was answered."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]  # url_for takes any value it can write


def is_local(target: str) -> bool:
    """Whether an address stays on this installation: one leading slash, no scheme, host or control letter."""
    parts = urlsplit(target)
    plain = target.isprintable() and "\\" not in target
    return (
        plain
        and target.startswith("/")
        and not target.startswith("//")
        and not parts.scheme
        and not parts.netloc
    )


def next_page(default: str) -> str:
    """Where `?next=` leads when it is an address of ours, else the default."""
    target = request.args.get("next", "")
    return target if is_local(target) else default


def page_before() -> str:
    """The page of ours the request came from, else the start page."""
    came_from = urlsplit(request.referrer or "")
    is_ours = came_from.netloc == request.host and is_local(came_from.path)
    return came_from.path if is_ours else "/"


def wants_fragment() -> bool:
    """Whether htmx asks and will swap the answer into the page."""
    return request.headers.get("HX-Request") == "true"
