"""Readers of consultations. The person has been read, and the reading recorded, before any of these is asked."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload

from aktema.core.db import db
from aktema.core.errors import MissingError
from aktema.core.paging import Cursor, Keyset, Page
from aktema.plans.consultation_models import Consultation

NEWEST_FIRST = Keyset[Consultation](
    public_id=Consultation.public_id, order=(Consultation.asked_on, Consultation.id), newest_first=True
)
MOST_ADVICE = 20


def _of(participant_id: int) -> Select[Consultation]:
    theirs = select(Consultation).where(Consultation.participant_id == participant_id)
    return theirs.options(joinedload(Consultation.account), raiseload("*"))


def consultations_of(participant_id: int, cursor: Cursor) -> Page[Consultation]:
    """A page of what licensed staff were asked about the person, the newest first."""
    return NEWEST_FIRST.page(_of(participant_id), cursor)


def get_consultation(participant_id: int, public_id: str) -> Consultation:
    """One of the person's consultations. Raises MissingError where it is none."""
    found = db.session.scalar(_of(participant_id).where(Consultation.public_id == public_id))
    if found is None:
        raise MissingError
    return found


def advice_of(participant_id: int) -> Sequence[Consultation]:
    """Those that were answered, the newest first."""
    answered = _of(participant_id).where(Consultation.answered_on.is_not(None))
    newest = answered.order_by(Consultation.answered_on.desc(), Consultation.id.desc())
    return db.session.scalars(newest.limit(MOST_ADVICE)).all()
