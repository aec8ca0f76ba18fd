"""The vocabulary and the occupations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_group")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_group_code")),
    )
    op.create_table(
        "dimension_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimension_group")),
        sa.UniqueConstraint("code", name=op.f("uq_dimension_group_code")),
    )
    op.create_table(
        "occupation_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Text(), nullable=False),
        sa.Column("ssyk", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation_group")),
        sa.UniqueConstraint("concept_id", name=op.f("uq_occupation_group_concept_id")),
        sa.UniqueConstraint("ssyk", name=op.f("uq_occupation_group_ssyk")),
    )
    op.create_table(
        "preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint("code", name=op.f("uq_preference_code")),
    )
    op.create_table(
        "scale_level",
        sa.Column("capacity_sv", sa.Text(), nullable=False),
        sa.Column("capacity_en", sa.Text(), nullable=False),
        sa.Column("demand_sv", sa.Text(), nullable=False),
        sa.Column("demand_en", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale_level")),
        sa.UniqueConstraint("code", name=op.f("uq_scale_level_code")),
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("concept_id", name=op.f("uq_skill_concept_id")),
    )
    op.create_table(
        "work_constraint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_constraint")),
        sa.UniqueConstraint("code", name=op.f("uq_work_constraint_code")),
    )
    op.create_table(
        "activity",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("riasec", sa.Text(), nullable=False),
        sa.Column("ssyk", sa.Text(), nullable=False),
        sa.Column("esco_hint", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["activity_group.id"], name=op.f("fk_activity_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_code")),
    )
    op.create_index(op.f("ix_activity_group_id"), "activity", ["group_id"], unique=False)
    op.create_table(
        "dimension",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("is_core", sa.Boolean(), nullable=False),
        sa.Column("icf", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["dimension_group.id"], name=op.f("fk_dimension_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimension")),
        sa.UniqueConstraint("code", name=op.f("uq_dimension_code")),
    )
    op.create_index(op.f("ix_dimension_group_id"), "dimension", ["group_id"], unique=False)
    op.create_table(
        "occupation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("needs_no_education", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["occupation_group.id"], name=op.f("fk_occupation_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupation")),
        sa.UniqueConstraint("concept_id", name=op.f("uq_occupation_concept_id")),
    )
    op.create_index(op.f("ix_occupation_group_id"), "occupation", ["group_id"], unique=False)
    op.create_index(op.f("ix_occupation_sort_key"), "occupation", ["sort_key"], unique=False)
    op.create_table(
        "occupation_group_skill",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["occupation_group.id"], name=op.f("fk_occupation_group_skill_group_id")
        ),
        sa.ForeignKeyConstraint(["skill_id"], ["skill.id"], name=op.f("fk_occupation_group_skill_skill_id")),
        sa.PrimaryKeyConstraint("group_id", "skill_id", name=op.f("pk_occupation_group_skill")),
    )
    op.create_index(
        op.f("ix_occupation_group_skill_skill_id"), "occupation_group_skill", ["skill_id"], unique=False
    )
    op.create_table(
        "activity_demand",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level between 1 and 4", name=op.f("ck_activity_demand_level")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_demand_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_activity_demand_dimension_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "dimension_id", name=op.f("pk_activity_demand")),
    )
    op.create_table(
        "adaptation",
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dimension_id"], ["dimension.id"], name=op.f("fk_adaptation_dimension_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adaptation")),
        sa.UniqueConstraint("code", name=op.f("uq_adaptation_code")),
    )
    op.create_index(op.f("ix_adaptation_dimension_id"), "adaptation", ["dimension_id"], unique=False)
    op.create_table(
        "level_anchor",
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("capacity_sv", sa.Text(), nullable=False),
        sa.Column("capacity_en", sa.Text(), nullable=False),
        sa.Column("demand_sv", sa.Text(), nullable=False),
        sa.Column("demand_en", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_easy", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.CheckConstraint("level between 0 and 4", name=op.f("ck_level_anchor_level")),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_level_anchor_dimension_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_anchor")),
        sa.UniqueConstraint("code", name=op.f("uq_level_anchor_code")),
    )
    op.create_index(op.f("ix_level_anchor_dimension_id"), "level_anchor", ["dimension_id"], unique=False)


def downgrade() -> None:
    op.drop_table("level_anchor")
    op.drop_table("adaptation")
    op.drop_table("activity_demand")
    op.drop_table("occupation_group_skill")
    op.drop_table("occupation")
    op.drop_table("dimension")
    op.drop_table("activity")
    op.drop_table("work_constraint")
    op.drop_table("skill")
    op.drop_table("scale_level")
    op.drop_table("preference")
    op.drop_table("occupation_group")
    op.drop_table("dimension_group")
    op.drop_table("activity_group")
