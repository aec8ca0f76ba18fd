"""Thousands of rows in few statements: an import must hold the write lock for a moment only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Table, insert, inspect

from aktema.core.db import Base, db

ROWS_AT_A_TIME = 1000
T = TypeVar("T")


def chunks(items: Sequence[T], size: int = ROWS_AT_A_TIME) -> Iterator[Sequence[T]]:
    """The items in pieces that fit as parameters of one statement."""
    return (items[start : start + size] for start in range(0, len(items), size))


def row_of(thing: Base) -> dict[str, Any]:
    """The columns of an object that was made but never added to the session; its key and unset defaults left out."""
    columns = ((attribute.key, attribute.columns[0]) for attribute in inspect(type(thing)).column_attrs)
    return {
        key: getattr(thing, key)
        for key, column in columns
        if key in thing.__dict__ or not (column.primary_key or column.default is not None)
    }


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the rows, which name the same columns, in one statement."""
    if rows:
        db.session.execute(insert(_table_of(model)), rows)


def insert_for_ids(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add the rows and return their ids in the same order."""
    if not rows:
        return []
    table = _table_of(model)
    adding = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(db.session.scalars(adding, rows))


def _table_of(model: type[Base]) -> Table:
    # The table itself, not the model: the ORM sends rows that hold None in other columns one by one.
    return cast("Table", model.__table__)
