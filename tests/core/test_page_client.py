"""The client of the page tests refuses pages that nobody should get."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, g

from aktema.access.identity import Identity, Post
from aktema.access.roles import Role
from tests.support.page import check_html, check_links, shape_of

GOOD = (
    '<!doctype html><html lang="sv"><head><title>Idag</title></head><body><h1>Idag</h1>'
    '<form method="post" action="/"><input type="hidden" name="csrf_token" value="x">'
    '<label for="a">Namn</label><input id="a" name="a"></form></body></html>'
)


def check(text: str) -> None:
    check_html(SimpleNamespace(text=text))  # type: ignore[arg-type]  # all it reads of a page


def test_a_good_page_passes() -> None:
    check(GOOD)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (' lang="sv"', ""),
        ("<title>Idag</title>", "<title> </title>"),
        ("<h1>Idag</h1>", ""),
        ("<h1>Idag</h1>", "<h1>Idag</h1><h1>Igen</h1>"),
        (' action="/"', ""),
        ('name="csrf_token"', 'name="other"'),
        ('<label for="a">Namn</label>', ""),
        ("<h1>Idag</h1>", "<h1>Idag</h1><p id=a></p>"),
        ("<h1>Idag</h1>", '<h1 style="color:red">Idag</h1>'),
        ("<h1>Idag</h1>", "<h1>Idag</h1><script>1</script>"),
        ("<h1>Idag</h1>", "<h1>Idag</h1></div>"),
    ],
)
def test_a_page_with_a_flaw_is_refused(was: str, becomes: str) -> None:
    flawed = GOOD.replace(was, becomes, 1)
    assert shape_of(flawed) != shape_of(GOOD)  # else it would pass for one that has been checked
    with pytest.raises(AssertionError):
        check(flawed)


def test_a_link_to_what_the_table_keeps_from_the_reader_is_refused(app: Flask) -> None:
    page: Any = SimpleNamespace(text='<a class="x" href="/konto?a=1">Mitt konto</a>')
    with app.test_request_context("/"):
        g.identity = Identity(account_id=1, public_id="x", name="Kim", session_id=1, posts=())
        with pytest.raises(AssertionError, match="/konto"):
            check_links(page)
        g.identity = replace(g.identity, posts=(Post(role=Role.JOB_COACH, unit_id=1),))
        check_links(page)


def test_other_words_and_values_are_the_same_shape() -> None:
    other = GOOD.replace("Idag", "I morgon").replace('value="x"', 'value="y"')
    assert (other == GOOD, shape_of(other) == shape_of(GOOD)) == (False, True)


def test_an_id_twice_is_another_shape_than_two_ids() -> None:
    one, two = "a" * 22, "b" * 22
    pages = [GOOD.replace("<h1>", f'<p id="{one}"></p><p id="{second}"></p><h1>') for second in (one, two)]
    assert shape_of(pages[0]) != shape_of(pages[1])
