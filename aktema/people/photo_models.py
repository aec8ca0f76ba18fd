"""The person's own photos, and the pictures they surely know."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.core.files import StoredFile
from aktema.people.models import RESTRICT, Participant


class Photo(PublicIdMixin, CreatedMixin, Base):
    """A photo of something in the person's life, without what the camera wrote into it. The word may name somebody."""

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete=RESTRICT), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    word_sealed: Mapped[bytes | None]
    participant: Mapped[Participant] = relationship()
    file: Mapped[StoredFile] = relationship()

    word = crypto.SealedText()

    @property
    def ref(self) -> str:
        return f"photo:{self.public_id}"


class KnownPicture(PublicIdMixin, CreatedMixin, Base):
    """The person surely knows what this picture means: without that it tells them nothing (domain.md §3).

    It is what holds now, not an answer among others: what is not known any longer is taken away.
    """

    __tablename__ = "known_picture"
    __table_args__ = (
        UniqueConstraint("participant_id", "ref"),
        CheckConstraint("source in ('own', 'staff', 'relative')", name="source"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete=RESTRICT), index=True)
    ref: Mapped[str]
    word_sealed: Mapped[bytes | None]
    source: Mapped[str]
    said_on: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))

    word = crypto.SealedText()
