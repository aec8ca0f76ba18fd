"""What the steps slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv."""

from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role

WRITERS = {
    Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
    Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
}

CREATE_STEP = Permission(
    code="step_log.create",
    resource="step_log",
    action="create",
    fields="steps toward work",
    audit=Audit.READ_WRITE,
    grants=WRITERS,
)
READ_STEPS = Permission(
    code="step_log.read",
    resource="step_log",
    action="read",
    fields="steps toward work",
    audit=Audit.READ_WRITE,
    grants={**WRITERS, Role.LSS_HANDLER: Grant(Scope.OWN_CASELOAD), Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)},
)
PERMISSIONS = (CREATE_STEP, READ_STEPS)
