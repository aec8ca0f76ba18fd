"""What changes what is suggested beside the placements themselves, so that their epoch moves with it.

A question sent to an employer that wants only so many a month; a trial that takes a place, or leaves it.
"""

from collections.abc import Collection, Iterator

from flask_sqlalchemy.session import Session
from sqlalchemy import ColumnElement, event, inspect, select, update

from aktema.core.epochs import move_on
from aktema.employers.epochs import PLACEMENTS
from aktema.employers.models import Employer, Placement
from aktema.pathway.models import Introduction
from aktema.pathway.trial_models import Agreement, Trial

TAKES = {
    Trial: ("cancelled_on", "interrupted_on", "agreements"),
    Agreement: ("from_date", "to_date", "signatures"),
}
"""What of a trial says how long it takes a place."""


@event.listens_for(Session, "before_flush")
def _mark_asked(session: Session, _context: object, _instances: object) -> None:
    rows = (row for row in (*session.new, *session.dirty) if isinstance(row, Introduction))
    sent = [row.placement_id for row in rows if inspect(row).attrs.sent_on.history.has_changes()]
    employers = _counting(session, sent) if sent else ()
    if employers:
        _mark(session, Placement.employer_id.in_(employers))


@event.listens_for(Session, "after_flush")
def _mark_taken(session: Session, _context: object) -> None:
    """The places of trials that changed. Whoever begins a trial holds its placement: it is held before the epoch."""
    trials = set(_changed_trials(session))
    if trials:
        there = select(Trial.placement_id).where(Trial.id.in_(trials))
        held = select(Placement.id).where(Placement.id.in_(there)).order_by(Placement.id).with_for_update()
        _mark(session, Placement.id.in_(session.scalars(held).all()))


def _changed_trials(session: Session) -> Iterator[int]:
    for row in (*session.new, *session.dirty):
        names = TAKES.get(type(row), ())
        if any(inspect(row).attrs[name].history.has_changes() for name in names):
            yield row.id if isinstance(row, Trial) else row.trial_id


def _mark(session: Session, which: ColumnElement[bool]) -> None:
    """Nobody has written in the placement itself: when it was changed stays as it was."""
    marks = {"changed_in": move_on(PLACEMENTS), "changed_at": Placement.changed_at}
    there = update(Placement).where(which).values(marks)
    session.execute(there, execution_options={"synchronize_session": False})


def _counting(session: Session, placement_ids: Collection[int]) -> Collection[int]:
    """The employers of the placements that want only so many questions a month."""
    capped = select(Employer.id).join(Placement, Placement.employer_id == Employer.id)
    there = capped.where(Placement.id.in_(placement_ids), Employer.month_cap.is_not(None))
    return session.scalars(there).all()
