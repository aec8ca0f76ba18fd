"""A wish in own words against the words of the places: character n-grams of 3-5 within word boundaries.

Title and description are separate fields, each with its own TF-IDF; the fields a place has filled share the
weight. Measured better on Swedish occupation data than stemming, lemmatising, BM25 and sentence vectors. The
n-grams are hashed in numpy: several times faster than scikit-learn's vectoriser, without its import time.
"""

import re
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aktema.matching.engine.encode import Floats, Integers

FIELD_WEIGHTS = (0.5, 0.5)  # title, description
HASH_BITS = 18
# Unrelated Swedish texts share some n-grams by chance, and a short wish is rarely more alike than this.
CHANCE, CLEAR = 0.05, 0.40
_WORD = re.compile(r"\w+")
_BASE, _MIX = np.uint64(1_000_003), np.uint64(0x9E3779B97F4A7C15)


class TextField:
    """One field of all places: counts per n-gram, and what is computed from them."""

    def __init__(self, counts: Any, idf: Floats | None = None) -> None:
        self.counts = counts
        self.idf = _idf(counts) if idf is None else idf
        weighted = (counts.data * self.idf[counts.indices]) ** 2
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        self.norms = np.sqrt(np.bincount(rows, weights=weighted, minlength=counts.shape[0]))
        self._by_term = counts.tocsc()

    def similarity(self, query: Any) -> Floats:
        """Return the cosine 0..1 of every place with the single row in `query`, 0 where either is empty."""
        weights = query.data * self.idf[query.indices]
        overlap = np.asarray(self._by_term[:, query.indices] @ (weights * self.idf[query.indices]))
        length = self.norms * np.sqrt((weights**2).sum())
        return np.asarray(np.divide(overlap, length, out=np.zeros_like(overlap), where=length > 0))


class TextIndex:
    """The words of all places; row i is the i-th place."""

    def __init__(self, fields: tuple[TextField, ...]) -> None:
        self._fields = fields

    @classmethod
    def of(cls, texts: Sequence[tuple[str, ...]]) -> Self:
        """Index one (title, description) per place."""
        return cls(tuple(TextField(counts) for counts in _field_counts(texts)))

    def like(self, texts: Sequence[tuple[str, ...]]) -> Self:
        """Index other texts with the n-gram weights of these."""
        pairs = zip(_field_counts(texts), self._fields, strict=True)
        return type(self)(tuple(TextField(counts, field.idf) for counts, field in pairs))

    def changed(self, kept: Integers, texts: Sequence[tuple[str, ...]], order: Integers) -> Self:
        """Return the kept rows and the new texts, rearranged in `order`."""
        pairs = zip(self._fields, _field_counts(texts), strict=True)
        stacked = [sparse.vstack([field.counts[kept], new], format="csr")[order] for field, new in pairs]
        return type(self)(tuple(TextField(counts) for counts in stacked))

    def match(self, wish: str) -> Floats:
        """Return 0..1 per place: how clearly the wish in own words is found in the place's text."""
        query = ngram_counts([wish])
        total, filled = np.zeros(len(self._fields[0].norms)), np.zeros(len(self._fields[0].norms))
        for field, weight in zip(self._fields, FIELD_WEIGHTS, strict=True):
            total += weight * field.similarity(query)
            filled += weight * (field.norms > 0)
        alike = total / np.maximum(filled, min(FIELD_WEIGHTS))
        return np.asarray(np.clip((alike - CHANCE) / (CLEAR - CHANCE), 0.0, 1.0))


def ngram_counts(texts: Sequence[str]) -> Any:
    """Return the counts of hashed n-grams, a sparse matrix of texts by n-grams."""
    words = [[f" {word} " for word in _WORD.findall(text.casefold())] for text in texts]
    lengths = np.array([len(word) for row in words for word in row], dtype=np.int64)
    owner = np.repeat(np.repeat(np.arange(len(texts)), [len(row) for row in words]), lengths)
    word = np.repeat(np.arange(len(lengths)), lengths)
    joined = "".join("".join(row) for row in words)
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    grams = [_ngrams(points, word, owner, size) for size in (3, 4, 5)]
    rows, terms = (np.concatenate(part) for part in zip(*grams, strict=True))
    shape = len(texts), 1 << HASH_BITS
    counts = sparse.csr_matrix((np.ones(len(rows), dtype=np.float64), (rows, terms)), shape=shape)
    counts.sum_duplicates()
    return counts


def _ngrams(
    points: NDArray[np.uint64], word: Integers, owner: Integers, size: int
) -> tuple[Integers, Integers]:
    count = max(len(points) - size + 1, 0)
    code = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        code = code * _BASE + points[offset : offset + count]
    is_inside = word[:count] == word[size - 1 : size - 1 + count]
    hashed = (code * _MIX) >> np.uint64(64 - HASH_BITS)
    return owner[:count][is_inside], hashed[is_inside].astype(np.int64)


def _field_counts(texts: Sequence[tuple[str, ...]]) -> list[Any]:
    return [ngram_counts([row[field] for row in texts]) for field in range(len(FIELD_WEIGHTS))]


def _idf(counts: Any) -> Floats:
    filled = int((np.diff(counts.indptr) > 0).sum())
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    # A table of the few possible logarithms: taking a quarter of a million would cost more than the rest.
    by_holding = np.log((1 + filled) / (1 + np.arange(filled + 1))) + 1
    return np.asarray(by_holding[holding])
