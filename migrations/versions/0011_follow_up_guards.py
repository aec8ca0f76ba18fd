"""How own words were given; follow-ups that the database itself keeps from being closed too early or changed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SQLITE = (
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
)
POSTGRESQL = (
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
)
SQLITE_TRIGGERS = (
    "follow_up_answered_when_closed",
    "follow_up_answered_when_added",
    "follow_up_stands",
    "follow_up_is_kept",
    "follow_up_is_not_replaced",
    "work_point_answer_is_not_added",
    "work_point_answer_stands",
    "work_point_answer_is_kept",
)


def upgrade() -> None:
    op.add_column("follow_up", sa.Column("own_words_channel", sa.Text(), nullable=True))
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE_TRIGGERS:
            op.execute(f"drop trigger {name}")
    else:
        for table in ("work_point_answer", "follow_up"):
            op.execute(f"drop trigger guard_{table} on {table}")
            op.execute(f"drop function guard_{table}()")
    op.drop_column("follow_up", "own_words_channel")  # in place: the table is referred to
