"""What is known of people, as plain values for other slices: who said it stands beside each answer.

The reader has opened the person before asking here, so nothing is recorded and nobody is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    cast,
    false,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

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
    Wish,
)
from aktema.people.rules import Said, counting_rating, days_of_bits, effective_vote, is_dated

Rows = Iterable[Row[Any]]
WITHOUT_AIDS, NO_CONFIDENCE = false(), literal(0)


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
    """The profile of one person. Two statements. Raises KeyError where there is no such person."""
    return profiles_of((participant_id,))[participant_id]


def profiles_of(participant_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of the people by their id, in two statements however many they are."""
    said = _said_of(participant_ids)
    votes, preferences = _votes(said[InterestVote.__tablename__]), _votes(said[PreferenceVote.__tablename__])
    ratings, marks = _ratings(said[Rating.__tablename__]), _marks(said[ConstraintMark.__tablename__])
    return {
        row.id: Profile(
            participant_id=row.id,
            locality_id=row.locality_id,
            votes=votes[row.id],
            capacities={key: counting_rating(both) for key, both in ratings[row.id].items()},
            ratings=ratings[row.id],
            preferences=preferences[row.id],
            needs=frozenset(key for key, is_needed in marks[row.id].items() if is_needed),
            answered_constraints=frozenset(marks[row.id]),
            times=_times_of(row.Availability),
            wish=_words_of(row.Wish),
        )
        for row in _people(participant_ids)
    }


def _people(participant_ids: Collection[int]) -> Rows:
    """Each person with their newest times and their newest wish, which is opened whole: it is sealed."""
    people = (
        select(Participant.id, Participant.locality_id, Availability, Wish)
        .select_from(Participant)
        .outerjoin(Availability, Availability.id == _newest(Availability))
        .outerjoin(Wish, Wish.id == _newest(Wish))
    )
    return db.session.execute(people.where(Participant.id.in_(participant_ids)))


def _newest(model: type[Availability] | type[Wish]) -> ScalarSelect[int]:
    row = aliased(model)
    theirs = select(row.id).where(row.participant_id == Participant.id).correlate(Participant)
    return theirs.order_by(row.said_on.desc(), row.id.desc()).limit(1).scalar_subquery()


def _said_of(participant_ids: Collection[int]) -> Mapping[str, list[Row[Any]]]:
    """The answers about the people by table, the newest last, so that the last one read counts."""
    answers = union_all(
        _said(InterestVote, InterestVote.activity_id, InterestVote.vote, participant_ids),
        _said(PreferenceVote, PreferenceVote.preference_id, PreferenceVote.vote, participant_ids),
        _said(ConstraintMark, ConstraintMark.constraint_id, ConstraintMark.is_needed, participant_ids),
        _said(
            Rating,
            Rating.dimension_id,
            Rating.level,
            participant_ids,
            with_aids=Rating.with_aids,
            confidence=Rating.confidence,
        ),
    )
    found: defaultdict[str, list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(answers.order_by("said_on", "id")):
        found[row.kind].append(row)
    return found


def _said(
    model: type[InterestVote | PreferenceVote | ConstraintMark | Rating],
    about: InstrumentedAttribute[int],
    value: InstrumentedAttribute[Any],
    participant_ids: Collection[int],
    *,
    with_aids: SQLColumnExpression[bool] = WITHOUT_AIDS,
    confidence: SQLColumnExpression[int] = NO_CONFIDENCE,
) -> Select[*tuple[Any, ...]]:
    return select(
        literal(model.__tablename__).label("kind"),
        model.participant_id,
        model.source,
        model.said_on,
        model.id,
        about.label("about"),
        cast(value, Integer).label("value"),
        with_aids.label("with_aids"),
        confidence.label("confidence"),
    ).where(model.participant_id.in_(participant_ids))


def _votes(rows: Rows) -> Mapping[int, dict[int, Vote]]:
    said: defaultdict[tuple[int, int], list[Said]] = defaultdict(list)
    for row in rows:
        word = Said(value=row.value, source=row.source, said_on=row.said_on, order=row.id)
        said[row.participant_id, row.about].append(word)
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


def _ratings(rows: Rows) -> Mapping[int, dict[int, Sequence[Capacity]]]:
    newest: defaultdict[tuple[int, int], dict[bool, Capacity]] = defaultdict(dict)
    today = clock.today()
    for row in rows:
        newest[row.participant_id, row.about][row.with_aids] = Capacity(
            level=row.value,
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


def _marks(rows: Rows) -> Mapping[int, dict[int, bool]]:
    found: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for row in rows:
        found[row.participant_id][row.about] = bool(row.value)
    return found


def _times_of(row: Availability | None) -> Times | None:
    return (
        None
        if row is None
        else Times(
            weekly_minutes=row.weekly_minutes,
            daily_minutes=row.daily_minutes,
            weekdays=None if row.weekdays is None else days_of_bits(row.weekdays),
            earliest_start=row.earliest_start,
            latest_end=row.latest_end,
            travel_minutes=row.travel_minutes,
            source=Source(row.source),
            said_on=row.said_on,
        )
    )


def _words_of(wish: Wish | None) -> Words | None:
    """The wish as it stands; an empty one takes the earlier back."""
    if wish is None or not wish.words:
        return None
    return Words(text=wish.words, source=Source(wish.source), said_on=wish.said_on)
