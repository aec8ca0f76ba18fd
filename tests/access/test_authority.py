"""Who may change whose account: the whole table, without a database."""

import pytest

from aktema.access.authority import may_change_roles, may_hand_out, may_manage, roles_to_hand_out
from aktema.access.identity import Identity, Post
from aktema.access.policy import Audit as Traced
from aktema.access.policy import Grant, Permission, Scope, grants_for, is_granted, units_granted
from aktema.access.roles import BELOW_UNIT_MANAGER, STAFF_ROLES, UNIT_ROLES, Role

OWN, OTHER = 1, 2
ME, YOU = 10, 20
COACH_HERE, COACH_THERE = Post(role=Role.JOB_COACH, unit_id=OWN), Post(role=Role.JOB_COACH, unit_id=OTHER)
MANAGER_HERE = Post(role=Role.UNIT_MANAGER, unit_id=OWN)
ADMIN, HANDLER = Post(role=Role.SYSTEM_ADMIN, unit_id=None), Post(role=Role.LSS_HANDLER, unit_id=None)


def who(*posts: Post) -> Identity:
    return Identity(account_id=ME, public_id="me", name="Kim", session_id=1, posts=posts)


MANAGER, ADMINISTRATOR, COACH = who(MANAGER_HERE), who(ADMIN), who(COACH_HERE)


def test_an_administrator_hands_out_every_staff_role() -> None:
    assert set(roles_to_hand_out(ADMINISTRATOR)) == STAFF_ROLES


def test_a_manager_hands_out_the_roles_below() -> None:
    assert set(roles_to_hand_out(MANAGER)) == BELOW_UNIT_MANAGER


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.SYSTEM_ADMIN, Role.UNIT_MANAGER)]
)
def test_no_other_role_hands_out_any(role: Role) -> None:
    identity = who(Post(role=role, unit_id=OWN if role in UNIT_ROLES else None))
    assert roles_to_hand_out(identity) == ()
    assert not may_hand_out(identity, Role.JOB_COACH, OWN)


@pytest.mark.parametrize("role", list(Role))
def test_a_manager_gives_only_roles_below_and_only_in_the_own_unit(role: Role) -> None:
    assert may_hand_out(MANAGER, role, OWN) is (role in BELOW_UNIT_MANAGER)
    assert not may_hand_out(MANAGER, role, OTHER)
    assert not may_hand_out(MANAGER, role, None)


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_gives_staff_roles_with_a_unit_where_the_role_has_one(role: Role) -> None:
    assert may_hand_out(ADMINISTRATOR, role, OTHER) is (role in UNIT_ROLES)
    assert may_hand_out(ADMINISTRATOR, role, None) is (role in STAFF_ROLES - UNIT_ROLES)


@pytest.mark.parametrize("identity", [MANAGER, ADMINISTRATOR, who(ADMIN, MANAGER_HERE)])
@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_themselves_a_role(identity: Identity, role: Role) -> None:
    assert not may_hand_out(identity, role, OWN if role in UNIT_ROLES else None, to_account_id=ME)


@pytest.mark.parametrize(
    ("identity", "held", "roles", "all_of_it"),
    [
        (MANAGER, [COACH_HERE], True, True),
        (MANAGER, [], True, False),
        (MANAGER, [COACH_THERE], True, False),
        (MANAGER, [COACH_HERE, COACH_THERE], True, False),
        (MANAGER, [COACH_HERE, ADMIN], False, False),
        (MANAGER, [COACH_HERE, HANDLER], False, False),
        (MANAGER, [COACH_HERE, MANAGER_HERE], False, False),
        (MANAGER, [COACH_HERE, Post(role=Role.UNIT_MANAGER, unit_id=OTHER)], False, False),
        (ADMINISTRATOR, [COACH_HERE, COACH_THERE, ADMIN], True, True),
        (ADMINISTRATOR, [], True, True),
    ],
)
def test_a_manager_reaches_no_account_with_a_role_above_or_elsewhere(
    identity: Identity, held: list[Post], roles: bool, all_of_it: bool
) -> None:
    assert (may_change_roles(identity, YOU, held), may_manage(identity, YOU, held)) == (roles, all_of_it)


@pytest.mark.parametrize("identity", [MANAGER, ADMINISTRATOR])
def test_nobody_manages_the_own_account(identity: Identity) -> None:
    assert not may_change_roles(identity, ME, identity.posts)
    assert not may_manage(identity, ME, identity.posts)


RIGHT = Permission(
    code="thing.read",
    resource="thing",
    action="read",
    fields="all",
    audit=Traced.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_UNIT), Role.LSS_HANDLER: Grant(Scope.OWN_CASELOAD)},
)


def test_a_right_comes_through_each_post_it_speaks_of() -> None:
    granted = grants_for(who(COACH_HERE, HANDLER, ADMIN), RIGHT)
    assert granted == ((COACH_HERE, Grant(Scope.OWN_UNIT)), (HANDLER, Grant(Scope.OWN_CASELOAD)))


@pytest.mark.parametrize(
    ("identity", "granted", "units"),
    [(COACH, True, (OWN,)), (who(HANDLER), True, ()), (ADMINISTRATOR, False, ()), (who(), False, ())],
)
def test_a_right_that_no_post_gives_is_not_there(
    identity: Identity, granted: bool, units: tuple[int, ...]
) -> None:
    assert (is_granted(identity, RIGHT), units_granted(identity, RIGHT)) == (granted, units)


def test_only_what_is_about_people_is_traced_when_read() -> None:
    assert RIGHT.about_people


def test_units_are_those_of_the_roles_asked_for() -> None:
    identity = who(COACH_THERE, MANAGER_HERE, HANDLER)
    assert (identity.units(), identity.units(Role.UNIT_MANAGER)) == ((OWN, OTHER), (OWN,))
