"""What becomes of a checked pack of pictures: read in, switched off and on, taken back."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select

from aktema.access import audit
from aktema.access.importing.kinds import Insertion, RowIds, Sender
from aktema.access.permissions import UPDATE_UNIT
from aktema.core.bulk import chunks, insert_for_ids, insert_rows, row_of
from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.files import StoredFile, made_file
from aktema.core.importing import Record
from aktema.vocabulary.symbol_imports import FILE, words_of
from aktema.vocabulary.symbol_models import Symbol, SymbolPack
from aktema.vocabulary.symbol_queries import search_key_of

FILES_AT_A_TIME = 200
"""Rows in one statement: each holds a whole picture."""
PACK = "symbol_pack"


def prepare(records: Sequence[Record], sender: Sender) -> Insertion:
    """Seal every picture; what remains is to insert them as one pack, switched on."""
    files = [made_file(record.get(FILE).content, record.get(FILE).media_type) for record in records]
    symbols = [_symbol_values(record) for record in records]
    pack = SymbolPack(
        name=sender.said["name"],
        licence=sender.said["licence"],
        symbol_count=len(records),
        account_id=sender.identity.account_id,
    )

    def insert() -> RowIds:
        pack_id = insert_for_ids(SymbolPack, [{**row_of(pack), "version": 1}])[0]
        for part, values in zip(
            chunks(files, FILES_AT_A_TIME), chunks(symbols, FILES_AT_A_TIME), strict=True
        ):
            file_ids = insert_for_ids(StoredFile, [row_of(file) for file in part])
            rows = zip(values, file_ids, strict=True)
            insert_rows(Symbol, [{**one, "pack_id": pack_id, "file_id": file_id} for one, file_id in rows])
        audit.record_write(UPDATE_UNIT, object_kind=PACK, object_id=pack_id, detail=f"import {len(files)}")
        return {PACK: [pack_id]}

    return insert


def _symbol_values(record: Record) -> dict[str, str]:
    words = words_of(record)
    symbol = Symbol(**words, search_key=search_key_of(word for word in words.values() if word))
    return {name: getattr(symbol, name) for name in ("public_id", "search_key", *words)}


def undo(ids: RowIds) -> None:
    """Take the packs away with all their pictures. Where one is used the word stays, without its picture."""
    for pack_id in ids[PACK]:
        held = db.session.scalars(select(Symbol.file_id).where(Symbol.pack_id == pack_id)).all()
        db.session.execute(delete(Symbol).where(Symbol.pack_id == pack_id))
        for part in chunks(held):
            db.session.execute(delete(StoredFile).where(StoredFile.id.in_(part)))
        db.session.execute(delete(SymbolPack).where(SymbolPack.id == pack_id))


def switch(pack: SymbolPack, *, is_on: bool) -> None:
    """Offer the pack's pictures, or no longer. Raises DomainError where that is how it stands already."""
    if pack.is_on == is_on:
        raise DomainError(_("Det är redan gjort."))
    pack.is_on = is_on
    audit.record_write(UPDATE_UNIT, object_kind=PACK, object_id=pack.id, detail="on" if is_on else "off")
