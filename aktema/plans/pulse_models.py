"""The quarterly pulse: what the person answered to nine questions, and what the worker believes."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class Pulse(PublicIdMixin, CreatedMixin, Base):
    """One round of the nine questions. A later one stands beside it."""

    __tablename__ = "pulse"
    __table_args__ = (
        CheckConstraint("source in ('together', 'own')", name="source"),
        Index(None, "participant_id", "said_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    said_on: Mapped[date]
    source: Mapped[str]
    channel: Mapped[str | None]
    """How the person answered, where somebody else wrote it down."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    answers: Mapped[list["PulseAnswer"]] = relationship(back_populates="pulse", order_by="PulseAnswer.id")
    account: Mapped[Account] = relationship()


class PulseAnswer(Base):
    """One question's answer: a step from 0 to 4, or that the person did not want to answer."""

    __tablename__ = "pulse_answer"
    __table_args__ = (
        UniqueConstraint("pulse_id", "question"),
        CheckConstraint("answer in ('0', '1', '2', '3', '4', 'did_not_want_to_answer')", name="answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pulse_id: Mapped[int] = mapped_column(ForeignKey("pulse.id", ondelete=RESTRICT), index=True)
    question: Mapped[str]
    answer: Mapped[str]
    pulse: Mapped[Pulse] = relationship(back_populates="answers")


class PulseBelief(PublicIdMixin, CreatedMixin, Base):
    """Whether somebody who works with the person believes in a job within a year, on a day."""

    __tablename__ = "pulse_belief"
    __table_args__ = (
        CheckConstraint("belief in ('0', '1', '2', '3', '4')", name="belief"),
        Index(None, "participant_id", "said_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    said_on: Mapped[date]
    belief: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    account: Mapped[Account] = relationship()
