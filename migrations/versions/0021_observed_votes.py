"""What somebody seems to like, seen at work: a vote of its own beside the person's and others' words."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE, AFTER = "source in ('own', 'staff', 'relative')", "source in ('own', 'staff', 'relative', 'observed')"


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    op.execute("update interest_vote set source = 'staff' where source = 'observed'")
    _allow(BEFORE)


def _allow(sources: str) -> None:
    with op.batch_alter_table("interest_vote") as batch:
        batch.drop_constraint(batch.f("ck_interest_vote_source"), type_="check")
        batch.create_check_constraint(batch.f("ck_interest_vote_source"), sources)
