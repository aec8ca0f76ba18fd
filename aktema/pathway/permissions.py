"""What the pathway slice lets whom do.

The founders' table has no row for introductions as such: asking a person and writing down the answer follow the
row `match, answer`, which is the person's own, written down by those who log the person's steps.
"""

from aktema.access.policy import Audit, Effect, Grant, Permission, Scope
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
# A question on its way to an employer: answers by telephone, visits, and how it ends
ADVANCE = Permission(
    code="introduction.advance",
    resource="introduction",
    action="update",
    fields="the employer's answer, visit, agreed, closed",
    audit=Audit.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_CASELOAD), Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
RECORD_CONSENT = Permission(
    code="consent.record",
    resource="consent",
    action="create",
    fields="share X with employer Y until Z",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD, condition="records what the person said, form and date"),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, condition="same"),
    },
)
REVOKE_CONSENT = Permission(
    code="consent.revoke",
    resource="consent",
    action="revoke",
    fields="at any time",
    audit=Audit.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_CASELOAD), Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
PROPOSE = Permission(
    code="match.propose",
    resource="match",
    action="propose",
    fields="to employer",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(
            Scope.OWN_CASELOAD,
            condition="consent with scope and end date; first name or code only; "
            "not for protected_identity without named approval",
        ),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT, condition="same"),
    },
)
READ_PROPOSAL = Permission(
    code="match.read_proposal",
    resource="match",
    action="read",
    fields="explanation shown to employer",
    audit=Audit.READ_WRITE,
    grants={
        Role.EMPLOYER: Grant(
            Scope.PROPOSED_TO_ME,
            Effect.MASKED,
            "only work-related reasons the participant chose to share; "
            "no scores, no absent reasons, no health, fixed phrase list",
        )
    },
)
ANSWER_PROPOSAL = Permission(
    code="match.answer_proposal",
    resource="match",
    action="answer",
    fields="yes / no / question",
    audit=Audit.READ_WRITE,
    grants={Role.EMPLOYER: Grant(Scope.PROPOSED_TO_ME)},
)
# What became of a trial, and of a job
READ_OUTCOMES = Permission(
    code="outcome.read",
    resource="outcome",
    action="read",
    fields="outcome, job, retention",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        Role.LSS_HANDLER: Grant(Scope.OWN_CASELOAD),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT),
    },
)
RECORD_OUTCOME = Permission(
    code="placement.close",
    resource="placement",
    action="close",
    fields="outcome",
    audit=Audit.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_CASELOAD), Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
