"""Decisions from a file: whom a row is about, what it becomes, what is refused, and taking it back."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.importing import operations as imports
from aktema.access.importing.kinds import OvertakenError, Sender
from aktema.access.importing.models import ImportFile, State
from aktema.access.importing.queries import list_files
from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.app import create_app
from aktema.core import clock, jobs
from aktema.core.db import Base, db
from aktema.core.importing import Record
from aktema.people.duplicates import number_index
from aktema.people.models import Participant
from aktema.plans import decision_columns as columns
from aktema.plans import decision_imports, decision_operations
from aktema.plans.codes import DecisionEnd, HoursBasis, LawBasis, SupportMeasure
from aktema.plans.decision_views import DECISIONS
from aktema.plans.models import Decision, DecisionExtent
from tests.conftest import settings_for_tests
from tests.core.workbooks import workbook
from tests.support.database import fresh_database
from tests.support.imports import check, counts, csv_of, number_for, press, read_in, table_of
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment
from tests.support.plans import a_decision, an_order

PREFIX = "/beslut/import"
BORN = date(1996, 3, 9)
NUMBER = number_for(BORN)
ROW = {
    "name": "Alva Ek",
    "birth_date": "1996-03-09",
    "support_measure": "Daglig verksamhet",
    "law_basis": "LSS 9 § 10",
    "eligibility_group": "1",
    "hours_basis": "Faktisk beviljad tid",
    "weekly_minutes": "22,5",
    "days_per_week": "4",
    "from_date": "2024-01-01",
    "to_date": "2099-12-31",
    "decided_on": "2023-12-10",
    "decision_maker": "Ester Åkerlund",
    "needs": "Behöver stöd.",
    "wishes": "Vill sy.",
}
TEMPLATE = {**ROW, "hours_basis": "Schablontid, ska omvandlas", "weekly_minutes": "", "days_per_week": ""}


@pytest.fixture
def handler(session: Session) -> Account:
    return an_account(Role.LSS_HANDLER)


@pytest.fixture
def person(handler: Account) -> Participant:
    found = a_participant(personal_number_index=number_index(NUMBER.replace("-", "")))
    an_assignment(found, kind="handler", account=handler)
    return found


@pytest.fixture
def page(sign_in: Callable[[Account], PageClient], handler: Account, person: Participant) -> PageClient:
    return sign_in(handler)


def complaints(page: PageClient, *rows: dict[str, str]) -> list[tuple[str, ...]]:
    """Row, column, content and advice of every error the dry run shows."""
    shown = page.get(check(page, PREFIX, csv_of(DECISIONS, rows)))
    lines = shown.select("tbody tr")
    return [tuple(" ".join(cell.get_text().split()) for cell in line.select("th, td")) for line in lines]


def the_decision() -> Decision:
    return db.session.scalars(select(Decision)).one()


def test_whole_row_becomes_a_decision_with_its_hours(page: PageClient, person: Participant) -> None:
    read_in(page, PREFIX, csv_of(DECISIONS, [ROW]))
    decision = the_decision()
    extent = decision.extents[0]
    assert (decision.participant_id, decision.from_date, decision.needs) == (
        person.id,
        date(2024, 1, 1),
        "Behöver stöd.",
    )
    assert (extent.weekly_minutes, extent.days_per_week, extent.from_date) == (1350, 4, decision.from_date)


def test_person_is_found_by_number_alone(page: PageClient, person: Participant) -> None:
    read_in(
        page, PREFIX, csv_of(DECISIONS, [{**ROW, "name": "", "birth_date": "", "personal_number": NUMBER}])
    )
    assert the_decision().participant_id == person.id


def test_workbook_with_template_hours_goes_on_the_list_to_convert(page: PageClient) -> None:
    headings, rows = table_of(DECISIONS, [{**TEMPLATE, "template_minutes": "25"}])
    read_in(page, PREFIX, workbook([headings, *rows]), "beslut.xlsx")
    words = page.get("/beslut/schablon").words
    assert "Alva Ek" in words
    assert "25 timmar" in words


def test_several_decisions_of_one_person_may_follow_each_other(page: PageClient) -> None:
    later = {**ROW, "from_date": "2025-01-01", "to_date": ""}
    read_in(page, PREFIX, csv_of(DECISIONS, [{**ROW, "to_date": "2024-12-31"}, later]))
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 2


def test_each_person_written_about_leaves_a_trace(page: PageClient, person: Participant) -> None:
    read_in(page, PREFIX, csv_of(DECISIONS, [ROW]))
    written = (AccessEntry.kind == "write") & (AccessEntry.detail == "import")
    assert db.session.scalars(select(AccessEntry.participant_id).where(written)).all() == [person.id]


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"name": "Bo Ek"}, "B: Namn", "Ingen av dina personer heter så"),
        ({"birth_date": "1996-03-10"}, "B: Namn", "Ingen av dina personer heter så"),
        ({"birth_date": ""}, "A: Personnummer", "Fyll i ett personnummer, eller både namn"),
        ({"personal_number": number_for(BORN, 981)}, "A: Personnummer", "Ingen av dina personer har det"),
        (
            {"personal_number": NUMBER, "birth_date": "1996-03-10"},
            "A: Personnummer",
            "ett annat födelsedatum",
        ),
        ({"support_measure": "Semester"}, "D: Insats", "Skriv något av"),
        ({"law_basis": "Socialtjänstlagen"}, "F: Personkrets", "Personkrets finns bara i LSS"),
        ({"law_basis": "LSS 9 §, annan insats"}, "E: Enligt", "hör inte ihop med insatsen"),
        ({"eligibility_group": ""}, "F: Personkrets", "Fyll i personkretsen"),
        ({"eligibility_group": "4"}, "F: Personkrets", "från 1 till 3"),
        ({"weekly_minutes": ""}, "H: Timmar i veckan", "Fyll i hur många timmar"),
        ({"weekly_minutes": "200"}, "H: Timmar i veckan", "högst 168"),
        ({"template_minutes": "20"}, "J: Schablontimmar i veckan", "Fyll bara i schablontimmar"),
        ({"to_date": "2023-01-01"}, "L: Till och med", "Sista dagen är före den första"),
        ({"to_date": "9999-12-31"}, "L: Till och med", "gäller tills vidare"),
        ({"from_date": ""}, "K: Från och med", "Fyll i Från och med"),
        ({"decided_on": "2098-01-01"}, "M: Beslutat den", "har inte varit än"),
    ],
)
def test_bad_row_is_told_what_to_do(
    page: PageClient, change: dict[str, str], column: str, sentence: str
) -> None:
    told = complaints(page, {**ROW, **change})
    assert [(row, where) for row, where, _shown, _advice in told] == [("Rad 2", column)]
    assert sentence in told[0][3]


def test_one_bad_row_changes_nothing(page: PageClient) -> None:
    before = counts()
    later = {**ROW, "from_date": "2024-06-01"}
    told = complaints(page, ROW, later)
    assert told == [
        (
            "Rad 3",
            "K: Från och med",
            "2024-06-01",
            "Samma person och insats har samma dagar på rad 2. Rätta en av dem.",
        )
    ]
    assert counts() == before


def test_days_granted_already_are_refused_and_the_person_traced(
    page: PageClient, person: Participant
) -> None:
    a_decision(person, from_date=date(2024, 6, 1))
    db.session.commit()
    assert "Det finns redan ett beslut om daglig verksamhet" in complaints(page, ROW)[0][3]
    read = (AccessEntry.act == "lss_decision.create") & (AccessEntry.kind == "read")
    known = db.session.scalars(select(AccessEntry.participant_id).where(read)).all()
    assert person.id in known


def test_somebody_elses_person_is_nobody(page: PageClient, handler: Account) -> None:
    theirs = a_participant(first_name="Bo", personal_number_index=number_index(number_for(BORN, 982)))
    an_assignment(theirs, kind="handler", account=an_account(Role.LSS_HANDLER))
    db.session.commit()
    assert "Ingen av dina personer" in complaints(page, {**ROW, "name": "Bo Ek"})[0][3]


def test_two_of_the_same_name_and_birth_date_need_the_number(page: PageClient, handler: Account) -> None:
    an_assignment(a_participant(), kind="handler", account=handler)
    db.session.commit()
    assert "Skriv personnumret" in complaints(page, ROW)[0][3]
    assert complaints(page, {**ROW, "personal_number": NUMBER}) == []


def test_personal_numbers_are_masked_in_errors(page: PageClient) -> None:
    address = check(page, PREFIX, csv_of(DECISIONS, [{**ROW, "personal_number": number_for(BORN, 981)}]))
    words = page.get(address).words
    assert "199603****" in words
    assert number_for(BORN, 981)[-4:] not in words


def test_file_is_the_senders_alone(
    page: PageClient, handler: Account, sign_in: Callable[[Account], PageClient]
) -> None:
    address = check(page, PREFIX, csv_of(DECISIONS, [ROW]))
    other = an_account(Role.LSS_HANDLER)
    assert sign_in(other).get(address).status == 404
    assert (len(list_files(act_as(handler), DECISIONS)), len(list_files(act_as(other), DECISIONS))) == (1, 0)


def test_those_who_cannot_decide_cannot_import(sign_in: Callable[[Account], PageClient]) -> None:
    assert sign_in(an_account(Role.COORDINATOR, a_unit())).get(PREFIX).status == 403


def test_file_of_somebody_who_no_longer_decides_is_not_read_in(page: PageClient, handler: Account) -> None:
    address = check(page, PREFIX, csv_of(DECISIONS, [ROW]))
    press(page, address, "las-in")
    handler.memberships[0].to_date = clock.today() - timedelta(days=1)
    handler.memberships[0].from_date = handler.memberships[0].to_date
    db.session.commit()
    jobs.run_next()
    assert db.session.scalars(select(Decision)).all() == []


def test_undo_takes_everything_back(page: PageClient) -> None:
    before = counts()
    address = read_in(page, PREFIX, csv_of(DECISIONS, [ROW]))
    press(page, address, "angra")
    assert counts() == before
    assert "Borttaget igen: 1 beslut." in page.get(address).words


def _ended(decision: Decision, handler: Account) -> None:
    act_as(handler)
    decision_operations.end(decision, clock.today(), DecisionEnd.MOVED)


def _changed(decision: Decision, handler: Account) -> None:
    hours = decision_operations.Hours(weekly_minutes=600)
    change = decision_operations.HoursChange(from_date=clock.today(), hours=hours, reason="a")
    decision_operations.change_hours(act_as(handler), decision, change)


def _ordered(decision: Decision, _handler: Account) -> None:
    an_order(decision, a_unit())


@pytest.mark.parametrize("write", [_ended, _changed, _ordered])
def test_undo_is_refused_once_more_is_written(
    page: PageClient, handler: Account, write: Callable[[Decision, Account], None]
) -> None:
    address = read_in(page, PREFIX, csv_of(DECISIONS, [ROW]))
    write(the_decision(), handler)
    db.session.commit()
    before = counts()
    assert "Det går inte att ångra" in press(page, address, "angra").soup.get_text()
    assert counts() == before


def a_record(**values: Any) -> Record:
    known: dict[str, Any] = {
        columns.NAME.key: "Alva Ek",
        columns.BIRTH_DATE.key: BORN,
        columns.SUPPORT_MEASURE.key: SupportMeasure.DAY_ACTIVITY,
        columns.LAW_BASIS.key: LawBasis.LSS_9_10,
        columns.ELIGIBILITY_GROUP.key: 1,
        columns.HOURS_BASIS.key: HoursBasis.GRANTED,
        columns.WEEKLY_MINUTES.key: 1200,
        columns.FROM_DATE.key: date(2024, 1, 1),
        columns.DECIDED_ON.key: date(2024, 1, 1),
        columns.DECISION_MAKER.key: "Ester",
    }
    return Record(row=2, values={**known, **values})


def test_decision_made_between_check_and_insertion_stops_it(handler: Account, person: Participant) -> None:
    sender = Sender(identity=act_as(handler), of_unit=None)
    insertion = decision_imports.prepare([a_record()], sender)
    a_decision(person, from_date=date(2024, 6, 1))
    with pytest.raises(OvertakenError):
        insertion()


def test_decision_made_between_check_and_import_is_named(page: PageClient, person: Participant) -> None:
    address = check(page, PREFIX, csv_of(DECISIONS, [ROW]))
    press(page, address, "las-in")
    a_decision(person, from_date=date(2024, 6, 1))
    db.session.commit()
    jobs.run_next()
    assert "Det finns redan ett beslut om daglig verksamhet" in page.get(address).words


def test_file_without_a_unit_has_none(handler: Account) -> None:
    with pytest.raises(LookupError):
        _ = Sender(identity=act_as(handler), of_unit=None).unit_id


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, in which commits are commits."""
    with fresh_database(tmp_path, f"aktema_decisions_{os.getpid()}") as url:
        app = create_app(settings_for_tests(tmp_path, url))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.mark.broad
