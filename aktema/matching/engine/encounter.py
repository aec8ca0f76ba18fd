"""One person before all places: what is worked out once and then read for each place."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from aktema.matching.engine.answers import Answer, Excluded, Ranked, Suggestion
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.explain import suggestion_for
from aktema.matching.engine.gates import Gatekeeper, Scan, lifts
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.engine.ranking import Ranking, Stock
from aktema.matching.engine.sides import PersonSide, PlaceSide
from aktema.matching.engine.types import Person, Weights
from aktema.matching.engine.words import prepare
from aktema.matching.engine.worth import Worth


class Encounter:
    """Answers about one person and one stock of places. Rows are those of the stock."""

    def __init__(
        self, person: Person, stock: Stock, rules: Rules, weights: Weights | None, *, is_ordered: bool = True
    ) -> None:
        self._person, self._stock, self._rules, self._is_ordered = person, stock, rules, is_ordered
        self._gains, self._bases = rules.ranker.gains(weights), rules.ranker.bases(weights)
        self._leanings = rules.activity_map.leanings(person.votes)
        self._facts = Circumstances.of(person, stock.tables, stock.spots, rules.settings)
        self._gates = Gatekeeper(person, stock.columns, rules.layout, self._facts)
        self._query = prepare(person.wish_text) if person.wish_text.strip() else None

    @cached_property
    def _worth(self) -> Worth:
        return self._worth_by(self._gains)

    @cached_property
    def _side(self) -> PersonSide:
        return PersonSide.of(self._person, self._leanings, self._facts, self._rules, self._gains, self._bases)

    def _worth_by(self, gains: Sequence[float]) -> Worth:
        return Worth.of(self._person, self._leanings, self._facts, self._rules, gains)

    def answer(self, limit: int) -> Answer:
        scan = self._scan()
        ranking = self._ranking(scan.open_rows)
        settings, is_new = self._rules.settings, self._leanings.is_new
        positions, new = ranking.with_something_new(self._person, is_new, settings, limit)
        listed = zip(positions.tolist(), ranking.scores(positions).tolist(), strict=True)
        return Answer(
            suggestions=tuple(
                self._suggestion(ranking, position, score, rank=rank + 1, exploratory=rank == new)
                for rank, (position, score) in enumerate(listed)
            ),
            excluded=scan.excluded(),
            considered=len(self._stock.columns),
        )

    def shortlist(self, limit: int) -> tuple[Ranked, ...]:
        ranking = self._ranking(self._scan().open_rows)
        positions = ranking.best(limit)
        ids = self._stock.columns.ids[ranking.rows[positions]].tolist()
        pairs = zip(ids, ranking.scores(positions).tolist(), strict=True)
        return tuple(Ranked(place_id=key, score=score) for key, score in pairs)

    def explain(self, row: int) -> Suggestion | Excluded:
        fallen = self.fallen_at(row)
        if fallen:
            return self._excluded(row, fallen)
        ranking = self._ranking(self._scan().open_rows)
        position = int(np.searchsorted(ranking.rows, row))
        return self._suggestion(ranking, position, ranking.score(position), rank=ranking.rank_of(position))

    def suggestion(self, row: int, *, rank: int) -> Suggestion:
        """Return one row as a suggestion with the rank it is given."""
        ranking = self._ranking(np.array([row]))
        return self._suggestion(ranking, 0, ranking.score(0), rank=rank)

    def excluded(self, limit: int) -> tuple[Excluded, ...]:
        fallen = self._gates.everywhere()
        ranking = self._ranking(np.flatnonzero(fallen))
        positions = ranking.ordered(np.arange(len(ranking.rows)))
        count = np.bitwise_count(fallen[ranking.rows[positions]])
        rows = ranking.rows[positions[np.argsort(count, kind="stable")[:limit]]]
        return tuple(self._excluded(row, int(fallen[row])) for row in rows.tolist())

    def features(self, rows: Integers) -> Floats:
        """Return one row for each row and one column for each of FEATURES: the score with that gain alone."""
        columns = []
        for number in range(len(FEATURES)):
            alone = [float(other == number) for other in range(len(FEATURES))]
            ranking = Ranking(self._stock, rows, self._worth_by(alone), 0.0, self._query)
            columns.append(ranking.scores(np.arange(len(rows))))
        return np.stack(columns, axis=1)

    def fallen_at(self, row: int) -> int:
        """Return which gates fell at the row, one bit each."""
        return self._gates.at(row)

    def score_at(self, row: int) -> float:
        return self._ranking(np.array([row])).score(0)

    def _scan(self) -> Scan:
        return self._gates.scan(everywhere=not self._is_ordered)

    def _ranking(self, rows: Integers) -> Ranking:
        return Ranking(self._stock, rows, self._worth, sum(self._bases), self._query)

    def _suggestion(
        self, ranking: Ranking, position: int, score: float, *, rank: int, exploratory: bool = False
    ) -> Suggestion:
        place, words = self._place(int(ranking.rows[position])), ranking.words(position)
        return suggestion_for(self._side, place, words=words, score=score, rank=rank, exploratory=exploratory)

    def _excluded(self, row: int, fallen: int) -> Excluded:
        place = self._place(row)
        found = lifts(self._person, place.place, fallen, self._facts, place.at)
        return Excluded(place_id=place.place.id, lifts=found)

    def _place(self, row: int) -> PlaceSide:
        return self._stock.place(row, self._rules)
