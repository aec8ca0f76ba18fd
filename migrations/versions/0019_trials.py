"""Introductions to their end; trials, what was agreed, who signed and how it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

REPLIES = [
    "placement_id",
    "sent_on",
    "employer_answer",
    "employer_answered_on",
    "closed_reason",
    "closed_on",
]


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column("interrupted_on", sa.Date(), nullable=True),
        sa.Column("interrupted_by", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("end_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('study_visit', 'taster', 'workplace_placement', 'external_placement')",
            name=op.f("ck_trial_kind"),
        ),
        sa.CheckConstraint(
            "(cancelled_on is null) = (cancelled_by is null)", name=op.f("ck_trial_cancelled")
        ),
        sa.CheckConstraint(
            "(interrupted_on is null) = (interrupted_by is null)", name=op.f("ck_trial_interrupted")
        ),
        sa.CheckConstraint(
            "cancelled_on is null or interrupted_on is null", name=op.f("ck_trial_ended_once")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_trial_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introduction.id"],
            name=op.f("fk_trial_introduction_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_trial_participant_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_trial_placement_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sa.UniqueConstraint("introduction_id", name=op.f("uq_trial_introduction_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_trial_public_id")),
    )
    with op.batch_alter_table("trial") as batch:
        batch.create_index(batch.f("ix_trial_participant_id"), ["participant_id"], unique=False)
        batch.create_index(batch.f("ix_trial_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=False),
        sa.Column("change_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("insurance", sa.Text(), nullable=False),
        sa.Column("safety_introduction_on", sa.Date(), nullable=True),
        sa.Column("has_return_right", sa.Boolean(), nullable=False),
        sa.Column("tasks_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("support_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("stop_rules_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("safety_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("easy_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "from_date is null or to_date is null or to_date >= from_date", name=op.f("ck_agreement_dates")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_agreement_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["contact.id"], name=op.f("fk_agreement_supervisor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_agreement_trial_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_public_id")),
        sa.UniqueConstraint("trial_id", "number", name=op.f("uq_agreement_trial_id_number")),
    )
    with op.batch_alter_table("agreement") as batch:
        batch.create_index(batch.f("ix_agreement_trial_id"), ["trial_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer in ('well', 'talk')", name=op.f("ck_check_in_answer")),
        sa.CheckConstraint("party in ('person', 'employer')", name=op.f("ck_check_in_party")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_check_in_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_check_in_trial_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_in_public_id")),
        sa.UniqueConstraint("trial_id", "due", "party", name=op.f("uq_check_in_trial_id_due_party")),
    )
    with op.batch_alter_table("check_in") as batch:
        batch.create_index(batch.f("ix_check_in_trial_id"), ["trial_id"], unique=False)

    op.create_table(
        "job_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_job_question_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["trial.id"], name=op.f("fk_job_question_trial_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_question")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_question_public_id")),
        sa.UniqueConstraint("trial_id", "month", name=op.f("uq_job_question_trial_id_month")),
    )
    with op.batch_alter_table("job_question") as batch:
        batch.create_index(batch.f("ix_job_question_trial_id"), ["trial_id"], unique=False)

    op.create_table(
        "agreement_adaptation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("adaptation_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=True),
        sa.Column("gap", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["adaptation_id"],
            ["adaptation.id"],
            name=op.f("fk_agreement_adaptation_adaptation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_adaptation_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["dimension_id"],
            ["dimension.id"],
            name=op.f("fk_agreement_adaptation_dimension_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_adaptation")),
    )
    with op.batch_alter_table("agreement_adaptation") as batch:
        batch.create_index(batch.f("ix_agreement_adaptation_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "agreement_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "break_minutes >= 0 and break_minutes < ends_at - starts_at",
            name=op.f("ck_agreement_day_break_minutes"),
        ),
        sa.CheckConstraint(
            "starts_at >= 0 and ends_at <= 1440 and starts_at < ends_at", name=op.f("ck_agreement_day_times")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_day_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_day")),
        sa.UniqueConstraint("agreement_id", "day", name=op.f("uq_agreement_day_agreement_id_day")),
    )
    with op.batch_alter_table("agreement_day") as batch:
        batch.create_index(batch.f("ix_agreement_day_agreement_id"), ["agreement_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("on_behalf_reason", sa.Text(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party in ('person', 'employer', 'coach')", name=op.f("ck_signature_party")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_signature_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_signature_contact_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_signature_file_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("agreement_id", "party", name=op.f("uq_signature_agreement_id_party")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_public_id")),
    )
    with op.batch_alter_table("signature") as batch:
        batch.create_index(batch.f("ix_signature_agreement_id"), ["agreement_id"], unique=False)

    with op.batch_alter_table("attendance") as batch:
        batch.add_column(sa.Column("trial_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("source", sa.Text(), server_default="staff", nullable=False))
        batch.alter_column("order_id", existing_type=sa.INTEGER(), nullable=True)
        batch.create_index(batch.f("ix_attendance_trial_id"), ["trial_id"], unique=False)
        batch.create_check_constraint(
            batch.f("ck_attendance_source"), "source in ('staff', 'person', 'employer')"
        )
        batch.create_check_constraint(
            batch.f("ck_attendance_whose"), "order_id is not null or trial_id is not null"
        )

    with op.batch_alter_table("introduction") as batch:
        batch.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        batch.add_column(sa.Column("consent_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("card_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("sent_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("employer_answer", sa.Text(), nullable=True))
        batch.add_column(sa.Column("employer_answered_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("employer_not_before", sa.Date(), nullable=True))
        batch.add_column(sa.Column("employer_reason", sa.Text(), nullable=True))
        batch.add_column(sa.Column("employer_words_sealed", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("visit_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("visit_at", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("closed_by", sa.Text(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_introduction_consent_id"), "consent", ["consent_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_foreign_key(
            batch.f("fk_introduction_contact_id"), "contact", ["contact_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_check_constraint(
            batch.f("ck_introduction_employer_answer"), "employer_answer in ('yes', 'not_now', 'no')"
        )
        batch.create_check_constraint(
            batch.f("ck_introduction_employer_answered"),
            "(employer_answer is null) = (employer_answered_on is null)",
        )
        batch.create_check_constraint(
            batch.f("ck_introduction_sent"),
            "sent_on is null or (consent_id is not null and card_sealed is not null)",
        )
        batch.create_check_constraint(
            batch.f("ck_introduction_answered_when_sent"), "employer_answer is null or sent_on is not null"
        )
        batch.create_index("ix_introduction_replies", REPLIES, unique=False)

    with op.batch_alter_table("step") as batch:
        batch.add_column(sa.Column("actor", sa.Text(), server_default="staff", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.drop_column("actor")

    with op.batch_alter_table("introduction") as batch:
        batch.drop_index("ix_introduction_replies")
        batch.drop_constraint(batch.f("ck_introduction_answered_when_sent"), type_="check")
        batch.drop_constraint(batch.f("ck_introduction_sent"), type_="check")
        batch.drop_constraint(batch.f("ck_introduction_employer_answered"), type_="check")
        batch.drop_constraint(batch.f("ck_introduction_employer_answer"), type_="check")
        batch.drop_constraint(batch.f("fk_introduction_contact_id"), type_="foreignkey")
        batch.drop_constraint(batch.f("fk_introduction_consent_id"), type_="foreignkey")
        batch.drop_column("closed_by")
        batch.drop_column("agreed_on")
        batch.drop_column("visit_at")
        batch.drop_column("visit_on")
        batch.drop_column("employer_words_sealed")
        batch.drop_column("employer_reason")
        batch.drop_column("employer_not_before")
        batch.drop_column("employer_answered_on")
        batch.drop_column("employer_answer")
        batch.drop_column("sent_on")
        batch.drop_column("contact_id")
        batch.drop_column("card_sealed")
        batch.drop_column("consent_id")
        batch.drop_column("answer_by")

    with op.batch_alter_table("attendance") as batch:
        batch.drop_constraint(batch.f("ck_attendance_whose"), type_="check")
        batch.drop_constraint(batch.f("ck_attendance_source"), type_="check")
        batch.drop_index(batch.f("ix_attendance_trial_id"))
        batch.alter_column("order_id", existing_type=sa.INTEGER(), nullable=False)
        batch.drop_column("source")
        batch.drop_column("trial_id")

    with op.batch_alter_table("signature") as batch:
        batch.drop_index(batch.f("ix_signature_agreement_id"))

    op.drop_table("signature")
    with op.batch_alter_table("agreement_day") as batch:
        batch.drop_index(batch.f("ix_agreement_day_agreement_id"))

    op.drop_table("agreement_day")
    with op.batch_alter_table("agreement_adaptation") as batch:
        batch.drop_index(batch.f("ix_agreement_adaptation_agreement_id"))

    op.drop_table("agreement_adaptation")
    with op.batch_alter_table("job_question") as batch:
        batch.drop_index(batch.f("ix_job_question_trial_id"))

    op.drop_table("job_question")
    with op.batch_alter_table("check_in") as batch:
        batch.drop_index(batch.f("ix_check_in_trial_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("agreement") as batch:
        batch.drop_index(batch.f("ix_agreement_trial_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("trial") as batch:
        batch.drop_index(batch.f("ix_trial_placement_id"))
        batch.drop_index(batch.f("ix_trial_participant_id"))

    op.drop_table("trial")
