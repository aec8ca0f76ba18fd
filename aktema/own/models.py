"""What the person chose between pictures."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, CreatedMixin

RESTRICT = "RESTRICT"


class PictureChoice(CreatedMixin, Base):
    """Two activities that were shown as pictures, and which of them the person wanted: one, both or none."""

    __tablename__ = "picture_choice"
    __table_args__ = (
        CheckConstraint("outcome in ('first', 'second', 'both', 'none')", name="outcome"),
        CheckConstraint("first_id <> second_id", name="two"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete=RESTRICT))
    second_id: Mapped[int] = mapped_column(ForeignKey("activity.id", ondelete=RESTRICT))
    outcome: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
