"""The rival for words alone: bm25s, a BM25 of scipy's sparse matrices. No gates, no facts, no score."""

from collections.abc import Iterable

from aktema.bench.engine_rivals import RivalAbsentError, Scored
from aktema.matching.engine import Person, Place


class Bm25Rival:
    """Finds the places whose title and description are most like the wish."""

    name = "bm25s, words only"

    def __init__(self, places: Iterable[Place]) -> None:
        try:
            import bm25s
        except ImportError as missing:
            raise RivalAbsentError("words alone need bm25s") from missing
        self._tokenize, self._index = bm25s.tokenize, bm25s.BM25()
        held = [(place.id, f"{place.title} {place.description}") for place in places]
        self._ids = [key for key, _text in held]
        tokens = self._tokenize([text for _key, text in held], stopwords=None, show_progress=False)
        self._index.index(tokens, show_progress=False)

    def suggest(self, person: Person, limit: int = 20) -> Scored:
        wish = self._tokenize([person.wish_text], stopwords=None, show_progress=False)
        rows, scores = self._index.retrieve(wish, k=min(limit, len(self._ids)), show_progress=False)
        return [
            (self._ids[row], score) for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        ]

    def close(self) -> None:
        """Nothing outlives the object."""
