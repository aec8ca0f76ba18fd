"""The client of every page test: what comes back must be a page a person can use."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from html import unescape
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask import current_app, g
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from aktema.access.guard import access_of
from aktema.access.identity import Identity
from aktema.access.policy import Permission, is_granted
from aktema.core.db import db
from tests.support.database import WANTS_POSTGRES

CHECKED: set[int] = set()
"""The shapes of the pages that this process has found sound."""
WORDS = re.compile(r">[^<&]*[^<&\s][^<&]*<")
VALUE = re.compile(r'(?<= )(value|href|src|action|content|title|aria-label|datetime|data-[a-z-]+)="[^"]+"')
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
RANDOM = re.compile("[A-Za-z0-9_-]{20,}")


@contextmanager
def untraced() -> Iterator[None]:
    """Taking a page apart is no line of ours, and takes twice as long where coverage follows it."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


class Page:
    """One answer: its status, where it leads, and its soup when it is HTML."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        self.text = response.get_data(as_text=True) if response.mimetype == "text/html" else ""

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page to look things up in, made when a test first does; html5lib judges it in check_html."""
        with untraced():
            return BeautifulSoup(self.text, "html.parser")

    def select(self, css: str) -> list[Any]:
        return list(self.soup.select(css))

    @property
    def words(self) -> str:
        """Everything the page says, in one line."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    def hidden(self, css: str = "main form") -> dict[str, str]:
        """The hidden fields of the first form that matches: token, version and key."""
        form = self.soup.select_one(css)
        assert form is not None, f"no form {css}"
        return {
            str(i["name"]): str(i.get("value", ""))
            for i in form.select("input[type=hidden]")
            if i.get("name")
        }


class PageClient:
    """Opens pages and sends forms as a browser would, and checks every page it gets."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, *, follow: bool = True, **options: Any) -> Page:
        forget_last_request()
        return self._checked(self.client.get(path, follow_redirects=follow, **options))

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = True, **options: Any
    ) -> Page:
        """Send data as they are; `submit` is what a person does."""
        forget_last_request()
        return self._checked(self.client.post(path, data=data or {}, follow_redirects=follow, **options))

    def submit(
        self,
        path: str,
        data: Mapping[str, Any],
        *,
        css: str = "main form",
        action: str | None = None,
        follow: bool = True,
    ) -> Page:
        """Open the page, fill in the form's fields over what it holds, and send it where it says."""
        page = self.get(path)
        form = page.soup.select_one(css)
        assert form is not None, f"no form {css} on {path}: {page.words[:200]}"
        filled = {**filled_in(form), **data}
        return self.post(action or str(form.get("action") or path), filled, follow=follow)

    def _checked(self, response: TestResponse) -> Page:
        page = Page(response)
        left = [*db.session.new, *db.session.dirty, *db.session.deleted]
        assert left == [], "rows were left uncommitted"
        if page.text and response.status_code < 500:
            check_links(page)
            check_once(page)
        return page


def forget_last_request() -> None:
    """A test's requests share its context: what one left there must not reach the next, as it would not outside."""
    for name in list(g):
        g.pop(name)


def filled_in(form: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands, but for its buttons."""
    values: dict[str, Any] = {}
    for element in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(element["name"]), element.get("type", "")
        if kind in ("checkbox", "radio") and not element.has_attr("checked"):
            continue
        if kind in ("submit", "file", "button") or element.has_attr("disabled"):
            continue
        _add(values, name, _value_of(element))
    return values


def _value_of(element: Any) -> str:
    if element.name == "textarea":
        return str(element.get_text()).removeprefix("\n")
    if element.name == "select":
        chosen = element.select_one("option[selected]") or element.select_one("option")
        return str(chosen.get("value", "")) if chosen else ""
    return str(element.get("value", "on" if element.get("type") == "checkbox" else ""))


def _add(values: dict[str, Any], name: str, value: str) -> None:
    if name in values:
        before = values[name]
        values[name] = [*(before if isinstance(before, list) else [before]), value]
    else:
        values[name] = value


def check_links(page: Page) -> None:
    """No page leads its reader to one that the table keeps from their role."""
    reader = g.get("identity")
    if reader is not None:
        refused = {path for path in LINK.findall(page.text) if not _opens(reader, path)}
        assert refused == set(), f"links to what is refused: {refused}"


def _opens(reader: Identity, path: str) -> bool:
    try:
        endpoint, _values = current_app.url_map.bind("127.0.0.1").match(unescape(path).split("?")[0])
    except HTTPException:
        return True
    access = access_of(current_app, endpoint)
    return not isinstance(access, Permission) or is_granted(reader, access)


def check_once(page: Page) -> None:
    """Check a page unless one of the same shape has been: to parse it strictly takes longer than to make it.

    PostgreSQL is given what SQLite has been.
    """
    if WANTS_POSTGRES:
        return
    shape = hash(shape_of(page.text))
    if shape not in CHECKED:
        with untraced():
            check_html(page)
        CHECKED.add(shape)


def shape_of(text: str) -> str:
    """What decides whether markup is sound: tags, names, and which ids are the same; not words, and no values."""
    names: dict[str, str] = {}
    bare = VALUE.sub(r'\1="x"', WORDS.sub(">x<", text))
    return RANDOM.sub(lambda found: names.setdefault(found[0], f"id{len(names)}"), bare)


def check_html(page: Page) -> None:
    """Every page parses as HTML5 and has a language, a title, one h1, labels and actions."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(page.text)
    assert not parser.errors, f"HTML errors: {parser.errors[:3]}"
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    assert root.get("lang"), "no lang"
    assert "".join(root.find("head/title").itertext()).strip(), "no title"
    assert len(list(root.iter("h1"))) == 1, f"{len(list(root.iter('h1')))} h1"
    inline = [e.tag for e in elements if e.get("style") or (e.tag == "script" and not e.get("src"))]
    assert inline == [], "inline style or script"
    for form in root.iter("form"):
        _check_form(form)
    _check_labels(root, elements)
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert [name for name, count in ids.items() if count > 1] == [], "an id twice"


def _check_form(form: Any) -> None:
    assert form.get("action") is not None, "a form without an action"
    tokens = [i for i in form.iter("input") if str(i.get("name", "")).endswith("csrf_token")]
    assert tokens or form.get("method") != "post", "a form without its token"


def _check_labels(root: Any, elements: list[Any]) -> None:
    labels = list(root.iter("label"))
    labelled, inside = {label.get("for") for label in labels}, {e for label in labels for e in label.iter()}
    for element in elements:
        if element.tag not in ("input", "select", "textarea") or element.get("type") in ("hidden", "submit"):
            continue
        named = element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby")
        assert named or element in inside, f"a field without a label: {element.get('name')}"
