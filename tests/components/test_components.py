"""The pieces pages are made of, in the states that go wrong elsewhere: nothing, unknown, hostile, long."""

from collections import Counter
from types import SimpleNamespace

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.components.conftest import Render

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def client(kit: Flask) -> FlaskClient:
    return kit.test_client()


def test_the_show_all_page_is_valid_html(client: FlaskClient) -> None:
    page = client.get("/")
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert page.status_code == 200


@pytest.mark.parametrize("forbidden", [" style=", " onclick=", "<style", "javascript:"])
def test_no_page_carries_style_or_script_of_its_own(forbidden: str, client: FlaskClient) -> None:
    assert forbidden not in client.get("/").text


def test_a_page_has_one_first_heading_and_no_id_twice(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").text, "html5lib")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(page.select("h1")) == 1
    assert [one for one, times in Counter(ids).items() if times > 1] == []


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1.0, "mycket bra"),
        (0.75, "mycket bra"),
        (0.5, "ganska bra"),
        (0.49, "mindre bra"),
        (0.0, "mindre bra"),
        (None, "vet inte än"),
    ],
)
def test_a_bar_says_its_strength_in_words(value: float | None, word: str, render: Render) -> None:
    part = SimpleNamespace(label="Önskan", value=value, text="")
    page = render('{% from "components/parts_bar.html" import parts_bar %}{{ parts_bar([part]) }}', part=part)
    assert page.dd is not None
    assert page.dd.get_text(strip=True) == word


def test_an_unknown_part_has_no_bar_at_all_rather_than_an_empty_one(render: Render) -> None:
    part = SimpleNamespace(label="Önskan", value=None, text="")
    page = render('{% from "components/parts_bar.html" import parts_bar %}{{ parts_bar([part]) }}', part=part)
    assert page.select(".bar-filled") == []


def test_no_picture_is_shown_where_there_is_none(render: Render) -> None:
    page = render('{% from "components/picture.html" import picture %}{{ picture("") }}{{ picture(none) }}')
    assert page.img is None


def test_names_are_text_never_markup(render: Render) -> None:
    page = render(
        '{% from "components/task.html" import task %}{% from "components/tag.html" import tag %}'
        "<ul>{{ task(name, '/', who=name) }}</ul>{{ tag(name) }}",
        name=HOSTILE,
    )
    assert page.script is None


def test_progress_of_nothing_is_no_error(render: Render) -> None:
    page = render('{% from "components/progress.html" import progress %}{{ progress(0, 0, "Svar") }}')
    assert "0 av 0" in page.get_text()


def test_a_row_names_its_own_facts_for_narrow_screens(render: Render) -> None:
    page = render(
        '{% from "components/table.html" import cell, data_table, row_head %}'
        '{% call data_table("Platser", ["Namn", "Ort", ""]) %}<tr>{% call row_head() %}Bageriet{% endcall %}'
        '{{ cell("Ort", "Norrköping") }}{{ cell("", 0) }}</tr>{% endcall %}'
    )
    assert [(cell["data-label"], cell.get_text(strip=True)) for cell in page.select("tbody td")] == [
        ("Ort", "Norrköping"),
        ("", "0"),
    ]


def test_the_first_page_of_a_list_has_no_way_back(render: Render) -> None:
    page = SimpleNamespace(previous_url=None, next_url="/?efter=1")
    shown = render('{% from "components/pager.html" import pager %}{{ pager(page) }}', page=page)
    assert [link.get_text(strip=True) for link in shown.select("a")] == ["Nästa"]


def test_a_posted_search_goes_on_by_post_so_that_no_name_is_in_an_address(render: Render) -> None:
    page = SimpleNamespace(previous_url=None, next_url="abc", form_action="/sok", hidden=[("q", "Ek")])
    shown = render('{% from "components/pager.html" import pager %}{{ pager(page) }}', page=page)
    assert shown.select("a") == []
    assert shown.select_one("form[method=post] [name=q]")["value"] == "Ek"  # type: ignore[index]  # the form must be there


@pytest.mark.parametrize(
    ("category", "tone"), [("success", "success"), ("error", "danger"), ("message", "info")]
)
def test_a_message_has_the_tone_of_its_category(category: str, tone: str, render: Render) -> None:
    page = render(
        '{% from "components/toast.html" import toasts %}{{ toasts([(c, "Sparat.")]) }}', c=category
    )
    assert page.select_one("[role=status] .toast")["data-color"] == tone  # type: ignore[index]  # the toast must be there


def test_a_mended_entry_says_so(render: Render) -> None:
    entry = SimpleNamespace(date_text="2026-03-09", title="Provdag", text="", who="", icon="", corrected=True)
    page = render('{% from "components/timeline.html" import timeline %}{{ timeline([e]) }}', e=entry)
    assert "Rättad" in page.get_text()


def test_a_page_without_menu_has_no_menu(render: Render) -> None:
    template = '{% extends "base.html" %}{% block title %}Prov{% endblock %}'
    page = render(template, nav_items=[], account_menu=None)
    assert page.select("nav, .account") == []


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429, 500, 503])
def test_an_error_page_shows_what_happened_and_a_way_on(status: int, render: Render) -> None:
    fault = SimpleNamespace(title="Något gick fel hos oss", text="Inget har ändrats.")
    page = render('{% extends "error.html" %}', status=status, fault=fault, request_id="ab12", sent=[])
    assert page.h1 is not None
    assert page.select_one("main a.ds-button")["href"] == "/"  # type: ignore[index]  # the way on must be there
    assert ("ab12" in page.get_text()) == (status >= 500)


def test_an_error_page_sends_what_was_typed_again(render: Render) -> None:
    fault = SimpleNamespace(title="Systemet är upptaget", text="Vänta lite.")
    page = render(
        '{% extends "error.html" %}', status=503, fault=fault, request_id="ab12", sent=[("line", "Mina ord")]
    )
    kept = page.select_one("main form input[name=line]")
    assert kept is not None
    assert kept["value"] == "Mina ord"
