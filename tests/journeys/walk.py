"""Follows every link of the site as somebody with a role, and remembers what was met."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from aktema.access import sessions
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.db import db
from tests.journeys.served import SignIn

EXAMPLES = 2
"""How many pages of one kind are opened in one role."""
TELLING = ("class", "role", "type", "data-variant", "data-color", "aria-current")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One page met on the walk. `shape` is what it is built of, whatever its words."""

    role: Role
    path: str
    endpoint: str
    status: int
    is_page: bool
    shape: frozenset[str]


def key_of(app: Flask, sign_in: SignIn) -> str:
    """A session's key for the account, as if it had signed in."""
    with app.test_request_context():
        account = db.session.scalars(select(Account).where(Account.email == sign_in.email)).one()
        key = sessions.begin(account)
        db.session.commit()
        db.session.remove()
    return key


def walk(app: Flask, role: Role, key: str, doors: list[str]) -> Iterator[Visit]:
    """Every page that links lead to from the doors, two of each kind."""
    client = app.test_client()
    client.set_cookie("sid", key)
    waiting, seen, met = deque(doors), set(doors), Counter[str]()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(app, path)
        if endpoint is None or met[endpoint] >= EXAMPLES:
            continue
        visit, soup = _open(client, role, path, endpoint)
        met[endpoint] += 1
        yield visit
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


def _open(client: FlaskClient, role: Role, path: str, endpoint: str) -> tuple[Visit, BeautifulSoup]:
    answer = client.get(path, follow_redirects=True)
    is_page = answer.mimetype == "text/html"
    soup = BeautifulSoup(answer.get_data(as_text=True) if is_page else "", "html5lib")
    shape = frozenset(
        " ".join([element.name, *(f"{name}={element.get(name)}" for name in TELLING if element.get(name))])
        for element in soup.find_all(True)
    )
    visit = Visit(
        role=role, path=path, endpoint=endpoint, status=answer.status_code, is_page=is_page, shape=shape
    )
    return visit, soup


def _links(soup: BeautifulSoup, path: str) -> Iterator[str]:
    for anchor in soup.select("a[href]"):
        target = urldefrag(urljoin(path, str(anchor["href"]))).url
        if target.startswith("/") and not target.startswith("/static"):
            yield target


def telling(visits: list[Visit]) -> list[Visit]:
    """Of each kind of page, the visits that show something the others before them did not."""
    shown: dict[str, set[str]] = {}
    chosen = []
    for visit in sorted(visits, key=lambda visit: -len(visit.shape)):
        known = shown.setdefault(visit.endpoint, set())
        if visit.is_page and not visit.shape <= known:
            known |= visit.shape
            chosen.append(visit)
    return chosen
