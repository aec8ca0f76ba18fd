"""What the plans slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv.

The founders' table has no row for orders, interruptions and what is due: an order is sent by the one who decides and
answered by the unit it is sent to, which sees no more of the person than the order says until it has accepted.
The controller, whom the founders' table lets count attendance, gets that right with a page of counts alone.
"""

from aktema.access.policy import Audit, Effect, Grant, Permission, Scope, same_for
from aktema.access.roles import STAFF_ROLES, Role
from aktema.people.permissions import READERS, WORKERS

COACH, COORDINATOR, HANDLER = Role.JOB_COACH, Role.COORDINATOR, Role.LSS_HANDLER
MANAGER = Role.UNIT_MANAGER

READ_DECISIONS = Permission(
    code="lss_decision.read",
    resource="lss_decision",
    action="read",
    fields="extent, hours, period, needs, wishes",
    audit=Audit.READ_WRITE,
    grants={
        COACH: Grant(Scope.OWN_CASELOAD, condition="extent, period and wishes; not the inquiry"),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        HANDLER: Grant(Scope.OWN_CASELOAD),
        MANAGER: Grant(Scope.OWN_UNIT),
    },
)
DECIDE = Permission(
    code="lss_decision.create",
    resource="lss_decision",
    action="create",
    fields="all",
    audit=Audit.READ_WRITE,
    grants={HANDLER: Grant(Scope.OWN_CASELOAD)},
)
CONVERT = Permission(
    code="lss_decision.convert",
    resource="lss_decision",
    action="update",
    fields="convert template hours to granted hours",
    audit=Audit.READ_WRITE,
    grants={
        HANDLER: Grant(Scope.OWN_CASELOAD, condition="never overwrites: new version with date and reason")
    },
)
INTERRUPT = Permission(
    code="lss_decision.interrupt",
    resource="lss_decision",
    action="update",
    fields="days on which the support is not given",
    audit=Audit.READ_WRITE,
    grants={HANDLER: Grant(Scope.OWN_CASELOAD), COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
REPORT_UNEXECUTED = Permission(
    code="lss_decision.report",
    resource="lss_decision",
    action="report",
    fields="not carried out, quarter by quarter",
    audit=Audit.READ_WRITE,
    grants={HANDLER: Grant(Scope.OWN_CASELOAD), MANAGER: Grant(Scope.OWN_UNIT)},
)
SEND_ORDER = Permission(
    code="service_order.create",
    resource="service_order",
    action="create",
    fields="need, goals, wanted start",
    audit=Audit.READ_WRITE,
    grants={HANDLER: Grant(Scope.OWN_CASELOAD)},
)
READ_ORDERS = Permission(
    code="service_order.read",
    resource="service_order",
    action="read",
    fields="need, goals, wanted start",
    audit=Audit.READ_WRITE,
    grants={
        HANDLER: Grant(Scope.OWN_CASELOAD),
        COORDINATOR: Grant(Scope.OWN_UNIT, condition="orders sent to the own unit"),
        MANAGER: Grant(Scope.OWN_UNIT, condition="orders sent to the own unit"),
    },
)
ANSWER_ORDER = Permission(
    code="service_order.answer",
    resource="service_order",
    action="update",
    fields="answer, coordinator, first day",
    audit=Audit.READ_WRITE,
    grants={
        COORDINATOR: Grant(Scope.OWN_UNIT, condition="orders sent to the own unit"),
        MANAGER: Grant(Scope.OWN_UNIT, condition="orders sent to the own unit"),
    },
)
CLOSE_ORDER = Permission(
    code="service_order.close",
    resource="service_order",
    action="update",
    fields="last day and why",
    audit=Audit.READ_WRITE,
    grants=READ_ORDERS.grants,  # whoever sends it and whoever carries it out: either may have to end it
)
READ_DUE = Permission(
    code="follow_up.read_due",
    resource="follow_up",
    action="list",
    fields="what is due, and since when",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
READ_FOLLOW_UPS = Permission(
    code="follow_up.read",
    resource="follow_up",
    action="read",
    fields="all",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
FOLLOW_UP = Permission(
    code="follow_up.create",
    resource="follow_up",
    action="create",
    fields="with mandatory points",
    audit=Audit.READ_WRITE,
    grants=WORKERS,
)
ASK_PULSE = Permission(
    code="pulse.create",
    resource="pulse",
    action="create",
    fields="nine answers, belief in a job",
    audit=Audit.READ_WRITE,
    grants={COACH: Grant(Scope.OWN_CASELOAD), COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
READ_PULSE = Permission(
    code="pulse.read",
    resource="pulse",
    action="read",
    fields="all",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
SEND_HANDOVER = Permission(
    code="handover.create",
    resource="handover",
    action="create",
    fields="what the person lets pass on to a new unit",
    audit=Audit.READ_WRITE,
    grants={  # as for the floor's consents: they write down what the person said
        COACH: Grant(Scope.OWN_CASELOAD, condition="records what the person said, how and when"),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, condition="same"),
    },
)
RECEIVE_HANDOVER = Permission(
    code="handover.receive",
    resource="handover",
    action="receive",
    fields="what the person lets pass on to a new unit",
    audit=Audit.READ_WRITE,
    grants=ANSWER_ORDER.grants,  # whoever the order was sent to, and nobody else
)
CONSULT = Permission(
    code="consultation.create",
    resource="consultation",
    action="create",
    fields="question area, who, advice in plain words",
    audit=Audit.READ_WRITE,
    grants=WORKERS,
)
READ_CONSULTATIONS = Permission(
    code="consultation.read",
    resource="consultation",
    action="read",
    fields="question area, who, advice in plain words",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
RECORD_ATTENDANCE = Permission(
    code="attendance.create",
    resource="attendance",
    action="create",
    fields="hours done",
    audit=Audit.READ_WRITE,
    grants={COACH: Grant(Scope.OWN_CASELOAD), COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
READ_ATTENDANCE = Permission(
    code="attendance.read",
    resource="attendance",
    action="read",
    fields="hours",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
READ_PLAN = Permission(
    code="implementation_plan.read",
    resource="implementation_plan",
    action="read",
    fields="all",
    audit=Audit.READ_WRITE,
    grants=READERS,
)
BEGIN_PLAN = Permission(
    code="implementation_plan.create",
    resource="implementation_plan",
    action="create",
    fields="draft",
    audit=Audit.READ_WRITE,
    grants={COACH: Grant(Scope.OWN_CASELOAD), COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
WRITE_PLAN = Permission(
    code="implementation_plan.update",
    resource="implementation_plan",
    action="update",
    fields="draft",
    audit=Audit.READ_WRITE,
    grants=BEGIN_PLAN.grants,
)
FIX_PLAN = Permission(
    code="implementation_plan.lock",
    resource="implementation_plan",
    action="lock",
    fields="version",
    audit=Audit.READ_WRITE,
    grants=BEGIN_PLAN.grants,
)
# The founders' table has no row for templates. They name nobody: all staff read them, those who write plans make them,
# and whoever runs the installation answers for what leaves it and what is let in.
READ_TEMPLATES = Permission(
    code="plan_template.read",
    resource="plan_template",
    action="read",
    fields="all",
    audit=Audit.NONE,
    grants=same_for(STAFF_ROLES, Grant(Scope.TENANT)),
)
WRITE_TEMPLATES = Permission(
    code="plan_template.update",
    resource="plan_template",
    action="update",
    fields="new version",
    audit=Audit.WRITE,
    grants={COACH: Grant(Scope.TENANT), COORDINATOR: Grant(Scope.TENANT)},
)
SHARE_TEMPLATES = Permission(
    code="plan_template.share",
    resource="plan_template",
    action="export",
    fields="signed file, out and in",
    audit=Audit.WRITE,
    grants={Role.SYSTEM_ADMIN: Grant(Scope.SYSTEM)},
)
READ_CALENDAR = Permission(
    code="calendar_feed.read",
    resource="calendar_feed",
    action="read",
    fields="ICS by token",
    audit=Audit.READ_WRITE,
    grants={
        COACH: Grant(Scope.OWN_CASELOAD, Effect.MASKED, condition="what and when; nobody's name"),
        COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, Effect.MASKED, condition="what and when; nobody's name"),
    },
)
PERMISSIONS = (
    READ_DECISIONS,
    DECIDE,
    CONVERT,
    INTERRUPT,
    REPORT_UNEXECUTED,
    SEND_ORDER,
    READ_ORDERS,
    ANSWER_ORDER,
    CLOSE_ORDER,
    READ_DUE,
    READ_FOLLOW_UPS,
    FOLLOW_UP,
    ASK_PULSE,
    READ_PULSE,
    SEND_HANDOVER,
    RECEIVE_HANDOVER,
    CONSULT,
    READ_CONSULTATIONS,
    RECORD_ATTENDANCE,
    READ_ATTENDANCE,
    READ_PLAN,
    BEGIN_PLAN,
    WRITE_PLAN,
    FIX_PLAN,
    READ_TEMPLATES,
    WRITE_TEMPLATES,
    SHARE_TEMPLATES,
    READ_CALENDAR,
)
