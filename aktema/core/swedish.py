"""
Swedish text: its order, and what counts as the same when people search.

Finding people in a database without extensions: a unit's caseload is at most 5 000 people, so a search loads
(id, name) of the people its reader may see and ranks them with `names.best_matches`. For longer lists, store
a row per trigram of each name (`trigrams`), let the database return the ids with most trigrams in common with
the query (WHERE trigram IN (...) GROUP BY id ORDER BY count(*) DESC, id LIMIT 200) and rank those.
"""

import re
import unicodedata

LANGUAGE = "sv"
"""What is written down, in timelines, plans and agreements, is in the municipality's language, whoever does it and
whatever language they read the service in: lines to come are lazy until then."""

_AFTER_Z = {"å": "z1", "ä": "z2", "ö": "z3"}
_SPLIT = {"z": "z0", "v": "v0", "w": "v1"}  # some Swedish collations take v and w for one letter
_FOLDED_AS = {"æ": "ä", "ø": "ö", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}
_TO_FOLDED = str.maketrans(_FOLDED_AS)
_TO_SORTED = str.maketrans({**_FOLDED_AS, "ő": "ö", "ü": "y", "ű": "y"})
_TO_ASCII = str.maketrans("åäö", "aao")
_SORT_PIECES = re.compile(r"[0-9]+|.", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_OTHER_LETTER = re.compile(r"[^\x00-\x7fåäö]")
_APOSTROPHES = re.compile(r"['’`´]")
_LONGEST_NUMBER = 99  # digits; the length is written with two


def sort_key(text: str) -> str:
    """
    Return a key to store and sort by: Swedish order in any database, whatever its collation.

    The key holds a-z and 0-9 only. Words sort before what continues them, numbers by size, å ä ö last, w
    after v, é as e, ü as y, æ as ä, ø as ö; capitals and hyphens do not matter. Other scripts come after ö.
    Equal keys are possible: add the id to have a total order.
    """
    words = _words(_plain(text).translate(_TO_SORTED))
    return "0".join("".join(_sort_piece(piece) for piece in _SORT_PIECES.findall(word)) for word in words)


def _sort_piece(piece: str) -> str:
    if piece in _AFTER_Z:
        return _AFTER_Z[piece]
    if piece in _SPLIT:
        return _SPLIT[piece]
    if not piece.isascii():
        return f"zz{ord(piece):06x}"
    if piece.isdecimal():
        digits = piece.lstrip("0")[:_LONGEST_NUMBER]
        return f"1{len(digits):02}{digits}"
    return piece


def fold(text: str) -> str:
    """
    Return the text as searches compare it: small letters, single spaces, no accents, å ä ö kept.

    Hyphens and other signs count as spaces, apostrophes as nothing.
    """
    return " ".join(_words(_plain(text).translate(_TO_FOLDED)))


def to_ascii(folded: str) -> str:
    """Return a folded text as typed without the keys å ä ö."""
    return folded.translate(_TO_ASCII)


def search_keys(text: str) -> tuple[str, ...]:
    """
    Return the ways a stored text may be typed: folded, and also without å ä ö where it has them.

    A query matches when `fold(query)` is found in one of the keys: "asa" finds Åsa, "åsa" does not find Asa.
    """
    folded = fold(text)
    return tuple(dict.fromkeys((folded, to_ascii(folded))))


def trigrams(text: str) -> frozenset[str]:
    """Return the three-letter pieces of each word typed without å ä ö, two spaces before and one after it."""
    padded = (f"  {word} " for word in to_ascii(fold(text)).split())
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def _plain(text: str) -> str:
    return _APOSTROPHES.sub("", unicodedata.normalize("NFC", text.casefold()))


def _words(text: str) -> list[str]:
    """The runs of letters and digits, without accents but those of å ä ö."""
    return _WORD.findall(_OTHER_LETTER.sub(lambda match: _without_accent(match[0]), text))


def _without_accent(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
