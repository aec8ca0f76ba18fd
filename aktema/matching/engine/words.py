"""A wish in own words against the words of the places: character n-grams of 3-5 within word boundaries.

Title and description are separate fields, each with the cosine of its weighted n-grams; the fields a place has
filled share the weight. N-grams never cross a word, so a field is kept as the numbers of its words: the wish scores
each different word once, and a place's sum is over its words. All weights are whole numbers, so all sums are exact
in any order, and a place's score depends on nothing but its own text and the wish.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aktema.matching.engine.lexicon import Floats, Lexicon, Numbers, ranges
from aktema.matching.engine.ngrams import Codes, Whole, grams_of, weights_of, words_of

FIELDS = ("title", "description")
FIELD_WEIGHTS = (0.45, 0.55)
# Unrelated Swedish texts share some n-grams by chance, and a short wish is rarely more alike than this: among
# groups of occupations one unrelated pair in 25 is above the first, one right pair in 13 above the second.
CHANCE, CLEAR = 0.025, 0.35
_BLOCK = 4096  # rows worked on at a time, for the memory's sake

# How many words like those of wishes are kept, at eight bytes each, and how many words of wishes.
MOST_KEPT, MOST_WORDS = 4_000_000, 16_384
Worths = NDArray[np.float32]

Weigh = Callable[[Codes], Whole]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Query:
    """A wish made ready: its words with how often each was said, and its length as a vector."""

    words: Mapping[str, int]
    weigh: Weigh
    norm: float
    _scores: WeakKeyDictionary[Lexicon, Floats] = field(default_factory=WeakKeyDictionary, repr=False)

    def scores(self, lexicon: Lexicon) -> Floats:
        """Return the score of every word of the lexicon; computed once while both are kept."""
        scores = self._scores.get(lexicon)
        if scores is None:
            scores = self._scores[lexicon] = np.zeros(len(lexicon))
            for word, count in self.words.items():
                alike, worth = _alike(lexicon, word, self.weigh)
                scores[alike] += count * worth
        return scores


@dataclass(slots=True)
class _Kept:
    """What words of wishes were worth in one lexicon, as long as it fits."""

    found: dict[tuple[str, Weigh], tuple[Numbers, Worths]] = field(default_factory=dict)
    size: int = 0

    def keep(self, key: tuple[str, Weigh], alike: Numbers, worth: Worths) -> tuple[Numbers, Worths]:
        if self.size > MOST_KEPT:
            self.found.clear()
            self.size = 0
        self.found[key] = alike, worth
        self.size += len(alike)
        return alike, worth


def _alike(lexicon: Lexicon, word: str, weigh: Weigh) -> tuple[Numbers, Worths]:
    """Return the words of the lexicon that share n-grams with the word, and what they share is worth.

    People wish for the same things: what one wish needed is kept for the next, as long as the lexicon is.
    """
    kept = _kept.setdefault(lexicon, _Kept())
    found = kept.found.get((word, weigh))
    if found is None:
        codes, counts, weights = _grams_of(word, weigh)
        found = kept.keep((word, weigh), *lexicon.alike(codes, counts * weights**2))
    return found


_kept: WeakKeyDictionary[Lexicon, _Kept] = WeakKeyDictionary()


@lru_cache(maxsize=MOST_WORDS)
def _grams_of(word: str, weigh: Weigh) -> tuple[Codes, Whole, Floats]:
    """Return the different n-grams of the word, how often each occurs, and its weight."""
    codes, counts = np.unique(grams_of([word])[1], return_counts=True)
    return codes, counts, weigh(codes).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class TextField:
    """One field of all places: the words of row i are `words[starts[i]:starts[i + 1]]`, ascending, repeated as said."""

    starts: Whole
    words: Numbers
    norms: Floats

    def similarity(self, scores: Floats, norm: float, rows: Whole | None) -> Floats:
        """Return the cosine 0..1 of the rows with a query, 0 where either is empty."""
        norms = self.norms if rows is None else self.norms[rows]
        overlap = self._all_sums(scores) if rows is None else self._sums(scores, rows)
        return np.divide(overlap, norms * norm, out=np.zeros(len(norms)), where=norms > 0)

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

    def _sums(self, scores: Floats, rows: Whole) -> Floats:
        read, lengths = ranges(self.starts, rows)
        return _summed(scores.take(self.words.take(read)), lengths)

    def _all_sums(self, scores: Floats) -> Floats:
        blocks = [self.starts[first : first + _BLOCK + 1] for first in range(0, len(self.norms), _BLOCK)]
        sums = [
            _summed(scores.take(self.words[starts[0] : starts[-1]]), np.diff(starts)) for starts in blocks
        ]
        return np.concatenate([np.zeros(0), *sums])


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

    def match(self, query: Query, rows: Whole | None = None) -> Floats:
        """Return 0..1 per place, or per given row: how clearly the wish in own words is found in the place's text."""
        return np.clip((self.similarity(query, rows) - CHANCE) / (CLEAR - CHANCE), 0.0, 1.0)

    def similarity(self, query: Query, rows: Whole | None = None) -> Floats:
        """Return the mean cosine of the fields that are filled, 0..1 per place or per given row."""
        count = len(self) if rows is None else len(rows)
        if not query.norm or not count:
            return np.zeros(count)
        scores, total, filled = query.scores(self.lexicon), np.zeros(count), np.zeros(count)
        for one, weight in zip(self.fields, FIELD_WEIGHTS, strict=True):
            total += weight * one.similarity(scores, query.norm, rows)
            filled += weight * ((one.norms if rows is None else one.norms[rows]) > 0)
        return total / np.maximum(filled, min(FIELD_WEIGHTS))

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
    words = Counter(words_of(wish))
    parts = [(*_grams_of(word, weigh), count) for word, count in words.items()]
    codes = np.concatenate([np.zeros(0, dtype=np.uint64), *(codes for codes, *_ in parts)])
    said = np.concatenate([np.zeros(0), *(counts * weights * count for _, counts, weights, count in parts)])
    _, where = np.unique(codes, return_inverse=True)
    norm = float(np.sqrt((np.bincount(where, said) ** 2).sum()))
    return Query(words=words, weigh=weigh, norm=norm)


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
    return np.sqrt(_summed(grams.data**2, np.diff(grams.indptr)))


def _summed(values: Floats, lengths: Whole) -> Floats:
    """The sum of each row's values; whole numbers, so the order of adding cannot show."""
    sums, is_filled = np.zeros(len(lengths)), lengths > 0
    if is_filled.any():
        sums[is_filled] = np.add.reduceat(values, _starts(lengths)[:-1][is_filled])
    return sums


def _starts(lengths: Whole) -> Whole:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
