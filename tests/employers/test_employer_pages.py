"""The pages of employers, contacts and workplaces, as a coach uses them."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core.ids import new_public_id
from aktema.employers.models import Contact, Employer, Workplace
from tests.conftest import QueryCount
from tests.support.employers import a_contact, a_locality, a_placement, a_workplace, an_employer
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


def where(employer: Employer, rest: str = "") -> str:
    return f"/arbetsgivare/{employer.public_id}{rest}"


def test_an_empty_list_says_what_to_do_first(coach: PageClient) -> None:
    page = coach.get("/arbetsgivare")
    assert page.select("a[href='/arbetsgivare/ny']")
    assert "Inga arbetsgivare än" in page.words


def test_who_may_not_register_is_not_asked_to(sign_in: SignIn) -> None:
    page = sign_in(an_account(Role.LSS_HANDLER)).get("/arbetsgivare")
    assert page.status == 200
    assert not page.select("a[href='/arbetsgivare/ny']")


def test_the_list_shows_name_sector_locality_and_placements(coach: PageClient, session: Session) -> None:
    a_placement()
    page = coach.get("/arbetsgivare")
    for word in ("Lindas bageri", "Privat företag", "Norrköping"):
        assert word in page.words
    assert page.select("td.number")[0].get_text(strip=True) == "1"


def test_a_search_that_finds_nothing_offers_the_whole_list(coach: PageClient, session: Session) -> None:
    an_employer()
    assert "Ingen arbetsgivare passar" in coach.get("/arbetsgivare?q=xyzxyz").words
    assert "Lindas bageri" in coach.get("/arbetsgivare?q=lindas&sector=private").words


def test_a_filter_that_cannot_be_read_narrows_nothing(coach: PageClient, session: Session) -> None:
    an_employer()
    assert "Lindas bageri" in coach.get("/arbetsgivare?q=%00&sector=nonsense&efter=%00").words


def test_registering_an_employer_leads_to_its_first_workplace(coach: PageClient, session: Session) -> None:
    page = coach.submit(
        "/arbetsgivare/ny",
        {
            "name": "Åkeriet",
            "sector": "private",
            "organisation_number": "556036-0793",
            "description": "Kör bud.",
        },
    )
    assert "Åkeriet är registrerad" in page.soup.get_text()
    assert "Ny arbetsplats" in page.words
    assert session.scalars(select(Employer.organisation_number)).one() == "5560360793"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "Skriv vad arbetsgivaren heter."),
        ({"sector": "nonsense"}, "Typ"),
        ({"organisation_number": "123"}, "Numret stämmer inte."),
        ({"organisation_number": "5560360793"}, "Numret finns redan hos Lindas bageri."),
        ({"name": "a\x00b"}, "Texten innehåller tecken"),
        ({"description": "x" * 50_000}, "Texten är för lång."),
    ],
)
def test_wrong_input_is_told_and_what_was_typed_is_kept(
    coach: PageClient, session: Session, typed: dict[str, str], message: str
) -> None:
    an_employer(organisation_number="5560360793")
    page = coach.submit(
        "/arbetsgivare/ny", {"name": "Åkeriet", "sector": "private", "description": "Kör bud.", **typed}
    )
    assert page.status == 422
    assert message in page.words
    assert "Kör bud." in page.text or "xxx" in page.text
    assert session.scalar(select(func.count(Employer.id))) == 1


def test_an_employer_page_shows_contacts_workplaces_placements_and_note(
    coach: PageClient, session: Session
) -> None:
    employer = an_employer(internal_note="Ring före åtta.", organisation_number="5560360793")
    a_contact(employer, task="Chef", phone="011-12 34 56", email="linda@example.se")
    a_contact(employer, name="Per Förut", left_on=employer.created_at.date())
    a_placement(a_workplace(employer, street="Torget 1", access_facts="Två trappsteg."))
    page = coach.get(where(employer))
    for word in (
        "556036-0793",
        "Ring före åtta.",
        "Chef",
        "Torget 1, Norrköping",
        "Två trappsteg.",
        "Slutade",
    ):
        assert word in page.words
    assert page.select("a[href='tel:011-123456']")
    assert "Hjälpa till i bageriet" in page.words


def test_the_internal_note_is_not_for_the_case_handler(sign_in: SignIn, session: Session) -> None:
    employer = an_employer(internal_note="Ring före åtta.")
    handler = sign_in(an_account(Role.LSS_HANDLER))
    page = handler.get(where(employer))
    assert page.status == 200
    assert "Ring före åtta." not in page.text
    assert handler.get(where(employer, "/anteckning")).status == 403


def test_a_unit_manager_reads_the_note_but_does_not_write_it(sign_in: SignIn, session: Session) -> None:
    employer = an_employer(internal_note="Ring före åtta.")
    manager = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    page = manager.get(where(employer, "/anteckning"))
    assert "Ring före åtta." in page.words
    token = page.soup.select_one("input[name=csrf_token]")
    sent = manager.post(
        where(employer, "/anteckning"),
        {"csrf_token": str(token["value"]) if token else "", "internal_note": "x"},
    )
    assert sent.status == 403


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CONTROLLER])
def test_roles_without_the_right_are_refused(sign_in: SignIn, session: Session, role: Role) -> None:
    employer = an_employer()
    client = sign_in(an_account(role))
    for path in ("/arbetsgivare", where(employer), "/arbetsgivare/ny", "/platser"):
        assert client.get(path).status == 403


@pytest.mark.parametrize("role", [Role.LSS_HANDLER, Role.UNIT_MANAGER])
def test_readers_may_not_change_anything(sign_in: SignIn, session: Session, role: Role) -> None:
    employer = an_employer()
    client = sign_in(an_account(role, a_unit() if role is Role.UNIT_MANAGER else None))
    page = client.get(where(employer))
    assert not page.select("main form")
    for rest in ("/andra", "/kontakter/ny", "/arbetsplatser/ny"):
        assert client.get(where(employer, rest)).status == 403


def test_what_does_not_exist_is_missing(coach: PageClient, session: Session) -> None:
    employer, nobody = an_employer(), new_public_id()
    for path in (f"/arbetsgivare/{nobody}", where(employer, f"/kontakter/{nobody}"), "/arbetsgivare/1"):
        assert coach.get(path).status == 404


def test_an_employer_is_changed(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    page = coach.submit(where(employer, "/andra"), {"name": "Lindas kondis"})
    assert page.status == 200
    assert page.soup.select_one("h1").get_text() == "Lindas kondis"


def test_a_change_made_meanwhile_is_shown_beside_ones_own(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    drawn = coach.get(where(employer, "/andra")).hidden()
    coach.submit(where(employer, "/andra"), {"name": "Först"})
    page = coach.post(where(employer, "/andra"), {**drawn, "name": "Sist", "sector": "private"})
    assert page.status == 409
    assert "Sist" in page.words
    assert "Först" in page.words
    assert session.scalars(select(Employer.name)).one() == "Först"


def test_a_note_is_written_and_read(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    page = coach.submit(where(employer, "/anteckning"), {"internal_note": "Fråga efter Linda."})
    assert "Fråga efter Linda." in page.words


def test_a_contact_is_added_changed_and_leaves(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    page = coach.submit(where(employer, "/kontakter/ny"), {"name": "Linda Ask", "email": "linda@example.se"})
    assert "linda@example.se" in page.words
    contact = session.scalars(select(Contact)).one()
    here = where(employer, f"/kontakter/{contact.public_id}")
    assert "Ägare" in coach.submit(here, {"task": "Ägare"}).words
    left = coach.submit(here, {}, css="main form[action$=slutat]")
    assert "Slutade" in left.words
    back = coach.submit(here, {}, css="main form[action$=slutat]")
    assert "Slutade" not in back.words


def test_an_address_that_is_none_is_told(coach: PageClient, session: Session) -> None:
    page = coach.submit(where(an_employer(), "/kontakter/ny"), {"name": "Linda", "email": "linda"})
    assert page.status == 422
    assert "Skriv en hel e-postadress" in page.words


def test_a_workplace_is_added_and_moved(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    page = coach.submit(
        where(employer, "/arbetsplatser/ny"), {"name": "Butiken", "locality_id": a_locality().label}
    )
    assert "Norrköping" in page.words
    workplace = session.scalars(select(Workplace)).one()
    page = coach.submit(
        where(employer, f"/arbetsplatser/{workplace.public_id}"), {"locality_id": a_locality("Lund").label}
    )
    assert "Lund" in page.words


def test_a_locality_that_is_none_offers_the_near_ones_to_choose(coach: PageClient, session: Session) -> None:
    employer = an_employer()
    here = where(employer, "/arbetsplatser/ny")
    page = coach.submit(here, {"name": "Butiken", "locality_id": "Norköping"})
    assert page.status == 422
    offered = [str(choice["value"]) for choice in page.select("input[type=radio][name=locality_id]")]
    assert any(label.startswith("Norrköping") for label in offered)
    assert page.select("input[type=text][name=locality_id]")[0]["value"] == "Norköping"
    chosen = coach.submit(here, {"name": "Butiken", "locality_id": ["Norköping", offered[0]]})
    assert chosen.status == 200


def test_a_locality_like_none_is_told(coach: PageClient, session: Session) -> None:
    page = coach.submit(
        where(an_employer(), "/arbetsplatser/ny"), {"name": "Butiken", "locality_id": "Qqqqxxxx\x00"}
    )
    assert page.status == 422
    assert "Kontrollera stavningen" in page.words


def test_half_a_locality_gives_suggestions(coach: PageClient) -> None:
    assert 'value="Norrköping (Östergötland)"' in coach.client.get("/orter?locality_id=norrk").get_data(
        as_text=True
    )


def test_closing_and_opening_an_employer(coach: PageClient, session: Session) -> None:
    placement = a_placement()
    employer = placement.employer
    page = coach.submit(where(employer), {}, css="main form[action$=stang]")
    assert "Platser som stängdes: 1." in page.soup.get_text()
    assert "Arbetsgivaren är stängd" in page.words
    assert "Lindas bageri" in coach.get("/arbetsgivare?closed=y").words
    page = coach.submit(where(employer), {}, css="main form[action$=oppna]")
    assert "Arbetsgivaren är stängd" not in page.words


@pytest.mark.parametrize(
    ("rest", "state"), [("/stang", "closed_on"), ("/kontakter/{contact}/slutat", "left_on")]
)
@pytest.mark.parametrize("comes_from", ["http://localhost{page}", "https://elsewhere.example{page}", ""])
def test_a_button_on_an_old_page_does_nothing_and_shows_how_it_is_now(
    coach: PageClient, session: Session, rest: str, state: str, comes_from: str
) -> None:
    employer = a_workplace().employer
    contact = a_contact(employer)
    path = where(employer, rest.format(contact=contact.public_id))
    page = path.removesuffix("/stang").removesuffix("/slutat")
    pressed = coach.get(page).hidden(f"main form[action='{path}']")
    employer.name, contact.name = "Nytt bageri", "Ny Person"
    session.flush()
    answer = coach.post(path, pressed, follow=False, headers={"Referer": comes_from.format(page=page)})
    assert answer.location == (page if "localhost" in comes_from else "/")
    assert "någon annan hann före" in coach.get(page).soup.get_text()
    assert getattr(employer if state == "closed_on" else contact, state) is None


@pytest.mark.parametrize("count", [50, 500])
def test_the_list_costs_as_many_statements_however_long_it_is(
    coach: PageClient, session: Session, queries: QueryCount, count: int
) -> None:
    for number in range(count):
        a_workplace(an_employer(f"Bolag {number:03}"))
    session.commit()
    session.expunge_all()
    queries.statements.clear()
    assert coach.get("/arbetsgivare").status == 200
    assert len(queries) <= 12
