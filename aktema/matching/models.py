"""Which lists were shown with which weights, what was said of each suggestion, and what was learned from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.clock import now
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"
MODELS = "models"
"""The epoch of the model in use."""


class MatchWeights(Base):
    """What matters most for a person now, as a coach set it; the newest counts, the earlier ones are the log."""

    __tablename__ = "match_weights"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    at: Mapped[datetime] = mapped_column(default=now)
    wish: Mapped[float]
    fit: Mapped[float]
    preferences: Mapped[float]
    practical: Mapped[float]


class SuggestionRun(PublicIdMixin, Base):
    """One list as it was shown."""

    __tablename__ = "suggestion_run"
    __table_args__ = (Index(None, "participant_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    at: Mapped[datetime] = mapped_column(default=now)
    model_version: Mapped[str]
    considered: Mapped[int]
    wish_weight: Mapped[float]
    fit_weight: Mapped[float]
    preferences_weight: Mapped[float]
    practical_weight: Mapped[float]
    suggestions: Mapped[list["Suggestion"]] = relationship(order_by="Suggestion.rank")


class Suggestion(Base):
    """One place in a list as it was shown: rank, score and its parts."""

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("rank >= 1", name="rank"),
        Index(
            "ix_suggestion_first_choice",
            "placement_id",
            sqlite_where=text("rank = 1"),
            postgresql_where=text("rank = 1"),
        ),
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("suggestion_run.id", ondelete=RESTRICT), primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT), primary_key=True)
    rank: Mapped[int]
    score: Mapped[float]
    wish: Mapped[float]
    fit: Mapped[float]
    preferences: Mapped[float]
    practical: Mapped[float]
    propensity: Mapped[float] = mapped_column(default=1.0)
    is_exploratory: Mapped[bool]
    features: Mapped[bytes | None]
    """What the ranker saw, in the order of the engine's FEATURES: float32, little-endian. None in old lists."""


class Verdict(PublicIdMixin, Base):
    """What was decided about a suggestion and why; the newest for a person and a placement counts."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint("answer in ('accept', 'not_now', 'no')", name="answer"),
        Index(None, "participant_id", "placement_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion_run.id", ondelete=RESTRICT), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete=RESTRICT), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[str]
    reason: Mapped[str]
    """A code from the list of reasons."""
    words_sealed: Mapped[bytes | None]

    words = crypto.SealedText()


class ModelVersion(CreatedMixin, Base):
    """What was learned once, here or elsewhere. The coefficients lie in a file of the data folder.

    Rows hold counts and a digest, nothing about anybody; they are only ever added.
    """

    __tablename__ = "model_version"
    __table_args__ = (CheckConstraint("origin in ('retrained', 'imported')", name="origin"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(unique=True)
    """As the engine names it, by what was learned from and a digest of the coefficients."""
    origin: Mapped[str]
    prior: Mapped[str]
    """The version it was drawn towards."""
    digest: Mapped[str]
    """SHA-256 of the file, as hexadecimal digits."""
    answers: Mapped[int]
    sources: Mapped[int]


class ModelUse(Base):
    """A version put in use. The newest that was not taken back counts; where there is none, the rules do."""

    __tablename__ = "model_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    model_version_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id", ondelete=RESTRICT))
    """None is the rules."""
    taken_back_at: Mapped[datetime | None]
    model: Mapped[ModelVersion | None] = relationship()
