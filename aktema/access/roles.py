"""The ten roles of the permission table, by their stored codes."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


class Role(StrEnum):
    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    JOB_COACH = "job_coach"
    COORDINATOR = "coordinator"
    LSS_HANDLER = "lss_handler"
    UNIT_MANAGER = "unit_manager"
    EMPLOYER = "employer"
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"
    CONTROLLER = "controller"

    @property
    def label(self) -> Message:
        return LABELS[self]


LABELS: dict[Role, Message] = {
    Role.PARTICIPANT: _l("Deltagare"),
    Role.REPRESENTATIVE: _l("Företrädare"),
    Role.JOB_COACH: _l("Jobbcoach"),
    Role.COORDINATOR: _l("Koordinator"),
    Role.LSS_HANDLER: _l("LSS-handläggare"),
    Role.UNIT_MANAGER: _l("Enhetschef"),
    Role.EMPLOYER: _l("Arbetsgivare"),
    Role.SYSTEM_ADMIN: _l("Systemadministratör"),
    Role.AUDITOR: _l("Loggranskare"),
    Role.CONTROLLER: _l("Controller"),
}

UNIT_ROLES = frozenset({Role.JOB_COACH, Role.COORDINATOR, Role.UNIT_MANAGER})  # work for one unit
STAFF_ROLES = UNIT_ROLES | {Role.LSS_HANDLER, Role.SYSTEM_ADMIN, Role.AUDITOR, Role.CONTROLLER}
PERSON_ROLES = UNIT_ROLES | {Role.LSS_HANDLER}  # may read about participants
BELOW_UNIT_MANAGER = frozenset({Role.JOB_COACH, Role.COORDINATOR})
"""What a unit manager may hand out: roles below their own, in their own unit."""
