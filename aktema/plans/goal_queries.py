"""Readers of goals and their results. The person has been read, and the reading recorded, before any is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased, raiseload

from aktema.core.db import db
from aktema.core.errors import Message
from aktema.plans.codes import Channel, FollowUpKind
from aktema.plans.goal_codes import GoalAnswer
from aktema.plans.goal_models import GoalResult
from aktema.plans.models import FollowUp, ServiceOrder
from aktema.plans.order_queries import holds_on
from aktema.plans.plan_codes import PlanField
from aktema.plans.plan_models import Goal, Plan, PlanLine


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalToFollow:
    """A goal as the plan says it; the key is the same through all versions."""

    id: int
    key: str
    text: str
    easy: str
    measure: str
    target_date: date | None


def goals_of(follow_up: FollowUp) -> Sequence[GoalToFollow]:
    """The goals the follow-up is about, in the plan's order: of a closed one those that were followed up.

    An open one is about the newest fixed version of its order's plan; one of the decision is about that of each order
    under the decision which had not ended before the talk. One statement.
    """
    if follow_up.closed_on is not None:
        return _goals(Goal.id.in_(select(GoalResult.goal_id).where(GoalResult.follow_up_id == follow_up.id)))
    return _goals(Plan.order_id.in_(_orders_of(follow_up)) & _is_newest_fixed())


def _orders_of(follow_up: FollowUp) -> Select[int]:
    """The orders the follow-up is about. `guards` asks the same."""
    orders = select(ServiceOrder.id)
    if follow_up.kind == FollowUpKind.PLAN:
        return orders.where(ServiceOrder.id == follow_up.order_id)
    return orders.where(ServiceOrder.decision_id == follow_up.decision_id, holds_on(follow_up.held_on))


def _is_newest_fixed() -> ColumnElement[bool]:
    """The where-clause over Plan of fixed versions that no later fixed version follows."""
    later = aliased(Plan)
    is_later = (later.order_id == Plan.order_id) & (later.number > Plan.number)
    return Plan.fixed_on.is_not(None) & ~exists().where(is_later, later.fixed_on.is_not(None))


def _goals(where: ColumnElement[bool]) -> Sequence[GoalToFollow]:
    text, measure = aliased(PlanLine), aliased(PlanLine)
    found = (
        select(Goal, text, measure)
        .join(Goal.plan)
        .outerjoin(text, _says(text, PlanField.TEXT))
        .outerjoin(measure, _says(measure, PlanField.MEASURE))
        .where(where)
        .options(raiseload("*"))
        .order_by(Plan.order_id, Goal.position, Goal.id)
    )
    return [_goal(*row) for row in db.session.execute(found)]


def _says(line: type[PlanLine], field: PlanField) -> ColumnElement[bool]:
    return (line.plan_id == Goal.plan_id) & (line.place == Goal.key) & (line.field == field.value)


def _goal(goal: Goal, text: PlanLine | None, measure: PlanLine | None) -> GoalToFollow:
    return GoalToFollow(
        id=goal.id,
        key=goal.key,
        text=(text.standard if text else None) or _("Ett mål utan text"),
        easy=(text.easy if text else None) or "",
        measure=(measure.standard if measure else None) or "",
        target_date=goal.target_date,
    )


def results_of(follow_up: FollowUp) -> Mapping[str, GoalResult]:
    """What is written in the follow-up so far, by the goal's key."""
    theirs = select(GoalResult).where(GoalResult.follow_up_id == follow_up.id).options(raiseload("*"))
    return {row.goal_key: row for row in db.session.scalars(theirs)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """The goals a follow-up is about with what is said of each, by the goal's key."""

    goals: Sequence[GoalToFollow]
    results: Mapping[str, GoalResult]


def followed_goals(follow_up: FollowUp) -> Followed:
    """The goals and what the follow-up says of them. Two statements."""
    return Followed(goals=goals_of(follow_up), results=results_of(follow_up))


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalLack:
    """What a goal still lacks: the part of its answer on the page, whose goal it is, and the sentence that says so."""

    key: str
    part: str
    label: str
    text: Message


def goal_lacks_of(follow_up: FollowUp, followed: Followed | None = None) -> Sequence[GoalLack]:
    """What the goals lack before the follow-up can be closed; nothing where no plan is fixed.

    `followed` is what `followed_goals` has found already. `guards` holds the same rule for whoever writes past this.
    """
    found = followed or followed_goals(follow_up)
    return tuple(lack for goal in found.goals for lack in _lacks(goal, found.results.get(goal.key)))


def _lacks(goal: GoalToFollow, row: GoalResult | None) -> Iterator[GoalLack]:
    for part, text in (*_persons_lacks(row), *_staffs_lacks(row)):
        yield GoalLack(key=goal.key, part=part, label=goal.text, text=f"{goal.text} – {text}")


def _persons_lacks(row: GoalResult | None) -> Iterator[tuple[str, Message]]:
    if row is None or row.person is None:
        yield "person", _("personens svar saknas.")
    elif row.person == GoalAnswer.COULD_NOT_BE_ASKED and not row.words_sealed:
        yield "words", _("skriv varför det inte gick att fråga.")
    elif GoalAnswer(row.person).level is not None and row.channel not in tuple(Channel):
        yield "channel", _("skriv hur personen gav sitt svar.")


def _staffs_lacks(row: GoalResult | None) -> Iterator[tuple[str, Message]]:
    if row is None or row.staff is None:
        yield "staff", _("personalens bedömning saknas.")
    elif row.staff == GoalAnswer.COULD_NOT_BE_ASKED and not row.staff_words_sealed:
        yield "staff_words", _("skriv varför det inte går att bedöma.")
