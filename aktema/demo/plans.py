"""Implementation plans of those who have begun at a unit: most fixed, some worked on, a few not written yet."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random

from sqlalchemy import select

from aktema.core.db import db
from aktema.demo.days import moment, next_workday, rng_for
from aktema.demo.lives import Life
from aktema.demo.plan_texts import AIMS, OWN, SECOND_AIM, WORK, Aim, Doing, Line
from aktema.plans.models import ServiceOrder
from aktema.plans.plan_codes import ConfirmedHow, PartHow, PartRole, PlanField
from aktema.plans.plan_models import Goal, Participation, Plan, PlanLine, PlannedActivity

WRITTEN_WITHIN = (12, 26)
"""Days from the first day to the plan."""
BEGUN_AFTER = timedelta(days=10)
NOT_WRITTEN_EVERY, DRAFT_EVERY, CONTINUED_EVERY = 17, 11, 4
"""One in so many has no plan, one that nobody has fixed, and a second version."""
WITHOUT_EASY_EVERY, OLD_EASY_EVERY = 6, 5
"""In one of so many plans easy-read texts are missing, or older than what they tell."""
WITH_GUARDIAN_SHARE = 0.4
A_YEAR = timedelta(days=365)
CHANNELS = ("speech", "speech", "pictures", "signs")
WISHES = ("yes", "yes", "maybe", "does_not_know_yet", "no")


def add_plans(lives: Sequence[Life], today: date) -> int:
    """Write the plans; returns how many versions there are."""
    orders = _running_orders(lives)
    count = 0
    for life in lives:
        order = orders.get(life.participant.id)
        if order is not None and order.first_day is not None:
            count += _write(life, order, order.first_day, today)
    db.session.flush()
    return count


def _running_orders(lives: Sequence[Life]) -> Mapping[int, ServiceOrder]:
    """By participant, the order a unit has begun to carry out."""
    people = {life.participant.id for life in lives}
    begun = select(ServiceOrder).where(
        ServiceOrder.participant_id.in_(people),
        ServiceOrder.first_day.is_not(None),
        ServiceOrder.closed_on.is_(None),
    )
    return {order.participant_id: order for order in db.session.scalars(begun.order_by(ServiceOrder.id))}


def _write(life: Life, order: ServiceOrder, first_day: date, today: date) -> int:
    """The versions of one person's plan; returns how many."""
    rng = rng_for("plan", life.number)
    written = next_workday(first_day + timedelta(days=rng.randint(*WRITTEN_WITHIN)))
    if first_day + BEGUN_AFTER > today or life.number % NOT_WRITTEN_EVERY == 0:
        return 0
    first = _version(life, order, rng, min(written, today), AIMS[:2])
    if written >= today or life.number % DRAFT_EVERY == 0:
        return 1
    _fix(first, written, rng)
    if life.number % CONTINUED_EVERY or written + A_YEAR / 2 > today:
        return 1
    _next_version(life, order, rng, first, today)
    return 2


def _next_version(life: Life, order: ServiceOrder, rng: Random, first: Plan, today: date) -> None:
    """A later version with another second goal; worked on, or fixed by now."""
    began = next_workday(today - timedelta(days=rng.randrange(15, 60)))
    second = _version(life, order, rng, began, (AIMS[0], SECOND_AIM), first)
    if life.number % (2 * CONTINUED_EVERY) == 0:
        _fix(second, next_workday(began + timedelta(days=10)), rng)


def _version(
    life: Life, order: ServiceOrder, rng: Random, day: date, aims: Sequence[Aim], before: Plan | None = None
) -> Plan:
    """A version as it is worked on; the first goal and its activities keep their keys from the version before."""
    plan = Plan(
        participant_id=life.participant.id,
        order_id=order.id,
        follows_id=before.id if before else None,
        number=2 if before else 1,
        has_work_part=True,
        work_wish=rng.choice(WISHES),
        work_wish_channel=rng.choice(CHANNELS),
        work_by=next_workday(day + timedelta(days=rng.randrange(40, 120))),
        own_words_channel=rng.choice(CHANNELS),
        account_id=order.coordinator_id or order.account_id,
        created_at=moment(day, rng),
        saved_at=moment(day, rng),
        work_wish_at=moment(day, rng),
    )
    _say(plan, "", {PlanField.OWN_WORDS: rng.choice(OWN), **WORK}, life)
    plan.participations = list(_took_part(plan, rng))
    keys = chain(_keys(before) if before else (), _new_keys(life, plan.number))
    for position, aim in enumerate(aims):
        _add_aim(plan, life, aim, position, keys)
    db.session.add(plan)
    db.session.flush()  # the database lets nobody fix it before its parts stand
    return plan


