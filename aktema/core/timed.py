"""What is to be done once by the clock, however many processes there are and whatever happens to the clock."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.clock import now
from aktema.core.db import Base, db


class TimedAct(Base):
    """Something that the clock asked for and that has been done. Rows stay: a clock can be set back."""

    __tablename__ = "timed_act"

    key: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


def once(key: str) -> bool:
    """Whether this process is the one to do it now: true exactly once for a key.

    The row belongs to the act's own transaction: an act that fails leaves none and is tried again, and another
    process that asks meanwhile waits for how it ends. Keys hold ids and codes (`review:12:day3`), no names.
    """
    try:
        with db.session.begin_nested():
            db.session.execute(insert(TimedAct).values(key=key, done_at=now()))
    except IntegrityError:
        return False
    return True
