"""What the database itself refuses: a follow-up closed with a point about work unanswered, and a closed one changed.

The same rule as `follow_up_queries.lacks_of`, for whoever writes past it. A migration that copies one of the tables
on SQLite loses its triggers and has to make them again.
"""

from sqlalchemy import DDL, event

from aktema.plans.models import WorkPointAnswer

UNANSWERED = "a follow-up with a point about work unanswered cannot be closed"
STANDS = "a closed follow-up stands"
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


def _trigger(name: str, moment: str, condition: str, refusal: str) -> str:
    """A trigger of SQLite that refuses what the condition finds."""
    head = f"create trigger {name} {moment} when {condition}"
    return "\n".join((head, f"begin select raise(abort, '{refusal}'); end"))


SQLITE = (
    _trigger("follow_up_answered_when_closed", "before update on follow_up", CLOSED_TOO_EARLY, UNANSWERED),
    _trigger("follow_up_answered_when_added", "after insert on follow_up", CLOSED_TOO_EARLY, UNANSWERED),
    _trigger("follow_up_stands", "before update on follow_up", "old.closed_on is not null", STANDS),
    _trigger("follow_up_is_kept", "before delete on follow_up", "old.closed_on is not null", STANDS),
    _trigger(
        "follow_up_is_not_replaced",
        "before insert on follow_up",
        """exists (select 1 from follow_up f
    where f.closed_on is not null and (f.id = new.id or f.public_id = new.public_id))""",
        STANDS,
    ),
    _trigger(
        "work_point_answer_is_not_added",
        "before insert on work_point_answer",
        """exists (select 1 from follow_up f where f.closed_on is not null and (f.id = new.follow_up_id
    or f.id in (select a.follow_up_id from work_point_answer a
        where a.id = new.id or a.public_id = new.public_id)))""",
        STANDS,
    ),
    _trigger(
        "work_point_answer_stands",
        "before update on work_point_answer",
        """exists (select 1 from follow_up f
    where f.closed_on is not null and f.id in (old.follow_up_id, new.follow_up_id))""",
        STANDS,
    ),
    _trigger(
        "work_point_answer_is_kept",
        "before delete on work_point_answer",
        "exists (select 1 from follow_up f where f.closed_on is not null and f.id = old.follow_up_id)",
        STANDS,
    ),
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
)
"""A follow-up is held while its points are written: nobody closes it in between."""
GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}

for dialect, statements in GUARDS.items():
    for statement in statements:  # once the last of the tables that they speak of stands
        made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
        event.listen(WorkPointAnswer.__table__, "after_create", made)
