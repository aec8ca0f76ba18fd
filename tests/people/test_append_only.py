"""What somebody has said stands: nothing done on a person's pages changes or takes away a row of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from aktema.access.models import Account
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
from tests.support.profile import Browser, count, page_of

SAID: list[tuple[str, type[Any], list[dict[str, Any]]]] = [
    ("intressen/food", InterestVote, [{"vote_bake": "2"}, {"vote_bake": "-1"}, {"vote_bake": ""}]),
    ("formagor/think", Rating, [{"level_focus": "2"}, {"level_focus": "3"}, {"level_focus": "unknown"}]),
    ("trivsel", PreferenceVote, [{"vote_indoors_outdoors": vote} for vote in ("2", "0", "")]),
    (
        "behov",
        ConstraintMark,
        [{"need_rest_room": "yes", "note_rest_room": note} for note in ("", "Tyst", "a")],
    ),
    ("tider", Availability, [{"weekly_minutes": hours} for hours in ("20", "10", "")]),
    ("onskan", Wish, [{"words": words} for words in ("Hundar", "Hästar", "")]),
]


@pytest.fixture
def changed(session: Session) -> Iterator[list[str]]:
    """The statements that changed or took away rows."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("UPDATE ", "DELETE FROM ")):
            found.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("part", "model", "answers"), SAID)
def test_what_is_said_again_is_added_and_nothing_said_is_changed(
    sign_in: Browser,
    coach: Account,
    person: Participant,
    session: Session,
    changed: list[str],
    part: str,
    model: type[Any],
    answers: list[dict[str, Any]],
) -> None:
    browser = sign_in(coach)
    for answer in answers:
        browser.submit(page_of(person, part), answer)
    touched = [text for text in changed if f" {model.__tablename__} " in text]
    assert (count(session, model), touched) == (3, [])


def test_everything_said_is_tried() -> None:
    assert {model for _part, model, _answers in SAID} == set(SaidMixin.__subclasses__())
