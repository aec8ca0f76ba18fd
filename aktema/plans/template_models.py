"""Templates for plans, sheets of pictures and sets of questions, and keys that say who sent one. They name nobody."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin

RESTRICT = "RESTRICT"


class SigningKey(PublicIdMixin, CreatedMixin, Base):
    """What this installation signs its files with: Ed25519 (RFC 8032). One that was replaced keeps its public half."""

    __tablename__ = "signing_key"
    __table_args__ = (CheckConstraint("(in_use is null) = (private_key_sealed is null)", name="in_use"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[str] = mapped_column(unique=True)
    """64 hexadecimal digits."""
    private_key_sealed: Mapped[bytes | None]
    in_use: Mapped[bool | None] = mapped_column(default=True, unique=True)
    """True for the one key in use; null for those before it, whose private half is gone."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def bound_to(self) -> str:
        return f"SigningKey.private_key:{self.public_id}"

    @property
    def private_key(self) -> bytes:
        """The 32 bytes of the private half of the key in use."""
        return crypto.unseal_bytes(self.private_key_sealed or b"", self.bound_to)


class TemplateSender(PublicIdMixin, CreatedMixin, Base):
    """Somebody whose files are read here: a name an administrator gave, and the public key they vouch for."""

    __tablename__ = "template_sender"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    public_key: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    withdrawn_on: Mapped[date | None]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    version: Mapped[int] = mapped_column(default=1)
    account: Mapped[Account] = relationship(foreign_keys=account_id)
    __mapper_args__ = {"version_id_col": version}


class SharedTemplate(PublicIdMixin, CreatedMixin, Base):
    """A template through all its versions. One that came from a sender changes with the sender's files alone."""

    __tablename__ = "template"
    __table_args__ = (
        UniqueConstraint("sender_id", "origin_id"),
        CheckConstraint("kind in ('plan', 'pictures', 'questions')", name="kind"),
        CheckConstraint("(sender_id is null) = (origin_id is null)", name="origin"),
        CheckConstraint("number >= 1", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    """As the newest version has it, for lists."""
    sort_key: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    """Of the newest version."""
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("template_sender.id", ondelete=RESTRICT))
    origin_id: Mapped[str | None]
    """What the sender calls it."""
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    sender: Mapped[TemplateSender | None] = relationship()
    versions: Mapped[list["TemplateVersion"]] = relationship(
        back_populates="template", order_by="TemplateVersion.number.desc()"
    )
    __mapper_args__ = {"version_id_col": version}


class TemplateVersion(PublicIdMixin, CreatedMixin, Base):
    """What a template said when it was saved, or when its file was read in. It is never written over."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("template.id", ondelete=RESTRICT), index=True)
    number: Mapped[int]
    content_json: Mapped[str]
    """As rules.template_file stores it."""
    made_on: Mapped[date]
    """The day it was saved here, or the day the sender made the file."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete=RESTRICT))
    template: Mapped[SharedTemplate] = relationship(back_populates="versions")
    account: Mapped[Account] = relationship()
