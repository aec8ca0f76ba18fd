"""What tests of a person's profile share: its pages, a rating, and how many rows there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.core import clock
from aktema.people.codes import Source
from aktema.people.models import Participant
from aktema.people.profile_operations import NewRating
from aktema.vocabulary.queries import dimensions
from tests.support.page import PageClient

Browser = Callable[[Account], PageClient]


def page_of(person: Participant, part: str = "") -> str:
    return f"/deltagare/{person.public_id}/profil{f'/{part}' if part else ''}"


def rating(level: int | None, *, days_ago: int = 0, **values: Any) -> NewRating:
    defaults = {
        "dimension_id": dimensions()[0].id,
        "source": Source.STAFF,
        "with_aids": False,
        "confidence": 2,
    }
    return NewRating(level=level, said_on=clock.today() - timedelta(days_ago), **{**defaults, **values})


def count(session: Session, model: type[Any]) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(model)) or 0
