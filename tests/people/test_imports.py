"""Participants from a file: what they become, what is refused, and taking them back."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access import audit
from aktema.access.importing import operations, work
from aktema.access.importing.kinds import Insertion, Sender
from aktema.access.importing.models import ImportFile, State
from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core import clock, jobs
from aktema.core.db import Base, db
from aktema.core.importing import Record
from aktema.people import imports
from aktema.people.duplicates import number_index
from aktema.people.import_views import PARTICIPANTS
from aktema.people.models import Assignment, Availability, InterestVote, Participant, Wish
from aktema.people.permissions import UPDATE_IDENTITY
from tests.conftest import settings_for_tests
from tests.core.workbooks import workbook
from tests.support.database import fresh_database
from tests.support.imports import check, counts, csv_of, number_for, press, read_in, table_of
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import NORRKOPING, a_participant, an_assignment

PREFIX = "/deltagare/import"
BORN = date(1996, 3, 9)
NUMBER = number_for(BORN)
ALVA = {
    "first_name": "Alva",
    "last_name": "Ek",
    "birth_date": "1996-03-09",
    "communication": "Tal",
    "came_from": "Daglig verksamhet",
}
FULL = {
    **ALVA,
    "personal_number": NUMBER,
    "sex": "kvinna",
    "locality": "Norrköping",
    "phone": "070-123 45 67",
    "wish": "Jag vill jobba med hundar.",
    "coach_email": "Kim.Coach@example.se",
    "weekly_hours": "20,5",
    "weekdays": "mån-ons",
    "travel_minutes": "45",
}


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit, email="kim.coach@example.se")


@pytest.fixture
def page(sign_in: Callable[[Account], PageClient], unit: Unit, coach: Account) -> PageClient:
    return sign_in(an_account(Role.COORDINATOR, unit))


def the_person() -> Participant:
    return db.session.scalars(select(Participant)).one()


def complaints(page: PageClient, *rows: dict[str, str]) -> list[tuple[str, ...]]:
    """Row, column, content and advice of every error the dry run shows."""
    shown = page.get(check(page, PREFIX, csv_of(PARTICIPANTS, rows)))
    lines = shown.select("tbody tr")
    return [tuple(" ".join(cell.get_text().split()) for cell in line.select("th, td")) for line in lines]


def test_whole_row_becomes_a_person_with_everything(page: PageClient, unit: Unit, coach: Account) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [FULL]))
    person = the_person()
    assert (person.name, person.birth_date, person.sex) == ("Alva Ek", BORN, "woman")
    assert (person.personal_number, person.phone) == (NUMBER.replace("-", ""), "0701234567")
    assert person.personal_number_index == number_index(NUMBER.replace("-", ""))
    assert (person.communication, person.came_from, person.locality_id) == (
        "speech",
        "day_activity",
        NORRKOPING,
    )
    held = {(row.kind, row.unit_id, row.account_id) for row in person.assignments}
    assert held == {("provider", unit.id, None), ("coach", unit.id, coach.id)}


def test_wish_and_times_are_kept_with_their_source(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [FULL]))
    wish, times = db.session.scalars(select(Wish)).one(), db.session.scalars(select(Availability)).one()
    assert (wish.words, wish.source) == ("Jag vill jobba med hundar.", "own")
    assert (times.weekly_minutes, times.weekdays, times.travel_minutes) == (1230, 0b111, 45)
    assert times.source == "staff"


def test_least_row_has_no_wish_times_or_coach(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [ALVA]))
    empty = [db.session.scalar(select(func.count()).select_from(model)) for model in (Wish, Availability)]
    assert empty == [0, 0]
    assert [row.kind for row in the_person().assignments] == ["provider"]


def test_workbook_is_read_in_with_its_dates(page: PageClient) -> None:
    headings, (row,) = table_of(PARTICIPANTS, [FULL])
    cells: list[object] = [BORN if cell == "1996-03-09" else cell for cell in row]
    read_in(page, PREFIX, workbook([headings, cells]), "lista.xlsx")
    assert the_person().birth_date == BORN


def test_birth_date_comes_from_the_number_where_it_is_missing(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [{**FULL, "birth_date": ""}]))
    assert the_person().birth_date == BORN


def test_person_read_in_is_in_the_units_list(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [ALVA]))
    assert "Alva Ek" in page.get("/deltagare").words


def test_each_person_read_in_leaves_a_trace(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [ALVA, {**ALVA, "first_name": "Bo"}]))
    written = (AccessEntry.act == "import.run") & AccessEntry.participant_id.is_not(None)
    traced = db.session.scalars(select(AccessEntry.participant_id).where(written)).all()
    assert sorted(map(str, traced)) == sorted(map(str, db.session.scalars(select(Participant.id))))


def test_one_bad_row_changes_nothing_and_is_named(page: PageClient) -> None:
    before = counts()
    told = complaints(
        page, *([{**ALVA, "last_name": f"Ek{n}"} for n in range(20)]), {**ALVA, "birth_date": "nio"}
    )
    assert told == [
        ("Rad 22", "C: Födelsedatum", "nio", "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2026-03-09.")
    ]
    assert counts() == before


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"first_name": ""}, "A: Förnamn", "Fyll i Förnamn."),
        ({"communication": "Morse"}, "F: Pratar bäst med", "Skriv något av"),
        ({"birth_date": ""}, "C: Födelsedatum", "Fyll i födelsedatum eller ett personnummer."),
        (
            {"birth_date": "1996-03-10", "personal_number": NUMBER},
            "D: Personnummer",
            "ett annat födelsedatum",
        ),
        ({"birth_date": "2015-01-01"}, "C: Födelsedatum", "yngre än"),
        ({"birth_date": "1930-01-01"}, "C: Födelsedatum", "äldre än"),
        ({"personal_number": "19960309-9999"}, "D: Personnummer", "stämmer inte"),
        ({"locality": "Alvik"}, "H: Ort", "Alvik ("),
        ({"locality": "Qqqqq"}, "H: Ort", "ingen ort"),
        ({"coach_email": "okand@example.se"}, "K: Jobbcoachens e-post", "Ingen jobbcoach i enheten"),
        ({"weekly_hours": "99"}, "L: Timmar i veckan", "högst 60"),
    ],
)
def test_bad_cell_is_told_what_to_do(
    page: PageClient, change: dict[str, str], column: str, sentence: str
) -> None:
    told = complaints(page, {**ALVA, **change})
    assert [(row, where) for row, where, _shown, _advice in told] == [("Rad 2", column)]
    assert sentence in told[0][3]


def test_personal_numbers_are_masked_in_errors(page: PageClient) -> None:
    address = check(
        page, PREFIX, csv_of(PARTICIPANTS, [{**ALVA, "birth_date": "1990-01-01", "personal_number": NUMBER}])
    )
    words = page.get(address).words
    assert "199603****" in words
    assert NUMBER[-4:] not in words


def test_same_number_on_two_rows_is_refused(page: PageClient) -> None:
    told = complaints(page, FULL, {**FULL, "first_name": "Bo"})
    assert [(row, advice) for row, _c, _s, advice in told] == [
        ("Rad 3", "Samma personnummer står på rad 2. Ta bort en av raderna.")
    ]


def test_number_of_somebody_in_another_unit_is_refused_and_traced(page: PageClient) -> None:
    digits = NUMBER.replace("-", "")
    other = a_participant(personal_number_index=number_index(digits))
    db.session.commit()
    told = complaints(page, FULL)
    assert "Det finns redan en person med det numret" in told[0][3]
    read = (AccessEntry.act == "import.run") & (AccessEntry.kind == "read")
    assert db.session.scalars(select(AccessEntry.participant_id).where(read)).all() == [other.id]


def test_same_name_and_birth_date_twice_is_refused_until_they_are_said_to_differ(page: PageClient) -> None:
    told = complaints(page, ALVA, {**ALVA, "first_name": "ALVA"})
    assert "står på rad 2" in told[0][3]
    assert complaints(page, ALVA, {**ALVA, "is_another": "ja"}) == []


def test_somebody_known_in_the_unit_is_refused_until_they_are_said_to_differ(
    page: PageClient, unit: Unit
) -> None:
    an_assignment(a_participant(), kind="provider", unit=unit)
    db.session.commit()
    assert "Personen verkar redan finnas" in complaints(page, ALVA)[0][3]
    assert complaints(page, {**ALVA, "is_another": "ja"}) == []


def test_somebody_of_the_same_name_in_another_unit_is_not_told_of(page: PageClient) -> None:
    a_participant(unit=a_unit())
    db.session.commit()
    assert complaints(page, ALVA) == []


def test_different_numbers_tell_people_apart(page: PageClient) -> None:
    assert complaints(page, FULL, {**FULL, "personal_number": number_for(BORN, 982)}) == []


def test_coach_of_another_unit_is_refused(page: PageClient) -> None:
    an_account(Role.JOB_COACH, a_unit(), email="annan@example.se")
    db.session.commit()
    assert "Ingen jobbcoach i enheten" in complaints(page, {**ALVA, "coach_email": "annan@example.se"})[0][3]


def test_two_hundred_errors_are_shown_and_the_rest_counted(page: PageClient) -> None:
    rows = [{**ALVA, "last_name": f"Ek{n}", "birth_date": ""} for n in range(203)]
    address = check(page, PREFIX, csv_of(PARTICIPANTS, rows))
    shown = page.get(address)
    assert len(shown.select("tbody tr")) == 200
    assert "Det finns 3 fel till" in shown.words


def test_number_taken_between_check_and_insert_is_named(
    page: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second dry run sees nothing wrong; then somebody registers the same person."""
    address = check(page, PREFIX, csv_of(PARTICIPANTS, [FULL]))
    press(page, address, "las-in")
    monkeypatch.setattr(work, "get_kind", lambda _code: replace(PARTICIPANTS, prepare=_overtaken))
    jobs.run_next()
    assert "Det finns redan en person med det numret" in page.get(address).words
    assert the_person().name == "Bo Ek"


