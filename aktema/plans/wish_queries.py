"""Readers of what people answered about work on their own pages and in their plans."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, select, union_all
from sqlalchemy.orm import aliased, raiseload

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core import clock
from aktema.core.db import db
from aktema.people.models import Assignment, Participant
from aktema.people.queries import is_live_coach, visible
from aktema.plans.codes import WISH_ANSWERS, WORK_WANTED, PointAnswer, WorkPoint
from aktema.plans.follow_up_queries import WorkWish
from aktema.plans.models import FollowUp, WorkPointAnswer
from aktema.plans.plan_models import Plan
from aktema.plans.plan_queries import answered_in_plan_since
from aktema.plans.wish_models import OwnWorkWish
from aktema.steps.models import Step
from aktema.steps.queries import by_hand


def find_own_wish(participant_id: int, said_by: str) -> PointAnswer | None:
    """The newest answer of the person, or of whoever represents them; None where there is none.

    What the person answered in a follow-up or for a plan is theirs too, wherever it was asked.
    """
    theirs = (OwnWorkWish.participant_id == participant_id) & (OwnWorkWish.said_by == said_by)
    answers = [select(OwnWorkWish.answer, OwnWorkWish.created_at).where(theirs)]
    if said_by == "person":
        answers += [_followed_up(participant_id), _planned(participant_id)]
    said = union_all(*answers).subquery()
    answer = db.session.scalar(select(said.c.answer).order_by(said.c.created_at.desc()).limit(1))
    return None if answer is None else PointAnswer(answer)


def _followed_up(participant_id: int) -> Select[str, datetime]:
    """What the person answered about work in follow-ups, and when it was written down."""
    return (
        select(WorkPointAnswer.answer, WorkPointAnswer.created_at)
        .join(FollowUp, FollowUp.id == WorkPointAnswer.follow_up_id)
        .where(
            FollowUp.participant_id == participant_id,
            WorkPointAnswer.point == WorkPoint.WISH_FOR_WORK.value,
            WorkPointAnswer.answer.in_([answer.value for answer in WISH_ANSWERS]),
        )
    )


def _planned(participant_id: int) -> Select[str, datetime]:
    """What the person answered about work for plans, and when it was written down."""
    return select(func.coalesce(Plan.work_wish, ""), _said_in_plan()).where(
        Plan.participant_id == participant_id,
        Plan.work_wish.in_([answer.value for answer in WISH_ANSWERS]),
    )


def _said_in_plan() -> ColumnElement[datetime]:
    """When the answer of a plan was written down; at the latest when the version was last written in."""
    return func.coalesce(Plan.work_wish_at, Plan.saved_at)


def own_wishes_for_work(identity: Identity, permission: Permission, limit: int) -> Sequence[WorkWish]:
    """People in reach who said on their own page that they want to work, the newest first.

    They stay as those of `follow_up_queries.wishes_for_work` do: until they answer otherwise, or a coach of theirs has
    met them. What a representative answers is not the person's wish.
    """
    coached = exists().where(is_live_coach()).correlate(Participant)
    newest = (
        select(func.max(OwnWorkWish.id))
        .where(OwnWorkWish.said_by == "person")
        .group_by(OwnWorkWish.participant_id)
        .scalar_subquery()
    )
    said = (
        select(Participant, OwnWorkWish, coached)
        .join(OwnWorkWish, OwnWorkWish.participant_id == Participant.id)
        .where(
            OwnWorkWish.id.in_(newest),
            OwnWorkWish.answer.in_([answer.value for answer in WORK_WANTED]),
            visible(identity, permission),
            Participant.closed_on.is_(None),
            ~_met_since(OwnWorkWish.created_at),
            ~_followed_up_since(OwnWorkWish.created_at),
            ~answered_in_plan_since(OwnWorkWish.participant_id, OwnWorkWish.created_at),
        )
        .order_by(OwnWorkWish.id.desc())
        .limit(limit)
    )
    return [
        _wish(person, wish.created_at, wish.answer, has_coach)
        for person, wish, has_coach in db.session.execute(said).all()
    ]


def planned_wishes_for_work(identity: Identity, permission: Permission, limit: int) -> Sequence[WorkWish]:
    """People in reach for whose plan it was last said that they want to work, the newest first.

    They stay as those of `own_wishes_for_work` do. A version that repeats the one before speaks in its place.
    """
    coached, later = exists().where(is_live_coach()).correlate(Participant), aliased(Plan)
    said = (
        select(Participant, Plan, _said_in_plan(), coached)
        .join(Plan, Plan.participant_id == Participant.id)
        .where(
            visible(identity, permission),
            Participant.closed_on.is_(None),
            Plan.work_wish.in_([answer.value for answer in WORK_WANTED]),
            ~exists().where(later.follows_id == Plan.id, later.work_wish.is_not(None)),
            ~answered_in_plan_since(Plan.participant_id, Plan.work_wish_at),
            ~_answered_on_own_page_since(),
            ~_followed_up_since(_said_in_plan()),
            ~_met_since(_said_in_plan()),
        )
        .order_by(Plan.work_wish_at.desc(), Plan.id.desc())
        .limit(limit)
    )
    return [
        _wish(person, said_at, str(plan.work_wish), has_coach, plan.public_id)
        for person, plan, said_at, has_coach in db.session.execute(said.options(raiseload("*"))).all()
    ]


def _wish(
    person: Participant, said_at: datetime, answer: str, has_coach: bool, plan_id: str = ""
) -> WorkWish:
    return WorkWish(
        participant=person,
        answered_on=clock.local(said_at).date(),
        answer=PointAnswer(answer),
        follow_up_id="",
        has_coach=has_coach,
        plan_id=plan_id,
    )


def _met_since(moment: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Whether a coach of theirs has logged a step since the moment."""
    return exists().where(
        Step.participant_id == Participant.id,
        Step.was_reached,
        by_hand(),
        is_live_coach(),
        Assignment.account_id == Step.account_id,
        Step.created_at > moment,
    )


def _answered_on_own_page_since() -> ColumnElement[bool]:
    """Whether the person has answered on their own page since it was said for the plan."""
    return exists().where(
        OwnWorkWish.participant_id == Participant.id,
        OwnWorkWish.said_by == "person",
        OwnWorkWish.created_at > Plan.work_wish_at,
    )


def _followed_up_since(moment: SQLColumnExpression[datetime]) -> ColumnElement[bool]:
    """Whether the same question has been answered in a follow-up since the moment."""
    answer = aliased(WorkPointAnswer)
    return exists().where(
        FollowUp.participant_id == Participant.id,
        answer.follow_up_id == FollowUp.id,
        answer.point == WorkPoint.WISH_FOR_WORK.value,
        answer.created_at > moment,
    )
