"""Readers of pictures: the built-in ones by the words of the vocabulary, and those of the packs that are read in.

A picture is named by a reference: `moji:<OpenMoji code>` or `symbol:<public id>`. The references of a person's
own photos are the people slice's.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, raiseload, undefer

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.files import StoredFile, content_of
from aktema.core.paths import VENDOR
from aktema.core.swedish import fold, search_keys
from aktema.vocabulary.queries import vocabulary
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from aktema.vocabulary.words import Word

MOJI, SYMBOL = "moji", "symbol"
SVG = "image/svg+xml"
MOST_FOUND = 24
MOST_PACKS = 100
_MOJI_CODE = re.compile(r"[0-9A-F]{2,6}(-[0-9A-F]{2,6}){0,7}")
Content = tuple[bytes, str]
"""A picture's bytes and media type."""

EXTRA_WORDS: Mapping[str, tuple[str, ...]] = {
    "1F408": ("Katt", "Cat"),
    "1F353": ("Jordgubbe", "Strawberry"),
    "1F6B2": ("Cykel", "Bicycle"),
    "26BD": ("Boll", "Fotboll", "Football"),
    "1F40E": ("Häst", "Horse"),
    "2615": ("Kaffe", "Fika", "Coffee"),
    "1F3B8": ("Gitarr", "Musik", "Guitar"),
    "1F697": ("Bil", "Car"),
    "1F404": ("Ko", "Cow"),
    "1F44B": ("Hej", "Vinka", "Hello"),
    "1F465": ("Människor", "Grupp", "People"),
    "1F4B3": ("Kort", "Card"),
    "1F4C5": ("Kalender", "Dag", "Calendar"),
    "1F4CB": ("Lista", "List"),
    "1F4D5": ("Bok", "Läsa", "Book"),
    "1F4DD": ("Skriva", "Anteckna", "Write"),
    "1F50D": ("Leta", "Sök", "Search"),
    "1F5BC": ("Bild", "Tavla", "Picture"),
    "1F64B": ("Räcka upp handen", "Jag", "Raise a hand"),
    "1F9F0": ("Verktyg", "Tools"),
    "23F3": ("Vänta", "Tid", "Wait"),
    "2753": ("Fråga", "Vet inte", "Question"),
    "1F33B": ("Solros", "Blomma", "Sunflower"),
    "1F35E": ("Bröd", "Bread"),
    "1F3E0": ("Hus", "Hem", "House", "Home"),
    "1F3E2": ("Kontor", "Office"),
    "1F44D": ("Bra", "Tumme upp", "Thumb up"),
    "1F44E": ("Dåligt", "Tumme ner", "Thumb down"),
    "1F4AC": ("Prata", "Talk"),
    "1F4DE": ("Ringa", "Telefon", "Phone"),
    "1F603": ("Jätteglad", "Very happy"),
    "1F610": ("Varken eller", "Neutral"),
    "1F615": ("Osäker", "Unsure"),
    "1F641": ("Ledsen", "Sad"),
    "1F642": ("Glad", "Happy"),
    "1F6D1": ("Stopp", "Sluta", "Stop"),
    "1F9ED": ("Kompass", "Väg", "Compass"),
    "2705": ("Ja", "Klart", "Yes", "Done"),
    "274C": ("Nej", "No"),
}
"""Words for the installed pictures that no word of the vocabulary has; the first stands under the picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenPicture:
    """A picture and the word under it."""

    ref: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPicture:
    """A picture to choose, with the word to write under it and the pack it is from (empty for built-in ones).

    `is_known` is for a person who surely knows the picture.
    """

    ref: str
    word: str
    origin: str = ""
    is_known: bool = False


def find_pictures(typed: str, limit: int = MOST_FOUND) -> tuple[FoundPicture, ...]:
    """Pictures whose word holds every word typed, the nearest first and built-in ones before those of packs.

    One query; nothing for no word.
    """
    text = fold(typed)
    if not text:
        return ()
    ranked = sorted((*_near_moji(text), *_near_symbols(text, limit)), key=lambda near: near[0])
    return tuple(picture for _distance, picture in ranked[:limit])


def find_symbols(typed: str, limit: int = MOST_FOUND) -> tuple[FoundPicture, ...]:
    """Pictures of the packs that are on: the very word first, then words that begin so, then the others."""
    text = fold(typed)
    return tuple(picture for _distance, picture in _near_symbols(text, limit)) if text else ()


_Near = tuple[int, FoundPicture]
"""A picture with how far it is from what was typed: 0 is the very word, 1 begins so, 2 holds it."""


def _near_symbols(text: str, limit: int) -> list[_Near]:
    key = Symbol.search_key
    holds_all = [key.contains(part) for part in text.split()]
    nearest = (key.contains(f"|{text}|").desc(), key.contains(f"|{text}").desc(), func.length(key), Symbol.id)
    query = select(Symbol).join(Symbol.pack).where(SymbolPack.is_on, *holds_all)
    loaded = query.options(joinedload(Symbol.pack), raiseload("*")).order_by(*nearest).limit(limit)
    return [(_distance(text, symbol.search_key), _found(symbol)) for symbol in db.session.scalars(loaded)]


def _found(symbol: Symbol) -> FoundPicture:
    return FoundPicture(ref=f"{SYMBOL}:{symbol.public_id}", word=symbol.word, origin=symbol.pack.name)


def search_key_of(labels: Iterable[str]) -> str:
    """What a picture is found by: its words as they may be typed."""
    ways = dict.fromkeys(way for label in labels for way in search_keys(label) if way)
    return "".join(f"|{way}" for way in ways) + "|"


def _near_moji(text: str) -> list[_Near]:
    """Each built-in picture once, with the word that is nearest."""
    near: dict[str, _Near] = {}
    for code, word, key in _moji_words():
        far = _distance(text, key)
        if all(part in key for part in text.split()) and far < near.get(code, (3,))[0]:
            near[code] = far, FoundPicture(ref=f"{MOJI}:{code}", word=word)
    return sorted(near.values(), key=lambda one: one[0])


def _distance(text: str, key: str) -> int:
    return 0 if f"|{text}|" in key else 1 if f"|{text}" in key else 2


def _moji_words() -> Iterable[tuple[str, str, str]]:
    """Code, word to show and search key of every word with a built-in picture, in the vocabulary's order."""
    for word in pictured_words():
        yield word.picture, word.label_sv, search_key_of((word.label_sv, word.label_easy, word.label_en))
    for code, words in EXTRA_WORDS.items():
        yield code, words[0], search_key_of(words)


