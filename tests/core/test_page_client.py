"""The client of the page tests refuses pages that nobody should get."""

from types import SimpleNamespace

import pytest

from tests.support.page import check_html, shape_of

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


def test_other_words_and_values_are_the_same_shape() -> None:
    other = GOOD.replace("Idag", "I morgon").replace('value="x"', 'value="y"')
    assert (other == GOOD, shape_of(other) == shape_of(GOOD)) == (False, True)


def test_an_id_twice_is_another_shape_than_two_ids() -> None:
    one, two = "a" * 22, "b" * 22
    pages = [GOOD.replace("<h1>", f'<p id="{one}"></p><p id="{second}"></p><h1>') for second in (one, two)]
    assert shape_of(pages[0]) != shape_of(pages[1])
