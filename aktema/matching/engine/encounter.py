"""One person before all places: what is worked out once and then read for each place."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from aktema.matching.engine.answers import Answer, Excluded, Ranked, Suggestion
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.circumstances import Circumstances
from aktema.matching.engine.columns import TABLES
from aktema.matching.engine.explain import suggestions_for
from aktema.matching.engine.gates import GATES, Gatekeeper, lifts
from aktema.matching.engine.layout import Bools, Floats, Integers
from aktema.matching.engine.plain import TIE
from aktema.matching.engine.rankers import FEATURES
from aktema.matching.engine.ranking import Ranking, Stock
from aktema.matching.engine.sides import Known, PersonSide
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
    def _near(self) -> Bools:
        return self._gates.near(everywhere=not self._is_ordered)

    @cached_property
    def _known(self) -> Known:
        return Known.of(self._person, self._rules.layout)

    @cached_property
    def _side(self) -> PersonSide:
        of_person = self._person, self._known, self._leanings, self._facts
        return PersonSide.of(*of_person, self._rules, self._gains, self._bases)

    def _worth_by(self, gains: Sequence[float]) -> Worth:
        of_person = self._person, self._known, self._leanings, self._facts
        return Worth.of(*of_person, self._rules, gains, self._stock.columns)

    def answer(self, limit: int) -> Answer:
        settings, is_new = self._rules.settings, self._leanings.is_new
        # One more than is listed, in the place of the new one; and what is as good as a new one has to be.
        ranking, by_gate = self._leading(
            limit + 1, max(settings.exploratory_margin, 0) + TIE, gates=len(GATES)
        )
        rows, scores, words, new = ranking.with_something_new(self._person, is_new, settings, limit)
        return Answer(
            suggestions=self._told(rows, words, scores, range(1, len(rows) + 1), new),
            excluded=self._gates.excluded(by_gate, self._near),
            considered=len(self._stock.columns),
        )

    def shortlist(self, limit: int) -> tuple[Ranked, ...]:
        ranking, _ = self._leading(max(limit, 1), TIE)
        positions = ranking.ordered(np.arange(len(ranking.rows)))[:limit]
        ids = self._stock.columns.ids[ranking.rows[positions]].tolist()
        pairs = zip(ids, ranking.scores(positions).tolist(), strict=True)
        return tuple(map(Ranked._make, pairs))

    def explain(self, row: int) -> Suggestion | Excluded:
        fallen = self.fallen_at(row)
        if fallen:
            return self._excluded(row, fallen)
        ranking, _ = self._leading(len(self._stock.columns), TIE)
        position = int(np.searchsorted(ranking.rows, row))
        return self._suggestion(ranking, position, ranking.rank_of(position))

    def suggestion(self, row: int, *, rank: int) -> Suggestion:
        """Return one row as a suggestion with the rank it is given."""
        return self._suggestion(self._ranking(np.array([row])), 0, rank)

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
            ranking = Ranking.of(self._stock, rows, self._worth_by(alone), 0.0, self._query)
            columns.append(ranking.scores(np.arange(len(rows))))
        return np.stack(columns, axis=1)

    def fallen_at(self, row: int) -> int:
        """Return which gates fell at the row, one bit each."""
        return self._gates.at(row)

    def score_at(self, row: int) -> float:
        return self._ranking(np.array([row])).score(0)

    def _leading(self, count: int, slack: float, *, gates: int = 0) -> tuple[Ranking, Integers]:
        want, limits = (count, slack, gates), self._gates.limits
        return Ranking.leading(
            self._stock, self._near, want, limits, self._worth, sum(self._bases), self._query
        )

    def _ranking(self, rows: Integers) -> Ranking:
        return Ranking.of(self._stock, rows, self._worth, sum(self._bases), self._query)

    def _suggestion(self, ranking: Ranking, position: int, rank: int) -> Suggestion:
        at = np.array([position])
        scores = ranking.scores(at)
        return self._told(ranking.rows[at], ranking.match[at], scores, [rank])[0]

    def _told(
        self, rows: Integers, words: Floats, scores: Floats, ranks: Sequence[int], new: int = -1
    ) -> tuple[Suggestion, ...]:
        side, listed = self._side, scores.tolist()
        return suggestions_for(
            side, self._stock, self._rules, rows, words=words, scores=listed, ranks=ranks, new=new
        )

    def _excluded(self, row: int, fallen: int) -> Excluded:
        columns = self._stock.columns
        place = columns.place(row, self._rules.layout)
        at = {name: int(getattr(columns, name)[row]) for name in TABLES}
        return Excluded(place_id=place.id, lifts=lifts(self._person, place, fallen, self._facts, at))
