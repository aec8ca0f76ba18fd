"""What the matching slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv."""

from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role

MATCHERS = {
    Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
    Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
}

READ_MATCHES = Permission(
    code="match.read",
    resource="match",
    action="read",
    fields="ranked list + full explanation",
    audit=Audit.READ_WRITE,
    grants=MATCHERS,
)
# The founders' table has rows for configuring the model and for proposing to an employer, none for what lies
# between: saying what matters most for one person, and what was decided about a suggestion.
WEIGH = Permission(
    code="match.weigh",
    resource="match",
    action="update",
    fields="what matters most for this person",
    audit=Audit.READ_WRITE,
    grants=MATCHERS,
)
DECIDE = Permission(
    code="match.decide",
    resource="match",
    action="update",
    fields="verdict with reason",
    audit=Audit.READ_WRITE,
    grants=MATCHERS,
)
CONFIGURE_MODEL = Permission(
    code="match_model.configure",
    resource="match_model",
    action="configure",
    fields="weights, switch on/off",
    audit=Audit.WRITE,
    grants={Role.UNIT_MANAGER: Grant(Scope.TENANT)},
)
# The founders' table keeps a person's ranked list and its reasons from the unit manager, and has no row for the
# whole unit: who might try which place when several want the same ones. No score and no reason is shown.
PLAN = Permission(
    code="match.plan",
    resource="match",
    action="plan",
    fields="a suggested place for each person of the unit, and whose turn it is to wait",
    audit=Audit.READ_WRITE,
    grants={Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)},
)
PERMISSIONS = (READ_MATCHES, WEIGH, DECIDE, CONFIGURE_MODEL, PLAN)
