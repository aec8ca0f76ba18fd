"""That somebody wants to talk: asked with one tap on the person's own page."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, CreatedMixin

RESTRICT = "RESTRICT"


class TalkRequest(CreatedMixin, Base):
    """A wish to talk with whoever holds a post with the person. Whether it is met is computed from the step log."""

    __tablename__ = "talk_request"
    __table_args__ = (
        CheckConstraint("kind in ('coach', 'coordinator')", name="kind"),
        CheckConstraint("said_by in ('person', 'representative')", name="said_by"),
        Index(None, "participant_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT))
    kind: Mapped[str]
    """The kind of assignment, not the account: the wish survives a change of staff."""
    said_by: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
    """Who asked."""