def _keys(plan: Plan) -> list[str]:
    """What the first goal and its activities are called through all versions."""
    return [plan.goals[0].key, *(activity.key for activity in plan.activities[: len(AIMS[0].doings)])]


def _new_keys(life: Life, version: int) -> Iterator[str]:
    """Names of goals and activities, as long as public ids and the same every time."""
    rng = rng_for("plan keys", life.number, version)
    while True:
        yield urlsafe_b64encode(rng.randbytes(16)).decode().rstrip("=")


def _took_part(plan: Plan, rng: Random) -> Sequence[Participation]:
    took = [
        (PartRole.PERSON, rng.choice((PartHow.MET, PartHow.PICTURES))),
        (PartRole.COORDINATOR, PartHow.MET),
    ]
    if rng.random() < WITH_GUARDIAN_SHARE:
        took.append((PartRole.GUARDIAN, PartHow.PHONE))
    return [Participation(role=role.value, how=how.value, created_at=plan.created_at) for role, how in took]


def _add_aim(plan: Plan, life: Life, aim: Aim, position: int, keys: Iterator[str]) -> None:
    goal = Goal(position=position, life_area=aim.area.value, **_written_then(plan))
    goal.key = next(keys)
    goal.target_date = plan.created_at.date() + timedelta(days=aim.days)
    plan.goals.append(goal)
    _say(plan, goal.key, {PlanField.TEXT: aim.text, PlanField.MEASURE: aim.measure}, life)
    for place, doing in enumerate(aim.doings):
        _add_doing(plan, life, doing, place, goal.key, keys)


def _add_doing(
    plan: Plan, life: Life, doing: Doing, position: int, goal_key: str, keys: Iterator[str]
) -> None:
    activity = PlannedActivity(
        goal_key=goal_key,
        position=position,
        weekdays=doing.weekdays,
        week_pattern=doing.week_pattern,
        starts_at=doing.starts_at,
        ends_at=doing.ends_at,
        support_level=doing.support_level,
        is_toward_work=doing.is_toward_work,
        **_written_then(plan),
    )
    activity.key = next(keys)
    plan.activities.append(activity)
    _say(plan, activity.key, doing.lines, life)


def _written_then(plan: Plan) -> dict[str, datetime]:
    return {"created_at": plan.created_at, "saved_at": plan.created_at}


def _say(plan: Plan, place: str, lines: Mapping[PlanField, Line], life: Life) -> None:
    """The words of a part; in some plans the last of them lacks its easy-read text, or has an old one."""
    last = list(lines)[-1]
    for field, line in lines.items():
        row = PlanLine(place=place, field=field.value, created_at=plan.created_at)
        row.standard = line.standard
        if field is not last or life.number % WITHOUT_EASY_EVERY:
            is_old = field is last and life.number % OLD_EASY_EVERY == 0
            row.easy, row.told = line.easy, line.before if is_old and line.before else line.standard
            row.pictures_json = json.dumps([[f"moji:{code}", word] for code, word in line.pictures])
        plan.lines.append(row)


def _fix(plan: Plan, day: date, rng: Random) -> None:
    """The person has said yes, and the version stands."""
    how = rng.choice((ConfirmedHow.SIGNATURE, ConfirmedHow.SPOKEN, ConfirmedHow.PICTURES))
    plan.confirmed_on, plan.confirmed_by, plan.confirmed_how = day, "person", how.value
    plan.fixed_on, plan.fixed_by_id = day, plan.account_id
    plan.saved_at = moment(day, rng)
    db.session.flush()  # as the next version is one that follows a fixed one
