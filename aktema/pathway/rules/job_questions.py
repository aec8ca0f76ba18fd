"""Whether an unpaid placement could be a job: asked after six months of it, and every six months since."""

from collections.abc import Iterable
from datetime import date, timedelta

from aktema.pathway.trial_states import TrialKind
from aktema.plans.rules.calendar import add_months

EVERY_MONTHS = 6
UNPAID = frozenset({TrialKind.WORKPLACE_PLACEMENT, TrialKind.EXTERNAL_PLACEMENT})
"""The kinds that go on for so long. A placement that lasts without the question is work that nobody pays for."""
LONGEST_BREAK = timedelta(days=31)
"""A month away, as over a summer or until the next agreement is signed, makes it no other placement."""


def unbroken_since(first: date, stays: Iterable[tuple[date, date]]) -> date:
    """The first day of the unbroken time at an employer that a placement from `first` goes on with.

    `stays` holds the first and the last day of each placement there, in any order.
    """
    for begun, ended in sorted(stays, key=lambda stay: stay[1], reverse=True):
        if first - ended <= LONGEST_BREAK:
            first = min(first, begun)
    return first


def month_due(kind: TrialKind, from_date: date, asked_on: date | None, today: date) -> int | None:
    """After how many months the question that waits was due; None where the newest of them has its answer.

    `asked_on` is when it was answered last. An earlier one that was missed is not asked for.
    """
    if kind not in UNPAID:
        return None
    newest = 0
    while add_months(from_date, newest + EVERY_MONTHS) <= today:
        newest += EVERY_MONTHS
    is_answered = asked_on is not None and asked_on >= add_months(from_date, newest)
    return newest if newest and not is_answered else None
