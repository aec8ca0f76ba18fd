"""The epochs of the placements: moved with every change that counts in a match, whoever makes it."""

from collections.abc import Iterable

from flask_sqlalchemy.session import Session
from sqlalchemy import event, inspect, select

from aktema.core.epochs import move_on
from aktema.employers.models import Placement

PLACEMENTS = "placements"
PLACEMENTS_GONE = "placements gone"
"""Rows were deleted, which no other row tells."""


@event.listens_for(Session, "before_flush")
def _mark_changed(session: Session, _context: object, _instances: object) -> None:
    """Rows beside a placement are never written without it: its `changed_at` moves with them."""
    changed = [one for one in _placements([*session.new, *session.dirty]) if session.is_modified(one)]
    if changed:
        _hold(session, changed)
        epoch = move_on(PLACEMENTS)
        for placement in changed:
            placement.changed_in = epoch
    if any(_placements(session.deleted)):
        move_on(PLACEMENTS_GONE)


def _hold(session: Session, changed: Iterable[Placement]) -> None:
    """Placements are held before their epoch, as by whoever takes a place there: nobody waits in a ring."""
    known = [one.id for one in changed if inspect(one).persistent]
    if known:
        held = select(Placement.id).where(Placement.id.in_(known)).order_by(Placement.id).with_for_update()
        session.execute(held)


def _placements(rows: Iterable[object]) -> Iterable[Placement]:
    return (row for row in rows if isinstance(row, Placement))
