"""Places for one person as suggestions with their gaps, questions and reasons: all of an answer at once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from typing import Any, TypeVar

import numpy as np

from aktema.matching.engine.answers import Contribution, Gap, Parts, Reason, ReasonId, Suggestion, made
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.naming import Names
from aktema.matching.engine.questions import questions_for
from aktema.matching.engine.ranking import Stock
from aktema.matching.engine.sides import PersonSide, PlaceSide
from aktema.matching.engine.told import Told, told
from aktema.matching.engine.worth import FIT_TERMS, LARGE_GAP_TERMS

# From this gap on, choosing the place needs a reason; it keeps its rank.
NEEDS_REASON = 3
T = TypeVar("T")
_new: Any = tuple.__new__


def suggestions_for(
    person: PersonSide,
    stock: Stock,
    rules: Rules,
    rows: Integers,
    *,
    words: Floats,
    scores: Sequence[float],
    ranks: Sequence[int],
    new: int | None = None,
) -> tuple[Suggestion, ...]:
    """Return the rows as suggestions; `words`: how clearly the wish is in their texts, 0..1; `new` is exploratory."""
    names, places = rules.names, [stock.place(row, rules) for row in rows.tolist()]
    found = told(_facts(person, stock, rows, words), *_sides(person, rules))
    reasons, gaps = _reasons(found, names), _cut(_gaps(found, names), found.gap_ends)
    if new is not None:
        reasons[new] = (why_new(person, places[new], rules), *reasons[new])
    return tuple(
        made(
            Suggestion,
            [side.place.id for side in places],
            ranks,
            scores,
            made(Parts, *zip(*found.parts, strict=True)) if places else [],
            _cut(_contributions(found, names), found.share_ends),
            gaps,
            [questions_for(person, side) for side in places],
            reasons,
            [number == new for number in range(len(places))],
            [bool(own) and own[0].size >= NEEDS_REASON for own in gaps],
            found.features,
        )
    )


def why_new(person: PersonSide, place: PlaceSide, rules: Rules) -> Reason:
    """Say why a place stands in the list as something new."""
    is_new, trials, activity_map = person.leanings.is_new, place.place.earlier_trials, rules.activity_map
    known = [key for key in place.place.activities if is_new[activity_map.positions[key]]]
    if known:
        return Reason(
            message_id=ReasonId.NEW_GROUP, args={"group": min(activity_map.groups[key] for key in known)}
        )
    if trials <= rules.settings.few_trials:
        return Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": trials})
    return Reason(message_id=ReasonId.NEW)


def _facts(person: PersonSide, stock: Stock, rows: Integers, words: Floats) -> tuple[Any, ...]:
    """Return what `tell` reads of places, one kind of array each: it is compiled once."""
    columns, tables, facts = stock.columns, stock.tables, person.facts
    spot, week, days = columns.spot.take(rows), columns.week.take(rows), columns.days.take(rows)
    practical = [
        facts.travel.take(spot),
        facts.travel_term.take(spot),
        tables.most.take(week),
        facts.hours_term.take(week),
        facts.common_days.take(days),
        facts.days_term.take(days),
    ]
    return (
        columns.activities.take(rows, axis=1).astype(np.int64),
        columns.demands.take(rows, axis=1).astype(np.int64),
        columns.demand_weight.take(rows),
        columns.preferences.take(rows, axis=1).astype(np.int64),
        columns.adaptations.take(rows).astype(np.int64),
        words,
        np.array(practical),
    )


def _sides(person: PersonSide, rules: Rules) -> tuple[Any, ...]:
    """Return what `tell` reads of the person, of the rules, and of what facts are worth."""
    names, leanings = rules.names, person.leanings
    own = (leanings.own, leanings.group, leanings.kind), person.levels, person.poles, person.wanted
    terms = FIT_TERMS, LARGE_GAP_TERMS
    common = names.groups, rules.layout.dimension_weights, names.closing, terms, names.subjects
    return own, common, person.gains, person.bases


def _contributions(told: Told, names: Names) -> list[Contribution]:
    """The tuples' own constructor takes twice as long, and a list of suggestions has hundreds."""
    heads = [map(table.__getitem__, told.subjects) for table in (names.parts, names.features, names.keys)]
    return list(map(_new, repeat(Contribution), zip(*heads, told.shares, strict=True)))


def _gaps(told: Told, names: Names) -> list[Gap]:
    return list(map(names.gaps.__getitem__, told.gaps))


def _reasons(told: Told, names: Names) -> list[tuple[Reason, ...]]:
    """The weightiest first; those of one weight stay in the order of the features and their keys."""
    order: list[int] = []
    for first, end in pairwise([0, *told.reason_ends]):
        order += sorted(range(first, end), key=told.importance.__getitem__, reverse=True)
    named = [names.messages[told.reasons[number]] for number in order]
    weights = map(told.weights.__getitem__, order)
    return _cut(made(Reason, *zip(*named, strict=True), list(weights)) if named else [], told.reason_ends)


def _cut(all_of_them: Sequence[T], ends: Iterable[int]) -> list[tuple[T, ...]]:
    """Return what each place has."""
    return [tuple(all_of_them[first:end]) for first, end in pairwise([0, *ends])]
