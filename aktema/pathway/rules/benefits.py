"""What has to be settled about a person's income before the first paid day.

Försäkringskassan lets a benefit rest only where that was applied for before the work began, and Arbetsförmedlingen
decides about its supports before the employment; both say so on their own pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BenefitItem(StrEnum):
    SOCIAL_INSURANCE = "social_insurance"
    EMPLOYMENT_SERVICE = "employment_service"
    GUARDIAN = "guardian"


class BenefitResult(StrEnum):
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """How an item was settled, and when."""

    result: BenefitResult
    on: date


def unsettled(settled: Mapping[BenefitItem, Settled], first_paid_day: date | None) -> tuple[BenefitItem, ...]:
    """What is not settled before the first paid day, in the order it is asked; before any, where none is known yet.

    What was not needed can be found out later: only what had to be done has to be done before.
    """
    return tuple(item for item in BenefitItem if not _is_settled(settled.get(item), first_paid_day))


def _is_settled(one: Settled | None, first_paid_day: date | None) -> bool:
    if one is None:
        return False
    if one.result is BenefitResult.NOT_NEEDED or first_paid_day is None:
        return True
    return one.on < first_paid_day
