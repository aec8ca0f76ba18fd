"""A wish in own words against the words of the places: character n-grams of 3-5 within word boundaries.

Title and description are separate fields, each with the cosine of its weighted n-grams; the fields a place has
filled share the weight. N-grams never cross a word, so a field is kept as the numbers of its words: the wish scores
each different word once, and a place's sum is over its words. All weights are whole numbers, so all sums are exact
in any order, and a place's score depends on nothing but its own text and the wish.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
from scipy import sparse

from aktema.matching.engine.layout import Floats, only_to_read
from aktema.matching.engine.lexicon import Lexicon, Numbers
from aktema.matching.engine.loops import loops
from aktema.matching.engine.ngrams import Codes, Whole, counted_grams_of, weights_of, words_of
from aktema.matching.engine.plain import Said, Texts, summed

FIELDS = ("title", "description")
FIELD_WEIGHTS = (0.45, 0.55)
# Unrelated Swedish texts share some n-grams by chance, and a short wish is rarely more alike than this: among
# groups of occupations one unrelated pair in 25 is above the first, one right pair in 13 above the second.
CHANCE, CLEAR = 0.025, 0.35
_BLOCK = 4096  # rows worked on at a time, for the memory's sake

Weigh = Callable[[Codes], Whole]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Query:
    """A wish made ready: its different n-grams, what having each is worth to a text, and its length as a vector."""

    codes: Codes  # ascending
    values: Floats
    norm: float
    _scores: dict[Lexicon, Floats] = field(default_factory=dict, repr=False)

    @property
    def said(self) -> Said:
        """Return what loops read of it."""
        return self.codes, self.values, self.norm

    def scores(self, lexicon: Lexicon) -> Floats:
        """Return the score of every word of the lexicon, computed once."""
        scores = self._scores.get(lexicon)
        if scores is None:
            scores = self._scores[lexicon] = lexicon.scores(self.codes, self.values)
        return scores


NOTHING = Query(codes=np.zeros(0, dtype=np.uint64), values=np.zeros(0), norm=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class TextField:
    """One field of all places: the words of row i are `words[starts[i]:starts[i + 1]]`, ascending, repeated as said."""

    starts: Whole
    words: Numbers
    norms: Floats

    def __post_init__(self) -> None:
        only_to_read((self.starts, self.words, self.norms))

    def take(self, rows: Whole) -> Self:
        firsts = np.flatnonzero(np.diff(rows, prepend=-2) != 1)  # of runs of rows that follow each other
        ends = np.flatnonzero(np.diff(rows, append=-2) != 1)
        spans = zip(self.starts[rows[firsts]].tolist(), self.starts[rows[ends] + 1].tolist(), strict=True)
        words = [self.words[:0], *(self.words[start:end] for start, end in spans)]
        lengths = self.starts[rows + 1] - self.starts[rows]
        return type(self)(_starts(lengths), np.concatenate(words), self.norms[rows])

    def renumbered(self, numbers: Numbers) -> Self:
        return type(self)(self.starts, numbers.take(self.words), self.norms)

    def joined(self, other: Self) -> Self:
        lengths = np.concatenate([np.diff(self.starts), np.diff(other.starts)])
        words = np.concatenate([self.words, other.words])
        return type(self)(_starts(lengths), words, np.concatenate([self.norms, other.norms]))


@dataclass(frozen=True, eq=False)
class TextIndex:
    """The words of all places; row i is the i-th place."""

    lexicon: Lexicon
    fields: tuple[TextField, ...]

    @classmethod
    def of(cls, texts: Sequence[tuple[str, str]], *, weigh: Weigh = weights_of) -> Self:
        """Index one (title, description) per place."""
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        read = [_read([text[place] for text in texts], numbers) for place in range(len(FIELDS))]
        lexicon, order = Lexicon.of(list(numbers))
        weighed = lexicon.weighed(weigh(lexicon.grams))
        return cls(lexicon, tuple(_field(lengths, order[words], weighed) for lengths, words in read))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Self:
        """Return the index that `arrays` came from; they may be memory-mapped and read-only."""
        lexicon = Lexicon(*(arrays[name] for name in ("hashes", "grams", "gram_starts", "gram_words")))
        parts = ([arrays[f"{name}_{part}"] for part in ("starts", "words", "norms")] for name in FIELDS)
        return cls(lexicon, tuple(TextField(*part) for part in parts))

    def arrays(self) -> Mapping[str, Any]:
        """Return everything the index is made of, each array under a name."""
        lexicon = self.lexicon
        arrays: dict[str, Any] = {"hashes": lexicon.hashes, "grams": lexicon.grams}
        arrays |= {"gram_starts": lexicon.starts, "gram_words": lexicon.words}
        for name, one in zip(FIELDS, self.fields, strict=True):
            arrays |= {f"{name}_starts": one.starts, f"{name}_words": one.words, f"{name}_norms": one.norms}
        return arrays

    def __len__(self) -> int:
        return len(self.fields[0].norms)

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for array in self.arrays().values())

    @cached_property
    def lists(self) -> Texts:
        """Return what loops read of the texts: the lexicon, the fields, and what is by chance and what is clear."""
        lexicon = self.lexicon
        first, second = (
            (one.words, one.starts, one.norms, weight)
            for one, weight in zip(self.fields, FIELD_WEIGHTS, strict=True)
        )
        by_gram = lexicon.grams, lexicon.starts, lexicon.words, len(lexicon)
        return by_gram, (first, second), (CHANCE, CLEAR)

    def match(self, query: Query, rows: Whole | None = None) -> Floats:
        """Return 0..1 per place, or per given row: how clearly the wish in own words is found in the place's text."""
        return self._matched(query, rows, (CHANCE, CLEAR))

    def similarity(self, query: Query, rows: Whole | None = None) -> Floats:
        """Return the mean cosine of the fields that are filled, 0..1 per place or per given row."""
        return self._matched(query, rows, (0.0, 1.0))

    def _matched(self, query: Query, rows: Whole | None, bounds: tuple[float, float]) -> Floats:
        rows = np.arange(len(self)) if rows is None else rows
        if not query.norm:
            return np.zeros(len(rows))
        _, fields, _ = self.lists
        matched: Floats = loops().match(query.scores(self.lexicon), query.norm, fields, rows, bounds)
        return matched

    def take(self, rows: Whole) -> Self:
        """Return the given rows in their order; equal to an index built of their texts."""
        fields = [one.take(rows) for one in self.fields]
        used = np.zeros(len(self.lexicon), dtype=np.bool_)
        for one in fields:
            used[one.words] = True
        if used.all():
            return type(self)(self.lexicon, tuple(fields))
        lexicon, numbers = self.lexicon.take(used)
        return type(self)(lexicon, tuple(one.renumbered(numbers) for one in fields))

    def joined(self, other: Self) -> Self:
        """Return the rows of this and then of the other; equal to an index built of all their texts."""
        lexicon, ours, theirs = self.lexicon.joined(other.lexicon)
        own = self.fields
        if lexicon is not self.lexicon:
            own = tuple(one.renumbered(ours) for one in own)
        pairs = zip(own, other.fields, strict=True)
        return type(self)(lexicon, tuple(a.joined(b.renumbered(theirs)) for a, b in pairs))


