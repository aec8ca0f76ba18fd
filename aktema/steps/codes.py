"""The words of the step log: supported employment's five steps, kinds of contact, and places.

Contact types are the code list of the field's glossary, so that fidelity figures can be counted from them.
"""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from aktema.core.errors import Message


class Phase(StrEnum):
    """Supported employment's five steps."""

    AGREEMENT = "agreement"
    VOCATIONAL_PROFILE = "vocational_profile"
    JOB_FINDING = "job_finding"
    EMPLOYER_ENGAGEMENT = "employer_engagement"
    SUPPORT = "support"

    @property
    def label(self) -> Message:
        return PHASE_LABELS[self]


class ContactType(StrEnum):
    TALK_WITH_PERSON = "talk_with_person"
    NETWORK_MEETING = "network_meeting"
    EMPLOYER_FIRST_CONTACT = "employer_first_contact"
    EMPLOYER_VISIT = "employer_visit"
    JOB_ANALYSIS = "job_analysis"
    ON_SITE_SUPPORT = "on_site_support"
    EMPLOYMENT_SERVICE = "employment_service"
    SOCIAL_INSURANCE = "social_insurance"
    CARE = "care"
    BENEFIT_ADVICE = "benefit_advice"
    DISCLOSURE_TALK = "disclosure_talk"
    OUTREACH = "outreach"
    PLACEMENT_ASKED = "placement_asked"
    PLACEMENT_ANSWERED = "placement_answered"
    CONSENT_GIVEN = "consent_given"
    EMPLOYER_ASKED = "employer_asked"
    EMPLOYER_ANSWERED = "employer_answered"
    PLACEMENT_VISIT = "placement_visit"
    INTRODUCTION_CLOSED = "introduction_closed"
    TRIAL_BEGUN = "trial_begun"
    TRIAL_TO_SIGN = "trial_to_sign"
    TRIAL_SIGNED = "trial_signed"
    TRIAL_CHANGED = "trial_changed"
    TRIAL_ENDED = "trial_ended"
    TRIAL_DAY = "trial_day"
    CHECK_IN = "check_in"
    REVIEW = "review"
    OUTCOME = "outcome"
    BENEFIT_SETTLED = "benefit_settled"
    RETENTION_CHECK = "retention_check"

    @property
    def label(self) -> Message:
        return CONTACT_LABELS[self]


class Actor(StrEnum):
    """Who did what a step tells of."""

    STAFF = "staff"
    PERSON = "person"
    REPRESENTATIVE = "representative"
    EMPLOYER = "employer"
    SYSTEM = "system"

    @property
    def label(self) -> Message:
        return ACTOR_LABELS[self]


class StepPlace(StrEnum):
    OFFICE = "office"
    WORKPLACE = "workplace"
    COMMUNITY = "community"
    HOME = "home"
    PHONE = "phone"

    @property
    def label(self) -> Message:
        return PLACE_LABELS[self]


PHASE_LABELS: dict[Phase, Message] = {
    Phase.AGREEMENT: _l("Överenskommelse"),
    Phase.VOCATIONAL_PROFILE: _l("Yrkesprofil"),
    Phase.JOB_FINDING: _l("Hitta arbete"),
    Phase.EMPLOYER_ENGAGEMENT: _l("Arbetsgivare"),
    Phase.SUPPORT: _l("Stöd på och utanför arbetsplatsen"),
}

