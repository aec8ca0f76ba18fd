"""How many others want the same place first: a number on a card, and nobody's name."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (0, None),
        (1, "1 annan har den här som sitt första val."),
        (3, "3 andra har den här som sitt första val."),
    ],
)
def test_a_card_says_how_many_others_have_the_place_first(
    session: Session, sign_in: SignIn, others: int, said: str | None
) -> None:
    coach = an_account(Role.JOB_COACH, a_unit())
    browser = sign_in(coach)
    a_placement()
    session.commit()
    for number in range(others):
        other = a_participant(coach=coach, first_name=f"Annan {number}")
        browser.get(f"/deltagare/{other.public_id}/forslag")
    mine = a_participant(coach=coach)
    words = browser.get(f"/deltagare/{mine.public_id}/forslag").words
    assert ("som sitt första val" in words) == (said is not None)
    assert said is None or said in words
