"""Implementation plans, and results of their goals in follow-ups; the database keeps what is fixed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("has_work_part", sa.Boolean(), nullable=False),
        sa.Column("work_wish", sa.Text(), nullable=True),
        sa.Column("work_wish_channel", sa.Text(), nullable=True),
        sa.Column("work_by", sa.Date(), nullable=True),
        sa.Column("own_words_channel", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_how", sa.Text(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("fixed_by_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("confirmed_by in ('person', 'representative')", name=op.f("ck_plan_confirmed_by")),
        sa.CheckConstraint(
            "(confirmed_on is null) = (confirmed_how is null) and (confirmed_on is null) = (confirmed_by is null)",
            name=op.f("ck_plan_confirmed"),
        ),
        sa.CheckConstraint("(fixed_on is null) = (fixed_by_id is null)", name=op.f("ck_plan_fixed")),
        sa.CheckConstraint(
            "fixed_on is null or confirmed_on is not null", name=op.f("ck_plan_fixed_when_confirmed")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_plan_number")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_plan_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["fixed_by_id"], ["account.id"], name=op.f("fk_plan_fixed_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["plan.id"], name=op.f("fk_plan_follows_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["service_order.id"], name=op.f("fk_plan_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_plan_participant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_plan_follows_id")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_plan_order_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_public_id")),
    )
    op.create_index(op.f("ix_plan_order_id"), "plan", ["order_id"], unique=False)
    op.create_index(op.f("ix_plan_participant_id"), "plan", ["participant_id"], unique=False)
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("life_area", sa.Text(), nullable=False),
        sa.Column("target_date", sa.Date(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_plan_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_goal_plan_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_public_id")),
    )
    op.create_index(op.f("ix_goal_key"), "goal", ["key"], unique=False)
    op.create_index(op.f("ix_goal_plan_id"), "goal", ["plan_id"], unique=False)
    op.create_table(
        "plan_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("standard_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("easy_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("pictures_json_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_line_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
        sa.UniqueConstraint("plan_id", "place", "field", name=op.f("uq_plan_line_plan_id_place_field")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_line_public_id")),
    )
    op.create_index(op.f("ix_plan_line_plan_id"), "plan_line", ["plan_id"], unique=False)
    op.create_table(
        "plan_participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_participation_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_participation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_participation_public_id")),
    )
    op.create_index(op.f("ix_plan_participation_plan_id"), "plan_participation", ["plan_id"], unique=False)
    op.create_table(
        "planned_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("goal_key", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=True),
        sa.Column("week_pattern", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.Integer(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("support_level", sa.Integer(), nullable=True),
        sa.Column("is_toward_work", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "week_pattern in ('every', 'odd', 'even')", name=op.f("ck_planned_activity_week_pattern")
        ),
        sa.CheckConstraint(
            "ends_at between 1 and 1440 and ends_at > starts_at", name=op.f("ck_planned_activity_ends_at")
        ),
        sa.CheckConstraint("starts_at between 0 and 1439", name=op.f("ck_planned_activity_starts_at")),
        sa.CheckConstraint("support_level between 0 and 4", name=op.f("ck_planned_activity_support_level")),
        sa.CheckConstraint(
            "to_date is null or from_date is null or to_date >= from_date",
            name=op.f("ck_planned_activity_dates"),
        ),
        sa.CheckConstraint("weekdays between 1 and 127", name=op.f("ck_planned_activity_weekdays")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_planned_activity_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_activity")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_planned_activity_plan_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_planned_activity_public_id")),
    )
    op.create_index(op.f("ix_planned_activity_key"), "planned_activity", ["key"], unique=False)
    op.create_index(op.f("ix_planned_activity_plan_id"), "planned_activity", ["plan_id"], unique=False)
    op.create_table(
        "goal_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("goal_key", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("staff", sa.Text(), nullable=True),
        sa.Column("staff_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "person in ('0', '1', '2', '3', '4', 'did_not_want_to_answer', 'could_not_be_asked')",
            name=op.f("ck_goal_result_person"),
        ),
        sa.CheckConstraint(
            "staff in ('0', '1', '2', '3', '4', 'did_not_want_to_answer', 'could_not_be_asked')",
            name=op.f("ck_goal_result_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_up.id"], name=op.f("fk_goal_result_follow_up_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_goal_result_goal_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_result")),
        sa.UniqueConstraint("follow_up_id", "goal_key", name=op.f("uq_goal_result_follow_up_id_goal_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_goal_result_public_id")),
    )
    op.create_index(op.f("ix_goal_result_follow_up_id"), "goal_result", ["follow_up_id"], unique=False)
    op.create_index(op.f("ix_goal_result_goal_id"), "goal_result", ["goal_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_goal_result_goal_id"), table_name="goal_result")
    op.drop_index(op.f("ix_goal_result_follow_up_id"), table_name="goal_result")
    op.drop_table("goal_result")
    op.drop_index(op.f("ix_planned_activity_plan_id"), table_name="planned_activity")
    op.drop_index(op.f("ix_planned_activity_key"), table_name="planned_activity")
    op.drop_table("planned_activity")
    op.drop_index(op.f("ix_plan_participation_plan_id"), table_name="plan_participation")
    op.drop_table("plan_participation")
    op.drop_index(op.f("ix_plan_line_plan_id"), table_name="plan_line")
    op.drop_table("plan_line")
    op.drop_index(op.f("ix_goal_plan_id"), table_name="goal")
    op.drop_index(op.f("ix_goal_key"), table_name="goal")
    op.drop_table("goal")
    op.drop_index(op.f("ix_plan_participant_id"), table_name="plan")
    op.drop_index(op.f("ix_plan_order_id"), table_name="plan")
    op.drop_table("plan")
