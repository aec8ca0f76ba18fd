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
GIVE_CONSENT = _own("consent.give_own", "consent", "create", "share X with employer Y until Z")
WITHDRAW_CONSENT = _own("consent.withdraw_own", "consent", "revoke", "at any time")
ASK_TO_TALK = _own("message.ask_to_talk", "message", "create", "thread with")
ANSWER_PULSE = _own("pulse.answer_own", "pulse", "create", "own answers", SELF)
REVIEW_OWN = _own("review.answer_own", "review", "create", "own answers", SELF)
READ_OWN_TRIAL = _own("document.read_own_agreement", "document", "read", "agreement with employer")
SIGN_OWN = _own("agreement.sign_own", "agreement", "sign", "as the person")
CHECK_IN_OWN = _own("check_in.create_own", "check_in", "create", "as the person", SELF)
RECORD_OWN_DAY = _own("attendance.create_own", "attendance", "create", "hours done", SELF)
READ_OWN_TRACE = _own("audit_log.read_own", "audit_log", "read", "entries about me")
READ_OWN_JOB = _own("outcome.read_own", "outcome", "read", "outcome, job, retention")
SAY_OWN_JOB = _own("outcome.say_own", "outcome", "update", "own answers", SELF)
READ_OWN_STEPS = _own("step_log.read_own", "step_log", "read", "steps toward work")
# Ending one's own visit: the row `session, revoke` with a code of its own, so that the page is a participant's alone.
LEAVE = Permission(
    code="session.leave",
    resource="session",
    action="revoke",
    fields="own / others",
    audit=Audit.WRITE,
    grants={Role.PARTICIPANT: Grant(Scope.SELF), Role.REPRESENTATIVE: Grant(Scope.SELF)},
)
OF_THE_PERSON = frozenset(
    {
        SAY_WORK_WISH,
        READ_OWN_PROFILE,
        READ_OWN_MATCHES,
        READ_OWN_JOB,
        GIVE_CONSENT,
        WITHDRAW_CONSENT,
        SIGN_OWN,
    }
)
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
    GIVE_CONSENT,
    WITHDRAW_CONSENT,
    ASK_TO_TALK,
    ANSWER_PULSE,
    REVIEW_OWN,
    READ_OWN_TRIAL,
    SIGN_OWN,
    CHECK_IN_OWN,
    RECORD_OWN_DAY,
    READ_OWN_TRACE,
    READ_OWN_JOB,
    SAY_OWN_JOB,
    READ_OWN_STEPS,
    LEAVE,
)
