"""Who a person is changes nothing: not one byte of any list.

Sex and birth date are the only such columns there are. Birth country and diagnosis are stored nowhere, so there
is nothing to change; a column for either fails the first test.
"""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from json import dumps

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.db import Base
from aktema.matching import engine
from aktema.matching.current import current_index
from aktema.matching.gather import all_known_of
from aktema.people.models import Availability, InterestVote, Participant, Rating
from aktema.vocabulary.queries import activity_by_code, dimension_by_code
from tests.support.employers import a_placement
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

FORBIDDEN = ("birth", "sex", "gender", "country", "diagnos", "citizen", "ethnic", "age_")


def test_sex_and_birth_date_are_the_only_such_columns() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in FORBIDDEN)
    }
    assert columns == {"participant.sex", "participant.birth_date"}


def test_what_a_ranker_learns_from_has_no_such_column() -> None:
    assert not [f.name for f in fields(engine.Person) if any(word in f.name for word in FORBIDDEN)]


@pytest.fixture
def people(session: Session) -> list[Participant]:
    coach = an_account(Role.JOB_COACH, a_unit())
    for activities, demands in (
        (["bake"], {"focus": 3}),
        (["clean_office"], {"multi_step": 1}),
        (["bake"], {}),
    ):
        a_placement(activities=activities, demands=demands)
    return [_known(session, coach, number) for number in range(4)]


def _known(session: Session, coach: Account, number: int) -> Participant:
    person = a_participant(coach=coach, sex="woman", birth_date=date(1970 + number, 5, 17))
    said = {
        "participant_id": person.id,
        "source": "own",
        "said_on": clock.today(),
        "account_id": coach.id,
    }
    session.add(InterestVote(activity_id=activity_by_code("bake").id, vote=number - 1, **said))
    session.add(Rating(dimension_id=dimension_by_code("focus").id, level=number, **said))
    session.add(Availability(weekly_minutes=600 + 60 * number, travel_minutes=45, **said))
    session.flush()
    return person


def lists(session: Session, people: list[Participant]) -> bytes:
    """Everything that can be asked about the people, byte by byte."""
    session.flush()
    session.expire_all()
    return "\n".join(_answers(people)).encode()


def _answers(people: list[Participant]) -> Iterator[str]:
    index = current_index()
    for known in all_known_of([person.id for person in people]):
        yield dumps(asdict(index.suggest(known.person)), sort_keys=True)
        yield dumps([asdict(one) for one in index.excluded(known.person)], sort_keys=True)
        yield dumps(index.shortlist(known.person))


@pytest.mark.parametrize("sex", ["man", None])
def test_another_sex_changes_not_one_byte(
    session: Session, people: list[Participant], sex: str | None
) -> None:
    before = lists(session, people)
    for person in people:
        person.sex = sex
    assert lists(session, people) == before


@pytest.mark.parametrize("born", [date(1942, 1, 1), date(1999, 12, 31), date(2004, 2, 29)])
def test_another_birth_date_changes_not_one_byte(
    session: Session, people: list[Participant], born: date
) -> None:
    before = lists(session, people)
    for person in people:
        person.birth_date = born
    assert lists(session, people) == before


def test_the_lists_do_change_with_what_somebody_likes(session: Session, people: list[Participant]) -> None:
    before = lists(session, people)
    for vote in session.query(InterestVote):
        vote.vote = -2
    assert lists(session, people) != before


def test_the_columns_are_there_to_be_changed(people: list[Participant]) -> None:
    assert {"sex", "birth_date"} <= {column.key for column in inspect(Participant).columns}
