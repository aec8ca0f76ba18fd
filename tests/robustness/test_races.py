"""Two at once: the same form twice, and two editors of one thing, on a real database with real threads."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from aktema.access.link_codes import Purpose
from aktema.access.models import Account
from aktema.access.notice_models import DeclinedNotice
from aktema.core.db import db
from aktema.steps.models import Step
from tests.support.links import a_link
from tests.support.page import Page, PageClient, filled_in

pytestmark = pytest.mark.database
ROUNDS = int(os.environ.get("AKTEMA_RACE_ROUNDS") or 2)
"""How often each race is run: `python3 -m aktema check races` runs fifty."""
AT_ONCE = 20


def a_browser(app: Flask, token: str) -> PageClient:
    client = app.test_client()
    client.set_cookie("sid", token)
    return PageClient(client)


def person_id(app: Flask) -> str:
    from aktema.people.models import Participant

    with app.app_context():
        return str(db.session.scalar(select(Participant.public_id)))


def at_once(acts: list[Callable[[], TestResponse]]) -> list[int]:
    """Start all at the same moment; the statuses in the order of the acts."""
    return [status for status, _text in answers_at_once(acts)]


def answers_at_once(acts: list[Callable[[], TestResponse]]) -> list[tuple[int, str]]:
    """The same, with the pages."""
    answers = [(0, "")] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int, act: Callable[[], TestResponse]) -> None:
        gate.wait()
        response = act()
        answers[number] = (response.status_code, response.text)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def poster(app: Flask, cookies: PageClient, path: str, data: dict[str, object]) -> Callable[[], TestResponse]:
    """A post from a client of its own with the same cookies, as a second tab would send it."""
    client = app.test_client()
    for cookie in cookies.client._cookies.values():
        client.set_cookie(cookie.key, cookie.value)
    return lambda: client.post(path, data=data)


def test_the_same_form_sent_twenty_times_at_once_acts_once(live: Flask, token: str) -> None:
    browser = a_browser(live, token)
    path = f"/deltagare/{person_id(live)}/steg"
    for sent in range(1, ROUNDS + 1):
        form = Page(browser.client.get(path)).soup.select_one("main form")
        data = {**filled_in(form), "line": "En gång"}
        statuses = at_once([poster(live, browser, path, data) for _number in range(AT_ONCE)])
        with live.app_context():
            assert (db.session.scalar(select(func.count()).select_from(Step)), set(statuses)) == (sent, {303})


def test_a_form_sent_twenty_times_at_once_by_link_acts_once(live: Flask) -> None:
    for contact in range(1, ROUNDS + 1):
        with live.app_context():
            link, key = a_link(Purpose.NOTICES, contact, account=db.session.scalars(select(Account)).first())
            link.contact_id = contact
            db.session.commit()
        browser = PageClient(live.test_client())
        path = f"/mejl/{key}"
        data = {**filled_in(Page(browser.client.get(path)).soup.select_one("main form")), "kinds": []}
        statuses = at_once([poster(live, browser, path, data) for _number in range(AT_ONCE)])
        with live.app_context():
            declined = db.session.scalars(select(DeclinedNotice)).all()
        assert (len(declined), set(statuses)) == (5 * contact, {303})


def test_ten_different_forms_at_once_are_all_kept(live: Flask, token: str) -> None:
    browser = a_browser(live, token)
    path = f"/deltagare/{person_id(live)}/steg"
    forms = [filled_in(Page(browser.client.get(path)).soup.select_one("main form")) for _number in range(10)]
    acts = [poster(live, browser, path, {**form, "line": f"Rad {n}"}) for n, form in enumerate(forms)]
    statuses = at_once(acts)
    with live.app_context():
        assert (db.session.scalar(select(func.count()).select_from(Step)), set(statuses)) == (10, {303})


def test_of_twenty_editors_at_once_one_wins_and_the_others_are_asked(live: Flask, token: str) -> None:
    browser = a_browser(live, token)
    for turn in range(ROUNDS):
        pages = [Page(browser.client.get("/konto")) for _number in range(AT_ONCE)]
        forms = [filled_in(page.soup.select_one("main form")) for page in pages]
        acts = [
            poster(live, browser, "/konto", {**form, "name": f"Namn {turn} {number}"})
            for number, form in enumerate(forms)
        ]
        assert sorted(at_once(acts)) == [303, *[409] * (AT_ONCE - 1)]


def test_a_form_sent_again_after_a_restart_gets_the_first_answer(
    live: Flask, token: str, tmp_path: Path
) -> None:
    browser = a_browser(live, token)
    path = f"/deltagare/{person_id(live)}/steg"
    data = {**filled_in(Page(browser.client.get(path)).soup.select_one("main form")), "line": "En gång"}
    first = browser.client.post(path, data=data)
    with live.app_context():
        db.engine.dispose()
    second = browser.client.post(path, data=data)
    assert (first.location, second.status_code) == (second.location, 303)
