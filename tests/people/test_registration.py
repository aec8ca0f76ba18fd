"""Registering a person, page by page."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.people.models import Participant
from tests.support.page import Page, PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

Browser = Callable[[Account], PageClient]
NUMBER = "19960309-2389"
NAMES = {"first_name": "Alva", "last_name": "Ek", "birth_date": "1996-03-09"}
BACKGROUND = {"came_from": "school", "communication": "pictures", "communication_note": "Vänta in svaret."}
HOME = {"locality": "Norrköping"}


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


def fill_in(
    browser: PageClient, names: dict[str, str] | None = None, home: dict[str, str] | None = None
) -> Page:
    """Fill in the first three pages; the answer is the page to check."""
    browser.submit("/deltagare/ny/namn", {**NAMES, **(names or {})})
    browser.submit("/deltagare/ny/bakgrund", BACKGROUND)
    return browser.submit("/deltagare/ny/hem", {**HOME, **(home or {})})


def test_four_pages_make_a_participant_with_the_coach_responsible(sign_in: Browser, coach: Account) -> None:
    browser = sign_in(coach)
    review = fill_in(browser)
    assert "Stämmer det här?" in review.words
    done = browser.submit("/deltagare/ny/granska", {})
    made = browser.get("/deltagare")
    assert done.status == 200
    assert "Alva Ek" in made.words
