"""What a trial can lead to, what a paid job is told with, and when one thing follows from another.

The forms of employment are the code list of the field's glossary; which of them are paid for in part follows
Arbetsförmedlingen's own names of its supports.
"""

from datetime import date, timedelta
from enum import StrEnum

from aktema.pathway.trial_states import TrialStatus
from aktema.plans.rules.calendar import add_days

OLDEST = 366
"""So many days back something can be written down afterwards."""
FURTHEST = 366
"""So many days ahead a first or last day can be agreed."""
OLDEST_JOB = 3 * 366
"""A job that began further back than its last moment of retention has nothing to follow up."""

SUBSIDY_WARNING = timedelta(days=90)
"""Before a subsidy ends somebody asks for the next one, or for a job without: that takes its time."""


class OutcomeKind(StrEnum):
    JOB = "job"
    LONGER_PLACEMENT = "longer_placement"
    OTHER_PLACEMENT = "other_placement"
    EDUCATION = "education"
    BACK = "back"
    NONE = "none"


class EmploymentForm(StrEnum):
    """How somebody is employed. Education stands in the glossary's list too: here it is an outcome of its own."""

    ORDINARY = "ordinary"
    NEW_START_JOB = "new_start_job"
    WAGE_SUBSIDY = "wage_subsidy"
    DEVELOPMENT_EMPLOYMENT = "development_employment"
    SECURE_EMPLOYMENT = "secure_employment"
    PUBLIC_SHELTERED = "public_sheltered"
    SAMHALL = "samhall"
    SAMHALL_LFU = "samhall_lfu"
    HOLIDAY_JOB = "holiday_job"
    OWN_BUSINESS = "own_business"


class EmploymentEnd(StrEnum):
    """Why a job ended."""

    AS_PLANNED = "as_planned"
    OTHER_JOB = "other_job"
    EDUCATION = "education"
    WRONG_TASKS = "wrong_tasks"
    TOO_FAST = "too_fast"
    SURROUNDINGS = "surroundings"
    TRAVEL = "travel"
    HEALTH = "health"
    RELATIONS = "relations"
    EMPLOYER_CHANGED = "employer_changed"
    SUBSIDY_ENDED = "subsidy_ended"
    BENEFIT_RULES = "benefit_rules"
    SUPPORT_MISSING = "support_missing"
    PERSON_SAID_NO = "person_said_no"
    OTHER = "other"


OVER = frozenset({TrialStatus.ENDED, TrialStatus.INTERRUPTED})
FROM_A_RUNNING_TRIAL = frozenset(
    {OutcomeKind.JOB, OutcomeKind.LONGER_PLACEMENT, OutcomeKind.OTHER_PLACEMENT, OutcomeKind.EDUCATION}
)
"""What can come of a trial before it is over. Whoever goes back, or gets nothing, has left the trial first."""
SUBSIDISED = frozenset(
    {
        EmploymentForm.NEW_START_JOB,
        EmploymentForm.WAGE_SUBSIDY,
        EmploymentForm.DEVELOPMENT_EMPLOYMENT,
        EmploymentForm.SECURE_EMPLOYMENT,
    }
)
"""Forms that are granted for a time: the day it ends is part of the job."""
MAY_BE_SUBSIDISED = SUBSIDISED | {EmploymentForm.PUBLIC_SHELTERED}


def outcomes_of(status: TrialStatus) -> frozenset[OutcomeKind]:
    """What a trial that stands so can have led to; nothing where it never began."""
    if status in OVER:
        return frozenset(OutcomeKind)
    return FROM_A_RUNNING_TRIAL if status is TrialStatus.RUNNING else frozenset()


class SubsidyFault(StrEnum):
    """What is wrong with the day a subsidy ends."""

    MISSING = "missing"
    NOT_OF_THIS_FORM = "not_of_this_form"
    BEFORE_START = "before_start"


def subsidy_fault(form: EmploymentForm, from_date: date, until: date | None) -> SubsidyFault | None:
    """What is wrong with the end of the subsidy, or None."""
    if until is None:
        return SubsidyFault.MISSING if form in SUBSIDISED else None
    if form not in MAY_BE_SUBSIDISED:
        return SubsidyFault.NOT_OF_THIS_FORM
    return SubsidyFault.BEFORE_START if until < from_date else None


def subsidy_ends_by(today: date) -> date:
    """Whoever's subsidy ends on this day or earlier is to be asked what comes after it."""
    return today + SUBSIDY_WARNING


def is_live(from_date: date, to_date: date | None, today: date) -> bool:
    """Whether the job has not ended: one that begins later is live too."""
    return to_date is None or to_date >= max(from_date, today)


def last_working_day(from_date: date, back_from: date) -> date:
    """The job's last day for somebody who is back in day activity from a day on."""
    return max(from_date, add_days(back_from, -1))
