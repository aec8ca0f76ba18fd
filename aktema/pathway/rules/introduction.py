"""How long an introduction waits for whom, and how long an employer may see a person's card."""

from dataclasses import dataclass
from datetime import date, timedelta

from aktema.plans.rules.calendar import add_days, add_working_days

DAYS_TO_ANSWER = 7
"""The days a person has to think before somebody asks again."""
ACCESS_AFTER_TRIAL = timedelta(weeks=12)
"""What is left to do with the papers takes so long at most; the same as in the Norwegian labour administration."""
LONGEST_CONSENT = 366


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """The working days after which an employer is reminded, and after which the question is closed."""

    remind_after: int
    close_after: int


def answer_by(asked_on: date) -> date:
    """The day by which the person is asked to have answered."""
    return asked_on + timedelta(days=DAYS_TO_ANSWER)


def remind_on(sent_on: date, patience: Patience) -> date:
    """The day on which an employer who has not answered is reminded, once."""
    return add_working_days(sent_on, patience.remind_after)


def close_on(sent_on: date, patience: Patience) -> date:
    """The first day on which a question that nobody answered is closed."""
    return add_days(add_working_days(sent_on, patience.close_after), 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessFacts:
    """What decides whether the employer sees the card.

    is_sent: the employer has been asked, or it was agreed in another way. is_consented: the person's consent holds
    today. is_kept_secret: the person has a protected identity, or is no longer with the municipality's support.
    is_closed: the municipality has nothing to do with the employer any more.
    trial_ends_on: the last day of the trial it led to, if it led to one.
    """

    is_sent: bool
    is_consented: bool
    is_kept_secret: bool
    is_over: bool
    is_closed: bool = False
    trial_ends_on: date | None = None


def may_employer_see(facts: AccessFacts, today: date) -> bool:
    """Whether the employer sees the person's card on the day: with consent alone, never twelve weeks after the end."""
    if not facts.is_sent or not facts.is_consented or facts.is_kept_secret or facts.is_closed:
        return False
    if facts.trial_ends_on is not None:
        return today <= facts.trial_ends_on + ACCESS_AFTER_TRIAL
    return not facts.is_over


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """What an employer has said about being asked: how often a month at most, and not before which day."""

    month_cap: int | None
    not_before: date | None


def may_be_asked(quota: Quota, asked_this_month: int, today: date) -> bool:
    is_too_early = quota.not_before is not None and today < quota.not_before
    return not is_too_early and (quota.month_cap is None or asked_this_month < quota.month_cap)
