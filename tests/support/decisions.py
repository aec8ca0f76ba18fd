"""What a case handler types about decisions, and where."""

from datetime import date, timedelta
from typing import Any

from aktema.core import clock
from aktema.people.models import Participant
from aktema.plans import decision_operations as operations
from aktema.plans.codes import InterruptionReason, LawBasis, SupportMeasure
from aktema.plans.models import Decision
from tests.support.page import Page, PageClient

TODAY = clock.today()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LAST_YEAR, NEXT_YEAR = TODAY - timedelta(days=365), TODAY + timedelta(days=365)
TYPED = {
    "support_measure": "day_activity",
    "law_basis": "lss_9_10",
    "eligibility_group": "1",
    "hours_basis": "granted",
    "weekly_minutes": "22,5",
    "days_per_week": "4",
    "from_date": TODAY.isoformat(),
    "to_date": NEXT_YEAR.isoformat(),
    "decided_on": YESTERDAY.isoformat(),
    "decision_maker": "Ester Åkerlund",
    "needs": "Behöver stöd vid måltider.",
    "wishes": "Vill arbeta med hundar.",
    "goals": "Att prova en arbetsplats.",
}


def address(person: Participant, decision: Decision | None = None, act: str = "") -> str:
    parts = ["/deltagare", person.public_id, "beslut", decision.public_id if decision else "", act]
    return "/".join(part for part in parts if part)


def facts(**values: Any) -> operations.NewDecision:
    known: dict[str, Any] = {
        "support_measure": SupportMeasure.DAY_ACTIVITY,
        "law_basis": LawBasis.LSS_9_10,
        "eligibility_group": 1,
        "hours": operations.Hours(weekly_minutes=1200),
        "from_date": TODAY,
        "to_date": None,
        "decided_on": TODAY,
        "decision_maker": "Ester",
    }
    return operations.NewDecision(**{**known, **values})


def change(first: date, minutes: int = 900, days: int | None = None) -> operations.HoursChange:
    hours = operations.Hours(weekly_minutes=minutes, days_per_week=days)
    return operations.HoursChange(from_date=first, hours=hours, reason="Orkar mer.")


def pause(first: date, last: date | None = None) -> operations.Pause:
    return operations.Pause(
        from_date=first, to_date=last, weekly_minutes_left=0, reason=InterruptionReason.NO_PLACE
    )


def follow(page: PageClient, person: Participant, earlier: Decision, **typed: str) -> Page:
    way = f"{address(person)}/nytt?foljer={earlier.public_id}"
    return page.submit(way, {"decision_maker": "Ester", "weekly_minutes": "30", **typed})


def interrupted(page: PageClient, person: Participant, decision: Decision, **typed: str) -> Page:
    usual = {"from_date": TODAY.isoformat(), "share": "whole", "reason": "no_staff"}
    return page.submit(address(person, decision, "avbrott"), {**usual, **typed})
