"""What has been said about one person, with its history, for the pages where it is said.

The person has been read, and the reading recorded, before any of these is asked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from aktema.core.db import db
from aktema.people.codes import Source
from aktema.people.models import (
    Availability,
    ConstraintMark,
    InterestVote,
    PreferenceVote,
    Rating,
    SaidMixin,
    Wish,
)
from aktema.people.rules import Said, newest_by_source


@dataclass(frozen=True, slots=True)
class Votes:
    """The newest votes about each thing, by whose they are."""

    by_key: Mapping[int, Mapping[str, Said]]

    def value(self, key: int, source: Source) -> int | None:
        """The source's vote that stands; None where there is none or it was taken back."""
        word = self.by_key.get(key, {}).get(source)
        return None if word is None else word.value

    def standing(self, key: int) -> Sequence[tuple[Source, Said]]:
        """Every vote that stands about the thing, in the order of the sources."""
        words = self.by_key.get(key, {})
        return [
            (source, words[source])
            for source in Source
            if source in words and words[source].value is not None
        ]

    def answered(self) -> frozenset[int]:
        """The things somebody's vote stands about."""
        return frozenset(key for key in self.by_key if self.standing(key))


def newest_id(model: type[SaidMixin], participant_id: int, *where: ColumnElement[bool]) -> int:
    """The version of what has been said: the id of the row written last, 0 where there is none."""
    written = select(func.max(model.id)).where(model.participant_id == participant_id, *where)
    return db.session.scalar(written) or 0


def newest_votes(model: type[InterestVote] | type[PreferenceVote], participant_id: int) -> Votes:
    """The person's newest votes. One statement."""
    key = InterestVote.activity_id if model is InterestVote else PreferenceVote.preference_id
    found = select(key, model.vote, model.source, model.said_on, model.id)
    said: defaultdict[int, list[Said]] = defaultdict(list)
    for about, vote, source, said_on, order in db.session.execute(
        found.where(model.participant_id == participant_id)
    ):
        said[about].append(Said(value=vote, source=source, said_on=said_on, order=order))
    return Votes({about: newest_by_source(words) for about, words in said.items()})


def newest_marks(participant_id: int) -> Mapping[int, ConstraintMark]:
    """The newest answer about each constraint, by its id."""
    said = select(ConstraintMark).where(ConstraintMark.participant_id == participant_id)
    ordered = db.session.scalars(said.order_by(ConstraintMark.said_on, ConstraintMark.id))
    return {mark.constraint_id: mark for mark in ordered}


def newest_times(participant_id: int) -> Availability | None:
    """What was last said of when and how much, or None."""
    said = select(Availability).where(Availability.participant_id == participant_id)
    return db.session.scalar(said.order_by(Availability.said_on.desc(), Availability.id.desc()).limit(1))


def wishes(participant_id: int) -> Sequence[Wish]:
    """Every wish that has been written down, the newest first."""
    said = select(Wish).where(Wish.participant_id == participant_id)
    return db.session.scalars(said.order_by(Wish.said_on.desc(), Wish.id.desc())).all()


def newest_wish(participant_id: int) -> Wish | None:
    return next(iter(wishes(participant_id)), None)


def rating_history(participant_id: int, dimension_id: int) -> Sequence[Rating]:
    """Every rating in the dimension, the newest first, with who wrote it down."""
    seen = select(Rating).where(Rating.participant_id == participant_id, Rating.dimension_id == dimension_id)
    loaded = seen.options(joinedload(Rating.account))
    return db.session.scalars(loaded.order_by(Rating.said_on.desc(), Rating.id.desc())).all()