def prepare(wish: str, *, weigh: Weigh = weights_of) -> Query:
    """Return the wish ready to be matched with any number of indexes."""
    codes, counts = counted_grams_of(words_of(wish))
    weights = weigh(codes)
    length = (counts * weights).astype(np.float64)
    return Query(codes=codes, values=length * weights, norm=math.sqrt(float(length @ length)))


def _read(texts: Sequence[str], numbers: Mapping[str, int]) -> tuple[Whole, Numbers]:
    """How many words each text has, and the numbers of all of them."""
    lengths, numbered = np.zeros(len(texts), dtype=np.int64), array("i")
    for row, text in enumerate(texts):
        found = words_of(text)
        lengths[row] = len(found)
        numbered.extend(map(numbers.__getitem__, found))
    return lengths, np.array(numbered, dtype=np.int32)


def _field(lengths: Whole, words: Numbers, weighed: Any) -> TextField:
    """Order each row's words, and measure its length as a vector of weighted n-grams."""
    starts, norms = _starts(lengths), np.zeros(len(lengths))
    for first in range(0, len(lengths), _BLOCK):
        rows = slice(first, first + _BLOCK)
        part = slice(starts[first], starts[min(first + _BLOCK, len(lengths))])
        owners = np.repeat(np.arange(len(lengths[rows])), lengths[rows])
        words[part] = np.sort(owners * weighed.shape[0] + words[part]) % max(weighed.shape[0], 1)
        norms[rows] = _norms(words[part], lengths[rows], weighed)
    return TextField(starts, words, norms)


def _norms(words: Numbers, lengths: Whole, weighed: Any) -> Floats:
    shape = len(lengths), weighed.shape[0]
    said = sparse.csr_matrix((np.ones(len(words)), words, _starts(lengths)), shape=shape)
    grams = said @ weighed
    return np.sqrt(summed(grams.data**2, np.diff(grams.indptr)))


def _starts(lengths: Whole) -> Whole:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
