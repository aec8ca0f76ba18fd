"""What the home slice lets whom do: its pages are composed of what the slices below permit."""

from aktema.access.policy import Audit, Grant, Permission, Scope, same_for
from aktema.access.roles import STAFF_ROLES

READ_COMPONENTS = Permission(
    code="help.read_components",
    resource="help",
    action="read",
    fields="component gallery",
    audit=Audit.NONE,
    grants=same_for(STAFF_ROLES, Grant(Scope.TENANT)),
)
PERMISSIONS = (READ_COMPONENTS,)
