"""What the access slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv."""

from aktema.access.policy import Audit, Grant, Permission, Scope, same_for
from aktema.access.roles import Role

CREATE_STAFF = Permission(
    code="user.create_staff",
    resource="user",
    action="create",
    fields="staff account",
    audit=Audit.WRITE,
    grants={
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT, condition="roles below own"),
        Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM, condition="no role with person access to self"),
    },
)
# The founders' table says who changes accounts, not who sees the list one needs for it: the same two roles.
READ_ACCOUNTS = Permission(
    code="user.list",
    resource="user",
    action="list",
    fields="staff accounts",
    audit=Audit.NONE,
    grants={Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT), Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM)},
)
UPDATE_ROLE = Permission(
    code="user.update_role",
    resource="user",
    action="update",
    fields="role, unit",
    audit=Audit.WRITE,
    grants={
        Role.UNIT_MANAGER: Grant(
            Scope.OWN_UNIT, condition="not own; not above own; takes effect next request"
        ),
        Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM, condition="not own"),
    },
)
UPDATE_OWN = Permission(
    code="user.update_own",
    resource="user",
    action="update",
    fields="own profile, language, easy-read",
    audit=Audit.WRITE,
    grants=same_for(Role, Grant(Scope.SELF)),
)
DISABLE_ACCOUNT = Permission(
    code="user.disable",
    resource="user",
    action="disable",
    fields="ends sessions",
    audit=Audit.WRITE,
    grants={Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT), Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM)},
)
REVOKE_SESSION = Permission(
    code="session.revoke",
    resource="session",
    action="revoke",
    fields="own / others",
    audit=Audit.WRITE,
    grants={
        **same_for(Role, Grant(Scope.SELF)),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT),
        Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM),
    },
)
UPDATE_UNIT = Permission(
    code="setting.update_system",
    resource="setting",
    action="update",
    fields="system settings",
    audit=Audit.WRITE,
    grants={Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM)},
)
RUN_IMPORT = Permission(
    code="import.run",
    resource="import",
    action="run",
    fields="participants, employers from file",
    audit=Audit.READ_WRITE,
    grants={
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, condition="dry run first, row errors, undo"),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT, condition="same"),
    },
)
READ_PUBLIC = Permission(
    code="public_page.read",
    resource="public_page",
    action="read",
    fields="login, accessibility statement, privacy, security.txt, health (bare)",
    audit=Audit.NONE,
    grants=same_for(Role, Grant(Scope.TENANT)),
)
# The founders' table has no row for the card a participant signs in with, for the screen a worker hands over to one,
# nor for the sign-in of a representative. A card is made by those who work with the person; a representative is let
# in by those who may see the proof of the mandate.
MAKE_CARD = Permission(
    code="card.make",
    resource="card",
    action="create",
    fields="personal card and code of pictures",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        Role.LSS_HANDLER: Grant(Scope.OWN_CASELOAD),
    },
)
HAND_OVER = Permission(
    code="session.hand_over",
    resource="session",
    action="hand_over",
    fields="the screen, to the participant",
    audit=Audit.READ_WRITE,
    grants=MAKE_CARD.grants,
)
LET_IN_REPRESENTATIVE = Permission(
    code="user.create_representative",
    resource="user",
    action="create",
    fields="representative's account",
    audit=Audit.READ_WRITE,
    grants={Role.LSS_HANDLER: Grant(Scope.OWN_CASELOAD), Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)},
)
# Nor has it one for what is on its way out: an address that does not work is the installation's matter, not a unit's.
MANAGE_OUTBOX = Permission(
    code="outbox.manage",
    resource="outbox",
    action="update",
    fields="messages that wait or did not arrive, without address and text",
    audit=Audit.WRITE,
    grants={Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM)},
)
PERMISSIONS = (
    CREATE_STAFF,
    READ_ACCOUNTS,
    UPDATE_ROLE,
    UPDATE_OWN,
    DISABLE_ACCOUNT,
    REVOKE_SESSION,
    UPDATE_UNIT,
    RUN_IMPORT,
    MAKE_CARD,
    HAND_OVER,
    LET_IN_REPRESENTATIVE,
    MANAGE_OUTBOX,
    READ_PUBLIC,
)
