"""Keyset pages. A cursor is a row's public id, never its name: addresses carry nothing about a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from aktema.core.db import db
from aktema.core.ids import is_public_id

PAGE_SIZE = 50
LONGEST_NUMBER = 6
LONGEST_LIST = 10**LONGEST_NUMBER
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """Where a page begins (after this public id) or ends (before it); neither means the first page."""

    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):  # no slots: on 3.11 they and generics can't be frozen together
    """One page of a list with the public ids that open its neighbours."""

    items: Sequence[T]
    after: str | None
    before: str | None

    @property
    def next_url(self) -> str | None:
        return _here(efter=self.after, fore=None) if self.after else None

    @property
    def previous_url(self) -> str | None:
        return _here(fore=self.before, efter=None) if self.before else None


def cursor_of_request() -> Cursor:
    return Cursor(after=request.args.get("efter"), before=request.args.get("fore"))


def _here(**changes: str | None) -> str:
    arguments: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(str(request.endpoint), **arguments)


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedPage:
    """A page of a computed ranking, which has no key to go on from: its number is in the address, from 1."""

    number: int
    size: int
    total: int

    @classmethod
    def of_request(cls, size: int, total: int = LONGEST_LIST) -> "NumberedPage":
        """The page the address asks for; anything odd asks for the first, anything beyond for the last.

        Without a total, which may not be known before the page is, whoever shows it finds out what is beyond.
        """
        typed = request.args.get("sida", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER else 1
        last = max(1, -(-total // size))
        return cls(number=min(max(number, 1), last), size=size, total=total)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        return min(self.start + self.size, self.total)

    @property
    def previous_url(self) -> str | None:
        return _here(sida=str(self.number - 1)) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return _here(sida=str(self.number + 1)) if self.end < self.total else None

    @property
    def count_text(self) -> str:
        """Which of how many are shown."""
        return _("Visar %(start)s–%(end)s av %(total)s", start=self.start + 1, end=self.end, total=self.total)


@dataclass(frozen=True, kw_only=True)
class Keyset(Generic[T]):
    """How a model is ordered in lists: total, because its public id comes last. `newest_first` turns it round."""

    public_id: InstrumentedAttribute[str]
    order: tuple[InstrumentedAttribute[Any], ...]
    newest_first: bool = False

    @property
    def _columns(self) -> tuple[InstrumentedAttribute[Any], ...]:
        return (*self.order, self.public_id)

    def page(self, query: Select[T], cursor: Cursor, size: int = PAGE_SIZE) -> Page[T]:
        """The page of `query` at the cursor; a cursor that is gone gives the first page. Two queries at most."""
        backwards = cursor.before is not None
        query = self._from_anchor(query, cursor.before if backwards else cursor.after, backwards)
        found = (
            db.session.scalars(query.order_by(None).order_by(*self._ordering(backwards)).limit(size + 1))
            .unique()
            .all()
        )
        items = list(reversed(found[:size])) if backwards else list(found[:size])
        more_ahead, more_behind = len(found) > size, cursor.after is not None
        if backwards:
            more_ahead, more_behind = True, len(found) > size
        return Page(
            items=items,
            after=self._id_of(items[-1]) if items and more_ahead else None,
            before=self._id_of(items[0]) if items and more_behind else None,
        )

    def _ordering(self, backwards: bool) -> list[ColumnElement[Any]]:
        falls = backwards != self.newest_first
        return [column.desc() if falls else column.asc() for column in self._columns]

    def _from_anchor(self, query: Select[T], anchor: str | None, backwards: bool) -> Select[T]:
        if not anchor or not is_public_id(anchor):  # PostgreSQL refuses some letters, NUL for one
            return query
        values = db.session.execute(select(*self._columns).where(self.public_id == anchor)).one_or_none()
        if values is None:
            return query
        here, there = tuple_(*self._columns), tuple_(*values)
        return query.where(here < there if backwards != self.newest_first else here > there)

    def _id_of(self, item: T) -> str:
        return str(getattr(item, self.public_id.key))
