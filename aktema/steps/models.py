"""The step log. A step is never changed: a correction is a new step that names the one it replaces."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.steps.codes import WRITTEN_BY_HAND, Actor

RESTRICT = "RESTRICT"


class Step(PublicIdMixin, CreatedMixin, Base):
    """One thing that happened, in two wordings: the staff's line and, where there is one, the person's."""

    __tablename__ = "step"
    __table_args__ = (
        Index(None, "participant_id", "happened_on"),
        CheckConstraint("minutes between 0 and 1440", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id", ondelete=RESTRICT), index=True
    )
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete=RESTRICT), unique=True)
    phase: Mapped[str]
    """Which of supported employment's five steps it belongs to."""
    contact_type: Mapped[str]
    happened_on: Mapped[date]
    minutes: Mapped[int]
    place: Mapped[str]
    was_reached: Mapped[bool] = mapped_column(default=True)
    actor: Mapped[str] = mapped_column(default="staff", server_default="staff")
    """Who did it: `staff`, `person`, `employer` or `system`; the account is who answers for it."""
    line_sealed: Mapped[bytes]
    own_line_sealed: Mapped[bytes | None]
    account: Mapped[Account] = relationship()

    line = crypto.SealedText()
    own_line = crypto.SealedText()

    @property
    def is_of_staff(self) -> bool:
        """Whether staff did what it tells of."""
        return self.actor == Actor.STAFF.value

    @property
    def is_by_hand(self) -> bool:
        """Whether staff wrote it themselves: facts of other pages, and others' words, are not theirs to reword."""
        return self.is_of_staff and self.contact_type in WRITTEN_BY_HAND


class NextStep(PublicIdMixin, CreatedMixin, Base):
    """What comes next for a person, and when. One is open at a time; a new one closes the one before."""

    __tablename__ = "next_step"
    __table_args__ = (Index(None, "participant_id", "closed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete=RESTRICT))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    line_sealed: Mapped[bytes]
    due_on: Mapped[date] = mapped_column(index=True)
    closed_on: Mapped[date | None]

    line = crypto.SealedText()
