"""Introductions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_channel", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ask_again_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answer = 'later') = (ask_again_on is not null) or answer is null",
            name=op.f("ck_introduction_ask_again"),
        ),
        sa.CheckConstraint("answer in ('yes', 'no', 'later')", name=op.f("ck_introduction_answer")),
        sa.CheckConstraint("(answer is null) = (answered_on is null)", name=op.f("ck_introduction_answered")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_introduction_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_introduction_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_introduction_placement_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("public_id", name=op.f("uq_introduction_public_id")),
    )
    op.create_index(op.f("ix_introduction_participant_id"), "introduction", ["participant_id"], unique=False)
    op.create_index(
        op.f("ix_introduction_participant_id_closed_on"),
        "introduction",
        ["participant_id", "closed_on"],
        unique=False,
    )
    op.create_index(op.f("ix_introduction_placement_id"), "introduction", ["placement_id"], unique=False)
    op.create_table(
        "introduction_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("adaptation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["adaptation_id"],
            ["adaptation.id"],
            name=op.f("fk_introduction_gap_adaptation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["dimension_id"],
            ["dimension.id"],
            name=op.f("fk_introduction_gap_dimension_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_introduction_gap_introduction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_gap")),
    )
    op.create_index(
        op.f("ix_introduction_gap_introduction_id"), "introduction_gap", ["introduction_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("introduction_gap")
    op.drop_table("introduction")
