"""Places for one person as suggestions with their gaps, questions and reasons: all of an answer at once."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Self, TypeVar

import numpy as np

from aktema.matching.engine.answers import (
    Contributions,
    Parts,
    Question,
    Reason,
    ReasonId,
    Suggestion,
    made,
)
from aktema.matching.engine.arithmetic import Rules
from aktema.matching.engine.columns import Columns
from aktema.matching.engine.layout import Floats, Integers
from aktema.matching.engine.naming import Names, packed
from aktema.matching.engine.ranking import Stock
from aktema.matching.engine.sides import PersonSide
from aktema.matching.engine.told import Told, asked, told
from aktema.matching.engine.worth import FIT_TERMS, LARGE_GAP_TERMS

# From this gap on, choosing the place needs a reason; it keeps its rank.
NEEDS_REASON = 3
T = TypeVar("T")


def suggestions_for(
    person: PersonSide,
    stock: Stock,
    rules: Rules,
    rows: Integers,
    *,
    words: Floats,
    scores: Sequence[float],
    ranks: Sequence[int],
    new: int = -1,
) -> tuple[Suggestion, ...]:
    """Return the rows as suggestions; `words`: how clearly the wish is in their texts, 0..1; `new` is exploratory.

    `new` is -1 when none is.
    """
    names, columns, of = rules.names, stock.columns, _Rows.of(stock.columns, rows)
    found = told(_facts(person, columns, rows, of, stock.tables.most, words), *_sides(person, rules))
    share_ends, gap_ends, reason_ends = found.ends.tolist()
    gaps = _cut(list(map(names.gaps.__getitem__, found.gaps)), gap_ends)
    reasons = _cut(_reasons(found, names), reason_ends)
    if new >= 0:
        reasons[new] = (why_new(person, stock, int(rows[new]), rules), *reasons[new])
    return tuple(
        made(
            Suggestion,
            columns.ids.take(rows).tolist(),
            ranks,
            scores,
            made(Parts, *found.parts.tolist()),
            _contributions(found, share_ends, names),
            gaps,
            _questions(person, stock, rows, of, names),
            reasons,
            [number == new for number in range(len(rows))],
            [bool(own) and own[0].size >= NEEDS_REASON for own in gaps],
            list(map(tuple, found.features.tolist())),
        )
    )


def why_new(person: PersonSide, stock: Stock, row: int, rules: Rules) -> Reason:
    """Say why the place of a row stands in the list as something new."""
    activities, is_new = list(rules.layout.activities), person.leanings.is_new  # the empty slot is never new
    new = [activities[slot] for slot in stock.columns.activities[:, row].tolist() if is_new[slot]]
    if new:
        group = min(rules.activity_map.groups[key] for key in new)
        return Reason(message_id=ReasonId.NEW_GROUP, args={"group": group})
    trials = int(stock.columns.trials[row])
    if trials <= rules.settings.few_trials:
        return Reason(message_id=ReasonId.NEW_FEW_TRIALS, args={"trials": trials})
    return Reason(message_id=ReasonId.NEW)


class _Rows(NamedTuple):
    """What is both told and asked of places, by place last. One kind of array each: loops are compiled once."""

    activities: Integers
    demands: Integers
    preferences: Integers
    spot: Integers
    week: Integers
    days: Integers

    @classmethod
    def of(cls, columns: Columns, rows: Integers) -> Self:
        whole = (columns.activities, columns.demands, columns.preferences)
        tables = (columns.spot, columns.week, columns.days)
        return cls(
            *(column.take(rows, axis=1).astype(np.int64) for column in whole),
            *(column.take(rows) for column in tables),
        )


def _facts(
    person: PersonSide, columns: Columns, rows: Integers, of: _Rows, most: Floats, words: Floats
) -> Any:
    """Return what `tell` reads of places."""
    facts = person.facts
    practical = [
        facts.travel.take(of.spot),
        facts.travel_term.take(of.spot),
        most.take(of.week),
        facts.hours_term.take(of.week),
        facts.common_days.take(of.days),
        facts.days_term.take(of.days),
    ]
    offered = columns.adaptations.take(rows).astype(np.int64)
    weights = columns.demand_weight.take(rows)
    return of.activities, of.demands, weights, of.preferences, offered, words, np.array(practical)


def _sides(person: PersonSide, rules: Rules) -> tuple[Any, ...]:
    """Return what `tell` reads of the person, of the rules, and of what facts are worth."""
    names = rules.names
    own = person.leanings.table, *person.known, person.wanted
    terms = FIT_TERMS, LARGE_GAP_TERMS
    common = names.groups, rules.layout.dimension_weights, names.closing, terms, names.subjects
    return own, common, person.gains, person.bases


def _questions(
    person: PersonSide, stock: Stock, rows: Integers, of: _Rows, names: Names
) -> list[tuple[Question, ...]]:
    columns, stated = stock.columns, stock.stated
    constraints = (columns.met.take(rows) | columns.unmet.take(rows)).astype(np.int64)
    practical = stated.spot.take(of.spot) | stated.week.take(of.week) | stated.days.take(of.days)
    practical |= stated.clock.take(columns.clock.take(rows))
    places = of.activities, of.demands, of.preferences, constraints, practical
    own = person.needs, person.capacities, person.voted, person.preferences, person.told
    numbers, ends = asked(places, own, names.is_core, names.numbered)
    questions = [*names.questions, *person.asks_needs]
    return _cut(list(map(questions.__getitem__, numbers)), ends)


def _contributions(told: Told, ends: Iterable[int], names: Names) -> list[Contributions]:
    spans = pairwise([0, *ends])
    return [
        Contributions(names.heads, told.subjects[first:end], told.shares[first:end]) for first, end in spans
    ]


def _reasons(told: Told, names: Names) -> list[Reason]:
    named, which = list(map(names.messages.__getitem__, packed(told.keys))), told.which.tolist()
    different = [message for message, _ in named], [arguments for _, arguments in named]
    messages, arguments = (list(map(one.__getitem__, which)) for one in different)
    return made(Reason, messages, arguments, told.weights.tolist())


def _cut(all_of_them: Sequence[T], ends: Iterable[int]) -> list[tuple[T, ...]]:
    """Return what each place has."""
    return [tuple(all_of_them[first:end]) for first, end in pairwise([0, *ends])]
