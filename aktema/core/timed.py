"""What is to be done once by the clock, however many processes there are and whatever happens to the clock."""

from datetime import UTC, date, datetime, time

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core import clock
from aktema.core.db import Base, db


class TimedAct(Base):
    """Something that the clock asked for and that has been done. Rows stay: a clock can be set back."""

    __tablename__ = "timed_act"

    key: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


def once(key: str, *, since: date | None = None) -> bool:
    """Whether this process is the one to do it now: true exactly once for a key.

    The row belongs to the act's own transaction: an act that fails leaves none and is tried again, and another
    process that asks meanwhile waits for how it ends. Keys hold ids and codes (`review:12:day3`), no names.

    With `since` the time that counts began that day: what was done before it was about something else.
    """
    try:
        with db.session.begin_nested():
            db.session.execute(insert(TimedAct).values(key=key, done_at=clock.now()))
    except IntegrityError:
        return since is not None and _again(key, since)
    return True


def _again(key: str, since: date) -> bool:
    began = datetime.combine(since, time(), clock.STOCKHOLM).astimezone(UTC)
    old = (TimedAct.key == key) & (TimedAct.done_at < began)
    again = update(TimedAct).where(old).values(done_at=clock.now()).returning(TimedAct.key)
    return db.session.scalar(again) is not None
