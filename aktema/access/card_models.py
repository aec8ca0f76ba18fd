"""The personal card: a key printed as a picture, and a code of four pictures. What opens a person's own pages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class PersonalCard(PublicIdMixin, CreatedMixin, Base):
    """A card somebody signs in with. Neither its key nor its pictures are stored, only what they are checked by."""

    __tablename__ = "personal_card"
    __table_args__ = (CheckConstraint("wrong_tries >= 0", name="wrong_tries"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    wrong_tries: Mapped[int] = mapped_column(default=0)
    """Wrong codes in a row since the last right one, or since the card last rested."""
    locked_until: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(foreign_keys=account_id)
