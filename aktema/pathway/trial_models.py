"""One person's stay at a placement: what was agreed, who signed it, and how it went while it lasted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.employers.models import Contact, Placement
from aktema.pathway.models import Introduction
from aktema.people.models import Participant
from aktema.vocabulary.models import Adaptation, Dimension

RESTRICT = "RESTRICT"


class Trial(PublicIdMixin, CreatedMixin, Base):
    """A study visit, a taster or a placement. Its status is computed: see `trial_states`."""

    __tablename__ = "trial"
    __table_args__ = (
        CheckConstraint(
            "kind in ('study_visit', 'taster', 'workplace_placement', 'external_placement')", name="kind"
        ),
        CheckConstraint("(cancelled_on is null) = (cancelled_by is null)", name="cancelled"),
        CheckConstraint("(interrupted_on is null) = (interrupted_by is null)", name="interrupted"),
        CheckConstraint("cancelled_on is null or interrupted_on is null", name="ended_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT), index=True)
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey("introduction.id", ondelete=RESTRICT), unique=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    """The worker who began it."""
    kind: Mapped[str]
    begun_on: Mapped[date]
    cancelled_on: Mapped[date | None]
    cancelled_by: Mapped[str | None]
    """A code of `Whose`."""
    interrupted_on: Mapped[date | None]
    """The first day on which nobody came any longer."""
    interrupted_by: Mapped[str | None]
    end_reason: Mapped[str | None]
    """Why it was cancelled or interrupted: a code of `EndReason`."""
    end_words_sealed: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(default=1)
    participant: Mapped[Participant] = relationship()
    placement: Mapped[Placement] = relationship()
    introduction: Mapped[Introduction | None] = relationship()
    agreements: Mapped[list["Agreement"]] = relationship(order_by="Agreement.number", back_populates="trial")
    __mapper_args__ = {"version_id_col": version}

    end_words = crypto.SealedText()


class Agreement(PublicIdMixin, CreatedMixin, Base):
    """A version of what was agreed. Once asked to be signed it is never changed: an edit makes the next version."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("trial_id", "number"),
        CheckConstraint("from_date is null or to_date is null or to_date >= from_date", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("trial.id", ondelete=RESTRICT), index=True)
    number: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    change: Mapped[str] = mapped_column(default="")
    """Why there is a version after the first: a code of `AgreementChange`."""
    change_reason: Mapped[str] = mapped_column(default="")
    """Why it was made longer or shorter: a code of `ExtendReason` or of `EndReason`."""
    change_words_sealed: Mapped[bytes | None]
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    goal: Mapped[str] = mapped_column(default="")
    """What the trial is for: a code of `TrialGoal`."""
    insurance: Mapped[str] = mapped_column(default="")
    safety_introduction_on: Mapped[date | None]
    has_return_right: Mapped[bool] = mapped_column(default=True)
    """Whether the place in day activity waits."""
    tasks_sealed: Mapped[bytes | None]
    support_sealed: Mapped[bytes | None]
    stop_rules_sealed: Mapped[bytes | None]
    safety_sealed: Mapped[bytes | None]
    """What the safety introduction is about, and who gives it."""
    easy_sealed: Mapped[bytes | None]
    """The same told in easy-read by whoever wrote it; what the person signs."""
    asked_at: Mapped[datetime | None]
    """When it was sent to be signed."""
    version: Mapped[int] = mapped_column(default=1)
    trial: Mapped[Trial] = relationship(back_populates="agreements")
    supervisor: Mapped[Contact | None] = relationship()
    days: Mapped[list["AgreementDay"]] = relationship(
        cascade="all, delete-orphan", order_by="AgreementDay.day"
    )
    adaptations: Mapped[list["AgreementAdaptation"]] = relationship(
        cascade="all, delete-orphan", order_by="AgreementAdaptation.id"
    )
    signatures: Mapped[list["Signature"]] = relationship(order_by="Signature.id")
    __mapper_args__ = {"version_id_col": version}

    change_words = crypto.SealedText()
    tasks = crypto.SealedText()
    support = crypto.SealedText()
    stop_rules = crypto.SealedText()
    safety = crypto.SealedText()
    easy = crypto.SealedText()


class AgreementDay(Base):
    """When the person is there on a day, in minutes after midnight; the break is not worked."""

    __tablename__ = "agreement_day"
    __table_args__ = (
        UniqueConstraint("agreement_id", "day"),
        CheckConstraint("starts_at >= 0 and ends_at <= 1440 and starts_at < ends_at", name="times"),
        CheckConstraint("break_minutes >= 0 and break_minutes < ends_at - starts_at", name="break_minutes"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    day: Mapped[date]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    break_minutes: Mapped[int] = mapped_column(default=0)


class AgreementAdaptation(Base):
    """An adaptation that was agreed, and the gap it is to close where the suggestion showed one."""

    __tablename__ = "agreement_adaptation"
    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    adaptation_id: Mapped[int] = mapped_column(ForeignKey("adaptation.id", ondelete=RESTRICT))
    dimension_id: Mapped[int | None] = mapped_column(ForeignKey("dimension.id", ondelete=RESTRICT))
    gap: Mapped[int | None]
    adaptation: Mapped[Adaptation] = relationship()
    dimension: Mapped[Dimension | None] = relationship()


class Signature(PublicIdMixin, CreatedMixin, Base):
    """A party's yes to one version. A later version takes it no further."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("agreement_id", "party"),
        CheckConstraint("party in ('person', 'employer', 'coach')", name="party"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id", ondelete=RESTRICT), index=True)
    party: Mapped[str]
    how: Mapped[str]
    """A code of `SignedHow`: on the own page, on a lent screen, signed in, by a link, on paper."""
    on_behalf_reason: Mapped[str | None]
    """Why somebody else signed, where somebody did: a code of `OnBehalfReason`."""
    name_sealed: Mapped[bytes]
    """Who signed, as it stands on the agreement."""
    signed_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    """Who was signed in, or who brought in the paper; None by link."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete=RESTRICT))

    name = crypto.SealedText()


class CheckIn(PublicIdMixin, CreatedMixin, Base):
    """One tap of one party on how it goes: well, or that they want to talk."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("trial_id", "due", "party"),
        CheckConstraint("party in ('person', 'employer')", name="party"),
        CheckConstraint("answer in ('well', 'talk')", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("trial.id", ondelete=RESTRICT), index=True)
    due: Mapped[str]
    """A code of `CheckInDue`: day 1, week 1, 2, 4."""
    party: Mapped[str]
    answer: Mapped[str]
    how: Mapped[str]
    answered_on: Mapped[date]
    words_sealed: Mapped[bytes | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    talked_on: Mapped[date | None]
    """When a coach had talked with whoever wanted to."""

    words = crypto.SealedText()


class JobQuestion(PublicIdMixin, CreatedMixin, Base):
    """The answer to "could this be a job?", asked every six months of an unpaid placement.

    The same month can come again where a long break, written afterwards, lets the months be counted anew.
    """

    __tablename__ = "job_question"
    __table_args__ = (UniqueConstraint("trial_id", "asked_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("trial.id", ondelete=RESTRICT), index=True)
    month: Mapped[int]
    """After how many months it was due: 6, 12, 18."""
    answer: Mapped[str]
    asked_on: Mapped[date]
    words_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))

    words = crypto.SealedText()
