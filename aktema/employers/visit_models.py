"""The log of an employer: calls, visits, job analyses at the workplace, and what was seen there."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.employers.models import Contact, Employer, Placement

RESTRICT = "RESTRICT"


class EmployerVisit(PublicIdMixin, CreatedMixin, Base):
    """One contact with an employer. It is never about a participant: steps are where those stand."""

    __tablename__ = "employer_visit"
    __table_args__ = (
        CheckConstraint(
            "kind in ('phone', 'email', 'meeting', 'visit', 'job_analysis', 'asked_why')", name="kind"
        ),
        CheckConstraint("minutes between 0 and 1440", name="minutes"),
        CheckConstraint("(kind = 'asked_why') = (reason is not null)", name="reason"),
        CheckConstraint("(kind = 'job_analysis') = (placement_id is not null)", name="placement_id"),
        Index(None, "employer_id", "happened_on", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete=RESTRICT))
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id", ondelete=RESTRICT), index=True
    )
    """What a job analysis is of."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    kind: Mapped[str]
    """A code of `VisitKind`."""
    happened_on: Mapped[date]
    minutes: Mapped[int] = mapped_column(default=0)
    was_reached: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str | None]
    """Why they had not answered, as they said it: a code of `SilenceReason`."""
    line_sealed: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    placement: Mapped[Placement | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    account: Mapped[Account] = relationship()
    seen_demands: Mapped[list["SeenDemand"]] = relationship(cascade="all, delete-orphan")
    seen_adaptations: Mapped[list["SeenAdaptation"]] = relationship(cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    line = crypto.SealedText()


class SeenDemand(Base):
    """What the work demanded in one dimension, as somebody saw it done."""

    __tablename__ = "seen_demand"
    __table_args__ = (CheckConstraint("level between 0 and 4", name="level"),)
    visit_id: Mapped[int] = mapped_column(ForeignKey("employer_visit.id"), primary_key=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id"), primary_key=True)
    level: Mapped[int]


class SeenAdaptation(Base):
    """Whether the workplace could arrange an adaptation, as it was answered there."""

    __tablename__ = "seen_adaptation"
    visit_id: Mapped[int] = mapped_column(ForeignKey("employer_visit.id"), primary_key=True)
    adaptation_id: Mapped[int] = mapped_column(ForeignKey("adaptation.id"), primary_key=True)
    is_possible: Mapped[bool]
