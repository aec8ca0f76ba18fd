"""Whether an unpaid placement could be a job: asked after six months of it, and every six months since."""

from collections.abc import Collection
from datetime import date

from aktema.pathway.trial_states import TrialKind
from aktema.plans.rules.calendar import add_months

EVERY_MONTHS = 6
UNPAID = frozenset({TrialKind.WORKPLACE_PLACEMENT, TrialKind.EXTERNAL_PLACEMENT})
"""The kinds that go on for so long. A placement that lasts without the question is work that nobody pays for."""


def month_due(kind: TrialKind, from_date: date, asked: Collection[int], today: date) -> int | None:
    """After how many months the question that waits was due; None where the newest of them has its answer.

    `asked` holds the months whose question has been answered. An earlier one that was missed is not asked for.
    """
    if kind not in UNPAID:
        return None
    newest = 0
    while add_months(from_date, newest + EVERY_MONTHS) <= today:
        newest += EVERY_MONTHS
    return newest if newest and newest not in asked else None
