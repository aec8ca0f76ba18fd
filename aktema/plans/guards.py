"""What the database itself refuses: a follow-up closed with something unanswered, a closed one changed, other hours.

The same rules as `follow_up_queries.lacks_of` and `goal_queries.goal_lacks_of`, for whoever writes past them. Granted
hours are only added to; rows are taken away where an import is undone.
A migration that copies one of the tables on SQLite loses its triggers and has to make them again.
"""

from typing import cast

from sqlalchemy import DDL, Table, event

from aktema.plans.goal_models import GoalResult
from aktema.plans.models import DecisionExtent, WorkPointAnswer

UNANSWERED = "a follow-up with a point about work unanswered cannot be closed"
GOAL_UNANSWERED = "a follow-up with a goal unanswered cannot be closed"
STANDS = "a closed follow-up stands"
ONLY_ADDED = "granted hours are only added to"
COUNT_OF_ANSWERED = """(
    select count(*) from work_point_answer a where a.follow_up_id = new.id and (
        a.point in ('job_consultant', 'employment_service', 'social_insurance') and (
            (a.answer = 'yes' and a.on_date is not null)
            or a.answer = 'offered_no_thanks'
            or (a.answer = 'not_offered' and a.words_sealed is not null))
        or a.point in ('other_occupation', 'wish_for_work')
            and a.answer in ('yes', 'maybe', 'no', 'does_not_know_yet')
            and a.channel in ('speech', 'pictures', 'signs', 'writing', 'interpreted')
        or a.point = 'next_step' and (
            (a.answer = 'yes' and a.words_sealed is not null and a.on_date is not null)
            or a.answer = 'no')
        or a.point in ('job_consultant', 'employment_service', 'social_insurance',
                'other_occupation', 'wish_for_work', 'next_step') and (
            a.answer = 'did_not_want_to_answer'
            or (a.answer = 'could_not_be_asked' and a.words_sealed is not null))))"""
CLOSED_TOO_EARLY = "\n    and ".join(
    (
        "new.closed_on is not null",
        """(new.has_work_points
        or (select d.support_measure from decision d where d.id = new.decision_id) = 'day_activity')""",
        f"{COUNT_OF_ANSWERED} < 6",
    )
)

GOAL_LEFT = """new.closed_on is not null and exists (select 1 from plan p join goal g on g.plan_id = p.id
    where p.fixed_on is not null and p.order_id in (select o.id from service_order o where
        new.kind = 'plan' and o.id = new.order_id
        or new.kind = 'decision' and o.decision_id = new.decision_id
            and (o.closed_on is null or o.closed_on >= new.held_on))
    and not exists (select 1 from plan l
        where l.order_id = p.order_id and l.number > p.number and l.fixed_on is not null)
    and not exists (select 1 from goal_result r where r.follow_up_id = new.id and r.goal_key = g.key
        and (r.person in ('0', '1', '2', '3', '4')
                and r.channel in ('speech', 'pictures', 'signs', 'writing', 'interpreted')
            or r.person = 'did_not_want_to_answer'
            or r.person = 'could_not_be_asked' and r.words_sealed is not null)
        and (r.staff in ('0', '1', '2', '3', '4', 'did_not_want_to_answer')
            or r.staff = 'could_not_be_asked' and r.staff_words_sealed is not null)))"""


def _trigger(name: str, moment: str, condition: str, refusal: str) -> str:
    """A trigger of SQLite that refuses what the condition finds."""
    head = f"create trigger {name} {moment} when {condition}"
    return "\n".join((head, f"begin select raise(abort, '{refusal}'); end"))


