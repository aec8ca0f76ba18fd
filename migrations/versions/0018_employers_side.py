"""What employers do for themselves, and the log of visits to them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employer_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("was_reached", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'asked_why') = (reason is not null)", name=op.f("ck_employer_visit_reason")
        ),
        sa.CheckConstraint(
            "(kind = 'job_analysis') = (placement_id is not null)",
            name=op.f("ck_employer_visit_placement_id"),
        ),
        sa.CheckConstraint(
            "kind in ('phone', 'email', 'meeting', 'visit', 'job_analysis', 'asked_why')",
            name=op.f("ck_employer_visit_kind"),
        ),
        sa.CheckConstraint("minutes between 0 and 1440", name=op.f("ck_employer_visit_minutes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_employer_visit_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_employer_visit_contact_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_employer_visit_employer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_employer_visit_placement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_visit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employer_visit_public_id")),
    )
    with op.batch_alter_table("employer_visit") as batch:
        batch.create_index(
            batch.f("ix_employer_visit_employer_id_happened_on_public_id"),
            ["employer_id", "happened_on", "public_id"],
            unique=False,
        )
        batch.create_index(batch.f("ix_employer_visit_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "seen_adaptation",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("adaptation_id", sa.Integer(), nullable=False),
        sa.Column("is_possible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["adaptation_id"], ["adaptation.id"], name=op.f("fk_seen_adaptation_adaptation_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["employer_visit.id"], name=op.f("fk_seen_adaptation_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", "adaptation_id", name=op.f("pk_seen_adaptation")),
    )
    op.create_table(
        "seen_demand",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 0 and 4", name=op.f("ck_seen_demand_level")),
        sa.ForeignKeyConstraint(["dimension_id"], ["dimension.id"], name=op.f("fk_seen_demand_dimension_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["employer_visit.id"], name=op.f("fk_seen_demand_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "dimension_id", name=op.f("pk_seen_demand")),
    )
    with op.batch_alter_table("contact") as batch:
        batch.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("is_admin", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("asked_in_on", sa.Date(), nullable=True))
        batch.create_unique_constraint(batch.f("uq_contact_account_id"), ["account_id"])
        batch.create_foreign_key(
            batch.f("fk_contact_account_id"), "account", ["account_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("employer") as batch:
        batch.add_column(sa.Column("is_lead", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("month_cap", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("not_before", sa.Date(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_employer_merged_into_id"), "employer", ["merged_into_id"], ["id"], ondelete="RESTRICT"
        )

    with op.batch_alter_table("placement") as batch:
        batch.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("posted_by", sa.Text(), server_default="staff", nullable=False))
        batch.add_column(sa.Column("reviewed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("placement") as batch:
        batch.drop_column("reviewed_on")
        batch.drop_column("posted_by")
        batch.drop_column("expires_on")

    with op.batch_alter_table("employer") as batch:
        batch.drop_constraint(batch.f("fk_employer_merged_into_id"), type_="foreignkey")
        batch.drop_column("merged_into_id")
        batch.drop_column("not_before")
        batch.drop_column("month_cap")
        batch.drop_column("is_lead")

    with op.batch_alter_table("contact") as batch:
        batch.drop_constraint(batch.f("fk_contact_account_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("uq_contact_account_id"), type_="unique")
        batch.drop_column("asked_in_on")
        batch.drop_column("is_admin")
        batch.drop_column("account_id")

    op.drop_table("seen_demand")
    op.drop_table("seen_adaptation")
    with op.batch_alter_table("employer_visit") as batch:
        batch.drop_index(batch.f("ix_employer_visit_placement_id"))
        batch.drop_index(batch.f("ix_employer_visit_employer_id_happened_on_public_id"))

    op.drop_table("employer_visit")
