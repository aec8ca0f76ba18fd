"""Text saved while typing: one draft per account and form, encrypted, gone when the form is answered."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.clock import now
from aktema.core.crypto import SealedText
from aktema.core.db import Base, PublicIdMixin, db

LONGEST_DRAFT = 100_000


class Draft(PublicIdMixin, Base):
    """What an account has typed so far in one form about one thing."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("account_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(index=True)
    place: Mapped[str]
    typed_sealed: Mapped[bytes]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    typed = SealedText()


def find_draft(account_id: int, place: str) -> Mapping[str, list[str]] | None:
    """What was typed, by field name, or None."""
    draft = _find(account_id, place)
    return None if draft is None else json.loads(draft.typed or "{}")


def save_draft(account_id: int, place: str, typed: Mapping[str, list[str]]) -> datetime:
    """Keep what was typed; returns when. A text too long for a draft is cut nowhere: it is refused."""
    text = json.dumps(typed)
    if len(text) > LONGEST_DRAFT:
        raise ValueError("the draft is too long")
    draft = _find(account_id, place) or Draft(account_id=account_id, place=place)
    draft.typed, draft.saved_at = text, now()
    db.session.add(draft)
    return draft.saved_at


def drop_draft(account_id: int, place: str) -> None:
    db.session.execute(delete(Draft).where(Draft.account_id == account_id, Draft.place == place))


def _find(account_id: int, place: str) -> Draft | None:
    return db.session.scalar(select(Draft).where(Draft.account_id == account_id, Draft.place == place))
