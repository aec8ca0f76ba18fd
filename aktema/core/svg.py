"""SVG drawings made harmless: read by a list of what is allowed, written anew without styles or anything that acts.

What can act (scripts, handlers, references to anywhere else, document types) is refused with a sentence; what editors
leave behind (metadata, their own elements) is left out. Style sheets of plain class rules become attributes, so that
what is stored needs no style at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from flask_babel import gettext as _

from aktema.core.errors import DomainError

MOST_BYTES = 512 * 1024
MOST_ELEMENTS = 5_000
MOST_DEPTH = 40
MOST_DRAWN = 50_000  # elements once every reference to another is drawn out
MOST_RULES = 500

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREF = "xlink:href"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DRAWN = _words(
    "svg g path circle ellipse rect line polyline polygon text tspan defs clipPath mask linearGradient"
    " radialGradient stop pattern symbol use marker"
)
LEFT_OUT = _words("title desc metadata")
EDITORS = (
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.serif.com/",
    "http://vectornator.io",
    "https://boxy-svg.com",
)
LOOKS = _words(
    "clip-path clip-rule color display dominant-baseline fill fill-opacity fill-rule font-family font-size font-style"
    " font-weight letter-spacing marker-end marker-mid marker-start mask opacity overflow paint-order stop-color"
    " stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-opacity stroke-width text-anchor text-decoration vector-effect visibility"
)
"""Properties that may stand as attributes, in `style` and in class rules."""
SHAPE = _words(
    "clipPathUnits cx cy d dx dy fx fy gradientTransform gradientUnits height id markerHeight markerUnits markerWidth"
    " maskContentUnits maskUnits offset orient pathLength patternContentUnits patternTransform patternUnits points"
    " preserveAspectRatio r refX refY rotate rx ry spreadMethod transform version viewBox width x x1 x2 y y1 y2"
)
ACTIVE = _words(
    "script foreignobject iframe embed object audio video image feimage animate set animatetransform animatemotion"
    " handler listener a link html body discard"
)
"""Elements that do something, in small letters."""
_URL = re.compile(r"""url\(\s*(["']?)#([\w.:-]+)\1\s*\)""")
_SELECTOR = re.compile(r"\.[A-Za-z_][\w-]*|[a-zA-Z]+")
_OUTSIDE = re.compile(r"url\(\s*[\"']?(?!data:)", re.IGNORECASE)
_HOSTILE = re.compile(r"url\(|expression|javascript:|@|\\|&#|<", re.IGNORECASE)
_BROKEN = (ParseError, DefusedXmlException, ValueError, LookupError)


def clean_svg(content: bytes) -> bytes:
    """The drawing as it is safe to store and show. Raises DomainError saying what it holds that is not taken."""
    if len(content) > MOST_BYTES:
        raise DomainError(_("Bilden är för stor. En teckning får vara högst 512 kB."))
    reader = _Reader()
    root = _parsed(content, reader)
    if root.tag != "svg":
        raise _unreadable()
    _dress(root, _sheet("".join(reader.sheets)))
    _check_drawn(root)
    root.attrib.update({"xmlns": SVG, "xmlns:xlink": XLINK})
    written: bytes = tostring(root, encoding="utf-8")
    return written


def _parsed(content: bytes, reader: "_Reader") -> Element:
    try:
        parser = DefusedXMLParser(target=reader, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        parser.feed(content)
        root = parser.close()
    except DefusedXmlException as error:
        raise DomainError(
            _("Bilden har en dokumenttyp eller egna entiteter. Det tar vi inte emot.")
        ) from error
    except _BROKEN as error:
        raise _unreadable() from error
    if not isinstance(root, Element):
        raise _unreadable()
    return root


def _unreadable() -> DomainError:
    return DomainError(_("Bilden är inte en SVG som går att läsa."))


def _refused(thing: str) -> DomainError:
    return DomainError(_("Bilden innehåller %(thing)s. Det tar vi inte emot.", thing=thing[:40]))


def _outside() -> DomainError:
    return DomainError(_("Bilden hänvisar till något utanför sig själv. Det tar vi inte emot."))


@dataclass(slots=True)
class _Reader:
    """Takes elements as they come: keeps those allowed, skips what editors left behind, refuses the rest."""

    builder: TreeBuilder = field(default_factory=TreeBuilder)
    sheets: list[str] = field(default_factory=list)
    depth: int = 0
    count: int = 0
    skipping: int = 0
    """How deep inside something that is left out."""
    in_sheet: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH or self.count > MOST_ELEMENTS:
            raise DomainError(_("Bilden har för många delar. Förenkla den."))
        space, _brace, local = tag.removeprefix("{").rpartition("}")
        _refuse_hostile(local, attributes)
        if self.skipping or self.in_sheet or _is_left_out(space, local):
            self.skipping += 1
        elif local == "style" and space in (SVG, ""):
            self.in_sheet = True
        elif local in DRAWN and space in (SVG, ""):
            self.builder.start(local, dict(_kept(attributes)))
        else:
            raise _refused(f"<{local}>")

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
        elif self.in_sheet:
            self.in_sheet = False
        else:
            self.builder.end(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        if self.in_sheet:
            self.sheets.append(text)
        elif not self.skipping:
            self.builder.data(text if text.strip() else " ")

    def pi(self, target: str, _text: str | None = None) -> None:
        raise _refused(f"<?{target}?>")

    def close(self) -> Element:
        return self.builder.close()


def _is_left_out(space: str, local: str) -> bool:
    return (space in (SVG, "") and local in LEFT_OUT) or (space != "" and space.startswith(EDITORS))


def _refuse_hostile(local: str, attributes: Mapping[str, str]) -> None:
    """Whatever can act is refused even inside what would be left out: it says what the file is for."""
    if local.lower() in ACTIVE:
        raise _refused(f"<{local}>")
    for name, value in attributes.items():
        bare = name.rpartition("}")[2]
        if bare.lower().startswith("on"):
            raise _refused(bare)
        if bare.lower() in ("href", "src", "base") and not value.strip().startswith("#"):
            raise _outside()


def _kept(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is kept of an element's attributes; `class` and `style` only until the sheets are read."""
    for name, value in attributes.items():
        if name in (f"{{{XLINK}}}href", "href"):
            yield HREF, value.strip()
        elif name in ("class", "style") or name in SHAPE:
            yield name, value
        elif name in LOOKS:
            yield name, _harmless(value)


def _harmless(value: str) -> str:
    """A look's value; the only thing it may name is a part of the drawing itself."""
    if _HOSTILE.search(_URL.sub("", value)):
        raise _outside()
    return _URL.sub(r"url(#\2)", value).strip()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The looks each selector gives: by property the place of its last rule, and the value.

    A later rule wins, a class over an element. Rules are merged as they are read: what an element costs is bounded by
    its classes and the properties there are, however often a sheet names them.
    """

    rules: Mapping[str, Mapping[str, tuple[int, str]]]

    def looks(self, element: Element, classes: Iterable[str]) -> dict[str, str]:
        """What the element wears."""
        worn: dict[str, tuple[int, str]] = {}
        for one in set(classes):
            for name, said in self.rules.get(f".{one}", {}).items():
                worn[name] = max(worn.get(name, said), said)
        of_element = self.rules.get(element.tag, {})
        return {name: value for name, (_place, value) in {**of_element, **worn}.items()}


def _sheet(text: str) -> _Sheet:
    """Rules of classes and elements; any other rule is refused, but for fonts packed into the file, which are left out.

    Every step passes the text once: a sheet is made by whoever made the file.
    """
    found: dict[str, dict[str, tuple[int, str]]] = {}
    chunks = _without_comments(text).split("}")
    if chunks.pop().strip() or len(chunks) > MOST_RULES:
        raise _refused("<style>")
    for place, chunk in enumerate(chunks):
        selectors, _brace, body = chunk.partition("{")
        if selectors.strip().lower() == "@font-face":
            _refuse_outside(body)
            continue
        looks = {name: (place, value) for name, value in _declared(body).items()}
        for selector in map(str.strip, selectors.split(",")):
            if not _SELECTOR.fullmatch(selector) or "{" in body:
                raise _refused("<style>")
            found.setdefault(selector, {}).update(looks)
    return _Sheet(found)


def _without_comments(text: str) -> str:
    first, *rest = text.split("/*")
    return first + " ".join(part.partition("*/")[2] for part in rest)


def _refuse_outside(body: str) -> None:
    if _OUTSIDE.search(body):
        raise _outside()


def _declared(body: str) -> dict[str, str]:
    """The looks of a rule or a `style`; properties that no drawing needs are left out, harmless or not."""
    looks: dict[str, str] = {}
    for declaration in filter(None, (part.strip() for part in body.split(";"))):
        name, _colon, value = declaration.partition(":")
        value = _harmless(value.replace("!important", ""))
        if name.strip().lower() in LOOKS:
            looks[name.strip().lower()] = value
    return looks


def _dress(root: Element, sheet: _Sheet) -> None:
    """Write what the sheet and `style` say into the attributes: they win over attributes, `style` over the sheet."""
    for element in root.iter():
        classes = element.attrib.pop("class", "").split()
        style = _declared(element.attrib.pop("style", ""))
        element.attrib.update(sheet.looks(element, classes) | style)


def _check_drawn(root: Element) -> None:
    """Refuse a drawing whose references to its own parts go round in a circle or multiply without end."""
    named = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    _Drawn(named).cost(root)


@dataclass(slots=True)
class _Drawn:
    """How many elements are drawn for one, everything it refers to included."""

    named: Mapping[str, Element]
    known: dict[int, int] = field(default_factory=dict)

    def cost(self, element: Element, depth: int = 0) -> int:
        """Raises DomainError for a circle, or more than a browser should be asked to draw."""
        key = id(element)
        if self.known.get(key) == 0 or depth > 2 * MOST_DEPTH:
            raise _endless()
        if key not in self.known:
            self.known[key] = 0  # being counted
            parts = (*element, *(self.named[name] for name in _references(element) if name in self.named))
            self.known[key] = 1 + sum(self.cost(part, depth + 1) for part in parts)
        if self.known[key] > MOST_DRAWN:
            raise _endless()
        return self.known[key]


def _endless() -> DomainError:
    return DomainError(_("Bilden hänvisar till sina egna delar utan slut. Det tar vi inte emot."))


def _references(element: Element) -> Iterable[str]:
    for name, value in element.attrib.items():
        if name == HREF:
            yield value.removeprefix("#")
        elif "url(" in value:
            yield from (found[2] for found in _URL.finditer(value))
