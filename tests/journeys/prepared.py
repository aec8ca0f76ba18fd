"""What must have been begun for a page to exist: a registration, a file on its way in, an invitation."""

import io
import time
from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from aktema.access import operations
from aktema.access.importing.kinds import ImportKind
from aktema.access.roles import Role
from aktema.core.db import db
from tests.support.imports import csv_of
from tests.support.page import filled_in

PATIENCE = 30.0
_years = count(70)
"""No two of the people in files are born the same year."""
GOOD_ROWS: Mapping[str, Mapping[str, str]] = {
    "people": {
        "first_name": "Alva",
        "last_name": "Fil{0}",
        "birth_date": "19{0}-03-09",
        "communication": "Tal",
        "came_from": "Daglig verksamhet",
    },
    "plans": {"first_name": "Alva", "last_name": "Ek", "birth_date": "1990-03-09", "law_basis": "LSS 9 § 10"},
    "employers": {
        "employer": "Kafé {0}",
        "sector": "Privat företag",
        "workplace": "Kaféet vid ån",
        "locality": "Norrköping",
        "title": "Hjälpa till i kaféet",
    },
}


class Unfinished(Enum):
    """How far a file has come that is not read in."""

    CHOSEN = "chosen"
    FAULTY = "faulty"
    CHECKED = "checked"


class Sender:
    """Fills in forms and sends them, without a browser."""

    def __init__(self, app: Flask, key: str) -> None:
        self._app = app
        self.client: FlaskClient = app.test_client()
        self.client.set_cookie("sid", key)

    def send(self, path: str, form: str = "main form.form", **typed: Any) -> str:
        """Send the page's form with what is typed over what it holds; returns the address it leads to."""
        soup = _soup(self.client.get(path))
        element = soup.select_one(form)
        assert element is not None, f"no {form} on {path}: {soup.get_text(' ', strip=True)[:500]}"
        target = str(element.get("action") or path)
        answer = self.client.post(target, data={**filled_in(element), **typed}, follow_redirects=True)
        assert answer.status_code == 200, f"{target}: {_soup(answer).get_text(' ', strip=True)[:500]}"
        return answer.request.path

    def register_half(self) -> str:
        """A registration that only has to be checked; returns the address of that page."""
        self.send("/deltagare/ny/namn", first_name="Halva", last_name="Vägen", birth_date="1990-05-06")
        self.send("/deltagare/ny/bakgrund", came_from="school", communication="speech")
        return self.send("/deltagare/ny/hem", locality="Norrköping")

    def bring_files(self, kind: ImportKind, prefix: str, unfinished: Unfinished) -> Iterator[str]:
        """Files that were read in and taken back, and one that is on its way; yields their addresses."""
        for acts in (("las-in",), ("las-in", "angra")):
            address = self._checked(kind, prefix, is_good=True)
            for act in acts:
                address = self._settled(self.send(address, f"form[action$='/{act}']"))
            yield address
        if unfinished is Unfinished.CHOSEN:
            yield self._upload(kind, prefix, is_good=True)
        else:
            yield self._checked(kind, prefix, is_good=unfinished is Unfinished.CHECKED)

    def bring_faulty(self, kind: ImportKind, prefix: str) -> str:
        """A file with mistakes in it; returns its address."""
        return self._checked(kind, prefix, is_good=False)

    def _checked(self, kind: ImportKind, prefix: str, *, is_good: bool) -> str:
        return self._settled(self.send(self._upload(kind, prefix, is_good=is_good)))

    def _upload(self, kind: ImportKind, prefix: str, *, is_good: bool) -> str:
        year = next(_years)
        row = {key: value.format(year) if is_good else "?" for key, value in GOOD_ROWS[kind.section].items()}
        with self._app.test_request_context():
            content = csv_of(kind, [row])
        return self.send(prefix, file=(io.BytesIO(content), "lista.csv"))

    def _settled(self, path: str) -> str:
        """The address, once the worker is done with what lies there."""
        until = time.monotonic() + PATIENCE
        while _soup(self.client.get(path)).select("#work"):
            assert time.monotonic() < until, f"{path} is never done"
            time.sleep(0.1)
        return path


def invite(app: Flask) -> str:
    """A link by which somebody who was invited gets in."""
    with app.test_request_context():
        account = operations.create_account(
            name="Ny Kollega", email="ny.kollega@example.se", role=Role.CONTROLLER, unit_id=None
        )
        path = url_for("access.accept_invitation", token=operations.new_invitation(account))
        db.session.commit()
        db.session.remove()
    return path


def _soup(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")
