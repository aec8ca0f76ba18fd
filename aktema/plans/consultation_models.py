"""Licensed staff who were asked for advice, and the advice in plain words.

Records of health care are kept apart from this one: patientdatalagen and socialtjänstlagen are two laws, and what is
written here is social documentation.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class Consultation(PublicIdMixin, CreatedMixin, Base):
    """A question to licensed staff about everyday work, and what came of it: an adaptation or a working method."""

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("(answered_on is null) = (advice_sealed is null)", name="advice"),
        CheckConstraint("answered_on is null or answered_on >= asked_on", name="dates"),
        Index(None, "participant_id", "asked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    asked_on: Mapped[date]
    area: Mapped[str]
    profession: Mapped[str]
    asked_sealed: Mapped[bytes | None]
    """The name of who was asked."""
    answered_on: Mapped[date | None]
    advice_sealed: Mapped[bytes | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    account: Mapped[Account] = relationship()
    __mapper_args__ = {"version_id_col": version}

    asked = crypto.SealedText()
    advice = crypto.SealedText()
