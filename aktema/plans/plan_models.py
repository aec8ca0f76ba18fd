"""The implementation plan: versions, goals, activities, and what they say in three forms. A fixed version stands."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.people.models import Participant
from aktema.plans.models import ServiceOrder

RESTRICT = "RESTRICT"


class Plan(PublicIdMixin, CreatedMixin, Base):
    """One version of how an order is carried out. It is worked on until it is fixed; then the next version begins.

    SOSFS 2014:5 ch. 6 with HSLF-FS 2016:89: built on the order, with goals, activities, who, when and how.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(fixed_on is null) = (fixed_by_id is null)", name="fixed"),
        CheckConstraint(
            "(confirmed_on is null) = (confirmed_how is null)"
            " and (confirmed_on is null) = (confirmed_by is null)",
            name="confirmed",
        ),
        CheckConstraint("confirmed_by in ('person', 'representative')", name="confirmed_by"),
        CheckConstraint("fixed_on is null or confirmed_on is not null", name="fixed_when_confirmed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("service_order.id", ondelete=RESTRICT), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete=RESTRICT), unique=True)
    """The version this one continues."""
    number: Mapped[int]
    has_work_part: Mapped[bool]
    work_wish: Mapped[str | None]
    """What the person answered about work: one of ANSWERS_TO the wish for work."""
    work_wish_at: Mapped[datetime | None]
    """When that answer was written down; the next version begins with it as old as it is."""
    work_wish_channel: Mapped[str | None]
    work_by: Mapped[date | None]
    """By when the next step toward work is taken."""
    own_words_channel: Mapped[str | None]
    confirmed_on: Mapped[date | None]
    confirmed_by: Mapped[str | None]
    confirmed_how: Mapped[str | None]
    fixed_on: Mapped[date | None]
    fixed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    order: Mapped[ServiceOrder] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=account_id)
    fixed_by: Mapped[Account | None] = relationship(foreign_keys=fixed_by_id)
    goals: Mapped[list["Goal"]] = relationship(back_populates="plan", order_by="Goal.position, Goal.id")
    activities: Mapped[list["PlannedActivity"]] = relationship(
        back_populates="plan", order_by="PlannedActivity.position, PlannedActivity.id"
    )
    lines: Mapped[list["PlanLine"]] = relationship(back_populates="plan", order_by="PlanLine.id")
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="plan", order_by="Participation.id"
    )
    __mapper_args__ = {"version_id_col": version}


class Participation(CreatedMixin, PublicIdMixin, Base):
    """Who took part in making the plan, and how."""

    __tablename__ = "plan_participation"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete=RESTRICT), index=True)
    role: Mapped[str]
    how: Mapped[str]
    name_sealed: Mapped[bytes | None]
    plan: Mapped[Plan] = relationship(back_populates="participations")

    name = crypto.SealedText()


class Goal(PublicIdMixin, CreatedMixin, Base):
    """What the person is to reach, in a life area of the ICF. Its words lie in the plan's lines."""

    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete=RESTRICT), index=True)
    key: Mapped[str] = mapped_column(index=True)
    """The same through all versions: the public id it had in the first."""
    position: Mapped[int] = mapped_column(default=0)
    life_area: Mapped[str]
    target_date: Mapped[date | None]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)
    plan: Mapped[Plan] = relationship(back_populates="goals")
    __mapper_args__ = {"version_id_col": version}


class PlannedActivity(PublicIdMixin, CreatedMixin, Base):
    """What is done toward a goal, and when: weekdays as bits, minutes after midnight. Its words lie in the lines."""

    __tablename__ = "planned_activity"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        CheckConstraint("weekdays between 1 and 127", name="weekdays"),
        CheckConstraint("week_pattern in ('every', 'odd', 'even')", name="week_pattern"),
        CheckConstraint("starts_at between 0 and 1439", name="starts_at"),
        CheckConstraint("ends_at between 1 and 1440 and ends_at > starts_at", name="ends_at"),
        CheckConstraint("support_level between 0 and 4", name="support_level"),
        CheckConstraint("to_date is null or from_date is null or to_date >= from_date", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete=RESTRICT), index=True)
    goal_key: Mapped[str]
    """The goal it belongs to, in the same version."""
    key: Mapped[str] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(default=0)
    weekdays: Mapped[int | None]
    week_pattern: Mapped[str] = mapped_column(default="every")
    starts_at: Mapped[int | None]
    ends_at: Mapped[int | None]
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    support_level: Mapped[int | None]
    is_toward_work: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)
    plan: Mapped[Plan] = relationship(back_populates="activities")
    __mapper_args__ = {"version_id_col": version}


class PlanLine(PublicIdMixin, CreatedMixin, Base):
    """One thing that the plan says, in all its forms: standard words, easy-read words, pictures with a word under each.

    `told` is the standard text as it was when the easy-read text was written: where they differ, the easy-read text
    is older than what it tells, and every form says so.
    """

    __tablename__ = "plan_line"
    __table_args__ = (UniqueConstraint("plan_id", "place", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete=RESTRICT), index=True)
    place: Mapped[str]
    """The key of the goal or activity it is about; empty where it is about the plan."""
    field: Mapped[str]
    standard_sealed: Mapped[bytes | None]
    easy_sealed: Mapped[bytes | None]
    told_sealed: Mapped[bytes | None]
    pictures_json_sealed: Mapped[bytes | None]
    """JSON: at most three pairs of a picture's reference and the word under it."""
    plan: Mapped[Plan] = relationship(back_populates="lines")

    standard = crypto.SealedText()
    easy = crypto.SealedText()
    told = crypto.SealedText()
    pictures_json = crypto.SealedText()
