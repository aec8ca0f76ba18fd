"""Employers, the people to talk to there, the workplaces, and the placements they offer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"
DRAFT, PUBLISHED, PAUSED, CLOSED = "draft", "published", "paused", "closed"


class Employer(PublicIdMixin, CreatedMixin, Base):
    __tablename__ = "employer"
    __table_args__ = (Index(None, "sort_key", "public_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sort_key: Mapped[str]
    organisation_number: Mapped[str | None] = mapped_column(unique=True)
    sector: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
    """What coaches tell each other about the employer; never shown to the employer."""
    is_lead: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is only a name to follow up: nobody has talked with them yet."""
    month_cap: Mapped[int | None]
    """How many questions a month they want at most."""
    not_before: Mapped[date | None]
    """They want no questions before the day."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id", ondelete=RESTRICT))
    """The row that took this one over, where the organisation stood there twice."""
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    contacts: Mapped[list["Contact"]] = relationship(back_populates="employer", order_by="Contact.id")
    workplaces: Mapped[list["Workplace"]] = relationship(back_populates="employer", order_by="Workplace.id")
    __mapper_args__ = {"version_id_col": version}


class Contact(PublicIdMixin, CreatedMixin, Base):
    """Somebody to talk to at an employer."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete=RESTRICT), index=True)
    name: Mapped[str]
    task: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), unique=True)
    """Whom they sign in as, where they do."""
    is_admin: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they let colleagues in and out."""
    asked_in_on: Mapped[date | None]
    """When a colleague asked that they may sign in; a coach says yes by letting them in, which empties it."""
    left_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship(back_populates="contacts")
    __mapper_args__ = {"version_id_col": version}


class Workplace(PublicIdMixin, CreatedMixin, Base):
    """A place where people work: where it is and what getting in and around is like."""

    __tablename__ = "workplace"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete=RESTRICT), index=True)
    name: Mapped[str]
    street: Mapped[str] = mapped_column(default="")
    locality_id: Mapped[int | None]
    access_facts: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship(back_populates="workplaces")
    __mapper_args__ = {"version_id_col": version}


class Placement(PublicIdMixin, CreatedMixin, Base):
    """A trial position: what one does, what it demands, when, and how many can be there at a time."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'published', 'paused', 'closed')", name="state"),
        CheckConstraint("places between 1 and 99", name="places"),
        CheckConstraint("to_date is null or from_date is null or to_date >= from_date", name="dates"),
        CheckConstraint("weekdays between 1 and 127", name="weekdays"),
        Index(None, "sort_key", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete=RESTRICT), index=True)
    workplace_id: Mapped[int] = mapped_column(ForeignKey("workplace.id", ondelete=RESTRICT), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    occupation_id: Mapped[int | None] = mapped_column(ForeignKey("occupation.id", ondelete=RESTRICT))
    title: Mapped[str]
    sort_key: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    least_weekly_minutes: Mapped[int | None]
    most_weekly_minutes: Mapped[int | None]
    weekdays: Mapped[int | None]
    """Bits, 1 is Monday; None is unknown."""
    starts_at: Mapped[int | None]
    ends_at: Mapped[int | None]
    places: Mapped[int] = mapped_column(default=1)
    supervision: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=DRAFT)
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    expires_on: Mapped[date | None]
    """From this day it is not shown any longer, unless somebody has said that it still holds."""
    posted_by: Mapped[str] = mapped_column(default="staff", server_default="staff")
    """`staff`, `link` or `employer`: who wrote it first."""
    reviewed_on: Mapped[date | None]
    """When a coach looked through what an employer posted."""
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    changed_in: Mapped[int] = mapped_column(default=0, server_default="0", index=True)
    """The epoch of the last change that counts in a match."""
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    workplace: Mapped[Workplace] = relationship()
    supervisor: Mapped[Contact | None] = relationship()
    activities: Mapped[list["PlacementActivity"]] = relationship(
        cascade="all, delete-orphan", order_by="PlacementActivity.activity_id"
    )
    demands: Mapped[list["PlacementDemand"]] = relationship(
        cascade="all, delete-orphan", order_by="PlacementDemand.dimension_id"
    )
    preferences: Mapped[list["PlacementPreference"]] = relationship(
        cascade="all, delete-orphan", order_by="PlacementPreference.preference_id"
    )
    constraints: Mapped[list["PlacementConstraint"]] = relationship(
        cascade="all, delete-orphan", order_by="PlacementConstraint.constraint_id"
    )
    adaptations: Mapped[list["PlacementAdaptation"]] = relationship(
        cascade="all, delete-orphan", order_by="PlacementAdaptation.adaptation_id"
    )
    state_changes: Mapped[list["PlacementStateChange"]] = relationship(order_by="PlacementStateChange.id")
    __mapper_args__ = {"version_id_col": version}


class PlacementActivity(Base):
    __tablename__ = "placement_activity"
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)


class PlacementDemand(Base):
    """What the placement demands in one dimension; a dimension without a row is unstated."""

    __tablename__ = "placement_demand"
    __table_args__ = (CheckConstraint("level between 0 and 4", name="level"),)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id"), primary_key=True)
    level: Mapped[int]


class PlacementPreference(Base):
    """Where the placement stands between two poles, -2 to +2; no row is unknown."""

    __tablename__ = "placement_preference"
    __table_args__ = (CheckConstraint("pole between -2 and 2", name="pole"),)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True)
    preference_id: Mapped[int] = mapped_column(ForeignKey("preference.id"), primary_key=True)
    pole: Mapped[int]


class PlacementConstraint(Base):
    """Whether the placement meets a constraint; no row is unknown."""

    __tablename__ = "placement_constraint"
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True)
    constraint_id: Mapped[int] = mapped_column(ForeignKey("work_constraint.id"), primary_key=True)
    is_met: Mapped[bool]


class PlacementAdaptation(Base):
    """An adaptation the placement offers."""

    __tablename__ = "placement_adaptation"
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), primary_key=True)
    adaptation_id: Mapped[int] = mapped_column(ForeignKey("adaptation.id"), primary_key=True)


class PlacementStateChange(CreatedMixin, Base):
    """A state a placement came into, and whose doing it was where somebody was signed in."""

    __tablename__ = "placement_state_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT), index=True)
    state: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    account: Mapped[Account | None] = relationship()
