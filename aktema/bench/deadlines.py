"""How long it takes to compute what is due of ten thousand decisions, and whether the statements stay as few."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from aktema.access import sessions
from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, statements, temporary_installation
from aktema.bench.report import Figure
from aktema.core import clock
from aktema.core.bulk import insert_for_ids, insert_rows
from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.days import rng_for
from aktema.people.codes import AssignmentKind
from aktema.people.models import Assignment, Participant
from aktema.plans.codes import (
    Conclusion,
    FollowUpKind,
    HoursBasis,
    InterruptionReason,
    LawBasis,
    OrderAnswer,
    SupportMeasure,
)
from aktema.plans.due_queries import due, unexecuted
from aktema.plans.models import Decision, DecisionExtent, FollowUp, Interruption, OrderReply, ServiceOrder
from aktema.plans.permissions import READ_DUE
from aktema.plans.rules.calendar import Quarter

MOST_SECONDS = 5
MOST_QUERIES = 12
MOST_SHOWN = 100
LONGEST_AGO = 5 * 365
WEEKLY_MINUTES = 1800
SOME, MOST = 0.3, 0.9
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How many decisions one case handler has, and how many another."""

    decisions: int = 10_000
    few: int = 50


def measure(scale: Scale | None = None) -> list[Figure]:
    """The figures of the deadline engine: every deadline is computed anew from what has happened."""
    scale = scale or Scale()
    with temporary_installation() as app, app.test_request_context("/"):
        unit = add_unit("Enheten")
        few = add_account("Få", Role.LSS_HANDLER, unit)
        many = add_account("Många", Role.LSS_HANDLER, unit)
        _add_decisions(scale.few, few, unit.id)
        _add_decisions(scale.decisions, many, unit.id)
        db.session.commit()
        less, more = sessions.identity_of(few, 0), sessions.identity_of(many, 0)
        today = clock.today()
        quarter = Quarter.of(today).before()
        return [
            *_figures("deadlines", scale, lambda reader: due(reader, today, MOST_SHOWN), less, more),
            *_figures(
                "a quarter's list",
                scale,
                lambda reader: unexecuted(reader, READ_DUE, quarter, today),
                less,
                more,
            ),
        ]


def _figures(
    name: str, scale: Scale, compute: Callable[[Identity], Sequence[object]], less: Identity, more: Identity
) -> list[Figure]:
    _seconds, few = _measured(lambda: compute(less))
    seconds, many = _measured(lambda: compute(more))
    of_many = f"{name} of {scale.decisions} decisions"
    return [
        Figure(name=of_many, value=seconds, unit="seconds", op="<=", bar=MOST_SECONDS),
        Figure(name=f"{of_many}, queries", value=many, unit="queries", op="<=", bar=MOST_QUERIES),
        Figure(
            name=f"{of_many}, queries beyond those of {scale.few}",
            value=many - few,
            unit="queries",
            op="==",
            bar=0,
        ),
    ]


def _measured(compute: Callable[[], Sequence[object]]) -> tuple[float, int]:
    """How many seconds it takes, and how many statements it sends. Raises RuntimeError where it finds nothing."""
    begun = time.perf_counter()
    with statements() as sent:
        found = compute()
    if not found:
        raise RuntimeError("the measurement found nothing that is due")
    return time.perf_counter() - begun, len(sent)


def _add_decisions(count: int, handler: Account, unit_id: int) -> None:
    """A person with a decision each, in every state a decision can be in, handled by the account."""
    rng, today = rng_for("decisions", count), clock.today()
    people = insert_for_ids(Participant, [_person(rng) for _number in range(count)])
    held = {"kind": AssignmentKind.HANDLER.value, "account_id": handler.id, "from_date": today}
    insert_rows(Assignment, [{**held, "participant_id": key} for key in people])
    decisions = [_decision(key, handler.id, rng) for key in people]
    ids = insert_for_ids(Decision, decisions)
    granted = list(zip(ids, decisions, strict=True))
    insert_rows(DecisionExtent, [_extent(number, decision) for number, decision in granted])
    orders = [_order(number, decision, unit_id, rng) for number, decision in granted]
    insert_rows(OrderReply, [_reply(key, order) for key, order in zip(_added(orders), orders, strict=True)])
    insert_rows(Interruption, [_interruption(*one, rng) for one in granted if rng.random() < SOME])
    insert_rows(FollowUp, [_follow_up(*one, rng) for one in granted if rng.random() < MOST])


