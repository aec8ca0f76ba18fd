"""The question about a job is answered once a day and placement: its month may come again after a long break."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MONTH, DAY = "month", "asked_on"


def upgrade() -> None:
    _once_a(DAY, instead_of=MONTH)


def downgrade() -> None:
    """Of a month answered twice only the newest answer stays: there was no room for both."""
    op.execute(
        "delete from job_question where exists (select 1 from job_question newer"
        " where newer.trial_id = job_question.trial_id and newer.month = job_question.month"
        " and newer.asked_on > job_question.asked_on)"
    )
    _once_a(MONTH, instead_of=DAY)


def _once_a(column: str, *, instead_of: str) -> None:
    with op.batch_alter_table("job_question") as batch:
        batch.drop_constraint(batch.f(f"uq_job_question_trial_id_{instead_of}"), type_="unique")
        batch.create_unique_constraint(batch.f(f"uq_job_question_trial_id_{column}"), ["trial_id", column])