# Somebody has to ask, also when nobody works with the person any longer: then it is the manager of the last unit.
FOLLOW_UP_JOB = Permission(
    code="outcome.follow_up",
    resource="outcome",
    action="update",
    fields="retention",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        Role.UNIT_MANAGER: Grant(
            Scope.OWN_UNIT,
            condition="and those last there, or in a unit without a manager or in none, whom nobody has now",
        ),
    },
)
# Signatures, and how a trial goes while it lasts
OF_THE_PERSONS_WORKERS = {
    Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
    Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
}
AT_THE_PLACEMENT = {Role.EMPLOYER: Grant(Scope.SHARED_PLACEMENT)}
SIGN_AGREEMENT = Permission(
    code="agreement.sign",
    resource="agreement",
    action="sign",
    fields="as the coach; on paper; for the person with a reason",
    audit=Audit.READ_WRITE,
    grants=OF_THE_PERSONS_WORKERS,
)
READ_SIGNED_PAPER = Permission(
    code="document.read_signed",
    resource="document",
    action="read",
    fields="agreement with employer",
    audit=Audit.READ_WRITE,
    grants={**OF_THE_PERSONS_WORKERS, Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)},
)
CHECK_IN = Permission(
    code="check_in.create",
    resource="check_in",
    action="create",
    fields="as it was told; that somebody has been talked with; whether it could be a job",
    audit=Audit.READ_WRITE,
    grants=OF_THE_PERSONS_WORKERS,
)
# The row `attendance, create` with codes of their own: each has a page where only these days are reached.
RECORD_TRIAL_DAY = Permission(
    code="attendance.create_trial_day",
    resource="attendance",
    action="create",
    fields="hours done",
    audit=Audit.READ_WRITE,
    grants=OF_THE_PERSONS_WORKERS,
)
RECORD_DAY_AS_EMPLOYER = Permission(
    code="attendance.create_as_employer",
    resource="attendance",
    action="create",
    fields="hours done",
    audit=Audit.READ_WRITE,
    grants=AT_THE_PLACEMENT,
)
SIGN_AS_EMPLOYER = Permission(
    code="agreement.sign_as_employer",
    resource="agreement",
    action="sign",
    fields="as the employer",
    audit=Audit.READ_WRITE,
    grants=AT_THE_PLACEMENT,
)
CHECK_IN_AS_EMPLOYER = Permission(
    code="check_in.create_as_employer",
    resource="check_in",
    action="create",
    fields="as the employer",
    audit=Audit.READ_WRITE,
    grants=AT_THE_PLACEMENT,
)
# Trials and their agreements
READ_TRIALS = Permission(
    code="trial.read",
    resource="document",
    action="read",
    fields="agreement with employer",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
        Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT),
    },
)
BEGIN_TRIAL = Permission(
    code="placement.book",
    resource="placement",
    action="book",
    fields="seat for participant",
    audit=Audit.READ_WRITE,
    grants={
        Role.JOB_COACH: Grant(Scope.OWN_CASELOAD, condition="the person signs; atomic seat check"),
        Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT),
    },
)
WRITE_TRIAL = Permission(
    code="trial.update",
    resource="trial",
    action="update",
    fields="agreement, schedule, support",
    audit=Audit.READ_WRITE,
    grants=BEGIN_TRIAL.grants,  # whoever may take the place for the person writes what is agreed about it
)
END_TRIAL = Permission(
    code="trial.end",
    resource="placement",
    action="close",
    fields="outcome",
    audit=Audit.READ_WRITE,
    grants={Role.JOB_COACH: Grant(Scope.OWN_CASELOAD), Role.COORDINATOR: Grant(Scope.ASSIGNED_CONTRACT)},
)
# What each voice says of a trial that is over
READ_REVIEWS = Permission(
    code="review.read",
    resource="review",
    action="read",
    fields="what each voice said",
    audit=Audit.READ_WRITE,
    grants={**OF_THE_PERSONS_WORKERS, Role.UNIT_MANAGER: Grant(Scope.OWN_UNIT)},
)
WRITE_REVIEW = Permission(
    code="review.create",
    resource="review",
    action="create",
    fields="own answers, and what others said",
    audit=Audit.READ_WRITE,
    grants=OF_THE_PERSONS_WORKERS,
)
REVIEW_AS_EMPLOYER = Permission(
    code="review.create_as_employer",
    resource="review",
    action="create",
    fields="as the employer",
    audit=Audit.READ_WRITE,
    grants=AT_THE_PLACEMENT,
)
PERMISSIONS = (
    READ_REVIEWS,
    WRITE_REVIEW,
    REVIEW_AS_EMPLOYER,
    READ_TRIALS,
    BEGIN_TRIAL,
    WRITE_TRIAL,
    END_TRIAL,
    SIGN_AGREEMENT,
    READ_SIGNED_PAPER,
    CHECK_IN,
    RECORD_TRIAL_DAY,
    RECORD_DAY_AS_EMPLOYER,
    SIGN_AS_EMPLOYER,
    CHECK_IN_AS_EMPLOYER,
    READ_INTRODUCTIONS,
    RECORD_ANSWER,
    ADVANCE,
    RECORD_CONSENT,
    REVOKE_CONSENT,
    PROPOSE,
    READ_PROPOSAL,
    ANSWER_PROPOSAL,
    READ_OUTCOMES,
    RECORD_OUTCOME,
    FOLLOW_UP_JOB,
)
