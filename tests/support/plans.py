"""Decisions, orders and follow-ups for tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aktema.access.models import Account, Unit
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.plans.codes import REFUSALS, PointAnswer, WorkPoint
from aktema.plans.models import (
    Decision,
    DecisionExtent,
    FollowUp,
    OrderReply,
    ServiceOrder,
    WorkPointAnswer,
)
from tests.support.people import an_account
from tests.support.people_builders import an_assignment


def a_decision(
    participant: Participant,
    account: Account | None = None,
    *,
    weekly_minutes: int | None = 1800,
    template_minutes: int | None = None,
    days_per_week: int | None = None,
    reason: str | None = None,
    from_date: date | None = None,
    **values: Any,
) -> Decision:
    """A decision of day activity, of granted hours where `weekly_minutes` is given, else of template hours."""
    account, start = account or an_account(), from_date or clock.today()
    decision = Decision(
        **{
            "participant_id": participant.id,
            "support_measure": "day_activity",
            "law_basis": "lss_9_10",
            "eligibility_group": 1,
            "from_date": start,
            "decided_on": start,
            "decision_maker": "Ester Handläggare",
            "account_id": account.id,
            **values,
        }
    )
    extent = DecisionExtent(
        from_date=start,
        hours_basis="template" if weekly_minutes is None else "granted",
        weekly_minutes=weekly_minutes,
        template_minutes=template_minutes,
        days_per_week=days_per_week,
        account_id=account.id,
    )
    extent.reason = reason
    decision.extents.append(extent)
    db.session.add(decision)
    db.session.flush()
    return decision


def an_order(
    decision: Decision,
    unit: Unit,
    *,
    answer: str | None = None,
    coordinator: Account | None = None,
    first_day: date | None = None,
    **values: Any,
) -> ServiceOrder:
    """An order to the unit; accepted with a coordinator, the unit works with the person from that day."""
    order = ServiceOrder(
        **{
            "decision_id": decision.id,
            "participant_id": decision.participant_id,
            "unit_id": unit.id,
            "sent_on": decision.from_date,
            "wanted_from": decision.from_date,
            "first_day": first_day,
            "coordinator_id": coordinator.id if coordinator else None,
            "account_id": decision.account_id,
            **values,
        }
    )
    if answer is not None:
        reply = OrderReply(answer=answer, answered_on=decision.from_date, account_id=decision.account_id)
        order.answers.append(reply)
    db.session.add(order)
    db.session.flush()
    if answer == "accepted":
        an_assignment(decision.participant, kind="provider", unit=unit, from_date=decision.from_date)
    if coordinator is not None:
        an_assignment(
            decision.participant,
            kind="coordinator",
            account=coordinator,
            unit=unit,
            from_date=decision.from_date,
        )
    return order


def a_follow_up(
    decision: Decision,
    *,
    account: Account | None = None,
    answers: Mapping[WorkPoint, PointAnswer] | None = None,
    **values: Any,
) -> FollowUp:
    """A follow-up of the decision held today: open with the answers, or closed with an answer to every point."""
    closing = {name: values.pop(name) for name in ("closed_on", "conclusion") if name in values}
    if closing.get("closed_on"):
        answers = {**dict.fromkeys(WorkPoint, PointAnswer.NO), **ALL_ANSWERED, **(answers or {})}
        closing.setdefault("conclusion", "continue")
    follow_up = FollowUp(
        **{
            "participant_id": decision.participant_id,
            "decision_id": decision.id,
            "kind": "decision",
            "has_work_points": True,
            "held_on": clock.today(),
            "account_id": account.id if account else decision.account_id,
            **values,
        }
    )
    follow_up.points = [
        an_answer(point, answer, follow_up.held_on) for point, answer in (answers or {}).items()
    ]
    db.session.add(follow_up)
    db.session.flush()
    for name, value in closing.items():  # the database lets nobody close it before the answers stand
        setattr(follow_up, name, value)
    db.session.flush()
    return follow_up


ALL_ANSWERED = dict.fromkeys(
    (WorkPoint.JOB_CONSULTANT, WorkPoint.EMPLOYMENT_SERVICE, WorkPoint.SOCIAL_INSURANCE),
    PointAnswer.OFFERED_NO_THANKS,
)
"""What no other answer fits, where the rest is a no."""


def an_answer(point: WorkPoint, answer: PointAnswer, day: date | None = None) -> WorkPointAnswer:
    """An answer with all that belongs to it."""
    row = WorkPointAnswer(point=point.value, answer=answer.value)
    if answer is PointAnswer.YES and not point.is_own_answer:
        row.on_date = day or clock.today()
    if answer.needs_reason or (answer is PointAnswer.YES and point is WorkPoint.NEXT_STEP):
        row.words = "Ring bageriet\nKim Coach"
    if point.is_own_answer and answer not in REFUSALS:
        row.channel = "speech"
    return row