@pytest.mark.database
def test_ten_thousand_rows_are_read_in_and_taken_back(own_app: Flask) -> None:
    handler = an_account(Role.LSS_HANDLER)
    identity = act_as(handler)
    for number in range(100):
        an_assignment(a_participant(last_name=f"Ek{number}"), kind="handler", account=handler)
    rows = [_row_of(number) for number in range(10_000)]
    file = imports.upload(identity, DECISIONS, unit_id=None, content=csv_of(DECISIONS, rows))
    imports.start_check(identity, DECISIONS, file, file.mapping)
    db.session.commit()
    jobs.run_next()
    imports.start_import(identity, DECISIONS, file)
    db.session.commit()
    jobs.run_next()
    assert db.session.scalar(select(func.count()).select_from(DecisionExtent)) == 10_000
    imports.undo(DECISIONS, db.session.get_one(ImportFile, file.id))
    assert (file.state, db.session.scalar(select(func.count()).select_from(Decision))) == (State.UNDONE, 0)


def _row_of(number: int) -> dict[str, str]:
    """A hundred weeks for each of a hundred people, one after the other."""
    person, week = divmod(number, 100)
    first = date(2020, 1, 1) + timedelta(weeks=week)
    days = {"from_date": first.isoformat(), "to_date": (first + timedelta(days=6)).isoformat()}
    return {**TEMPLATE, **days, "name": f"Alva Ek{person}", "decided_on": "2020-01-01"}
