"""Placements from a file, with the employers and workplaces they are at."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core.db import db
from aktema.core.swedish import sort_key
from aktema.employers.import_views import PLACEMENTS
from aktema.employers.models import Employer, Placement, Workplace
from aktema.employers.operations import EmployerFacts, change_employer
from aktema.vocabulary.models import Activity, Adaptation, Occupation, OccupationGroup, WorkConstraint
from aktema.vocabulary.queries import activity_by_code, suggested_demands
from tests.core.workbooks import workbook
from tests.support.employers import a_contact, a_locality, a_placement, a_workplace, an_employer, word_id
from tests.support.imports import check, counts, csv_of, press, read_in, table_of
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account

PREFIX = "/platser/import"
LEAST = {"employer": "Lindas bageri", "title": "Hjälpa till i bageriet"}
FULL = {
    **LEAST,
    "organisation_number": "556036-0793",
    "sector": "Förening eller stiftelse",
    "workplace": "Bageriet vid torget",
    "street": "Storgatan 3",
    "locality": "Norrköping",
    "description": "Fylla på hyllor.",
    "activities": "Baka; wash_dishes",
    "least_hours": "10",
    "most_hours": "25",
    "weekdays": "mån-fre",
    "starts_at": "08:00",
    "ends_at": "16.30",
    "places": "2",
    "supervision": "Linda visar.",
    "adaptations": "short_spells",
    "met": "Vilrum",
    "not_met": "wheelchair_access",
    "state": "publicerad",
    "from_date": "2027-01-11",
    "to_date": "2027-06-18",
}


@pytest.fixture
def page(sign_in: Callable[[Account], PageClient], session: Session) -> PageClient:
    return sign_in(an_account(Role.COORDINATOR, a_unit()))


def the_placement() -> Placement:
    return db.session.scalars(select(Placement)).one()


def names(model: type[Employer] | type[Workplace]) -> list[str]:
    return sorted(db.session.scalars(select(model.name)))


def complaints(page: PageClient, *rows: dict[str, str]) -> list[tuple[str, ...]]:
    """Row, column, content and advice of every error the dry run shows."""
    db.session.commit()
    shown = page.get(check(page, PREFIX, csv_of(PLACEMENTS, rows)))
    lines = shown.select("tbody tr")
    return [tuple(" ".join(cell.get_text().split()) for cell in line.select("th, td")) for line in lines]


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.LSS_HANDLER, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_other_roles_are_refused(sign_in: Callable[[Account], PageClient], role: Role) -> None:
    unit = a_unit() if role is Role.JOB_COACH else None
    assert sign_in(an_account(role, unit)).get(PREFIX).status == 403


def test_whole_row_becomes_a_published_placement(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    placement = the_placement()
    assert (placement.title, placement.state, placement.places) == ("Hjälpa till i bageriet", "published", 2)
    assert (placement.least_weekly_minutes, placement.most_weekly_minutes, placement.weekdays) == (
        600,
        1500,
        31,
    )
    assert (placement.starts_at, placement.ends_at) == (480, 990)
    assert (placement.from_date, placement.to_date) == (date(2027, 1, 11), date(2027, 6, 18))
    assert [change.state for change in placement.state_changes] == ["published"]


def test_words_of_the_row_become_the_placements_parts(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    placement = the_placement()
    assert {row.activity_id for row in placement.activities} == {
        word_id(Activity, "bake"),
        word_id(Activity, "wash_dishes"),
    }
    assert {row.constraint_id: row.is_met for row in placement.constraints} == {
        word_id(WorkConstraint, "rest_room"): True,
        word_id(WorkConstraint, "wheelchair_access"): False,
    }
    assert [row.adaptation_id for row in placement.adaptations] == [word_id(Adaptation, "short_spells")]


def test_demands_are_what_the_activities_usually_demand(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [{**LEAST, "activities": "Baka"}]))
    stated = {row.dimension_id: row.level for row in the_placement().demands}
    assert stated == suggested_demands([activity_by_code("bake").id])


def test_new_employer_and_workplace_come_along(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    employer, workplace = the_placement().employer, the_placement().workplace
    assert (employer.name, employer.organisation_number, employer.sector) == (
        "Lindas bageri",
        "5560360793",
        "association",
    )
    assert (workplace.name, workplace.street, workplace.locality_id) == (
        "Bageriet vid torget",
        "Storgatan 3",
        a_locality().id,
    )
    assert employer.sort_key == sort_key("Lindas bageri")


def test_least_row_becomes_a_draft_at_a_workplace_of_the_employers_name(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [LEAST]))
    placement = the_placement()
    assert (placement.state, placement.places, placement.weekdays) == ("draft", 1, None)
    assert placement.workplace.name == "Lindas bageri"


def test_rows_of_one_employer_share_it(page: PageClient) -> None:
    rows = [FULL, {**LEAST, "title": "Diska", "workplace": "bageriet vid TORGET"}, {**LEAST, "title": "Sopa"}]
    read_in(page, PREFIX, csv_of(PLACEMENTS, rows))
    assert names(Employer) == ["Lindas bageri"]
    assert names(Workplace) == ["Bageriet vid torget", "Lindas bageri"]


def test_known_employer_is_found_by_number_whatever_its_name(page: PageClient) -> None:
    an_employer("Bageri AB", organisation_number="5560360793")
    db.session.commit()
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    assert names(Employer) == ["Bageri AB"]


def test_known_employer_and_workplace_are_found_by_name(page: PageClient) -> None:
    a_workplace(an_employer("Lindas bageri"))
    db.session.commit()
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    assert (names(Employer), names(Workplace)) == (["Lindas bageri"], ["Bageriet vid torget"])


def test_one_employer_named_in_two_ways_stays_one(page: PageClient) -> None:
    an_employer("Lindas bageri", organisation_number="5560360793")
    db.session.commit()
    rows = [{**FULL, "employer": "Linda AB"}, {**LEAST, "workplace": FULL["workplace"], "title": "Diska"}]
    read_in(page, PREFIX, csv_of(PLACEMENTS, rows))
    assert (names(Employer), names(Workplace)) == (["Lindas bageri"], ["Bageriet vid torget"])


def test_employer_of_the_same_name_with_another_number_is_another(page: PageClient) -> None:
    an_employer("Lindas bageri", organisation_number="2021005489")
    db.session.commit()
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    assert names(Employer) == ["Lindas bageri", "Lindas bageri"]


def test_workbook_is_read_in_with_dates_and_times(page: PageClient) -> None:
    headings, (row,) = table_of(PLACEMENTS, [FULL])
    cells: list[object] = [date(2027, 1, 11) if cell == "2027-01-11" else cell for cell in row]
    read_in(page, PREFIX, workbook([headings, cells]), "platser.xlsx")
    assert the_placement().from_date == date(2027, 1, 11)


def test_ssyk_gives_activities_where_the_row_has_none(page: PageClient) -> None:
    usual = next(code for code in activity_by_code("wash_dishes").ssyk_codes)
    read_in(page, PREFIX, csv_of(PLACEMENTS, [{**LEAST, "occupation": usual}]))
    assert word_id(Activity, "wash_dishes") in {row.activity_id for row in the_placement().activities}


def test_occupation_by_name_is_kept_and_gives_activities(page: PageClient) -> None:
    ssyk = activity_by_code("wash_dishes").ssyk_codes[0]
    group = OccupationGroup(concept_id="g1", ssyk=ssyk, label="Restaurangbiträden", definition="")
    db.session.add(Occupation(concept_id="o1", label="Diskare", sort_key=sort_key("Diskare"), group=group))
    db.session.commit()
    read_in(page, PREFIX, csv_of(PLACEMENTS, [{**LEAST, "occupation": "diskare", "activities": "Baka"}]))
    placement = the_placement()
    assert placement.occupation_id is not None
    assert [row.activity_id for row in placement.activities] == [word_id(Activity, "bake")]


@pytest.mark.parametrize(
    ("change", "column", "sentence"),
    [
        ({"employer": ""}, "A: Arbetsgivare", "Fyll i Arbetsgivare."),
        ({"organisation_number": "556036-0790"}, "B: Organisationsnummer", "Numret stämmer inte"),
        ({"organisation_number": "19960309-9801"}, "B: Organisationsnummer", ""),
        ({"sector": "Ubåt"}, "C: Slag av arbetsgivare", "Privat företag"),
        ({"activities": "Bakka"}, "I: Arbetsuppgifter", "Menar du Baka?"),
        ({"activities": "###"}, "I: Arbetsuppgifter", "Se Ordlista"),
        ({"occupation": "Trollkarl"}, "J: Yrke eller SSYK", "Vi hittar inte yrket"),
        ({"occupation": "0000"}, "J: Yrke eller SSYK", "Vi hittar inte yrket"),
        ({"most_hours": "5"}, "L: Mest timmar i veckan", "kan inte vara lägre"),
        ({"ends_at": "07:00"}, "O: Till klockan", "efter starttiden"),
        ({"to_date": "2026-01-01"}, "W: Sista dagen", "före första"),
        ({"places": "0"}, "P: Antal platser", "från 1 till 99"),
        ({"state": "Pausad"}, "U: Läge", "Utkast, Publicerad"),
        ({"not_met": "Vilrum"}, "T: Saknas på platsen", "både som finns och saknas"),
        ({"description": ""}, "H: Vad gör man?", "Beskriv"),
        ({"activities": ""}, "I: Arbetsuppgifter", "minst en arbetsuppgift"),
        ({"locality": ""}, "F: Ort", "ort saknas"),
    ],
)
def test_bad_row_is_told_what_to_do(
    page: PageClient, change: dict[str, str], column: str, sentence: str
) -> None:
    told = complaints(page, {**FULL, **change})
    assert [(row, where) for row, where, _shown, _advice in told] == [("Rad 2", column)]
    assert sentence in told[0][3]


def test_one_bad_row_changes_nothing(page: PageClient) -> None:
    before = counts()
    assert len(complaints(page, FULL, {**LEAST, "title": ""})) == 1
    assert counts() == before


def test_closed_employer_is_refused(page: PageClient) -> None:
    an_employer("Lindas bageri", closed_on=date(2026, 1, 1))
    assert [advice for *_rest, advice in complaints(page, LEAST)] == [
        "Arbetsgivaren är stängd. Öppna arbetsgivaren först."
    ]


def test_name_that_several_employers_have_needs_a_number(page: PageClient) -> None:
    an_employer("Lindas bageri")
    an_employer("Lindas bageri")
    assert "Fyll i organisationsnumret" in complaints(page, LEAST)[0][3]


def test_known_workplace_elsewhere_is_refused(page: PageClient) -> None:
    a_workplace(an_employer("Lindas bageri"), locality_id=a_locality("Linköping").id)
    assert "med en annan ort" in complaints(page, FULL)[0][3]


def test_one_workplace_in_two_localities_is_refused(page: PageClient) -> None:
    told = complaints(page, FULL, {**FULL, "title": "Diska", "locality": "Linköping"})
    assert [(row, where) for row, where, *_rest in told] == [("Rad 3", "F: Ort")]


def test_same_placement_twice_is_refused(page: PageClient) -> None:
    told = complaints(page, FULL, {**FULL, "title": "HJÄLPA till i bageriet"})
    assert [(row, advice) for row, *_rest, advice in told] == [
        ("Rad 3", "Samma plats står på rad 2. Ta bort raden eller höj antalet platser.")
    ]


def test_placement_that_is_here_already_is_refused(page: PageClient) -> None:
    a_placement(a_workplace(an_employer("Lindas bageri")))
    assert "Platsen finns redan" in complaints(page, FULL)[0][3]


def test_closed_placement_does_not_stand_in_the_way(page: PageClient) -> None:
    a_placement(a_workplace(an_employer("Lindas bageri")), state="closed")
    assert complaints(page, FULL) == []


def test_every_new_thing_leaves_a_trace(page: PageClient) -> None:
    read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL, {**FULL, "title": "Diska"}]))
    traced = db.session.scalars(select(AccessEntry.object_kind).where(AccessEntry.act == "import.run")).all()
    kinds = {kind: traced.count(kind) for kind in ("employer", "workplace", "placement")}
    assert kinds == {"employer": 1, "workplace": 1, "placement": 2}


def test_undo_takes_everything_back_but_what_was_there(page: PageClient) -> None:
    an_employer("Andra bageriet")
    db.session.commit()
    before = counts()
    rows = [FULL, {**LEAST, "employer": "Andra bageriet"}]
    press(page, read_in(page, PREFIX, csv_of(PLACEMENTS, rows)), "angra")
    assert counts() == before


def test_undo_is_refused_once_something_is_changed(page: PageClient) -> None:
    address = read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    act_as(an_account(Role.JOB_COACH, a_unit()))
    change_employer(the_placement().employer, EmployerFacts(name="Lindas", sector="private"))
    db.session.commit()
    assert "Det går inte att ångra" in press(page, address, "angra").soup.get_text()


def test_undo_is_refused_once_something_hangs_on_it(page: PageClient) -> None:
    address = read_in(page, PREFIX, csv_of(PLACEMENTS, [FULL]))
    a_contact(the_placement().employer)
    db.session.commit()
    before = counts()
    assert "Det går inte att ångra" in press(page, address, "angra").soup.get_text()
    assert counts() == before
