"""Writing one part of a version at a time. Whoever writes another part is never in the way."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.plans.codes import ANSWERS_TO, Channel, PointAnswer, WorkPoint
from aktema.plans.permissions import WRITE_PLAN
from aktema.plans.plan_codes import FROM_ORDER, LifeArea, PartHow, PartRole, PlanField
from aktema.plans.plan_document import WHOLE_PLAN, order_texts
from aktema.plans.plan_models import Goal, Participation, Plan, PlanLine, PlannedActivity
from aktema.plans.plan_operations import record, touch
from aktema.plans.plan_queries import activities_of, goals_of, lines_at
from aktema.plans.rules.document import MOST_PICTURES, Pattern, Picture

MOST_SUPPORT = 4
MOST_GOALS, MOST_ACTIVITIES = 40, 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One statement as it was written. `still_holds`: the easy-read text tells the new standard text too."""

    field: PlanField
    standard: str = ""
    easy: str = ""
    pictures: Sequence[Picture] = ()
    still_holds: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalFacts:
    life_area: LifeArea
    target_date: date | None = None
    said: Sequence[Said] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityFacts:
    pattern: Pattern
    support_level: int | None = None
    is_toward_work: bool = False
    said: Sequence[Said] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnFacts:
    """The person's own words with the channel they came through, and what is not agreed on."""

    channel: Channel | None = None
    said: Sequence[Said] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkFacts:
    """The person's own answer about work, and what comes next toward it."""

    wish: PointAnswer | None = None
    channel: Channel | None = None
    by: date | None = None
    said: Sequence[Said] = ()


def add_goal(plan: Plan, facts: GoalFacts) -> Goal:
    """A new goal, last in the plan. Raises DomainError by field, and where the plan is fixed."""
    touch(plan)
    goals = goals_of(plan)
    _check_room(len(goals), MOST_GOALS)
    goal = Goal(plan_id=plan.id, position=_after(goals))
    goal.key = goal.public_id
    _fill_goal(plan, goal, facts)
    db.session.add(goal)
    db.session.flush()  # the audit row needs its id
    record(WRITE_PLAN, plan, "goal", goal.id, "add")
    return goal


def write_goal(plan: Plan, goal: Goal, facts: GoalFacts) -> None:
    """Raises DomainError by field, and where the plan is fixed."""
    touch(plan)
    _fill_goal(plan, goal, facts)
    record(WRITE_PLAN, plan, "goal", goal.id, "write")


def _fill_goal(plan: Plan, goal: Goal, facts: GoalFacts) -> None:
    _check_said(facts.said, PlanField.TEXT, _("Skriv målet."))
    goal.life_area, goal.target_date = facts.life_area.value, facts.target_date
    goal.saved_at = clock.now()
    _write(plan, goal.key, facts.said)


def add_activity(plan: Plan, goal: Goal, facts: ActivityFacts) -> PlannedActivity:
    """A new activity, the goal's last. Raises DomainError by field, and where the plan is fixed."""
    touch(plan)
    others = activities_of(plan, goal.key)
    _check_room(len(others), MOST_ACTIVITIES)
    activity = PlannedActivity(plan_id=plan.id, goal_key=goal.key, position=_after(others))
    activity.key = activity.public_id
    _fill_activity(plan, activity, facts)
    db.session.add(activity)
    db.session.flush()  # the audit row needs its id
    record(WRITE_PLAN, plan, "planned_activity", activity.id, "add")
    return activity


def write_activity(plan: Plan, activity: PlannedActivity, facts: ActivityFacts) -> None:
    """Raises DomainError by field, and where the plan is fixed."""
    touch(plan)
    _fill_activity(plan, activity, facts)
    record(WRITE_PLAN, plan, "planned_activity", activity.id, "write")


def _fill_activity(plan: Plan, activity: PlannedActivity, facts: ActivityFacts) -> None:
    _check_said(facts.said, PlanField.WHAT, _("Skriv vad ni ska göra."))
    _check_pattern(facts.pattern)
    pattern = facts.pattern
    activity.weekdays, activity.week_pattern = pattern.weekdays or None, pattern.week_pattern
    activity.starts_at, activity.ends_at = pattern.starts_at, pattern.ends_at
    activity.from_date, activity.to_date = pattern.from_date, pattern.to_date
    activity.support_level, activity.is_toward_work = facts.support_level, facts.is_toward_work
    activity.saved_at = clock.now()
    _write(plan, activity.key, facts.said)


def _check_pattern(pattern: Pattern) -> None:
    starts, ends = pattern.starts_at, pattern.ends_at
    if ends is not None and (starts is None or ends <= starts):
        raise DomainError(_("Sluttiden ska vara efter starttiden."), "ends_at")
    if pattern.from_date and pattern.to_date and pattern.to_date < pattern.from_date:
        raise DomainError(_("Sista dagen ska vara efter den första."), "to_date")


def write_own(plan: Plan, facts: OwnFacts) -> None:
    """Raises DomainError by field, and where the plan is fixed."""
    touch(plan)
    said = {one.field for one in facts.said if _says(one)}
    if {PlanField.OWN_WORDS, PlanField.NO_OWN_WORDS} <= said:
        raise DomainError(
            _("Personens egna ord finns. Ta bort det som står om varför de saknas."),
            PlanField.NO_OWN_WORDS.value,
        )
    plan.own_words_channel = facts.channel.value if facts.channel else None
    _write(plan, WHOLE_PLAN, facts.said)
    record(WRITE_PLAN, plan, "plan", plan.id, "own_words")


