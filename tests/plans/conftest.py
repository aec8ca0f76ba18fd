"""A person with a case handler and a unit that serves them, and people whose decisions are still to be ordered."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from aktema.access.models import Account, Unit
from aktema.access.roles import Role
from aktema.people.models import Participant
from tests.support.orders import World, a_world
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant, an_assignment


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit()


@pytest.fixture
def handler(session: Session) -> Account:
    return an_account(Role.LSS_HANDLER)


@pytest.fixture
def person(handler: Account, unit: Unit) -> Participant:
    found = a_participant()
    an_assignment(found, kind="handler", account=handler)
    an_assignment(found, kind="provider", unit=unit)
    return found


@pytest.fixture(params=["municipal", "private"])
def world(session: Session, request: Any) -> World:
    """A decision to be ordered from a municipal unit, and from a private one."""
    return a_world(request.param)


@pytest.fixture
def one_world(session: Session) -> World:
    return a_world()