def pictured_words() -> Iterable[Word]:
    """Every word of the vocabulary that has a picture."""
    known = vocabulary()
    parts: Sequence[Iterable[Word]] = (
        known.activities.values(),
        known.activity_groups,
        known.dimensions.values(),
        known.dimension_groups,
        known.adaptations.values(),
        known.constraints.values(),
        known.preferences.values(),
        known.scale,
    )
    return (word for words in parts for word in words if word.picture)


def split_ref(ref: str) -> tuple[str, str]:
    """A reference's kind and what it names."""
    kind, _, name = ref.partition(":")
    return kind, name


def address_of(ref: str) -> str:
    """Where a built-in or imported picture is shown from; empty for any other reference."""
    kind, name = split_ref(ref)
    if kind == MOJI and _MOJI_CODE.fullmatch(name):
        return url_for("static", filename=f"vendor/openmoji/{name}.svg")
    if kind == SYMBOL and name:
        return url_for("vocabulary.symbol_image", symbol_id=name)
    return ""


def moji_content(code: str) -> Content | None:
    """A built-in picture; None where it is not installed."""
    file = VENDOR / "openmoji" / f"{code}.svg"
    if not _MOJI_CODE.fullmatch(code) or not file.is_file():
        return None
    return file.read_bytes(), SVG


def symbol_contents(public_ids: Collection[str]) -> dict[str, Content]:
    """The pictures by public id, those of packs that are switched off too; unknown ids are left out. One query."""
    if not public_ids:
        return {}
    loaded = joinedload(Symbol.file).options(undefer(StoredFile.content_sealed), raiseload("*"))
    found = select(Symbol).where(Symbol.public_id.in_(public_ids)).options(loaded, raiseload("*"))
    return {
        symbol.public_id: (content_of(symbol.file), symbol.file.media_type)
        for symbol in db.session.scalars(found)
    }


def get_symbol_content(public_id: str) -> Content:
    """One picture. Raises MissingError where there is none."""
    found = symbol_contents((public_id,)).get(public_id)
    if found is None:
        raise MissingError
    return found


def list_packs() -> Sequence[SymbolPack]:
    """Every pack, the newest first."""
    newest = select(SymbolPack).order_by(SymbolPack.created_at.desc(), SymbolPack.id.desc())
    return db.session.scalars(newest.options(raiseload("*")).limit(MOST_PACKS)).all()


def get_pack(public_id: str) -> SymbolPack:
    """One pack. Raises MissingError where there is none."""
    found = db.session.scalar(select(SymbolPack).where(SymbolPack.public_id == public_id))
    if found is None:
        raise MissingError
    return found


def pictures_of_pack(pack: SymbolPack, limit: int = MOST_FOUND) -> tuple[FoundPicture, ...]:
    """The pack's first pictures, to see what it is like."""
    first = select(Symbol).where(Symbol.pack_id == pack.id).order_by(Symbol.id).limit(limit)
    return tuple(_found(symbol) for symbol in db.session.scalars(first.options(joinedload(Symbol.pack))))
