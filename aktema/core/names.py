"""How alike two Swedish names are: word order, spelling and a slip of the finger forgiven."""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from aktema.core.swedish import fold, sort_key, to_ascii

# Usual ways to write the same sound in Swedish names, in the order they are evened out
_SPELLINGS = (
    ("ph", "f"),
    ("th", "t"),
    ("ch", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
)
_DOUBLED = re.compile(r"(.)\1+")

_SAME, _SAME_ASCII, _START, _START_ASCII, _SPELLED, _MISTYPED = 1.0, 0.98, 0.95, 0.93, 0.90, 0.89
_MISTYPED_START = 0.05  # what a slip in the start of a word costs beyond a slip in the whole word
_MORE_NAMES = 0.95  # one of the two has a middle name the other lacks
_LONGEST_QUERY, _MOST_WORDS = (
    200,
    8,
)  # letters and words of a search that count: each costs a pass over every name


def similar_names(a: str, b: str) -> float:
    """
    Return how alike two full names are, 0-1: 1 is the same name, whatever the order, case and accents.

    From about 0.9 the two may well be one person: a spelling variant, one slip or a middle name left out.
    """
    first, second = fold(a), fold(b)
    written = fuzz.token_sort_ratio(first, second)
    sounded = fuzz.token_sort_ratio(_spelled_alike(first), _spelled_alike(second))
    score = (written + 3 * sounded) / 400
    if min(len(first.split()), len(second.split())) < 2:
        return score
    within = fuzz.token_set_ratio(_spelled_alike(first), _spelled_alike(second)) / 100
    return max(score, _MORE_NAMES * within)


def best_matches(
    query: str, names: Iterable[tuple[int, str]], *, limit: int = 20, cutoff: float = 0.66
) -> tuple[int, ...]:
    """
    Return the ids of the names that fit what was typed, best first, then in Swedish order, then by id.

    Each typed word must fit some word of the name at least as well as `cutoff` (0-1): the word or its start,
    typed with or without å ä ö, a spelling variant, or one slip in three letters.
    """
    wanted = list(dict.fromkeys(fold(query[:_LONGEST_QUERY]).split()))[:_MOST_WORDS]
    if not wanted:
        return ()
    fits = [_WordFit(word) for word in wanted]
    scored = ((_fit(fits, fold(name).split(), cutoff), name, identity) for identity, name in names)
    found = sorted((-score, sort_key(name), identity) for score, name, identity in scored if score)
    return tuple(identity for _, _, identity in found[:limit])


class _WordFit:
    """How well words of names fit one typed word; each distinct word is compared once."""

    def __init__(self, typed: str) -> None:
        self._typed, self._ascii, self._spelled = typed, to_ascii(typed), _spelled_alike(typed)
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        if word not in self._known:
            self._known[word] = self._compare(word)
        return self._known[word]

    def _compare(self, word: str) -> float:
        plain = to_ascii(word)
        if word.startswith(self._typed):
            return _SAME if word == self._typed else _START
        if plain.startswith(self._typed):
            return _SAME_ASCII if plain == self._typed else _START_ASCII
        if _spelled_alike(word) == self._spelled:
            return _SPELLED
        alike = partial(OSA.normalized_similarity, self._ascii)
        return min(_MISTYPED, max(alike(plain), alike(plain[: len(self._ascii)]) - _MISTYPED_START))


def _fit(fits: Sequence[_WordFit], words: Sequence[str], cutoff: float) -> float:
    """The mean of each typed word's best fit, or 0 when one of them fits nothing."""
    best = [max((fit.of(word) for word in words), default=0.0) for fit in fits]
    return sum(best) / len(best) if min(best) >= cutoff else 0.0


def _spelled_alike(folded: str) -> str:
    """One spelling for the usual variants: Christopher and Kristoffer both give kristofer."""
    text = to_ascii(folded)
    for written, sound in _SPELLINGS:
        text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", text)
