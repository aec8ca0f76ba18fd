"""Calendar feeds: an address by which somebody's own calendar program reads what they have to do, without names."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core.db import Base, CreatedMixin, PublicIdMixin


class CalendarFeed(PublicIdMixin, CreatedMixin, Base):
    """The address somebody was given for their calendar. Only the digest of its key is stored."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()
