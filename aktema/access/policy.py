"""The permission table's grammar: who may do what, on which scope. Slices declare, the app gathers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from aktema.access.identity import Identity, Post
from aktema.access.roles import Role


class Scope(StrEnum):
    """Over whom or what a right reaches. The slice that owns the rows turns a scope into a where-clause."""

    OWN_CASELOAD = "own_caseload"
    OWN_UNIT = "own_unit"
    ASSIGNED_CONTRACT = "assigned_contract"
    TENANT = "tenant"
    SELF = "self"
    REPRESENTED = "represented"
    SYSTEM = "system"
    OWN_COMPANY = "own_company"
    PROPOSED_TO_ME = "proposed_to_me"
    SHARED_PLACEMENT = "shared_placement"


class Effect(StrEnum):
    ALLOW = "allow"
    MASKED = "masked"


class Audit(StrEnum):
    """Which uses leave a trace. Writes always do where the row says so; reads only of what is about people."""

    NONE = ""
    WRITE = "write"
    READ_WRITE = "read+write"


@dataclass(frozen=True, slots=True)
class Grant:
    scope: Scope
    effect: Effect = Effect.ALLOW
    condition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Permission:
    """One row of the table. `code` is stored in the audit log and never changes once used."""

    code: str
    resource: str
    action: str
    fields: str
    audit: Audit
    grants: Mapping[Role, Grant] = field(default_factory=dict)

    @property
    def about_people(self) -> bool:
        return self.audit is Audit.READ_WRITE


def grants_for(identity: Identity, permission: Permission) -> tuple[tuple[Post, Grant], ...]:
    """Each live post of the identity that the permission speaks of, with what it grants."""
    return tuple(
        (post, permission.grants[post.role]) for post in identity.posts if post.role in permission.grants
    )


def is_granted(identity: Identity, permission: Permission) -> bool:
    """Whether any of the identity's posts has the right at all, on whatever scope."""
    return bool(grants_for(identity, permission))


def units_granted(identity: Identity, permission: Permission) -> tuple[int, ...]:
    """The units for which the identity has the right through a post there."""
    return tuple(
        sorted(
            {post.unit_id for post, _grant in grants_for(identity, permission) if post.unit_id is not None}
        )
    )


def is_granted_in_no_unit(identity: Identity, permission: Permission) -> bool:
    """Whether the identity has the right through a post that belongs to no unit."""
    return any(post.unit_id is None for post, _grant in grants_for(identity, permission))


def is_granted_for(identity: Identity, permission: Permission, unit_id: int | None) -> bool:
    """Whether the identity has the right in the unit; in none, where None is asked for."""
    if unit_id is None:
        return is_granted_in_no_unit(identity, permission)
    return unit_id in units_granted(identity, permission)


def same_for(roles: Iterable[Role], grant: Grant) -> dict[Role, Grant]:
    return dict.fromkeys(roles, grant)
