"""Stored files, symbol packs, photos and known pictures; cards, own pages and representatives who sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size between 1 and 5242880", name=op.f("ck_stored_file_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_file_public_id")),
    )
    op.create_table(
        "personal_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wrong_tries >= 0", name=op.f("ck_personal_card_wrong_tries")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_personal_card_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_personal_card_made_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_card")),
        sa.UniqueConstraint("public_id", name=op.f("uq_personal_card_public_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_personal_card_token_digest")),
    )
    op.create_index(op.f("ix_personal_card_account_id"), "personal_card", ["account_id"], unique=False)
    op.create_table(
        "symbol_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("symbol_count", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_symbol_pack_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_symbol_pack")),
        sa.UniqueConstraint("public_id", name=op.f("uq_symbol_pack_public_id")),
    )
    op.create_table(
        "known_picture",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("word_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('own', 'staff', 'relative')", name=op.f("ck_known_picture_source")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_known_picture_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_known_picture_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_picture")),
        sa.UniqueConstraint("participant_id", "ref", name=op.f("uq_known_picture_participant_id_ref")),
        sa.UniqueConstraint("public_id", name=op.f("uq_known_picture_public_id")),
    )
    op.create_index(
        op.f("ix_known_picture_participant_id"), "known_picture", ["participant_id"], unique=False
    )
    op.create_table(
        "own_work_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer in ('yes', 'maybe', 'no', 'does_not_know_yet')", name=op.f("ck_own_work_wish_answer")
        ),
        sa.CheckConstraint("said_by in ('person', 'representative')", name=op.f("ck_own_work_wish_said_by")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_own_work_wish_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_own_work_wish_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_work_wish")),
    )
    op.create_index(op.f("ix_own_work_wish_account_id"), "own_work_wish", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_own_work_wish_participant_id"), "own_work_wish", ["participant_id"], unique=False
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("word_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_photo_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_photo_file_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_photo_participant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("file_id", name=op.f("uq_photo_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_photo_public_id")),
    )
    op.create_index(op.f("ix_photo_participant_id"), "photo", ["participant_id"], unique=False)
    op.create_table(
        "picture_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('first', 'second', 'both', 'none')", name=op.f("ck_picture_choice_outcome")
        ),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_picture_choice_two")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_picture_choice_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["activity.id"], name=op.f("fk_picture_choice_first_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_picture_choice_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["activity.id"], name=op.f("fk_picture_choice_second_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_choice")),
    )
    op.create_index(
        op.f("ix_picture_choice_participant_id"), "picture_choice", ["participant_id"], unique=False
    )
    op.create_table(
        "symbol",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_fi", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "label_sv <> '' or label_en <> '' or label_fi <> ''", name=op.f("ck_symbol_label")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_symbol_file_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["symbol_pack.id"], name=op.f("fk_symbol_pack_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_symbol")),
        sa.UniqueConstraint("file_id", name=op.f("uq_symbol_file_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_symbol_public_id")),
    )
    op.create_index(op.f("ix_symbol_pack_id"), "symbol", ["pack_id"], unique=False)
    op.create_table(
        "talk_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('coach', 'coordinator')", name=op.f("ck_talk_request_kind")),
        sa.CheckConstraint("said_by in ('person', 'representative')", name=op.f("ck_talk_request_said_by")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_talk_request_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_talk_request_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_request")),
    )
    op.create_index(op.f("ix_talk_request_account_id"), "talk_request", ["account_id"], unique=False)
    op.create_index(
        op.f("ix_talk_request_participant_id_kind"), "talk_request", ["participant_id", "kind"], unique=False
    )
    op.add_column("import_file", sa.Column("said_json", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("representative") as batch:
        batch.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("areas", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(
            op.f("fk_representative_account_id"), "account", ["account_id"], ["id"], ondelete="RESTRICT"
        )
        batch.create_unique_constraint(
            op.f("uq_representative_participant_id_account_id"), ["participant_id", "account_id"]
        )
        batch.create_index(op.f("ix_representative_account_id"), ["account_id"])
    with op.batch_alter_table("server_session") as batch:
        batch.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("handed_over_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_server_session_handed_over_by_id"),
            "account",
            ["handed_over_by_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table("server_session") as batch:
        batch.drop_constraint(op.f("fk_server_session_handed_over_by_id"), type_="foreignkey")
        batch.drop_column("handed_over_by_id")
        batch.drop_column("expires_at")
    with op.batch_alter_table("representative") as batch:
        batch.drop_index(op.f("ix_representative_account_id"))
        batch.drop_constraint(op.f("uq_representative_participant_id_account_id"), type_="unique")
        batch.drop_constraint(op.f("fk_representative_account_id"), type_="foreignkey")
        batch.drop_column("areas")
        batch.drop_column("account_id")
    op.drop_column("import_file", "said_json")
    op.drop_index(op.f("ix_talk_request_participant_id_kind"), table_name="talk_request")
    op.drop_index(op.f("ix_talk_request_account_id"), table_name="talk_request")
    op.drop_table("talk_request")
    op.drop_index(op.f("ix_symbol_pack_id"), table_name="symbol")
    op.drop_table("symbol")
    op.drop_index(op.f("ix_picture_choice_participant_id"), table_name="picture_choice")
    op.drop_table("picture_choice")
    op.drop_index(op.f("ix_photo_participant_id"), table_name="photo")
    op.drop_table("photo")
    op.drop_index(op.f("ix_own_work_wish_participant_id"), table_name="own_work_wish")
    op.drop_index(op.f("ix_own_work_wish_account_id"), table_name="own_work_wish")
    op.drop_table("own_work_wish")
    op.drop_index(op.f("ix_known_picture_participant_id"), table_name="known_picture")
    op.drop_table("known_picture")
    op.drop_table("symbol_pack")
    op.drop_index(op.f("ix_personal_card_account_id"), table_name="personal_card")
    op.drop_table("personal_card")
    op.drop_table("stored_file")
