"""The step log."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("contact_type", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("was_reached", sa.Boolean(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("own_line_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes between 0 and 1440", name=op.f("ck_step_minutes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_step_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["step.id"], name=op.f("fk_step_corrects_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_step_participant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_step_placement_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_step_corrects_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_step_public_id")),
    )
    op.create_index(op.f("ix_step_account_id"), "step", ["account_id"], unique=False)
    op.create_index(op.f("ix_step_participant_id"), "step", ["participant_id"], unique=False)
    op.create_index(
        op.f("ix_step_participant_id_happened_on"), "step", ["participant_id", "happened_on"], unique=False
    )
    op.create_index(op.f("ix_step_placement_id"), "step", ["placement_id"], unique=False)
    op.create_table(
        "next_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_next_step_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_next_step_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["step.id"], name=op.f("fk_next_step_step_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_step")),
        sa.UniqueConstraint("public_id", name=op.f("uq_next_step_public_id")),
    )
    op.create_index(op.f("ix_next_step_due_on"), "next_step", ["due_on"], unique=False)
    op.create_index(op.f("ix_next_step_participant_id"), "next_step", ["participant_id"], unique=False)
    op.create_index(
        op.f("ix_next_step_participant_id_closed_on"),
        "next_step",
        ["participant_id", "closed_on"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("next_step")
    op.drop_table("step")
