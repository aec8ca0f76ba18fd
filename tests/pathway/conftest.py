"""A coach with a person and a place, for the tests of what became of trials."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.employers.models import Placement
from aktema.people.models import Participant
from tests.support.employers import a_placement
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach, unit=coach.memberships[0].unit)


@pytest.fixture
def placement(session: Session) -> Placement:
    return a_placement(title="Bageriet")


@pytest.fixture
def browser(sign_in: Callable[[Account], PageClient], coach: Account, person: Participant) -> PageClient:
    return sign_in(coach)