def test_person_registered_between_check_and_import_is_named(page: PageClient, unit: Unit) -> None:
    address = check(page, PREFIX, csv_of(PARTICIPANTS, [ALVA]))
    press(page, address, "las-in")
    an_assignment(a_participant(), kind="provider", unit=unit)
    db.session.commit()
    jobs.run_next()
    assert "Personen verkar redan finnas" in page.get(address).words


def _overtaken(records: Sequence[Record], sender: Sender) -> Insertion:
    insertion = imports.prepare(records, sender)
    db.session.rollback()
    a_participant(first_name="Bo", personal_number_index=number_index(NUMBER.replace("-", "")))
    db.session.commit()
    return insertion


def test_undo_takes_everything_back(page: PageClient) -> None:
    before = counts()
    address = read_in(page, PREFIX, csv_of(PARTICIPANTS, [FULL, {**ALVA, "first_name": "Bo"}]))
    press(page, address, "angra")
    assert counts() == before
    assert "Borttaget igen: 2 personer." in page.get(address).words


def test_undo_is_refused_once_more_is_written(page: PageClient, coach: Account) -> None:
    address = read_in(page, PREFIX, csv_of(PARTICIPANTS, [FULL]))
    act_as(coach)
    audit.record_write(UPDATE_IDENTITY, participant_id=the_person().id)
    db.session.commit()
    before = counts()
    answer = press(page, address, "angra")
    assert "Det går inte att ångra" in answer.soup.get_text()
    assert counts() == before


