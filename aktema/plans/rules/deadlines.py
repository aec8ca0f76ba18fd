"""What has to be done by when, computed from what has happened alone: no deadline is ever stored.

Sources: the first follow-up three to five months after the start and one at least every year are the municipality's own
rule; the arithmetic (a window that opens before the day, the next counted from the last one held, nothing owed whose
window would open after the end, shortened and prolonged decisions computed anew) is that of Norwegian employment
measures. Every figure is the municipality's to change.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aktema.plans.rules.calendar import add_days, add_months, add_working_days

WEEK = 7


class DueKind(StrEnum):
    """What is owed."""

    ANSWER_ORDER = "answer_order"
    FIRST_DAY = "first_day"
    PLAN = "plan"
    FOLLOW_UP_DECISION = "follow_up_decision"
    FOLLOW_UP_PLAN = "follow_up_plan"
    DECISION_ENDS = "decision_ends"
    NOT_EXECUTED = "not_executed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Periods:
    """The figures of one municipality, named as its settings are."""

    order_answer_working_days: int = 5
    plan_weeks: int = 4
    first_follow_up_opens_months: int = 3
    first_follow_up_months: int = 5
    follow_up_months: int = 12
    follow_up_reminder_days: int = 30
    decision_ending_days: int = 90
    unexecuted_months: int = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """From which day something can be done, and the last day on which it is done in time."""

    kind: DueKind
    opens_on: date
    due_on: date

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today

    def is_late(self, today: date) -> bool:
        return self.due_on < today


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderFacts:
    """What has happened to an order. `answered_on` is the day of the last answer, the waiting list included."""

    sent_on: date
    wanted_from: date
    answered_on: date | None = None
    is_accepted: bool = False
    starts_on: date | None = None
    first_day: date | None = None
    plan_fixed_on: date | None = None
    """The day the first version of its plan was fixed."""
    closed_on: date | None = None
    """The last day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtentFacts:
    """Minutes a week from a day on; None where a template said no figure."""

    from_date: date
    weekly_minutes: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InterruptionFacts:
    """Days, both included, on which only so many minutes a week are given."""

    from_date: date
    to_date: date | None = None
    weekly_minutes_left: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionFacts:
    """What has happened to a decision.

    `held` are the days on which the person's support was followed up, under earlier decisions too.
    """

    from_date: date
    decided_on: date
    to_date: date | None = None
    ended_on: date | None = None
    is_followed: bool = False
    """Whether another decision comes after it."""
    orders: Sequence[OrderFacts] = ()
    extents: Sequence[ExtentFacts] = ()
    interruptions: Sequence[InterruptionFacts] = ()
    held: Sequence[date] = ()
    held_of_plan: Sequence[date] = ()

    @property
    def last_day(self) -> date | None:
        return earlier(self.to_date, self.ended_on)

    @property
    def first_day(self) -> date | None:
        """The first day on which the person was anywhere by this decision."""
        return min((order.first_day for order in self.orders if order.first_day is not None), default=None)


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days; None is no last day."""
    return min((day for day in (one, other) if day is not None), default=None)


def answer_order(order: OrderFacts, periods: Periods) -> Deadline | None:
    """An order is answered (yes, no or waiting list) within some working days of being sent."""
    if order.answered_on is not None or order.closed_on is not None:
        return None
    due = add_working_days(order.sent_on, periods.order_answer_working_days)
    return Deadline(kind=DueKind.ANSWER_ORDER, opens_on=order.sent_on, due_on=due)


def first_day(order: OrderFacts) -> Deadline | None:
    """Somebody accepted begins on the day the unit said, else on the day that was wanted or the answer came."""
    if not order.is_accepted or order.answered_on is None or order.first_day is not None:
        return None
    due = order.starts_on or max(order.wanted_from, order.answered_on)
    owed = Deadline(kind=DueKind.FIRST_DAY, opens_on=min(order.answered_on, due), due_on=due)
    return _until(owed, order.closed_on)


def plan(order: OrderFacts, fixed_on: date | None, periods: Periods) -> Deadline | None:
    """A plan is fixed within some weeks of the first day."""
    if order.first_day is None or fixed_on is not None:
        return None
    due = add_days(order.first_day, periods.plan_weeks * WEEK)
    return _until(Deadline(kind=DueKind.PLAN, opens_on=order.first_day, due_on=due), order.closed_on)


def follow_up_decision(decision: DecisionFacts, periods: Periods) -> Deadline | None:
    """The first follow-up of the decision some months after the first day, later ones a year after the last held.

    A talk before the window opens is no first follow-up. One held under an earlier decision still counts for the year.
    """
    start = decision.first_day
    if start is None:
        return None
    first = Deadline(
        kind=DueKind.FOLLOW_UP_DECISION,
        opens_on=add_months(start, periods.first_follow_up_opens_months),
        due_on=add_months(start, periods.first_follow_up_months),
    )
    owed = _next_of(first, start, first.opens_on, decision.held, periods)
    return _until(owed, decision.last_day)


def follow_up_plan(decision: DecisionFacts, order: OrderFacts, periods: Periods) -> Deadline | None:
    """The plan is followed up by the unit a year after the first day, then a year after the last one held."""
    start = order.first_day
    if start is None:
        return None
    first = _yearly(DueKind.FOLLOW_UP_PLAN, start, periods)
    owed = _next_of(first, start, start, decision.held_of_plan, periods)
    return _until(owed, earlier(decision.last_day, order.closed_on))


def _next_of(
    first: Deadline, start: date, counts_from: date, held: Iterable[date], periods: Periods
) -> Deadline:
    """The first one until one has been held, sooner where a year has gone since one before it; then yearly."""
    last = max(held, default=None)
    if last is None:
        return first
    yearly = _yearly(first.kind, last, periods)
    if last >= counts_from:
        return yearly
    if not start <= yearly.due_on < first.due_on:
        return first
    return Deadline(kind=first.kind, opens_on=min(first.opens_on, yearly.opens_on), due_on=yearly.due_on)


def _yearly(kind: DueKind, last: date, periods: Periods) -> Deadline:
    due = add_months(last, periods.follow_up_months)
    return Deadline(kind=kind, opens_on=add_days(due, -periods.follow_up_reminder_days), due_on=due)


def _until(deadline: Deadline, last_day: date | None) -> Deadline | None:
    """Nothing whose window opens after the end; what is open then is done by the last day."""
    if last_day is None or deadline.due_on <= last_day:
        return deadline
    if deadline.opens_on > last_day:
        return None
    return Deadline(kind=deadline.kind, opens_on=deadline.opens_on, due_on=last_day)


def decision_ends(decision: DecisionFacts, periods: Periods) -> Deadline | None:
    """Before a decision's last day somebody decides what comes after; until then it is owed, afterwards too."""
    if decision.to_date is None or decision.ended_on is not None or decision.is_followed:
        return None
    opens = add_days(decision.to_date, -periods.decision_ending_days)
    return Deadline(kind=DueKind.DECISION_ENDS, opens_on=opens, due_on=decision.to_date)


def deadlines_of_order(
    decision: DecisionFacts, order: OrderFacts, today: date, periods: Periods
) -> Iterator[Deadline]:
    """What the unit owes; nothing once the decision or the order has ended."""
    last_day = earlier(decision.last_day, order.closed_on)
    if last_day is not None and last_day < today:
        return
    for owed in (
        answer_order(order, periods),
        first_day(order),
        plan(order, order.plan_fixed_on, periods),
        follow_up_plan(decision, order, periods),
    ):
        if owed is not None:
            yield owed
