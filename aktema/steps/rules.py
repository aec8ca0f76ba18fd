"""Pure rules of the step log: which phase a contact belongs to, and when silence has lasted too long."""

from datetime import date, timedelta

PHASE_OF_CONTACT = {
    "talk_with_person": "vocational_profile",
    "network_meeting": "agreement",
    "employer_first_contact": "job_finding",
    "employer_visit": "employer_engagement",
    "job_analysis": "employer_engagement",
    "on_site_support": "support",
    "employment_service": "job_finding",
    "social_insurance": "agreement",
    "care": "agreement",
    "benefit_advice": "agreement",
    "disclosure_talk": "vocational_profile",
    "outreach": "agreement",
    "placement_asked": "job_finding",
    "placement_answered": "job_finding",
    "consent_given": "vocational_profile",
    "employer_asked": "employer_engagement",
    "employer_answered": "employer_engagement",
    "placement_visit": "employer_engagement",
    "introduction_closed": "employer_engagement",
    "trial_begun": "employer_engagement",
    "trial_to_sign": "employer_engagement",
    "trial_signed": "employer_engagement",
    "trial_changed": "support",
    "trial_ended": "support",
    "trial_day": "support",
    "check_in": "support",
    "review": "support",
    "outcome": "support",
    "benefit_settled": "support",
    "retention_check": "support",
}
"""Where supported employment's five steps place each kind of contact unless somebody says otherwise."""

OLDEST_STEP = timedelta(days=366)
LATEST_NEXT_STEP = timedelta(days=366)


def phase_of(contact_type: str) -> str:
    """The phase a contact belongs to by itself."""
    return PHASE_OF_CONTACT[contact_type]


def may_have_happened(on: date, today: date) -> bool:
    """A step is logged afterwards, and within a year of it."""
    return today - OLDEST_STEP <= on <= today


def may_come_next(due_on: date, today: date) -> bool:
    """A next step lies ahead, today included, and within a year."""
    return today <= due_on <= today + LATEST_NEXT_STEP


def silent_since(today: date, days: int) -> date:
    """The last date on which a step still counts as recent when `days` days of silence are too many."""
    return today - timedelta(days=days)
