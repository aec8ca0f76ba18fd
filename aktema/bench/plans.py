"""How long saving one activity of a large plan takes, against an empty page of the same run.

An empty page is that of `bench pages`: the timeline of a person about whom nothing is written.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from aktema.access import sessions
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, signed_in, statements, temporary_installation
from aktema.bench.people import add_people
from aktema.bench.report import Figure
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Participant
from aktema.plans.codes import HoursBasis, LawBasis, OrderAnswer, SupportMeasure
from aktema.plans.models import Decision, DecisionExtent, OrderReply, ServiceOrder
from aktema.plans.plan_codes import LifeArea, PlanField
from aktema.plans.plan_operations import begin
from aktema.plans.plan_part_operations import ActivityFacts, GoalFacts, Said, add_activity, add_goal
from aktema.plans.rules.document import Pattern

MOST_RATIO = 3
MOST_QUERIES = 24
WEEKDAYS = 0b11111
HIDDEN = re.compile(r'name="(csrf_token|version|idempotency_key)" type="hidden" value="([^"]*)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How many activities the plan has, and how often one of them is saved."""

    goals: int = 4
    activities: int = 40
    rounds: int = 21


def measure(scale: Scale | None = None) -> list[Figure]:
    """The figures of writing plans. Times are medians of acts done in turn."""
    scale = scale or Scale()
    with temporary_installation() as app:
        coach = add_account("Coach", Role.JOB_COACH, add_unit("Enheten"))
        person, other = add_people(2, coach, coach.memberships[0].unit_id or 0)
        with app.test_request_context("/"):
            activity = _add_plan(sessions.identity_of(coach, 0), person, coach, scale)
        db.session.commit()
        return _figures(app, coach, f"/deltagare/{other}/tidslinje", activity, scale)


def _add_plan(identity: Identity, public_id: str, coach: Account, scale: Scale) -> str:
    """A plan of so many activities; returns the address of one of them."""
    person = db.session.scalars(select(Participant).where(Participant.public_id == public_id)).one()
    plan = begin(identity, _order(person, coach))
    for _number in range(scale.goals):
        goal = add_goal(plan, GoalFacts(life_area=LifeArea.WORK, said=[_said(PlanField.TEXT)]))
        for _each in range(scale.activities // scale.goals):
            activity = add_activity(plan, goal, _activity())
    return f"/deltagare/{public_id}/planer/{plan.public_id}/delar/aktivitet-{activity.key}"


def _order(person: Participant, coach: Account) -> ServiceOrder:
    today, account = clock.today(), coach.id
    decision = Decision(
        participant=person,
        support_measure=SupportMeasure.DAY_ACTIVITY.value,
        law_basis=LawBasis.LSS_9_10.value,
        from_date=today,
        decided_on=today,
        decision_maker="Nämnden",
        account_id=account,
    )
    extent = DecisionExtent(
        from_date=today, hours_basis=HoursBasis.GRANTED.value, weekly_minutes=1800, account_id=account
    )
    decision.extents = [extent]
    unit_id = coach.memberships[0].unit_id or 0
    order = ServiceOrder(
        decision=decision,
        participant=person,
        unit_id=unit_id,
        sent_on=today,
        wanted_from=today,
        first_day=today,
        account_id=account,
    )
    reply = OrderReply(answer=OrderAnswer.ACCEPTED.value, answered_on=today, account_id=account)
    order.answers = [reply]
    db.session.add(order)
    db.session.flush()  # the plan names it
    return order


def _said(field: PlanField) -> Said:
    return Said(field=field, standard=f"{field.label}: som vi kom överens om.", easy="Som vi sa.")


def _activity() -> ActivityFacts:
    fields = (PlanField.WHAT, PlanField.WHY, PlanField.WHO, PlanField.WHERE, PlanField.HOW)
    pattern = Pattern(weekdays=WEEKDAYS, starts_at=540, ends_at=720)
    return ActivityFacts(pattern=pattern, support_level=2, said=[_said(field) for field in fields])


def _figures(app: Flask, coach: Account, empty: str, activity: str, scale: Scale) -> list[Figure]:
    client = signed_in(app, coach)
    _open(client, empty), _save(client, activity, 0)  # the first of each reads templates
    times = [(_open(client, empty), _save(client, activity, number + 1)) for number in range(scale.rounds)]
    ratio = median(save for _, save in times) / median(page for page, _ in times)
    with statements() as sent:
        _save(client, activity, scale.rounds + 1)
    name = f"saving one activity of a plan of {scale.activities}"
    return [
        Figure(name=f"{name}, in empty pages", value=ratio, unit="times", op="<=", bar=MOST_RATIO),
        Figure(name=f"{name}, queries", value=len(sent), unit="queries", op="<=", bar=MOST_QUERIES),
    ]


def _open(client: FlaskClient, path: str) -> float:
    return _seconds(lambda: client.get(path), 200)


def _save(client: FlaskClient, path: str, number: int) -> float:
    """Write the activity anew; the page it is written on is opened before, and not timed."""
    held = dict(HIDDEN.findall(client.get(path).get_data(as_text=True)))
    typed = {"what": "Diskar", "who": "Kim", "how": f"Lugnt, {number}", "weekdays": ["0"]}
    return _seconds(lambda: client.post(path, data={**held, **typed}), 303)


def _seconds(act: Callable[[], TestResponse], status: int) -> float:
    begun = time.perf_counter()
    answer = act()
    answer.get_data()
    taken = time.perf_counter() - begun
    if answer.status_code != status:
        raise RuntimeError(f"the measurement was answered with {answer.status_code}")
    return taken
