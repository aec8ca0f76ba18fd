"""What the n-grams are measured against: TF-IDF and BM25 over words, and over words without their endings."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Scores = NDArray[np.float64]
Terms = Callable[[str], list[str]]
Method = Callable[[Sequence[str]], Scores]

SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b
# Swedish endings of nouns, adjectives and verbs; the longest that leaves three letters is cut off.
_ENDING = re.compile(
    "(?<=...)(?:heterna|heten|heter|arnas|ernas|ornas|andes|arens|anden|arna|erna|orna|ande|aste|arne|aren|ades"
    "|erns|ning|are|ade|as|es|or|ar|er|en|et|ad|st|te|at|a|e|s|t)$"
)
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def stems(text: str) -> list[str]:
    return [_ENDING.sub("", word, count=1) for word in words(text)]


def tfidf(texts: Sequence[str], terms: Terms) -> Method:
    """Return what scores questions by the cosine with each text, each term weighted by how few texts have it."""
    vocabulary, counts = _counted(texts, terms)
    weights = np.log((1 + len(texts)) / (1 + _holding(counts))) + 1
    weighted = counts @ sparse.diags(weights)
    lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    normed = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ weighted @ sparse.diags(weights)
    return lambda asked: np.asarray((_of(asked, terms, vocabulary) @ normed.T).todense())


def bm25(texts: Sequence[str], terms: Terms) -> Method:
    """Return what scores questions by BM25."""
    vocabulary, counts = _counted(texts, terms)
    holding, lengths = _holding(counts), counts.sum(axis=1).A1
    rows = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
    damped = SATURATION * (1 - LENGTH + LENGTH * lengths / lengths.mean())[rows]
    rarity = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))[counts.indices]
    counts.data = rarity * counts.data * (SATURATION + 1) / (counts.data + damped)
    return lambda asked: np.asarray((_of(asked, terms, vocabulary) @ counts.T).todense())


def _counted(texts: Sequence[str], terms: Terms) -> tuple[dict[str, int], Any]:
    vocabulary = {term: at for at, term in enumerate(dict.fromkeys(t for text in texts for t in terms(text)))}
    return vocabulary, _of(texts, terms, vocabulary)


def _of(texts: Sequence[str], terms: Terms, vocabulary: dict[str, int]) -> Any:
    """How often each text has each term of the vocabulary."""
    pairs = [(row, vocabulary[t]) for row, text in enumerate(texts) for t in terms(text) if t in vocabulary]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    shape = len(texts), len(vocabulary)
    counts = sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=shape)
    counts.sum_duplicates()
    return counts


def _holding(counts: Any) -> Scores:
    return np.bincount(counts.indices, minlength=counts.shape[1]).astype(np.float64)
