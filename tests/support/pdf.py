"""A PDF read back: its tree of tags, and what a machine can see of PDF/UA-1 (ISO 14289-1, the Matterhorn Protocol)."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject, NullObject, NumberObject

PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
CHILDREN = {
    "/L": {"/LI", "/Caption", "/L"},
    "/LI": {"/Lbl", "/LBody"},
    "/Table": {"/Caption", "/THead", "/TBody", "/TFoot", "/TR"},
    "/TR": {"/TH", "/TD"},
}


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the tree: `/H1` and the like, with its own entries."""

    name: str
    entries: DictionaryObject
    children: Sequence["Tag"]

    def walk(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child.walk()


class ReadPdf:
    """A PDF as its reader sees it."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.root: Any = self.reader.trailer["/Root"].get_object()

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @cached_property
    def tree(self) -> Tag:
        return _tag(self.root["/StructTreeRoot"]["/K"][0].get_object())

    def tags(self, *names: str) -> list[Tag]:
        """The tags of these names in reading order; all, where none is named."""
        return [tag for tag in self.tree.walk() if not names or tag.name in names]

    def alts(self) -> list[str]:
        """What is said of each picture."""
        return [str(tag.entries.get("/Alt", "")) for tag in self.tags("/Figure")]

    def headings(self) -> list[str]:
        """The levels of the headings in reading order: /H1, /H2, ..."""
        return [tag.name for tag in self.tree.walk() if tag.name[:2] == "/H" and tag.name[2:].isdigit()]

    def faults(self) -> list[str]:
        """What a machine finds wrong. Empty is what ISO 14289-1 asks for, as far as it can be seen without eyes."""
        return [*self._metadata(), *self._content(), *self._structure(), *self._fonts()]

    def _metadata(self) -> Iterator[str]:
        xmp = self.root["/Metadata"].get_data().decode()
        checks = {
            "no PDF/UA identifier": 'pdfuaid:part="1"' in xmp,
            "no title in XMP": "dc:title" in xmp,
            "the title is not shown": bool(self.root["/ViewerPreferences"]["/DisplayDocTitle"]),
            "not marked": bool(self.root["/MarkInfo"]["/Marked"]),
            "no language": bool(self.root.get("/Lang")),
            "attachments": "/EmbeddedFiles" not in self.root.get("/Names", {}),
            "scripts": "/OpenAction" not in self.root and "/AA" not in self.root,
            "encrypted": not self.reader.is_encrypted,
        }
        yield from (fault for fault, is_right in checks.items() if not is_right)

    def _content(self) -> Iterator[str]:
        numbers: Any = self.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        told = self._told()
        for number, page in enumerate(self.reader.pages):
            if page.get("/Tabs") != "/S":
                yield f"page {number}: no order of tabs"
            owners = numbers[numbers.index(page["/StructParents"]) + 1].get_object()
            seen = list(_marked(page, self.reader))
            if "" in seen:
                yield f"page {number}: content that is neither tagged nor an artifact"
            marks = {int(one) for one in seen if one not in ("", "artifact")}
            owned = {place for place, owner in enumerate(owners) if not isinstance(owner, NullObject)}
            if not marks <= owned or owned != told.get(number, set()):  # marks around nothing are no fault
                yield f"page {number}: content outside the tree of tags"

    def _told(self) -> dict[int, set[int]]:
        """The numbers of marked content that the tree holds, by page."""
        pages = {page.indirect_reference.idnum: at for at, page in enumerate(self.reader.pages)}  # type: ignore[union-attr]  # pages of a file have one
        told: dict[int, set[int]] = {}
        for tag in self.tree.walk():
            for kid in tag.entries.get("/K", ()):
                if isinstance(kid, NumberObject):
                    told.setdefault(pages[tag.entries.raw_get("/Pg").idnum], set()).add(int(kid))
        return told

    def _structure(self) -> Iterator[str]:
        levels = [int(name[2:]) for name in self.headings()]
        if levels[:1] != [1]:
            yield "the first heading is not H1"
        yield from (f"H{a} is followed by H{b}" for a, b in pairwise(levels) if b > a + 1)
        for tag in self.tags():
            if tag.name == "/Figure" and not str(tag.entries.get("/Alt", "")).strip():
                yield "a picture without words"
            allowed = CHILDREN.get(tag.name)
            yield from (
                f"{child.name} in {tag.name}"
                for child in tag.children
                if allowed is not None and child.name not in allowed
            )
            if tag.name == "/TH" and "/ID" not in tag.entries:
                yield "a table heading that no cell can name"
            if tag.name == "/TD" and not tag.entries["/A"].get("/Headers"):
                yield "a cell without headings"

    def _fonts(self) -> Iterator[str]:
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                if not {"/FontFile2", "/FontFile3"} & set(inner):
                    yield f"{font['/BaseFont']} is not embedded"
                if "/ToUnicode" not in font:
                    yield f"{font['/BaseFont']} cannot be read aloud"


def _tag(entries: DictionaryObject) -> Tag:
    kids = [kid.get_object() for kid in entries.get("/K", ())]
    children = [_tag(kid) for kid in kids if isinstance(kid, DictionaryObject) and "/S" in kid]
    return Tag(str(entries["/S"]), entries, children)


def _marked(page: Any, reader: PdfReader) -> Iterator[str]:
    """For each painting operation what it belongs to: a number, "artifact", or "" for nothing."""
    open_marks: list[str] = []
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        name = operator.decode()
        if name == "BDC":
            mark = str(operands[1].get("/MCID", "")) if operands[0] != "/Artifact" else "artifact"
            open_marks.append(mark)
        elif name == "BMC":
            open_marks.append("artifact" if operands[0] == "/Artifact" else "")
        elif name == "EMC":
            open_marks.pop()
        elif name in PAINTING:
            yield next((mark for mark in reversed(open_marks) if mark), "")
