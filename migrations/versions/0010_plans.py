"""Decisions, orders, attendance and follow-ups."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("support_measure", sa.Text(), nullable=False),
        sa.Column("law_basis", sa.Text(), nullable=False),
        sa.Column("eligibility_group", sa.Integer(), nullable=True),
        sa.Column("needs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wishes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("goals_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_maker", sa.Text(), nullable=False),
        sa.Column("appeal_given_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(ended_on is null) = (end_reason is null)", name=op.f("ck_decision_end_reason")),
        sa.CheckConstraint("eligibility_group between 1 and 3", name=op.f("ck_decision_eligibility_group")),
        sa.CheckConstraint("ended_on is null or ended_on >= from_date", name=op.f("ck_decision_ended")),
        sa.CheckConstraint("to_date is null or to_date >= from_date", name=op.f("ck_decision_dates")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_decision_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["decision.id"], name=op.f("fk_decision_follows_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_decision_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_decision_follows_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
    )
    op.create_index(op.f("ix_decision_participant_id"), "decision", ["participant_id"], unique=False)
    op.create_index(
        op.f("ix_decision_participant_id_support_measure"),
        "decision",
        ["participant_id", "support_measure"],
        unique=False,
    )
    op.create_table(
        "decision_extent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("hours_basis", sa.Text(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("days_per_week", sa.Integer(), nullable=True),
        sa.Column("template_minutes", sa.Integer(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(hours_basis = 'granted') = (weekly_minutes is not null)",
            name=op.f("ck_decision_extent_granted_hours_are_known"),
        ),
        sa.CheckConstraint(
            "hours_basis in ('granted', 'template')", name=op.f("ck_decision_extent_hours_basis")
        ),
        sa.CheckConstraint("days_per_week between 1 and 7", name=op.f("ck_decision_extent_days_per_week")),
        sa.CheckConstraint(
            "template_minutes between 1 and 10080", name=op.f("ck_decision_extent_template_minutes")
        ),
        sa.CheckConstraint(
            "weekly_minutes between 1 and 10080", name=op.f("ck_decision_extent_weekly_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_decision_extent_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_extent_decision_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_extent")),
        sa.UniqueConstraint(
            "decision_id", "from_date", name=op.f("uq_decision_extent_decision_id_from_date")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_extent_public_id")),
    )
    op.create_index(op.f("ix_decision_extent_decision_id"), "decision_extent", ["decision_id"], unique=False)
    op.create_table(
        "interruption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("weekly_minutes_left", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_date is null or to_date >= from_date", name=op.f("ck_interruption_dates")),
        sa.CheckConstraint(
            "weekly_minutes_left between 0 and 10080", name=op.f("ck_interruption_weekly_minutes_left")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_interruption_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_interruption_decision_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interruption")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interruption_public_id")),
    )
    op.create_index(op.f("ix_interruption_decision_id"), "interruption", ["decision_id"], unique=False)
    op.create_table(
        "service_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("wanted_from", sa.Date(), nullable=False),
        sa.Column("need_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("included_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("goals_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("transport_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("risks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closed_on is null or closed_on >= sent_on", name=op.f("ck_service_order_closed")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_service_order_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"],
            ["account.id"],
            name=op.f("fk_service_order_coordinator_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_service_order_decision_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_service_order_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_service_order_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_order")),
        sa.UniqueConstraint("public_id", name=op.f("uq_service_order_public_id")),
    )
    op.create_index(op.f("ix_service_order_decision_id"), "service_order", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_service_order_participant_id"), "service_order", ["participant_id"], unique=False
    )
    op.create_index(
        op.f("ix_service_order_unit_id_closed_on"), "service_order", ["unit_id", "closed_on"], unique=False
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("absence", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(minutes > 0) or (absence is not null)", name=op.f("ck_attendance_absence")),
        sa.CheckConstraint("minutes between 0 and 1440", name=op.f("ck_attendance_minutes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_attendance_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["service_order.id"], name=op.f("fk_attendance_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_attendance_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_order_id_day"), "attendance", ["order_id", "day"], unique=False)
    op.create_index(op.f("ix_attendance_participant_id"), "attendance", ["participant_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("has_work_points", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("attendees_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("own_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('decision', 'plan')", name=op.f("ck_follow_up_kind")),
        sa.CheckConstraint(
            "(closed_on is null) = (conclusion is null)", name=op.f("ck_follow_up_conclusion")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_follow_up_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_follow_up_decision_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["service_order.id"], name=op.f("fk_follow_up_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_follow_up_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_public_id")),
    )
    op.create_index(op.f("ix_follow_up_decision_id_kind"), "follow_up", ["decision_id", "kind"], unique=False)
    op.create_index(op.f("ix_follow_up_participant_id"), "follow_up", ["participant_id"], unique=False)
    op.create_table(
        "order_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer in ('accepted', 'declined', 'waiting')", name=op.f("ck_order_reply_answer")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_order_reply_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["service_order.id"], name=op.f("fk_order_reply_order_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_reply")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_reply_public_id")),
    )
    op.create_index(op.f("ix_order_reply_order_id"), "order_reply", ["order_id"], unique=False)
    op.create_table(
        "work_point_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.id"],
            name=op.f("fk_work_point_answer_follow_up_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_point_answer")),
        sa.UniqueConstraint("follow_up_id", "point", name=op.f("uq_work_point_answer_follow_up_id_point")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_point_answer_public_id")),
    )
    op.create_index(
        op.f("ix_work_point_answer_follow_up_id"), "work_point_answer", ["follow_up_id"], unique=False
    )
    with op.batch_alter_table("import_file") as batch:
        batch.alter_column("unit_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute(sa.text("delete from import_file where unit_id is null"))  # files read in for no unit
    with op.batch_alter_table("import_file") as batch:
        batch.alter_column("unit_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index(op.f("ix_work_point_answer_follow_up_id"), table_name="work_point_answer")
    op.drop_table("work_point_answer")
    op.drop_index(op.f("ix_order_reply_order_id"), table_name="order_reply")
    op.drop_table("order_reply")
    op.drop_index(op.f("ix_follow_up_participant_id"), table_name="follow_up")
    op.drop_index(op.f("ix_follow_up_decision_id_kind"), table_name="follow_up")
    op.drop_table("follow_up")
    op.drop_index(op.f("ix_attendance_participant_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_order_id_day"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_service_order_unit_id_closed_on"), table_name="service_order")
    op.drop_index(op.f("ix_service_order_participant_id"), table_name="service_order")
    op.drop_index(op.f("ix_service_order_decision_id"), table_name="service_order")
    op.drop_table("service_order")
    op.drop_index(op.f("ix_interruption_decision_id"), table_name="interruption")
    op.drop_table("interruption")
    op.drop_index(op.f("ix_decision_extent_decision_id"), table_name="decision_extent")
    op.drop_table("decision_extent")
    op.drop_index(op.f("ix_decision_participant_id_support_measure"), table_name="decision")
    op.drop_index(op.f("ix_decision_participant_id"), table_name="decision")
    op.drop_table("decision")
