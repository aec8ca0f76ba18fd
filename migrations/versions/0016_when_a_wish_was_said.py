"""When the answer about work in a plan was written down; until now it counted from the version's last change."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FILL = "update plan set work_wish_at = saved_at where work_wish is not null"


def upgrade() -> None:
    op.add_column("plan", sa.Column("work_wish_at", sa.DateTime(timezone=True), nullable=True))
    # The database lets nobody write in a fixed plan: its guard steps aside for this one statement.
    if op.get_bind().dialect.name == "sqlite":
        guard = op.get_bind().scalar(sa.text("select sql from sqlite_master where name = 'plan_stands'"))
        op.execute("drop trigger plan_stands")
        op.execute(FILL)
        op.execute(str(guard))
    else:
        op.execute("alter table plan disable trigger guard_plan")
        op.execute(FILL)
        op.execute("alter table plan enable trigger guard_plan")


def downgrade() -> None:
    op.drop_column("plan", "work_wish_at")  # in place: the table is referred to
