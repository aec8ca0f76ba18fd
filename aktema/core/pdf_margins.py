"""What stands in the margin of a page is no part of the text: a screen reader passes over it (ISO 14289-1, 7.1).

The library tags page numbers as it tags words, and leaves them outside the tree of tags.
"""

from collections.abc import Iterator, Mapping
from typing import Any

ELEMENT, ROOT = "/StructElem", "/StructTreeRoot"
NULL = b"null"
Objects = Mapping[bytes, Any]


def set_margins_apart(_document: object, pdf: Any) -> None:
    """Mark as artifacts whatever is tagged in a pydyf.PDF but is no part of its tree of tags."""
    objects: Objects = {one.reference: one for one in pdf.objects}
    tags: list[Any] = [one for one in pdf.objects if isinstance(one, dict)]
    root = next(one for one in tags if one.get("Type") == ROOT)
    told = set(_below(root, objects))
    outside = [one for one in tags if one.get("Type") == ELEMENT and one.reference not in told]
    _forget(outside, objects[root["ParentTree"]]["Nums"][1::2])
    for element in outside:
        _set_apart(element, objects)
        element.clear()


def _below(element: Any, objects: Objects) -> Iterator[bytes]:
    """The references of all elements that descend from one."""
    waiting = list(element["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes):
            yield reference
            waiting += objects[reference].get("K", ())


def _forget(elements: list[Any], pages: list[Any]) -> None:
    """Take the elements out of each page's list of what its marked content belongs to."""
    gone = {one.reference for one in elements}
    for places in filter(lambda page: isinstance(page, list), pages):
        places[:] = [NULL if one in gone else one for one in places]


def _set_apart(element: Any, objects: Objects) -> None:
    """Turn the marked content of an element into an artifact."""
    numbers = {one for one in element["K"] if isinstance(one, int)}
    content = objects[objects[element["Pg"]]["Contents"]].stream
    for place, one in enumerate(content):
        if isinstance(one, dict) and one.get("MCID") in numbers:
            content[place - 1] = "/Artifact"
            one.clear()
            one["Type"] = "/Pagination"
