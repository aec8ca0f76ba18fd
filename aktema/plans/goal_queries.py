"""Readers of goals and their results. The person has been read, and the reading recorded, before any is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased, contains_eager, raiseload

from aktema.core.db import db
from aktema.core.errors import Message
from aktema.plans.codes import Channel, FollowUpKind
from aktema.plans.goal_codes import GoalAnswer
from aktema.plans.goal_models import GoalResult
from aktema.plans.models import FollowUp, ServiceOrder
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

    An open one is about the newest fixed version of its order's plan; one of the decision is about the newest fixed
    version under the decision. One statement.
    """
    asked = select(GoalResult.goal_id).where(GoalResult.follow_up_id == follow_up.id)
    is_over = follow_up.closed_on is not None and follow_up.kind == FollowUpKind.PLAN
    return _goals(Goal.id.in_(asked) if is_over else Goal.plan_id == _plan_of(follow_up))


def _plan_of(follow_up: FollowUp) -> ColumnElement[int]:
    """The id of the newest fixed version the follow-up is about; null where there is none. `guards` asks the same."""
    newest = select(Plan.id).where(Plan.fixed_on.is_not(None)).limit(1)
    if follow_up.kind == FollowUpKind.PLAN:
        theirs = newest.where(Plan.order_id == follow_up.order_id).order_by(Plan.number.desc())
        return theirs.scalar_subquery()
    theirs = newest.join(Plan.order).where(ServiceOrder.decision_id == follow_up.decision_id)
    return theirs.order_by(Plan.fixed_on.desc(), Plan.id.desc()).scalar_subquery()


def _goals(where: ColumnElement[bool]) -> Sequence[GoalToFollow]:
    text, measure = aliased(PlanLine), aliased(PlanLine)
    found = (
        select(Goal, text, measure)
        .outerjoin(text, _says(text, PlanField.TEXT))
        .outerjoin(measure, _says(measure, PlanField.MEASURE))
        .where(where)
        .options(raiseload("*"))
        .order_by(Goal.position, Goal.id)
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


def last_results(follow_up: FollowUp, goals: Sequence[GoalToFollow]) -> Mapping[str, GoalResult]:
    """The newest result of each goal in a closed follow-up of the plan, with that follow-up, by the goal's key."""
    closed = (
        select(GoalResult)
        .join(GoalResult.follow_up)
        .where(
            FollowUp.participant_id == follow_up.participant_id,
            FollowUp.closed_on.is_not(None),
            GoalResult.goal_key.in_([goal.key for goal in goals]),
        )
        .options(contains_eager(GoalResult.follow_up).raiseload("*"), raiseload("*"))
        .order_by(FollowUp.held_on, FollowUp.id)
    )
    return {row.goal_key: row for row in db.session.scalars(closed)} if goals else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """The goals a follow-up is about with what is said of each, by the goal's key."""

    goals: Sequence[GoalToFollow]
    results: Mapping[str, GoalResult]


def followed_goals(follow_up: FollowUp) -> Followed:
    """The follow-up's own results; one of the decision has those of the plan's last follow-up. Two statements."""
    goals = goals_of(follow_up)
    is_own = follow_up.kind == FollowUpKind.PLAN
    return Followed(goals=goals, results=results_of(follow_up) if is_own else last_results(follow_up, goals))


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalLack:
    """What a goal still lacks: the part of its answer on the page, whose goal it is, and the sentence that says so."""

    key: str
    part: str
    label: str
    text: Message


def goal_lacks_of(follow_up: FollowUp, followed: Followed | None = None) -> Sequence[GoalLack]:
    """What the goals lack before the follow-up of a plan can be closed; nothing for one of a decision.

    `followed` is what `followed_goals` has found already. `guards` holds the same rule for whoever writes past this.
    """
    if follow_up.kind != FollowUpKind.PLAN:
        return ()
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
