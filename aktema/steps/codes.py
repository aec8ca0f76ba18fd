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

    @property
    def label(self) -> Message:
        return CONTACT_LABELS[self]


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
}

WRITTEN_BY_HAND = tuple(
    kind for kind in ContactType if kind not in (ContactType.PLACEMENT_ASKED, ContactType.PLACEMENT_ANSWERED)
)
"""What a person chooses among; the others are written by the slices that know the fact."""
