"""Files kept in the database, encrypted: pictures and signed papers, so that one backup holds everything."""

from flask_babel import gettext as _
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin, db
from aktema.core.errors import DomainError

MOST_BYTES = 5 * 1024 * 1024
MEDIA_TYPES = frozenset({"image/svg+xml", "image/png", "image/jpeg", "application/pdf"})


class StoredFile(PublicIdMixin, CreatedMixin, Base):
    """One file. Who may read it is the business of the row that points to it; it has no address of its own."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint(f"size between 1 and {MOST_BYTES}", name="size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    content_sealed: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def bound_to(self) -> str:
        """What the content is sealed to: it opens in this row only."""
        return f"{type(self).__name__}.content_sealed:{self.public_id}"


def made_file(content: bytes, media_type: str) -> StoredFile:
    """A file that is not stored yet.

    Raises DomainError on `file` for an empty or too large one, and ValueError for a type nobody asked for.
    """
    if media_type not in MEDIA_TYPES:
        raise ValueError(media_type)
    if not content:
        raise DomainError(_("Filen är tom. Välj en annan."), "file")
    if len(content) > MOST_BYTES:
        raise DomainError(_("Filen är för stor. Den får vara högst 5 MB."), "file")
    file = StoredFile(media_type=media_type, size=len(content))
    file.content_sealed = crypto.seal_bytes(content, file.bound_to)
    return file


def store(content: bytes, media_type: str) -> StoredFile:
    """Keep the content; raises as `made_file` does."""
    file = made_file(content, media_type)
    db.session.add(file)
    return file


def content_of(file: StoredFile) -> bytes:
    """The content; raises cryptography's InvalidTag where the row was changed or its bytes moved."""
    return crypto.unseal_bytes(file.content_sealed, file.bound_to)
