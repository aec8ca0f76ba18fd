"""How far the goals of a plan have come, as told in a follow-up."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.plans.models import FollowUp
from aktema.plans.plan_models import Goal

RESTRICT = "RESTRICT"
ANSWERS = "('0', '1', '2', '3', '4', 'did_not_want_to_answer', 'could_not_be_asked')"


class GoalResult(PublicIdMixin, CreatedMixin, Base):
    """What the person and the staff each say of one goal: codes of `goal_codes.GoalAnswer`, None while unanswered."""

    __tablename__ = "goal_result"
    __table_args__ = (
        UniqueConstraint("follow_up_id", "goal_key"),
        CheckConstraint(f"person in {ANSWERS}", name="person"),
        CheckConstraint(f"staff in {ANSWERS}", name="staff"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id", ondelete=RESTRICT), index=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete=RESTRICT), index=True)
    """The goal as the plan said it when it was followed up."""
    goal_key: Mapped[str]
    """The same goal through all versions of the plan."""
    person: Mapped[str | None]
    channel: Mapped[str | None]
    """How the person answered."""
    words_sealed: Mapped[bytes | None]
    """The person's own words, or why they could not be asked."""
    staff: Mapped[str | None]
    staff_words_sealed: Mapped[bytes | None]
    """What the staff have seen, or why they can't judge."""
    follow_up: Mapped[FollowUp] = relationship()
    goal: Mapped[Goal] = relationship()

    words = crypto.SealedText()
    staff_words = crypto.SealedText()
