"""What the participant, and who represents them, may on the participant's own pages.

The rows are those of the founders' permission table, docs/permissions.csv, with codes of their own: a right on a page
of staff would open that page too. Nobody of staff has any of them.
"""

from collections.abc import Mapping

from aktema.access.policy import Audit, Grant, Permission, Scope
from aktema.access.roles import Role

SELF = {Role.PARTICIPANT: Grant(Scope.SELF)}
SELF_AND_REPRESENTED = {**SELF, Role.REPRESENTATIVE: Grant(Scope.REPRESENTED)}


def _own(
    code: str,
    resource: str,
    action: str,
    fields: str,
    grants: Mapping[Role, Grant] = SELF_AND_REPRESENTED,
) -> Permission:
    return Permission(
        code=code, resource=resource, action=action, fields=fields, audit=Audit.READ_WRITE, grants=grants
    )


LIST_REPRESENTED = _own(
    "participant.list_represented",
    "participant",
    "list",
    "name, birth_year, status",
    {Role.REPRESENTATIVE: Grant(Scope.REPRESENTED)},
)
READ_OWN = _own("participant.read_own", "participant", "read", "identity: name, contact")
READ_OWN_PROFILE = _own(
    "participant.read_own_profile", "participant", "read", "interests, capacities, availability, adaptations"
)
CHOOSE_PICTURES = _own(
    "participant.choose_pictures", "participant", "update", "interests, capacities, availability", SELF
)
SAY_WORK_WISH = _own(
    "participant.say_work_wish", "participant", "update", "interests, capacities, availability"
)
READ_OWN_PLAN = _own("implementation_plan.read_own", "implementation_plan", "read", "all")
WRITE_OWN_WORDS = _own("implementation_plan.update_own_words", "implementation_plan", "update", "draft")
CONFIRM_PLAN = _own(
    "implementation_plan.confirm", "implementation_plan", "confirm", "participation of the person"
)
READ_OWN_MATCHES = _own("match.read_own", "match", "read", "ranked list + full explanation")
ANSWER = _own("match.answer", "match", "answer", "yes / no / question", SELF)
ASK_TO_TALK = _own("message.ask_to_talk", "message", "create", "thread with")
ANSWER_PULSE = _own("pulse.answer_own", "pulse", "create", "own answers", SELF)
READ_OWN_TRACE = _own("audit_log.read_own", "audit_log", "read", "entries about me")
# Ending one's own visit: the row `session, revoke` with a code of its own, so that the page is a participant's alone.
LEAVE = Permission(
    code="session.leave",
    resource="session",
    action="revoke",
    fields="own / others",
    audit=Audit.WRITE,
    grants={Role.PARTICIPANT: Grant(Scope.SELF), Role.REPRESENTATIVE: Grant(Scope.SELF)},
)
OF_THE_PERSON = frozenset({SAY_WORK_WISH, READ_OWN_PROFILE, READ_OWN_MATCHES})
"""What is about how the person's days are to be: no matter for whoever only guards rights."""
PERMISSIONS = (
    LIST_REPRESENTED,
    READ_OWN,
    READ_OWN_PROFILE,
    CHOOSE_PICTURES,
    SAY_WORK_WISH,
    READ_OWN_PLAN,
    WRITE_OWN_WORDS,
    CONFIRM_PLAN,
    READ_OWN_MATCHES,
    ANSWER,
    ASK_TO_TALK,
    ANSWER_PULSE,
    READ_OWN_TRACE,
    LEAVE,
)
