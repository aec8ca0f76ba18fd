"""Numbers that rise with what processes keep, in which of them a placement changed last, and first choices."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "epoch",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_epoch")),
    )
    op.drop_index(op.f("ix_placement_state_changed_at"), table_name="placement")
    op.add_column("placement", sa.Column("changed_in", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_placement_changed_in"), "placement", ["changed_in"], unique=False)
    first = sa.text("rank = 1")
    op.create_index(
        "ix_suggestion_first_choice",
        "suggestion",
        ["placement_id"],
        unique=False,
        sqlite_where=first,
        postgresql_where=first,
    )


def downgrade() -> None:
    op.drop_index("ix_suggestion_first_choice", table_name="suggestion")
    op.drop_index(op.f("ix_placement_changed_in"), table_name="placement")
    op.drop_column("placement", "changed_in")  # in place: the table is referred to
    op.create_index(op.f("ix_placement_state_changed_at"), "placement", ["state", "changed_at"], unique=False)
    op.drop_table("epoch")
