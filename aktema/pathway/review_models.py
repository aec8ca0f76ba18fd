"""What was said when a trial was over: each voice for itself, never made into one."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class Review(PublicIdMixin, CreatedMixin, Base):
    """One voice's review of a trial."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("trial_id", "voice"),
        CheckConstraint("voice in ('person', 'employer', 'coach')", name="voice"),
        CheckConstraint("completion in ('completed', 'partly', 'never_started')", name="completion"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("trial.id", ondelete=RESTRICT), index=True)
    voice: Mapped[str]
    how: Mapped[str]
    """A code of `ReviewedHow`: own page, lent screen, link, signed in, by phone with the coach."""
    completion: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it went as it did, as this voice sees it: a code of `EndReason`."""
    words_sealed: Mapped[bytes | None]
    reviewed_on: Mapped[date]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    answers: Mapped[list["ReviewAnswer"]] = relationship(
        cascade="all, delete-orphan", order_by="ReviewAnswer.question"
    )
    __mapper_args__ = {"version_id_col": version}

    words = crypto.SealedText()


class ReviewAnswer(Base):
    """One answer, 0 to 4, to one of the voice's questions; no row where it was not answered."""

    __tablename__ = "review_answer"
    __table_args__ = (CheckConstraint("answer between 0 and 4", name="answer"),)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[int]


class AdaptationResult(Base):
    """Whether an agreed adaptation closed its gap, as the coach saw it."""

    __tablename__ = "adaptation_result"
    __table_args__ = (
        CheckConstraint("result in ('closed', 'helped', 'no_help', 'not_used')", name="result"),
    )
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    agreement_adaptation_id: Mapped[int] = mapped_column(
        ForeignKey("agreement_adaptation.id"), primary_key=True
    )
    result: Mapped[str]
