"""The index: places ready to be matched, and every question that can be asked of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Self

import numpy as np

from aktema.matching.engine.answers import (
    Answer,
    Excluded,
    PeopleAnswer,
    PersonMatch,
    Ranked,
    Suggestion,
)
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.blocks import in_blocks, packed, unpacked
from aktema.matching.engine.columns import Columns, concatenated
from aktema.matching.engine.encounter import Encounter
from aktema.matching.engine.gates import FIRST, GATES
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.plain import DECIMALS
from aktema.matching.engine.rankers import Ranker, RulesPrior
from aktema.matching.engine.ranking import Stock
from aktema.matching.engine.stored import load, save
from aktema.matching.engine.types import Person, Place, Settings, Vocabulary, Weights
from aktema.matching.engine.words import TextIndex

CHUNK = 8192


class UnknownPlaceError(KeyError):
    """The index holds no place with this id."""


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of the places' facts and of their texts."""

    structure: int
    text: int


class MatchIndex:
    """Places that can be suggested to people.

    Asking changes nothing. The order in which places came in does not matter, and of two with one id the last
    counts. A limit of None means all: there is no cut-off. Not `ordered`, places out of reach are looked at
    too; the answers are the same, later.
    """

    def __init__(
        self,
        places: Iterable[Place],
        *,
        vocabulary: Vocabulary,
        ranker: Ranker | None = None,
        settings: Settings | None = None,
        ordered: bool = True,
    ) -> None:
        self._know(vocabulary, ranker, settings, ordered)
        self._stock = self._stocked(places)

    def _know(
        self, vocabulary: Vocabulary, ranker: Ranker | None, settings: Settings | None, ordered: bool
    ) -> None:
        self.vocabulary = vocabulary
        self.settings = settings or Settings()
        self.ranker = ranker or RulesPrior()
        self.ordered = ordered
        self._rules = Rules.of(vocabulary, self.settings, self.ranker)
        self._labels = {activity.id: activity.label for activity in vocabulary.activities}

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        vocabulary: Vocabulary,
        ranker: Ranker | None = None,
        settings: Settings | None = None,
    ) -> Self:
        """Return a saved index, read from its files as they are needed and shared by all who open them.

        Vocabulary and settings must be those it was saved with. Raises FileNotFoundError.
        """
        index = cls.__new__(cls)
        index._know(vocabulary, ranker, settings, ordered=True)
        index._stock = load(folder)
        return index

    @property
    def terms(self) -> Mapping[str, Any]:
        """Return what else than its files an index is opened with."""
        return {"vocabulary": self.vocabulary, "ranker": self.ranker, "settings": self.settings}

    def save(self, folder: Path) -> None:
        """Write the index into a new folder, whole or not at all."""
        save(self._stock, folder)

    def __len__(self) -> int:
        return len(self._stock.columns)

    def __iter__(self) -> Iterator[Place]:
        """Yield the places by id, as `get_place` returns them."""
        columns = self._stock.columns
        return (columns.place(row, self._rules.layout) for row in columns.by_id.tolist())

    def __contains__(self, place_id: int) -> bool:
        return self._find_row(self._stock, place_id) is not None

    def __repr__(self) -> str:
        return f"MatchIndex({len(self)} places, ranker={self.ranker!r})"

    @property
    def nbytes(self) -> Size:
        arrays = self._stock.columns.arrays().values()
        return Size(sum(array.nbytes for array in arrays), self._stock.texts.nbytes)

    def get_place(self, place_id: int) -> Place:
        """Return the place as the arithmetic knows it, without texts and strange ids; raises UnknownPlaceError."""
        stock = self._stock
        return stock.columns.place(self._get_row(stock, place_id), self._rules.layout)

    def suggest(self, person: Person, *, limit: int | None = 20, weights: Weights | None = None) -> Answer:
        """Return the best places in order with exactly one exploratory among them, and what was excluded."""
        return self._meet(person, self._stock, weights).answer(_checked(limit, len(self)))

    def suggest_many(
        self, people: Iterable[Person], *, limit: int | None = 20, weights: Weights | None = None
    ) -> tuple[Answer, ...]:
        """Return what `suggest` returns for each person, in their order.

        Under `joblib.parallel_config` blocks of people go to its back end: processes, or Dask.
        """
        return tuple(in_blocks(_suggested, self, people, limit, weights))

    def shortlist(
        self, person: Person, *, limit: int | None = 50, weights: Weights | None = None
    ) -> tuple[Ranked, ...]:
        """Return the best places by score alone, without reasons and without something new."""
        return self._meet(person, self._stock, weights).shortlist(_checked(limit, len(self)))

    def shortlist_many(
        self, people: Iterable[Person], *, limit: int | None = 50, weights: Weights | None = None
    ) -> tuple[tuple[Ranked, ...], ...]:
        """Return what `shortlist` returns for each person, in their order, in blocks as `suggest_many`."""
        return tuple(in_blocks(_shortlisted, self, people, limit, weights, pack=packed, unpack=unpacked))

    def explain(
        self, person: Person, place_id: int, *, weights: Weights | None = None
    ) -> Suggestion | Excluded:
        """Return the suggestion with its rank by score alone, or every gate that fell and what would lift it.

        Raises UnknownPlaceError.
        """
        stock = self._stock
        return self._meet(person, stock, weights).explain(self._get_row(stock, place_id))

    def excluded(
        self, person: Person, *, limit: int | None = 20, weights: Weights | None = None
    ) -> tuple[Excluded, ...]:
        """Return the places left out, those with the fewest fallen gates and then the best scores first."""
        return self._meet(person, self._stock, weights).excluded(_checked(limit, len(self)))

    def features(self, person: Person, place_ids: Sequence[int]) -> Floats:
        """Return what a ranker sees: one row for each place, one column for each of FEATURES.

        Raises UnknownPlaceError.
        """
        stock = self._stock
        rows = np.array([self._get_row(stock, place_id) for place_id in place_ids], dtype=np.int64)
        return self._meet(person, stock, None).features(rows)

    def people_for(
        self,
        place: Place | int,
        people: Iterable[Person],
        *,
        limit: int | None = 20,
        weights: Weights | None = None,
    ) -> PeopleAnswer:
        """Return the people the place suits, by the same arithmetic; equal scores by the people's ids.

        The place is one of the index by its id, or any other. Of two people with one id the last counts.
        Raises UnknownPlaceError.
        """
        everyone = {person.id: person for person in people}
        stock = self._stock_of(place)
        met = {key: self._meet(person, stock, weights) for key, person in everyone.items()}
        fallen = {key: one.fallen_at(0) for key, one in met.items()}
        scores = {key: one.score_at(0) for key, one in met.items() if not fallen[key]}
        suited = sorted(scores, key=lambda key: (-round(scores[key], DECIMALS), key))
        matches = tuple(
            PersonMatch(person_id=key, suggestion=met[key].suggestion(0, rank=rank))
            for rank, key in enumerate(suited[: _checked(limit, len(suited))], start=1)
        )
        counts = Counter(GATES[FIRST[code]] for code in fallen.values() if code)
        excluded = {gate: counts[gate] for gate in GATES if counts[gate]}
        return PeopleAnswer(matches=matches, excluded=excluded, considered=len(everyone))

    def employers(self) -> Mapping[int, int]:
        """Return the employer of each place."""
        columns = self._stock.columns
        return dict(zip(columns.ids.tolist(), columns.employers.tolist(), strict=True))

    def with_turns(self, turns: Mapping[int, float]) -> Self:
        """Return an index of the same places with these numbers as employer readiness, which breaks ties."""
        columns = self._stock.columns
        readiness = np.array([turns.get(key, 0.0) for key in columns.ids.tolist()], dtype=np.float64)
        return self._holding(Stock(replace(columns, readiness=readiness), self._stock.texts))

    def with_ranker(self, ranker: Ranker) -> Self:
        """Return an index of the same places that ranks by another ranker."""
        index = self._holding(self._stock)
        index._know(self.vocabulary, ranker, self.settings, self.ordered)
        return index

    def changed(self, places: Iterable[Place], gone: Iterable[int]) -> Self:
        """Return an index with places added or replaced and others taken away; this one stays as it is."""
        index = self._holding(self._stock)
        index.update(places)
        index.remove(gone)
        return index

    def _holding(self, stock: Stock) -> Self:
        index = copy(self)
        index._stock = stock
        return index

    def update(self, places: Iterable[Place]) -> None:
        """Add places, or replace those with the same id; equal to an index built anew."""
        added = self._stocked(places)
        self._stock = self._merged(self._without(added.columns.ids), added)

    def remove(self, ids: Iterable[int]) -> None:
        """Take places away; ids the index does not hold are left alone. Equal to an index built anew."""
        self._stock = self._laid(self._without(np.array(sorted(set(ids)), dtype=np.int64)))

    def _meet(self, person: Person, stock: Stock, weights: Weights | None) -> Encounter:
        return Encounter(person, stock, self._rules, weights, is_ordered=self.ordered)

    def _stock_of(self, place: Place | int) -> Stock:
        if isinstance(place, Place):
            return self._stocked([place])
        row = np.array([self._get_row(self._stock, place)])
        return self._laid(_taken(self._stock, row))

    def _stocked(self, places: Iterable[Place]) -> Stock:
        """Encode places chunk by chunk: there may be more of them than objects fit into memory."""
        found = iter(places)
        parts = [self._encoded(chunk) for chunk in iter(lambda: list(islice(found, CHUNK)), [])]
        parts = parts or [self._encoded([])]
        columns = concatenated([part.columns for part in parts], self._rules.layout)
        stock = Stock(columns, _joined([part.texts for part in parts]))
        last = np.sort(len(columns) - 1 - np.unique(columns.ids[::-1], return_index=True)[1])
        return self._laid(stock if len(last) == len(columns) else _taken(stock, last))

    def _encoded(self, places: Sequence[Place]) -> Stock:
        return Stock(
            Columns.of(places, self._rules.layout), TextIndex.of([self._text(place) for place in places])
        )

    def _without(self, ids: Integers) -> Stock:
        stock = self._stock
        rows, _ = stock.columns.find_rows(ids)
        return _taken(stock, np.delete(np.arange(len(stock.columns)), rows))

    def _merged(self, kept: Stock, added: Stock) -> Stock:
        columns = concatenated([kept.columns, added.columns], self._rules.layout)
        return self._laid(Stock(columns, kept.texts.joined(added.texts)))

    @staticmethod
    def _laid(stock: Stock) -> Stock:
        columns, order = stock.columns.laid()
        return Stock(columns, stock.texts.take(order))

    def _text(self, place: Place) -> tuple[str, str]:
        """The title, and the description with the words of the activities."""
        labels = (self._labels.get(key, "") for key in sorted(set(place.activities)))
        return place.title, " ".join([place.description, *labels])

    @staticmethod
    def _find_row(stock: Stock, place_id: int) -> int | None:
        rows, _ = stock.columns.find_rows(np.array([place_id], dtype=np.int64))
        return int(rows[0]) if len(rows) else None

    def _get_row(self, stock: Stock, place_id: int) -> int:
        row = self._find_row(stock, place_id)
        if row is None:
            raise UnknownPlaceError(place_id)
        return row


def _taken(stock: Stock, rows: Integers) -> Stock:
    return Stock(stock.columns.rows(rows), stock.texts.take(rows))


def _joined(texts: Sequence[TextIndex]) -> TextIndex:
    """Two and two, so that no text is copied more often than needed."""
    while len(texts) > 1:
        pairs = zip_longest(texts[::2], texts[1::2])
        texts = [one if other is None else one.joined(other) for one, other in pairs]
    return texts[0]


def _checked(limit: int | None, most: int) -> int:
    if limit is not None and limit < 0:
        raise ValueError(f"A limit must not be below zero, not {limit}")
    return most if limit is None else limit


def _suggested(index: MatchIndex, person: Person, limit: int | None, weights: Weights | None) -> Answer:
    return index.suggest(person, limit=limit, weights=weights)


def _shortlisted(
    index: MatchIndex, person: Person, limit: int | None, weights: Weights | None
) -> tuple[Ranked, ...]:
    return index.shortlist(person, limit=limit, weights=weights)
