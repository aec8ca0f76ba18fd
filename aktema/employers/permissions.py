"""What the employers slice lets whom do. The ground floor is the founders' table, docs/permissions.csv.

An employer's own rights bear codes of their own: a right on a page of staff would open that page too. Those of
participants and representatives come with the pages made for them, the controller's with the statistics.
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
LET_IN_EMPLOYER = Permission(
    code="user.create_employer",
    resource="user",
    action="create",
    fields="employer contact",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
OWN_COMPANY = {Role.EMPLOYER: Grant(Scope.OWN_COMPANY)}
READ_COMPANY = Permission(
    code="employer.read_own",
    resource="employer",
    action="read",
    fields="company, contact",
    audit=Audit.NONE,
    grants=OWN_COMPANY,
)
UPDATE_COMPANY = Permission(
    code="employer.update_own",
    resource="employer",
    action="update",
    fields="company, contact",
    audit=Audit.WRITE,
    grants=OWN_COMPANY,
)
LIST_POSITIONS = Permission(
    code="placement.list_own",
    resource="placement",
    action="list",
    fields="open positions",
    audit=Audit.NONE,
    grants=OWN_COMPANY,
)
POST_POSITION = Permission(
    code="placement.create_own",
    resource="placement",
    action="create",
    fields="position",
    audit=Audit.WRITE,
    grants={
        Role.EMPLOYER: Grant(
            Scope.OWN_COMPANY, condition="a coach has let the company in, and looks through it afterwards"
        )
    },
)
UPDATE_POSITION = Permission(
    code="placement.update_own",
    resource="placement",
    action="update",
    fields="position, seats",
    audit=Audit.WRITE,
    grants=OWN_COMPANY,
)
ASK_IN_COLLEAGUE = Permission(
    code="user.ask_in_colleague",
    resource="user",
    action="create",
    fields="employer contact",
    audit=Audit.WRITE,
    grants={
        Role.EMPLOYER: Grant(Scope.OWN_COMPANY, condition="who administers; own domain; a coach lets them in")
    },
)
PUT_OUT_COLLEAGUE = Permission(
    code="user.put_out_colleague",
    resource="user",
    action="disable",
    fields="ends sessions",
    audit=Audit.WRITE,
    grants={Role.EMPLOYER: Grant(Scope.OWN_COMPANY, condition="who administers; colleagues")},
)
WRITE_LOG = Permission(
    code="employer.write_log",
    resource="employer_log",
    action="create",
    fields="contacts, visits",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
MERGE_EMPLOYERS = Permission(
    code="employer.merge",
    resource="employer",
    action="merge",
    fields="duplicate organisations",
    audit=Audit.WRITE,
    grants=same_for(COACHES, EVERYWHERE),
)
ANALYSE_JOB = Permission(
    code="placement.analyse",
    resource="placement",
    action="analyse",
    fields="demands, adaptations",
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
    LET_IN_EMPLOYER,
    READ_COMPANY,
    UPDATE_COMPANY,
    LIST_POSITIONS,
    POST_POSITION,
    UPDATE_POSITION,
    ASK_IN_COLLEAGUE,
    PUT_OUT_COLLEAGUE,
    WRITE_LOG,
    MERGE_EMPLOYERS,
    ANALYSE_JOB,
)
