"""Numbers that rise when something changes, for processes that keep what they have worked out from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from aktema.core.db import Base, db

_MOVED = "epochs_moved"


class Epoch(Base):
    """Of one name. Whoever moves it holds it until the transaction ends: numbers rise in the order of commits."""

    __tablename__ = "epoch"
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    token: Mapped[str]
    """Drawn anew with each number: a number that was rolled back and used again is another one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an epoch stands; number 0 is before the first change."""

    number: int = 0
    token: str = ""


def move_on(name: str) -> int:
    """The next number of the epoch, the caller's until the transaction ends."""
    moved = (
        update(Epoch)
        .where(Epoch.name == name)
        .values(number=Epoch.number + 1, token=uuid4().hex)
        .returning(Epoch.number)
    )
    number = db.session.scalar(moved)
    if number is None:
        number = 1
        db.session.execute(insert(Epoch).values(name=name, number=number, token=uuid4().hex))
    db.session.info[_MOVED] = db.session().get_transaction()
    return number


def moments() -> Mapping[str, Moment]:
    """Where every epoch stands, by name. One statement."""
    rows = db.session.execute(select(Epoch.name, Epoch.number, Epoch.token))
    return {row.name: Moment(row.number, row.token) for row in rows}


def has_moved_here() -> bool:
    """Whether the transaction under way has moved an epoch: what it sees may still be rolled back."""
    moved = db.session.info.get(_MOVED)
    return moved is not None and moved is db.session().get_transaction()
