"""What the home slice lets whom do: its pages are composed of what the slices below permit."""

from aktema.access.policy import Audit, Grant, Permission, Scope, same_for
from aktema.access.roles import STAFF_ROLES, UNIT_ROLES

READ_COMPONENTS = Permission(
    code="help.read_components",
    resource="help",
    action="read",
    fields="component gallery",
    audit=Audit.NONE,
    grants=same_for(STAFF_ROLES, Grant(Scope.TENANT)),
)
READ_REGISTER = Permission(
    code="employer.read_register",
    resource="employer",
    action="read",
    fields="reply rate, trials, hires",
    audit=Audit.NONE,
    grants=same_for(UNIT_ROLES, Grant(Scope.TENANT)),
)
PERMISSIONS = (READ_COMPONENTS, READ_REGISTER)
