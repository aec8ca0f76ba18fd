"""The different words of many texts, each known by a hash alone, and which n-grams each has.

Kept as lists of words per n-gram: a wish touches few n-grams, so every word is scored by reading a few lists.
Words and n-grams stand in the order of their codes: one set of words is one lexicon, however it came about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from aktema.matching.engine.layout import Floats, only_to_read
from aktema.matching.engine.loops import loops
from aktema.matching.engine.ngrams import Codes, Whole, grams_of

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words by number: `words[starts[i]:starts[i + 1]]` have the n-gram `grams[i]`, once for every time it occurs."""

    hashes: Codes  # of the words, ascending
    grams: Codes  # ascending
    starts: Whole
    words: Numbers

    def __post_init__(self) -> None:
        only_to_read((self.hashes, self.grams, self.starts, self.words))

    @classmethod
    def of(cls, words: Sequence[str]) -> tuple[Self, Numbers]:
        """Return the lexicon of different words, and the number each word has in it."""
        hashes = np.array([_hashed(word) for word in words], dtype=np.uint64)
        order = np.argsort(hashes)
        owners, codes = grams_of([words[position] for position in order.tolist()])
        grams, places = np.unique(codes, return_inverse=True)
        numbers = np.empty(len(words), dtype=np.int32)
        numbers[order] = np.arange(len(words), dtype=np.int32)
        return cls._listed(hashes[order], grams, np.sort(places * len(words) + owners)), numbers

    def __len__(self) -> int:
        return len(self.hashes)

    def scores(self, codes: Codes, values: Floats) -> Floats:
        """Return of every word the sum of the values of those n-grams (`codes`, ascending) that it has."""
        scores: Floats = loops().word_scores(codes, values, self.grams, self.starts, self.words, len(self))
        return scores

    def take(self, kept: NDArray[np.bool_]) -> tuple[Self, Numbers]:
        """Return the lexicon of the kept words, and the number in it of each word of this one (-1 if dropped)."""
        numbers = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        stays = kept[self.words]
        before = np.concatenate([[0], np.cumsum(stays)])[self.starts]
        is_left = np.diff(before) > 0
        starts = np.append(before[:-1][is_left], before[-1])
        return type(self)(self.hashes[kept], self.grams[is_left], starts, numbers[self.words[stays]]), numbers

    def joined(self, other: Self) -> tuple[Self, Numbers, Numbers]:
        """Return the lexicon of the words of both, and the number in it of each word of this and of the other."""
        new = ~_is_in(self.hashes, other.hashes)
        hashes = _united(self.hashes, other.hashes[new])
        numbers = [np.searchsorted(hashes, one.hashes).astype(np.int32) for one in (self, other)]
        if not new.any():
            return self, numbers[0], numbers[1]
        grams = _united(self.grams, other.grams[~_is_in(self.grams, other.grams)])
        keys = [
            one._keys(grams, own, len(hashes), kept)
            for one, own, kept in zip(
                (self, other), numbers, (np.ones(len(self), np.bool_), new), strict=True
            )
        ]
        # Both runs ascend already, and a stable sort merges them in one pass.
        merged = np.sort(np.concatenate(keys), kind="stable")
        return self._listed(hashes, grams, merged), numbers[0], numbers[1]

    def weighed(self, weights: Whole) -> Any:
        """Return a sparse matrix of words by n-grams, the commonest first: how often each occurs, times its weight."""
        shape, lengths = (len(self), len(self.grams)), np.diff(self.starts)
        data = np.repeat(weights.astype(np.float64), lengths)
        by_gram = sparse.csc_matrix((data, self.words, self.starts), shape=shape)
        return by_gram[:, np.argsort(-lengths)].tocsr()

    def _keys(self, grams: Codes, numbers: Numbers, size: int, kept: NDArray[np.bool_]) -> Whole:
        """Each pair of n-gram and word as one number, ascending, where `grams` and `size` words are known."""
        lists = np.repeat(np.searchsorted(grams, self.grams), np.diff(self.starts))
        stays = kept[self.words]
        return lists[stays] * size + numbers[self.words[stays]]

    @classmethod
    def _listed(cls, hashes: Codes, grams: Codes, keys: Whole) -> Self:
        lists, words = np.divmod(keys, max(len(hashes), 1))
        starts = np.searchsorted(lists, np.arange(len(grams) + 1))
        return cls(hashes, grams, starts, words.astype(np.int32))


def _is_in(ordered: Codes, codes: Codes) -> NDArray[np.bool_]:
    at = np.searchsorted(ordered, codes)
    is_within = at < len(ordered)
    is_within[is_within] = ordered[at[is_within]] == codes[is_within]
    return is_within


def _united(ordered: Codes, new: Codes) -> Codes:
    return np.insert(ordered, np.searchsorted(ordered, new), new)


def _hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
