"""What the database itself refuses: changing a plan that is fixed, or anything that it says.

The same rule as `plan_operations.check_open`, for whoever writes past it. A migration that copies one of the tables
on SQLite loses its triggers and has to make them again.
"""

from collections.abc import Iterator

from sqlalchemy import DDL, event

from aktema.plans.plan_models import Goal, Participation, Plan, PlanLine, PlannedActivity

STANDS = "a fixed plan stands"
NOT_FIRST = "a plan is fixed after it is written"
PARTS: dict[str, tuple[str, ...]] = {
    Goal.__tablename__: ("plan_id", "key"),
    PlannedActivity.__tablename__: ("plan_id", "key"),
    PlanLine.__tablename__: ("plan_id", "place", "field"),
    Participation.__tablename__: ("public_id",),
}
"""The tables that hold what a plan says, each with what makes a row of it unique."""


def _trigger(name: str, moment: str, condition: str, refusal: str = STANDS) -> str:
    """A trigger of SQLite that refuses what the condition finds."""
    head = f"create trigger {name} {moment} when {condition}"
    return "\n".join((head, f"begin select raise(abort, '{refusal}'); end"))


def _fixed(plans: str) -> str:
    return f"exists (select 1 from plan p where p.fixed_on is not null and p.id in ({plans}))"  # noqa: S608  # names of this file alone


def _sqlite_part(table: str, unique: tuple[str, ...]) -> Iterator[str]:
    """What is added, also in the place of another row, what is changed and what is taken away."""
    same = " and ".join(f"r.{column} = new.{column}" for column in unique)
    is_replaced = f"where r.id = new.id or r.public_id = new.public_id or ({same})"
    replaced = f"select r.plan_id from {table} r {is_replaced}"  # noqa: S608  # names of this file alone
    added = f"{_fixed('new.plan_id')}\n    or {_fixed(replaced)}"
    yield _trigger(f"{table}_is_not_added", f"before insert on {table}", added)
    yield _trigger(f"{table}_stands", f"before update on {table}", _fixed("old.plan_id, new.plan_id"))
    yield _trigger(f"{table}_is_kept", f"before delete on {table}", _fixed("old.plan_id"))


PLAN_IS_NOT_REPLACED = """exists (select 1 from plan p where p.fixed_on is not null and (
    p.id = new.id or p.public_id = new.public_id or p.follows_id = new.follows_id
    or (p.order_id = new.order_id and p.number = new.number)))"""
SQLITE = {
    Plan.__tablename__: (
        _trigger("plan_is_not_replaced", "before insert on plan", PLAN_IS_NOT_REPLACED),
        _trigger(
            "plan_is_fixed_after_it_is_written",
            "before insert on plan",
            "new.fixed_on is not null",
            NOT_FIRST,
        ),
        _trigger("plan_stands", "before update on plan", "old.fixed_on is not null"),
        _trigger("plan_is_kept", "before delete on plan", "old.fixed_on is not null"),
    ),
    **{table: tuple(_sqlite_part(table, unique)) for table, unique in PARTS.items()},
}
GUARD_PLAN = f"""create or replace function guard_plan() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.fixed_on is not null then
            raise exception '{NOT_FIRST}' using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if old.fixed_on is not null then
        raise exception '{STANDS}' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$"""
GUARD_PART = """create or replace function guard_plan_part() returns trigger language plpgsql as $$
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
end $$"""
"""A plan is held while its parts are written: nobody fixes it in between."""


def _postgresql_trigger(table: str, function: str) -> str:
    return f"""create trigger guard_{table} before insert or update or delete on {table}
for each row execute function {function}()"""


POSTGRESQL = {
    Plan.__tablename__: (GUARD_PLAN, _postgresql_trigger("plan", "guard_plan"), GUARD_PART),
    **{table: (_postgresql_trigger(table, "guard_plan_part"),) for table in PARTS},
}
GUARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}

for dialect, by_table in GUARDS.items():
    for model in (Plan, Goal, PlannedActivity, PlanLine, Participation):  # each once its own table stands
        for statement in by_table[model.__tablename__]:
            made = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap
            event.listen(model.__table__, "after_create", made)