def _kept(table: str) -> tuple[str, ...]:
    """The triggers of SQLite by which the rows of a closed follow-up are neither added, changed nor taken away."""
    return (
        _trigger(
            f"{table}_is_not_added",
            f"before insert on {table}",
            f"""exists (select 1 from follow_up f where f.closed_on is not null and (f.id = new.follow_up_id
    or f.id in (select a.follow_up_id from {table} a
        where a.id = new.id or a.public_id = new.public_id)))""",  # noqa: S608  # the name stands below, nobody types it
            STANDS,
        ),
        _trigger(
            f"{table}_stands",
            f"before update on {table}",
            """exists (select 1 from follow_up f
    where f.closed_on is not null and f.id in (old.follow_up_id, new.follow_up_id))""",
            STANDS,
        ),
        _trigger(
            f"{table}_is_kept",
            f"before delete on {table}",
            "exists (select 1 from follow_up f where f.closed_on is not null and f.id = old.follow_up_id)",
            STANDS,
        ),
    )


SQLITE = (
    _trigger("follow_up_answered_when_closed", "before update on follow_up", CLOSED_TOO_EARLY, UNANSWERED),
    _trigger("follow_up_answered_when_added", "after insert on follow_up", CLOSED_TOO_EARLY, UNANSWERED),
    _trigger("follow_up_goals_told_when_closed", "before update on follow_up", GOAL_LEFT, GOAL_UNANSWERED),
    _trigger("follow_up_goals_told_when_added", "after insert on follow_up", GOAL_LEFT, GOAL_UNANSWERED),
    _trigger("follow_up_stands", "before update on follow_up", "old.closed_on is not null", STANDS),
    _trigger("follow_up_is_kept", "before delete on follow_up", "old.closed_on is not null", STANDS),
    _trigger(
        "follow_up_is_not_replaced",
        "before insert on follow_up",
        """exists (select 1 from follow_up f
    where f.closed_on is not null and (f.id = new.id or f.public_id = new.public_id))""",
        STANDS,
    ),
    *_kept("work_point_answer"),
    *_kept("goal_result"),
    f"""create trigger decision_extent_stands before update on decision_extent
begin select raise(abort, '{ONLY_ADDED}'); end""",
)
POSTGRESQL = (
    "\n".join(
        (
            """create or replace function guard_follow_up() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        if old.closed_on is not null then
            raise exception 'a closed follow-up stands' using errcode = 'check_violation';
        end if;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;""",
            f"    if {CLOSED_TOO_EARLY} then",
            f"        raise exception '{UNANSWERED}' using errcode = 'check_violation';",
            "    end if;",
            f"    if {GOAL_LEFT} then",
            f"        raise exception '{GOAL_UNANSWERED}' using errcode = 'check_violation';",
            """    end if;
    return new;
end $$""",
        )
    ),
    """create trigger guard_follow_up before insert or update or delete on follow_up
for each row execute function guard_follow_up()""",
    """create or replace function guard_work_point_answer() returns trigger language plpgsql as $$
declare
    written integer[];
begin
    if tg_op = 'INSERT' then
        written := array[new.follow_up_id];
    elsif tg_op = 'DELETE' then
        written := array[old.follow_up_id];
    else
        written := array[old.follow_up_id, new.follow_up_id];
    end if;
    perform 1 from follow_up f where f.id = any (written) order by f.id for no key update;
    if exists (select 1 from follow_up f where f.id = any (written) and f.closed_on is not null) then
        raise exception 'a closed follow-up stands' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$""",
    """create trigger guard_work_point_answer before insert or update or delete on work_point_answer
for each row execute function guard_work_point_answer()""",
    """create trigger guard_goal_result before insert or update or delete on goal_result
for each row execute function guard_work_point_answer()""",
    f"""create or replace function guard_decision_extent() returns trigger language plpgsql as $$
begin
    raise exception '{ONLY_ADDED}' using errcode = 'check_violation';
end $$""",
    """create trigger guard_decision_extent before update on decision_extent
for each row execute function guard_decision_extent()""",
)
"""A follow-up is held while its points and goals are written: nobody closes it in between."""
GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}

LAST = cast("Table", GoalResult.__table__)
"""The table after which every one of them can be made."""
for before in (WorkPointAnswer, DecisionExtent):
    LAST.add_is_dependent_on(cast("Table", before.__table__))

for dialect, statements in GUARDS.items():
    for statement in statements:
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
        event.listen(LAST, "after_create", made)
