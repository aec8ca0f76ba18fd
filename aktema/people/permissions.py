"""What the people slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv.

The rights of participants and representatives come with the pages made for them.
"""

from aktema.access.policy import Audit, Effect, Grant, Permission, Scope
from aktema.access.roles import Role

COACH, COORDINATOR, HANDLER = Role.JOB_COACH, Role.COORDINATOR, Role.LSS_HANDLER

WORKERS = {
    COACH: Grant(Scope.OWN_CASELOAD),
    COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
    HANDLER: Grant(Scope.OWN_CASELOAD),
}
"""Those who work with the person themselves."""
READERS = {**WORKERS, Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)}

LIST = Permission(
    code="participant.list",
    resource="participant",
    action="list",
    fields="name, birth_year, status",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
SEARCH_BY_NUMBER = Permission(
    code="participant.search_by_pnr",
    resource="participant",
    action="search_by_pnr",
    fields="exact match only",
    audit=Audit.READ_WRITE,
    grants={
        COACH: Grant(
            Scope.OWN_UNIT,
            Effect.MASKED,
            "exact 12 digits; returns exists-in-unit yes/no plus responsible person; rate 20/h; reason logged",
        ),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, Effect.MASKED, "same"),
        HANDLER: Grant(Scope.OWN_UNIT, Effect.MASKED, "same"),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT, condition="rate 20/h"),
    },
)
READ_IDENTITY = Permission(
    code="participant.read_identity",
    resource="participant",
    action="read",
    fields="identity: name, contact",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
READ_NUMBER = Permission(
    code="participant.read_personal_number",
    resource="participant",
    action="read",
    fields="personal_number",
    audit=Audit.READ_WRITE,
    grants={
        COACH: Grant(
            Scope.OWN_CASELOAD, Effect.MASKED, "click to reveal with step-up-free reason list; logged"
        ),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, Effect.MASKED, "reveal logged"),
        HANDLER: Grant(Scope.OWN_CASELOAD, condition="logged"),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT, Effect.MASKED, "reveal logged"),
    },
)
READ_PROFILE = Permission(
    code="participant.read_profile",
    resource="participant",
    action="read",
    fields="interests, capacities, availability, adaptations",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
CREATE = Permission(
    code="participant.create",
    resource="participant",
    action="create",
    fields="identity + interests",
    audit=Audit.READ_WRITE,
    grants={
        COACH: Grant(Scope.OWN_UNIT),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        HANDLER: Grant(Scope.OWN_UNIT),
    },
)
UPDATE_PROFILE = Permission(
    code="participant.update_profile",
    resource="participant",
    action="update",
    fields="interests, capacities, availability",
    audit=Audit.READ_WRITE,
    grants={COACH: Grant(Scope.OWN_CASELOAD), COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
UPDATE_IDENTITY = Permission(
    code="participant.update_identity",
    resource="participant",
    action="update",
    fields="identity, contact",
    audit=Audit.READ_WRITE,
    grants=WORKERS,
)
ASSIGN = Permission(
    code="participant.assign",
    resource="participant",
    action="assign",
    fields="responsible coach / coordinator",
    audit=Audit.READ_WRITE,
    grants={
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, condition="within own provider"),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT),
    },
)
CREATE_MANDATE = Permission(
    code="mandate.create",
    resource="mandate",
    action="create",
    fields="god man / forvaltare / guardian, scope, dates",
    audit=Audit.READ_WRITE,
    grants={
        HANDLER: Grant(Scope.OWN_CASELOAD, condition="same"),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT, condition="proof seen, end date required"),
    },
)
READ_PHOTOS = Permission(
    code="document.read_file",
    resource="document",
    action="read",
    fields="uploaded file",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
# The file itself, which any page may show by its reference: the person's own pages too, which open no page of staff.
SHOW_PHOTO = Permission(
    code="document.show_photo",
    resource="document",
    action="read",
    fields="uploaded file",
    audit=Audit.READ_WRITE,
    grants={
        **READERS,
        Role.PARTICIPANT: Grant(Scope.SELF),
        Role.REPRESENTATIVE: Grant(Scope.REPRESENTED),
    },
)
KEEP_PHOTOS = Permission(
    code="document.upload",
    resource="document",
    action="upload",
    fields="allowed types",
    audit=Audit.READ_WRITE,
    grants=WORKERS,
)
PERMISSIONS = (
    LIST,
    SEARCH_BY_NUMBER,
    READ_IDENTITY,
    READ_NUMBER,
    READ_PROFILE,
    CREATE,
    UPDATE_PROFILE,
    UPDATE_IDENTITY,
    ASSIGN,
    CREATE_MANDATE,
    READ_PHOTOS,
    SHOW_PHOTO,
    KEEP_PHOTOS,
)
