"""What the database itself refuses: changing a fixed plan, and closing a follow-up with a goal unanswered."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FOLLOW_UPS_SQLITE = (
    """create trigger follow_up_answered_when_closed before update on follow_up when new.closed_on is not null
    and (new.has_work_points
        or (select d.support_measure from decision d where d.id = new.decision_id) = 'day_activity')
    and (
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
            or (a.answer = 'could_not_be_asked' and a.words_sealed is not null)))) < 6
begin select raise(abort, 'a follow-up with a point about work unanswered cannot be closed'); end""",
    """create trigger follow_up_answered_when_added after insert on follow_up when new.closed_on is not null
    and (new.has_work_points
        or (select d.support_measure from decision d where d.id = new.decision_id) = 'day_activity')
    and (
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
            or (a.answer = 'could_not_be_asked' and a.words_sealed is not null)))) < 6
begin select raise(abort, 'a follow-up with a point about work unanswered cannot be closed'); end""",
    """create trigger follow_up_goals_told_when_closed before update on follow_up when new.closed_on is not null and exists (select 1 from plan p join goal g on g.plan_id = p.id
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
            or r.staff = 'could_not_be_asked' and r.staff_words_sealed is not null)))
begin select raise(abort, 'a follow-up with a goal unanswered cannot be closed'); end""",
    """create trigger follow_up_goals_told_when_added after insert on follow_up when new.closed_on is not null and exists (select 1 from plan p join goal g on g.plan_id = p.id
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
            or r.staff = 'could_not_be_asked' and r.staff_words_sealed is not null)))
begin select raise(abort, 'a follow-up with a goal unanswered cannot be closed'); end""",
    """create trigger follow_up_stands before update on follow_up when old.closed_on is not null
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger follow_up_is_kept before delete on follow_up when old.closed_on is not null
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger follow_up_is_not_replaced before insert on follow_up when exists (select 1 from follow_up f
    where f.closed_on is not null and (f.id = new.id or f.public_id = new.public_id))
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger work_point_answer_is_not_added before insert on work_point_answer when exists (select 1 from follow_up f where f.closed_on is not null and (f.id = new.follow_up_id
    or f.id in (select a.follow_up_id from work_point_answer a
        where a.id = new.id or a.public_id = new.public_id)))
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger work_point_answer_stands before update on work_point_answer when exists (select 1 from follow_up f
    where f.closed_on is not null and f.id in (old.follow_up_id, new.follow_up_id))
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger work_point_answer_is_kept before delete on work_point_answer when exists (select 1 from follow_up f where f.closed_on is not null and f.id = old.follow_up_id)
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger goal_result_is_not_added before insert on goal_result when exists (select 1 from follow_up f where f.closed_on is not null and (f.id = new.follow_up_id
    or f.id in (select a.follow_up_id from goal_result a
        where a.id = new.id or a.public_id = new.public_id)))
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger goal_result_stands before update on goal_result when exists (select 1 from follow_up f
    where f.closed_on is not null and f.id in (old.follow_up_id, new.follow_up_id))
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger goal_result_is_kept before delete on goal_result when exists (select 1 from follow_up f where f.closed_on is not null and f.id = old.follow_up_id)
begin select raise(abort, 'a closed follow-up stands'); end""",
    """create trigger decision_extent_stands before update on decision_extent
begin select raise(abort, 'granted hours are only added to'); end""",
)
FOLLOW_UPS_POSTGRESQL = (
    """create or replace function guard_follow_up() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        if old.closed_on is not null then
            raise exception 'a closed follow-up stands' using errcode = 'check_violation';
        end if;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.closed_on is not null
    and (new.has_work_points
        or (select d.support_measure from decision d where d.id = new.decision_id) = 'day_activity')
    and (
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
            or (a.answer = 'could_not_be_asked' and a.words_sealed is not null)))) < 6 then
        raise exception 'a follow-up with a point about work unanswered cannot be closed' using errcode = 'check_violation';
    end if;
    if new.closed_on is not null and exists (select 1 from plan p join goal g on g.plan_id = p.id
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
            or r.staff = 'could_not_be_asked' and r.staff_words_sealed is not null))) then
        raise exception 'a follow-up with a goal unanswered cannot be closed' using errcode = 'check_violation';
    end if;
    return new;
end $$""",
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
    """create or replace function guard_decision_extent() returns trigger language plpgsql as $$
begin
    raise exception 'granted hours are only added to' using errcode = 'check_violation';
end $$""",
    """create trigger guard_decision_extent before update on decision_extent
for each row execute function guard_decision_extent()""",
)
PLANS_SQLITE = (
    """create trigger plan_is_not_replaced before insert on plan when exists (select 1 from plan p where p.fixed_on is not null and (
    p.id = new.id or p.public_id = new.public_id or p.follows_id = new.follows_id
    or (p.order_id = new.order_id and p.number = new.number)))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_is_fixed_after_it_is_written before insert on plan when new.fixed_on is not null
