"""Who may change whose account. A manager reaches down and within the own unit, nobody reaches themselves."""

from collections.abc import Collection

from aktema.access.identity import Identity, Post
from aktema.access.permissions import CREATE_STAFF
from aktema.access.policy import units_granted
from aktema.access.roles import BELOW_UNIT_MANAGER, STAFF_ROLES, UNIT_ROLES, Role


def roles_to_hand_out(identity: Identity) -> tuple[Role, ...]:
    """The roles the identity may give to others: any staff role, those below a unit manager's, or none."""
    if identity.has(Role.SYSTEM_ADMIN):
        return tuple(role for role in Role if role in STAFF_ROLES)
    has_unit = bool(units_granted(identity, CREATE_STAFF))
    return tuple(role for role in Role if has_unit and role in BELOW_UNIT_MANAGER)


def may_hand_out(
    identity: Identity, role: Role, unit_id: int | None, *, to_account_id: int | None = None
) -> bool:
    """Whether the identity may give the role in the unit to the account, or end it there.

    Unit managers: roles below their own, in their own unit. System administrators: any staff role, never to
    themselves.
    """
    if to_account_id == identity.account_id or (role in UNIT_ROLES) != (unit_id is not None):
        return False
    if identity.has(Role.SYSTEM_ADMIN):
        return role in STAFF_ROLES
    return role in BELOW_UNIT_MANAGER and unit_id in units_granted(identity, CREATE_STAFF)


def may_change_roles(identity: Identity, account_id: int, held: Collection[Post]) -> bool:
    """Whether the identity may give or end any role of the account: one that holds a role above is out of reach."""
    if account_id == identity.account_id:
        return False
    return identity.has(Role.SYSTEM_ADMIN) or all(post.role in BELOW_UNIT_MANAGER for post in held)


def may_manage(identity: Identity, account_id: int, held: Collection[Post]) -> bool:
    """Whether the identity may close or open the account, end its sessions, or give it a new link.

    Such an act reaches everything the account can do: a unit manager may only where it holds roles, and each is
    one that the manager could have given.
    """
    if not may_change_roles(identity, account_id, held):
        return False
    if identity.has(Role.SYSTEM_ADMIN):
        return True
    return bool(held) and all(may_hand_out(identity, post.role, post.unit_id) for post in held)
