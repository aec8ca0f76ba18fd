"""Employers, workplaces and placements."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("organisation_number", sa.Text(), nullable=True),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("internal_note", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
        sa.UniqueConstraint("organisation_number", name=op.f("uq_employer_organisation_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employer_public_id")),
    )
    op.create_index(
        op.f("ix_employer_sort_key_public_id"), "employer", ["sort_key", "public_id"], unique=False
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_contact_employer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_public_id")),
    )
    op.create_index(op.f("ix_contact_employer_id"), "contact", ["employer_id"], unique=False)
    op.create_table(
        "workplace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("access_facts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_workplace_employer_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplace")),
        sa.UniqueConstraint("public_id", name=op.f("uq_workplace_public_id")),
    )
    op.create_index(op.f("ix_workplace_employer_id"), "workplace", ["employer_id"], unique=False)
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("workplace_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("occupation_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("least_weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("most_weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("weekdays", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.Integer(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("supervision", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'published', 'paused', 'closed')", name=op.f("ck_placement_state")
        ),
        sa.CheckConstraint("places between 1 and 99", name=op.f("ck_placement_places")),
        sa.CheckConstraint(
            "to_date is null or from_date is null or to_date >= from_date", name=op.f("ck_placement_dates")
        ),
        sa.CheckConstraint("weekdays between 1 and 127", name=op.f("ck_placement_weekdays")),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_placement_employer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["occupation_id"], ["occupation.id"], name=op.f("fk_placement_occupation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["contact.id"], name=op.f("fk_placement_supervisor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["workplace_id"], ["workplace.id"], name=op.f("fk_placement_workplace_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placement_public_id")),
    )
    op.create_index(op.f("ix_placement_employer_id"), "placement", ["employer_id"], unique=False)
    op.create_index(
        op.f("ix_placement_sort_key_public_id"), "placement", ["sort_key", "public_id"], unique=False
    )
    op.create_index(op.f("ix_placement_state_changed_at"), "placement", ["state", "changed_at"], unique=False)
    op.create_index(op.f("ix_placement_workplace_id"), "placement", ["workplace_id"], unique=False)
    op.create_table(
        "placement_activity",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_placement_activity_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_activity_placement_id")
        ),
        sa.PrimaryKeyConstraint("placement_id", "activity_id", name=op.f("pk_placement_activity")),
    )
    op.create_table(
        "placement_adaptation",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("adaptation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adaptation_id"], ["adaptation.id"], name=op.f("fk_placement_adaptation_adaptation_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_adaptation_placement_id")
        ),
        sa.PrimaryKeyConstraint("placement_id", "adaptation_id", name=op.f("pk_placement_adaptation")),
    )
    op.create_table(
        "placement_constraint",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("constraint_id", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["constraint_id"], ["work_constraint.id"], name=op.f("fk_placement_constraint_constraint_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_constraint_placement_id")
        ),
        sa.PrimaryKeyConstraint("placement_id", "constraint_id", name=op.f("pk_placement_constraint")),
    )
    op.create_table(
        "placement_demand",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 0 and 4", name=op.f("ck_placement_demand_level")),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_placement_demand_dimension_id")
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_demand_placement_id")
        ),
        sa.PrimaryKeyConstraint("placement_id", "dimension_id", name=op.f("pk_placement_demand")),
    )
    op.create_table(
        "placement_preference",
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("preference_id", sa.Integer(), nullable=False),
        sa.Column("pole", sa.Integer(), nullable=False),
        sa.CheckConstraint("pole between -2 and 2", name=op.f("ck_placement_preference_pole")),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_placement_preference_placement_id")
        ),
        sa.ForeignKeyConstraint(
            ["preference_id"], ["preference.id"], name=op.f("fk_placement_preference_preference_id")
        ),
        sa.PrimaryKeyConstraint("placement_id", "preference_id", name=op.f("pk_placement_preference")),
    )
    op.create_table(
        "placement_state_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_placement_state_change_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_placement_state_change_placement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_state_change")),
    )
    op.create_index(
        op.f("ix_placement_state_change_placement_id"),
        "placement_state_change",
        ["placement_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("placement_state_change")
    op.drop_table("placement_preference")
    op.drop_table("placement_demand")
    op.drop_table("placement_constraint")
    op.drop_table("placement_adaptation")
    op.drop_table("placement_activity")
    op.drop_table("placement")
    op.drop_table("workplace")
    op.drop_table("contact")
    op.drop_table("employer")
