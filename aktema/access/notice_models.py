"""What somebody does not want to get by mail."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, CreatedMixin


class DeclinedNotice(CreatedMixin, Base):
    """A kind of mail that an account, or a contact who has none, has said no to. All else is wanted."""

    __tablename__ = "declined_notice"
    __table_args__ = (
        UniqueConstraint("account_id", "kind"),
        UniqueConstraint("contact_id", "kind"),
        CheckConstraint("(account_id is null) != (contact_id is null)", name="receiver"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    contact_id: Mapped[int | None]
    """In the slice that knows contacts."""
    kind: Mapped[str]
