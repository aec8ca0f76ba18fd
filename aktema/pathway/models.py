"""Introductions: a person and a placement, and what the person says about it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class Introduction(PublicIdMixin, CreatedMixin, Base):
    """A suggestion that somebody took further. Its state is computed from the dates, never stored."""

    __tablename__ = "introduction"
    __table_args__ = (
        CheckConstraint("answer in ('yes', 'no', 'later')", name="answer"),
        CheckConstraint("(answer is null) = (answered_on is null)", name="answered"),
        CheckConstraint(
            "(answer = 'later') = (ask_again_on is not null) or answer is null", name="ask_again"
        ),
        CheckConstraint("employer_answer in ('yes', 'not_now', 'no')", name="employer_answer"),
        CheckConstraint(
            "(employer_answer is null) = (employer_answered_on is null)", name="employer_answered"
        ),
        CheckConstraint(
            "sent_on is null or (consent_id is not null and card_sealed is not null)", name="sent"
        ),
        CheckConstraint("employer_answer is null or sent_on is not null", name="answered_when_sent"),
        Index(None, "participant_id", "closed_on"),
        # How employers reply is counted from this alone, without a look at the rows.
        Index(
            "ix_introduction_replies",
            "placement_id",
            "sent_on",
            "employer_answer",
            "employer_answered_on",
            "closed_reason",
            "closed_on",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    asked_on: Mapped[date]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answer_channel: Mapped[str | None]
    """How the person said it: speech, pictures, signs, in writing, through an interpreter."""
    words_sealed: Mapped[bytes | None]
    ask_again_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    """The day by which the person is asked to have answered."""
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id", ondelete=RESTRICT))
    card_sealed: Mapped[bytes | None]
    """What the person saw and agreed to, as the employer sees it: `rules.card`, in JSON."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete=RESTRICT))
    """Who at the employer was asked."""
    sent_on: Mapped[date | None]
    employer_answer: Mapped[str | None]
    employer_answered_on: Mapped[date | None]
    employer_not_before: Mapped[date | None]
    employer_reason: Mapped[str | None]
    """Why not: a code of `EmployerReason`."""
    employer_words_sealed: Mapped[bytes | None]
    visit_on: Mapped[date | None]
    visit_at: Mapped[int | None]
    """Minutes after midnight."""
    agreed_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    closed_by: Mapped[str | None]
    """Whose doing: a code of `Whose`."""
    version: Mapped[int] = mapped_column(default=1)
    gaps: Mapped[list["IntroductionGap"]] = relationship(
        cascade="all, delete-orphan", order_by="IntroductionGap.id"
    )
    __mapper_args__ = {"version_id_col": version}

    words = crypto.SealedText()
    card = crypto.SealedText()
    employer_words = crypto.SealedText()


class IntroductionGap(Base):
    """A gap the suggestion showed, with the adaptation that is to close it where one was named."""

    __tablename__ = "introduction_gap"
    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id"), index=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id", ondelete=RESTRICT))
    size: Mapped[int]
    adaptation_id: Mapped[int | None] = mapped_column(ForeignKey("adaptation.id", ondelete=RESTRICT))