begin select raise(abort, 'a plan is fixed after it is written'); end""",
    """create trigger plan_stands before update on plan when old.fixed_on is not null
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_is_kept before delete on plan when old.fixed_on is not null
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger goal_is_not_added before insert on goal when exists (select 1 from plan p where p.fixed_on is not null and p.id in (new.plan_id))
    or exists (select 1 from plan p where p.fixed_on is not null and p.id in (select r.plan_id from goal r where r.id = new.id or r.public_id = new.public_id or (r.plan_id = new.plan_id and r.key = new.key)))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger goal_stands before update on goal when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id, new.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger goal_is_kept before delete on goal when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger planned_activity_is_not_added before insert on planned_activity when exists (select 1 from plan p where p.fixed_on is not null and p.id in (new.plan_id))
    or exists (select 1 from plan p where p.fixed_on is not null and p.id in (select r.plan_id from planned_activity r where r.id = new.id or r.public_id = new.public_id or (r.plan_id = new.plan_id and r.key = new.key)))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger planned_activity_stands before update on planned_activity when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id, new.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger planned_activity_is_kept before delete on planned_activity when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_line_is_not_added before insert on plan_line when exists (select 1 from plan p where p.fixed_on is not null and p.id in (new.plan_id))
    or exists (select 1 from plan p where p.fixed_on is not null and p.id in (select r.plan_id from plan_line r where r.id = new.id or r.public_id = new.public_id or (r.plan_id = new.plan_id and r.place = new.place and r.field = new.field)))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_line_stands before update on plan_line when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id, new.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_line_is_kept before delete on plan_line when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_participation_is_not_added before insert on plan_participation when exists (select 1 from plan p where p.fixed_on is not null and p.id in (new.plan_id))
    or exists (select 1 from plan p where p.fixed_on is not null and p.id in (select r.plan_id from plan_participation r where r.id = new.id or r.public_id = new.public_id or (r.public_id = new.public_id)))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_participation_stands before update on plan_participation when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id, new.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
    """create trigger plan_participation_is_kept before delete on plan_participation when exists (select 1 from plan p where p.fixed_on is not null and p.id in (old.plan_id))
begin select raise(abort, 'a fixed plan stands'); end""",
)
PLANS_POSTGRESQL = (
    """create or replace function guard_plan() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.fixed_on is not null then
            raise exception 'a plan is fixed after it is written' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if old.fixed_on is not null then
        raise exception 'a fixed plan stands' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$""",
    """create trigger guard_plan before insert or update or delete on plan
for each row execute function guard_plan()""",
    """create or replace function guard_plan_part() returns trigger language plpgsql as $$
declare
    written integer[];
begin
    if tg_op = 'INSERT' then
        written := array[new.plan_id];
    elsif tg_op = 'DELETE' then
        written := array[old.plan_id];
    else
        written := array[old.plan_id, new.plan_id];
    end if;
    perform 1 from plan p where p.id = any (written) order by p.id for no key update;
    if exists (select 1 from plan p where p.id = any (written) and p.fixed_on is not null) then
        raise exception 'a fixed plan stands' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$""",
    """create trigger guard_goal before insert or update or delete on goal
for each row execute function guard_plan_part()""",
    """create trigger guard_planned_activity before insert or update or delete on planned_activity
for each row execute function guard_plan_part()""",
    """create trigger guard_plan_line before insert or update or delete on plan_line
for each row execute function guard_plan_part()""",
    """create trigger guard_plan_participation before insert or update or delete on plan_participation
for each row execute function guard_plan_part()""",
)
TABLES = ("plan", "goal", "planned_activity", "plan_line", "plan_participation")


def upgrade() -> None:
    _drop_follow_up_guards(("follow_up", "work_point_answer"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    made = FOLLOW_UPS_SQLITE + PLANS_SQLITE if is_sqlite else FOLLOW_UPS_POSTGRESQL + PLANS_POSTGRESQL
    for statement in made:
        op.execute(statement)


def downgrade() -> None:
    before = op.get_context().script.get_revision("0011").module
    _drop_follow_up_guards(("follow_up", "work_point_answer", "goal_result"))
    if op.get_bind().dialect.name == "sqlite":
        _drop_triggers(PLANS_SQLITE)
        statements = before.SQLITE
    else:
        for table in TABLES:
            op.execute(f"drop trigger guard_{table} on {table}")
        op.execute("drop trigger guard_decision_extent on decision_extent")
        op.execute("drop function guard_decision_extent()")
        op.execute("drop function guard_plan_part()")
        op.execute("drop function guard_plan()")
        statements = before.POSTGRESQL
    for statement in statements:
        op.execute(statement)


def _drop_follow_up_guards(tables: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        is_first = "goal_result" not in tables
        before = op.get_context().script.get_revision("0011").module
        _drop_triggers(before.SQLITE if is_first else FOLLOW_UPS_SQLITE)
        return
    for table in tables:
        op.execute(f"drop trigger guard_{table} on {table}")
    op.execute("drop function guard_work_point_answer()")
    op.execute("drop function guard_follow_up()")


def _drop_triggers(statements: tuple[str, ...]) -> None:
    """Each statement begins with the name of what it makes."""
    for statement in statements:
        op.execute(f"drop trigger {statement.split()[2]}")
