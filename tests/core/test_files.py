"""Files in the database: sealed, bounded, and readable in their own row only."""

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.core.db import db
from aktema.core.errors import DomainError
from aktema.core.files import MOST_BYTES, StoredFile, content_of, store

CANARY = b"kanariefagel"


def test_a_file_comes_back_as_it_was_kept(session: Session) -> None:
    file = store(CANARY, "image/png")
    session.flush()
    session.expire_all()
    assert (content_of(file), file.size) == (CANARY, len(CANARY))


def test_nothing_of_the_content_lies_in_the_database_in_clear(session: Session) -> None:
    store(CANARY, "image/png")
    session.flush()
    sealed = db.session.scalars(select(StoredFile.content_sealed)).one()
    assert CANARY not in sealed


def test_content_moved_to_another_row_does_not_open(session: Session) -> None:
    one, other = store(b"one", "image/png"), store(b"other", "image/png")
    other.content_sealed = one.content_sealed
    with pytest.raises(InvalidTag):
        content_of(other)


@pytest.mark.parametrize(
    ("size", "is_kept"), [(0, False), (1, True), (MOST_BYTES, True), (MOST_BYTES + 1, False)]
)
def test_a_file_has_something_in_it_and_at_most_five_megabytes(
    session: Session, size: int, is_kept: bool
) -> None:
    if is_kept:
        assert store(b"x" * size, "image/png").size == size
    else:
        with pytest.raises(DomainError) as refused:
            store(b"x" * size, "image/png")
        assert refused.value.field == "file"


def test_only_types_that_somebody_asked_for_are_kept(session: Session) -> None:
    with pytest.raises(ValueError, match="text/html"):
        store(b"<p>", "text/html")
