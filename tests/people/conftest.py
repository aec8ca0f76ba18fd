"""A person with a coach, for the tests of what is known of somebody."""

import pytest
from sqlalchemy.orm import Session

from aktema.access.identity import Identity
from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.people.models import Participant
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant


@pytest.fixture
def coach(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(coach: Account) -> Participant:
    return a_participant(coach=coach)


@pytest.fixture
def writer(coach: Account) -> Identity:
    return act_as(coach)
