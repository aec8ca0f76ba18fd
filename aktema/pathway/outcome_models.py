"""What became of it: the outcome of a trial, the job, and whether the person is still there."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.pathway.trial_models import Trial
from aktema.people.models import Participant

RESTRICT = "RESTRICT"


class Outcome(PublicIdMixin, CreatedMixin, Base):
    """What a trial led to, or what a person came to without one."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint(
            "kind in ('job', 'longer_placement', 'other_placement', 'education', 'back', 'none')", name="kind"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    trial_id: Mapped[int | None] = mapped_column(ForeignKey("trial.id", ondelete=RESTRICT), unique=True)
    kind: Mapped[str]
    happened_on: Mapped[date]
    words_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    trial: Mapped[Trial | None] = relationship()
    account: Mapped[Account] = relationship()
    employment: Mapped["Employment | None"] = relationship(back_populates="outcome")
    benefits: Mapped[list["BenefitCheck"]] = relationship(order_by="BenefitCheck.id")
    __mapper_args__ = {"version_id_col": version}

    words = crypto.SealedText()


class Employment(PublicIdMixin, CreatedMixin, Base):
    """A paid job."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("weekly_minutes between 1 and 2880", name="weekly_minutes"),
        CheckConstraint("to_date is null or to_date >= from_date", name="dates"),
        CheckConstraint("(to_date is null) = (end_reason is null)", name="end_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id", ondelete=RESTRICT), unique=True)
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT))
    """Where the job grew out of a placement."""
    workplace_sealed: Mapped[bytes]
    """What the workplace is called."""
    form: Mapped[str]
    """A code of `EmploymentForm`."""
    weekly_minutes: Mapped[int]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    end_reason: Mapped[str | None]
    subsidy_until: Mapped[date | None]
    is_union_heard: Mapped[bool | None]
    unsettled_reason: Mapped[str | None]
    """Why it began before the benefits were settled, where it did: a code of `UnsettledReason`."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    outcome: Mapped[Outcome] = relationship(back_populates="employment")
    checks: Mapped[list["RetentionCheck"]] = relationship(
        back_populates="employment", order_by="RetentionCheck.id"
    )
    __mapper_args__ = {"version_id_col": version}

    workplace = crypto.SealedText()


class BenefitCheck(PublicIdMixin, CreatedMixin, Base):
    """Something about the person's income that is settled before the first paid day."""

    __tablename__ = "benefit_check"
    __table_args__ = (UniqueConstraint("outcome_id", "item"), Index(None, "participant_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id", ondelete=RESTRICT))
    item: Mapped[str]
    """A code of `BenefitItem`: the social insurance, the employment service, the guardian."""
    result: Mapped[str]
    """`done` or `not_needed`."""
    settled_on: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))


class RetentionCheck(PublicIdMixin, CreatedMixin, Base):
    """How it was at one of the moments at which everybody with a job is asked."""

    __tablename__ = "retention_check"
    __table_args__ = (
        UniqueConstraint("employment_id", "due"),
        CheckConstraint("wellbeing between 0 and 4", name="wellbeing"),
        CheckConstraint("(wellbeing is null) = (wellbeing_how is null)", name="wellbeing_how"),
        CheckConstraint("(employer_says_well is null) = (employer_how is null)", name="employer_how"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employment_id: Mapped[int] = mapped_column(ForeignKey("employment.id", ondelete=RESTRICT), index=True)
    due: Mapped[str]
    """A code of `RetentionDue`: 1 week, 1, 3, 6, 12, 24 months."""
    asked_on: Mapped[date]
    was_reached: Mapped[bool]
    is_still_employed: Mapped[bool | None]
    weekly_minutes: Mapped[int | None]
    wellbeing: Mapped[int | None]
    """The person's own answer, 0 to 4."""
    wellbeing_how: Mapped[str | None]
    """A code of `AnsweredHow`: on the own page, on a lent screen, told to whoever asked."""
    employer_says_well: Mapped[bool | None]
    employer_how: Mapped[str | None]
    """A code of `AnsweredHow`: by link, or told to whoever asked."""
    support_sealed: Mapped[bytes | None]
    """What support was given or is needed."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    employment: Mapped[Employment] = relationship(back_populates="checks")
    account: Mapped[Account] = relationship()
    __mapper_args__ = {"version_id_col": version}

    support = crypto.SealedText()
