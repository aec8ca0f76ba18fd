"""What the plans slice lets whom do. The ground floor is the founders' permission table, docs/permissions.csv.

The founders' table has no row for orders, interruptions and what is due: an order is sent by the one who decides and
answered by the unit it is sent to, which sees no more of the person than the order says until it has accepted.
The controller, whom the founders' table lets count attendance, gets that right with a page of counts alone.
"""

from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role
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
    RECORD_ATTENDANCE,
    READ_ATTENDANCE,
)
