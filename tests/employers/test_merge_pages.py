"""The pages on which an organisation that stands there twice is made one."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.core import clock
from aktema.employers.models import Employer
from tests.support.employers import a_contact, an_employer
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def coach(sign_in: SignIn) -> PageClient:
    return sign_in(an_account(Role.JOB_COACH, a_unit()))


@pytest.fixture
def pair(session: Session) -> tuple[Employer, Employer]:
    return an_employer(), an_employer("Lindas Bageri AB", organisation_number="5560360793")


def address_of(pair: tuple[Employer, Employer]) -> str:
    return f"/arbetsgivare/{pair[0].public_id}/sla-ihop/{pair[1].public_id}"


def test_without_duplicates_the_page_says_so(coach: PageClient) -> None:
    assert "Inga dubbletter" in coach.get("/arbetsgivare/dubbletter").words


def test_duplicates_are_listed_with_the_way_to_compare(
    coach: PageClient, pair: tuple[Employer, Employer]
) -> None:
    page = coach.get("/arbetsgivare/dubbletter")
    links = {a["href"] for a in page.select("main a")}
    assert links & {address_of(pair), address_of((pair[1], pair[0]))}


def test_a_double_of_another_name_is_searched_for(coach: PageClient, pair: tuple[Employer, Employer]) -> None:
    other = an_employer("Torgets bröd")
    there = f"/arbetsgivare/{other.public_id}/dubblett"
    assert "Nästan samma namn" not in coach.get(there).words
    page = coach.get(f"{there}?q=lindas")
    assert page.select(f"a[href='{address_of((other, pair[0]))}']")
    assert "Ingen annan arbetsgivare passar." in coach.get(f"{there}?q=torgets").words


def test_the_one_with_a_number_is_proposed_to_stay(
    coach: PageClient, pair: tuple[Employer, Employer]
) -> None:
    page = coach.get(address_of(pair))
    assert page.select("input[name=kept][checked]")[0]["value"] == pair[1].public_id


def test_two_are_made_one_and_the_old_address_leads_there(
    coach: PageClient, pair: tuple[Employer, Employer]
) -> None:
    a_contact(pair[0])
    page = coach.submit(address_of(pair), {})
    assert "Lindas bageri har slagits ihop med Lindas Bageri AB." in page.soup.get_text()
    page = coach.get(f"/arbetsgivare/{pair[0].public_id}")
    assert page.select("h1")[0].get_text(strip=True) == "Lindas Bageri AB"
    assert "Linda Ask" in page.words


def test_what_cannot_be_one_is_refused_with_the_reason(coach: PageClient, session: Session) -> None:
    pair = an_employer(closed_on=clock.today()), an_employer("Lindas Bageri AB")
    page = coach.submit(address_of(pair), {"kept": pair[0].public_id})
    assert page.status == 422
    assert "är stängd. Välj den som är öppen." in page.words


@pytest.mark.parametrize("old", [{"version": "99"}, {"other_version": "99"}])
def test_nothing_is_merged_that_either_side_has_changed_in_between(
    coach: PageClient, pair: tuple[Employer, Employer], old: dict[str, str]
) -> None:
    held = coach.get(address_of(pair)).hidden()
    coach.post(address_of(pair), {**held, "kept": pair[0].public_id, **old})
    assert [one.merged_into_id for one in pair] == [None, None]


def test_an_employer_is_not_merged_with_itself(coach: PageClient, pair: tuple[Employer, Employer]) -> None:
    assert coach.get(address_of((pair[0], pair[0]))).status == 404


def test_a_manager_merges_nothing(sign_in: SignIn, pair: tuple[Employer, Employer]) -> None:
    manager = sign_in(an_account(Role.UNIT_MANAGER, a_unit()))
    assert manager.get(address_of(pair)).status == 403
