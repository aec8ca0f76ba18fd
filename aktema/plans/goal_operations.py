"""Writing how far goals have come. What the person says and what the staff say are two answers, never one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aktema.core import clock
from aktema.core.db import db
from aktema.plans.codes import Channel
from aktema.plans.goal_codes import GoalAnswer
from aktema.plans.goal_models import GoalResult
from aktema.plans.goal_queries import GoalToFollow, goals_of, results_of
from aktema.plans.models import FollowUp


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalFacts:
    """What is said of one goal so far; None is no answer yet."""

    key: str
    person: GoalAnswer | None = None
    channel: Channel | None = None
    words: str = ""
    staff: GoalAnswer | None = None
    staff_words: str = ""


def write_results(follow_up: FollowUp, said: Sequence[GoalFacts]) -> None:
    """Keep the results as they are now. What the plan no longer holds is left as it was written."""
    goals, rows = {goal.key: goal for goal in goals_of(follow_up)}, results_of(follow_up)
    for facts in said:
        goal = goals.get(facts.key)
        if goal is not None:
            _write(follow_up, goal, facts, rows)


def _write(follow_up: FollowUp, goal: GoalToFollow, facts: GoalFacts, rows: Mapping[str, GoalResult]) -> None:
    row = rows.get(facts.key)
    if row is None and facts.person is None and facts.staff is None:
        return
    if row is None:
        row = GoalResult(follow_up_id=follow_up.id, goal_key=goal.key)
        db.session.add(row)
    if row.person != facts.person:
        row.created_at = clock.now()
    row.goal_id = goal.id
    row.person, row.staff = (one.value if one else None for one in (facts.person, facts.staff))
    was_asked = facts.person is not None and facts.person is not GoalAnswer.COULD_NOT_BE_ASKED
    row.channel = facts.channel.value if facts.channel and was_asked else None
    row.words, row.staff_words = facts.words, facts.staff_words
