"""What is said and seen about a person: added to what was said before, never written over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from aktema.access import audit
from aktema.access.identity import Identity
from aktema.core import clock
from aktema.core.db import db
from aktema.core.errors import DomainError
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
from aktema.people.permissions import UPDATE_PROFILE
from aktema.people.profile_queries import newest_marks, newest_times, newest_votes, newest_wish
from aktema.people.rules import bits_of_days


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRating:
    """A level in one dimension; None is the answer "not known yet"."""

    dimension_id: int
    level: int | None
    source: Source
    said_on: date
    with_aids: bool
    confidence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Whether a constraint must be met, and what exactly."""

    is_needed: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTimes:
    """When and how much: minutes, minutes after midnight, weekdays with 0 as Monday; None is not known."""

    weekly_minutes: int | None = None
    daily_minutes: int | None = None
    weekdays: frozenset[int] | None = None
    earliest_start: int | None = None
    latest_end: int | None = None
    travel_minutes: int | None = None


def cast_interest_votes(
    identity: Identity, participant: Participant, source: Source, votes: Mapping[int, int | None]
) -> int:
    """Votes by activity id; None takes an earlier one back. Returns how many were new."""
    standing = newest_votes(InterestVote, participant.id)
    new = [
        InterestVote(activity_id=key, vote=vote, **_said(identity, participant, source))
        for key, vote in votes.items()
        if standing.value(key, source) != vote
    ]
    return _add(participant, new, f"interests {source}")


def cast_preference_votes(
    identity: Identity, participant: Participant, source: Source, votes: Mapping[int, int | None]
) -> int:
    """Votes between two poles by preference id; None takes an earlier one back. Returns how many were new."""
    standing = newest_votes(PreferenceVote, participant.id)
    new = [
        PreferenceVote(preference_id=key, vote=vote, **_said(identity, participant, source))
        for key, vote in votes.items()
        if standing.value(key, source) != vote
    ]
    return _add(participant, new, f"preferences {source}")


def rate_capacities(identity: Identity, participant: Participant, ratings: Sequence[NewRating]) -> int:
    """Ratings, each a new row even where the level is the same: it has been seen again. Returns how many.

    Raises DomainError where something is said to have been seen on a day to come.
    """
    if any(rating.said_on > clock.today() for rating in ratings):
        raise DomainError(_("Datumet har inte varit än. Skriv dagen då det sågs."), "said_on")
    new = [
        Rating(
            dimension_id=rating.dimension_id,
            level=rating.level,
            with_aids=rating.with_aids,
            confidence=rating.confidence,
            **{**_said(identity, participant, rating.source), "said_on": rating.said_on},
        )
        for rating in ratings
    ]
    return _add(participant, new, "capacities")


def mark_needs(
    identity: Identity, participant: Participant, source: Source, marks: Mapping[int, Mark]
) -> int:
    """What must be met, by constraint id. Returns how many answers were new."""
    standing = newest_marks(participant.id)
    new = []
    for key, mark in marks.items():
        before = standing.get(key)
        if before is None or (before.is_needed, before.note or "") != (mark.is_needed, mark.note):
            row = ConstraintMark(
                constraint_id=key, is_needed=mark.is_needed, **_said(identity, participant, source)
            )
            row.note = mark.note
            new.append(row)
    return _add(participant, new, f"needs {source}")


def say_times(identity: Identity, participant: Participant, source: Source, times: NewTimes) -> int:
    """When and how much the person can work. Returns 1 where it was new. Raises DomainError by field."""
    _check_times(times)
    days = None if times.weekdays is None else bits_of_days(times.weekdays)
    row = Availability(
        weekly_minutes=times.weekly_minutes,
        daily_minutes=times.daily_minutes,
        weekdays=days,
        earliest_start=times.earliest_start,
        latest_end=times.latest_end,
        travel_minutes=times.travel_minutes,
        **_said(identity, participant, source),
    )
    before = newest_times(participant.id)
    if before is not None and (before.source, *_numbers(before)) == (source, *_numbers(row)):
        return 0
    return _add(participant, [row], f"times {source}")


def _numbers(row: Availability) -> tuple[int | None, ...]:
    hours = (row.weekly_minutes, row.daily_minutes, row.weekdays)
    return (*hours, row.earliest_start, row.latest_end, row.travel_minutes)


def _check_times(times: NewTimes) -> None:
    start, end, daily = times.earliest_start, times.latest_end, times.daily_minutes
    if start is not None and end is not None and end <= start:
        raise DomainError(_("Sluttiden är före starttiden. Kontrollera båda."), "latest_end")
    if daily is not None and times.weekly_minutes is not None and daily > times.weekly_minutes:
        raise DomainError(
            _("Det är fler timmar på en dag än i hela veckan. Kontrollera båda."), "daily_minutes"
        )


def say_wish(identity: Identity, participant: Participant, source: Source, words: str) -> int:
    """A wish in words; empty words take the earlier back. Returns 1 where it was new."""
    before = newest_wish(participant.id)
    standing = (before.source, before.words or "") if before else (source, "")
    if standing == (source, words):
        return 0
    row = Wish(**_said(identity, participant, source))
    row.words = words
    return _add(participant, [row], f"wish {source}")


def _said(identity: Identity, participant: Participant, source: Source) -> dict[str, Any]:
    """Who said it about whom today, and who wrote it down."""
    return {
        "participant_id": participant.id,
        "source": source.value,
        "said_on": clock.today(),
        "account_id": identity.account_id,
    }


def _add(participant: Participant, rows: Sequence[SaidMixin], detail: str) -> int:
    db.session.add_all(rows)
    if rows:
        audit.record_write(UPDATE_PROFILE, participant_id=participant.id, detail=detail)
    return len(rows)
