"""The client of the page tests refuses pages that nobody should get."""

from types import SimpleNamespace

import pytest

from tests.support.page import check_html

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
    assert was in GOOD
    with pytest.raises(AssertionError):
        check(GOOD.replace(was, becomes, 1))
