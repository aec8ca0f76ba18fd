"""The index: places ready to be matched, and every question that can be asked of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from aktema.matching.engine.answers import (
    Answer,
    Excluded,
    Gate,
    PeopleAnswer,
    PersonMatch,
    Ranked,
    Suggestion,
)
from aktema.matching.engine.encode import Columns
from aktema.matching.engine.explain import suggestion_for
from aktema.matching.engine.explore import with_something_new
from aktema.matching.engine.gates import count_excluded, lifts, open_places
from aktema.matching.engine.parts import Assessment, Rules, assess
from aktema.matching.engine.ranker import Ranker, RulesPrior
from aktema.matching.engine.text import TextIndex
from aktema.matching.engine.types import Person, Place, Settings, Vocabulary, Weights


class UnknownPlaceError(KeyError):
    """The index holds no place with this id."""


@dataclass(frozen=True, slots=True)
class _Stock:
    """All places at one moment, in the order of their ids; replaced whole, so no one reads half a change."""

    places: tuple[Place, ...]
    columns: Columns
    texts: TextIndex


class MatchIndex:
    """Places that can be suggested to people.

    Asking changes nothing. The order in which places came in does not matter, and of two with one id the last
    counts. A limit of None means all: there is no cut-off.
    """

    def __init__(
        self,
        places: Iterable[Place],
        *,
        vocabulary: Vocabulary,
        ranker: Ranker | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.settings = settings or Settings()
        self.ranker = ranker or RulesPrior()
        self._rules = Rules.of(vocabulary, self.settings, self.ranker)
        self._labels = {activity.id: activity.label for activity in vocabulary.activities}
        self._stock = self._stocked(_by_id(places))

    def __len__(self) -> int:
        return len(self._stock.places)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._stock.places)

    def __contains__(self, place_id: int) -> bool:
        return _find_row(self._stock, place_id) is not None

    def __repr__(self) -> str:
        return f"MatchIndex({len(self)} places, ranker={self.ranker!r})"

    def get_place(self, place_id: int) -> Place:
        """Return the place; raises UnknownPlaceError."""
        return self._stock.places[_get_row(self._stock, place_id)]

    def suggest(self, person: Person, *, limit: int | None = 20, weights: Weights | None = None) -> Answer:
        """Return the best places in order with exactly one exploratory among them, and what was excluded."""
        stock = self._stock
        assessment = self._assess(person, stock, weights)
        rows, new = with_something_new(person, assessment, self.settings, _checked(limit, len(stock.places)))
        suggestions = tuple(
            suggestion_for(
                person,
                stock.places[row],
                assessment,
                row,
                self._rules,
                rank=position + 1,
                exploratory=position == new,
            )
            for position, row in enumerate(rows.tolist())
        )
        excluded = count_excluded(assessment.fallen)
        return Answer(suggestions=suggestions, excluded=excluded, considered=len(stock.places))

    def suggest_many(
        self, people: Iterable[Person], *, limit: int | None = 20, weights: Weights | None = None
    ) -> tuple[Answer, ...]:
        """Return what `suggest` returns for each person, in their order."""
        return tuple(self.suggest(person, limit=limit, weights=weights) for person in people)

    def shortlist(
        self, person: Person, *, limit: int | None = 50, weights: Weights | None = None
    ) -> tuple[Ranked, ...]:
        """Return the best places by score alone, without reasons and without something new."""
        stock = self._stock
        assessment = self._assess(person, stock, weights)
        rows = assessment.ordered()[: _checked(limit, len(stock.places))]
        pairs = zip(stock.columns.ids[rows].tolist(), assessment.score[rows].tolist(), strict=True)
        return tuple(Ranked(place_id=key, score=score) for key, score in pairs)

    def explain(
        self, person: Person, place_id: int, *, weights: Weights | None = None
    ) -> Suggestion | Excluded:
        """Return the suggestion with its rank by score alone, or every gate that fell and what would lift it.

        Raises UnknownPlaceError.
        """
        stock = self._stock
        row = _get_row(stock, place_id)
        assessment = self._assess(person, stock, weights)
        fallen = lifts(person, stock.places[row], assessment.fallen, assessment.facts, row)
        if fallen:
            return Excluded(place_id=place_id, lifts=fallen)
        rank = int(np.flatnonzero(assessment.ordered() == row)[0]) + 1
        return suggestion_for(person, stock.places[row], assessment, row, self._rules, rank=rank)

    def excluded(
        self, person: Person, *, limit: int | None = 20, weights: Weights | None = None
    ) -> tuple[Excluded, ...]:
        """Return the places left out, those with the fewest fallen gates and then the best scores first."""
        stock = self._stock
        assessment = self._assess(person, stock, weights)
        rows = np.flatnonzero(~open_places(assessment.fallen))
        rows = rows[assessment.order(rows)]
        fallen = np.sum([fell[rows] for fell in assessment.fallen.values()], axis=0)
        nearest = rows[np.argsort(fallen, kind="stable")][: _checked(limit, len(stock.places))]
        return tuple(_excluded(person, stock.places[row], assessment, row) for row in nearest.tolist())

    def people_for(
        self,
        place: Place,
        people: Iterable[Person],
        *,
        limit: int | None = 20,
        weights: Weights | None = None,
    ) -> PeopleAnswer:
        """Return the people the place suits, by the same arithmetic; the place need not be in the index.

        Equal scores stand in the order of the people's ids; of two people with one id the last counts.
        """
        everyone = {person.id: person for person in people}
        columns, texts = Columns.of([place], self._rules.layout), self._stock.texts.like([self._text(place)])
        stock = _Stock((place,), columns, texts)
        return self._match_people(everyone, stock, _checked(limit, len(everyone)), weights)

    def update(self, places: Iterable[Place]) -> None:
        """Add places, or replace those with the same id; equal to an index built anew."""
        self._change(_by_id(places), frozenset())

    def remove(self, ids: Iterable[int]) -> None:
        """Take places away; ids the index does not hold are left alone. Equal to an index built anew."""
        self._change((), frozenset(ids))

    def _assess(self, person: Person, stock: _Stock, weights: Weights | None) -> Assessment:
        words = stock.texts.match(person.wish_text) if person.wish_text else np.zeros(len(stock.places))
        return assess(person, stock.columns, words, self._rules, weights)

    def _match_people(
        self, everyone: dict[int, Person], stock: _Stock, limit: int, weights: Weights | None
    ) -> PeopleAnswer:
        assessed = {key: self._assess(person, stock, weights) for key, person in everyone.items()}
        suited = [key for key, one in assessed.items() if open_places(one.fallen)[0]]
        suited.sort(key=lambda key: (-round(float(assessed[key].score[0]), 12), key))
        place = stock.places[0]
        matches = tuple(
            PersonMatch(
                person_id=key,
                suggestion=suggestion_for(everyone[key], place, assessed[key], 0, self._rules, rank=rank),
            )
            for rank, key in enumerate(suited[:limit], start=1)
        )
        counts = Counter(gate for one in assessed.values() for gate in count_excluded(one.fallen))
        excluded = {gate: counts[gate] for gate in Gate if counts[gate]}
        return PeopleAnswer(matches=matches, excluded=excluded, considered=len(everyone))

    def _stocked(self, places: tuple[Place, ...]) -> _Stock:
        texts = TextIndex.of([self._text(place) for place in places])
        return _Stock(places, Columns.of(places, self._rules.layout), texts)

    def _change(self, added: tuple[Place, ...], removed: frozenset[int]) -> None:
        """Encode only what is new, and put every row where a new index would have it."""
        stock = self._stock
        gone = removed | {place.id for place in added}
        kept = np.array(
            [row for row, place in enumerate(stock.places) if place.id not in gone], dtype=np.int64
        )
        places = [*(stock.places[row] for row in kept.tolist()), *added]
        order = np.argsort(np.array([place.id for place in places], dtype=np.int64))
        columns = stock.columns.take(kept).joined(Columns.of(added, self._rules.layout), self._rules.layout)
        texts = stock.texts.changed(kept, [self._text(place) for place in added], order)
        self._stock = _Stock(tuple(places[row] for row in order.tolist()), columns.take(order), texts)

    def _text(self, place: Place) -> tuple[str, str]:
        """The title, and the description with the words of the activities."""
        labels = (self._labels.get(key, "") for key in sorted(set(place.activities)))
        return place.title, " ".join([place.description, *labels])


def _by_id(places: Iterable[Place]) -> tuple[Place, ...]:
    found = {place.id: place for place in places}
    return tuple(found[key] for key in sorted(found))


def _find_row(stock: _Stock, place_id: int) -> int | None:
    row = int(np.searchsorted(stock.columns.ids, place_id))
    is_found = row < len(stock.places) and stock.places[row].id == place_id
    return row if is_found else None


def _get_row(stock: _Stock, place_id: int) -> int:
    row = _find_row(stock, place_id)
    if row is None:
        raise UnknownPlaceError(place_id)
    return row


def _checked(limit: int | None, most: int) -> int:
    if limit is not None and limit < 0:
        raise ValueError(f"A limit must not be below zero, not {limit}")
    return most if limit is None else limit


def _excluded(person: Person, place: Place, assessment: Assessment, row: int) -> Excluded:
    return Excluded(place_id=place.id, lifts=lifts(person, place, assessment.fallen, assessment.facts, row))
