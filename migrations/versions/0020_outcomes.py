"""What was said when a trial was over, what it led to, and whether people stay."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('job', 'longer_placement', 'other_placement', 'education', 'back', 'none')",
            name=op.f("ck_outcome_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_outcome_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_outcome_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_outcome_trial_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outcome_public_id")),
        sa.UniqueConstraint("trial_id", name=op.f("uq_outcome_trial_id")),
    )
    with op.batch_alter_table("outcome") as batch:
        batch.create_index(batch.f("ix_outcome_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("completion", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "completion in ('completed', 'partly', 'never_started')", name=op.f("ck_review_completion")
        ),
        sa.CheckConstraint("voice in ('person', 'employer', 'coach')", name=op.f("ck_review_voice")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_review_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_review_contact_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_review_trial_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("public_id", name=op.f("uq_review_public_id")),
        sa.UniqueConstraint("trial_id", "voice", name=op.f("uq_review_trial_id_voice")),
    )
    with op.batch_alter_table("review") as batch:
        batch.create_index(batch.f("ix_review_trial_id"), ["trial_id"], unique=False)

    op.create_table(
        "benefit_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_benefit_check_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_benefit_check_outcome_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_benefit_check_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_check")),
        sa.UniqueConstraint("outcome_id", "item", name=op.f("uq_benefit_check_outcome_id_item")),
        sa.UniqueConstraint("public_id", name=op.f("uq_benefit_check_public_id")),
    )
    with op.batch_alter_table("benefit_check") as batch:
        batch.create_index(batch.f("ix_benefit_check_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "employment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("workplace_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("subsidy_until", sa.Date(), nullable=True),
        sa.Column("is_union_heard", sa.Boolean(), nullable=True),
        sa.Column("unsettled_reason", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(to_date is null) = (end_reason is null)", name=op.f("ck_employment_end_reason")),
        sa.CheckConstraint("to_date is null or to_date >= from_date", name=op.f("ck_employment_dates")),
        sa.CheckConstraint("weekly_minutes between 1 and 2880", name=op.f("ck_employment_weekly_minutes")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_employment_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome.id"], name=op.f("fk_employment_outcome_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_employment_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_employment_placement_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint("outcome_id", name=op.f("uq_employment_outcome_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_employment_public_id")),
    )
    with op.batch_alter_table("employment") as batch:
        batch.create_index(batch.f("ix_employment_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "review_answer",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer between 0 and 4", name=op.f("ck_review_answer_answer")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_answer_review_id")),
        sa.PrimaryKeyConstraint("review_id", "question", name=op.f("pk_review_answer")),
    )
    op.create_table(
        "adaptation_result",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("agreement_adaptation_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "result in ('closed', 'helped', 'no_help', 'not_used')", name=op.f("ck_adaptation_result_result")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_adaptation_id"],
            ["agreement_adaptation.id"],
            name=op.f("fk_adaptation_result_agreement_adaptation_id"),
        ),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_adaptation_result_review_id")),
        sa.PrimaryKeyConstraint("review_id", "agreement_adaptation_id", name=op.f("pk_adaptation_result")),
    )
    op.create_table(
        "retention_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("was_reached", sa.Boolean(), nullable=False),
        sa.Column("is_still_employed", sa.Boolean(), nullable=True),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("wellbeing", sa.Integer(), nullable=True),
        sa.Column("wellbeing_how", sa.Text(), nullable=True),
        sa.Column("employer_says_well", sa.Boolean(), nullable=True),
        sa.Column("employer_how", sa.Text(), nullable=True),
        sa.Column("support_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(employer_says_well is null) = (employer_how is null)",
            name=op.f("ck_retention_check_employer_how"),
        ),
        sa.CheckConstraint(
            "(wellbeing is null) = (wellbeing_how is null)", name=op.f("ck_retention_check_wellbeing_how")
        ),
        sa.CheckConstraint("wellbeing between 0 and 4", name=op.f("ck_retention_check_wellbeing")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_retention_check_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name=op.f("fk_retention_check_employment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_check")),
        sa.UniqueConstraint("employment_id", "due", name=op.f("uq_retention_check_employment_id_due")),
        sa.UniqueConstraint("public_id", name=op.f("uq_retention_check_public_id")),
    )
    with op.batch_alter_table("retention_check") as batch:
        batch.create_index(batch.f("ix_retention_check_employment_id"), ["employment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("retention_check") as batch:
        batch.drop_index(batch.f("ix_retention_check_employment_id"))

    op.drop_table("retention_check")
    op.drop_table("adaptation_result")
    op.drop_table("review_answer")
    with op.batch_alter_table("employment") as batch:
        batch.drop_index(batch.f("ix_employment_participant_id"))

    op.drop_table("employment")
    with op.batch_alter_table("benefit_check") as batch:
        batch.drop_index(batch.f("ix_benefit_check_participant_id"))

    op.drop_table("benefit_check")
    with op.batch_alter_table("review") as batch:
        batch.drop_index(batch.f("ix_review_trial_id"))

    op.drop_table("review")
    with op.batch_alter_table("outcome") as batch:
        batch.drop_index(batch.f("ix_outcome_participant_id"))

    op.drop_table("outcome")
