"""What the person answers about work on their own page, between follow-ups."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, CreatedMixin

RESTRICT = "RESTRICT"


class OwnWorkWish(CreatedMixin, Base):
    """An answer to "do you want a job?". Rows are only added; the newest of the person's counts."""

    __tablename__ = "own_work_wish"
    __table_args__ = (
        CheckConstraint("answer in ('yes', 'maybe', 'no', 'does_not_know_yet')", name="answer"),
        CheckConstraint("said_by in ('person', 'representative')", name="said_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    answer: Mapped[str]
    said_by: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