def write_work(plan: Plan, facts: WorkFacts) -> None:
    """Raises DomainError by field, and where the plan is fixed or has no part about work."""
    touch(plan)
    if not plan.has_work_part:
        raise DomainError(_("Insatsen har ingen del om arbete."))
    if facts.wish is not None and facts.wish not in ANSWERS_TO[WorkPoint.WISH_FOR_WORK]:
        raise DomainError(_("Svaret hör inte till frågan."), "work_wish")
    was_asked = facts.wish is not PointAnswer.COULD_NOT_BE_ASKED
    if facts.wish != plan.work_wish:
        plan.work_wish, plan.work_wish_at = facts.wish and facts.wish.value, clock.now()
    plan.work_wish_channel = facts.channel.value if facts.channel and was_asked else None
    plan.work_by = facts.by
    _write(plan, WHOLE_PLAN, facts.said)
    record(WRITE_PLAN, plan, "plan", plan.id, "work")


def write_order_lines(plan: Plan, said: Sequence[Said]) -> None:
    """Easy-read texts and pictures for what the order says; its own texts are never written here."""
    touch(plan)
    _write(plan, WHOLE_PLAN, said)
    record(WRITE_PLAN, plan, "plan", plan.id, "order")


def add_participation(plan: Plan, role: PartRole, how: PartHow, name: str = "") -> Participation:
    """Somebody took part in making the plan. Raises DomainError where it is fixed."""
    touch(plan)
    row = Participation(plan_id=plan.id, role=role.value, how=how.value)
    row.name = name
    db.session.add(row)
    db.session.flush()  # the audit row needs its id
    record(WRITE_PLAN, plan, "plan_participation", row.id, "add")
    return row


def remove_participation(plan: Plan, row: Participation) -> None:
    """Raises DomainError where the plan is fixed."""
    touch(plan)
    record(WRITE_PLAN, plan, "plan_participation", row.id, "remove")
    db.session.delete(row)


def move(plan: Plan, row: Goal | PlannedActivity, *, up: bool) -> None:
    """One place up or down among its like; the first and the last stay. Raises DomainError where it is fixed."""
    touch(plan)
    rows: list[Goal | PlannedActivity] = []
    rows += goals_of(plan) if isinstance(row, Goal) else activities_of(plan, row.goal_key)
    at = rows.index(row)
    to = max(0, at - 1) if up else min(len(rows) - 1, at + 1)
    rows.insert(to, rows.pop(at))
    for position, one in enumerate(rows):
        one.position = position
    record(WRITE_PLAN, plan, row.__tablename__, row.id, "up" if up else "down")


def remove(plan: Plan, row: Goal | PlannedActivity) -> None:
    """Take a part away with its words; with a goal its activities too. Raises DomainError where it is fixed."""
    touch(plan)
    activities = activities_of(plan, row.key) if isinstance(row, Goal) else ()
    for line in lines_at(plan, row.key, *(one.key for one in activities)).values():
        db.session.delete(line)
    for one in (*activities, row):
        record(WRITE_PLAN, plan, one.__tablename__, one.id, "remove")
        db.session.delete(one)


def _after(rows: Sequence[Goal | PlannedActivity]) -> int:
    return rows[-1].position + 1 if rows else 0


def _check_room(held: int, most: int) -> None:
    if held >= most:
        raise DomainError(_("Här får högst %(most)s plats.", most=most))


def _says(one: Said) -> bool:
    return bool(one.standard or one.easy or one.pictures)


def _check_said(said: Sequence[Said], needed: PlanField, message: str) -> None:
    if not any(one.field is needed and one.standard for one in said):
        raise DomainError(message, needed.value)


# The words


def _write(plan: Plan, place: str, said: Sequence[Said]) -> None:
    """The statements as they are now, those that say nothing left out."""
    lines = lines_at(plan, place)
    for one in said:
        line = lines.get((place, one.field.value))
        _check_pictures(one)
        if not _says(one):
            _drop(line)
        else:
            _fill_line(plan, line or _new_line(plan, place, one.field), one)


def _check_pictures(one: Said) -> None:
    if len(one.pictures) > MOST_PICTURES:
        raise DomainError(_("Högst tre bilder får plats."), f"{one.field.value}_word_1")


def _drop(line: PlanLine | None) -> None:
    if line is not None:
        db.session.delete(line)


def _new_line(plan: Plan, place: str, field: PlanField) -> PlanLine:
    line = PlanLine(plan_id=plan.id, place=place, field=field.value)
    db.session.add(line)
    return line


def _fill_line(plan: Plan, line: PlanLine, one: Said) -> None:
    """An easy-read text written now tells the standard text as it is now; one that stands tells what it told."""
    told_text = order_texts(plan)[one.field] if one.field in FROM_ORDER else one.standard
    if one.easy != (line.easy or "") or one.still_holds:
        line.told = told_text if one.easy else ""
    _set(line, "easy", one.easy)
    _set(line, "standard", "" if one.field in FROM_ORDER else one.standard)
    _set(line, "pictures_json", _pictures_json(one.pictures))


def _set(line: PlanLine, name: str, text: str) -> None:
    """Seal the text anew only where it is another one."""
    if text != (getattr(line, name) or ""):
        setattr(line, name, text)


def _pictures_json(pictures: Sequence[Picture]) -> str:
    return json.dumps([[one.ref, one.word] for one in pictures]) if pictures else ""
