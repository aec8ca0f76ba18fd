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
        Index(None, "participant_id", "closed_on"),
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
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    gaps: Mapped[list["IntroductionGap"]] = relationship(
        cascade="all, delete-orphan", order_by="IntroductionGap.id"
    )
    __mapper_args__ = {"version_id_col": version}

    words = crypto.SealedText()


class IntroductionGap(Base):
    """A gap the suggestion showed, with the adaptation that is to close it where one was named."""

    __tablename__ = "introduction_gap"
    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id"), index=True)
    dimension_id: Mapped[int] = mapped_column(ForeignKey("dimension.id", ondelete=RESTRICT))
    size: Mapped[int]
    adaptation_id: Mapped[int | None] = mapped_column(ForeignKey("adaptation.id", ondelete=RESTRICT))
