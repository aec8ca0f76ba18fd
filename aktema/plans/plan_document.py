"""A version of a plan as the one structure that every form of it is made from."""

import json
from collections.abc import Iterable, Mapping

from aktema.plans.order_queries import coordinators_of
from aktema.plans.plan_codes import (
    ACTIVITY_FIELDS,
    FROM_ORDER,
    GOAL_FIELDS,
    OWN_FIELDS,
    WORK_FIELDS,
    PlanField,
)
from aktema.plans.plan_models import Goal, Plan, PlanLine, PlannedActivity
from aktema.plans.rules.document import (
    ActivityPart,
    Document,
    GoalPart,
    Participant,
    Pattern,
    Picture,
    Statement,
)

WHOLE_PLAN = ""
"""The place of what is said about the plan itself."""
Lines = Mapping[tuple[str, str], PlanLine]


def document_of(plan: Plan) -> Document:
    """Everything the version says, as plain values. The plan is one that `plan_queries` has loaded whole."""
    lines = _lines(plan)
    own_fields = (*OWN_FIELDS, *(WORK_FIELDS if plan.has_work_part else ()))
    return Document(
        number=plan.number,
        person=plan.participant.name,
        unit=plan.order.unit.name,
        coordinator=coordinators_of([plan.order]).get(plan.order_id, ""),
        from_order=statements_from_order(plan, lines),
        statements=statements_at(lines, WHOLE_PLAN, own_fields),
        goals=tuple(_goal(plan, goal, lines) for goal in plan.goals),
        participants=tuple(
            Participant(role=one.role, how=one.how, name=one.name or "") for one in plan.participations
        ),
        work_wish=plan.work_wish or "",
        work_by=plan.work_by,
        has_work_part=plan.has_work_part,
        confirmed_on=plan.confirmed_on,
        confirmed_by=plan.confirmed_by or "",
        confirmed_how=plan.confirmed_how or "",
        fixed_on=plan.fixed_on,
        own_words_channel=plan.own_words_channel or "",
        work_wish_channel=plan.work_wish_channel or "",
    )


def statement_of(plan: Plan, place: str, field: PlanField) -> Statement:
    """One thing that the version itself says; an empty statement where it says nothing."""
    return _statement(_lines(plan), place, field)


def _lines(plan: Plan) -> Lines:
    return {(line.place, line.field): line for line in plan.lines}


def _goal(plan: Plan, goal: Goal, lines: Lines) -> GoalPart:
    return GoalPart(
        key=goal.key,
        life_area=goal.life_area,
        target_date=goal.target_date,
        statements=statements_at(lines, goal.key, GOAL_FIELDS),
        activities=tuple(_activity(one, lines) for one in plan.activities if one.goal_key == goal.key),
    )


def _activity(activity: PlannedActivity, lines: Lines) -> ActivityPart:
    return ActivityPart(
        key=activity.key,
        statements=statements_at(lines, activity.key, ACTIVITY_FIELDS),
        pattern=pattern_of(activity),
        support_level=activity.support_level,
        is_toward_work=activity.is_toward_work,
    )


def pattern_of(activity: PlannedActivity) -> Pattern:
    """When the activity is done."""
    return Pattern(
        weekdays=activity.weekdays or 0,
        week_pattern=activity.week_pattern,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        from_date=activity.from_date,
        to_date=activity.to_date,
    )


def statements_from_order(plan: Plan, lines: Lines) -> tuple[Statement, ...]:
    """What the order says, in its own words and in the plan's easy-read words and pictures."""
    texts = order_texts(plan)
    return tuple(_statement(lines, WHOLE_PLAN, field, texts[field]) for field in FROM_ORDER)


def order_texts(plan: Plan) -> Mapping[PlanField, str]:
    """What the order says, by the fields that show it."""
    order = plan.order
    texts = (order.need, order.included, order.goals)
    return {field: text or "" for field, text in zip(FROM_ORDER, texts, strict=True)}


def statements_at(lines: Lines, place: str, fields: Iterable[PlanField]) -> tuple[Statement, ...]:
    """What is said in the place, an empty statement for each field in which nothing is."""
    return tuple(_statement(lines, place, field) for field in fields)


def _statement(lines: Lines, place: str, field: PlanField, from_order: str | None = None) -> Statement:
    line = lines.get((place, field.value))
    if line is None:
        return Statement(place=place, field=field.value, standard=from_order or "")
    return Statement(
        place=place,
        field=field.value,
        standard=(line.standard or "") if from_order is None else from_order,
        easy=line.easy or "",
        told=line.told or "",
        pictures=_pictures(line),
    )


def _pictures(line: PlanLine) -> tuple[Picture, ...]:
    pairs = json.loads(line.pictures_json or "[]")
    return tuple(Picture(ref=ref, word=word) for ref, word in pairs)
