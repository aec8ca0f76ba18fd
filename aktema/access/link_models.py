"""Links that open one thing for whoever holds them. Only a link's digest is stored."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, CreatedMixin, PublicIdMixin


class Link(PublicIdMixin, CreatedMixin, Base):
    """A door to one page, for one purpose. Opening it changes nothing: that is what the page's button is for."""

    __tablename__ = "link"
    __table_args__ = (Index(None, "purpose", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    """A code of `link_codes.Purpose`: which page it opens, and what may be done there."""
    subject_id: Mapped[int]
    """What the page is about: the row's id in the purpose's own table."""
    contact_id: Mapped[int | None]
    """The contact at an employer it was sent to, in the slice that knows contacts."""
    account_id: Mapped[int]
    """The worker who sent it, or who answers for the job that did."""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
