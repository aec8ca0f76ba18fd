"""Invented participants with full profiles, as many as a measurement needs, the same every time."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from aktema.access.models import Account
from aktema.core import clock
from aktema.core.bulk import insert_for_ids, insert_rows
from aktema.core.db import db
from aktema.core.ids import new_public_id
from aktema.core.swedish import sort_key
from aktema.demo import content
from aktema.demo.days import rng_for
from aktema.people.models import (
    Assignment,
    Availability,
    ConstraintMark,
    InterestVote,
    Participant,
    PreferenceVote,
    Rating,
    Wish,
)
from aktema.vocabulary.queries import vocabulary

Row = dict[str, Any]
WORKDAYS = 0b11111


def add_people(count: int, coach: Account, unit_id: int) -> list[str]:
    """So many participants coached by the account; returns their public ids."""
    rng = rng_for("people", count)
    people = [_person(rng) for _ in range(count)]
    ids = insert_for_ids(Participant, people)
    held = {"kind": "coach", "account_id": coach.id, "unit_id": unit_id, "from_date": clock.today()}
    insert_rows(Assignment, [{**held, "participant_id": key} for key in ids])
    said = {"source": "own", "said_on": clock.today(), "account_id": coach.id}
    for model, rows in _profiles(ids, rng).items():
        insert_rows(model, [{**row, **said} for row in rows])
    _add_wishes(ids, said, rng)
    return [person["public_id"] for person in people]


def _person(rng: Random) -> Row:
    first, last = rng.choice(content.first_names()).name, rng.choice(content.surnames())
    return {
        "public_id": new_public_id(),
        "first_name": first,
        "last_name": last,
        "sort_key": sort_key(f"{first} {last}"),
        "birth_date": date(rng.randint(1970, 2000), rng.randint(1, 12), rng.randint(1, 28)),
        "communication": "speech",
        "came_from": "day_activity",
        "locality_id": rng.choice(content.employers()).locality.id,
        "has_protected_identity": False,
    }


def _profiles(ids: list[int], rng: Random) -> dict[type[Any], list[Row]]:
    """Every kind of answer of everybody."""
    words = vocabulary()
    return {
        InterestVote: [
            {"participant_id": key, "activity_id": one, "vote": rng.randint(-2, 2)}
            for key in ids
            for one in rng.sample(list(words.activities), 20)
        ],
        Rating: [
            {"participant_id": key, "dimension_id": one, "level": rng.randint(1, 4)}
            for key in ids
            for one in rng.sample(list(words.dimensions), 18)
        ],
        PreferenceVote: [
            {"participant_id": key, "preference_id": one, "vote": rng.randint(-2, 2)}
            for key in ids
            for one in words.preferences
        ],
        ConstraintMark: [
            {
                "participant_id": key,
                "constraint_id": one,
                "is_needed": rng.random() < 0.1,
                "public_id": new_public_id(),
            }
            for key in ids
            for one in words.constraints
        ],
        Availability: list(_times(ids, rng)),
    }


def _times(ids: list[int], rng: Random) -> Iterator[Row]:
    for key in ids:
        daily = rng.choice((180, 240, 300, 360))
        yield {
            "participant_id": key,
            "weekly_minutes": 5 * daily,
            "daily_minutes": daily,
            "weekdays": WORKDAYS,
            "earliest_start": 480,
            "latest_end": 960,
            "travel_minutes": 60,
        }


def _add_wishes(ids: list[int], said: Row, rng: Random) -> None:
    for key in ids:
        wish = Wish(participant_id=key, **said)
        wish.words = rng.choice(content.wishes()).text
        db.session.add(wish)
