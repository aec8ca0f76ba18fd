"""Choosing what to get by mail."""

from collections.abc import Collection

from sqlalchemy import delete

from aktema.access import audit
from aktema.access.notice_codes import NoticeKind
from aktema.access.notice_models import DeclinedNotice
from aktema.access.notice_queries import Receiver
from aktema.access.permissions import UPDATE_OWN
from aktema.core.db import db


def choose_notices(
    receiver: Receiver, *, offered: Collection[NoticeKind], wanted: Collection[NoticeKind]
) -> None:
    """Of what is offered, the receiver gets what is wanted from now on; what is not offered stays as it was."""
    kinds = [kind.value for kind in offered]
    db.session.execute(delete(DeclinedNotice).where(receiver.clause, DeclinedNotice.kind.in_(kinds)))
    db.session.add_all(
        DeclinedNotice(account_id=receiver.account_id, contact_id=receiver.contact_id, kind=kind.value)
        for kind in offered
        if kind not in wanted
    )
    whose = "contact" if receiver.account_id is None else "account"
    number = receiver.contact_id if receiver.account_id is None else receiver.account_id
    audit.record_write(UPDATE_OWN, object_kind=whose, object_id=number, detail="notices")
