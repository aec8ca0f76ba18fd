"""What would make a place fit: the smallest set of changes that lifts it above its gates, or into the top.

What a change does is never guessed: the index is asked again with the changed facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from aktema.matching.engine.answers import Excluded, Ranked, Suggestion
from aktema.matching.engine.index import MatchIndex
from aktema.matching.engine.plain import DECIMALS
from aktema.matching.engine.proposals import (
    HOUR,
    Change,
    ChangeKind,
    Changes,
    adaptation_for,
    day_changes,
    fewer_hours,
    go_together,
    lifting,
    person_at,
    person_with,
)
from aktema.matching.engine.types import Person, Weights

# More of the person's own changes than this are not combined when a place is to rise.
MOST_OWN = 2


def what_would_fit(
    index: MatchIndex,
    person: Person,
    place_id: int,
    *,
    top: int = 10,
    weights: Weights | None = None,
    most: int = 3,
) -> Changes | None:
    """Return the smallest set of changes that does it: none when the place fits already, None when no set does.

    Each fallen gate is lifted by changes of its own, so the smallest set for a gated place is found whatever its
    size. A place below the top rises by adaptations and by at most two of the person's own changes; of these all
    sets of one and two are tried, and larger ones only with more adaptations. Of equal sets the one that asks
    least of the person is returned. Raises UnknownPlaceError.
    """
    now = index.explain(person, place_id, weights=weights)
    if isinstance(now, Excluded):
        found = lifting(person, index.get_place(place_id), now.lifts)
        return found if found is not None and len(found) <= most else None
    if now.rank <= top:
        return ()
    return _Raise(index, person, place_id, top, weights).smallest(now, most)


def rank_after(
    index: MatchIndex,
    person: Person,
    place_id: int,
    changes: Changes,
    *,
    weights: Weights | None = None,
    most: int | None = None,
) -> int | None:
    """Return the place's rank by score once the changes are made, None when a gate is still fallen.

    With `most`, no more than so many other places are looked at: a rank above `most` only says that it is above.
    """
    here = index.explain(person_at(person, changes), place_id, weights=weights)
    if isinstance(here, Excluded):
        return None
    limit = None if most is None else most + 1
    others = index.shortlist(person_with(person, changes), limit=limit, weights=weights)
    own = Ranked(place_id=place_id, score=here.score)
    return 1 + sum(_is_ahead(index, one, own) for one in others if one.place_id != place_id)


def _is_ahead(index: MatchIndex, other: Ranked, own: Ranked) -> bool:
    """Return whether the other stands first in the index's order: by score, employer readiness, then id."""
    ahead, behind = round(other.score, DECIMALS), round(own.score, DECIMALS)
    return ahead > behind or (ahead == behind and _tie_key(index, other) < _tie_key(index, own))


def _tie_key(index: MatchIndex, one: Ranked) -> tuple[float, int]:
    return -index.get_place(one.place_id).employer_readiness, one.place_id


@dataclass(frozen=True, slots=True)
class _Level:
    """How a place stands after some of the person's own changes: its score, and the last of the top to beat."""

    score: float
    last: Ranked | None


class _Raise:
    """Looks for the fewest changes that take an open place into the top.

    Demands add up, and a place's adaptations change nothing elsewhere: so after each set of the person's own
    changes the best adaptations are those that give most, however many are taken.
    """

    def __init__(
        self, index: MatchIndex, person: Person, place_id: int, top: int, weights: Weights | None
    ) -> None:
        self.index, self.person, self.place_id = index, person, place_id
        self.top, self.weights = top, weights
        self._levels: dict[Changes, _Level | None] = {}

    def smallest(self, now: Suggestion, most: int) -> Changes | None:
        place = self.index.get_place(self.place_id)
        helped = sorted(self._gains(now), key=lambda one: -one[1])
        own = (*fewer_hours(self.person, place), *day_changes(self.person, place))
        for size in range(1, most + 1):
            for asked in range(max(0, size - len(helped)), min(size, MOST_OWN) + 1):
                found = self._of_size(own, asked, helped[: size - asked])
                if found is not None:
                    return self._least(found)
        return None

    def _gains(self, now: Suggestion) -> Iterator[tuple[Change, float]]:
        for gap in now.gaps:
            change = adaptation_for(gap)
            if change is not None:
                here = self._explain((change,))
                yield change, 0.0 if isinstance(here, Excluded) else here.score - now.score

    def _of_size(self, own: Changes, asked: int, helped: Sequence[tuple[Change, float]]) -> Changes | None:
        gain = sum(value for _, value in helped)
        for chosen in filter(go_together, combinations(own, asked)):
            level = self._level(chosen)
            if level is not None and self._is_in(level, level.score + gain):
                return (*(change for change, _ in helped), *chosen)
        return None

    def _is_in(self, level: _Level, score: float) -> bool:
        own = Ranked(place_id=self.place_id, score=score)
        return level.last is None or not _is_ahead(self.index, level.last, own)

    def _level(self, chosen: Changes) -> _Level | None:
        if chosen not in self._levels:
            self._levels[chosen] = self._asked(chosen)
        return self._levels[chosen]

    def _asked(self, chosen: Changes) -> _Level | None:
        here = self._explain(chosen)
        if isinstance(here, Excluded):
            return None
        person = person_with(self.person, chosen)
        others = [
            one
            for one in self.index.shortlist(person, limit=self.top + 1, weights=self.weights)
            if one.place_id != self.place_id
        ]
        return _Level(here.score, others[self.top - 1] if len(others) >= self.top else None)

    def _explain(self, changes: Changes) -> Suggestion | Excluded:
        return self.index.explain(person_at(self.person, changes), self.place_id, weights=self.weights)

    def _least(self, found: Changes) -> Changes:
        """Give up no more hours than it takes."""
        hours = next((one for one in found if one.kind is ChangeKind.HOURS), None)
        if hours is None:
            return found
        for after in range((hours.before - 1) // HOUR * HOUR, hours.after, -HOUR):
            fewer = tuple(replace(one, after=after) if one is hours else one for one in found)
            rank = rank_after(
                self.index, self.person, self.place_id, fewer, weights=self.weights, most=self.top
            )
            if rank is not None and rank <= self.top:
                return fewer
        return found
