"""A coach, somebody they coach, and the coach's browser."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.people.models import Participant
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.fixture
def account(session: Session) -> Account:
    return an_account(Role.JOB_COACH, a_unit())


@pytest.fixture
def person(account: Account) -> Participant:
    return a_participant(coach=account)


@pytest.fixture
def browser(sign_in: SignIn, account: Account, person: Participant) -> PageClient:
    return sign_in(account)