CONTACT_LABELS: dict[ContactType, Message] = {
    ContactType.TALK_WITH_PERSON: _l("Samtal med personen"),
    ContactType.NETWORK_MEETING: _l("Nätverksmöte"),
    ContactType.EMPLOYER_FIRST_CONTACT: _l("Första kontakt med arbetsgivare"),
    ContactType.EMPLOYER_VISIT: _l("Besök hos arbetsgivare"),
    ContactType.JOB_ANALYSIS: _l("Arbetsanalys på plats"),
    ContactType.ON_SITE_SUPPORT: _l("Stöd på arbetsplatsen"),
    ContactType.EMPLOYMENT_SERVICE: _l("Kontakt med Arbetsförmedlingen"),
    ContactType.SOCIAL_INSURANCE: _l("Kontakt med Försäkringskassan"),
    ContactType.CARE: _l("Kontakt med vård eller habilitering"),
    ContactType.BENEFIT_ADVICE: _l("Råd om ersättning"),
    ContactType.DISCLOSURE_TALK: _l("Samtal om vad arbetsgivaren ska få veta"),
    ContactType.OUTREACH: _l("Sökte personen efter ett missat möte"),
    ContactType.PLACEMENT_ASKED: _l("Frågad om en plats"),
    ContactType.PLACEMENT_ANSWERED: _l("Svar om en plats"),
    ContactType.CONSENT_GIVEN: _l("Vad arbetsgivaren får veta"),
    ContactType.EMPLOYER_ASKED: _l("Fråga till arbetsgivare"),
    ContactType.EMPLOYER_ANSWERED: _l("Svar från arbetsgivare"),
    ContactType.PLACEMENT_VISIT: _l("Besök på en plats"),
    ContactType.INTRODUCTION_CLOSED: _l("Fråga om en plats avslutad"),
    ContactType.TRIAL_BEGUN: _l("Överenskommelse påbörjad"),
    ContactType.TRIAL_TO_SIGN: _l("Överenskommelse att skriva under"),
    ContactType.TRIAL_SIGNED: _l("Överenskommelse underskriven"),
    ContactType.TRIAL_CHANGED: _l("Överenskommelse ändrad"),
    ContactType.TRIAL_ENDED: _l("Provplats slut"),
    ContactType.TRIAL_DAY: _l("Dag på provplats"),
    ContactType.CHECK_IN: _l("Avstämning på provplats"),
    ContactType.REVIEW: _l("Utvärdering av provplats"),
    ContactType.OUTCOME: _l("Vad det ledde till"),
    ContactType.BENEFIT_SETTLED: _l("Ersättning ordnad före start"),
    ContactType.RETENTION_CHECK: _l("Uppföljning av jobb"),
}

ACTOR_LABELS: dict[Actor, Message] = {
    Actor.STAFF: _l("Personal"),
    Actor.PERSON: _l("Personen"),
    Actor.REPRESENTATIVE: _l("Företrädare"),
    Actor.EMPLOYER: _l("Arbetsgivaren"),
    Actor.SYSTEM: _l("Aktema"),
}

PLACE_LABELS: dict[StepPlace, Message] = {
    StepPlace.OFFICE: _l("På kontoret"),
    StepPlace.WORKPLACE: _l("På en arbetsplats"),
    StepPlace.COMMUNITY: _l("Ute på stan"),
    StepPlace.HOME: _l("Hemma hos personen"),
    StepPlace.PHONE: _l("På telefon eller dator"),
}

ICONS: dict[ContactType, str] = {
    ContactType.TALK_WITH_PERSON: "message",
    ContactType.NETWORK_MEETING: "users",
    ContactType.EMPLOYER_FIRST_CONTACT: "phone",
    ContactType.EMPLOYER_VISIT: "building",
    ContactType.JOB_ANALYSIS: "clipboard-list",
    ContactType.ON_SITE_SUPPORT: "walk",
    ContactType.EMPLOYMENT_SERVICE: "briefcase",
    ContactType.SOCIAL_INSURANCE: "shield-check",
    ContactType.CARE: "accessible",
    ContactType.BENEFIT_ADVICE: "note",
    ContactType.DISCLOSURE_TALK: "lock",
    ContactType.OUTREACH: "search",
    ContactType.PLACEMENT_ASKED: "send",
    ContactType.PLACEMENT_ANSWERED: "circle-check",
    ContactType.CONSENT_GIVEN: "lock",
    ContactType.EMPLOYER_ASKED: "send",
    ContactType.EMPLOYER_ANSWERED: "building",
    ContactType.PLACEMENT_VISIT: "walk",
    ContactType.INTRODUCTION_CLOSED: "note",
    ContactType.TRIAL_BEGUN: "note",
    ContactType.TRIAL_TO_SIGN: "send",
    ContactType.TRIAL_SIGNED: "circle-check",
    ContactType.TRIAL_CHANGED: "note",
    ContactType.TRIAL_ENDED: "note",
    ContactType.TRIAL_DAY: "calendar",
    ContactType.CHECK_IN: "message",
    ContactType.REVIEW: "clipboard-list",
    ContactType.OUTCOME: "briefcase",
    ContactType.BENEFIT_SETTLED: "shield-check",
    ContactType.RETENTION_CHECK: "clipboard-list",
}

WRITTEN_BY_HAND = tuple(ContactType)[: tuple(ContactType).index(ContactType.PLACEMENT_ASKED)]
"""What a worker chooses among; the others are written by the slices that know the fact.

The own line of these is what the person said; of the others it tells the fact to the person in easy words.
"""
MEETINGS = (
    ContactType.TALK_WITH_PERSON,
    ContactType.NETWORK_MEETING,
    ContactType.JOB_ANALYSIS,
    ContactType.ON_SITE_SUPPORT,
    ContactType.BENEFIT_ADVICE,
    ContactType.DISCLOSURE_TALK,
)
"""The kinds of contact in which the person takes part."""
