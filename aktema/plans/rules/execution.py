"""When a decision is not carried out, or only partly, and which quarter's report to IVO names it.

Source: LSS 28 f § and its twin in the Social Services Act, and IVO's answers on them: what has not been carried out
within three months of the decision, or not again within three months of an interruption, is reported each quarter until
it is. What is given only partly is interrupted too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from aktema.plans.rules.calendar import ONE_DAY, Quarter, add_days, add_months
from aktema.plans.rules.deadlines import (
    Deadline,
    DecisionFacts,
    DueKind,
    ExtentFacts,
    Periods,
    decision_ends,
    earlier,
    follow_up_decision,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both included, without all that was granted; no last day where none is known.

    `is_partial` says how it stands at the end of them: whether something is given.
    """

    from_date: date
    to_date: date | None
    is_partial: bool

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)

    def due_on(self, periods: Periods) -> date:
        """The last day on which it can be carried out without being reported."""
        return add_months(self.from_date, periods.unexecuted_months)


def unexecuted_spans(facts: DecisionFacts, today: date) -> Sequence[Span]:
    """The spans begun by today, in order: before the first day, between two units, and interruptions, joined.

    They begin when the decision is made or begins to hold, whichever is later, and end with it.
    """
    start = max(facts.decided_on, facts.from_date)
    parts = [*_without_place(facts, start), *_interrupted(facts)]
    cut = (_within(part, start, facts.last_day) for part in parts)
    return _joined(part for part in cut if part is not None and part.from_date <= today)


def _without_place(facts: DecisionFacts, start: date) -> Iterator[Span]:
    """The days on which no unit has the person."""
    begun = ((order.first_day, order.closed_on) for order in facts.orders if order.first_day is not None)
    for first, last in sorted(begun, key=lambda days: days[0]):
        if first > start:
            yield Span(start, first - ONE_DAY, is_partial=False)
        if last is None:
            return
        start = max(start, add_days(last, 1))
    yield Span(start, None, is_partial=False)


def _interrupted(facts: DecisionFacts) -> Iterator[Span]:
    """The days on which less is given than was granted on them; an unknown grant is more than what is left of it."""
    for one in facts.interruptions:
        left = one.weekly_minutes_left
        for first, last in _pieces(facts.extents, one.from_date, one.to_date):
            granted = _granted_on(facts.extents, first)
            if granted is None or left < granted:
                yield Span(first, last, is_partial=left > 0)


def _pieces(
    extents: Iterable[ExtentFacts], first: date, last: date | None
) -> Iterator[tuple[date, date | None]]:
    """The days cut where other hours begin."""
    changes = sorted(one.from_date for one in extents if first < one.from_date)
    begins = [first, *(day for day in changes if last is None or day <= last)]
    for begin, following in zip_longest(begins, begins[1:]):
        yield begin, last if following is None else following - ONE_DAY


def _granted_on(extents: Iterable[ExtentFacts], day: date) -> int | None:
    begun = [extent for extent in extents if extent.from_date <= day]
    return max(begun, key=lambda one: one.from_date).weekly_minutes if begun else None


def _within(span: Span, start: date, last_day: date | None) -> Span | None:
    first, last = max(span.from_date, start), earlier(span.to_date, last_day)
    return None if last is not None and last < first else Span(first, last, span.is_partial)


def _joined(spans: Iterable[Span]) -> Sequence[Span]:
    """Spans that touch or overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.from_date):
        if joined and _touch(joined[-1], span):
            joined[-1] = _union(joined[-1], span)
        else:
            joined.append(span)
    return tuple(joined)


def _touch(one: Span, following: Span) -> bool:
    return one.to_date is None or following.from_date <= add_days(one.to_date, 1)


def _union(one: Span, following: Span) -> Span:
    """From the beginning of the first; where both end on the same day, nothing is more than something less."""
    ends = [date.max if span.to_date is None else span.to_date for span in (one, following)]
    if ends[0] == ends[1]:
        return Span(one.from_date, one.to_date, one.is_partial and following.is_partial)
    last = one if ends[0] > ends[1] else following
    return Span(one.from_date, last.to_date, last.is_partial)


def reportable(spans: Iterable[Span], quarter: Quarter, periods: Periods, today: date) -> Sequence[Span]:
    """Those that had lasted too long and still held in the quarter or ended in it, as far as is known today.

    The day after its last is the day a span ended: support was given again, or the decision was over.
    """
    return tuple(
        span
        for span in spans
        if span.due_on(periods) < (until := _known_until(span, today))
        and span.due_on(periods) <= quarter.last
        and quarter.first <= until
    )


def _known_until(span: Span, today: date) -> date:
    """Today's support may still be given today."""
    return today if span.to_date is None else min(add_days(span.to_date, 1), today)


def not_executed(facts: DecisionFacts, today: date, periods: Periods) -> Deadline | None:
    """A decision not carried out today becomes reportable after some months; a notice comes before that."""
    holding = [span for span in unexecuted_spans(facts, today) if span.holds_on(today)]
    if not holding:
        return None
    due = holding[-1].due_on(periods)
    opens = add_days(due, -periods.follow_up_reminder_days)
    return Deadline(kind=DueKind.NOT_EXECUTED, opens_on=opens, due_on=due)


def deadlines_of_decision(decision: DecisionFacts, today: date, periods: Periods) -> Iterator[Deadline]:
    """What the one who decided owes; of an ended decision only to say what comes after it."""
    has_ended = decision.last_day is not None and decision.last_day < today
    during = (follow_up_decision(decision, periods), not_executed(decision, today, periods))
    for owed in (decision_ends(decision, periods), *(() if has_ended else during)):
        if owed is not None:
            yield owed
