"""Who may see whom: the same rule for every page about a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aktema.access.models import AccessEntry, Account, Unit
from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role
from aktema.core import clock
from aktema.core.errors import MissingError
from aktema.people import permissions, queries
from aktema.people.models import Participant
from aktema.people.permissions import READ_IDENTITY, READ_NUMBER, SEARCH_BY_NUMBER
from tests.support.page import PageClient
from tests.support.people import a_unit, act_as, an_account
from tests.support.people_builders import a_participant, an_assignment

Browser = Callable[[Account], PageClient]
PAGES = (
    "uppgifter",
    "uppgifter/andra",
    "foretradare/ny",
    "profil",
    "profil/intressen",
    "profil/intressen/food",
    "profil/formagor",
    "profil/formagor/think",
    "profil/formagor/historik/focus",
    "profil/trivsel",
    "profil/behov",
    "profil/tider",
    "profil/onskan",
)


@dataclass(frozen=True)
class World:
    """A person with a coach, a handler and a coordinator, and people elsewhere who have nothing to do with them."""

    person: Participant
    unit: Unit
    provider: Unit
    accounts: dict[str, Account]


@pytest.fixture
def world(session: Session) -> World:
    unit, elsewhere, provider = a_unit("Aktema"), a_unit("Björken"), a_unit("Solrosen", "private")
    accounts = {
        "coach": an_account(Role.JOB_COACH, unit),
        "coach_same_unit": an_account(Role.JOB_COACH, unit),
        "coach_elsewhere": an_account(Role.JOB_COACH, elsewhere),
        "coordinator": an_account(Role.COORDINATOR, provider),
        "coordinator_same_provider": an_account(Role.COORDINATOR, provider),
        "coordinator_elsewhere": an_account(Role.COORDINATOR, elsewhere),
        "handler": an_account(Role.LSS_HANDLER),
        "handler_other": an_account(Role.LSS_HANDLER),
        "manager": an_account(Role.UNIT_MANAGER, unit),
        "manager_elsewhere": an_account(Role.UNIT_MANAGER, elsewhere),
        "system_admin": an_account(Role.SYSTEM_ADMIN),
    }
    person = a_participant(coach=accounts["coach"], unit=unit)
    an_assignment(person, kind="handler", account=accounts["handler"])
    an_assignment(person, kind="coordinator", account=accounts["coordinator"], unit=provider)
    an_assignment(person, kind="provider", unit=provider)
    return World(person, unit, provider, accounts)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coach", 200),
        ("coach_same_unit", 404),
        ("coach_elsewhere", 404),
        ("coordinator", 200),
        ("coordinator_same_provider", 200),
        ("coordinator_elsewhere", 404),
        ("handler", 200),
        ("handler_other", 404),
        ("manager", 200),
        ("manager_elsewhere", 404),
        ("system_admin", 403),
    ],
)
def test_a_person_is_read_only_by_those_who_work_with_them(
    sign_in: Browser, world: World, who: str, status: int
) -> None:
    page = sign_in(world.accounts[who]).get(f"/deltagare/{world.person.public_id}/uppgifter")
    assert page.status == status


@pytest.mark.parametrize("path", PAGES)
def test_a_coach_without_the_assignment_finds_no_page_about_the_person(
    sign_in: Browser, world: World, path: str
) -> None:
    page = sign_in(world.accounts["coach_same_unit"]).get(f"/deltagare/{world.person.public_id}/{path}")
    assert page.status == 404


@pytest.mark.parametrize("path", PAGES)
def test_the_coach_opens_every_page_about_the_person(sign_in: Browser, world: World, path: str) -> None:
    page = sign_in(world.accounts["coach"]).get(f"/deltagare/{world.person.public_id}/{path}")
    assert page.status == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_about_a_person_leaves_a_trace(
    sign_in: Browser, world: World, session: Session, path: str
) -> None:
    sign_in(world.accounts["coach"]).get(f"/deltagare/{world.person.public_id}/{path}")
    traces = session.scalars(select(AccessEntry).where(AccessEntry.participant_id == world.person.id)).all()
    assert [trace.kind for trace in traces] == ["read"]


@pytest.mark.parametrize("path", ["profil/intressen", "profil/tider", "uppgifter/andra"])
def test_a_manager_reads_but_writes_nothing_about_the_person(
    sign_in: Browser, world: World, path: str
) -> None:
    assert sign_in(world.accounts["manager"]).get(f"/deltagare/{world.person.public_id}/{path}").status == 403


def test_what_ended_yesterday_and_what_begins_tomorrow_opens_nothing(session: Session) -> None:
    account, today = an_account(Role.JOB_COACH, a_unit()), clock.today()
    person = a_participant()
    an_assignment(person, account=account, from_date=today - timedelta(9), to_date=today - timedelta(1))
    an_assignment(person, account=account, from_date=today + timedelta(1))
    with pytest.raises(MissingError):
        queries.get_participant(act_as(account), READ_IDENTITY, person.public_id)


def test_the_last_day_of_an_assignment_still_opens(session: Session) -> None:
    account = an_account(Role.JOB_COACH, a_unit())
    person = a_participant()
    an_assignment(person, account=account, to_date=clock.today())
    assert queries.get_participant(act_as(account), READ_IDENTITY, person.public_id) is person


@pytest.mark.parametrize(
    ("scope", "sees"),
    [(Scope.TENANT, True), (Scope.SELF, False), (Scope.SYSTEM, False)],
)
def test_only_the_whole_municipality_reaches_people_nobody_works_with(
    session: Session, scope: Scope, sees: bool
) -> None:
    account = an_account(Role.CONTROLLER)
    permission = Permission(
        code="x",
        resource="x",
        action="x",
        fields="",
        audit=Audit.NONE,
        grants={Role.CONTROLLER: Grant(scope)},
    )
    assert queries.may(act_as(account), permission, a_participant()) is sees


def test_a_coordinator_with_no_unit_reaches_only_their_own_people(session: Session) -> None:
    account = an_account(Role.COORDINATOR)
    mine, other = a_participant(), a_participant()
    an_assignment(mine, kind="coordinator", account=account)
    an_assignment(other, kind="provider", unit=a_unit())
    identity = act_as(account)
    assert [queries.may(identity, READ_IDENTITY, person) for person in (mine, other)] == [True, False]


def test_only_a_handler_sees_the_number_without_asking(world: World) -> None:
    seen = {
        who: queries.may_unmasked(act_as(world.accounts[who]), READ_NUMBER, world.person)
        for who in ("coach", "coordinator", "handler", "manager")
    }
    assert seen == {"coach": False, "coordinator": False, "handler": True, "manager": False}


def test_a_coachs_number_search_reaches_the_whole_unit(world: World) -> None:
    assert queries.may(act_as(world.accounts["coach_same_unit"]), SEARCH_BY_NUMBER, world.person)


def test_permission_codes_are_unique() -> None:
    codes = [permission.code for permission in permissions.PERMISSIONS]
    assert len(codes) == len(set(codes))
