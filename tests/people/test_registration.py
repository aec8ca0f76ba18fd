"""Registering a person, page by page."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.roles import Role
from aktema.core.drafts import Draft
from aktema.core.errors import DomainError
from aktema.people import operations
from aktema.people.duplicates import number_index
from aktema.people.models import Participant
from aktema.people.operations import Facts
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant

Browser = Callable[[Account], PageClient]
NUMBER = "19960309-2389"
NAMES = {"first_name": "Alva", "last_name": "Ek", "birth_date": "1996-03-09"}
BACKGROUND = {"came_from": "school", "communication": "pictures", "communication_note": "Vänta in svaret."}
HOME = {"locality": "Norrköping"}
NAME_PAGE, BACKGROUND_PAGE, HOME_PAGE, REVIEW = (
    f"/deltagare/ny/{slug}" for slug in ("namn", "bakgrund", "hem", "granska")
)


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def coach(unit: Unit) -> Account:
    return an_account(Role.JOB_COACH, unit)


def fill_in(
    browser: PageClient, names: dict[str, str] | None = None, home: dict[str, str] | None = None
) -> Page:
    """Fill in the first three pages; the answer is the page to check."""
    browser.submit(NAME_PAGE, {**NAMES, **(names or {})})
    browser.submit(BACKGROUND_PAGE, BACKGROUND)
    return browser.submit(HOME_PAGE, {**HOME, **(home or {})})


def register(browser: PageClient, **typed: dict[str, str]) -> Page:
    fill_in(browser, **typed)
    return browser.submit(REVIEW, {}, follow=False)


def the_new_one(session: Session) -> Participant:
    return session.scalars(select(Participant).where(Participant.last_name == "Ek")).one()


def kinds(person: Participant) -> list[str]:
    return sorted(assignment.kind for assignment in person.assignments)


def test_four_pages_make_a_participant_with_the_coach_responsible(
    sign_in: Browser, coach: Account, unit: Unit, session: Session
) -> None:
    page = register(sign_in(coach))
    person = the_new_one(session)
    assert page.location == f"/deltagare/{person.public_id}"
    assert [(a.kind, a.account_id, a.unit_id) for a in person.assignments] == [("coach", coach.id, unit.id)]


def test_what_was_typed_is_stored(sign_in: Browser, coach: Account, session: Session) -> None:
    register(sign_in(coach), names={"personal_number": NUMBER, "sex": "woman"})
    person = the_new_one(session)
    assert (person.birth_date, person.sex, person.came_from) == (date(1996, 3, 9), "woman", "school")
    assert (person.personal_number, person.communication_note) == ("199603092389", "Vänta in svaret.")


def test_registering_leaves_a_trace(sign_in: Browser, coach: Account, session: Session) -> None:
    register(sign_in(coach))
    person = the_new_one(session)
    traces = session.scalars(
        select(AccessEntry).where(AccessEntry.participant_id == person.id, AccessEntry.kind == "write")
    )
    assert [trace.act for trace in traces] == ["participant.create"]


def test_a_representative_typed_is_stored_without_proof(
    sign_in: Browser, coach: Account, session: Session
) -> None:
    register(sign_in(coach), home={"kind": "guardian", "name": "Gun Persson", "phone": "070-1"})
    representative = the_new_one(session).representatives[0]
    assert (representative.name, representative.phone) == ("Gun Persson", "070-1")
    assert representative.proof_seen_on is None


def test_a_coordinator_who_registers_is_coordinator_and_provider(
    sign_in: Browser, unit: Unit, session: Session
) -> None:
    register(sign_in(an_account(Role.COORDINATOR, unit)))
    assert kinds(the_new_one(session)) == ["coordinator", "provider"]


def test_a_handler_who_registers_chooses_any_coach(
    sign_in: Browser, coach: Account, unit: Unit, session: Session
) -> None:
    browser = sign_in(an_account(Role.LSS_HANDLER))
    fill_in(browser)
    browser.submit(REVIEW, {"coach": f"{coach.public_id}.{unit.public_id}"})
    assert kinds(the_new_one(session)) == ["coach", "handler"]


def test_a_coach_can_register_for_a_colleague_and_comes_to_the_list(
    sign_in: Browser, coach: Account, unit: Unit
) -> None:
    colleague = an_account(Role.JOB_COACH, unit, name="Åsa Berg")
    browser = sign_in(coach)
    fill_in(browser)
    page = browser.submit(REVIEW, {"coach": f"{colleague.public_id}.{unit.public_id}"}, follow=False)
    assert page.location == "/deltagare"


def test_a_coach_of_another_provider_is_no_choice(sign_in: Browser, coach: Account) -> None:
    elsewhere = a_unit("Björken")
    stranger = an_account(Role.JOB_COACH, elsewhere)
    browser = sign_in(coach)
    fill_in(browser)
    assert browser.submit(REVIEW, {"coach": f"{stranger.public_id}.{elsewhere.public_id}"}).status == 422


def test_somebody_has_to_be_coach_when_a_coach_registers(session: Session) -> None:
    identity = act_as(an_account(Role.JOB_COACH, a_unit()))
    facts = Facts(
        first_name="A", last_name="B", birth_date=date(1996, 3, 9), communication="speech", came_from="work"
    )
    with pytest.raises(DomainError):
        operations.register(identity, facts, coach=None)


def test_a_person_out_of_the_ages_is_refused_by_the_act_too(session: Session) -> None:
    identity = act_as(an_account(Role.LSS_HANDLER))
    facts = Facts(
        first_name="A", last_name="B", birth_date=date(1906, 3, 9), communication="speech", came_from="work"
    )
    with pytest.raises(DomainError) as refused:
        operations.register(identity, facts, coach=None)
    assert refused.value.field == "birth_date"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first_name": "  "}, "Fyll i det här."),
        ({"birth_date": "9 mars"}, "Skriv datumet som"),
        ({"birth_date": "2020-01-01"}, "yngre än 21 år"),
        ({"birth_date": "1940-01-01"}, "äldre än 64 år"),
        ({"birth_date": "2099-01-01"}, "har inte varit än"),
        ({"personal_number": "1234"}, "10 eller 12 siffror"),
        ({"personal_number": "19960309-2388"}, "stämmer inte"),
        ({"personal_number": "19900101-2393"}, "ett annat födelsedatum"),
    ],
)
def test_a_wrong_answer_is_explained_and_kept(
    sign_in: Browser, coach: Account, typed: dict[str, str], words: str
) -> None:
    page = sign_in(coach).submit(NAME_PAGE, {**NAMES, **typed})
    assert page.status == 422
    assert words in page.words
    name, value = next(iter(typed.items()))
    assert page.soup.select_one(f"[name={name}]")["value"].strip() == value.strip()  # type: ignore[index,union-attr]  # it is there


def test_ten_digits_are_enough(sign_in: Browser, coach: Account, session: Session) -> None:
    register(sign_in(coach), names={"personal_number": "960309-2389"})
    assert the_new_one(session).personal_number_index == number_index("199603092389")


def test_a_coordination_number_without_birth_date_goes_with_any(sign_in: Browser, coach: Account) -> None:
    page = sign_in(coach).submit(NAME_PAGE, {**NAMES, "birth_date": "", "personal_number": NUMBER})
    assert "ett annat födelsedatum" not in page.words


def test_going_back_loses_nothing_even_when_it_is_wrong(sign_in: Browser, coach: Account) -> None:
    browser = sign_in(coach)
    browser.submit(NAME_PAGE, NAMES)
    back = browser.submit(BACKGROUND_PAGE, {"communication_note": "Lugnt rum", "go": "back"})
    again = browser.get(BACKGROUND_PAGE)
    assert "Vem är det?" in back.words
    assert again.soup.select_one("[name=communication_note]")["value"] == "Lugnt rum"  # type: ignore[index]  # it is there


def test_a_registration_is_taken_up_where_it_was_left(sign_in: Browser, coach: Account) -> None:
    sign_in(coach).submit(NAME_PAGE, NAMES)
    page = sign_in(coach).get(NAME_PAGE)
    assert page.soup.select_one("[name=first_name]")["value"] == "Alva"  # type: ignore[index]  # it is there


def test_nobody_sees_anothers_registration(sign_in: Browser, coach: Account, unit: Unit) -> None:
    sign_in(coach).submit(NAME_PAGE, NAMES)
    page = sign_in(an_account(Role.JOB_COACH, unit)).get(NAME_PAGE)
    assert page.soup.select_one("[name=first_name]")["value"] == ""  # type: ignore[index]  # it is there


def test_what_is_typed_on_the_way_is_sealed(sign_in: Browser, coach: Account, session: Session) -> None:
    sign_in(coach).submit(NAME_PAGE, NAMES)
    draft = session.scalars(select(Draft)).one()
    assert b"Alva" not in draft.typed_sealed


def test_the_draft_is_gone_when_the_person_is_registered(
    sign_in: Browser, coach: Account, session: Session
) -> None:
    register(sign_in(coach))
    assert session.scalars(select(Draft)).all() == []


def test_starting_over_empties_the_pages(sign_in: Browser, coach: Account) -> None:
    browser = sign_in(coach)
    browser.submit(NAME_PAGE, NAMES)
    page = browser.submit(NAME_PAGE, {}, css="form[action$=borja-om]")
    assert page.soup.select_one("[name=first_name]")["value"] == ""  # type: ignore[index]  # it is there


def test_the_last_page_sends_back_to_the_first_that_is_not_filled_in(
    sign_in: Browser, coach: Account
) -> None:
    browser = sign_in(coach)
    assert browser.get("/deltagare/ny", follow=False).location == NAME_PAGE
    browser.submit(NAME_PAGE, NAMES)
    assert browser.get(REVIEW, follow=False).location == BACKGROUND_PAGE


def test_text_far_too_long_is_refused_and_not_kept_as_a_draft(sign_in: Browser, coach: Account) -> None:
    page = sign_in(coach).submit(NAME_PAGE, {**NAMES, "first_name": "A" * 120_000})
    assert page.status == 422


def test_a_place_name_that_several_places_have_is_asked_about(
    sign_in: Browser, coach: Account, session: Session
) -> None:
    browser = sign_in(coach)
    asked = fill_in(browser, home={"locality": "Alvik"})
    choices = [choice["value"] for choice in asked.select("[name=locality_choice]")]
    browser.submit(HOME_PAGE, {"locality": "Alvik", "locality_choice": choices[1]})
    browser.submit(REVIEW, {})
    assert asked.status == 422
    assert the_new_one(session).locality_id == int(choices[1])


def test_a_place_nobody_knows_is_a_field_error(sign_in: Browser, coach: Account) -> None:
    page = fill_in(sign_in(coach), home={"locality": "Qxzwv"})
    assert "Vi hittar ingen ort som heter så" in page.words


def test_a_home_may_be_unknown(sign_in: Browser, coach: Account, session: Session) -> None:
    register(sign_in(coach), home={"locality": ""})
    assert the_new_one(session).locality_id is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Gun"}, "Välj vem som företräder"),
        ({"kind": "parent"}, "Skriv företrädarens namn"),
        ({"kind": "parent", "name": "Gun", "email": "gun"}, "namn@exempel.se"),
    ],
)
def test_half_a_representative_is_asked_for_the_rest(
    sign_in: Browser, coach: Account, typed: dict[str, str], words: str
) -> None:
    page = fill_in(sign_in(coach), home=typed)
    assert page.status == 422
    assert words in page.words


def test_suggestions_come_while_typing_only(sign_in: Browser, coach: Account) -> None:
    browser = sign_in(coach)
    fragment = browser.client.get("/deltagare/orter?locality=Norrk", headers={"HX-Request": "true"})
    assert "Norrköping (Östergötland)" in fragment.get_data(as_text=True)
    assert browser.get("/deltagare/orter?locality=Norrk").status == 404


# Duplicates


def test_a_number_that_is_here_stops_at_the_first_page(sign_in: Browser, coach: Account, unit: Unit) -> None:
    a_participant(coach=coach, unit=unit, personal_number_index=number_index("199603092389"))
    page = sign_in(coach).submit(NAME_PAGE, {**NAMES, "personal_number": NUMBER})
    assert page.status == 422
    assert "Det finns redan en person med det numret. Fråga Kim Coach." in page.words


def test_a_number_in_another_unit_says_no_name(sign_in: Browser, coach: Account) -> None:
    stranger = an_account(Role.JOB_COACH, a_unit("Björken"), name="Hemlig Kollega")
    a_participant(coach=stranger, personal_number_index=number_index("199603092389"))
    page = sign_in(coach).submit(NAME_PAGE, {**NAMES, "personal_number": NUMBER})
    assert "Fråga din enhetschef" in page.words
    assert "Hemlig Kollega" not in page.words


def test_somebody_alike_in_the_own_list_is_shown_with_a_link(sign_in: Browser, coach: Account) -> None:
    person = a_participant(coach=coach, first_name="Alva", last_name="Eek", birth_date=date(1996, 9, 3))
    page = fill_in(sign_in(coach))
    assert page.select(f"a[href='/deltagare/{person.public_id}']")


def test_somebody_alike_elsewhere_is_told_of_without_a_name(sign_in: Browser, coach: Account) -> None:
    a_participant(coach=an_account(Role.JOB_COACH, a_unit()), first_name="Alvah", last_name="Eek")
    page = fill_in(sign_in(coach))
    assert "finns på en annan enhet. Fråga enhetschefen" in page.words
    assert "Eek" not in page.words


def test_somebody_alike_has_to_be_ticked_away(sign_in: Browser, coach: Account, session: Session) -> None:
    a_participant(coach=coach, first_name="Alva", last_name="Eek")
    browser = sign_in(coach)
    fill_in(browser)
    stopped = browser.submit(REVIEW, {})
    browser.submit(REVIEW, {"is_another": "y"})
    assert "Kryssa i rutan" in stopped.words
    assert the_new_one(session).first_name == "Alva"


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Bo", "last_name": "Lind"},
        {"birth_date": date(1980, 3, 9)},
        {"birth_date": date(1996, 7, 20)},
    ],
)
def test_another_name_or_another_birth_date_warns_of_nobody(
    sign_in: Browser, coach: Account, other: dict[str, object]
) -> None:
    a_participant(coach=coach, **other)
    assert "kanske redan finns" not in fill_in(sign_in(coach)).words


def test_whoever_is_shown_as_alike_has_been_read(sign_in: Browser, coach: Account, session: Session) -> None:
    person = a_participant(coach=an_account(Role.JOB_COACH, a_unit()), last_name="Eek")
    fill_in(sign_in(coach))
    traces = session.scalars(select(AccessEntry).where(AccessEntry.participant_id == person.id)).all()
    assert {trace.act for trace in traces} == {"participant.create"}
