"""What a person has agreed that somebody outside may see. Nothing else opens anything to an employer."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin


class Consent(PublicIdMixin, CreatedMixin, Base):
    """Exactly these fields, to this receiver, for this purpose, between these days."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("to_date >= from_date", name="dates"),
        CheckConstraint("given_by in ('person', 'representative')", name="given_by"),
        Index(None, "participant_id", "receiver_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int]
    receiver_id: Mapped[int]
    """The employer, in the slice that knows employers."""
    purpose: Mapped[str]
    fields: Mapped[str]
    """Codes with a comma between, in alphabetical order."""
    from_date: Mapped[date]
    to_date: Mapped[date]
    given_by: Mapped[str]
    channel: Mapped[str]
    """How it was given: on the own page, in speech, with pictures."""
    words_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    withdrawn_on: Mapped[date | None]

    words = crypto.SealedText()

    def is_live(self, on: date) -> bool:
        return self.withdrawn_on is None and self.from_date <= on <= self.to_date
