"""What the pathway slice lets whom do.

The founders' table has no row for introductions as such: asking a person and writing down the answer follow the
row `match, answer`, which is the person's own, written down by those who log the person's steps.
"""

from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role

READ_INTRODUCTIONS = Permission(
    code="introduction.read",
    resource="introduction",
    action="read",
    fields="asked, answered, own words",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT),
    },
)
RECORD_ANSWER = Permission(
    code="introduction.record_answer",
    resource="introduction",
    action="update",
    fields="the person's answer, as the person gave it",
    audit=Audit.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_CASELOAD), Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
PERMISSIONS = (READ_INTRODUCTIONS, RECORD_ANSWER)
