"""Words, the character n-grams in them, and how much each n-gram tells.

The n-grams are those of 3, 4 and 5 letters of a word with a space before and after it, so none crosses a word.
Their weights are learned beforehand from definitions of occupations (`data/ngrams.csv`, made by
`python -m aktema.bench.ngrams`), never from the places: a text's score is the same whatever else there is.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from aktema.matching.engine.loops import loops

Codes = NDArray[np.uint64]
Whole = NDArray[np.int64]

RAREST = 255  # the weight of an n-gram the learning has not met
FOLDER = files(__package__) / "data"
FILE = "ngrams.csv"
# Words that bind others together, and that everybody uses of any work: they would make unrelated texts alike.
FUNCTION_WORDS = frozenset((FOLDER / "function_words.txt").read_text("utf-8").split())
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words that tell something, in small letters, in the order of the text."""
    words: list[str] = _WORD.findall(unicodedata.normalize("NFC", text.casefold()))
    return [word for word in words if word not in FUNCTION_WORDS]


def grams_of(words: Sequence[str]) -> tuple[Whole, Codes]:
    """Return every n-gram of the words as a code of 64 bits, and the number of the word it stands in."""
    owners, codes = loops().grams(_points(_spaced(words)))
    return owners, codes


def counted_grams_of(words: Sequence[str]) -> tuple[Codes, Whole]:
    """Return the different n-grams of the words, ascending, and how many there are of each."""
    codes, counts = loops().counted(_points(_spaced(words)))
    return codes, counts


def weights_of(codes: Codes) -> Whole:
    """Return 1..255 per n-gram: the more texts of the learning it was met in, the lower."""
    weights: Whole = loops().looked_up(*_table(), codes, RAREST)
    return weights


def code_of(gram: str) -> int:
    """Return the code of one n-gram of 3-5 letters."""
    _, codes = loops().grams(_points(gram))
    return int(codes[-1])


def _spaced(words: Sequence[str]) -> str:
    return "".join([f" {word} " for word in words])


def _points(letters: str) -> NDArray[np.uint32]:
    return np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32)


@cache
def _table() -> tuple[Codes, Whole]:
    """The codes of the n-grams in our file, ascending, and their weights."""
    lines = (FOLDER / FILE).read_text("utf-8").splitlines()
    rows = [(row["ngram"], int(row["weight"])) for row in csv.DictReader(lines)]
    codes = np.array([code_of(gram) for gram, _ in rows], dtype=np.uint64)
    order = np.argsort(codes)
    return codes[order], np.array([weight for _, weight in rows], dtype=np.int64)[order]
