"""Packs of pictures that the municipality has read in, with the words of each picture."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.models import Account
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.core.files import StoredFile


class SymbolPack(PublicIdMixin, CreatedMixin, Base):
    """A pack under one licence. One that is switched off is not offered, but shown where it is used already."""

    __tablename__ = "symbol_pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    licence: Mapped[str]
    is_on: Mapped[bool] = mapped_column(default=True)
    symbol_count: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    version: Mapped[int] = mapped_column(default=1)
    account: Mapped[Account] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Symbol(PublicIdMixin, Base):
    """One picture of a pack. A word in at least one language; `search_key` holds them folded, each between bars."""

    __tablename__ = "symbol"
    __table_args__ = (CheckConstraint("label_sv <> '' or label_en <> '' or label_fi <> ''", name="label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("symbol_pack.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="RESTRICT"), unique=True)
    label_sv: Mapped[str]
    label_en: Mapped[str]
    label_fi: Mapped[str]
    search_key: Mapped[str]
    pack: Mapped[SymbolPack] = relationship()
    file: Mapped[StoredFile] = relationship()

    @property
    def word(self) -> str:
        """The word under the picture: Swedish where there is one."""
        return self.label_sv or self.label_en or self.label_fi
