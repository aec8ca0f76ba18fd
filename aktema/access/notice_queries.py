"""Readers of what somebody wants to get by mail."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_models import DeclinedNotice
from aktema.core.db import db


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """Whoever gets mail: an account, or a contact at an employer who has none. One of the two is given."""

    account_id: int | None = None
    contact_id: int | None = None

    @property
    def clause(self) -> ColumnElement[bool]:
        if self.account_id is not None:
            return DeclinedNotice.account_id == self.account_id
        return DeclinedNotice.contact_id == self.contact_id


def declined_by(receiver: Receiver) -> frozenset[NoticeKind]:
    """The kinds of mail the receiver has said no to."""
    kinds = db.session.scalars(select(DeclinedNotice.kind).where(receiver.clause))
    return frozenset(map(NoticeKind, kinds))


def wants(receiver: Receiver, kind: NoticeKind) -> bool:
    """Whether the receiver has not said no to the kind."""
    return kind not in declined_by(receiver)
