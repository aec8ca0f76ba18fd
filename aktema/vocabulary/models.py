"""The vocabulary's tables. Rows come from our own file and from JobTech imports; no page edits them."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core.db import Base


class WordMixin:
    """A word with its stable code, its texts and the order it is shown in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    sort: Mapped[int]
    label_sv: Mapped[str]
    label_en: Mapped[str]
    label_easy: Mapped[str]
    picture: Mapped[str] = mapped_column(default="")
    """OpenMoji code, empty where no picture fits: a wrong picture is worse than none."""


class ScaleLevel(WordMixin, Base):
    """What a level from 0 to 4 means on both sides, and the two answers that are no level."""

    __tablename__ = "scale_level"
    capacity_sv: Mapped[str]
    capacity_en: Mapped[str]
    demand_sv: Mapped[str]
    demand_en: Mapped[str]


class DimensionGroup(WordMixin, Base):
    __tablename__ = "dimension_group"
    dimensions: Mapped[list["Dimension"]] = relationship(back_populates="group", order_by="Dimension.sort")


class Dimension(WordMixin, Base):
    """One of the 23 things a person can and a placement demands; `is_core` ones are the ten-minute start."""

    __tablename__ = "dimension"
    group_id: Mapped[int] = mapped_column(ForeignKey("dimension_group.id"), index=True)
    is_core: Mapped[bool]
    icf: Mapped[str]
    group: Mapped[DimensionGroup] = relationship(back_populates="dimensions")
    anchors: Mapped[list["LevelAnchor"]] = relationship(
        back_populates="dimension", order_by="LevelAnchor.level"
    )
    adaptations: Mapped[list["Adaptation"]] = relationship(
        back_populates="dimension", order_by="Adaptation.sort"
    )


class LevelAnchor(WordMixin, Base):
    """What a level looks like in one dimension, as capacity and as demand."""

    __tablename__ = "level_anchor"
    __table_args__ = (CheckConstraint("level between 0 and 4", name="level"),)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id"), index=True)
    level: Mapped[int]
    capacity_sv: Mapped[str]
    capacity_en: Mapped[str]
    demand_sv: Mapped[str]
    demand_en: Mapped[str]
    dimension: Mapped[Dimension] = relationship(back_populates="anchors")


class Adaptation(WordMixin, Base):
    """What closes a gap in one dimension."""

    __tablename__ = "adaptation"
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id"), index=True)
    dimension: Mapped[Dimension] = relationship(back_populates="adaptations")


class ActivityGroup(WordMixin, Base):
    __tablename__ = "activity_group"
    activities: Mapped[list["Activity"]] = relationship(back_populates="group", order_by="Activity.sort")


class Activity(WordMixin, Base):
    """Something one does at work, with the demands it usually makes."""

    __tablename__ = "activity"
    group_id: Mapped[int] = mapped_column(ForeignKey("activity_group.id"), index=True)
    riasec: Mapped[str]
    ssyk: Mapped[str]
    esco_hint: Mapped[str]
    group: Mapped[ActivityGroup] = relationship(back_populates="activities")
    demands: Mapped[list["ActivityDemand"]] = relationship(cascade="all, delete-orphan")


class ActivityDemand(Base):
    """The level an activity usually demands: a suggestion for a new placement."""

    __tablename__ = "activity_demand"
    __table_args__ = (CheckConstraint("level between 1 and 4", name="level"),)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id"), primary_key=True)
    level: Mapped[int]


class Preference(WordMixin, Base):
    """Two poles, "Inne – ute": a vote from -2 (the first) to +2 (the second)."""

    __tablename__ = "preference"


class WorkConstraint(WordMixin, Base):
    """Something that must be met for the person to be there at all."""

    __tablename__ = "work_constraint"


class OccupationGroup(Base):
    """An SSYK 2012 group of level 4, from JobTech's taxonomy."""

    __tablename__ = "occupation_group"
    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(unique=True)
    ssyk: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    occupations: Mapped[list["Occupation"]] = relationship(
        back_populates="group", order_by="Occupation.sort_key"
    )
    skills: Mapped[list["Skill"]] = relationship(secondary="occupation_group_skill", order_by="Skill.label")


class Occupation(Base):
    """An occupation name of JobTech's taxonomy."""

    __tablename__ = "occupation"
    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("occupation_group.id"), index=True)
    label: Mapped[str]
    sort_key: Mapped[str] = mapped_column(index=True)
    needs_no_education: Mapped[bool] = mapped_column(default=False)
    group: Mapped[OccupationGroup] = relationship(back_populates="occupations")


class Skill(Base):
    """A skill of JobTech's taxonomy."""

    __tablename__ = "skill"
    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]


class OccupationGroupSkill(Base):
    """Which skills an occupation group asks for."""

    __tablename__ = "occupation_group_skill"
    group_id: Mapped[int] = mapped_column(ForeignKey("occupation_group.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True, index=True)
