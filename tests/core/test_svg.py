"""Drawings made harmless: what is refused, what is left out, and that what is kept looks the same."""

import re
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from aktema.core.errors import DomainError
from aktema.core.svg import MOST_BYTES, clean_svg
from tests.support.symbols import DRAWING, svg

SVG = "{http://www.w3.org/2000/svg}"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
CHAIN = "".join(f'<g id="n{i}"><use href="#n{i + 1}"/></g>' for i in range(300))
DOUBLING = "".join(f'<g id="d{i}"><use href="#d{i + 1}"/><use href="#d{i + 1}"/></g>' for i in range(30))
BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>'
)
HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "script in another namespace": svg(
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'
    ),
    "script in what is left out": svg("<metadata><script>alert(1)</script></metadata>"),
    "script in capitals": svg("<SCRIPT>alert(1)</SCRIPT>"),
    "handler": svg(outer='onload="alert(1)"'),
    "handler in capitals": svg('<g OnClick="alert(1)"/>'),
    "foreign object": svg("<foreignObject><p>hej</p></foreignObject>"),
    "frame": svg('<iframe src="#a"/>'),
    "link with script": svg('<a href="#x"><rect/></a>'),
    "picture from outside": svg('<image href="https://example.org/a.png"/>'),
    "packed picture": svg('<image href="data:image/png;base64,AAAA"/>'),
    "part of another file": svg('<use href="other.svg#a"/>'),
    "part of another file, old way": svg(f'<g {XLINK}><use xlink:href="https://example.org/a.svg#b"/></g>'),
    "script as address": svg(f'<g {XLINK}><use xlink:href="javascript:alert(1)"/></g>'),
    "another base": svg(outer='xml:base="https://example.org/"'),
    "fill from outside": svg('<rect fill="url(https://example.org/a.svg#b)"/>'),
    "style from outside": svg('<rect style="fill:url(//example.org/a#b)"/>'),
    "style with odd escapes": svg('<rect style="fill:u\\72l(//example.org/a)"/>'),
    "import in a sheet": svg("<style>@import url(https://example.org/a.css);</style>"),
    "import without a rule": svg("<style>@import 'a.css'; .a{fill:red}</style>"),
    "font from outside": svg("<style>@font-face{font-family:a;src:url(https://example.org/a.woff)}</style>"),
    "media rule": svg("<style>@media print{.a{fill:red}}</style>"),
    "selector by attribute": svg("<style>rect[fill]{fill:red}</style>"),
    "sheet with a link": svg("<style>.a{fill:url(https://example.org/a)}</style>"),
    "style processing instruction": b'<?xml-stylesheet href="https://example.org/a.css"?>' + DRAWING,
    "animation that sets a link": svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    "filter": svg('<filter><feImage href="#a"/></filter>'),
    "entities": BOMB.encode(),
    "entity of a file": (
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    ),
    "document type": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/a.dtd">' + DRAWING,
    "unknown element": svg("<blink/>"),
    "unknown namespace": svg('<x:g xmlns:x="urn:x"/>'),
    "web page": b"<html><body>hej</body></html>",
    "no drawing at the root": b'<g xmlns="http://www.w3.org/2000/svg"/>',
    "not XML": b"\x89PNG\r\n\x1a\n",
    "cut off": DRAWING[:-8],
    "empty": b"",
    "too large": svg(" " * MOST_BYTES),
    "too many parts": svg("<g/>" * 5_001),
    "too deep": svg("<g>" * 50 + "</g>" * 50),
    "referring to itself": svg('<g id="a"><use href="#a"/></g>'),
    "referring in a circle": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "pattern in a circle": svg('<pattern id="p"><rect fill="url(#p)"/></pattern>'),
    "doubling thirty times": svg(DOUBLING),
    "a long chain": svg(CHAIN),
    "too many rules": svg("<style>" + ".a{fill:red}" * 501 + "</style>"),
}


@pytest.fixture(autouse=True)
def _in_swedish(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_drawing_is_refused_with_a_sentence(case: str) -> None:
    with pytest.raises(DomainError) as refused:
        clean_svg(HOSTILE[case])
    assert re.fullmatch(r"[A-ZÅÄÖ].*\.", str(refused.value.message))


def looks_of(content: bytes, tag: str = "rect") -> dict[str, str]:
    """The last such element's attributes."""
    found = list(fromstring(clean_svg(content)).iter(SVG + tag))  # noqa: S314  # what was just made
    return dict(found[-1].attrib)


@pytest.mark.parametrize(
    ("inner", "looks"),
    [
        ('<rect fill="red"/>', {"fill": "red"}),
        ('<rect style="fill:red;stroke:blue"/>', {"fill": "red", "stroke": "blue"}),
        ('<rect fill="blue" style="fill:red"/>', {"fill": "red"}),
        ('<style>.a{fill:red}</style><rect class="a"/>', {"fill": "red"}),
        ('<style>.a{fill:red}</style><rect class="a" fill="blue"/>', {"fill": "red"}),
        ('<style>.a{fill:red}</style><rect class="a" style="fill:blue"/>', {"fill": "blue"}),
        ('<style>.a{fill:red}.b{fill:blue}</style><rect class="b a"/>', {"fill": "blue"}),
        ('<style>.a{fill:red}rect{fill:blue}</style><rect class="a"/>', {"fill": "red"}),
        ("<style>/* x */ .a,.b{fill:red}</style><rect class='b'/>", {"fill": "red"}),
        ("<style><![CDATA[.a{fill:red}]]></style><rect class='a'/>", {"fill": "red"}),
        ("<style>@font-face{src:url(data:;base64,AA)}.a{fill:red}</style><rect class='a'/>", {"fill": "red"}),
        ('<rect style="behavior:nothing;-inkscape-x:y;fill:red!important"/>', {"fill": "red"}),
        ("""<rect fill="url('#a')"/>""", {"fill": "url(#a)"}),
        ('<rect data-name="a" aria-label="b" xml:space="preserve" x="1"/>', {"x": "1"}),
    ],
)
def test_what_a_drawing_looks_like_is_kept_as_attributes(inner: str, looks: dict[str, str]) -> None:
    assert looks_of(svg(inner)) == looks


def test_what_editors_leave_behind_is_left_out() -> None:
    inkscape = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1"'
    clean = clean_svg(svg("<title>Kim</title><metadata>Kims dator</metadata><i:page/>", inkscape))
    assert not re.search(rb"Kim|inkscape|metadata|title", clean)


def test_parts_of_the_drawing_itself_may_be_used_again() -> None:
    clean = clean_svg(svg('<defs><g id="a"><rect/></g></defs><use href="#a" x="3"/>'))
    assert b'<use xlink:href="#a" x="3"' in clean


@given(st.binary(max_size=200))
def test_whatever_the_bytes_the_answer_is_a_drawing_or_a_refusal(content: bytes) -> None:
    with suppress(DomainError):
        assert clean_svg(content).startswith(b"<svg")


@given(st.text(alphabet="<>/\"'= gusecrptoniafhl#:(){}.;@&!-[]", max_size=120))
def test_whatever_is_written_in_a_drawing_nothing_that_acts_is_kept(inner: str) -> None:
    try:
        clean = clean_svg(svg(inner))
    except DomainError:
        return
    assert not re.search(rb"<script|<style|\son|url\((?!#)|class=|style=", clean)
