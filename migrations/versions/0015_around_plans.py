"""Pulse, hand-over, consultations, shared templates and calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_feed_public_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feed_token_digest")),
    )
    op.create_index(op.f("ix_calendar_feed_account_id"), "calendar_feed", ["account_id"], unique=False)
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("private_key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(in_use is null) = (private_key_sealed is null)", name=op.f("ck_signing_key_in_use")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_signing_key_account_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("in_use", name=op.f("uq_signing_key_in_use")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signing_key_public_id")),
        sa.UniqueConstraint("public_key", name=op.f("uq_signing_key_public_key")),
    )
    op.create_table(
        "template_sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_template_sender_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"],
            ["account.id"],
            name=op.f("fk_template_sender_withdrawn_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_sender")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_template_sender_fingerprint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_template_sender_public_id")),
        sa.UniqueConstraint("public_key", name=op.f("uq_template_sender_public_key")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("advice_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(answered_on is null) = (advice_sealed is null)", name=op.f("ck_consultation_advice")
        ),
        sa.CheckConstraint(
            "answered_on is null or answered_on >= asked_on", name=op.f("ck_consultation_dates")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_consultation_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_consultation_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consultation_public_id")),
    )
    op.create_index(
        op.f("ix_consultation_participant_id_asked_on"),
        "consultation",
        ["participant_id", "asked_on"],
        unique=False,
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source in ('together', 'own')", name=op.f("ck_pulse_source")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pulse_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_pulse_participant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pulse_public_id")),
    )
    op.create_index(
        op.f("ix_pulse_participant_id_said_on"), "pulse", ["participant_id", "said_on"], unique=False
    )
    op.create_table(
        "pulse_belief",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("belief", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("belief in ('0', '1', '2', '3', '4')", name=op.f("ck_pulse_belief_belief")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_pulse_belief_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_pulse_belief_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_belief")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pulse_belief_public_id")),
    )
    op.create_index(
        op.f("ix_pulse_belief_participant_id_said_on"),
        "pulse_belief",
        ["participant_id", "said_on"],
        unique=False,
    )
    op.create_table(
        "template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Text(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('plan', 'pictures', 'questions')", name=op.f("ck_template_kind")),
        sa.CheckConstraint("(sender_id is null) = (origin_id is null)", name=op.f("ck_template_origin")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_template_number")),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["template_sender.id"], name=op.f("fk_template_sender_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("public_id", name=op.f("uq_template_public_id")),
        sa.UniqueConstraint("sender_id", "origin_id", name=op.f("uq_template_sender_id_origin_id")),
    )
    op.create_index(op.f("ix_template_kind"), "template", ["kind"], unique=False)
    op.create_index(op.f("ix_template_sort_key"), "template", ["sort_key"], unique=False)
    op.create_table(
        "pulse_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pulse_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer in ('0', '1', '2', '3', '4', 'did_not_want_to_answer')",
            name=op.f("ck_pulse_answer_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["pulse_id"], ["pulse.id"], name=op.f("fk_pulse_answer_pulse_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_answer")),
        sa.UniqueConstraint("pulse_id", "question", name=op.f("uq_pulse_answer_pulse_id_question")),
    )
    op.create_index(op.f("ix_pulse_answer_pulse_id"), "pulse_answer", ["pulse_id"], unique=False)
    op.create_table(
        "template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_json", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_template_version_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["template.id"],
            name=op.f("fk_template_version_template_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_template_version_public_id")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_template_version_template_id_number")),
    )
    op.create_index(
        op.f("ix_template_version_template_id"), "template_version", ["template_id"], unique=False
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consented_by", sa.Text(), nullable=True),
        sa.Column("consented_how", sa.Text(), nullable=True),
        sa.Column("consent_words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("packet_json_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "consented_by in ('person', 'representative')", name=op.f("ck_handover_consented_by")
        ),
        sa.CheckConstraint(
            "(consented_on is null) = (consented_by is null) and (consented_on is null) = (consented_how is null)",
            name=op.f("ck_handover_consent"),
        ),
        sa.CheckConstraint(
            "(received_at is null) = (received_by_id is null)", name=op.f("ck_handover_receipt")
        ),
        sa.CheckConstraint(
            "(sent_on is null) = (packet_json_sealed is null)", name=op.f("ck_handover_packet")
        ),
        sa.CheckConstraint(
            "received_at is null or sent_on is not null", name=op.f("ck_handover_received_when_sent")
        ),
        sa.CheckConstraint(
            "sent_on is null or consented_on is not null", name=op.f("ck_handover_sent_with_consent")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_handover_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_handover_from_unit_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["service_order.id"], name=op.f("fk_handover_order_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_handover_participant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["received_by_id"], ["account.id"], name=op.f("fk_handover_received_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("public_id", name=op.f("uq_handover_public_id")),
    )
    op.create_index(op.f("ix_handover_order_id"), "handover", ["order_id"], unique=False)
    op.create_index(op.f("ix_handover_participant_id"), "handover", ["participant_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_handover_participant_id"), table_name="handover")
    op.drop_index(op.f("ix_handover_order_id"), table_name="handover")
    op.drop_table("handover")
    op.drop_index(op.f("ix_template_version_template_id"), table_name="template_version")
    op.drop_table("template_version")
    op.drop_index(op.f("ix_pulse_answer_pulse_id"), table_name="pulse_answer")
    op.drop_table("pulse_answer")
    op.drop_index(op.f("ix_template_sort_key"), table_name="template")
    op.drop_index(op.f("ix_template_kind"), table_name="template")
    op.drop_table("template")
    op.drop_index(op.f("ix_pulse_belief_participant_id_said_on"), table_name="pulse_belief")
    op.drop_table("pulse_belief")
    op.drop_index(op.f("ix_pulse_participant_id_said_on"), table_name="pulse")
    op.drop_table("pulse")
    op.drop_index(op.f("ix_consultation_participant_id_asked_on"), table_name="consultation")
    op.drop_table("consultation")
    op.drop_table("template_sender")
    op.drop_table("signing_key")
    op.drop_index(op.f("ix_calendar_feed_account_id"), table_name="calendar_feed")
    op.drop_table("calendar_feed")
