"""Readers of what the person chose between pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from aktema.core.db import db
from aktema.own.models import PictureChoice
from aktema.own.rules import Choice, Outcome, next_pair, pool
from aktema.vocabulary.queries import activity_groups, vocabulary
from aktema.vocabulary.words import EASY, Activity

MOST_CHOICES = 400
"""The newest that count: wishes change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An activity as a picture with its word."""

    code: str
    picture: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPair:
    first: Shown
    second: Shown
    made: int
    """How many choices the person has made so far."""


def choices_of(participant_id: int) -> Sequence[Choice]:
    """What the person chose, the oldest first; what has left the vocabulary is left out."""
    theirs = select(PictureChoice).where(PictureChoice.participant_id == participant_id)
    newest = db.session.scalars(theirs.order_by(PictureChoice.id.desc()).limit(MOST_CHOICES)).all()
    known = vocabulary().activities
    return [
        Choice(row.first_id, row.second_id, Outcome(row.outcome))
        for row in reversed(newest)
        if row.first_id in known and row.second_id in known
    ]


def find_pair(participant_id: int) -> ShownPair | None:
    """The two pictures to show next, or None where every two have been shown."""
    choices = choices_of(participant_id)
    pair = next_pair(_pool(len(choices)), choices)
    if pair is None:
        return None
    known = vocabulary().activities
    return ShownPair(
        first=shown_as(known[pair.first]), second=shown_as(known[pair.second]), made=len(choices)
    )


def _pool(made: int) -> Sequence[int]:
    groups = [[one.id for one in group.activities if one.picture] for group in activity_groups()]
    return pool(groups, made)


def shown_as(activity: Activity) -> Shown:
    return Shown(code=activity.code, picture=activity.picture, word=activity.label(EASY))


def find_activity(code: str) -> Activity | None:
    """The activity of the code, or None where it is none."""
    return next((one for one in vocabulary().activities.values() if one.code == code), None)
