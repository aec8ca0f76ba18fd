"""Participants and what is known of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("personal_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("personal_number_index", sa.Text(), nullable=True),
        sa.Column("communication", sa.Text(), nullable=False),
        sa.Column("communication_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("came_from", sa.Text(), nullable=False),
        sa.Column("locality_id", sa.Integer(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("has_protected_identity", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sex in ('woman', 'man')", name=op.f("ck_participant_sex")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_participant_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("account_id", name=op.f("uq_participant_account_id")),
        sa.UniqueConstraint("personal_number_index", name=op.f("uq_participant_personal_number_index")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participant_public_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_participant_birth_date"), "participant", ["birth_date"], unique=False)
    op.create_index(
        op.f("ix_participant_sort_key_public_id"), "participant", ["sort_key", "public_id"], unique=False
    )
    op.create_table(
        "personal_number_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_personal_number_search_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_number_search")),
    )
    op.create_index(
        op.f("ix_personal_number_search_account_id"), "personal_number_search", ["account_id"], unique=False
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("employer_id", sa.Integer(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('coach', 'handler', 'coordinator', 'provider', 'placed_with')",
            name=op.f("ck_assignment_kind"),
        ),
        sa.CheckConstraint(
            "account_id is not null or unit_id is not null or employer_id is not null",
            name=op.f("ck_assignment_holder"),
        ),
        sa.CheckConstraint("to_date is null or to_date >= from_date", name=op.f("ck_assignment_dates")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assignment_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_assignment_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_account_id_kind"), "assignment", ["account_id", "kind"], unique=False)
    op.create_index(op.f("ix_assignment_participant_id"), "assignment", ["participant_id"], unique=False)
    op.create_index(op.f("ix_assignment_unit_id_kind"), "assignment", ["unit_id", "kind"], unique=False)
    op.create_table(
        "availability",
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("daily_minutes", sa.Integer(), nullable=True),
        sa.Column("weekdays", sa.Integer(), nullable=True),
        sa.Column("earliest_start", sa.Integer(), nullable=True),
        sa.Column("latest_end", sa.Integer(), nullable=True),
        sa.Column("travel_minutes", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weekdays between 1 and 127", name=op.f("ck_availability_weekdays")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_availability_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_availability_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
    )
    op.create_index(op.f("ix_availability_participant_id"), "availability", ["participant_id"], unique=False)
    op.create_table(
        "constraint_mark",
        sa.Column("constraint_id", sa.Integer(), nullable=False),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('own', 'staff', 'relative')", name=op.f("ck_constraint_mark_source")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_constraint_mark_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["constraint_id"],
            ["work_constraint.id"],
            name=op.f("fk_constraint_mark_constraint_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_constraint_mark_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_constraint_mark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_constraint_mark_public_id")),
    )
    op.create_index(
        op.f("ix_constraint_mark_participant_id"), "constraint_mark", ["participant_id"], unique=False
    )
    op.create_table(
        "interest_vote",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("vote", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('own', 'staff', 'relative')", name=op.f("ck_interest_vote_source")),
        sa.CheckConstraint("vote between -2 and 2", name=op.f("ck_interest_vote_vote")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_interest_vote_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_interest_vote_activity_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_interest_vote_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_vote")),
    )
    op.create_index(
        op.f("ix_interest_vote_participant_id"), "interest_vote", ["participant_id"], unique=False
    )
    op.create_table(
        "preference_vote",
        sa.Column("preference_id", sa.Integer(), nullable=False),
        sa.Column("vote", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('own', 'staff', 'relative')", name=op.f("ck_preference_vote_source")),
        sa.CheckConstraint("vote between -2 and 2", name=op.f("ck_preference_vote_vote")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_preference_vote_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_preference_vote_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["preference_id"],
            ["preference.id"],
            name=op.f("fk_preference_vote_preference_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference_vote")),
    )
    op.create_index(
        op.f("ix_preference_vote_participant_id"), "preference_vote", ["participant_id"], unique=False
    )
    op.create_table(
        "rating",
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("with_aids", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source in ('own', 'staff', 'relative', 'observed')", name=op.f("ck_rating_source")
        ),
        sa.CheckConstraint("confidence between 1 and 3", name=op.f("ck_rating_confidence")),
        sa.CheckConstraint("level between 0 and 4", name=op.f("ck_rating_level")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_rating_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_rating_dimension_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_rating_participant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_participant_id"), "rating", ["participant_id"], unique=False)
    op.create_table(
        "representative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("proof_seen_on", sa.Date(), nullable=True),
        sa.Column("proof_seen_by_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_representative_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proof_seen_by_id"],
            ["account.id"],
            name=op.f("fk_representative_proof_seen_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
        sa.UniqueConstraint("public_id", name=op.f("uq_representative_public_id")),
    )
    op.create_index(
        op.f("ix_representative_participant_id"), "representative", ["participant_id"], unique=False
    )
    op.create_table(
        "wish",
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('own', 'staff', 'relative')", name=op.f("ck_wish_source")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_wish_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_wish_participant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("public_id", name=op.f("uq_wish_public_id")),
    )
    op.create_index(op.f("ix_wish_participant_id"), "wish", ["participant_id"], unique=False)


def downgrade() -> None:
    op.drop_table("wish")
    op.drop_table("representative")
    op.drop_table("rating")
    op.drop_table("preference_vote")
    op.drop_table("interest_vote")
    op.drop_table("constraint_mark")
    op.drop_table("availability")
    op.drop_table("assignment")
    op.drop_table("personal_number_search")
    op.drop_table("participant")
