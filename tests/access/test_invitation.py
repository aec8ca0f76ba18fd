"""The link by which an account sets its password: random, once, and not for long."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account, Invitation
from aktema.access.operations import new_invitation
from aktema.core import clock
from tests.support.access import PASSWORD, is_signed_in, try_to_sign_in
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(unit=a_unit())


@pytest.fixture
def link(account: Account, session: Session) -> str:
    token = new_invitation(account)
    session.commit()
    return f"/inbjudan/{token}"


def choose(page: PageClient, link: str, password: str = PASSWORD) -> Page:
    return page.submit(link, {"new": password, "again": password}, follow=False)


def test_the_link_sets_the_password_and_signs_in(page: PageClient, account: Account, link: str) -> None:
    assert choose(page, link).location == "/"
    assert is_signed_in(page)


def test_the_chosen_password_works_from_then_on(page: PageClient, account: Account, link: str) -> None:
    choose(page, link)
    page.client.delete_cookie("sid")
    assert try_to_sign_in(page, account.email, PASSWORD).status == 303


@pytest.mark.asvs("V6.4.1")
def test_the_link_works_once(page: PageClient, link: str) -> None:
    choose(page, link)
    assert page.get(link).status == 404


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 404)])
def test_the_link_works_for_seven_days(page: PageClient, link: str, days: float, status: int) -> None:
    with time_machine.travel(clock.now() + timedelta(days=days)):
        assert page.get(link).status == status


def test_a_newer_link_ends_the_older(page: PageClient, account: Account, link: str, session: Session) -> None:
    new_invitation(account)
    session.commit()
    assert page.get(link).status == 404


def test_the_link_of_a_disabled_account_opens_nothing(page: PageClient, account: Account, link: str) -> None:
    account.disabled_at = clock.now()
    assert page.get(link).status == 404


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "å"])
def test_an_invented_link_is_a_missing_page(page: PageClient, token: str) -> None:
    assert page.get(f"/inbjudan/{token}").status == 404


def test_a_short_password_is_refused_and_the_link_kept(page: PageClient, link: str) -> None:
    assert choose(page, link, "kort").status == 422
    assert choose(page, link).status == 303


def test_the_link_is_stored_as_a_digest_only(link: str, session: Session) -> None:
    assert link.rpartition("/")[2] not in session.scalars(select(Invitation.token_digest)).all()


def test_the_page_sends_its_address_to_nobody(page: PageClient, link: str) -> None:
    headers = page.get(link).response.headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_the_password_fields_work_with_password_managers(page: PageClient, link: str) -> None:
    fields = page.get(link).select("input[type=password]")
    assert [field["autocomplete"] for field in fields] == ["new-password", "new-password"]