def test_undo_is_refused_where_something_else_points_at_a_person(page: PageClient, coach: Account) -> None:
    address = read_in(page, PREFIX, csv_of(PARTICIPANTS, [FULL]))
    said = {"source": "own", "said_on": clock.today(), "account_id": coach.id}
    db.session.add(InterestVote(participant_id=the_person().id, activity_id=1, vote=2, **said))
    db.session.commit()
    assert "Det går inte att ångra" in press(page, address, "angra").soup.get_text()
    assert the_person().name == "Alva Ek"


def test_id_of_a_person_taken_back_is_never_used_again(page: PageClient) -> None:
    address = read_in(page, PREFIX, csv_of(PARTICIPANTS, [ALVA]))
    first = the_person().id
    press(page, address, "angra")
    read_in(page, PREFIX, csv_of(PARTICIPANTS, [ALVA]))
    assert the_person().id > first


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, in which commits are commits."""
    with fresh_database(tmp_path, f"aktema_import_{os.getpid()}") as url:
        app = create_app(settings_for_tests(tmp_path, url))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.mark.broad
@pytest.mark.database
def test_five_thousand_rows_are_read_in_and_taken_back(own_app: Flask) -> None:
    unit = a_unit()
    identity = act_as(an_account(Role.COORDINATOR, unit))
    rows = [
        {**ALVA, "last_name": f"Ek{n}", "personal_number": _number_of(n), "birth_date": ""}
        for n in range(5000)
    ]
    content = csv_of(PARTICIPANTS, rows)
    file = operations.upload(identity, PARTICIPANTS, unit_id=unit.id, content=content)
    operations.start_check(identity, PARTICIPANTS, file, file.mapping)
    db.session.commit()
    jobs.run_next()
    operations.start_import(identity, PARTICIPANTS, file)
    db.session.commit()
    jobs.run_next()
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 5000
    operations.undo(PARTICIPANTS, db.session.get_one(ImportFile, file.id))
    assert (file.state, db.session.scalar(select(func.count()).select_from(Participant))) == (State.UNDONE, 0)


def _number_of(order: int) -> str:
    return number_for(date.fromordinal(date(1975, 1, 1).toordinal() + order))
