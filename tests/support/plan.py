"""Implementation plans for tests."""

import json
from datetime import date
from typing import Any

from aktema.core import clock
from aktema.core.db import db
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import ACTIVITY_FIELDS, GOAL_FIELDS, PlanField
from aktema.plans.plan_models import Goal, Participation, Plan, PlanLine, PlannedActivity

NINE, NOON = 540, 720
WEEKDAYS = 0b11111
WORK_SAID = (PlanField.WORK_NOW, PlanField.WORK_NEXT, PlanField.WORK_WHO)


def a_plan(
    order: ServiceOrder, *, goals: int = 1, activities: int = 1, easy: bool = True, **values: Any
) -> Plan:
    """A version of the order's plan that lacks nothing, with so many goals and activities under each.

    With `easy`, every statement has an easy-read text that is up to date and a picture with its word. Fixed where
    `fixed_on` is given.
    """
    closing: dict[str, Any] = {
        name: values.pop(name) for name in ("fixed_on", "fixed_by_id") if name in values
    }
    plan = Plan(
        **{
            "participant_id": order.participant_id,
            "order_id": order.id,
            "number": 1,
            "has_work_part": True,
            "work_wish": "yes",
            "work_wish_at": clock.now(),
            "work_wish_channel": "speech",
            "work_by": clock.today(),
            "own_words_channel": "speech",
            "account_id": order.account_id,
            **values,
        }
    )
    fields = (PlanField.OWN_WORDS, *(WORK_SAID if plan.has_work_part else ()))
    plan.lines += [a_line("", field, easy=easy) for field in fields]
    plan.participations.append(Participation(role="person", how="met"))
    for number in range(goals):
        _add_goal(plan, number, activities, easy=easy)
    db.session.add(plan)
    db.session.flush()
    if closing:
        fix(plan, closing["fixed_on"], closing.get("fixed_by_id"))
    return plan


def a_line(place: str, field: PlanField, *, easy: bool = True, **values: Any) -> PlanLine:
    """What a plan says in one place, in standard text and, with `easy`, in easy-read and with a picture."""
    line = PlanLine(place=place, field=field.value)
    line.standard = values.get("standard", f"{field.value} i planen")
    if easy:
        line.easy, line.told = values.get("easy_text", f"{field.value} enkelt"), line.standard
        line.pictures_json = json.dumps([["moji:1F331", "växa"]])
    return line


def _add_goal(plan: Plan, number: int, activities: int, *, easy: bool) -> None:
    goal = Goal(position=number, life_area="d8")
    goal.key = goal.public_id
    plan.goals.append(goal)
    plan.lines += [a_line(goal.key, field, easy=easy) for field in GOAL_FIELDS]
    for place in range(activities):
        activity = PlannedActivity(
            goal_key=goal.key,
            position=place,
            weekdays=WEEKDAYS,
            starts_at=NINE,
            ends_at=NOON,
            support_level=2,
        )
        activity.key = activity.public_id
        plan.activities.append(activity)
        plan.lines += [a_line(activity.key, field, easy=easy) for field in ACTIVITY_FIELDS]


def fix(plan: Plan, fixed_on: date, fixed_by_id: int | None = None) -> None:
    """The database lets nobody write in a plan that is fixed: it is fixed last."""
    db.session.flush()
    for name, value in {
        "confirmed_on": fixed_on,
        "confirmed_by": "person",
        "confirmed_how": "spoken",
    }.items():
        if getattr(plan, name) is None:
            setattr(plan, name, value)
    plan.fixed_on, plan.fixed_by_id = fixed_on, fixed_by_id or plan.account_id
    db.session.flush()
