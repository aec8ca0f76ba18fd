"""Looking after accounts: what the operations do, refuse and leave behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aktema.access import operations, sessions
from aktema.access.identity import Identity
from aktema.access.models import Account, Invitation, ServerSession, Unit
from aktema.access.queries import units_to_hand_out
from aktema.access.roles import PERSON_ROLES, UNIT_ROLES, Role
from aktema.core import clock
from aktema.core.errors import DomainError
from tests.support.access import also, traces
from tests.support.people import a_unit, act_as, an_account


@dataclass
class House:
    """A unit with a manager and a coach, another unit, and an administrator."""

    here: Unit
    there: Unit
    manager: Account
    coach: Account
    admin: Account


@pytest.fixture
def house(session: Session) -> House:
    here, there = a_unit(), a_unit("Linden")
    return House(
        here=here,
        there=there,
        manager=an_account(Role.UNIT_MANAGER, here),
        coach=an_account(Role.JOB_COACH, here),
        admin=an_account(Role.SYSTEM_ADMIN),
    )


Act = Callable[[Identity, Account], object]
WHOLE: dict[str, Act] = {
    "new link": operations.send_new_invitation,
    "end sessions": operations.end_sessions,
    "close": operations.disable_account,
    "open": operations.reopen_account,
}
ROLES: dict[str, Act] = {
    "give": lambda me, them: operations.give_role(me, them, role=Role.COORDINATOR, unit_id=me.units()[0]),
    "end": lambda me, them: operations.end_role(me, them, them.memberships[0]),
}
whole_account = pytest.mark.parametrize("act", WHOLE.values(), ids=WHOLE.keys())
every_act = pytest.mark.parametrize("act", {**WHOLE, **ROLES}.values(), ids={**WHOLE, **ROLES}.keys())


@every_act
@pytest.mark.parametrize("above", [Role.SYSTEM_ADMIN, Role.LSS_HANDLER, Role.AUDITOR, Role.CONTROLLER])
def test_a_manager_reaches_no_coach_who_also_holds_a_role_above(house: House, act: Act, above: Role) -> None:
    also(house.coach, above)
    with pytest.raises(DomainError):
        act(act_as(house.manager), house.coach)


@every_act
def test_a_manager_reaches_no_other_manager_of_the_unit(house: House, act: Act) -> None:
    also(house.coach, Role.UNIT_MANAGER, house.here)
    with pytest.raises(DomainError):
        act(act_as(house.manager), house.coach)


@whole_account
def test_a_manager_reaches_no_account_that_also_works_in_another_unit(house: House, act: Act) -> None:
    also(house.coach, Role.JOB_COACH, house.there)
    with pytest.raises(DomainError):
        act(act_as(house.manager), house.coach)


@whole_account
def test_a_role_that_will_begin_later_counts_as_held(house: House, act: Act) -> None:
    also(house.coach, Role.SYSTEM_ADMIN).memberships[-1].from_date = clock.today() + timedelta(days=30)
    with pytest.raises(DomainError):
        act(act_as(house.manager), house.coach)


@every_act
def test_a_role_that_has_ended_stops_nobody(house: House, act: Act) -> None:
    also(house.coach, Role.SYSTEM_ADMIN, to_date=clock.today() - timedelta(days=1))
    act(act_as(house.manager), house.coach)
    assert traces("write")


def test_a_manager_ends_the_own_units_role_of_somebody_who_works_elsewhere_too(house: House) -> None:
    also(house.coach, Role.JOB_COACH, house.there)
    operations.end_role(act_as(house.manager), house.coach, house.coach.memberships[0])
    assert [post.unit_id for post in operations.held_posts(house.coach)] == [house.there.id]


def test_a_manager_cannot_end_a_role_in_another_unit(house: House) -> None:
    also(house.coach, Role.JOB_COACH, house.there)
    with pytest.raises(DomainError):
        operations.end_role(act_as(house.manager), house.coach, house.coach.memberships[1])


@whole_account
def test_a_manager_cannot_take_over_an_account_without_roles(house: House, act: Act) -> None:
    operations.end_role(act_as(house.manager), house.coach, house.coach.memberships[0])
    with pytest.raises(DomainError):
        act(act_as(house.manager), house.coach)


@every_act
def test_nobody_changes_the_own_account(house: House, act: Act) -> None:
    also(house.admin, Role.JOB_COACH, house.here)
    with pytest.raises(DomainError):
        act(act_as(house.admin), house.admin)


@pytest.mark.parametrize("role", sorted(PERSON_ROLES))
def test_an_administrator_gives_themselves_no_role_that_reads_about_people(house: House, role: Role) -> None:
    unit_id = house.here.id if role in UNIT_ROLES else None
    with pytest.raises(DomainError):
        operations.give_role(act_as(house.admin), house.admin, role=role, unit_id=unit_id)


def test_an_administrator_reaches_every_account_but_the_own(house: House) -> None:
    operations.disable_account(act_as(house.admin), house.manager)
    assert not house.manager.is_active


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.SYSTEM_ADMIN, Role.LSS_HANDLER, Role.PARTICIPANT])
def test_a_manager_invites_nobody_above(house: House, role: Role) -> None:
    unit_id = house.here.id if role in UNIT_ROLES else None
    with pytest.raises(DomainError):
        operations.invite_staff(act_as(house.manager), name="Bo", email="bo@x.se", role=role, unit_id=unit_id)


def test_a_manager_invites_nobody_to_another_unit(house: House) -> None:
    with pytest.raises(DomainError):
        operations.invite_staff(
            act_as(house.manager), name="Bo", email="bo@x.se", role=Role.JOB_COACH, unit_id=house.there.id
        )


def test_an_invited_address_is_stored_in_small_letters(house: House) -> None:
    invited = operations.invite_staff(
        act_as(house.manager), name="Bo", email=" Bo@X.se ", role=Role.JOB_COACH, unit_id=house.here.id
    )
    assert invited.account.email == "bo@x.se"


def test_an_address_that_is_taken_is_refused_on_its_field(house: House) -> None:
    with pytest.raises(DomainError) as refused:
        operations.create_account(
            name="Bo", email=house.coach.email.upper(), role=Role.JOB_COACH, unit_id=house.here.id
        )
    assert refused.value.field == "email"


def test_the_same_role_is_not_given_twice(house: House) -> None:
    with pytest.raises(DomainError) as refused:
        operations.give_role(act_as(house.manager), house.coach, role=Role.JOB_COACH, unit_id=house.here.id)
    assert refused.value.field == "role"


def test_a_role_not_given_by_the_manager_is_refused_on_its_field(house: House) -> None:
    with pytest.raises(DomainError) as refused:
        operations.give_role(
            act_as(house.manager), house.coach, role=Role.UNIT_MANAGER, unit_id=house.here.id
        )
    assert refused.value.field == "role"


def test_a_closed_account_gets_no_link(house: House) -> None:
    operations.disable_account(act_as(house.manager), house.coach)
    with pytest.raises(DomainError):
        operations.send_new_invitation(act_as(house.manager), house.coach)


def test_closing_an_account_ends_its_unused_link(house: House, session: Session) -> None:
    operations.new_invitation(house.coach)
    operations.disable_account(act_as(house.manager), house.coach)
    assert session.scalars(select(Invitation.expires_at)).one() <= clock.now()


@pytest.mark.parametrize("name", ["new link", "end sessions", "close", "end"])
def test_what_takes_rights_away_ends_the_sessions(house: House, session: Session, name: str) -> None:
    sessions.begin(house.coach)
    {**WHOLE, **ROLES}[name](act_as(house.manager), house.coach)
    open_ones = select(func.count()).select_from(ServerSession).where(ServerSession.ended_at.is_(None))
    assert session.scalar(open_ones) == 0


TRACES = {
    "give": ("user.update_role", "account", "give coordinator"),
    "end": ("user.update_role", "account", "end job_coach"),
    "new link": ("user.update_role", "account", "invitation"),
    "end sessions": ("session.revoke", "account", ""),
    "close": ("user.disable", "account", ""),
    "open": ("user.disable", "account", "reopen"),
}


@pytest.mark.parametrize("name", TRACES)
def test_every_act_leaves_its_trace(house: House, name: str) -> None:
    {**WHOLE, **ROLES}[name](act_as(house.manager), house.coach)
    assert traces("write") == [TRACES[name]]


def test_an_invitation_leaves_its_trace(house: House) -> None:
    operations.invite_staff(
        act_as(house.manager), name="Bo", email="bo@x.se", role=Role.JOB_COACH, unit_id=house.here.id
    )
    assert traces("write") == [("user.create_staff", "account", "job_coach")]


def test_a_saved_unit_leaves_its_trace(house: House) -> None:
    act_as(house.admin)
    operations.save_unit(Unit(), name="Granen", kind="municipal", provider="")
    assert traces("write") == [("setting.update_system", "unit", "")]


def test_a_refused_act_changes_and_traces_nothing(house: House) -> None:
    with pytest.raises(DomainError):
        operations.disable_account(act_as(house.manager), house.manager)
    assert (house.manager.is_active, traces("write")) == (True, [])


def test_a_unit_keeps_its_own_name_but_takes_no_others(house: House) -> None:
    act_as(house.admin)
    operations.save_unit(house.here, name=house.here.name, kind="private", provider="Framtid AB")
    with pytest.raises(DomainError) as refused:
        operations.save_unit(house.here, name=house.there.name, kind="private", provider="")
    assert (house.here.kind, refused.value.field) == ("private", "name")


def test_a_manager_chooses_among_own_units_and_an_administrator_among_all(house: House) -> None:
    own = units_to_hand_out(act_as(house.manager))
    every = units_to_hand_out(act_as(house.admin))
    assert (own, {house.here, house.there} <= set(every)) == ([house.here], True)


def test_a_closed_unit_is_not_offered(house: House) -> None:
    house.here.closed_on = clock.today()
    assert units_to_hand_out(act_as(house.manager)) == []
