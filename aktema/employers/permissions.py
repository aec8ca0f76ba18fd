"""What the employers slice lets whom do. The ground floor is the founders' table, docs/permissions.csv.

The rights of participants, representatives and employers come with the pages made for them, the controller's
with the statistics.
"""

from aktema.access.policy import Audit, Grant, Permission, Scope, same_for
from aktema.access.roles import PERSON_ROLES, Role

COACHES = (Role.JOB_COACH, Role.COORDINATOR)
EVERYWHERE = Grant(Scope.TENANT)

READ_EMPLOYER = Permission(
    code="employer.read",
    resource="employer",
    action="read",
    fields="company, contact",
    audit=Audit.NONE,
    grants=same_for(PERSON_ROLES, EVERYWHERE),
)
CREATE_EMPLOYER = Permission(
    code="employer.create",
    resource="employer",
    action="create",
    fields="company",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
UPDATE_EMPLOYER = Permission(
    code="employer.update",
    resource="employer",
    action="update",
    fields="company, contact",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
READ_NOTES = Permission(
    code="employer.read_notes",
    resource="employer",
    action="read",
    fields="coach's internal notes on employer",
    audit=Audit.NONE,
    grants=same_for((*COACHES, Role.UNIT_MANAGER), EVERYWHERE),
)
LIST_PLACEMENTS = Permission(
    code="placement.list",
    resource="placement",
    action="list",
    fields="open positions",
    audit=Audit.NONE,
    grants=same_for(PERSON_ROLES, EVERYWHERE),
)
CREATE_PLACEMENT = Permission(
    code="placement.create",
    resource="placement",
    action="create",
    fields="position",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
UPDATE_PLACEMENT = Permission(
    code="placement.update",
    resource="placement",
    action="update",
    fields="position, seats",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
PERMISSIONS = (
    READ_EMPLOYER,
    CREATE_EMPLOYER,
    UPDATE_EMPLOYER,
    READ_NOTES,
    LIST_PLACEMENTS,
    CREATE_PLACEMENT,
    UPDATE_PLACEMENT,
)
