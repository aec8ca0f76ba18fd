"""Follows every link of the site as somebody with a role, and remembers what was met."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from aktema.access import sessions
from aktema.access.models import Account
from aktema.core.db import db
from tests.journeys.served import SignIn

EXAMPLES = 2
"""How many pages of one kind are opened in one role, but for those that a person may or may not have."""
EVERY = frozenset({"home.participant", "own.card", "pathway.introductions", "plans.decision", "plans.order"})
NOBODY = "nobody"
TELLING = ("class", "role", "type", "data-variant", "data-color", "aria-current")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One page met on the walk. `shape` is what it is built of; empty for what is no page."""

    role: str
    path: str
    endpoint: str
    status: int
    shape: frozenset[str]


def key_of(app: Flask, sign_in: SignIn) -> str:
    """A session's key for the account, as if it had signed in."""
    with app.test_request_context():
        account = db.session.scalars(select(Account).where(Account.email == sign_in.email)).one()
        key = sessions.begin(account)
        db.session.commit()
        db.session.remove()
    return key


def walk(app: Flask, role: str, key: str, doors: list[str]) -> Iterator[Visit]:
    """The doors and every page that links lead to from there, two of each kind."""
    client = app.test_client()
    client.set_cookie("sid", key)
    waiting, seen, met = deque(doors), set(doors), Counter[str]()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(app, path)
        if endpoint is None or (met[endpoint] >= EXAMPLES and endpoint not in EVERY and path not in doors):
            continue
        visits, soup = _open(app, client, role, path)
        met.update(visit.endpoint for visit in visits)
        yield from visits
        links = [link for link in _links(soup, path) if link not in seen]
        seen.update(links)
        waiting.extend(links)


def endpoint_of(app: Flask, path: str) -> str | None:
    """Which page the address opens, or None where it is no page's."""
    try:
        endpoint, _values = app.url_map.bind("127.0.0.1").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def _open(app: Flask, client: FlaskClient, role: str, path: str) -> tuple[list[Visit], BeautifulSoup]:
    """What the address opens, and the page it may lead on to."""
    answer = client.get(path, follow_redirects=True)
    is_page = answer.mimetype == "text/html"
    soup = BeautifulSoup(answer.get_data(as_text=True) if is_page else "", "html.parser")
    visits = [
        Visit(
            role=role,
            path=step.request.full_path.rstrip("?"),
            endpoint=endpoint_of(app, step.request.path) or "",
            status=step.status_code,
            shape=_shape(soup) if step is answer and is_page else frozenset(),
        )
        for step in (*answer.history, answer)
    ]
    return visits, soup


def _shape(soup: BeautifulSoup) -> frozenset[str]:
    return frozenset(
        " ".join([element.name, *(f"{name}={element.get(name)}" for name in TELLING if element.get(name))])
        for element in soup.find_all(True)
    )


def _links(soup: BeautifulSoup, path: str) -> Iterator[str]:
    for anchor in soup.select("a[href]"):
        target = urldefrag(urljoin(path, str(anchor["href"]))).url
        if target.startswith("/") and not target.startswith("/static"):
            yield target


def telling(visits: Iterable[Visit]) -> list[Visit]:
    """Of each kind of page, the visits that show something the others before them did not."""
    shown: dict[str, set[str]] = {}
    chosen = []
    for visit in sorted(visits, key=lambda visit: -len(visit.shape)):
        known = shown.setdefault(visit.endpoint, set())
        if not visit.shape <= known:
            known |= visit.shape
            chosen.append(visit)
    return chosen
