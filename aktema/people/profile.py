"""What is known of people, as plain values for other slices: who said it stands beside each answer.

The reader has opened the person before asking here, so nothing is recorded and nobody is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from aktema.core import clock
from aktema.core.db import db
from aktema.people.codes import Source
from aktema.people.models import (
    Availability,
    ConstraintMark,
    InterestVote,
    Participant,
    PreferenceVote,
    Rating,
    SaidMixin,
    Wish,
)
from aktema.people.rules import Said, counting_rating, days_of_bits, effective_vote, is_dated

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Vote:
    """The vote (-2..+2) that counts, and whose it is."""

    vote: int
    source: Source
    said_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Capacity:
    """A rating; `level` None is the answer "not known yet"."""

    level: int | None
    source: Source
    said_on: date
    with_aids: bool
    confidence: int
    is_dated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Times:
    """When and how much the person can work: minutes, minutes after midnight, weekdays with 0 as Monday."""

    weekly_minutes: int | None
    daily_minutes: int | None
    weekdays: frozenset[int] | None
    earliest_start: int | None
    latest_end: int | None
    travel_minutes: int | None
    source: Source
    said_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A wish in words, and whose words they are."""

    text: str
    source: Source
    said_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """One person's standing answers by vocabulary id. What is missing has not been answered.

    `ratings` holds the newest rating of a dimension without and with aids, in this order; `capacities` the one
    of them that counts. `needs` holds the constraints that must be met, `answered_constraints` all answered.
    """

    participant_id: int
    locality_id: int | None
    votes: Mapping[int, Vote] = field(default_factory=dict)
    capacities: Mapping[int, Capacity] = field(default_factory=dict)
    ratings: Mapping[int, Sequence[Capacity]] = field(default_factory=dict)
    preferences: Mapping[int, Vote] = field(default_factory=dict)
    needs: frozenset[int] = frozenset()
    answered_constraints: frozenset[int] = frozenset()
    times: Times | None = None
    wish: Words | None = None


def profile_of(participant_id: int) -> Profile:
    """The profile of one person. Seven statements. Raises KeyError where there is no such person."""
    return profiles_of((participant_id,))[participant_id]


def profiles_of(participant_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of the people by their id, in seven statements however many they are."""
    people = db.session.execute(
        select(Participant.id, Participant.locality_id).where(Participant.id.in_(participant_ids))
    )
    localities = {row.id: row.locality_id for row in people}
    votes = _votes(InterestVote.activity_id, InterestVote, participant_ids)
    ratings = _ratings(participant_ids)
    preferences = _votes(PreferenceVote.preference_id, PreferenceVote, participant_ids)
    marks, times, wishes = _marks(participant_ids), _times(participant_ids), _wishes(participant_ids)
    return {
        number: Profile(
            participant_id=number,
            locality_id=locality,
            votes=votes[number],
            capacities={key: counting_rating(both) for key, both in ratings[number].items()},
            ratings=ratings[number],
            preferences=preferences[number],
            needs=frozenset(key for key, is_needed in marks[number].items() if is_needed),
            answered_constraints=frozenset(marks[number]),
            times=times.get(number),
            wish=wishes.get(number),
        )
        for number, locality in localities.items()
    }


def _newest_last(model: type[SaidMixin], participant_ids: Collection[int], *columns: Column) -> Iterable[Any]:
    """The rows about the people, the newest last, so that the last one written into a mapping counts."""
    about = select(model.participant_id, model.source, model.said_on, model.id, *columns)
    return db.session.execute(
        about.where(model.participant_id.in_(participant_ids)).order_by(model.said_on, model.id)
    )


def _votes(
    key: Column, model: type[InterestVote] | type[PreferenceVote], participant_ids: Collection[int]
) -> Mapping[int, dict[int, Vote]]:
    said: defaultdict[tuple[int, int], list[Said]] = defaultdict(list)
    for row in _newest_last(model, participant_ids, key.label("key"), model.vote):
        word = Said(value=row.vote, source=row.source, said_on=row.said_on, order=row.id)
        said[row.participant_id, row.key].append(word)
    votes: defaultdict[int, dict[int, Vote]] = defaultdict(dict)
    for (person, about), words in said.items():
        word_that_counts = effective_vote(words)
        if word_that_counts is not None and word_that_counts.value is not None:
            votes[person][about] = Vote(
                vote=word_that_counts.value,
                source=Source(word_that_counts.source),
                said_on=word_that_counts.said_on,
            )
    return votes


def _ratings(participant_ids: Collection[int]) -> Mapping[int, dict[int, Sequence[Capacity]]]:
    newest: defaultdict[tuple[int, int], dict[bool, Capacity]] = defaultdict(dict)
    columns = (Rating.dimension_id, Rating.level, Rating.with_aids, Rating.confidence)
    today = clock.today()
    for row in _newest_last(Rating, participant_ids, *columns):
        newest[row.participant_id, row.dimension_id][row.with_aids] = Capacity(
            level=row.level,
            source=Source(row.source),
            said_on=row.said_on,
            with_aids=row.with_aids,
            confidence=row.confidence,
            is_dated=is_dated(row.said_on, today),
        )
    found: defaultdict[int, dict[int, Sequence[Capacity]]] = defaultdict(dict)
    for (person, dimension), by_aids in newest.items():
        found[person][dimension] = [by_aids[with_aids] for with_aids in sorted(by_aids)]
    return found


def _marks(participant_ids: Collection[int]) -> Mapping[int, dict[int, bool]]:
    found: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    columns = (ConstraintMark.constraint_id, ConstraintMark.is_needed)
    for row in _newest_last(ConstraintMark, participant_ids, *columns):
        found[row.participant_id][row.constraint_id] = row.is_needed
    return found


def _times(participant_ids: Collection[int]) -> dict[int, Times]:
    columns = (
        Availability.weekly_minutes,
        Availability.daily_minutes,
        Availability.weekdays,
        Availability.earliest_start,
        Availability.latest_end,
        Availability.travel_minutes,
    )
    return {
        row.participant_id: _times_of(row) for row in _newest_last(Availability, participant_ids, *columns)
    }


def _times_of(row: Any) -> Times:
    return Times(
        weekly_minutes=row.weekly_minutes,
        daily_minutes=row.daily_minutes,
        weekdays=None if row.weekdays is None else days_of_bits(row.weekdays),
        earliest_start=row.earliest_start,
        latest_end=row.latest_end,
        travel_minutes=row.travel_minutes,
        source=Source(row.source),
        said_on=row.said_on,
    )


def _wishes(participant_ids: Collection[int]) -> dict[int, Words]:
    """The newest wish of each; an empty one takes the earlier back. Rows are opened whole: they are sealed."""
    written = select(Wish).where(Wish.participant_id.in_(participant_ids)).order_by(Wish.said_on, Wish.id)
    newest = {wish.participant_id: wish for wish in db.session.scalars(written)}
    return {
        number: Words(text=text, source=Source(wish.source), said_on=wish.said_on)
        for number, wish in newest.items()
        if (text := wish.words)
    }