def _added(orders: Sequence[Row]) -> list[int]:
    return insert_for_ids(ServiceOrder, orders)


def _person(rng: Random) -> Row:
    first, last = rng.choice(content.first_names()).name, rng.choice(content.surnames())
    return {
        "public_id": new_public_id(),
        "first_name": first,
        "last_name": last,
        "sort_key": sort_key(f"{first} {last}"),
        "birth_date": date(rng.randint(1970, 2000), rng.randint(1, 12), rng.randint(1, 28)),
        "communication": "speech",
        "came_from": "day_activity",
        "has_protected_identity": False,
    }


def _decision(person_id: int, account_id: int, rng: Random) -> Row:
    """Of a measure without points about work: no deadline reads the points, and closing needs none."""
    start = clock.today() - timedelta(days=rng.randint(0, LONGEST_AGO))
    return {
        "public_id": new_public_id(),
        "participant_id": person_id,
        "support_measure": SupportMeasure.COMPANION.value,
        "law_basis": LawBasis.LSS_9.value,
        "from_date": start,
        "to_date": start + timedelta(days=rng.randint(1, 2 * LONGEST_AGO)) if rng.random() < SOME else None,
        "decided_on": start,
        "decision_maker": "Beslutsfattaren",
        "account_id": account_id,
    }


def _extent(decision_id: int, decision: Row) -> Row:
    return {
        "public_id": new_public_id(),
        "decision_id": decision_id,
        "from_date": decision["from_date"],
        "hours_basis": HoursBasis.GRANTED.value,
        "weekly_minutes": WEEKLY_MINUTES,
        "account_id": decision["account_id"],
    }


def _order(decision_id: int, decision: Row, unit_id: int, rng: Random) -> Row:
    begins = decision["from_date"] + timedelta(days=rng.randint(0, 150))
    return {
        "public_id": new_public_id(),
        "decision_id": decision_id,
        "participant_id": decision["participant_id"],
        "unit_id": unit_id,
        "sent_on": decision["from_date"],
        "wanted_from": decision["from_date"],
        "first_day": begins if rng.random() < MOST and begins <= clock.today() else None,
        "account_id": decision["account_id"],
    }


def _reply(order_id: int, order: Row) -> Row:
    return {
        "public_id": new_public_id(),
        "order_id": order_id,
        "answer": OrderAnswer.ACCEPTED.value,
        "answered_on": order["sent_on"],
        "account_id": order["account_id"],
    }


def _interruption(decision_id: int, decision: Row, rng: Random) -> Row:
    return {
        "public_id": new_public_id(),
        "decision_id": decision_id,
        "from_date": decision["from_date"] + timedelta(days=rng.randint(0, 400)),
        "weekly_minutes_left": rng.choice((0, 600, 1200)),
        "reason": InterruptionReason.NO_STAFF.value,
        "account_id": decision["account_id"],
    }


def _follow_up(decision_id: int, decision: Row, rng: Random) -> Row:
    held_on = decision["from_date"] + timedelta(days=rng.randint(90, 600))
    return {
        "public_id": new_public_id(),
        "participant_id": decision["participant_id"],
        "decision_id": decision_id,
        "kind": FollowUpKind.DECISION.value,
        "has_work_points": False,
        "held_on": held_on,
        "closed_on": held_on,
        "conclusion": Conclusion.CONTINUE.value,
        "account_id": decision["account_id"],
    }
