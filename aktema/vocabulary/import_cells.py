"""Parsers of cells that name something in the vocabulary: a locality, or words by code or Swedish label."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from flask_babel import gettext as _
from rapidfuzz import fuzz, process

from aktema.core.importing import CellProblem
from aktema.core.swedish import fold, to_ascii
from aktema.vocabulary.localities import find_locality, suggest_localities
from aktema.vocabulary.words import Word

MOST_SUGGESTED = 3
NEAR_ENOUGH = 60  # of 100
KEPT_LISTS = 32
Named = tuple[tuple[int, str, str], ...]


def locality(cell: str) -> int:
    """The GeoNames id of a locality, written as its name or with its county: Åby (Östergötland)."""
    place = find_locality(cell)
    if place is None:
        raise CellProblem(_no_place(_near_places(cell)))
    return place.id


@lru_cache(maxsize=1000)
def _near_places(cell: str) -> str:
    near = suggest_localities(cell, MOST_SUGGESTED)
    namesakes = [place for place in near if _bare(place.name) == _bare(cell)]
    return ", ".join(place.label for place in namesakes or near)


def _no_place(near: str) -> str:
    if near:
        return _("Skriv vilken ort det är, till exempel: %(places)s.", places=near)
    return _("Vi hittar ingen ort som heter så. Kontrollera stavningen.")


def word_list(words: Callable[[], Iterable[Word]]) -> Callable[[str], frozenset[int]]:
    """A parser of words with semicolons between, by code or Swedish label; gives their ids."""

    def parse(cell: str) -> frozenset[int]:
        known = tuple((word.id, word.code, word.label_sv) for word in words())
        parts = (part.strip() for part in re.split(r"[;\n]", cell))
        return frozenset(_id_of(part, known) for part in parts if part)

    return parse


def _id_of(written: str, known: Named) -> int:
    found = _by_name(known).get(_bare(written))
    if found is None:
        raise CellProblem(_unknown(written, known))
    return found


@lru_cache(maxsize=KEPT_LISTS)
def _by_name(known: Named) -> dict[str, int]:
    labels = {_bare(label): number for number, _code, label in known}
    return {**labels, **{_bare(code): number for number, code, _label in known}}


def _unknown(written: str, known: Named) -> str:
    labels = [label for _number, _code, label in known]
    near = process.extractOne(written, labels, scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH)
    if near is None:
        return _("Ordlistan har inget som heter %(word)s. Se Ordlista i menyn.", word=written[:50])
    return _("Ordlistan har inget som heter %(word)s. Menar du %(near)s?", word=written[:50], near=near[0])


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    return to_ascii(fold(name)).replace(" ", "")
