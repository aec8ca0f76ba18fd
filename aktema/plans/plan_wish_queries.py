"""Which versions of a plan say something new of what the person answered about work. Clauses for other readers."""

from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists
from sqlalchemy.orm import aliased
from sqlalchemy.orm.util import AliasedClass

from aktema.plans.plan_models import Plan

PlanSource = type[Plan] | AliasedClass[Plan]


def is_new_answer(plan: PlanSource = Plan) -> ColumnElement[bool]:
    """Whether the version has an answer of its own: the next version begins with what the one before said."""
    before = aliased(Plan)
    carried = exists().where(before.id == plan.follows_id, before.work_wish == plan.work_wish)
    return and_(plan.work_wish.is_not(None), ~carried)


def answered_in_plan_since(
    participant_id: SQLColumnExpression[int], moment: SQLColumnExpression[datetime]
) -> ColumnElement[bool]:
    """Whether the person has answered the question about work in a plan since the moment."""
    later = aliased(Plan)
    return exists().where(
        later.participant_id == participant_id, later.saved_at > moment, is_new_answer(later)
    )
